//! The recovery passphrase, and what it gives back.

use jiff::Timestamp;
use terms::Tag;
use vault::recovery::{self, PutBack, RecoveryError, testing};
use vault::{Item, Keychain, Opener, Records, RecordsError, SealedError, Sealer, Stage};

use super::passphrases::{passphrase, typed};
use super::{account, key, key_intent, keychain_in, open, secret};

const GOOD: &str = "walnut ferry cobalt thursday";
const OTHER: &str = "lantern orbit pickle museum";

struct Bench {
    folder: tempfile::TempDir,
    keychain: Keychain,
    records: Records,
}

impl Bench {
    async fn new() -> Self {
        testing::quick();
        let folder = tempfile::tempdir().unwrap();
        let (keychain, _) = keychain_in(&folder.path().join("keychain.json"));
        let records = open(&folder.path().join("records")).await;
        Self {
            folder,
            keychain,
            records,
        }
    }

    async fn with_passphrase() -> Self {
        let bench = Self::new().await;
        bench.set(GOOD).await.unwrap();
        bench
    }

    async fn set(&self, text: &str) -> Result<(), RecoveryError> {
        recovery::set(
            &self.keychain,
            &self.records,
            passphrase(text),
            Timestamp::now(),
        )
        .await
    }

    async fn change(&self, old: &str, new: &str) -> Result<(), RecoveryError> {
        recovery::change(
            &self.keychain,
            &self.records,
            typed(old),
            passphrase(new),
            Timestamp::now(),
        )
        .await
    }

    async fn put_back(&self, text: &str) -> Result<PutBack, RecoveryError> {
        recovery::put_back_identity(&self.keychain, &self.records, typed(text), Timestamp::now())
            .await
    }

    /// Another computer's keychain: nothing is in it.
    fn lose_the_keychain(&mut self) {
        (self.keychain, _) = keychain_in(&self.folder.path().join("another keychain.json"));
    }

    /// Saves an invented secret, sealed to the identity of now.
    async fn keep(&self, number: u32) {
        let sealer = Sealer::for_folder(&self.keychain, &self.records)
            .await
            .unwrap();
        let entry = self
            .records
            .plan(key_intent(number), account(1), Tag::random())
            .await
            .unwrap();
        self.records.mark_sent(entry.id).await.unwrap();
        let copy = sealer
            .seal(&of(number), &account(number), &key(number))
            .unwrap();
        let entry = self.records.seal(entry.id, copy, None).await.unwrap();
        assert_eq!(entry.stage, Stage::Sealed);
    }

    /// What the sealed copies give with the keychain's identity.
    async fn opened(&self, number: u32) -> Result<terms::Secret, SealedError> {
        let folder = self.records.sealing().await?.id;
        let copy = self.records.sealed_copy(key(number)).await?.unwrap();
        Opener::for_folder(&self.keychain, &folder)
            .await?
            .open(&copy)
    }
}

fn of(number: u32) -> terms::Secret {
    secret(&format!("invented secret {number}"))
}

#[tokio::test]
async fn a_passphrase_that_was_set_is_known_again_and_another_is_not() {
    let bench = Bench::new().await;
    assert!(!recovery::is_set(&bench.records).await.unwrap());
    let unset = recovery::check(&bench.records, typed(GOOD)).await;
    assert!(matches!(unset, Err(RecoveryError::NotSet)));
    bench.set(GOOD).await.unwrap();
    assert!(recovery::is_set(&bench.records).await.unwrap());
    recovery::check(&bench.records, typed(" walnut ferry cobalt thursday "))
        .await
        .expect("white space at the ends was never part of what was set");
    for wrong in [OTHER, "Walnut ferry cobalt thursday", "w"] {
        let checked = recovery::check(&bench.records, typed(wrong)).await;
        assert!(
            matches!(checked, Err(RecoveryError::WrongPassphrase)),
            "{wrong}: {checked:?}"
        );
    }
}

