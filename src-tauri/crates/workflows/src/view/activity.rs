//! What happened, for the admin to look back on.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;
use terms::{AccountSid, KeySid};
use vault::{ActivityFilter, ActivityKind};

use crate::services::name_of;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Activity {
    #[specta(type = String)]
    pub at: Timestamp,
    #[specta(type = Option<String>)]
    pub account_sid: Option<AccountSid>,
    pub account_name: Option<String>,
    #[specta(type = Option<String>)]
    pub key_sid: Option<KeySid>,
    pub what: ActivityKind,
    pub detail: Option<String>,
    /// Who did it: the name that the user signs in to the computer with. Nothing where it was not noted.
    pub user: Option<String>,
    /// That computer's name.
    pub computer: Option<String>,
    /// Twilio's identifier of the request that it was done with, for Twilio's support.
    pub request_id: Option<String>,
}

/// Which of it is asked for. All of it, where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityQuery {
    /// Of these subaccounts alone.
    #[specta(type = Option<Vec<String>>)]
    pub accounts: Option<Vec<AccountSid>>,
    /// Of these kinds alone.
    pub kinds: Option<Vec<ActivityKind>>,
    /// From this moment on.
    #[specta(type = Option<String>)]
    pub since: Option<Timestamp>,
    /// Before this moment.
    #[specta(type = Option<String>)]
    pub until: Option<Timestamp>,
}

impl From<ActivityQuery> for ActivityFilter {
    fn from(query: ActivityQuery) -> Self {
        Self {
            accounts: query.accounts,
            kinds: query.kinds,
            since: query.since,
            until: query.until,
        }
    }
}

/// What happened, as far as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ActivityList {
    /// The newest first.
    pub newest: Vec<Activity>,
    /// How many there are in all.
    pub count: u32,
}

impl Activity {
    /// `account_name` is the subaccount's, where it is known.
    pub(crate) fn of(activity: vault::Activity, account_name: Option<String>) -> Self {
        let detail = match activity.what {
            ActivityKind::HandedOver => name_of(&activity.detail).to_owned(),
            _ => activity.detail,
        };
        let (user, computer) = activity.by.map(|user| (user.name, user.computer)).unzip();
        Self {
            user,
            computer: computer.filter(|name| !name.is_empty()),
            request_id: activity.request_id,
            at: activity.at,
            account_name,
            account_sid: activity.account,
            key_sid: activity.key,
            what: activity.what,
            detail: (!detail.is_empty()).then_some(detail),
        }
    }
}
