//! What somebody does in one life of the program, one thing after the other.

use serde::{Deserialize, Serialize};

/// One thing that somebody does. `old` is the key that is being replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// Everything is ordered at once.
    CarryOut,
    /// What is left of the batch is gone on with. Where none is kept, everything is ordered again.
    Resume,
    /// What is unfinished puts itself right.
    Reconcile,
    /// What is unfinished is finished by the user.
    Finish,
    /// The lists are read anew.
    Refresh,
    /// The new key is handed over.
    HandOver { old: String },
    /// The user says that the new key is in use.
    SayInUse { old: String },
    /// Twilio is asked whether the new key is in use.
    LookForUse { old: String },
    /// The old key is deleted.
    DeleteOld { old: String, without_waiting: bool },
    /// The new key is deleted, and the old one stays.
    GiveUp { old: String },
}

/// The request that changes a subaccount.
pub const CHANGE_SUBACCOUNT: (&str, &str) = ("POST", "/2010-04-01/Accounts/*.json");
/// The request that makes a key.
pub const NEW_KEY: (&str, &str) = ("POST", "/**/Keys.json");
/// The request that renames a key.
pub const RENAME_KEY: (&str, &str) = ("POST", "/**/Keys/*.json");
/// The request that deletes a key.
pub const DELETE_KEY: (&str, &str) = ("DELETE", "/**/Keys/*.json");
/// The request that moves a number.
pub const MOVE_NUMBER: (&str, &str) = ("POST", "/**/IncomingPhoneNumbers/*.json");
/// The request that releases a number.
pub const RELEASE_NUMBER: (&str, &str) = ("DELETE", "/**/IncomingPhoneNumbers/*.json");
