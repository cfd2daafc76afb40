//! One part of `cargo xtask faults`: a campaign, and what it found.

use crate::problem::Done;

/// What one part is asked for.
pub struct Order {
    /// How many runs; what a run is, the part says.
    pub runs: u64,
    /// Everything random comes from it.
    pub seed: u64,
    /// What follows `--` on the command line, for the part alone.
    pub rest: Vec<String>,
}

/// What a part found.
pub struct Report {
    /// The lines of the summary block: counts, and a line for each failure that says how to see it again.
    pub text: String,
    /// How it ended.
    pub outcome: Outcome,
}

/// How a part ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that was asked for was done, and held.
    Held,
    /// What was done held, but it is less than what was asked for.
    StoppedShort,
    /// Nothing was done here: what was asked for is one of the stories.
    NotRun,
    /// Something did not hold.
    DidNotHold,
}

impl Outcome {
    /// Of a part that was done to its end.
    pub fn at_the_end(held: bool) -> Self {
        if held { Self::Held } else { Self::DidNotHold }
    }

    /// What the summary block says.
    pub fn result(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::StoppedShort => "STOPPED SHORT: not all of the runs that were asked for",
            Self::NotRun => "not run",
            Self::DidNotHold => "DID NOT HOLD",
        }
    }

    /// What the whole command fails for.
    pub fn failure(self) -> Option<&'static str> {
        match self {
            Self::Held | Self::NotRun => None,
            Self::StoppedShort => Some("stopped short"),
            Self::DidNotHold => Some("did not hold"),
        }
    }
}

/// One campaign.
pub struct Part {
    /// The name to call it by.
    pub name: &'static str,
    /// What it makes sure of, in one line.
    pub what: &'static str,
    /// Runs at full size, and in the short form that belongs to `cargo xtask test`.
    pub full: u64,
    /// See `full`.
    pub short: u64,
    /// The work itself. Shows its progress, not its report.
    pub work: fn(&Order) -> Done<Report>,
}
