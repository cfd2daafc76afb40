//! What counts as a way to open the lock, and that its absence opens nothing and locks nobody out.

use std::sync::Arc;
use std::time::Duration;

use guard::lock::{Clock, Found, Lock, NotFresh, NotNow, Remembered, StillClosed, Way, Ways, Why};
use guard::presence::{NotProved, Presence, Reason, SystemWay, ask};

const IDLE: Duration = Duration::from_secs(5 * 60);
const WITH_PASSPHRASE: Found = Found {
    passphrase: true,
    account: true,
};
const WITHOUT_PASSPHRASE: Found = Found {
    passphrase: false,
    account: true,
};
const NEVER_CONNECTED: Found = Found {
    passphrase: false,
    account: false,
};

/// A system whose check cannot be had.
#[derive(Clone)]
struct Broken {
    case: &'static str,
    way: Option<SystemWay>,
    answer: NotProved,
}

impl Presence for Broken {
    fn way(&self) -> Option<SystemWay> {
        self.way
    }

    fn ask(&self, _: Reason, _: Duration) -> Result<(), NotProved> {
        Err(self.answer.clone())
    }
}

fn every_case() -> [Broken; 5] {
    let case = |case, way, answer| Broken { case, way, answer };
    let there = Some(SystemWay::ComputerPassword);
    [
        case("no bus", None, NotProved::Unavailable),
        case("a false bus", None, NotProved::Failed("reset".to_owned())),
        case("polkit without an agent", there, NotProved::Unavailable),
        case("a time-out", None, NotProved::TimedOut),
        case("a device that is busy", there, NotProved::Busy),
    ]
}

fn remembered(lock: &Lock) -> Option<Remembered> {
    *lock.watch_remembered().borrow()
}

/// What the next start reads, as it was written down.
fn written(lock: &Lock) -> String {
    serde_json::to_string(&remembered(lock)).expect("it can be written")
}

fn begun(found: Found, written: Option<&str>) -> Lock {
    let lock = Lock::new(Clock::system());
    let remembered = written.map(|text| serde_json::from_str(text).expect("it can be read"));
    lock.begin(found, IDLE, remembered);
    lock
}

fn prove(lock: &Lock, way: Way) -> Result<(), StillClosed> {
    lock.try_to_open(way).expect("it is a way").proved()
}

/// Open, and the system's check has worked here.
fn proved_by_the_system(found: Found) -> Lock {
    let lock = begun(found, None);
    prove(&lock, Way::System).expect("it has worked");
    lock
}

async fn asked(lock: &Lock, system: Broken) -> Result<(), StillClosed> {
    let attempt = lock.try_to_open(Way::System).expect("it counts");
    match ask(Arc::new(system), Reason::Unlock).await {
        Ok(()) => attempt.proved(),
        Err(_) => Err(attempt.failed()),
    }
}

/// By what its owner gets in, where the system's check is gone for good.
fn owners_way(found: Found) -> Way {
    if found.passphrase {
        Way::Passphrase
    } else {
        Way::AuthToken
    }
}

#[tokio::test]
async fn a_check_that_cannot_be_had_opens_nothing_and_locks_nobody_out_at_the_start_and_while_locked()
 {
    for found in [WITH_PASSPHRASE, WITHOUT_PASSPHRASE] {
        for system in every_case() {
            let case = format!("{}, {found:?}", system.case);
            let locked = proved_by_the_system(found);
            assert!(locked.close(Why::Asked), "{case}");
            let written = written(&locked);
            let at_the_start = begun(found, Some(&written));
            for lock in [locked, at_the_start] {
                for _ in 0..20 {
                    asked(&lock, system.clone()).await.expect_err(&case);
                    assert!(lock.is_closed(), "{case}");
                    assert_eq!(lock.require_fresh().err(), Some(NotFresh::Closed), "{case}");
                }
                let again = begun(found, Some(&self::written(&lock)));
                assert!(again.is_closed(), "{case}: neither does another start");
                prove(&again, owners_way(found)).expect("its owner gets in");
                assert!(!again.is_closed(), "{case}");
            }
        }
    }
}

#[tokio::test]
async fn a_check_that_has_never_worked_locks_nothing() {
    for system in every_case() {
        let lock = begun(WITHOUT_PASSPHRASE, None);
        // Trying it is what shows that it does not work.
        asked(&lock, system.clone()).await.expect_err(system.case);
        for why in [Why::Asked, Why::Away, Why::Idle] {
            assert!(!lock.close(why), "{}", system.case);
        }
        assert_eq!(lock.closes_in(), None, "{}", system.case);
        let later = begun(WITHOUT_PASSPHRASE, Some(&written(&lock)));
        assert!(!later.is_closed(), "{}", system.case);
    }
}

