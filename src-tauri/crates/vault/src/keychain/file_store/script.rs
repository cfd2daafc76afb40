//! What goes wrong in a [`FileStore`](super::FileStore), and when.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use keyring_core::Error as StoreError;
use serde::{Deserialize, Serialize};

use crate::KeychainError;

/// What goes wrong. The default is that nothing does.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Script {
    /// The first rule whose turn it is decides.
    pub rules: Vec<Rule>,
    /// With this many items the store is full: a new one is refused, an existing one may still be overwritten.
    pub capacity: Option<usize>,
    /// All items seem to be gone, as after a password reset. They are back when this is taken away.
    pub emptied: bool,
}

/// A fault and the calls it happens to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The calls it is about.
    pub on: Call,
    /// How many of these calls go well first.
    #[serde(default)]
    pub skip: u32,
    /// How many then fail; `None` for all. Each process counts for itself, from when the script was last changed.
    #[serde(default)]
    pub times: Option<u32>,
    /// What happens.
    pub fault: Fault,
}

/// A kind of call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// Any of the others.
    Any,
    /// Reading an item.
    Read,
    /// Writing an item.
    Write,
    /// Deleting an item.
    Delete,
}

/// What happens to a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It does nothing and says why.
    Refuse(Refusal),
    /// It does what it should, and reports an error all the same.
    DoneButReported(Refusal),
    /// It waits, and then does what it should. Changing the script ends the wait.
    Hang {
        /// How long, in milliseconds.
        ms: u64,
    },
    /// It reports success and has done nothing.
    Lose,
    /// It writes something else.
    Garble,
}

/// Why a call is refused: the situations that real keychains report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// See [`KeychainError::NoKeychain`].
    NoKeychain,
    /// See [`KeychainError::Locked`].
    Locked,
    /// See [`KeychainError::Dismissed`].
    Dismissed,
    /// See [`KeychainError::Stopped`].
    WentAway,
    /// See [`KeychainError::Full`].
    Full,
    /// See [`KeychainError::Blocked`].
    Blocked,
    /// See [`KeychainError::NotSignedIn`].
    NotSignedIn,
    /// See [`KeychainError::Ambiguous`].
    Ambiguous,
    /// See [`KeychainError::Broken`].
    Broken,
}

impl Refusal {
    fn meaning(self) -> KeychainError {
        match self {
            Self::NoKeychain => KeychainError::NoKeychain,
            Self::Locked => KeychainError::Locked,
            Self::Dismissed => KeychainError::Dismissed,
            Self::WentAway => KeychainError::Stopped,
            Self::Full => KeychainError::Full,
            Self::Blocked => KeychainError::Blocked,
            Self::NotSignedIn => KeychainError::NotSignedIn,
            Self::Ambiguous => KeychainError::Ambiguous,
            Self::Broken => KeychainError::broken("broken by the script"),
        }
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Ambiguous => Self::Ambiguous(Vec::new()),
            Refusal::NoKeychain => Self::NoDefaultStore,
            Refusal::Locked | Refusal::Dismissed | Refusal::NotSignedIn => {
                Self::NoStorageAccess(Box::new(refusal.meaning()))
            }
            _ => Self::PlatformFailure(Box::new(refusal.meaning())),
        }
    }
}

impl Script {
    /// One fault on all calls of a kind.
    pub fn always(on: Call, fault: Fault) -> Self {
        Self {
            rules: vec![Rule {
                on,
                skip: 0,
                times: None,
                fault,
            }],
            ..Self::default()
        }
    }

    /// One fault on the next call of a kind.
    pub fn once(on: Call, fault: Fault) -> Self {
        Self {
            rules: vec![Rule {
                on,
                skip: 0,
                times: Some(1),
                fault,
            }],
            ..Self::default()
        }
    }

    /// Where the script of the store in `file` is.
    pub fn path_for(file: &Path) -> PathBuf {
        file.with_extension("script.json")
    }
}

/// The script as one process follows it.
#[derive(Debug)]
pub(super) struct Playing {
    path: PathBuf,
    text: Vec<u8>,
    version: u64,
    script: Script,
    /// How many calls each rule has met.
    met: Vec<u32>,
}

impl Playing {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            text: Vec::new(),
            version: 0,
            script: Script::default(),
            met: Vec::new(),
        }
    }

    /// Counts the changes of the script.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    pub(super) fn script(&self) -> &Script {
        &self.script
    }

    pub(super) fn reload(&mut self) -> io::Result<()> {
        let text = match super::patiently(|| fs::read(&self.path)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        if text != self.text {
            self.script = if text.is_empty() {
                Script::default()
            } else {
                serde_json::from_slice(&text)?
            };
            self.met = vec![0; self.script.rules.len()];
            self.text = text;
            self.version += 1;
        }
        Ok(())
    }

    /// The fault this call meets. Every rule about such calls counts it.
    pub(super) fn fault_for(&mut self, call: Call) -> Option<Fault> {
        let mut fault = None;
        for (rule, met) in self.script.rules.iter().zip(&mut self.met) {
            if rule.on != Call::Any && rule.on != call {
                continue;
            }
            *met += 1;
            let turn = *met > rule.skip && rule.times.is_none_or(|times| *met - rule.skip <= times);
            if turn && fault.is_none() {
                fault = Some(rule.fault);
            }
        }
        fault
    }
}
