//! What goes wrong during one life: its end, Twilio, the keychain, the disk.

use std::time::Duration;

use practice::{Fault, Rule};
use serde::{Deserialize, Serialize};
use vault::keychain::file_store::{Call, Fault as KeychainFault, Refusal, Rule as Turn, Script};
use vault::points::{Point, When};

/// When a life ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kill {
    /// At the nth point it comes to.
    Nth(u32),
    /// At this point of the list, the nth time.
    At(usize, u32),
}

impl Kill {
    pub fn when(self) -> Option<When> {
        match self {
            Self::Nth(nth) => Some(When::Nth(nth)),
            Self::At(point, nth) => Point::ALL.get(point).map(|&point| When::At(point, nth)),
        }
    }

    /// At a point, the first time.
    pub fn at(point: Point) -> Self {
        let place = Point::ALL.iter().position(|known| *known == point);
        Self::At(place.unwrap_or_default(), 1)
    }
}

/// How Twilio goes wrong during one life.
#[derive(Debug, Clone)]
pub enum TwilioTrouble {
    /// Nothing listens.
    Offline,
    /// What listens does not speak TLS, and TLS is asked for.
    Tls,
    /// What is made is known only so much later.
    CatchesUp(Duration),
    /// One kind of request goes wrong.
    Rule(Rule),
}

impl TwilioTrouble {
    pub fn name(&self) -> String {
        match self {
            Self::Offline => "refused".to_owned(),
            Self::Tls => "tls".to_owned(),
            Self::CatchesUp(_) => "catches up".to_owned(),
            Self::Rule(rule) => match rule.fault {
                Fault::Answer {
                    status,
                    body,
                    after,
                } => {
                    let when = if after { "after" } else { "before" };
                    format!("{}xx {body:?} {when}", status / 100)
                }
                _ => rule.fault.kind().to_owned(),
            },
        }
    }
}

/// How the keychain goes wrong during one life.
#[derive(Debug, Clone)]
pub struct KeychainTrouble {
    pub name: &'static str,
    pub script: Script,
}

/// How the disk goes wrong during one life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiskTrouble {
    pub errno: DiskError,
    /// From this point on; without one, from the start.
    pub from: Option<Kill>,
    /// How many calls go well first.
    pub skip: u32,
    /// How many then fail; `None` for all.
    pub times: Option<u32>,
}

/// What the disk answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiskError {
    Full,
    Broken,
    ReadOnly,
}

impl DiskError {
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "disk ENOSPC",
            Self::Broken => "disk EIO",
            Self::ReadOnly => "disk EROFS",
        }
    }

    /// Linux's number for it.
    pub fn errno(self) -> u32 {
        match self {
            Self::Full => 28,
            Self::Broken => 5,
            Self::ReadOnly => 30,
        }
    }
}

/// A keychain that takes so many writes and then no more.
pub fn keychain_refusing_writes_after(skip: u32) -> KeychainTrouble {
    KeychainTrouble {
        name: "locked",
        script: Script {
            rules: vec![Turn {
                on: Call::Write,
                skip,
                times: None,
                fault: KeychainFault::Refuse(Refusal::Locked),
            }],
            ..Script::default()
        },
    }
}
