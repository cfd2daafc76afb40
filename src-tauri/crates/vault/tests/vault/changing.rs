//! Another passphrase in place of one that somebody else may know.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use terms::Tag;
use vault::backup::{KeptCredential, gather};
use vault::keychain::FileStore;
use vault::keychain::file_store::{Call, Fault, Refusal, Rule, Script};
use vault::points::{Point, When, die, when};
use vault::recovery::{self, RecoveryError, testing};
use vault::{Item, Keychain, Opener, Records, SealedError, Sealer};

use super::again::{again, place};
use super::backup::{passphrase, typed};
use super::opening::{close, reopen};
use super::{account, key, key_intent, keychain_in, secret};

const OLD: &str = "walnut ferry cobalt thursday";
const NEW: &str = "lantern orbit pickle museum";

const BEGIN: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
const END: &[u8] = b"-----END AGE ENCRYPTED FILE-----";
const BINARY: &[u8] = b"age-encryption.org/v1\n";

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
    records.seal(entry.id, copy).await.unwrap();
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
fn found_with(words: &str, folder: &Path) -> BTreeSet<String> {
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

#[tokio::test]
async fn what_was_broken_and_set_aside_stays_for_who_has_the_new_passphrase() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    let aside = place
        .path()
        .join("records")
        .join("set aside")
        .join("2026-01-03T08-00-00Z");
    let before = fs::read(aside.join("records.db")).unwrap();
    change(&keychain, &records).await.unwrap();
    assert!(!aside.join("records.db").exists());
    let id = records.sealing().await.unwrap().id;
    let identity = keychain
        .read(&Item::SealingIdentity { folder: id })
        .await
        .unwrap()
        .unwrap();
    let identity: age::x25519::Identity = identity.expose().parse().unwrap();
    let sealed = fs::read(aside.join("records.db.age")).unwrap();
    assert_eq!(age::decrypt(&identity, &sealed).unwrap(), before);
}

#[tokio::test]
async fn the_new_passphrase_alone_gives_everything_back() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    change(&keychain, &records).await.unwrap();
    assert_eq!(
        recovery::known(&keychain, &records).await.unwrap(),
        passphrase(NEW)
    );
    let (emptied, _) = keychain_in(&place.path().join("another keychain.json"));
    let now = Timestamp::now();
    let refused = recovery::put_back_identity(&emptied, &records, typed(OLD), now).await;
    assert!(
        matches!(refused, Err(RecoveryError::WrongPassphrase)),
        "{refused:?}"
    );
    recovery::put_back_identity(&emptied, &records, typed(NEW), now)
        .await
        .unwrap();
    for number in 1..=3 {
        assert_eq!(
            opened(&emptied, &records, number).await.unwrap(),
            of(number)
        );
    }
}

#[tokio::test]
async fn that_it_was_changed_holds_for_this_computer_and_is_in_no_backup() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    assert_eq!(records.passphrase_changed_at().await.unwrap(), None);
    change(&keychain, &records).await.unwrap();
    assert!(records.passphrase_changed_at().await.unwrap().is_some());
    let document = gather(&keychain, &records, Timestamp::now()).await.unwrap();
    assert!(
        document.preferences.is_empty(),
        "{:?}",
        document.preferences
    );
    let has_secret = |one: &KeptCredential| one.api_secret.is_some();
    assert!(document.credentials.iter().all(has_secret));
}

/// The keychain refuses writes after so many of them.
fn refusing_writes_after(place: &Path, skip: u32) {
    let rule = Rule {
        on: Call::Write,
        skip,
        times: None,
        fault: Fault::Refuse(Refusal::Locked),
    };
    let script = Script {
        rules: vec![rule],
        ..Script::default()
    };
    FileStore::direct(&place.join("keychain.json"), &script).unwrap();
}

#[tokio::test]
async fn a_keychain_that_takes_nothing_leaves_the_old_passphrase_and_everything_as_it_was() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    let before = records.recovery().await.unwrap();
    refusing_writes_after(place.path(), 0);
    assert!(change(&keychain, &records).await.is_err());
    FileStore::direct(&place.path().join("keychain.json"), &Script::default()).unwrap();
    assert_eq!(records.recovery().await.unwrap(), before);
    recovery::check(&records, typed(OLD)).await.unwrap();
    for number in 1..=3 {
        assert_eq!(
            opened(&keychain, &records, number).await.unwrap(),
            of(number)
        );
    }
}

