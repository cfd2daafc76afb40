//! The hand-over card.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use terms::{AccountSid, KeySid};

use super::HandedOver;
use crate::hand_over::Card;
use crate::key_state::{KeyState, Tested};
use crate::services::Service;

/// One subaccount's values, for one service. The secret is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HandOverCard {
    #[specta(type = String)]
    pub account_sid: AccountSid,
    pub account_name: String,
    #[specta(type = String)]
    pub key_sid: KeySid,
    pub key_name: String,
    pub service: Service,
    /// Last time a live call with this key worked.
    #[specta(type = Option<String>)]
    pub proved_at: Option<Timestamp>,
    /// It was restored and is still to be tested here: `proved_at` is the backup's word.
    pub proof_due: bool,
    /// When Twilio refused it; null where it has worked since, or was never refused.
    #[specta(type = Option<String>)]
    pub refused_at: Option<Timestamp>,
    pub handed_over: Option<HandedOver>,
    pub state: KeyState,
}

impl HandOverCard {
    /// The card of a key, in the words of the service.
    pub fn of(card: Card, service: &Service) -> Self {
        Self {
            account_sid: card.account,
            account_name: card.credential.account_name,
            key_sid: card.key,
            key_name: card.credential.key_name,
            service: service.clone(),
            proved_at: card.credential.proved_at,
            proof_due: card.tested == Tested::Due,
            refused_at: card.tested.refused_at(),
            handed_over: card.credential.handed_over.map(Into::into),
            state: card.state,
        }
    }
}
