//! Handing one subaccount's three values over to a service.

use terms::{AccountSid, KeySid};
use vault::points::{Point, kill_point};
use vault::{ActivityKind, Credential, HandOver};

use crate::changes::Change;
use crate::failure::Problem;
use crate::key_state::{KeyState, Tested, state_of};
use crate::services::Service;
use crate::workspace::Workspace;

/// What is handed over: the values of one key, and of the one subaccount it belongs to.
#[derive(Debug, Clone)]
pub struct Card {
    pub account: AccountSid,
    pub key: KeySid,
    pub credential: Credential,
    pub state: KeyState,
    /// What became of testing it here.
    pub tested: Tested,
}

impl Workspace {
    /// The card of a saved key. Works offline.
    pub async fn hand_over_card(&self, key: &KeySid) -> Result<Card, Problem> {
        let credential = self
            .records
            .credential(key.clone())
            .await?
            .ok_or(Problem::SecretNotFound)?;
        Ok(Card {
            account: credential.account.clone(),
            key: credential.key.clone(),
            state: state_of(&credential),
            tested: self.tests().await?.of(&credential.key),
            credential,
        })
    }

    /// Records that the user has pasted all values into the service.
    pub async fn record_hand_over(&self, key: &KeySid, service: &Service) -> Result<(), Problem> {
        let hand_over = HandOver {
            at: self.clock.now(),
            service: service.id.clone(),
        };
        kill_point(Point::HandOverBegins);
        self.records
            .record_hand_over(key.clone(), hand_over)
            .await?;
        kill_point(Point::HandOverRecorded);
        self.note_row_of(key).await;
        Ok(())
    }

    /// Records that the user will hand it over later.
    pub async fn postpone_hand_over(&self, key: &KeySid) -> Result<(), Problem> {
        let now = self.clock.now();
        self.records.postpone_hand_over(key.clone(), now).await?;
        self.note_row_of(key).await;
        Ok(())
    }

    async fn note_row_of(&self, key: &KeySid) {
        if let Ok(Some(credential)) = self.records.credential(key.clone()).await {
            self.changes.note(Change::Row(credential.account));
        }
    }

    /// Records that a secret went to the clipboard.
    pub async fn note_copied(&self, key: &KeySid) {
        self.note_of(key, ActivityKind::SecretCopied).await;
    }

    /// Records that a secret went to the screen.
    pub async fn note_shown(&self, key: &KeySid) {
        self.note_of(key, ActivityKind::SecretShown).await;
    }

    async fn note_of(&self, key: &KeySid, what: ActivityKind) {
        if let Ok(Some(credential)) = self.records.credential(key.clone()).await {
            self.note(
                what,
                Some(credential.account),
                Some(credential.key),
                credential.key_name,
            )
            .await;
        }
    }
}
