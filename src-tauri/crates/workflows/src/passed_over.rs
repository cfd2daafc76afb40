//! Saved keys that a workflow over all of them could do nothing with: named, so that one of them does not end it for the others.

use terms::KeySid;
use vault::{Credential, KeychainError, SealedError};

use crate::failure::Problem;

/// A saved key that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// The customer's name.
    pub account_name: String,
    pub key_name: String,
    pub key: KeySid,
    pub why: WhyPassedOver,
}

/// Why a saved key was passed over. Its sealed copy did not open either, unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyPassedOver {
    /// The keychain has no secret for it.
    Lost,
    /// Another program changed its item in the keychain.
    Changed,
    /// The keychain has several items for it with different secrets, and none was touched.
    TwoItems,
}

impl WhyPassedOver {
    /// `None` for what would be the same for every other key.
    pub(crate) fn of(problem: &Problem) -> Option<Self> {
        match problem {
            Problem::Keychain(KeychainError::Changed) => Some(Self::Changed),
            Problem::Keychain(KeychainError::Ambiguous) => Some(Self::TwoItems),
            Problem::Sealed(SealedError::OtherKey | SealedError::NotStorable(_)) => {
                Some(Self::Lost)
            }
            problem if problem.is_of_a_lost_secret() => Some(Self::Lost),
            _ => None,
        }
    }
}

impl PassedOver {
    pub(crate) fn new(credential: Credential, why: WhyPassedOver) -> Self {
        Self {
            account_name: credential.account_name,
            key_name: credential.key_name,
            key: credential.key,
            why,
        }
    }
}
