//! Where a key and its secret are.

use vault::{Credential, Kept};

/// Where a key and its secret are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// Secret in the keychain.
    Saved,
    /// Secret held as a sealed copy; not in the keychain yet.
    SealedOnly,
    /// At Twilio, without a secret here.
    NotSaved,
    /// Secret here, but the key is no longer at Twilio.
    RemovedAtTwilio,
    /// Being made.
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
