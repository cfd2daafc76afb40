//! What the keychain does after nobody waits for it any more: it never comes after something newer, and what was said not to be done is undone.

use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use vault::keychain::file_store::{Call, Fault, Rule, Script};
use vault::keychain::{FileStore, Unanswered};
use vault::{Item, Keychain, KeychainError, Namespace};

use super::{account, keychain_in, secret};

const LONG: Fault = Fault::Hang { ms: 60_000 };

fn token() -> Item {
    Item::AuthToken {
        account: account(1),
    }
}

/// Waits until the stuck call has ended and everything that follows from it as well: a change waits for the one before.
async fn settled(file: &std::path::Path, keychain: &Keychain) {
    FileStore::direct(file, &Script::default()).unwrap();
    let other = Item::AuthToken {
        account: account(2),
    };
    let until = Instant::now() + Duration::from_secs(20);
    // The same item, so that it waits; nothing is written where the content is there already.
    while keychain.delete(&other).await.is_err()
        || keychain.reduce_to(&token(), &secret("~")).await == Err(KeychainError::NoAnswer)
    {
        assert!(Instant::now() < until, "the keychain answers again");
    }
}

#[tokio::test]
async fn a_write_that_was_given_up_on_does_not_come_after_a_newer_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    FileStore::direct(&file, &Script::once(Call::Write, Fault::Hang { ms: 3_000 })).unwrap();
    let impatient = keychain.clone().with_deadline(Duration::from_millis(500));
    let late = impatient.save(&token(), &secret("old")).await;
    assert_eq!(late, Err(KeychainError::NoAnswer));
    keychain.save(&token(), &secret("new")).await.unwrap();
    settled(&file, &keychain).await;
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("new"))));
}

#[tokio::test]
async fn a_newer_write_does_not_begin_while_an_older_one_may_still_come() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    FileStore::direct(&file, &Script::once(Call::Write, LONG)).unwrap();
    let impatient = keychain.with_deadline(Duration::from_millis(500));
    for text in ["old", "new"] {
        let answer = impatient.save(&token(), &secret(text)).await;
        assert_eq!(answer, Err(KeychainError::NoAnswer), "{text}");
    }
    assert_eq!(store.calls().writes, 1);
    settled(&file, &impatient).await;
    assert_eq!(impatient.read(&token()).await, Ok(Some(secret("old"))));
    impatient.save(&token(), &secret("new")).await.unwrap();
    assert_eq!(impatient.read(&token()).await, Ok(Some(secret("new"))));
}

#[tokio::test]
async fn a_deletion_that_was_given_up_on_does_not_take_a_newer_value() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    keychain.save(&token(), &secret("old")).await.unwrap();
    FileStore::direct(
        &file,
        &Script::once(Call::Delete, Fault::Hang { ms: 3_000 }),
    )
    .unwrap();
    let impatient = keychain.clone().with_deadline(Duration::from_millis(500));
    assert_eq!(
        impatient.delete(&token()).await,
        Err(KeychainError::NoAnswer)
    );
    keychain.save(&token(), &secret("new")).await.unwrap();
    settled(&file, &keychain).await;
    assert_eq!(keychain.read(&token()).await, Ok(Some(secret("new"))));
}

#[tokio::test]
async fn what_was_said_not_to_be_saved_is_not_there_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    let unanswered = Unanswered::new();
    let keychain = keychain.counted_in(&unanswered);
    FileStore::direct(&file, &Script::once(Call::Write, LONG)).unwrap();
    let saving = tokio::spawn({
        let keychain = keychain.clone();
        async move { keychain.save_unless_late(&token(), &secret("late")).await }
    });
    let mut count = unanswered.count();
    count.wait_for(|&count| count == 1).await.unwrap();
    unanswered.give_up();
    assert_eq!(saving.await.unwrap(), Err(KeychainError::GivenUp));
    settled(&file, &keychain).await;
    assert_eq!(store.names().unwrap(), []);
}

#[tokio::test]
async fn what_was_there_before_a_late_write_is_there_again_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    keychain.save(&token(), &secret("before")).await.unwrap();
    let impatient = keychain.clone().with_deadline(Duration::from_millis(500));
    for call in [Call::Write, Call::Delete] {
        FileStore::direct(&file, &Script::once(call, LONG)).unwrap();
        let late = match call {
            Call::Write => impatient.save_unless_late(&token(), &secret("late")).await,
            _ => impatient.delete_unless_late(&token()).await,
        };
        assert_eq!(late, Err(KeychainError::NoAnswer));
        settled(&file, &keychain).await;
        assert_eq!(keychain.read(&token()).await, Ok(Some(secret("before"))));
    }
}

#[tokio::test]
async fn another_keychain_of_the_same_program_waits_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let unanswered = Unanswered::new();
    // As when the program leaves practice mode and comes back to it.
    let open =
        || Keychain::with_store(FileStore::open(&file), Namespace::real()).counted_in(&unanswered);
    let (left, opened) = (open(), open());
    FileStore::direct(&file, &Script::once(Call::Write, Fault::Hang { ms: 3_000 })).unwrap();
    let impatient = left.with_deadline(Duration::from_millis(500));
    let late = impatient.save(&token(), &secret("old")).await;
    assert_eq!(late, Err(KeychainError::NoAnswer));
    opened.save(&token(), &secret("new")).await.unwrap();
    settled(&file, &opened).await;
    assert_eq!(opened.read(&token()).await, Ok(Some(secret("new"))));
}

#[derive(Debug, Clone)]
enum Op {
    Save(String),
    Delete,
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![3 => "[a-z]{4}".prop_map(Op::Save), 1 => Just(Op::Delete)];
    prop::collection::vec(op, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Whatever hangs, and however long: in the end the item is what the last change made it that was answered.
    #[test]
    fn the_last_change_that_was_answered_is_the_one_that_holds(
        ops in ops(),
        hangs in prop::collection::vec((0_u32..6, 0_u64..400, any::<bool>()), 0..3),
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("safe");
        let (patient, _): (_, Arc<FileStore>) = keychain_in(&file);
        let rules = hangs.iter().map(|&(skip, ms, on_write)| Rule {
            on: if on_write { Call::Write } else { Call::Any },
            skip,
            times: Some(1),
            fault: Fault::Hang { ms },
        }).collect();
        FileStore::direct(&file, &Script { rules, ..Script::default() }).unwrap();
        let impatient = patient.clone().with_deadline(Duration::from_millis(120));
        runtime.block_on(async {
            let mut holds = None;
            for op in &ops {
                match op {
                    Op::Save(text) => {
                        if impatient.save_unless_late(&token(), &secret(text)).await.is_ok() {
                            holds = Some(secret(text));
                        }
                    }
                    Op::Delete => {
                        if impatient.delete_unless_late(&token()).await.is_ok() {
                            holds = None;
                        }
                    }
                }
            }
            settled(&file, &patient).await;
            assert_eq!(patient.read(&token()).await, Ok(holds));
        });
    }
}
