//! Where a key and its secret are.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use vault::{Credential, Kept};

/// Where a key and its secret are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum KeyState {
    /// Secret in the keychain.
    Saved,
    /// Secret held as a sealed copy; not in the keychain yet.
    SealedOnly,
    /// At Twilio, without a secret here.
    NotSaved,
    /// Secret here, but the key is no longer at Twilio.
    RemovedAtTwilio,
    /// Being made; see its unfinished entry.
    Unfinished,
}

/// What the records say of a saved key.
pub(crate) fn state_of(credential: &Credential) -> KeyState {
    if credential.removed_at_twilio.is_some() {
        return KeyState::RemovedAtTwilio;
    }
    match credential.kept {
        Kept::InKeychain => KeyState::Saved,
        Kept::SealedOnly => KeyState::SealedOnly,
    }
}

/// What became of testing a saved key on this computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tested {
    /// As its credential says: it worked then, or it was never tested.
    AsNoted,
    /// It was restored and is still to be tested here: what its credential says is the backup's word.
    Due,
    /// Twilio itself refused it at this time, and it has not worked since.
    Refused(Timestamp),
}

impl Tested {
    /// When Twilio refused a key that has not worked since.
    pub(crate) fn refused_at(self) -> Option<Timestamp> {
        match self {
            Self::Refused(at) => Some(at),
            Self::AsNoted | Self::Due => None,
        }
    }
}
