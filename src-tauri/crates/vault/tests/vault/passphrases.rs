//! Passphrases, as they are kept and as they are typed.

use vault::{Passphrase, TypedPassphrase};

pub(crate) const PASSPHRASE: &str = "walnut ferry cobalt thursday";

pub(crate) fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("a passphrase")
}

pub(crate) fn typed(text: &str) -> TypedPassphrase {
    TypedPassphrase::new(text.to_owned()).expect("it may be tried")
}
