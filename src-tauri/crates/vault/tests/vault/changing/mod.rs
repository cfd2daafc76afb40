//! Another passphrase in place of one that somebody else may know.

mod afterwards;
mod kills;
mod old_passphrase;
mod refusing_keychain;

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use terms::Tag;
use vault::recovery::{self, RecoveryError, testing};
use vault::{Keychain, Opener, Records, SealedError, Sealer};

use super::passphrases::{passphrase, typed};
use super::reopening::{close, reopen};
use super::{account, key, key_intent, keychain_in, secret};

const OLD: &str = "walnut ferry cobalt thursday";
const NEW: &str = "lantern orbit pickle museum";

/// A folder in use for some days, with everything that a broken database and kills leave in it.
async fn used_folder(place: &Path) -> (Keychain, Records) {
    testing::quick();
    let folder = place.join("records");
    let (keychain, _) = keychain_in(&place.join("keychain.json"));
    let records = reopen(&folder).await.records;
    recovery::set(&keychain, &records, passphrase(OLD), Timestamp::now())
        .await
        .unwrap();
    for number in 1..=3 {
        keep(&keychain, &records, number).await;
    }
    close(records, &folder).await;
    // The database of today, as a broken one and as the copies of other days.
    let database = folder.join("records.db");
    let aside = folder.join("set aside").join("2026-01-03T08-00-00Z");
    fs::create_dir_all(&aside).unwrap();
    fs::copy(&database, aside.join("records.db")).unwrap();
    fs::copy(&database, aside.join("records.db-wal")).unwrap();
    fs::create_dir_all(folder.join("copies")).unwrap();
    for day in 1..=14 {
        let name = format!("records 2026-01-{day:02}T08-00-00Z.db");
        fs::copy(&database, folder.join("copies").join(name)).unwrap();
    }
    fs::copy(&database, folder.join("copies").join("unfinished.db")).unwrap();
    fs::copy(&database, folder.join("restoring.db")).unwrap();
    (keychain, reopen(&folder).await.records)
}

async fn keep(keychain: &Keychain, records: &Records, number: u32) {
    let sealer = Sealer::for_folder(keychain, records).await.unwrap();
    let entry = records
        .plan(key_intent(number), account(1), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    let copy = sealer
        .seal(&of(number), &account(number), &key(number))
        .unwrap();
    records.seal(entry.id, copy, None).await.unwrap();
}

fn of(number: u32) -> terms::Secret {
    secret(&format!("invented secret {number}"))
}

async fn change(keychain: &Keychain, records: &Records) -> Result<(), RecoveryError> {
    recovery::change(
        keychain,
        records,
        typed(OLD),
        passphrase(NEW),
        Timestamp::now(),
    )
    .await
}

async fn opened(
    keychain: &Keychain,
    records: &Records,
    number: u32,
) -> Result<terms::Secret, SealedError> {
    let folder = records.sealing().await?.id;
    let copy = records.sealed_copy(key(number)).await?.unwrap();
    Opener::for_folder(keychain, &folder).await?.open(&copy)
}
