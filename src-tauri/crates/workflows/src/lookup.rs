//! After a lost reply: did Twilio make it? The answer is looked for by the journal's tag, and the request is never sent again.

use jiff::{SignedDuration, Timestamp};
use terms::{AccountSid, Secret, Tag};
use twilio::{Account, Key, Listing};
use vault::points::{Point, kill_point};
use vault::{ActivityKind, Entry, EntryId, Intent, Item, KeychainError, Sealer, Stage};

use crate::failure::{Changed, Failure, Problem};
use crate::operation::{ReadyKey, Run};
use crate::workspace::{Session, Workspace};

/// By less than this do Twilio's clock and this computer's differ.
const CLOCKS_DIFFER_BY: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Workspace {
    /// Looks for a key that was asked for and not answered. One whose secret is here is carried on with; one whose secret
    /// never arrived is deleted.
    pub(crate) async fn look_up_key(
        &self,
        session: &Session,
        sealer: &Sealer,
        entry: &Entry,
        run: &Run,
    ) -> Result<ReadyKey, Failure> {
        let Intent::Key { account, name, .. } = &entry.intent else {
            return Err(Problem::UnknownHere.into());
        };
        let list = || session.client.keys(account);
        let listed = self.once_known(account.as_str(), list).await;
        let keys = listed.map_err(|error| unknown(error, entry))?;
        kill_point(Point::KeysListed);
        let may_be_hidden = may_be_hidden(&keys, entry, |key| (key.odd.name, key.created));
        let tagged: Vec<Key> = keys
            .rows
            .into_iter()
            .filter(|key| Tag::find_in(&key.friendly_name).as_ref() == Some(&entry.tag))
            .collect();
        if tagged.is_empty() && may_be_hidden {
            return Err(unknown(Problem::OutcomeUnknown, entry).about(name));
        }
        if tagged.is_empty() {
            return Err(self.nothing_found(entry, Some(account), name).await);
        }
        let mut usable = None;
        let mut unusable = Vec::new();
        for key in tagged {
            let in_hand = match self.secret_in_hand(entry, &key).await {
                // Something else is in its place, and there is no sealed copy: nothing gives the secret any more.
                Err(Problem::Keychain(KeychainError::Changed))
                    if self.is_a_second_look(entry).await? =>
                {
                    None
                }
                in_hand => in_hand.map_err(|error| unknown(error, entry))?,
            };
            match in_hand {
                Some(secret) => {
                    kill_point(Point::SecretInHand);
                    usable = Some((key, secret));
                }
                None => unusable.push(key),
            }
        }
        if usable.is_none()
            && let Some(first) = unusable.first()
        {
            let due = self.records.mark_delete_due(entry.id, first.sid.clone());
            due.await
                .map_err(|error| Failure::after_change(error, entry.id))?;
            kill_point(Point::UnusableKeyMarked);
        }
        for key in &unusable {
            self.delete_unusable(session, account, key, entry).await?;
        }
        let Some((key, secret)) = usable else {
            self.records
                .advance(entry.id, Stage::Revoked)
                .await
                .map_err(|error| Failure::after_change(error, entry.id))?;
            kill_point(Point::UnusableKeyRevoked);
            return Err(Failure::unchanged(Problem::UnusableKeyDeleted).about(name));
        };
        let sealed = sealer
            .seal(&secret, account, &key.sid)
            .map_err(|error| Failure::after_change(error, entry.id))?;
        let entry = self
            .records
            .seal(entry.id, sealed, None)
            .await
            .map_err(|error| Failure::after_change(error, entry.id))?;
        self.resume_key(session, entry, run).await
    }

    /// Looks for a subaccount that was asked for and not answered.
    pub(crate) async fn look_up_subaccount(
        &self,
        session: &Session,
        entry: &Entry,
    ) -> Result<Account, Failure> {
        let Intent::Subaccount { name, .. } = &entry.intent else {
            return Err(Problem::UnknownHere.into());
        };
        // By the tag, as Twilio may have changed the name around it: trimmed a space, or composed a letter.
        let ours = |account: &Account| {
            // The tag says enough where the owner cannot be read.
            account
                .owner
                .as_ref()
                .is_none_or(|owner| *owner == session.parent)
                && account.sid != session.parent
                && Tag::find_in(&account.friendly_name).as_ref() == Some(&entry.tag)
        };
        let listing = session
            .client
            .accounts()
            .await
            .map_err(|error| unknown(error, entry))?;
        let may_be_hidden = may_be_hidden(&listing, entry, |account| {
            (account.odd.name, account.created)
        });
        match listing.rows.into_iter().find(ours) {
            None if may_be_hidden => Err(unknown(Problem::OutcomeUnknown, entry).about(name)),
            Some(account) => {
                kill_point(Point::SubaccountFound);
                Ok(account)
            }
            None => Err(self.nothing_found(entry, None, name).await),
        }
    }

    /// Lists can lag behind. Only a second look, some minutes after the first, concludes that nothing was made.
    async fn nothing_found(
        &self,
        entry: &Entry,
        account: Option<&AccountSid>,
        name: &str,
    ) -> Failure {
        kill_point(Point::NothingFound);
        let is_a_second_look = match self.is_a_second_look(entry).await {
            Ok(is_one) => is_one,
            Err(failure) => return failure,
        };
        if is_a_second_look {
            if let Err(error) = self.records.advance(entry.id, Stage::NotCreated).await {
                return unknown(error, entry);
            }
            kill_point(Point::NotCreatedConcluded);
            self.note(ActivityKind::NothingWasMade, account.cloned(), None, name)
                .await;
            return Failure::unchanged(Problem::NotCreated).about(name);
        }
        kill_point(Point::LookNoted);
        unknown(Problem::OutcomeUnknown, entry).about(name)
    }

    /// Whether Twilio was asked for an entry some minutes ago already, and nothing usable was found. Notes this look where there was none.
    async fn is_a_second_look(&self, entry: &Entry) -> Result<bool, Failure> {
        let now = self.clock.now();
        // One in the future was noted while the clock was ahead.
        let Some(first_look) = entry.last_look.filter(|look| *look <= now) else {
            let noted = self.records.note_lookup(entry.id, now).await;
            noted.map_err(|error| unknown(error, entry))?;
            self.first_lookups.note(entry.id, self.clock.steady());
            return Ok(false);
        };
        // The time of day may have been set ahead since, so it is not believed alone.
        let waited = now.duration_since(first_look) >= self.wait_times.between_looks;
        Ok(waited && self.has_waited(entry.id))
    }

    /// Whether enough time has passed since the first look, as far as this run knows of it.
    fn has_waited(&self, entry: EntryId) -> bool {
        self.first_lookups.of(entry).is_none_or(|first_look| {
            let waited = self.clock.steady().saturating_sub(first_look);
            SignedDuration::try_from(waited)
                .is_ok_and(|waited| waited >= self.wait_times.between_looks)
        })
    }

    /// A secret for a key whose reply was lost on its way into the records: still in memory, or in the keychain already.
    async fn secret_in_hand(&self, entry: &Entry, key: &Key) -> Result<Option<Secret>, Problem> {
        if let Some((held_for, secret)) = self.unsaved.of(entry.id)
            && held_for == key.sid
        {
            return Ok(Some(secret));
        }
        let Intent::Key { account, .. } = &entry.intent else {
            return Err(Problem::UnknownHere);
        };
        let item = Item::ApiSecret {
            account: account.clone(),
            key: key.sid.clone(),
        };
        Ok(self.keychain.read(&item).await?)
    }

    async fn delete_unusable(
        &self,
        session: &Session,
        account: &AccountSid,
        key: &Key,
        entry: &Entry,
    ) -> Result<(), Failure> {
        // Twilio listed it just now, so that it does not know it would be news.
        self.note_made(key.sid.as_str());
        let delete = || session.client.delete_key(account, &key.sid);
        let deleted = self.once_known(key.sid.as_str(), delete).await;
        deleted.map_err(|error| {
            let problem = Problem::UnusableKeyNotDeleted(Box::new(error.into()));
            Failure::after_change(problem, entry.id).about(key.friendly_name.clone())
        })?;
        kill_point(Point::UnusableKeyDeleted);
        let name = entry.intent.name();
        let (account, key) = (Some(account.clone()), Some(key.sid.clone()));
        let what = ActivityKind::UnusableKeyDeleted;
        self.note_change(session, what, account, key, name).await;
        Ok(())
    }
}

/// Whether what an entry asked for may be in a list that has no readable row of it: among the rows without a SID, among those whose
/// name cannot be read whole, or after the end of what was read.
fn may_be_hidden<T>(
    listing: &Listing<T>,
    entry: &Entry,
    odd_name_and_time: impl Fn(&T) -> (bool, Option<Timestamp>),
) -> bool {
    let begun = entry.created_at.checked_sub(CLOCKS_DIFFER_BY).ok();
    let is_recent = |created: Option<Timestamp>| {
        created
            .zip(begun)
            .is_none_or(|(created, begun)| created >= begun)
    };
    !listing.to_its_end
        || listing.unidentified.iter().any(|row| {
            let is_ours = Tag::find_in(&row.friendly_name).as_ref() == Some(&entry.tag);
            is_ours || (!row.name_is_whole && is_recent(row.created))
        })
        || listing.rows.iter().any(|row| {
            let (odd_name, created) = odd_name_and_time(row);
            odd_name && is_recent(created)
        })
}

pub(crate) fn unknown(problem: impl Into<Problem>, entry: &Entry) -> Failure {
    Failure {
        problem: problem.into(),
        changed: Changed::Unknown,
        subject: None,
        unfinished: Some(entry.id),
    }
}
