//! The keys that are being replaced, as they are shown, and the daily look whether the new ones are in use.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use terms::KeySid;
use vault::{Credential, Replacement};

use crate::failure::Problem;
use crate::key_state::state_of;
use crate::view::{KnownInUse, ReplacementStage, ReplacementView};
use crate::workspace::Workspace;

/// How often Twilio is asked by itself whether a new key is in use.
const BETWEEN_LOOKS: SignedDuration = SignedDuration::from_hours(24);

impl Workspace {
    /// The keys that are being replaced, and those that were, the newest first.
    pub async fn replacements(&self) -> Result<Vec<ReplacementView>, Problem> {
        let replacements = self.records.replacements().await?;
        if replacements.is_empty() {
            return Ok(Vec::new());
        }
        let credentials = self.records.credentials().await?.into_iter();
        let credentials: HashMap<KeySid, Credential> =
            credentials.map(|one| (one.key.clone(), one)).collect();
        let keys = self.records.all_keys().await?.into_iter();
        let made_at: HashMap<KeySid, Option<Timestamp>> =
            keys.map(|(_, key)| (key.key, key.created_at)).collect();
        let shown = replacements.into_iter().filter_map(|replacement| {
            let new = credentials.get(&replacement.new_key)?;
            let old = credentials.get(&replacement.old_key);
            let old_made_at = old.map(|old| old.created_at);
            let listed = made_at.get(&replacement.old_key);
            let is_there = old.is_some() || listed.is_some();
            let made_at = listed.copied().flatten().or(old_made_at);
            Some(shown(replacement, new, is_there, made_at))
        });
        Ok(shown.collect())
    }

    /// Looks, for each new key that was handed over and about which Twilio was not asked today, whether it is in use. A subaccount that
    /// cannot be read is looked at again another time.
    pub async fn look_for_use_of_all(self: &Arc<Self>) -> Result<(), Problem> {
        let now = self.clock.now();
        for replacement in self.replacements().await? {
            let is_due = replacement
                .looked_at
                .is_none_or(|at| at > now || now.duration_since(at) >= BETWEEN_LOOKS);
            if replacement.stage == ReplacementStage::InUse && is_due {
                let looking = self.look_for_use(&replacement.old_key_sid).await;
                if matches!(looking, Err(Problem::Resting | Problem::NotConnected)) {
                    return looking;
                }
            }
        }
        Ok(())
    }
}

fn shown(
    replacement: Replacement,
    new: &Credential,
    old_is_there: bool,
    old_key_made_at: Option<Timestamp>,
) -> ReplacementView {
    let in_use = replacement
        .in_use
        .map(|(since, how)| KnownInUse { since, how });
    let stage = match (&new.handed_over, in_use) {
        // Somebody else may have deleted it.
        _ if replacement.ended_at.is_some() || !old_is_there => ReplacementStage::Done,
        (None, _) => ReplacementStage::HandOver,
        (Some(_), None) => ReplacementStage::InUse,
        (Some(_), Some(_)) => ReplacementStage::DeleteOld,
    };
    ReplacementView {
        account_sid: replacement.account,
        account_name: new.account_name.clone(),
        old_key_sid: replacement.old_key,
        old_key_made_at,
        new_key_sid: replacement.new_key,
        new_key_name: new.key_name.clone(),
        new_key_state: state_of(new),
        new_key_proved_at: new.proved_at,
        stage,
        begun_at: replacement.begun_at,
        handed_over: new.handed_over.clone().map(Into::into),
        looked_at: replacement.looked_at,
        in_use,
        ended_at: replacement.ended_at,
    }
}
