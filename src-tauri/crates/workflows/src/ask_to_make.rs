//! Asking Twilio to make something, and what its answer says of whether it did.

use terms::{AccountSid, Tag};
use twilio::{Account, Created, CreatedKey, Error};
use vault::Entry;

use crate::workspace::{Session, Workspace};

/// What became of a request to make something.
pub(crate) enum Asked<T> {
    /// It was made, and this is what it is.
    Made(T),
    /// It was not made: Twilio itself said so, or it never left this computer.
    Refused(Error),
    /// It may have been made: its tag has to be looked for.
    Unknown,
}

impl Workspace {
    /// Asks for a key, once. In a subaccount that was made a moment ago it asks again where Twilio does not know that yet.
    pub(crate) async fn ask_for_key(
        &self,
        session: &Session,
        account: &AccountSid,
        entry: &Entry,
        name: &str,
    ) -> Asked<CreatedKey> {
        let name = entry.tag.mark(name);
        loop {
            let error = match session.client.create_key(account, &name).await {
                Ok(created) => {
                    self.note_made(created.key.sid.as_str());
                    return Asked::Made(created);
                }
                Err(error) => error,
            };
            if error.created() == Created::Unknown {
                return Asked::Unknown;
            }
            if error.refusal().is_some() && is_tagged_key_there(session, account, &entry.tag).await
            {
                return Asked::Unknown;
            }
            if !error.may_be_not_yet_known() || !self.is_just_made(account.as_str()) {
                return Asked::Refused(error);
            }
            tokio::time::sleep(self.wait_times.prove_pause).await;
        }
    }

    /// Asks for a subaccount, once.
    pub(crate) async fn ask_for_account(
        &self,
        session: &Session,
        entry: &Entry,
        name: &str,
    ) -> Asked<Account> {
        match session.client.create_account(&entry.tag.mark(name)).await {
            Ok(account) => Asked::Made(account),
            Err(error) if error.created() == Created::Unknown => Asked::Unknown,
            Err(error) => {
                if error.refusal().is_some() && is_tagged_account_there(session, &entry.tag).await {
                    return Asked::Unknown;
                }
                Asked::Refused(error)
            }
        }
    }
}

/// Twilio's refusal is believed unless its own list shows the contrary: a proxy that lost Twilio's answer may have sent the request a
/// second time, and then the refusal is of the copy.
async fn is_tagged_key_there(session: &Session, account: &AccountSid, tag: &Tag) -> bool {
    let listed = session.client.keys(account).await;
    listed.is_ok_and(|keys| {
        keys.rows
            .iter()
            .any(|key| Tag::find_in(&key.friendly_name).as_ref() == Some(tag))
    })
}

async fn is_tagged_account_there(session: &Session, tag: &Tag) -> bool {
    let listed = session.client.accounts().await;
    listed.is_ok_and(|accounts| {
        accounts
            .rows
            .iter()
            .any(|account| Tag::find_in(&account.friendly_name).as_ref() == Some(tag))
    })
}