#[test]
fn a_check_that_has_worked_once_locks_from_then_on_also_after_a_restart() {
    let lock = proved_by_the_system(WITHOUT_PASSPHRASE);
    assert!(lock.can_close());
    let later = begun(WITHOUT_PASSPHRASE, Some(&written(&lock)));
    assert!(!later.is_closed(), "a quick restart");
    assert!(later.close(Why::Idle));
    prove(&later, Way::System).expect("it counts");
}

#[test]
fn the_systems_check_alone_does_not_lock_what_has_no_second_way_in() {
    let lock = proved_by_the_system(NEVER_CONNECTED);
    assert!(!lock.close(Why::Asked));
    assert_eq!(
        lock.try_to_open(Way::AuthToken).err(),
        Some(NotNow::NotAWay)
    );
    lock.set_found(WITHOUT_PASSPHRASE);
    assert!(lock.close(Why::Asked), "an account was connected");
}

#[test]
fn what_was_locked_stays_so_whatever_can_open_it_today() {
    let locked = proved_by_the_system(WITH_PASSPHRASE);
    locked.close(Why::Asked);
    for found in [WITH_PASSPHRASE, WITHOUT_PASSPHRASE, NEVER_CONNECTED] {
        let lock = begun(found, Some(&written(&locked)));
        assert_eq!(lock.closed(), Some(Why::LastTime), "{found:?}");
        lock.set_found(NEVER_CONNECTED);
        assert!(lock.is_closed(), "{found:?}");
    }
}

#[test]
fn a_lock_of_the_passphrase_alone_is_not_opened_by_a_check_that_has_never_worked_here() {
    let lock = begun(WITH_PASSPHRASE, None);
    lock.close(Why::Asked);
    for lock in [begun(WITH_PASSPHRASE, Some(&written(&lock))), lock] {
        assert_eq!(lock.try_to_open(Way::System).err(), Some(NotNow::NotAWay));
        prove(&lock, Way::Passphrase).expect("it is them");
        prove(&lock, Way::System).expect("open, it may show that it works");
        lock.close(Why::Asked);
        prove(&lock, Way::System).expect("now it counts");
    }
}

#[test]
fn the_auth_token_takes_the_place_of_a_passphrase_that_is_not_there_or_damaged_only() {
    let lock = proved_by_the_system(WITH_PASSPHRASE);
    lock.close(Why::Asked);
    assert_eq!(
        lock.try_to_open(Way::AuthToken).err(),
        Some(NotNow::NotAWay)
    );
    lock.passphrase_is_damaged();
    prove(&lock, Way::AuthToken).expect("its owner gets in");

    let lock = proved_by_the_system(WITHOUT_PASSPHRASE);
    lock.close(Why::Asked);
    prove(&lock, Way::AuthToken).expect("its owner gets in");
    assert!(
        !lock.can_close(),
        "a check that was not there when it was needed has to work anew"
    );
}

#[test]
fn wrong_auth_tokens_are_slowed_down_like_wrong_passphrases() {
    let lock = proved_by_the_system(WITHOUT_PASSPHRASE);
    lock.close(Why::Asked);
    for _ in 0..3 {
        lock.try_to_open(Way::AuthToken)
            .expect("it is a way")
            .failed();
    }
    assert!(matches!(
        lock.try_to_open(Way::AuthToken).err(),
        Some(NotNow::Wait(_))
    ));
}

/// As the version before wrote it: only where it knew a way, and not which.
#[test]
fn what_an_earlier_version_locked_stays_locked_and_opens_by_each_way_that_it_may_have_been_locked_by()
 {
    let earlier = r#"{"closed":true,"seen":1900000000,"wrong":0}"#;
    for found in [WITH_PASSPHRASE, WITHOUT_PASSPHRASE] {
        let ways: &[Way] = if found.passphrase {
            &[Way::System, Way::Passphrase]
        } else {
            &[Way::System, Way::AuthToken]
        };
        for &way in ways {
            let lock = begun(found, Some(earlier));
            assert!(lock.is_closed());
            let still = begun(found, Some(&written(&lock)));
            assert!(still.is_closed(), "not opened, it stays what it was");
            prove(&still, way).expect("its owner gets in");
            assert_eq!(
                still.ways(),
                Ways {
                    passphrase: found.passphrase,
                    account: true,
                    system: way == Way::System,
                },
                "only what has worked counts from now on"
            );
        }
    }
    let left_open = r#"{"closed":false,"seen":1,"wrong":0}"#;
    assert!(begun(WITHOUT_PASSPHRASE, Some(left_open)).is_closed());
    assert!(begun(WITH_PASSPHRASE, Some(left_open)).is_closed());
}
