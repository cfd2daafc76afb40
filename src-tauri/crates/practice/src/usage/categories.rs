//! The categories usage is told in. They overlap, as Twilio's do: `sms` contains `sms-outbound`.

use rust_decimal::Decimal;

use super::Figures;

/// One category of usage.
pub(crate) struct Category {
    pub name: &'static str,
    pub description: &'static str,
    pub count_unit: &'static str,
    pub usage_unit: &'static str,
    pub of: fn(&Figures) -> Amount,
}

/// A category's part of the figures. `totalprice` has no count.
pub(crate) struct Amount {
    pub count: Option<i64>,
    pub usage: Decimal,
    pub price: Decimal,
}

impl Amount {
    fn counted(count: i64, price: Decimal) -> Self {
        Self {
            count: Some(count),
            usage: count.into(),
            price,
        }
    }

    fn none(_: &Figures) -> Self {
        Self::counted(0, Decimal::ZERO)
    }

    /// Nothing used and nothing paid.
    pub(crate) fn is_zero(&self) -> bool {
        self.usage.is_zero() && self.price.is_zero()
    }
}

fn calls(figures: &Figures) -> Amount {
    Amount {
        count: Some(figures.calls),
        usage: figures.call_minutes.into(),
        price: figures.calls_price(),
    }
}

fn numbers(figures: &Figures) -> Amount {
    Amount::counted(figures.numbers, figures.numbers_price())
}

fn texts(figures: &Figures) -> Amount {
    Amount::counted(
        figures.texts_sent + figures.texts_received,
        figures.sent_price() + figures.received_price(),
    )
}

fn texts_received(figures: &Figures) -> Amount {
    Amount::counted(figures.texts_received, figures.received_price())
}

fn texts_sent(figures: &Figures) -> Amount {
    Amount::counted(figures.texts_sent, figures.sent_price())
}

fn total(figures: &Figures) -> Amount {
    let price = figures.total_price();
    Amount {
        count: None,
        usage: price,
        price,
    }
}

const fn category(
    name: &'static str,
    description: &'static str,
    count_unit: &'static str,
    usage_unit: &'static str,
    of: fn(&Figures) -> Amount,
) -> Category {
    Category {
        name,
        description,
        count_unit,
        usage_unit,
        of,
    }
}

/// In the order they are listed.
pub(crate) const CATEGORIES: [Category; 11] = [
    category("calls", "Voice Minutes", "calls", "minutes", calls),
    category(
        "calls-outbound",
        "Outbound Voice Minutes",
        "calls",
        "minutes",
        calls,
    ),
    category("mms", "MMS", "messages", "messages", Amount::none),
    category(
        "phonenumbers",
        "Phone Numbers",
        "numbers",
        "numbers",
        numbers,
    ),
    category(
        "phonenumbers-local",
        "Local PhoneNumbers",
        "numbers",
        "numbers",
        numbers,
    ),
    category(
        "recordings",
        "Recordings",
        "recordings",
        "minutes",
        Amount::none,
    ),
    category("sms", "SMS", "messages", "messages", texts),
    category(
        "sms-inbound",
        "Inbound SMS",
        "messages",
        "messages",
        texts_received,
    ),
    category(
        "sms-outbound",
        "Outbound SMS",
        "messages",
        "messages",
        texts_sent,
    ),
    category("totalprice", "Total Price", "", "usd", total),
    category(
        "transcriptions",
        "Transcriptions",
        "transcriptions",
        "minutes",
        Amount::none,
    ),
];
