//! Where a key and its secret are.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use terms::KeySid;
use vault::{Credential, Kept};

use crate::failure::Problem;
use crate::workspace::Workspace;

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

/// The same of all saved keys, read once.
pub(crate) struct Tests {
    due: HashSet<KeySid>,
    refused: HashMap<KeySid, Timestamp>,
}

impl Tests {
    pub fn of(&self, key: &KeySid) -> Tested {
        match self.refused.get(key) {
            _ if self.due.contains(key) => Tested::Due,
            Some(at) => Tested::Refused(*at),
            None => Tested::AsNoted,
        }
    }
}

impl Workspace {
    pub(crate) async fn tests(&self) -> Result<Tests, Problem> {
        Ok(Tests {
            due: self.records.proofs_due().await?.into_iter().collect(),
            refused: self.records.refused_keys().await?.into_iter().collect(),
        })
    }
}
