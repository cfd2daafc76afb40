//! How a practice server starts.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

/// How a practice server starts. Set what matters, leave the rest: `Settings { subaccounts: 3, ..Settings::default() }`.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// How many subaccounts the seed makes. A trial parent gets one at most.
    pub subaccounts: usize,
    /// Where all made-up data comes from: the same seed, clock and settings give the same data.
    pub seed: u64,
    /// A trial parent, which may have one subaccount.
    pub trial: bool,
    /// Whether `/practice/…` is there, through which another process switches faults and reads the log.
    pub control: bool,
    /// Where the state is kept from one start to the next. A file that is there wins over the seed.
    pub state_file: Option<PathBuf>,
    /// How long every answer takes.
    pub latency: Option<Duration>,
    /// The time the clock stands at; without it the system's clock is used.
    pub now: Option<Timestamp>,
    /// How many requests one account may have under way; more get 429 / 20429.
    pub concurrency: usize,
    /// How many keys one account may have; more get 70151. Twilio's own number is not published.
    pub key_limit: usize,
    /// Whether a number of a suspended subaccount cannot be moved, nor any to one: 21472. Whether Twilio refuses it is not known.
    pub suspended_numbers_stay: bool,
    /// Whether promoting an account's secondary Auth Token ends all its keys. Twilio's own guides contradict each other on it.
    pub promotion_ends_keys: bool,
    /// Whether there are servers for Twilio's other Regions as well, each on a free port of its own.
    pub regions: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            port: 0,
            subaccounts: 150,
            seed: 1,
            trial: false,
            control: false,
            state_file: None,
            latency: None,
            now: None,
            concurrency: 100,
            key_limit: 100,
            suspended_numbers_stay: false,
            promotion_ends_keys: false,
            regions: false,
        }
    }
}
