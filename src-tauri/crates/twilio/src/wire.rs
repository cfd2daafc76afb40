//! Shapes that several answers share, read as leniently as Twilio writes them.

use crate::Error;
use jiff::Timestamp;
use serde_json::value::RawValue;
use terms::{AccountSid, Money, MoneyError};

/// A v2010 date (`Thu, 30 Jul 2015 20:00:00 +0000`), or nothing where it is missing or odd.
pub(crate) fn rfc2822(text: Option<&str>) -> Option<Timestamp> {
    jiff::fmt::rfc2822::DateTimeParser::new()
        .parse_timestamp(text?.trim())
        .ok()
}

/// An ISO 8601 time (`2015-07-31T04:00:00+00:00`), or nothing where it is missing or odd.
pub(crate) fn iso8601(text: Option<&str>) -> Option<Timestamp> {
    text?.trim().parse().ok()
}

/// An amount of money, which Twilio writes as a string or as a number.
pub(crate) fn money(amount: &RawValue, currency: &str) -> Result<Money, MoneyError> {
    let raw = amount.get();
    if raw.starts_with('"') {
        let text: String = serde_json::from_str(raw).map_err(|_| MoneyError)?;
        Money::parse(&text, currency)
    } else {
        Money::parse(raw, currency)
    }
}

/// The account that a v2010 path such as `/2010-04-01/Accounts/AC…/Keys.json` names.
pub(crate) fn account_in_path(uri: &str) -> Option<AccountSid> {
    let (_, rest) = uri.split_once("/Accounts/")?;
    let end = rest.find(['/', '.', '?', '#']).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// Requires that an answer is about the account asked for.
pub(crate) fn same_account(asked: &AccountSid, answered: &AccountSid) -> Result<(), Error> {
    if asked == answered {
        return Ok(());
    }
    Err(Error::WrongAccount {
        asked: asked.clone(),
        answered: answered.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_account_is_read_from_a_path() {
        let sid = "AC00000000000000000000000000000001";
        for path in [
            format!("/2010-04-01/Accounts/{sid}.json"),
            format!("/2010-04-01/Accounts/{sid}/Messages.json?PageSize=1"),
            format!("https://api.twilio.com/2010-04-01/Accounts/{sid}"),
        ] {
            assert_eq!(account_in_path(&path).unwrap().as_str(), sid, "{path}");
        }
        for path in ["", "/Accounts/", "/Accounts.json", "/Accounts/AC1/Keys"] {
            assert_eq!(account_in_path(path), None, "{path}");
        }
    }

    #[test]
    fn times_are_read_in_both_of_twilios_forms() {
        let expected: Timestamp = "2015-07-30T20:00:00Z".parse().unwrap();
        for text in [
            "Thu, 30 Jul 2015 20:00:00 +0000",
            "Thu, 30 Jul 2015 20:00:00 GMT",
        ] {
            assert_eq!(rfc2822(Some(text)), Some(expected), "{text}");
        }
        for text in ["2015-07-30T20:00:00Z", "2015-07-30T20:00:00+00:00"] {
            assert_eq!(iso8601(Some(text)), Some(expected), "{text}");
        }
        assert_eq!(rfc2822(None), None);
        assert_eq!(iso8601(Some("yesterday")), None);
    }

    proptest! {
        #[test]
        fn an_amount_is_the_same_as_a_number_and_as_a_text(
            amount in "-?[0-9]{1,12}(\\.[0-9]{1,12})?",
            currency in "[A-Z]{3}",
        ) {
            let money_of = |json: String| {
                let raw = RawValue::from_string(json).unwrap();
                money(&raw, &currency)
            };
            let expected = Money::parse(&amount, &currency);
            // A number of JSON's has no zero before its first digit.
            if serde_json::from_str::<&RawValue>(&amount).is_ok() {
                prop_assert_eq!(&money_of(amount.clone()), &expected);
            }
            prop_assert_eq!(&money_of(format!("\"{amount}\"")), &expected);
        }

        #[test]
        fn no_text_breaks_reading_times_and_paths(text in any::<String>()) {
            let _ = rfc2822(Some(&text));
            let _ = iso8601(Some(&text));
            let _ = account_in_path(&format!("/Accounts/{text}"));
        }
    }
}
