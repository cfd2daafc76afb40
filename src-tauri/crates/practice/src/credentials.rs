//! Who signs a request, and what that lets them do.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::errors::ApiError;
use crate::model::{KeyKind, Status};
use crate::region::Region;
use crate::store::{PARENT, Place, Store};

/// The user and password of HTTP Basic, as they came.
#[derive(Clone)]
pub(crate) struct SignIn {
    pub user: String,
    pub password: String,
    /// Where it was given.
    pub region: Region,
}

impl SignIn {
    /// Reads an `Authorization` header.
    pub(crate) fn parse(header: &str, region: Region) -> Option<Self> {
        let (scheme, encoded) = header.split_once(' ')?;
        if !scheme.eq_ignore_ascii_case("basic") {
            return None;
        }
        let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
        let (user, password) = text.split_once(':')?;
        Some(Self {
            user: user.to_owned(),
            password: password.to_owned(),
            region,
        })
    }
}

/// What a caller signed with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Credential {
    AuthToken,
    Key(KeyKind),
    Test,
}

/// Someone whose sign-in is right.
pub(crate) struct Caller {
    pub credential: Credential,
    /// The account the credential belongs to.
    pub place: Place,
    /// The Region it signed in.
    pub region: Region,
}

/// What a caller wants to do with an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    ListAccounts,
    CreateAccount,
    ReadAccount,
    ChangeAccount,
    ListKeys,
    CreateKey,
    ReadKey,
    UpdateKey,
    DeleteKey,
    ReadUsage,
    ReadBalance,
    ListNumbers,
    ReadNumber,
    UpdateNumber,
    MoveNumber,
    ReleaseNumber,
    ListMessages,
    ListCalls,
    RotateAuthToken,
}

impl Action {
    /// The permission a restricted key needs; for some there is none that a policy could hold.
    fn permission(self) -> &'static str {
        match self {
            Self::ListAccounts => "/twilio/iam/accounts/list",
            Self::CreateAccount => "/twilio/iam/accounts/create",
            Self::ReadAccount => "/twilio/iam/accounts/read",
            Self::ChangeAccount => "/twilio/iam/accounts/update",
            Self::ListKeys => "/twilio/iam/api-keys/list",
            Self::CreateKey => "/twilio/iam/api-keys/create",
            Self::ReadKey => "/twilio/iam/api-keys/read",
            Self::UpdateKey => "/twilio/iam/api-keys/update",
            Self::DeleteKey => "/twilio/iam/api-keys/delete",
            Self::ReadUsage => "/twilio/billing/usage/read",
            Self::ReadBalance => "/twilio/billing/balance/read",
            Self::ListNumbers => "/twilio/phone-numbers/active-numbers/list",
            Self::ReadNumber => "/twilio/phone-numbers/active-numbers/read",
            Self::UpdateNumber | Self::MoveNumber => "/twilio/phone-numbers/active-numbers/update",
            Self::ReleaseNumber => "/twilio/phone-numbers/active-numbers/delete",
            Self::ListMessages => "/twilio/messaging/messages/list",
            Self::ListCalls => "/twilio/voice/calls/list",
            Self::RotateAuthToken => "/twilio/iam/auth-tokens/update",
        }
    }

    fn is_accounts_or_keys(self) -> bool {
        !matches!(
            self,
            Self::ReadUsage
                | Self::ReadBalance
                | Self::ListNumbers
                | Self::ReadNumber
                | Self::UpdateNumber
                | Self::MoveNumber
                | Self::ReleaseNumber
                | Self::ListMessages
                | Self::ListCalls
        )
    }
}

/// Finds out who signed. A suspended account is turned away here unless `suspended_too`.
pub(crate) fn authenticate(
    store: &Store,
    sign_in: Option<&SignIn>,
    suspended_too: bool,
) -> Result<Caller, ApiError> {
    let caller = sign_in
        .and_then(|sign_in| recognise(store, sign_in))
        .ok_or_else(ApiError::not_authenticated)?;
    match store.account(caller.place).status {
        Status::Closed => Err(ApiError::not_authenticated()),
        Status::Suspended if !(suspended_too && caller.credential == Credential::AuthToken) => {
            Err(ApiError::account_not_active())
        }
        Status::Active | Status::Suspended => Ok(caller),
    }
}

