//! The form of JSON that is kept, as a number in it.

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Written as the number `N`; any other number is not read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Version<const N: u32>;

impl<const N: u32> Serialize for Version<N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(N)
    }
}

impl<'de, const N: u32> Deserialize<'de> for Version<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match u32::deserialize(from)? {
            found if found == N => Ok(Self),
            other => Err(D::Error::invalid_value(
                Unexpected::Unsigned(other.into()),
                &"the number of a form that is known",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_by_its_own_number_only() {
        let written = serde_json::to_string(&Version::<1>).unwrap();
        assert_eq!(written, "1");
        assert!(serde_json::from_str::<Version<1>>("1").is_ok());
        for other in ["2", "0", "-1", "\"1\"", "null"] {
            assert!(
                serde_json::from_str::<Version<1>>(other).is_err(),
                "{other}"
            );
        }
    }
}