#[tokio::test]
async fn a_keychain_that_spoils_some_writes_loses_nothing_that_only_sealed_copies_hold() {
    for (skip, times) in [(0, 1), (0, 3), (1, 2)] {
        let place = tempfile::tempdir().unwrap();
        let (keychain, records) = used_folder(place.path()).await;
        let mut spoil = Script::once(Call::Write, Fault::Garble);
        (spoil.rules[0].skip, spoil.rules[0].times) = (skip, Some(times));
        FileStore::direct(&place.path().join("keychain.json"), &spoil).unwrap();
        change(&keychain, &records).await.unwrap();
        let folder = records.sealing().await.unwrap().id;
        let opener = Opener::for_folder(&keychain, &folder).await.unwrap();
        for copy in records.sealed_copies().await.unwrap() {
            opener.open(&copy).expect("it opens");
        }
    }
}

#[tokio::test]
async fn a_keychain_that_keeps_the_old_identity_is_tidied_later_and_opens_everything_until_then() {
    let place = tempfile::tempdir().unwrap();
    let (keychain, records) = used_folder(place.path()).await;
    refusing_writes_after(place.path(), 1);
    change(&keychain, &records)
        .await
        .expect("it is changed all the same");
    recovery::check(&records, typed(NEW)).await.unwrap();
    for number in 1..=3 {
        assert_eq!(
            opened(&keychain, &records, number).await.unwrap(),
            of(number)
        );
    }
    assert_eq!(
        recovery::known(&keychain, &records).await.unwrap(),
        passphrase(NEW)
    );
    FileStore::direct(&place.path().join("keychain.json"), &Script::default()).unwrap();
    recovery::finish(&keychain, &records).await.unwrap();
    let folder = records.sealing().await.unwrap().id;
    let identity = keychain
        .read(&Item::SealingIdentity { folder })
        .await
        .unwrap()
        .unwrap();
    assert!(!identity.expose().contains(' '), "one identity is left");
}

const POINTS: [Point; 4] = [
    Point::BothIdentitiesSaved,
    Point::CopiesSealedAnew,
    Point::OlderCopiesRemoved,
    Point::OldIdentityRemoved,
];

#[tokio::test]
async fn a_change_that_is_killed_anywhere_leaves_every_secret_and_one_passphrase() {
    const TEST: &str =
        "changing::a_change_that_is_killed_anywhere_leaves_every_secret_and_one_passphrase";
    if let Some(place) = place() {
        let point = fs::read_to_string(place.join("point")).unwrap();
        let point = POINTS
            .into_iter()
            .find(|known| known.name() == point)
            .unwrap();
        testing::quick();
        let (keychain, _) = keychain_in(&place.join("keychain.json"));
        let records = reopen(&place.join("records")).await.records;
        when(When::At(point, 1), die);
        change(&keychain, &records).await.unwrap();
        panic!("{} was not reached", point.name());
    }
    for (number, point) in POINTS.into_iter().enumerate() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("records");
        let (_, records) = used_folder(place.path()).await;
        close(records, &folder).await;
        fs::write(place.path().join("point"), point.name()).unwrap();
        let killed = again(&[], TEST, place.path()).output().unwrap();
        let told = String::from_utf8_lossy(&killed.stderr).into_owned();
        assert!(
            told.contains(&format!("killed at {}", point.name())),
            "{told}"
        );

        let (keychain, _) = keychain_in(&place.path().join("keychain.json"));
        let records = reopen(&folder).await.records;
        for number in 1..=3 {
            assert_eq!(
                opened(&keychain, &records, number).await.unwrap(),
                of(number),
                "{}",
                point.name()
            );
        }
        let is_changed = number > 0;
        let (words, other) = if is_changed { (NEW, OLD) } else { (OLD, NEW) };
        recovery::check(&records, typed(words)).await.unwrap();
        assert!(
            recovery::check(&records, typed(other)).await.is_err(),
            "{}",
            point.name()
        );
        assert_eq!(
            recovery::known(&keychain, &records).await.unwrap(),
            passphrase(words)
        );
        if !is_changed {
            change(&keychain, &records).await.unwrap();
        }
        recovery::finish(&keychain, &records).await.unwrap();
        assert_eq!(
            found_with(OLD, &folder),
            BTreeSet::new(),
            "{}",
            point.name()
        );
        for number in 1..=3 {
            assert_eq!(
                opened(&keychain, &records, number).await.unwrap(),
                of(number),
                "{}",
                point.name()
            );
        }
    }
}
