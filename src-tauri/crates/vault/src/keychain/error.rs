//! What can go wrong with a keychain, as situations a person can act on.

use std::error::Error as StdError;

use keyring_core::Error as StoreError;
use zeroize::Zeroize;

use super::native;

/// Why the keychain did not do what was asked. None of these means "there is no such item".
///
/// `Debug` and `Display` never show any part of an item.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No keychain runs on this computer, or it has no default keyring to put things into.
    #[error("this computer has no keychain running")]
    NoSafe,
    /// The keychain is locked and could not ask for its password.
    #[error("the keychain is locked")]
    Locked,
    /// The user closed the keychain's password box, or answered it with Deny.
    #[error("the keychain's password box was closed")]
    Dismissed,
    /// No answer before the deadline, or the keychain went away meanwhile. A password box may be waiting behind a window.
    /// Whether a write or delete was carried out is unknown; a later read decides.
    #[error("the keychain did not answer in time")]
    NoAnswer,
    /// The keychain takes no more items (Windows caps their number, and Xbox or Adobe may have filled it).
    #[error("the keychain is full")]
    Full,
    /// Access was denied by the system or by a policy of the organisation.
    #[error("the system does not let this program use the keychain")]
    Blocked,
    /// Windows has no complete logon session (a service, some remote sessions), or a policy forbids storing passwords.
    #[error("Windows is not fully signed in")]
    NotSignedIn,
    /// macOS: the keychain's password is not the login password any more.
    #[error("the keychain's password is out of date")]
    PasswordOutOfDate,
    /// macOS: the keychain is missing, damaged or read-only.
    #[error("the keychain cannot be opened")]
    Unopenable,
    /// macOS: this copy of the program lacks a signature the keychain asks for.
    #[error("this copy of the program is not signed correctly")]
    NotSigned,
    /// The item was changed by another program, or holds the content of another item.
    #[error("the saved item was changed by another program")]
    Changed,
    /// Two items match. Neither was touched.
    #[error("two saved items match")]
    Ambiguous,
    /// The write may or may not have been carried out, and what is there now is not what was written.
    #[error("the save could not be confirmed")]
    SaveNotConfirmed,
    /// Anything else; the store's own words, one line, for support.
    #[error("the keychain failed: {0}")]
    Broken(String),
}

impl KeychainError {
    /// The situation in one word, stable, for the journal and the window.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoSafe => "no_safe",
            Self::Locked => "locked",
            Self::Dismissed => "dismissed",
            Self::NoAnswer => "no_answer",
            Self::Full => "full",
            Self::Blocked => "blocked",
            Self::NotSignedIn => "not_signed_in",
            Self::PasswordOutOfDate => "password_out_of_date",
            Self::Unopenable => "unopenable",
            Self::NotSigned => "not_signed",
            Self::Changed => "changed",
            Self::Ambiguous => "ambiguous",
            Self::SaveNotConfirmed => "save_not_confirmed",
            Self::Broken(_) => "broken",
        }
    }

    /// Whether asking the keychain again at once would only put up its password box again.
    pub(super) fn asked_the_user(&self) -> bool {
        matches!(
            self,
            Self::Locked | Self::Dismissed | Self::NoSafe | Self::NotSignedIn
        )
    }

    /// Whether a write that ended so may have been carried out.
    pub(super) fn leaves_the_outcome_open(&self) -> bool {
        matches!(
            self,
            Self::Broken(_) | Self::NoAnswer | Self::SaveNotConfirmed
        )
    }

    /// Whether the connection to the keychain may be stale, as after the keychain was restarted.
    pub(super) fn may_be_a_stale_connection(&self) -> bool {
        matches!(self, Self::Broken(_) | Self::NoAnswer | Self::NoSafe)
    }

    /// A store's error. [`StoreError::NoEntry`] is not an error for most calls and is to be handled before.
    ///
    /// The error is taken apart by variant and never formatted with `{:?}`: some variants carry the item's raw bytes.
    pub(super) fn from_store(error: StoreError) -> Self {
        match error {
            StoreError::PlatformFailure(cause) | StoreError::NoStorageAccess(cause) => {
                Self::from_cause(cause.as_ref())
            }
            StoreError::BadEncoding(mut bytes) | StoreError::BadDataFormat(mut bytes, _) => {
                bytes.zeroize();
                Self::Changed
            }
            StoreError::BadStoreFormat(_) => Self::Changed,
            StoreError::Ambiguous(_) => Self::Ambiguous,
            StoreError::NoDefaultStore => Self::NoSafe,
            StoreError::NoEntry => Self::broken("the item went away while it was used"),
            StoreError::TooLong(what, limit) => {
                Self::broken(&format!("{what} is longer than {limit}"))
            }
            StoreError::Invalid(what, why) => Self::broken(&format!("{what}: {why}")),
            StoreError::NotSupportedByStore(what) => {
                Self::broken(&format!("not supported: {what}"))
            }
            _ => Self::broken("an unknown kind of error"),
        }
    }

    fn from_cause(cause: &(dyn StdError + Send + Sync + 'static)) -> Self {
        #[cfg(feature = "file-store")]
        if let Some(refusal) = cause.downcast_ref::<super::file_store::Refusal>() {
            return refusal.meaning();
        }
        native::meaning(cause)
    }

    /// [`KeychainError::Broken`] with `text` made one short line.
    pub(super) fn broken(text: &str) -> Self {
        let line: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(300)
            .collect();
        Self::Broken(line)
    }
}
