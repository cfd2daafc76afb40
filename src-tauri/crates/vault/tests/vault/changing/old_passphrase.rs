//! What the passphrase of before still opens.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vault::Item;

use super::{NEW, OLD, change, keep, of, opened, used_folder};
use crate::reopening::{close, reopen};

const BEGIN: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const END: &[u8] = b"-----END AGE ENCRYPTED FILE-----";
const BINARY: &[u8] = b"age-encryption.org/v1\n";

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path));
        } else {
            files.push(path);
        }
    }
    files
}

fn places(bytes: &[u8], of: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    for (at, window) in bytes.windows(of.len()).enumerate() {
        if window == of {
            places.push(at);
        }
    }
    places
}

/// Everything in the files of a folder that looks like something of age's: rows, what is left of rows, and whole files.
fn sealed_things(folder: &Path) -> BTreeSet<Vec<u8>> {
    let mut things = BTreeSet::new();
    for file in files_in(folder) {
        let bytes = fs::read(&file).unwrap();
        for begin in places(&bytes, BEGIN) {
            if let Some(end) = places(&bytes[begin..], END).first() {
                things.insert(bytes[begin..begin + end + END.len()].to_vec());
            }
        }
        for begin in places(&bytes, BINARY) {
            things.insert(bytes[begin..].to_vec());
        }
    }
    things
}

/// What somebody gets who has the passphrase of before and every file of the folder: with each identity that it unwraps, all that is
/// sealed to one of them.
pub(super) fn found_with(words: &str, folder: &Path) -> BTreeSet<String> {
    use std::io::Read as _;
    let open = |identity: &dyn age::Identity, thing: &[u8]| -> Option<Vec<u8>> {
        let reader = age::armor::ArmoredReader::new(thing);
        let decryptor = age::Decryptor::new_buffered(reader).ok()?;
        let mut plain = Vec::new();
        // Of what is followed by something else, the beginning.
        let _ = decryptor
            .decrypt(std::iter::once(identity))
            .ok()?
            .read_to_end(&mut plain);
        Some(plain)
    };
    let things = sealed_things(folder);
    let by_words = age::scrypt::Identity::new(words.to_owned().into());
    let mut identities: BTreeSet<String> = BTreeSet::new();
    for thing in &things {
        if let Some(plain) = open(&by_words, thing) {
            identities.insert(String::from_utf8_lossy(&plain).into_owned());
        }
    }
    let mut found = identities.clone();
    for identity in &identities {
        let identity: age::x25519::Identity = identity.trim().parse().unwrap();
        for thing in &things {
            if let Some(plain) = open(&identity, thing) {
                found.insert(String::from_utf8_lossy(&plain).into_owned());
            }
        }
    }
    found
}

#[tokio::test]
async fn who_has_the_old_passphrase_and_every_file_of_the_folder_opens_nothing() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("records");
    let (keychain, records) = used_folder(place.path()).await;
    let before = found_with(OLD, &folder);
    assert!(
        before.iter().any(|text| text.contains("invented secret 3")),
        "the search finds what is there: {before:?}"
    );
    let id = records.sealing().await.unwrap().id;
    let item = Item::SealingIdentity { folder: id };
    let old_identity = keychain.read(&item).await.unwrap().unwrap();

    change(&keychain, &records).await.unwrap();
    // While the records are open, and after.
    assert_eq!(found_with(OLD, &folder), BTreeSet::new());
    keep(&keychain, &records, 4).await;
    close(records, &folder).await;
    assert_eq!(found_with(OLD, &folder), BTreeSet::new());
    assert!(
        found_with(NEW, &folder)
            .iter()
            .any(|text| text.contains("invented secret 4"))
    );

    let now = keychain.read(&item).await.unwrap().unwrap();
    assert!(
        !now.expose().contains(old_identity.expose()),
        "the old identity is gone"
    );
    let old_identity: age::x25519::Identity = old_identity.expose().parse().unwrap();
    for thing in sealed_things(&folder) {
        let decryptor =
            age::Decryptor::new_buffered(age::armor::ArmoredReader::new(&*thing)).unwrap();
        let identity: &dyn age::Identity = &old_identity;
        assert!(decryptor.decrypt(std::iter::once(identity)).is_err());
    }
    let copies = fs::read_dir(folder.join("copies")).unwrap().count();
    assert_eq!(copies, 1, "a copy of now is there");
    let records = reopen(&folder).await.records;
    for number in 1..=4 {
        assert_eq!(
            opened(&keychain, &records, number).await.unwrap(),
            of(number)
        );
    }
}
