//! What a store's errors mean.

use std::error::Error as StdError;

use keyring_core::Error as StoreError;
use zeroize::Zeroize;

use super::error::KeychainError;
use super::native;

/// A store's error. [`StoreError::NoEntry`] is not an error for most calls and is to be handled before.
///
/// The error is taken apart by variant and never formatted with `{:?}`: some variants carry the item's raw bytes.
pub(super) fn meaning_of(error: StoreError) -> KeychainError {
    match error {
        StoreError::PlatformFailure(cause) | StoreError::NoStorageAccess(cause) => {
            meaning_of_cause(cause.as_ref())
        }
        StoreError::BadEncoding(mut bytes) | StoreError::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            KeychainError::Changed
        }
        StoreError::BadStoreFormat(_) => KeychainError::Changed,
        StoreError::Ambiguous(_) => KeychainError::Ambiguous,
        StoreError::NoDefaultStore => KeychainError::NoKeychain,
        StoreError::NoEntry => KeychainError::broken("the item went away while it was used"),
        StoreError::TooLong(..) => KeychainError::DoesNotFit,
        StoreError::Invalid(what, why) => KeychainError::not_understood(&format!("{what}: {why}")),
        StoreError::NotSupportedByStore(what) => {
            KeychainError::not_understood(&format!("not supported: {what}"))
        }
        _ => KeychainError::broken("an unknown kind of error"),
    }
}

fn meaning_of_cause(cause: &(dyn StdError + Send + Sync + 'static)) -> KeychainError {
    // A store of our own says it in our own words.
    if let Some(meaning) = cause.downcast_ref::<KeychainError>() {
        return meaning.clone();
    }
    native::meaning(cause)
}

#[cfg(test)]
mod tests {
    use std::fmt;

    use super::*;

    #[test]
    fn each_kind_of_a_stores_errors_becomes_a_situation() {
        let bytes = || b"the item itself".to_vec();
        for (error, meaning) in [
            (StoreError::NoDefaultStore, KeychainError::NoKeychain),
            (StoreError::BadEncoding(bytes()), KeychainError::Changed),
            (
                StoreError::BadDataFormat(bytes(), "the item itself".into()),
                KeychainError::Changed,
            ),
            (
                StoreError::BadStoreFormat("the item itself".into()),
                KeychainError::Changed,
            ),
            (
                StoreError::TooLong("secret".into(), 2560),
                KeychainError::DoesNotFit,
            ),
            (
                StoreError::Invalid("user".into(), "empty".into()),
                KeychainError::NotUnderstood("user: empty".into()),
            ),
            (
                StoreError::NotSupportedByStore("search".into()),
                KeychainError::NotUnderstood("not supported: search".into()),
            ),
            (StoreError::Ambiguous(Vec::new()), KeychainError::Ambiguous),
        ] {
            assert_eq!(meaning_of(error), meaning);
        }
    }

    const CANARY: &str = "canary~7f3a9c51e0b24d68~canary";

    /// A cause whose `Debug` gives away what was stored.
    #[derive(Debug)]
    struct Talkative {
        #[allow(dead_code, reason = "read by Debug, which is the point")]
        stored: Vec<u8>,
    }

    impl fmt::Display for Talkative {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the store failed")
        }
    }

    impl StdError for Talkative {}

    fn cause() -> Box<Talkative> {
        Box::new(Talkative {
            stored: CANARY.into(),
        })
    }

    #[test]
    fn no_error_of_a_store_gives_away_what_was_stored() {
        let as_numbers = format!("{:?}", CANARY.as_bytes());
        let inside = &as_numbers[1..as_numbers.len() - 1];
        for error in [
            StoreError::BadEncoding(CANARY.into()),
            StoreError::BadDataFormat(CANARY.into(), cause()),
            StoreError::BadStoreFormat(CANARY.to_owned()),
            StoreError::PlatformFailure(cause()),
            StoreError::NoStorageAccess(cause()),
        ] {
            let before = format!("{error:?}");
            assert!(
                before.contains(inside) || before.contains(CANARY),
                "the store's own error gives it away, so the test can fail"
            );
            let ours = meaning_of(error);
            let told = format!("{ours:?} {ours:#?} {ours}");
            assert!(!told.contains(CANARY) && !told.contains(inside), "{told}");
        }
    }
}
