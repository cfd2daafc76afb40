//! What became of testing the saved keys.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use terms::KeySid;

use crate::failure::Problem;
use crate::key_state::Tested;
use crate::view::KeyRow;
use crate::workspace::Workspace;

/// What became of testing each saved key on this computer, read once.
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

    /// A key's row with what became of testing it.
    pub fn told_of(&self, row: KeyRow) -> KeyRow {
        let tested = self.of(&row.sid);
        KeyRow {
            proof_due: tested == Tested::Due,
            refused_at: tested.refused_at(),
            ..row
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