#[tokio::test]
async fn checking_asks_nothing_of_the_keychain() {
    let mut bench = Bench::with_passphrase().await;
    bench.lose_the_keychain();
    recovery::check(&bench.records, typed(GOOD)).await.unwrap();
}

#[tokio::test]
async fn a_weak_passphrase_is_not_taken_and_leaves_the_one_before() {
    let bench = Bench::with_passphrase().await;
    let before = bench.records.recovery().await.unwrap();
    let refused = bench.set("elephant").await;
    assert!(
        matches!(refused, Err(RecoveryError::TooWeak(_))),
        "{refused:?}"
    );
    assert_eq!(bench.records.recovery().await.unwrap(), before);
}

#[tokio::test]
async fn changing_needs_the_passphrase_of_now() {
    let bench = Bench::with_passphrase().await;
    assert!(matches!(
        bench.change(OTHER, OTHER).await,
        Err(RecoveryError::WrongPassphrase)
    ));
    recovery::check(&bench.records, typed(GOOD)).await.unwrap();
    bench.change(GOOD, OTHER).await.unwrap();
    recovery::check(&bench.records, typed(OTHER)).await.unwrap();
    assert!(recovery::check(&bench.records, typed(GOOD)).await.is_err());
}

#[tokio::test]
async fn what_the_old_passphrase_alone_opens_is_put_back_before_another_takes_its_place() {
    for since_then in [false, true] {
        let mut bench = Bench::with_passphrase().await;
        bench.keep(1).await;
        bench.lose_the_keychain();
        if since_then {
            Sealer::with_new_identity(&bench.keychain, &bench.records)
                .await
                .unwrap();
        }
        bench.change(GOOD, OTHER).await.unwrap();
        assert_eq!(bench.opened(1).await.unwrap(), of(1));
        bench.keep(2).await;
        let known = recovery::known(&bench.keychain, &bench.records).await;
        assert_eq!(known.unwrap(), passphrase(OTHER));
        // The new passphrase is enough after a further loss.
        std::fs::remove_file(bench.folder.path().join("another keychain.json")).unwrap();
        bench.lose_the_keychain();
        assert_eq!(bench.put_back(OTHER).await.unwrap(), PutBack::Done);
        assert_eq!(bench.opened(1).await.unwrap(), of(1));
        assert_eq!(bench.opened(2).await.unwrap(), of(2));
    }
}

