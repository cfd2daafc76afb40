//! What opens it again, and what counts as that.
//!
//! The system's own check counts once it has worked: that polkit or Windows Hello is installed does not mean that it can ask anybody.
//! Whether it can be found at a moment decides nothing, in neither direction: whoever starts the program could have it not found.

use serde::{Deserialize, Serialize};

use super::Way;

/// What opens it again for certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ways {
    /// A recovery passphrase is set.
    #[serde(default)]
    pub passphrase: bool,
    /// The system's own check has worked, on this computer and for what is locked.
    #[serde(default)]
    pub system: bool,
    /// An account is known, whose Auth Token its owner can always get from Twilio.
    #[serde(default)]
    pub account: bool,
}

impl Ways {
    /// Whether it may be closed. The system's check can go away for good, so it closes nothing by itself that the Auth Token would not
    /// open then.
    pub fn can_close(self) -> bool {
        self.passphrase || (self.system && self.account)
    }
}

/// What is looked up: whether there is something to open it with beside the system's own check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    /// A recovery passphrase is set.
    pub passphrase: bool,
    /// An account is known, whose Auth Token its owner can always get from Twilio.
    pub account: bool,
}

/// What the system's own check has shown of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum SystemCheck {
    #[default]
    NotYet,
    /// It was locked by an earlier version, which did not write down by which way. It may be the only one.
    NotSaid,
    Worked,
}

/// All that is known of the ways.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    pub found: Found,
    pub system: SystemCheck,
    pub passphrase_damaged: bool,
}

impl Known {
    /// `by` is what was written down last, if anything was; `closed` says whether it begins closed.
    pub fn at_the_start(found: Found, by: Option<Option<Ways>>, closed: bool) -> Self {
        let system = match by {
            Some(Some(by)) if by.system => SystemCheck::Worked,
            Some(None) if closed => SystemCheck::NotSaid,
            _ => SystemCheck::NotYet,
        };
        Self {
            found,
            system,
            passphrase_damaged: false,
        }
    }

    pub fn ways(self) -> Ways {
        Ways {
            passphrase: self.found.passphrase,
            system: self.system == SystemCheck::Worked,
            account: self.found.account,
        }
    }

    /// While it is open, the system's check may show that it works.
    pub fn takes(self, way: Way, closed: bool) -> bool {
        match way {
            Way::Passphrase => true,
            Way::System => !closed || self.system != SystemCheck::NotYet,
            Way::AuthToken => {
                self.found.account && (!self.found.passphrase || self.passphrase_damaged)
            }
        }
    }

    /// Somebody has said who they are. Whoever had to take the Auth Token had no use of the system's check: it has to work anew.
    pub fn proved_by(&mut self, way: Way) {
        self.system = match (way, self.system) {
            (Way::System, _) => SystemCheck::Worked,
            (Way::AuthToken, _) | (Way::Passphrase, SystemCheck::NotSaid) => SystemCheck::NotYet,
            (Way::Passphrase, before) => before,
        };
    }

    /// What the next start has to know. What was not said stays so until it has been opened.
    pub fn to_remember(self) -> Option<Ways> {
        (self.system != SystemCheck::NotSaid).then(|| self.ways())
    }
}
