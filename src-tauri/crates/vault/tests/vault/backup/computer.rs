//! A computer with keys, for backups to be made of and restored to.

use jiff::Timestamp;
use terms::{AccountStatus, Tag};
use vault::backup::{Document, gather, restore};
use vault::recovery::testing;
use vault::{Kept, Keychain, Opener, Records, Sealer, Subaccount};

use super::kept_secret;
use crate::{account, api_secret, key, key_intent, keychain_in, open, time};

/// A computer with a keychain and records.
pub(crate) struct Computer {
    _place: tempfile::TempDir,
    pub keychain: Keychain,
    pub records: Records,
    pub(super) store: std::sync::Arc<vault::keychain::FileStore>,
}

impl Computer {
    pub async fn empty() -> Self {
        testing::quick();
        let place = tempfile::tempdir().unwrap();
        let (keychain, store) = keychain_in(&place.path().join("keychain.json"));
        let records = open(&place.path().join("records")).await;
        Self {
            _place: place,
            keychain,
            records,
            store,
        }
    }

    pub async fn with_keys(numbers: std::ops::RangeInclusive<u32>) -> Self {
        let computer = Self::empty().await;
        for number in numbers {
            computer.keep(number).await;
        }
        computer
    }

    async fn keep(&self, number: u32) {
        let row = Subaccount {
            parent: Some(account(1_000)),
            account: account(number),
            name: format!("Customer {number}"),
            status: AccountStatus::Active,
            created_at: Some(time("2026-01-01T00:00:00Z")),
            missing_since: None,
        };
        let seen = time("2026-02-01T00:00:00Z");
        self.records.upsert_subaccount(row, seen).await.unwrap();
        let sealer = Sealer::for_folder(&self.keychain, &self.records)
            .await
            .unwrap();
        let entry = self
            .records
            .plan(key_intent(number), account(999), Tag::random())
            .await
            .unwrap();
        self.records.mark_sent(entry.id).await.unwrap();
        let copy = sealer
            .seal(&kept_secret(number), &account(number), &key(number))
            .unwrap();
        self.records.seal(entry.id, copy, None).await.unwrap();
        self.keychain
            .save(&api_secret(number), &kept_secret(number))
            .await
            .unwrap();
        self.records
            .mark_kept(key(number), Kept::InKeychain)
            .await
            .unwrap();
    }

    pub async fn gathered(&self) -> Document {
        gather(&self.keychain, &self.records, Timestamp::now())
            .await
            .unwrap()
    }

    pub async fn restore(&self, document: &Document) -> vault::backup::Restored {
        let sealer = Sealer::for_folder(&self.keychain, &self.records)
            .await
            .unwrap();
        let opener = self.opener().await;
        restore(&self.records, &sealer, &opener, document, Timestamp::now())
            .await
            .unwrap()
    }

    async fn opener(&self) -> Opener {
        let folder = self.records.sealing().await.unwrap().id;
        Opener::for_folder(&self.keychain, &folder).await.unwrap()
    }

    pub(super) async fn opened(&self, number: u32) -> terms::Secret {
        let copy = self.records.sealed_copy(key(number)).await.unwrap();
        self.opener().await.open(&copy.unwrap()).unwrap()
    }
}