/// The caller that a sign-in belongs to, whatever the state of the account.
pub(crate) fn recognise(store: &Store, sign_in: &SignIn) -> Option<Caller> {
    let SignIn {
        user,
        password,
        region,
    } = sign_in;
    let region = *region;
    let (test_user, test_password) = &store.world().test_credentials;
    if user.eq_ignore_ascii_case(test_user) {
        return (password == test_password).then_some(Caller {
            credential: Credential::Test,
            place: PARENT,
            region,
        });
    }
    if let Some(place) = store.place(user) {
        let tokens = store.tokens(place, region);
        let right = *password == tokens.primary || Some(password) == tokens.secondary.as_ref();
        return right.then_some(Caller {
            credential: Credential::AuthToken,
            place,
            region,
        });
    }
    let (place, key) = store.key(user)?;
    (*password == key.secret && key.region == region).then(|| Caller {
        credential: Credential::Key(key.kind.clone()),
        place,
        region,
    })
}

impl Caller {
    /// Whether account answers to this caller carry the Auth Token.
    pub(crate) fn sees_auth_tokens(&self) -> bool {
        self.credential == Credential::AuthToken
    }

    pub(crate) fn is_restricted(&self) -> bool {
        matches!(self.credential, Credential::Key(KeyKind::Restricted { .. }))
    }

    /// Decides whether the caller may do something with an account; the answer is the account's place. `path` is what a
    /// "not found" names.
    pub(crate) fn may(
        &self,
        store: &Store,
        action: Action,
        account: &str,
        path: &str,
    ) -> Result<Place, ApiError> {
        let target = store.place(account);
        let own = target == Some(self.place);
        if action == Action::MoveNumber {
            self.may_move_numbers()?;
        }
        match &self.credential {
            Credential::Test => return Err(ApiError::test_credentials()),
            Credential::AuthToken => self.token_may(action, own)?,
            Credential::Key(KeyKind::Main) => self.main_key_may(action, own, path)?,
            Credential::Key(KeyKind::Standard) => {
                if action.is_accounts_or_keys() || !own {
                    return Err(ApiError::not_authenticated());
                }
            }
            Credential::Key(KeyKind::Restricted { allow }) => {
                if !own {
                    return Err(ApiError::not_authenticated());
                }
                if !allow.iter().any(|allowed| allowed == action.permission()) {
                    return Err(ApiError::permission_missing(action.permission()));
                }
            }
        }
        // Only the parent sees others than itself, and only it has a balance.
        target
            .filter(|_| own || self.place == PARENT)
            .filter(|&place| action != Action::ReadBalance || place == PARENT)
            .ok_or_else(|| ApiError::not_found(path))
    }

    /// Only the parent's Auth Token moves numbers.
    fn may_move_numbers(&self) -> Result<(), ApiError> {
        match (&self.credential, self.place) {
            (Credential::AuthToken, PARENT) | (Credential::Test, _) => Ok(()),
            (Credential::AuthToken | Credential::Key(KeyKind::Main), place) if place != PARENT => {
                Err(ApiError::not_the_parent())
            }
            // Whether the parent's Main key may is not known.
            _ => Err(ApiError::not_authenticated()),
        }
    }

    fn token_may(&self, action: Action, own: bool) -> Result<(), ApiError> {
        if self.place == PARENT {
            return Ok(());
        }
        match action {
            Action::CreateAccount => Err(ApiError::subaccount_in_subaccount()),
            // The main account's credentials are needed to rename, suspend or close a subaccount.
            Action::ChangeAccount if own => Err(ApiError::access_denied()),
            _ => Ok(()),
        }
    }

    fn main_key_may(&self, action: Action, own: bool, path: &str) -> Result<(), ApiError> {
        if self.place != PARENT
            && matches!(
                action,
                Action::ListAccounts | Action::CreateAccount | Action::ChangeAccount
            )
        {
            return Err(ApiError::not_authenticated());
        }
        match action {
            Action::RotateAuthToken => Err(ApiError::not_authenticated()),
            _ if own => Ok(()),
            // Seen in the field: an account outside is not found, what lies in it is refused.
            Action::ReadAccount | Action::ChangeAccount => Err(ApiError::not_found(path)),
            _ => Err(ApiError::not_authenticated()),
        }
    }
}
