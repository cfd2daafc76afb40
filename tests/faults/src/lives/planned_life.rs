//! One life of the program before it begins: its work, and what goes wrong.

use practice::Fault;

use super::trouble::{DiskTrouble, KeychainTrouble, Kill, TwilioTrouble};

/// One life of the program.
#[derive(Debug, Clone)]
pub struct Life<Work> {
    pub work: Work,
    /// How much later than the life before it begins.
    pub minutes_later: i64,
    pub twilio: Option<TwilioTrouble>,
    pub keychain: Option<KeychainTrouble>,
    pub disk: Option<DiskTrouble>,
    pub kill: Option<Kill>,
    /// The keychain is gone for good when it is over.
    pub emptied_after: bool,
    /// The keychain's items of API keys are gone when it is over.
    pub secrets_lost_after: bool,
}

impl<Work> Life<Work> {
    /// One in which nothing goes wrong.
    pub fn of(work: Work) -> Self {
        Self {
            work,
            minutes_later: 0,
            twilio: None,
            keychain: None,
            disk: None,
            kill: None,
            emptied_after: false,
            secrets_lost_after: false,
        }
    }

    /// What may be waited for in vain is not waited for long.
    pub fn is_hasty(&self) -> bool {
        matches!(&self.twilio, Some(TwilioTrouble::Rule(rule))
            if matches!(rule.fault, Fault::TimeoutBefore | Fault::TimeoutAfter | Fault::SlowDrip { .. } | Fault::Delay { .. }))
    }

    pub fn keychain_hangs(&self) -> bool {
        self.keychain
            .as_ref()
            .is_some_and(|trouble| trouble.name == "hangs")
    }

    /// The names of its faults.
    pub fn faults(&self) -> impl Iterator<Item = String> {
        let twilio = self
            .twilio
            .as_ref()
            .map(|trouble| format!("Twilio {}", trouble.name()));
        let keychain = self
            .keychain
            .as_ref()
            .map(|trouble| format!("keychain {}", trouble.name));
        let disk = self.disk.map(|trouble| trouble.errno.name().to_owned());
        let emptied = self
            .emptied_after
            .then(|| "keychain emptied for good".to_owned());
        let lost = self
            .secrets_lost_after
            .then(|| "keychain lost its secrets".to_owned());
        [twilio, keychain, disk, emptied, lost]
            .into_iter()
            .flatten()
    }
}
