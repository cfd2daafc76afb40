//! What the process of a run told of itself.

use super::summary::Ending;

/// What a process told.
#[derive(Default)]
pub(super) struct Told {
    pub opened: bool,
    pub notice: Option<String>,
    pub unopened: Option<String>,
    pub missing: Vec<u32>,
    pub did: Vec<u32>,
    refused: bool,
    ended: bool,
}

impl Told {
    pub fn read(output: &str) -> Self {
        let mut told = Self::default();
        for line in output.lines() {
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                "opened" => told.opened = true,
                "notice" => {
                    told.opened = true;
                    told.notice = Some(rest.to_owned());
                }
                "unopened" => told.unopened = Some(rest.to_owned()),
                "missing" => told.missing.extend(rest.parse::<u32>()),
                "did" => told.did.extend(rest.parse::<u32>()),
                "failed" => told.refused = true,
                "end" => told.ended = true,
                _ => {}
            }
        }
        told
    }

    pub fn ending(&self) -> Ending {
        if self.unopened.is_some() {
            Ending::NotOpened
        } else if !self.ended {
            Ending::Killed
        } else if self.refused {
            Ending::WriteRefused
        } else {
            Ending::Untroubled
        }
    }
}
