//! Amounts of money, exact to the last digit.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{fmt, str::FromStr};

/// An amount in a currency. Never a float.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// How much.
    #[serde(with = "rust_decimal::serde::str")]
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

    /// From a JSON amount, which Twilio writes as a string or as a number.
    pub(crate) fn from_wire(amount: &RawValue, currency: &str) -> Result<Self, MoneyError> {
        let raw = amount.get();
        if raw.starts_with('"') {
            let text: String = serde_json::from_str(raw).map_err(|_| MoneyError)?;
            Self::parse(&text, currency)
        } else {
            Self::parse(raw, currency)
        }
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
