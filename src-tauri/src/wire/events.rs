//! What the Rust side tells the window without being asked.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

use super::{Connection, Operation, SubaccountRow, Unfinished};

/// An operation began, moved, ended or was put away: all that run, and those that have ended and were not put away.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct OperationsChanged(pub Vec<Operation>);

/// Rows that are new or changed.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct RowsChanged(pub Vec<SubaccountRow>);

/// Something unfinished began, moved or ended: all that is unfinished now.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct UnfinishedChanged(pub Vec<Unfinished>);

/// The clipboard no longer holds the copied secret.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct ClipboardCleared;

/// Whether the keychain lets a call wait, perhaps for a password box that is behind the window.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type, Event)]
pub struct KeychainWaits(pub bool);

/// The window was asked to close while these are not safe yet.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct CloseAsked(pub Vec<Unfinished>);

/// The account's name or balance was read anew, or the account was disconnected.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct ConnectionChanged(pub Option<Connection>);
