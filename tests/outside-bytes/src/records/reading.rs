//! Whatever a screen reads.

use terms::{AccountSid, KeySid};
use vault::{EntryId, RecordsError};
use workflows::{Problem, Workspace};

use super::{ACCOUNT, KEY};

/// Reads whatever a screen reads, all of it asked for at once. Each answer is one, or an error that says so.
pub async fn read_everything(workspace: &Workspace) {
    let records = workspace.records();
    let account: AccountSid = ACCOUNT.parse().expect("a SID");
    let key: KeySid = KEY.parse().expect("a SID");
    let of_account = async {
        let (keys, credentials, entries, activity) = tokio::join!(
            records.keys(account.clone()),
            records.credentials_of(account.clone()),
            records.entries_of(account.clone()),
            records.activity(None, 200),
        );
        said(keys);
        said(credentials);
        said(entries);
        said(activity);
    };
    let one_by_one = async {
        let (credential, sealed_copy, entry) = tokio::join!(
            records.credential(key.clone()),
            records.sealed_copy(key.clone()),
            records.entry(EntryId::new(1)),
        );
        said(credential);
        said(sealed_copy);
        said(entry);
    };
    let of_the_folder = async {
        let (connection, sealing, recovery) =
            tokio::join!(records.connection(), records.sealing(), records.recovery());
        said(connection);
        said(sealing);
        said(recovery);
        let (preferences, backups, exports, proofs) = tokio::join!(
            records.preferences(),
            records.last_backups(),
            records.plain_exports(),
            records.proofs_due(),
        );
        said(preferences);
        said(backups);
        said(exports);
        said(proofs);
    };
    // Its lines are made of the lists of subaccounts, keys, credentials, spend and unfinished things.
    let screens = async {
        put_together(workspace.list().await);
        if let Ok(key) = KEY.parse() {
            put_together(workspace.hand_over_card(&key).await);
        }
    };
    tokio::join!(of_account, one_by_one, of_the_folder, screens);
}

fn said<T>(answer: Result<T, RecordsError>) {
    if let Err(error @ (RecordsError::Closed | RecordsError::InUse)) = answer {
        panic!("records that are open answer: {error}");
    }
}

fn put_together<T>(answer: Result<T, Problem>) {
    if let Err(Problem::Records(error)) = answer {
        said::<T>(Err(error));
    }
}
