//! Keychains that do not come back, or come down.

use std::time::{Duration, Instant};

use vault::keychain::file_store::{Call, Fault, Script};
use vault::keychain::{FileStore, Unanswered, WORTH_SAYING_AFTER};
use vault::{Keychain, KeychainError, Namespace};

use super::again::{again, place};
use super::{api_secret, keychain_in, secret};

const HANG: Fault = Fault::Hang { ms: 60_000 };

#[tokio::test(flavor = "current_thread")]
async fn a_hanging_keychain_stops_neither_the_program_nor_the_next_caller() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    keychain.save(&api_secret(1), &secret("one")).await.unwrap();
    FileStore::direct(&file, &Script::once(Call::Read, HANG)).unwrap();
    let impatient = keychain.clone().with_deadline(Duration::from_secs(2));
    let begun = Instant::now();
    let mut ticks = 0_u32;
    let ticking = async {
        loop {
            tokio::time::sleep(Duration::from_millis(10)).await;
            ticks += 1;
        }
    };
    let answer = tokio::select! {
        answer = async { impatient.read(&api_secret(1)).await } => answer,
        () = ticking => unreachable!("the ticking never ends"),
    };
    assert_eq!(answer, Err(KeychainError::NoAnswer));
    assert!(
        begun.elapsed() < Duration::from_secs(20),
        "{:?}",
        begun.elapsed()
    );
    assert!(ticks >= 5, "the runtime went on: {ticks}");
    let one = secret("one");
    assert_eq!(
        keychain.read(&api_secret(1)).await,
        Ok(Some(one)),
        "a fresh thread has taken over"
    );
}

#[tokio::test]
async fn a_caller_behind_a_hanging_call_gets_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    keychain.save(&api_secret(1), &secret("one")).await.unwrap();
    FileStore::direct(&file, &Script::once(Call::Read, HANG)).unwrap();
    let impatient = keychain.clone().with_deadline(Duration::from_secs(2));
    let (stuck, one) = (api_secret(1), api_secret(1));
    let (first, second) = tokio::join!(impatient.read(&stuck), keychain.read(&one));
    assert_eq!(first, Err(KeychainError::NoAnswer));
    assert_eq!(second, Ok(Some(secret("one"))));
}

#[tokio::test]
async fn a_hanging_call_that_nobody_waits_for_any_more_is_left_behind_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    FileStore::direct(&file, &Script::once(Call::Read, HANG)).unwrap();
    let impatient = keychain.with_deadline(Duration::from_secs(2));
    let cancelled = tokio::spawn({
        let keychain = impatient.clone();
        async move { keychain.read(&api_secret(1)).await }
    });
    while store.calls().reads == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    cancelled.abort();
    assert_eq!(impatient.read(&api_secret(1)).await, Ok(None));
}

#[tokio::test]
async fn a_call_that_waits_is_counted_until_it_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, _) = keychain_in(&file);
    let unanswered = Unanswered::new();
    let keychain = keychain.counted_in(&unanswered);
    let mut count = unanswered.count();
    assert_eq!(keychain.read(&api_secret(1)).await, Ok(None));
    let counted = count.has_changed().expect("its sender is here");
    assert!(!counted, "a quick answer is not counted");
    FileStore::direct(&file, &Script::once(Call::Read, Fault::Hang { ms: 10_000 })).unwrap();
    let begun = Instant::now();
    let waiting = tokio::spawn({
        let keychain = keychain.clone();
        async move { keychain.read(&api_secret(1)).await }
    });
    count.wait_for(|&count| count == 1).await.unwrap();
    assert!(begun.elapsed() >= WORTH_SAYING_AFTER);
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(waiting.await.unwrap(), Ok(None));
    assert_eq!(*count.borrow(), 0);
}

#[tokio::test]
async fn giving_up_ends_every_wait_at_once_and_leaves_the_keychain_usable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    let unanswered = Unanswered::new();
    let keychain = keychain.counted_in(&unanswered);
    FileStore::direct(&file, &Script::once(Call::Read, HANG)).unwrap();
    let calls: Vec<_> = (0..20)
        .map(|number| {
            let keychain = keychain.clone();
            tokio::spawn(async move { keychain.read(&api_secret(number)).await })
        })
        .collect();
    let mut count = unanswered.count();
    count.wait_for(|&count| count == 20).await.unwrap();
    let given_up = Instant::now();
    unanswered.give_up();
    for call in calls {
        assert_eq!(call.await.unwrap(), Err(KeychainError::GivenUp));
    }
    assert!(
        given_up.elapsed() < Duration::from_secs(5),
        "{:?}",
        given_up.elapsed()
    );
    assert_eq!(*count.borrow(), 0);
    assert_eq!(store.calls().reads, 1, "what had not begun never does");
    assert_eq!(keychain.read(&api_secret(1)).await, Ok(None));
}

