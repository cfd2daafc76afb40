//! Restricted keys, which may do only what they were given: made, read and changed by `iam.twilio.com/v1/Keys`, since the v2010 API ignores what
//! makes a key Restricted and makes a Standard one.

use crate::{
    Client, Created, CreatedKey, Error, Permissions, body, exchange::Answer, key::read_created,
    keys::read_proof,
};
use terms::{AccountSid, KeySid};

/// What a key with a permission can be tried with, without changing anything: the permission, and what is read of its account.
const TRIES: [(&str, &str); 6] = [
    ("/twilio/messaging/messages/list", "/Messages"),
    ("/twilio/voice/calls/list", "/Calls"),
    (
        "/twilio/phone-numbers/active-numbers/list",
        "/IncomingPhoneNumbers",
    ),
    ("/twilio/billing/usage/read", "/Usage/Records/Today"),
    ("/twilio/iam/api-keys/list", "/Keys"),
    ("/twilio/iam/accounts/read", ""),
];

/// Why a Restricted key was not made or changed as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestrictedKeyError {
    /// The account's own Auth Token could not be read. Nothing was asked for.
    #[error("the account's own sign-in could not be had: {0}")]
    NotAsked(Error),
    /// The request did not bring the answer asked for.
    #[error("{0}")]
    Failed(Error),
    /// Twilio has the key, and it may do something else than was asked for. One just made is to be deleted: its secret was not taken.
    #[error("the key {key} has other permissions than those asked for")]
    OtherPermissions {
        /// The key.
        key: KeySid,
        /// Whether it has no permissions of its own at all, which makes it a Standard key.
        is_unrestricted: bool,
        /// Twilio's identifier of the request, for support.
        request_id: Option<String>,
    },
}

impl RestrictedKeyError {
    /// Whether the key may have been made, or changed, all the same.
    pub fn created(&self) -> Created {
        match self {
            Self::NotAsked(_) => Created::No,
            Self::Failed(error) => error.created(),
            Self::OtherPermissions { .. } => Created::Unknown,
        }
    }

    /// What went wrong with a request, where that was it.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::NotAsked(error) | Self::Failed(error) => Some(error),
            Self::OtherPermissions { .. } => None,
        }
    }
}

/// What trying a Restricted key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Twilio answered what the key asked for.
    Proven,
    /// Nothing that it may do can be tried without changing something, so Twilio was not asked.
    NothingToTry,
}

impl Client {
    /// Creates a Restricted key with these permissions, signed with the account's own Auth Token, which is read for that request alone. Sent
    /// once; only Twilio's own 429 is answered by sending again. Restricted keys are of the Region US1 alone.
    ///
    /// # Errors
    /// [`RestrictedKeyError::created`] says whether a key may exist all the same; it is found by its name, and its secret is lost. A
    /// permission that Twilio does not know is refused with 70002.
    pub async fn create_restricted_key(
        &self,
        account: &AccountSid,
        friendly_name: &str,
        permissions: &Permissions,
    ) -> Result<CreatedKey, RestrictedKeyError> {
        let own = self.own_signer(account).await?;
        let policy = permissions.policy();
        let form = [
            ("AccountSid", account.as_str()),
            ("FriendlyName", friendly_name),
            ("KeyType", "restricted"),
            ("Policy", &policy),
        ];
        let answer = own.post(own.iam_address(None), &form).await;
        let answer = answer.map_err(RestrictedKeyError::Failed)?;
        requires_permissions(None, permissions, &answer)?;
        read_created(&answer).map_err(RestrictedKeyError::Failed)
    }

    /// Reads what a key may do: nothing where it is no Restricted key. Signed as [`Client::create_restricted_key`] is.
    pub async fn key_permissions(
        &self,
        account: &AccountSid,
        key: &KeySid,
    ) -> Result<Option<Permissions>, Error> {
        let own = self.as_account(account).await?;
        let answer = own.get(own.iam_address(Some(key)), body::ONE_THING).await?;
        read_key_permissions(key, &answer)
    }

