//! The lock, with a clock and a system that do as they are told.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use guard::lock::{
    Clock, FRESH_FOR, Found, Lock, Moment, NotFresh, NotNow, Remembered, StillClosed, Way, Why,
};
use guard::presence::{NotProved, Presence, Reason, SystemWay, ask};
use jiff::{SignedDuration, Timestamp};

const IDLE: Duration = Duration::from_secs(5 * 60);
/// A recovery passphrase is set, and an account is known.
const BOTH: Found = Found {
    passphrase: true,
    account: true,
};
const NOTHING: Found = Found {
    passphrase: false,
    account: false,
};

/// Both clocks, to be moved by hand.
#[derive(Clone)]
struct Hands(Arc<Mutex<Moment>>);

impl Hands {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(Moment {
            steady: Duration::from_secs(1_000),
            wall: Timestamp::from_second(1_900_000_000).expect("a time"),
        })))
    }

    fn clock(&self) -> Clock {
        let hands = self.clone();
        Clock::of(move || *hands.0.lock().expect("no test panics with it"))
    }

    /// Time goes by.
    fn pass(&self, seconds: u64) {
        self.0.lock().expect("no test panics with it").steady += Duration::from_secs(seconds);
        self.set_wall(i64::try_from(seconds).expect("a short time"));
    }

    /// Somebody sets the clock on the wall.
    fn set_wall(&self, by: i64) {
        let mut now = self.0.lock().expect("no test panics with it");
        now.wall += SignedDuration::from_secs(by);
    }
}

fn open_lock() -> (Lock, Hands) {
    let hands = Hands::new();
    let lock = Lock::new(hands.clock());
    lock.begin(BOTH, IDLE, None);
    assert!(!lock.is_closed());
    (lock, hands)
}

fn closed_lock() -> (Lock, Hands) {
    let (lock, hands) = open_lock();
    let attempt = lock.try_to_open(Way::System).expect("none is under way");
    attempt.proved().expect("the system's check has worked");
    assert!(lock.close(Why::Asked));
    (lock, hands)
}

fn open_with_passphrase(lock: &Lock) -> Result<(), StillClosed> {
    lock.try_to_open(Way::Passphrase)
        .expect("nothing is in the way")
        .proved()
}

/// What the next start would find.
fn remembered(lock: &Lock) -> Option<Remembered> {
    *lock.watch_remembered().borrow()
}

/// A system that answers as the test wants.
enum Scripted {
    Says(Result<(), NotProved>),
    /// The question's window is killed with the thread that waits for it.
    Dies,
    Hangs,
}

impl Presence for Scripted {
    fn way(&self) -> Option<SystemWay> {
        Some(SystemWay::ComputerPassword)
    }

    fn ask(&self, _: Reason, _: Duration) -> Result<(), NotProved> {
        match self {
            Self::Says(answer) => answer.clone(),
            // Without the message of a panic that is part of the test.
            Self::Dies => std::panic::resume_unwind(Box::new("killed")),
            Self::Hangs => loop {
                std::thread::park();
            },
        }
    }
}

async fn ask_the_system(lock: &Lock, system: Scripted) -> Result<(), StillClosed> {
    let attempt = lock.try_to_open(Way::System).expect("none is under way");
    let hangs = matches!(system, Scripted::Hangs);
    if hangs {
        // Nobody waits two minutes for a test.
        tokio::time::pause();
    }
    let answer = ask(Arc::new(system), Reason::Unlock).await;
    if hangs {
        tokio::time::resume();
    }
    match answer {
        Ok(()) => attempt.proved(),
        Err(_) => Err(attempt.failed()),
    }
}

#[test]
fn it_is_closed_until_it_is_known_that_it_need_not_be() {
    let lock = Lock::new(Hands::new().clock());
    assert_eq!(lock.closed(), Some(Why::Starting));
    assert_eq!(lock.require_fresh().err(), Some(NotFresh::Closed));
    lock.note_activity();
    assert!(lock.is_closed());
}

#[test]
fn it_closes_when_nobody_did_anything_for_the_set_time() {
    let (lock, hands) = open_lock();
    hands.pass(299);
    lock.note_activity();
    hands.pass(300);
    assert!(!lock.is_closed());
    hands.pass(1);
    assert_eq!(lock.closed(), Some(Why::Idle));
    lock.note_activity();
    assert!(lock.is_closed(), "being there is no proof");
}