#[tokio::test]
async fn stuck_threads_do_not_pile_up_and_are_used_again_when_they_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    FileStore::direct(&file, &Script::always(Call::Read, HANG)).unwrap();
    let impatient = keychain.clone().with_deadline(Duration::from_secs(1));
    for _ in 0..4 {
        assert_eq!(
            impatient.read(&api_secret(1)).await,
            Err(KeychainError::NoAnswer)
        );
    }
    let begun = Instant::now();
    for _ in 0..100 {
        assert_eq!(
            keychain.read(&api_secret(1)).await,
            Err(KeychainError::NoAnswer)
        );
    }
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "answered at once: {:?}",
        begun.elapsed()
    );
    assert_eq!(store.calls().reads, 4, "no fifth thread was started");
    FileStore::direct(&file, &Script::default()).unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while keychain.read(&api_secret(1)).await != Ok(None) {
        assert!(
            Instant::now() < until,
            "the keychain is asked again once a thread is free"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_write_that_outlives_its_deadline_is_decided_by_a_later_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    FileStore::direct(&file, &Script::once(Call::Write, Fault::Hang { ms: 5_000 })).unwrap();
    let impatient = keychain.clone().with_deadline(Duration::from_secs(1));
    assert_eq!(
        impatient.save(&api_secret(1), &secret("late")).await,
        Err(KeychainError::NoAnswer)
    );
    assert_eq!(keychain.read(&api_secret(1)).await, Ok(None));
    let until = Instant::now() + Duration::from_secs(20);
    while store.names().unwrap().is_empty() {
        assert!(
            Instant::now() < until,
            "the write goes on without its caller"
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(
        keychain.read(&api_secret(1)).await,
        Ok(Some(secret("late")))
    );
}

#[tokio::test]
async fn a_write_that_is_cancelled_before_its_turn_never_happens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("safe");
    let (keychain, store) = keychain_in(&file);
    FileStore::direct(&file, &Script::once(Call::Read, HANG)).unwrap();
    let stuck = tokio::spawn({
        let keychain = keychain.clone();
        async move { keychain.read(&api_secret(1)).await }
    });
    while store.calls().reads == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let cancelled = tokio::time::timeout(
        Duration::from_millis(100),
        keychain.save(&api_secret(2), &secret("x")),
    )
    .await;
    assert!(cancelled.is_err());
    FileStore::direct(&file, &Script::default()).unwrap();
    assert_eq!(stuck.await.unwrap(), Ok(None));
    assert_eq!(keychain.read(&api_secret(2)).await, Ok(None));
    assert_eq!(store.calls().writes, 0);
}

/// A store that panics at its first call, which is survived where panics unwind, as they do here and not in the shipped program, and then says that nothing is there.
#[derive(Debug, Default)]
struct Panicking(std::sync::atomic::AtomicBool);

impl keyring_core::api::CredentialStoreApi for Panicking {
    fn vendor(&self) -> String {
        "a store that panics".to_owned()
    }

    fn id(&self) -> String {
        self.vendor()
    }

    fn build(
        &self,
        _: &str,
        _: &str,
        _: Option<&std::collections::HashMap<&str, &str>>,
    ) -> keyring_core::Result<keyring_core::Entry> {
        let panicked = self.0.swap(true, std::sync::atomic::Ordering::SeqCst);
        assert!(panicked, "the first call panics");
        Err(keyring_core::Error::BadStoreFormat("nothing".to_owned()))
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[tokio::test]
async fn a_store_that_panics_does_not_take_the_keychain_thread_with_it() {
    let keychain =
        Keychain::with_store(std::sync::Arc::new(Panicking::default()), Namespace::real());
    let stopped = keychain.read(&api_secret(1)).await;
    assert!(
        matches!(stopped, Err(KeychainError::Broken(_))),
        "{stopped:?}"
    );
    assert_eq!(
        keychain.read(&api_secret(1)).await,
        Err(KeychainError::Changed)
    );
}

#[tokio::test]
async fn a_panic_with_a_secret_in_hand_tells_nothing_of_it() {
    const CANARY: &str = "canary~5d02c1f8a97b4e36~canary";
    if place().is_none() {
        let folder = tempfile::tempdir().unwrap();
        let test = "keychain_hangs::a_panic_with_a_secret_in_hand_tells_nothing_of_it";
        let output = again(&[], test, folder.path()).output().unwrap();
        let told = [output.stdout, output.stderr]
            .map(|text| String::from_utf8_lossy(&text).into_owned())
            .concat();
        assert!(told.contains("1 passed"), "{told}");
        assert!(told.contains("the first call panics"), "{told}");
        // Half of it would do harm as well, and nothing that says where it was found is to hold it.
        let (half, other) = CANARY.split_at(CANARY.len() / 2);
        assert!(!told.contains(half) && !told.contains(other));
        return;
    }
    let keychain =
        Keychain::with_store(std::sync::Arc::new(Panicking::default()), Namespace::real());
    let stopped = keychain.save(&api_secret(1), &secret(CANARY)).await;
    println!("{stopped:?}");
    assert!(
        matches!(stopped, Err(KeychainError::Broken(_))),
        "{stopped:?}"
    );
}