    /// Gives a Restricted key these permissions in place of all that it has. Signed as [`Client::create_restricted_key`] is; asking again for
    /// the same is harmless.
    ///
    /// # Errors
    /// After a lost reply, [`Client::key_permissions`] tells which it has.
    pub async fn set_key_permissions(
        &self,
        account: &AccountSid,
        key: &KeySid,
        permissions: &Permissions,
    ) -> Result<(), RestrictedKeyError> {
        let own = self.own_signer(account).await?;
        let policy = permissions.policy();
        let answer = own
            .post(own.iam_address(Some(key)), &[("Policy", &policy)])
            .await;
        let answer = answer.map_err(RestrictedKeyError::Failed)?;
        requires_permissions(Some(key), permissions, &answer)
    }

    /// Proves that the Restricted key this client signs with works in this account, by a read that its permissions allow. That says nothing
    /// about what else it may do.
    ///
    /// # Errors
    /// Twilio's refusal with 70051 where the key signs well and lacks the permission for what was tried.
    pub async fn prove_restricted_key(
        &self,
        account: &AccountSid,
        permissions: &Permissions,
    ) -> Result<Proof, Error> {
        let tried = TRIES.iter().find(|(path, _)| permissions.allow(path));
        let Some((_, part)) = tried else {
            return Ok(Proof::NothingToTry);
        };
        let url = self.address(&format!("Accounts/{account}{part}"), &[("PageSize", "1")]);
        let answer = self.get(url, body::ONE_THING).await?;
        read_proof(account, &answer).map(|()| Proof::Proven)
    }

    async fn own_signer(&self, account: &AccountSid) -> Result<Self, RestrictedKeyError> {
        let own = self.as_account(account).await;
        own.map_err(RestrictedKeyError::NotAsked)
    }
}

/// The policy of a key, as Twilio answered it.
enum Given {
    None,
    These(Permissions),
    Unreadable,
}

/// The policy in an answer about a key. Where it is to be of another key, or does not speak of a policy at all, it cannot be read.
fn read_permissions(asked: Option<&KeySid>, answer: &Answer) -> Result<Given, Error> {
    const WHAT: &str = "policy";
    let fields = answer.fields(WHAT)?;
    let key: Option<KeySid> = fields.id("sid");
    if asked.is_some() && key.as_ref() != asked {
        return Err(answer.unreadable(WHAT));
    }
    if fields.is_null("policy") {
        return Ok(Given::None);
    }
    let policy = fields.raw("policy").and_then(Permissions::of_policy);
    Ok(policy.map_or(Given::Unreadable, Given::These))
}

/// The permissions of the key asked for; nothing where it is no Restricted key.
pub(crate) fn read_key_permissions(
    asked: &KeySid,
    answer: &Answer,
) -> Result<Option<Permissions>, Error> {
    match read_permissions(Some(asked), answer)? {
        Given::None => Ok(None),
        Given::These(permissions) => Ok(Some(permissions)),
        Given::Unreadable => Err(answer.odd("policy of the key")),
    }
}

/// Requires that the key in an answer has exactly these permissions.
fn requires_permissions(
    asked: Option<&KeySid>,
    permissions: &Permissions,
    answer: &Answer,
) -> Result<(), RestrictedKeyError> {
    let given = read_permissions(asked, answer).map_err(RestrictedKeyError::Failed)?;
    let is_unrestricted = match &given {
        Given::These(given) if given == permissions => return Ok(()),
        Given::These(_) | Given::Unreadable => false,
        Given::None => true,
    };
    let key = answer
        .fields("key")
        .ok()
        .and_then(|fields| fields.id("sid"));
    Err(match key {
        Some(key) => RestrictedKeyError::OtherPermissions {
            key,
            is_unrestricted,
            request_id: answer.request_id().map(str::to_owned),
        },
        None => RestrictedKeyError::Failed(answer.unreadable("key")),
    })
}
