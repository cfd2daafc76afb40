//! Where the stories are played: a made-up Twilio, a keychain in a file, records in a folder, and a clock that can be moved.

mod at_twilio;
mod creations;
mod keychain;
mod restarts;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use practice::{Practice, Settings};
use tempfile::TempDir;
use twilio::Hosts;
use vault::keychain::FileStore;
use vault::{Keychain, Namespace};
use workflows::{Check, Clock, Finding, News, SignInFields, WaitTimes, Workspace};

/// How long the bench's keychain may take to answer, on a machine that has other things to do.
const PATIENT: Duration = Duration::from_secs(30);

/// How far the bench's clocks are ahead of the computer's.
#[derive(Default)]
struct Moved {
    wall: SignedDuration,
    steady: Duration,
}

pub struct Bench {
    pub practice: Practice,
    pub workspace: Arc<Workspace>,
    folder: TempDir,
    moved: Arc<Mutex<Moved>>,
}

impl Bench {
    /// Connected, with this many subaccounts.
    pub async fn with_subaccounts(subaccounts: usize) -> Self {
        let bench = Self::unconnected(Settings {
            subaccounts,
            ..Settings::default()
        })
        .await;
        bench.connect().await;
        bench
    }

    pub async fn unconnected(settings: Settings) -> Self {
        let practice = Practice::start(settings)
            .await
            .expect("the made-up Twilio starts");
        let folder = tempfile::tempdir().expect("a folder");
        let moved = Arc::new(Mutex::new(Moved::default()));
        let workspace = open(&practice.base_url(), &folder, &moved, PATIENT).await;
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }

    /// The parent's own values, as they are typed.
    pub fn sign_in_fields(&self) -> SignInFields {
        let parent = self.practice.parent();
        SignInFields {
            account_sid: parent.account_sid,
            auth_token: parent.auth_token,
        }
    }

    pub async fn connect(&self) {
        self.workspace
            .connect(self.sign_in_fields())
            .await
            .expect("the parent's own values connect");
        self.practice.forget_requests();
    }

    /// Time passes.
    pub fn later(&self, by: SignedDuration) {
        let mut moved = self.moved();
        moved.wall += by;
        moved.steady += Duration::try_from(by).expect("time does not run backwards");
    }

    /// The time of day is set, and no time passes.
    pub fn set_clock_ahead(&self, by: SignedDuration) {
        self.moved().wall += by;
    }

    fn moved(&self) -> std::sync::MutexGuard<'_, Moved> {
        self.moved
            .lock()
            .expect("no test panics while moving the clock")
    }

    /// What trying out the computer finds, in the order in which it is found.
    pub async fn findings(&self) -> Vec<Finding> {
        let (_, findings) = tried_out(&self.workspace).await;
        findings
    }
}

/// Tries out the computer: what was told to begin, and what was found.
pub async fn tried_out(workspace: &Arc<Workspace>) -> (Vec<Check>, Vec<Finding>) {
    let began = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&began);
    let checking = workspace.check_computer().told_to(move |news| {
        let News::Check(event) = news else { return };
        let mut began = hears.lock().expect("news are told one by one");
        if event.finding.is_some() {
            assert!(began.contains(&event.check), "it began before it ended");
        } else {
            began.push(event.check);
        }
    });
    let findings = checking.await.expect("everything is tried");
    let began = began.lock().expect("news are told one by one").clone();
    (began, findings)
}

async fn open(
    base_url: &str,
    folder: &TempDir,
    moved: &Arc<Mutex<Moved>>,
    deadline: Duration,
) -> Arc<Workspace> {
    let (workspace, notice) = open_told(base_url, folder, moved, deadline).await;
    assert_eq!(notice, None);
    workspace
}

async fn open_told(
    base_url: &str,
    folder: &TempDir,
    moved: &Arc<Mutex<Moved>>,
    deadline: Duration,
) -> (Arc<Workspace>, Option<vault::OpenNotice>) {
    let store = FileStore::open(folder.path().join("keychain.json"));
    let keychain =
        Keychain::with_store(store, Namespace::custom("Stories")).with_deadline(deadline);
    let hosts = Hosts::loopback(base_url).expect("a loopback address");
    let (workspace, notice) = Workspace::open(&folder.path().join("records"), keychain, hosts)
        .await
        .expect("the records open");
    let (wall, steady) = (Arc::clone(moved), Arc::clone(moved));
    let begun = Instant::now();
    let clock = Clock::told_by(
        move || {
            let moved = wall.lock().expect("no test panics while moving the clock");
            Timestamp::now() + moved.wall
        },
        move || {
            let moved = steady
                .lock()
                .expect("no test panics while moving the clock");
            begun.elapsed() + moved.steady
        },
    );
    let wait_times = WaitTimes {
        prove: Duration::from_millis(400),
        known: Duration::from_secs(20),
        prove_pause: Duration::from_millis(20),
        first_look: Duration::from_millis(10),
        ..WaitTimes::default()
    };
    (
        Arc::new(workspace.with_clock(clock).with_wait_times(wait_times)),
        notice,
    )
}
