//! Amounts of money, exact to the last digit.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An amount in a currency. Never a float.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(specta::Type))]
pub struct Money {
    /// How much.
    #[serde(with = "rust_decimal::serde::str")]
    #[cfg_attr(feature = "types", specta(type = String))]
    pub amount: Decimal,
    /// The currency's ISO 4217 code in capitals, as `USD`.
    pub currency: String,
}

/// A text that is not an amount and a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of money")]
pub struct MoneyError;

impl Money {
    /// From an amount and a currency code in any case.
    ///
    /// # Errors
    /// Where the amount is not a decimal number of at most 28 digits, or the code is not letters.
    pub fn parse(amount: &str, currency: &str) -> Result<Self, MoneyError> {
        let currency = currency.trim();
        if currency.is_empty() || !currency.chars().all(|c| c.is_ascii_alphabetic()) {
            return Err(MoneyError);
        }
        Ok(Self {
            amount: decimal(amount.trim())?,
            currency: currency.to_ascii_uppercase(),
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (amount, currency) = text.trim().split_once(' ').ok_or(MoneyError)?;
        Self::parse(amount, currency)
    }
}

/// Reads a decimal number, also with an exponent, and refuses to round.
fn decimal(text: &str) -> Result<Decimal, MoneyError> {
    let Some((digits, exponent)) = text.split_once(['e', 'E']) else {
        return Decimal::from_str_exact(text).map_err(|_| MoneyError);
    };
    let mut number = Decimal::from_str_exact(digits).map_err(|_| MoneyError)?;
    let exponent: i32 = exponent.parse().map_err(|_| MoneyError)?;
    let scale = i64::from(number.scale()) - i64::from(exponent);
    if let Ok(scale) = u32::try_from(scale) {
        number.set_scale(scale).map_err(|_| MoneyError)?;
        return Ok(number);
    }
    number.set_scale(0).map_err(|_| MoneyError)?;
    let power = u32::try_from(scale.unsigned_abs()).map_err(|_| MoneyError)?;
    let factor = 10_i128.checked_pow(power).ok_or(MoneyError)?;
    let factor = Decimal::try_from_i128_with_scale(factor, 0).map_err(|_| MoneyError)?;
    number.checked_mul(factor).ok_or(MoneyError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_currency_is_in_capitals() {
        let money = Money::parse("3.52", "usd").unwrap();
        assert_eq!(money.to_string(), "3.52 USD");
    }

    #[test]
    fn an_exponent_moves_the_point_and_nothing_else() {
        for (text, expected) in [
            ("1e-7", "0.0000001"),
            ("12.5E1", "125"),
            ("12.5e+3", "12500"),
            ("-1e0", "-1"),
            ("0e20", "0"),
        ] {
            assert_eq!(decimal(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn an_amount_that_would_have_to_be_rounded_is_refused() {
        for text in [
            "0.00000000000000000000000000001",
            "79228162514264337593543950336",
            "1e29",
            "1e-29",
            "1e9999999999",
            "1e2147483647",
            "1e-2147483648",
            "",
            "e5",
            "1e",
            "NaN",
            "inf",
            "1,5",
            "--1",
        ] {
            assert_eq!(Money::parse(text, "USD"), Err(MoneyError), "{text}");
        }
    }

    #[test]
    fn an_amount_without_a_currency_is_no_money() {
        for currency in ["", " ", "1", "US D", "$"] {
            assert_eq!(Money::parse("1", currency), Err(MoneyError), "{currency}");
        }
    }

    proptest! {
        #[test]
        fn money_is_the_same_after_writing_and_reading(
            mantissa in -79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335,
            scale in 0_u32..=28,
            currency in "[A-Z]{3}",
        ) {
            let amount = Decimal::try_from_i128_with_scale(mantissa, scale).unwrap();
            let money = Money { amount, currency };
            let text = money.to_string();
            let read: Money = text.parse().unwrap();
            prop_assert_eq!(read.amount.to_string(), money.amount.to_string());
            prop_assert_eq!(&read, &money);
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Money>(&json).unwrap(), &money);
        }

        #[test]
        fn no_text_breaks_reading_money(amount in any::<String>(), currency in any::<String>()) {
            let _ = Money::parse(&amount, &currency);
            let _ = amount.parse::<Money>();
        }

        #[test]
        fn no_number_breaks_reading_money(amount in "-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,12})?") {
            let _ = Money::parse(&amount, "USD");
        }
    }
}
