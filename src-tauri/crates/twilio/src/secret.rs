//! Secrets that cannot be printed, cloned or serialised by accident, and are wiped when dropped.

use crate::readable::REPLACEMENT;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, de};
use std::fmt;

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name(SecretString);

        impl $name {
            /// Takes the value over; the text is kept as it is.
            pub fn new(value: String) -> Self {
                Self(SecretString::from(value))
            }

            /// The value in the clear, for the one place that must have it.
            pub fn expose(&self) -> &str {
                self.0.expose_secret()
            }

            /// A second copy, made on purpose.
            pub fn duplicate(&self) -> Self {
                Self::new(self.expose().to_owned())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(hidden)"))
            }
        }

        /// Straight from the answer's bytes into the wiped type, without a stop in a plain `String` field.
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a secret")
                    }

                    fn visit_str<E: de::Error>(self, value: &str) -> Result<$name, E> {
                        if value.is_empty() {
                            return Err(E::custom("an empty secret"));
                        }
                        if value.contains(REPLACEMENT) {
                            return Err(E::custom("a secret of which not all can be read"));
                        }
                        Ok($name::new(value.to_owned()))
                    }
                }

                deserializer.deserialize_str(Visitor)
            }
        }
    };
}

secret! {
    /// An account's Auth Token: full power over the account and its subaccounts.
    AuthToken
}

secret! {
    /// An API key's secret. Twilio shows it once, in the answer to the create.
    ApiSecret
}
