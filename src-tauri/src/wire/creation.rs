//! Making subaccounts and keys: previews and steps.

use serde::Serialize;
use specta::Type;

use super::{NameProblem, SubaccountStatus};

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PreviewDuplicate {
    pub sid: String,
    pub name: String,
    /// The subaccount's.
    pub status: SubaccountStatus,
}

/// What would be made.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The subaccount's: as a new one's will be stored, tidied, or as one that exists has it.
    pub name: String,
    /// The key's, as it will be stored. This is what a key is made with.
    pub key_name: String,
    /// The key name had to be shortened to fit 64 characters.
    pub key_name_cut: bool,
    pub problem: Option<NameProblem>,
    /// Subaccounts whose name is the same or looks the same; of a key's name, keys of its subaccount.
    pub duplicates: Vec<PreviewDuplicate>,
}

/// The steps of making a subaccount and a key, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StepName {
    Check,
    CreateSubaccount,
    CreateKey,
    Seal,
    SaveInKeychain,
    NameKey,
    Prove,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    Running,
    Done,
    Waiting,
    Failed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StepEvent {
    pub step: StepName,
    pub state: StepState,
}

/// What creating ended in: a key that can be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    pub account_sid: String,
    pub account_name: String,
    pub key_sid: String,
}
