//! Who signs a request.

use std::fmt;
use terms::{AccountSid, KeySid, Secret};

/// The pair of values that signs requests (HTTP Basic).
pub enum Credentials {
    /// An account's SID and Auth Token.
    AuthToken {
        /// The account that signs.
        account: AccountSid,
        /// Its Auth Token.
        token: Secret,
    },
    /// An API key's SID and secret. The account it belongs to cannot be read from the SID.
    ApiKey {
        /// The key that signs.
        key: KeySid,
        /// Its secret.
        secret: Secret,
    },
}

impl Credentials {
    /// The SID that signs: `AC…` or `SK…`.
    pub fn signer(&self) -> &str {
        match self {
            Self::AuthToken { account, .. } => account.as_str(),
            Self::ApiKey { key, .. } => key.as_str(),
        }
    }

    /// The signing account, where the signer says which it is.
    pub(crate) fn account(&self) -> Option<&AccountSid> {
        match self {
            Self::AuthToken { account, .. } => Some(account),
            Self::ApiKey { .. } => None,
        }
    }

    pub(crate) fn password(&self) -> &str {
        match self {
            Self::AuthToken { token, .. } => token.expose(),
            Self::ApiKey { secret, .. } => secret.expose(),
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credentials({}, hidden)", self.signer())
    }
}