#[tokio::test]
async fn with_the_keychain_the_passphrase_is_at_hand_for_daily_backups() {
    let mut bench = Bench::with_passphrase().await;
    let known = recovery::known(&bench.keychain, &bench.records)
        .await
        .unwrap();
    assert_eq!(known, passphrase(GOOD));
    bench.lose_the_keychain();
    let unknown = recovery::known(&bench.keychain, &bench.records).await;
    assert!(
        matches!(
            unknown,
            Err(RecoveryError::Sealed(SealedError::IdentityMissing))
        ),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn the_records_hold_neither_the_passphrase_nor_the_identity_in_the_clear() {
    let bench = Bench::with_passphrase().await;
    let kept = bench.records.recovery().await.unwrap().unwrap();
    for half in [&kept.wrapped_identity, &kept.sealed_passphrase] {
        assert!(half.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"));
        assert!(!half.contains("walnut") && !half.contains("AGE-SECRET-KEY"));
    }
}

#[tokio::test]
async fn a_keychain_that_lost_the_identity_gets_it_back_and_sealed_copies_open_again() {
    let mut bench = Bench::with_passphrase().await;
    bench.keep(1).await;
    bench.lose_the_keychain();
    assert!(matches!(
        bench.opened(1).await,
        Err(SealedError::IdentityMissing)
    ));
    assert!(matches!(
        bench.put_back(OTHER).await,
        Err(RecoveryError::WrongPassphrase)
    ));
    assert!(
        bench.opened(1).await.is_err(),
        "a wrong passphrase changes nothing"
    );
    assert_eq!(bench.put_back(GOOD).await.unwrap(), PutBack::Done);
    assert_eq!(bench.opened(1).await.unwrap(), of(1));
    assert_eq!(bench.put_back(GOOD).await.unwrap(), PutBack::WasThere);
}

#[tokio::test]
async fn an_identity_made_since_the_loss_stays_and_earlier_copies_are_sealed_to_it() {
    let mut bench = Bench::with_passphrase().await;
    bench.keep(1).await;
    bench.lose_the_keychain();
    Sealer::with_new_identity(&bench.keychain, &bench.records)
        .await
        .unwrap();
    bench.keep(2).await;
    assert!(matches!(
        bench.opened(1).await,
        Err(SealedError::OtherIdentity)
    ));
    let known = recovery::known(&bench.keychain, &bench.records).await;
    assert!(
        matches!(known, Err(RecoveryError::EarlierIdentity)),
        "{known:?}"
    );

    assert_eq!(
        bench.put_back(GOOD).await.unwrap(),
        PutBack::SealedAnew { copies: 1 }
    );
    assert_eq!(bench.opened(1).await.unwrap(), of(1));
    assert_eq!(bench.opened(2).await.unwrap(), of(2));
    recovery::known(&bench.keychain, &bench.records)
        .await
        .expect("the passphrase is bound to the identity of now");
    // All of it still holds after a further loss.
    bench.lose_the_keychain();
    std::fs::remove_file(bench.folder.path().join("another keychain.json")).unwrap();
    bench.lose_the_keychain();
    assert_eq!(bench.put_back(GOOD).await.unwrap(), PutBack::Done);
    assert_eq!(bench.opened(1).await.unwrap(), of(1));
    assert_eq!(bench.opened(2).await.unwrap(), of(2));
}

#[tokio::test]
async fn what_is_wrapped_and_damaged_is_told_apart_from_a_wrong_passphrase() {
    let bench = Bench::with_passphrase().await;
    let mut kept = bench.records.recovery().await.unwrap().unwrap();
    kept.wrapped_identity
        .truncate(kept.wrapped_identity.len() / 2);
    bench.records.save_recovery(kept).await.unwrap();
    let checked = recovery::check(&bench.records, typed(GOOD)).await;
    assert!(
        matches!(checked, Err(RecoveryError::Damaged)),
        "{checked:?}"
    );
}

#[tokio::test]
async fn a_keychain_that_does_not_answer_is_not_taken_for_an_empty_one() {
    use vault::keychain::FileStore;
    use vault::keychain::file_store::{Call, Fault, Refusal, Rule, Script};
    let bench = Bench::with_passphrase().await;
    let rules = vec![Rule {
        on: Call::Read,
        skip: 0,
        times: None,
        fault: Fault::Refuse(Refusal::Locked),
    }];
    let script = Script {
        rules,
        ..Script::default()
    };
    let file = bench.folder.path().join("keychain.json");
    FileStore::direct(&file, &script).unwrap();
    let locked = bench.put_back(GOOD).await;
    assert!(
        matches!(
            locked,
            Err(RecoveryError::Sealed(SealedError::Keychain(
                vault::KeychainError::Locked
            )))
        ),
        "{locked:?}"
    );
    FileStore::direct(&file, &Script::default()).unwrap();
    let folder = bench.records.sealing().await.unwrap().id;
    assert!(
        bench
            .keychain
            .read(&Item::SealingIdentity { folder })
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn records_of_the_first_layout_open_and_keep_what_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let database = rusqlite::Connection::open(folder.path().join("records.db")).unwrap();
    database
        .execute_batch(include_str!("../../src/records/schema/001_start.sql"))
        .unwrap();
    database
        .execute_batch(
            "INSERT INTO folder (only, id) VALUES (1, 'k3f9x2abcd');
             INSERT INTO preference VALUES ('a', '1');
             PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(database);
    let records = open(folder.path()).await;
    assert_eq!(records.preference("a").await.unwrap().as_deref(), Some("1"));
    assert_eq!(records.recovery().await, Ok::<_, RecordsError>(None));
    assert_eq!(
        std::fs::read_dir(folder.path().join("copies"))
            .unwrap()
            .count(),
        1,
        "a copy is made before the layout changes"
    );
}
