//! Pairs of an API SID and its secret that are to be tried.

use terms::{AccountSid, Secret};
use vault::TwilioKey;

use crate::view::AdoptableKey;

/// Pairs that were found and are to be adopted. Their secrets are in memory here and nowhere else.
pub(crate) struct Adoption {
    pub(super) pairs: Vec<Pair>,
    pub(super) rows: Vec<AdoptableKey>,
}

/// One that can be tried.
pub(super) struct Pair {
    pub account: AccountSid,
    pub account_name: String,
    pub key: TwilioKey,
    pub secret: Secret,
}
