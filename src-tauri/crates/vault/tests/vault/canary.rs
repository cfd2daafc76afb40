//! No secret is ever written by the records.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use terms::Tag;
use vault::{Item, Sealer, Stage};

use super::{account, key, key_intent, keychain_in, open, secret};

const CANARY: &str = "canary~7f3a9c51e0b24d68~canary";

/// The forms a text may take in a file. Base64 of a text inside another depends on where it begins.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let mut forms = vec![
        text.as_bytes().to_vec(),
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    for shift in 0..3 {
        let inside = &text.as_bytes()[shift..];
        let whole = &inside[..inside.len() / 3 * 3];
        forms.push(STANDARD_NO_PAD.encode(whole).into_bytes());
        forms.push(URL_SAFE_NO_PAD.encode(whole).into_bytes());
    }
    forms
}

fn files_holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_holding(&path, text));
        } else {
            let bytes = fs::read(&path).unwrap();
            let holds = |form: &Vec<u8>| {
                bytes
                    .windows(form.len())
                    .any(|part| part == form.as_slice())
            };
            if forms(text).iter().any(holds) {
                found.push(path.file_name().unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

#[tokio::test]
async fn the_records_never_hold_a_secret() {
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (keychain, _) = keychain_in(&elsewhere.path().join("safe"));
    let records = open(folder.path()).await;
    let sealer = Sealer::for_folder(&keychain, &records).await.unwrap();
    let entry = records
        .plan(key_intent(1), account(0), Tag::random())
        .await
        .unwrap();
    records.mark_sent(entry.id).await.unwrap();
    let item = Item::ApiSecret {
        account: account(1),
        key: key(1),
    };
    let copy = sealer.seal(&secret(CANARY), &account(1), &key(1)).unwrap();
    records.seal(entry.id, copy, None).await.unwrap();
    keychain.save(&item, &secret(CANARY)).await.unwrap();
    keychain
        .save(
            &Item::AuthToken {
                account: account(0),
            },
            &secret(CANARY),
        )
        .await
        .unwrap();
    for stage in [Stage::Kept, Stage::Renamed] {
        records.advance(entry.id, stage).await.unwrap();
    }
    records
        .commit(entry.id, Some(jiff::Timestamp::now()))
        .await
        .unwrap();

    // Windows does not let others read the parts of a file that are locked, so the search is in copies.
    let snapshot = tempfile::tempdir().unwrap();
    for name in ["records.db", "records.db-wal"] {
        fs::copy(folder.path().join(name), snapshot.path().join(name)).unwrap();
    }
    assert_eq!(files_holding(snapshot.path(), CANARY), [] as [&str; 0]);
    assert_eq!(
        files_holding(snapshot.path(), "AGE-SECRET-KEY-"),
        [] as [&str; 0]
    );
    // The search finds what is there: the keychain's file does hold both.
    fs::write(elsewhere.path().join("plain"), format!("xx{CANARY}xx")).unwrap();
    assert_eq!(files_holding(elsewhere.path(), CANARY), ["plain"]);
}
