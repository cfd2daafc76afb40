//! The steps of operations, as they happen.

use serde::{Deserialize, Serialize};
use specta::Type;
use terms::{AccountSid, KeySid};

/// One step. Those of one operation stand here in the order they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "StepName", rename_all = "camelCase")]
pub enum Step {
    /// Making something: the keychain, the disk and the subaccount are ready.
    Check,
    CreateSubaccount,
    CreateKey,
    /// The secret is held as a sealed copy.
    Seal,
    /// The secret is in the keychain and was read back.
    SaveInKeychain,
    /// The key has its plain name at Twilio.
    NameKey,
    /// A live call with the key worked.
    Prove,

    /// A refresh: the list of subaccounts.
    ReadSubaccounts,
    /// The keys and the spend of each.
    ReadDetails,

    /// A backup: secrets are taken out of sealed copies and the keychain.
    Gather,
    /// The passphrase is made into a key, and everything is encrypted.
    Encrypt,
    /// The file is written and synced.
    Write,
    /// The file is opened again and compared with what was to be in it.
    Compare,

    /// Keys that were made elsewhere: each is proved and kept.
    AdoptKeys,

    /// Before a subaccount is closed: those of its numbers that are to stay with somebody.
    MoveNumbers,
    CloseSubaccount,

    /// After a restore: the keychain is given what only sealed copies hold.
    FillKeychain,
    /// Each restored key is proved at Twilio.
    ProveRestored,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    Running,
    Done,
    /// Could not be done now; done by itself later. What was made can be used.
    Waiting,
    Failed,
}

/// What creating ended in: a key that can be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReadyKey {
    #[serde(rename = "accountSid")]
    #[specta(type = String)]
    pub account: AccountSid,
    pub account_name: String,
    #[serde(rename = "keySid")]
    #[specta(type = String)]
    pub key: KeySid,
}
