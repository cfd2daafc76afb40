//! The sealed copies of secrets, each beside the credential it is of.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use terms::{KeySid, Region};

use super::activity::ActivityKind;
use super::convert::Utc;
use super::credentials::{Kept, note, set_kept, set_proved};
use super::keys::TwilioKey;
use super::{Records, RecordsError};
use crate::SealedCopy;

fn from_row(row: &Row<'_>) -> rusqlite::Result<SealedCopy> {
    Ok(SealedCopy::from_parts(
        row.get("account")?,
        row.get("key")?,
        row.get("armoured")?,
    ))
}

/// Writes a new credential and its sealed copy inside the transaction of its journal entry.
pub(super) fn insert_sealed(
    transaction: &Transaction<'_>,
    sealed: &SealedCopy,
    key_name: &str,
    account_name: &str,
    region: Region,
    at: Timestamp,
) -> Result<(), RecordsError> {
    transaction.execute(
        "INSERT INTO credential (key, account, key_name, account_name, kept, created_at, region, parent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT parent FROM subaccount WHERE account = ?2))",
        params![sealed.key(), sealed.account(), key_name, account_name, Kept::SealedOnly, Utc(at), region],
    )?;
    insert_copy(transaction, sealed, at)
}

/// Writes the sealed copy of a credential that is there, in place of one that may be.
pub(super) fn insert_copy(
    transaction: &Transaction<'_>,
    sealed: &SealedCopy,
    at: Timestamp,
) -> Result<(), RecordsError> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO sealed_copy (key, account, armoured, sealed_at, region)
             VALUES (?1, ?2, ?3, ?4, (SELECT region FROM credential WHERE key = ?1))",
        )?
        .execute(params![
            sealed.key(),
            sealed.account(),
            sealed.armoured(),
            Utc(at)
        ])?;
    Ok(())
}

impl Records {
    /// The sealed copy of a key's secret. One that is labelled for another account than the key's is none.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn sealed_copy(&self, key: KeySid) -> Result<Option<SealedCopy>, RecordsError> {
        self.read(move |connection| {
            Ok(connection
                .query_row(
                    "SELECT sealed_copy.* FROM sealed_copy JOIN credential USING (key, account) WHERE key = ?1",
                    [key],
                    from_row,
                )
                .optional()?)
        })
        .await
    }

    /// All sealed copies, by key.
    ///
    /// # Errors
    /// What the read failed with.
    pub async fn sealed_copies(&self) -> Result<Vec<SealedCopy>, RecordsError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT * FROM sealed_copy ORDER BY key")?;
            let rows = statement.query_map([], from_row)?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
        .await
    }

    /// Puts a copy that was sealed anew in the place of the one before. Of a credential that was removed meanwhile, nothing is kept.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn replace_sealed_copy(
        &self,
        sealed: SealedCopy,
        at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            transaction.execute(
                "UPDATE sealed_copy SET armoured = ?3, sealed_at = ?4 WHERE key = ?1 AND account = ?2",
                params![sealed.key(), sealed.account(), sealed.armoured(), Utc(at)],
            )?;
            Ok(())
        })
        .await
    }

    /// Saves a credential anew whose secret was found in the keychain, with an activity. One that is there already stays as it is.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn take_back(
        &self,
        sealed: SealedCopy,
        key_name: String,
        account_name: String,
        region: Region,
        created_at: Timestamp,
    ) -> Result<(), RecordsError> {
        self.write(move |transaction| {
            if is_saved(transaction, sealed.key())? {
                return Ok(());
            }
            insert_sealed(
                transaction,
                &sealed,
                &key_name,
                &account_name,
                region,
                created_at,
            )?;
            set_kept(transaction, sealed.key(), Kept::InKeychain)?;
            let at = Timestamp::now();
            let what = ActivityKind::CredentialRestored;
            note(transaction, sealed.key(), at, what, None)
        })
        .await
    }

    /// Saves the credential of a key that was made elsewhere and proved at `proved_at`, with an activity. Its secret is in the sealed copy
    /// alone then. Answers whether it was not here before; one that is there already stays as it is.
    ///
    /// # Errors
    /// What the write failed with.
    pub async fn adopt_key(
        &self,
        sealed: SealedCopy,
        key: TwilioKey,
        account_name: String,
        proved_at: Timestamp,
    ) -> Result<bool, RecordsError> {
        self.write(move |transaction| {
            if is_saved(transaction, sealed.key())? {
                return Ok(false);
            }
            let created_at = key.created_at.unwrap_or(proved_at);
            insert_sealed(
                transaction,
                &sealed,
                &key.name,
                &account_name,
                key.region,
                created_at,
            )?;
            set_proved(transaction, sealed.key(), proved_at)?;
            let what = ActivityKind::KeyAdopted;
            note(transaction, sealed.key(), proved_at, what, None)?;
            Ok(true)
        })
        .await
    }
}

fn is_saved(transaction: &Transaction<'_>, key: &KeySid) -> Result<bool, RecordsError> {
    let saved = transaction.query_row(
        "SELECT EXISTS (SELECT 1 FROM credential WHERE key = ?1)",
        [key],
        |row| row.get(0),
    );
    Ok(saved?)
}