#[test]
fn sleeping_counts_and_setting_the_clock_back_gains_nothing() {
    let (lock, hands) = open_lock();
    hands.set_wall(301);
    assert!(lock.is_closed(), "the steady clock stood still in sleep");
    let (lock, hands) = open_lock();
    hands.pass(200);
    hands.set_wall(-200);
    assert!(lock.is_closed(), "set back");
    let (lock, hands) = open_lock();
    hands.pass(200);
    hands.set_wall(-30);
    assert!(!lock.is_closed(), "an everyday correction");
    hands.pass(101);
    assert!(lock.is_closed());
}

#[test]
fn without_a_way_to_open_it_again_it_stays_open_and_nobody_is_asked() {
    let hands = Hands::new();
    let lock = Lock::new(hands.clock());
    lock.begin(NOTHING, IDLE, None);
    hands.pass(10_000);
    assert!(!lock.close(Why::Away));
    assert!(!lock.is_closed());
    assert!(lock.require_fresh().is_ok());
    assert_eq!(lock.closes_in(), None);
}

#[test]
fn what_is_left_for_something_else_can_be_remembered_as_closed() {
    let (lock, hands) = open_lock();
    let left = lock.to_remember();
    let back = Lock::new(hands.clock());
    back.begin(BOTH, IDLE, Some(left));
    assert!(!back.is_closed());
    let next_start = Lock::new(hands.clock());
    next_start.begin(BOTH, IDLE, Some(left.as_closed()));
    assert_eq!(next_start.closed(), Some(Why::LastTime));
}

#[test]
fn who_opened_it_long_ago_is_asked_again() {
    let (lock, hands) = open_lock();
    assert_eq!(lock.require_fresh().err(), Some(NotFresh::AskAgain));
    open_with_passphrase(&lock).expect("it is them");
    hands.pass(FRESH_FOR.as_secs());
    let fresh = lock.require_fresh().expect("just said");
    hands.pass(1);
    assert_eq!(lock.require_fresh().err(), Some(NotFresh::AskAgain));
    lock.still(fresh.open())
        .expect("it has been open ever since");
    lock.close(Why::Away);
    open_with_passphrase(&lock).expect("it is them");
    assert_eq!(
        lock.still(fresh.open()),
        Err(NotFresh::Closed),
        "closed in between"
    );
}

#[test]
fn ending_the_program_neither_opens_it_nor_gains_time() {
    let (lock, hands) = closed_lock();
    let before = remembered(&lock);
    let again = Lock::new(hands.clock());
    again.begin(BOTH, IDLE, before);
    assert_eq!(again.closed(), Some(Why::LastTime));

    let (lock, hands) = open_lock();
    hands.pass(60);
    lock.note_activity();
    let before = remembered(&lock);
    hands.pass(200);
    let again = Lock::new(hands.clock());
    again.begin(BOTH, IDLE, before);
    assert!(!again.is_closed(), "a quick restart");
    assert_eq!(again.require_fresh().err(), Some(NotFresh::AskAgain));
    hands.pass(101);
    let again = Lock::new(hands.clock());
    again.begin(BOTH, IDLE, before);
    assert!(again.is_closed());
    hands.set_wall(-10_000);
    let again = Lock::new(hands.clock());
    again.begin(BOTH, IDLE, before);
    assert!(again.is_closed(), "the clock was set back");
}

#[test]
fn wrong_passphrases_are_slowed_down_also_over_a_restart() {
    let (lock, hands) = closed_lock();
    let mut waits = Vec::new();
    for _ in 0..12 {
        let wait = lock.passphrase_wait().unwrap_or_default();
        waits.push(wait.as_secs());
        hands.set_wall(100_000);
        assert_eq!(
            lock.passphrase_wait().unwrap_or_default(),
            wait,
            "the wall clock gains nothing"
        );
        hands.set_wall(-100_000);
        if !wait.is_zero() {
            assert_eq!(
                lock.try_to_open(Way::Passphrase).err(),
                Some(NotNow::Wait(wait))
            );
            hands.pass(wait.as_secs());
        }
        let attempt = lock
            .try_to_open(Way::Passphrase)
            .expect("it was waited for");
        assert_eq!(attempt.failed(), StillClosed::NotProved);
    }
    assert_eq!(waits, [0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300]);
    let again = Lock::new(hands.clock());
    let before = remembered(&lock);
    again.begin(BOTH, IDLE, before);
    assert_eq!(again.passphrase_wait(), Some(Duration::from_secs(300)));
    hands.pass(300);
    open_with_passphrase(&again).expect("it is them");
    assert_eq!(again.passphrase_wait(), None);
}

/// Every way past it that somebody could think of, more than 200 times in all; a right one opens it in between.
#[tokio::test]
async fn there_is_no_way_past_it_in_two_hundred_tries() {
    let mut tries = 0;
    let mut past = 0;
    let mut count = |lock: &Lock| {
        tries += 1;
        past += u32::from(!lock.is_closed() || lock.require_fresh().is_ok());
    };
    for round in 0..20 {
        let (lock, hands) = closed_lock();
        for no in [
            Scripted::Says(Err(NotProved::Cancelled)),
            Scripted::Says(Err(NotProved::TimedOut)),
            Scripted::Says(Err(NotProved::Unavailable)),
            Scripted::Says(Err(NotProved::Refused)),
            Scripted::Says(Err(NotProved::Failed("anything".to_owned()))),
            Scripted::Dies,
            Scripted::Hangs,
        ] {
            ask_the_system(&lock, no).await.expect_err("not proved");
            count(&lock);
        }

        // The clock on the wall is set back and forth.
        for by in [-1_000_000, 2_000_000, -1_000_000] {
            hands.set_wall(by);
            count(&lock);
        }

        // Somebody moves the mouse.
        lock.note_activity();
        count(&lock);

        // A yes that was asked for before it closed once more.
        let attempt = lock.try_to_open(Way::System).expect("none is under way");
        lock.begin(BOTH, IDLE, remembered(&lock));
        assert_eq!(attempt.proved(), Err(StillClosed::ClosedMeanwhile));
        count(&lock);

        // A yes that comes when nobody waits for it any more.
        let attempt = lock.try_to_open(Way::System).expect("none is under way");
        hands.pass(151);
        assert_eq!(attempt.proved(), Err(StillClosed::TooLate));
        count(&lock);

        // A second try beside the first, and one that is let go of.
        let first = lock
            .try_to_open(Way::Passphrase)
            .expect("none is under way");
        assert_eq!(lock.try_to_open(Way::Passphrase).err(), Some(NotNow::Busy));
        drop(first);
        count(&lock);

        // Guessing, as fast as it goes.
        let mut wrong = 0;
        while let Ok(attempt) = lock.try_to_open(Way::Passphrase) {
            attempt.failed();
            wrong += 1;
            count(&lock);
        }
        assert_eq!(wrong, 3, "round {round}: the fourth has to wait");

        // No way to open it any more, as if what asks had been taken away; also while it is started again.
        lock.set_found(NOTHING);
        count(&lock);
        let without = Lock::new(hands.clock());
        without.begin(NOTHING, IDLE, remembered(&lock));
        count(&without);
        lock.set_found(BOTH);

        // Ending the program and starting it again.
        let again = Lock::new(hands.clock());
        count(&again);
        again.begin(BOTH, IDLE, remembered(&lock));
        count(&again);

        // A show that began while it was open, and goes on once it is closed and open again.
        ask_the_system(&again, Scripted::Says(Ok(())))
            .await
            .expect("it is them");
        let fresh = again.require_fresh().expect("just said");
        again.close(Why::Away);
        assert_eq!(again.still(fresh.open()), Err(NotFresh::Closed));
        count(&again);

        hands.pass(10);
        open_with_passphrase(&again).expect("it is them, and a right one opens it");
        assert!(again.require_fresh().is_ok());
    }
    println!("{tries} tries, {past} past the lock");
    assert_eq!(past, 0);
    assert!(tries >= 200, "{tries}");
}

/// A proof for something else while it is open does not open it once it has closed.
#[test]
fn an_answer_from_before_it_closed_does_not_open_it() {
    let (lock, _) = open_lock();
    let attempt = lock.try_to_open(Way::System).expect("none is under way");
    lock.close(Why::Away);
    assert_eq!(attempt.proved(), Err(StillClosed::ClosedMeanwhile));
    assert!(lock.is_closed());
}

#[test]
fn closed_while_something_else_is_being_opened_it_stays_closed() {
    let (lock, _) = open_lock();
    lock.close(Why::Away);
    let closing = |lock: &Lock| lock.closing().map(|(closing, _)| closing);
    let before = closing(&lock);
    lock.begin(BOTH, IDLE, None);
    assert_eq!(lock.closed(), Some(Why::Away));
    assert!(closing(&lock) > before, "what is open now is shut as well");
    lock.begin(NOTHING, IDLE, None);
    assert!(!lock.is_closed(), "nobody could open it again");
}
