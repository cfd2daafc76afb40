//! Where the stories are played: a made-up Twilio, a keychain in a file, records in a folder, and a clock that can be moved.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use practice::{AccountState, Practice, Settings};
use tempfile::TempDir;
use terms::{AccountSid, KeySid};
use twilio::Hosts;
use vault::keychain::FileStore;
use vault::keychain::file_store::Script;
use vault::{Keychain, Namespace};
use workflows::view::Preview;
use workflows::{
    Check, Clock, Failure, Finding, KeyName, News, Order, ReadyKey, SignInFields, Step, StepState,
    SubaccountName, WaitTimes, Workspace,
};

/// How long the bench's keychain may take to answer, on a machine that has other things to do.
const PATIENT: Duration = Duration::from_secs(30);
/// A public key whose private half nobody here has: the one in age's own documents.
const STRANGER: &str = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
/// For a keychain that is to hang.
const IMPATIENT: Duration = Duration::from_secs(3);

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

    /// What a new subaccount of this name would be.
    pub async fn previewed(&self, name: &SubaccountName) -> Preview {
        let order = Order::CreateSubaccount {
            name: name.as_str().to_owned(),
            key_name: String::new(),
            agreed: Vec::new(),
        };
        let service = workflows::service("dicksonone");
        let checked = self.workspace.check(&[order], service).await;
        let mut previews = checked.expect("the records can be read");
        previews.pop().flatten().expect("it names something")
    }

    pub async fn connect(&self) {
        self.workspace
            .connect(self.sign_in_fields())
            .await
            .expect("the parent's own values connect");
        self.practice.forget_requests();
    }

    /// Ends the program and starts it again on the same files.
    pub async fn restart(self) -> Self {
        self.restart_waiting(PATIENT).await
    }

    /// The same, with a keychain that is soon given up on.
    pub async fn restart_impatient(self) -> Self {
        self.restart_waiting(IMPATIENT).await
    }

    /// Starts again on the same files, with Twilio somewhere else.
    pub async fn restart_at(self, base_url: &str) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let workspace = open(base_url, &folder, &moved, PATIENT).await;
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }

    /// Ends the program, lets somebody else have the records' file, and starts again.
    pub async fn restart_after(self, meddle: impl FnOnce(&std::path::Path)) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let records = folder.path().join("records");
        let lock = std::fs::File::options()
            .write(true)
            .open(records.join("records.lock"))
            .expect("the records were open");
        while lock.try_lock().is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        meddle(&records.join("records.db"));
        drop(lock);
        let workspace = open(&practice.base_url(), &folder, &moved, PATIENT).await;
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }

    /// Starts again after something else has overwritten the records' file.
    pub async fn restart_with_broken_records(self) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let file = folder.path().join("records").join("records.db");
        for companion in ["", "-wal"] {
            let file = file.with_file_name(format!("records.db{companion}"));
            std::fs::write(
                file,
                "something else, and long enough to be read ".repeat(20),
            )
            .expect("the file can be written");
        }
        let (workspace, notice) = open_told(&practice.base_url(), &folder, &moved, PATIENT).await;
        assert!(
            matches!(notice, Some(vault::OpenNotice::StartedEmpty { .. })),
            "{notice:?}"
        );
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
    }

    /// Starts again where the records may have something to say.
    pub async fn restart_told(self) -> (Self, Option<vault::OpenNotice>) {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let (workspace, notice) = open_told(&practice.base_url(), &folder, &moved, PATIENT).await;
        let bench = Self {
            practice,
            workspace,
            folder,
            moved,
        };
        (bench, notice)
    }

    async fn restart_waiting(self, deadline: Duration) -> Self {
        let Self {
            practice,
            workspace,
            folder,
            moved,
        } = self;
        drop(workspace);
        let workspace = open(&practice.base_url(), &folder, &moved, deadline).await;
        Self {
            practice,
            workspace,
            folder,
            moved,
        }
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

    pub fn keychain_file(&self) -> PathBuf {
        self.folder.path().join("keychain.json")
    }

    /// What the keychain does from now on.
    pub fn direct_keychain(&self, script: &Script) {
        FileStore::direct(&self.keychain_file(), script).expect("the script can be written");
    }

    /// Another program gives the keychain's item of one key the content of another's.
    pub fn meddle_with(&self, key: &KeySid, other: &KeySid) {
        let name = |key: &KeySid| self.item_named(&format!("API Secret {key}"));
        FileStore::open(self.keychain_file())
            .overwrite_with("Stories", &name(key), &name(other))
            .expect("both items are there");
    }

    /// A key's sealed copy is replaced by one that nothing here opens.
    pub async fn spoil_sealed_copy(&self, key: &KeySid) {
        let records = self.workspace.records();
        let id = key.clone();
        let copy = records.sealed_copy(id.clone()).await;
        let copy = copy.expect("the records can be read").expect("a copy");
        let stranger = vault::Sealer::from_recipient(STRANGER).expect("a recipient");
        let secret = terms::Secret::new("invented".to_owned()).expect("a secret");
        let spoilt = stranger
            .seal(&secret, copy.account(), &id)
            .expect("it is sealed");
        records
            .replace_sealed_copy(spoilt, Timestamp::now())
            .await
            .expect("the records can be written");
    }

    /// An item's whole name, with what tells this data folder's from another's.
    pub fn item_named(&self, name: &str) -> String {
        format!("{name} ({})", self.workspace.records().vault_id())
    }

    /// The names of the items in the keychain.
    pub fn keychain_items(&self) -> Vec<String> {
        let names = FileStore::open(self.keychain_file())
            .names()
            .expect("the keychain's file can be read");
        names.into_iter().map(|(_, user)| user).collect()
    }

    /// What trying out the computer finds, in the order in which it is found.
    pub async fn findings(&self) -> Vec<Finding> {
        let (_, findings) = tried_out(&self.workspace).await;
        findings
    }

    pub async fn create_subaccount(&self, name: &str) -> Result<ReadyKey, Failure> {
        self.create_subaccount_watched(name).await.0
    }

    /// Creates, and tells which steps were told.
    pub async fn create_subaccount_watched(
        &self,
        name: &str,
    ) -> (Result<ReadyKey, Failure>, Vec<(Step, StepState)>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&told);
        let name = SubaccountName::parse(name).expect("a usable name");
        let key_name = KeyName::for_service(name.as_str(), "DicksonOne");
        let made = self
            .workspace
            .create_subaccount(&name, &key_name, &[])
            .told_to(move |news| {
                if let News::Step { step, state } = news {
                    let mut told = hears.lock().expect("steps are told one by one");
                    told.push((*step, *state));
                }
            })
            .await;
        let told = told.lock().expect("steps are told one by one").clone();
        (made, told)
    }

    pub async fn create_key(&self, account: &AccountSid, name: &str) -> Result<ReadyKey, Failure> {
        let name = KeyName::parse(name).expect("a usable name");
        self.workspace.create_key(account, &name).await
    }

    /// An active subaccount that the made-up Twilio began with.
    pub fn some_subaccount(&self) -> AccountSid {
        let state = self.practice.state();
        let active = state
            .accounts
            .iter()
            .filter(|account| account.sid != self.practice.parent().account_sid)
            .find(|account| account.status == practice::Status::Active)
            .expect("some subaccount is active");
        active
            .sid
            .parse()
            .expect("practice makes real-looking SIDs")
    }

    pub fn accounts_named(&self, name: &str) -> Vec<AccountState> {
        self.practice
            .state()
            .accounts_named(name)
            .into_iter()
            .cloned()
            .collect()
    }

    /// The names of a subaccount's keys at Twilio.
    pub fn key_names(&self, account: &AccountSid) -> Vec<String> {
        let state = self.practice.state();
        let account = state
            .account(account.as_str())
            .expect("the subaccount exists");
        account
            .keys
            .iter()
            .map(|key| key.friendly_name.clone().unwrap_or_default())
            .collect()
    }

    /// Whether the secret that is saved for this key is the one Twilio knows.
    pub async fn saved_secret_works(&self, key: &KeySid) -> bool {
        match self.workspace.secret_of(key).await {
            Ok(secret) => self.practice.signs_in(key.as_str(), secret.expose()),
            Err(_) => false,
        }
    }

    /// The parent's own client, used by somebody else.
    pub fn elsewhere(&self) -> twilio::Client {
        let parent = self.practice.parent();
        let credentials = twilio::Credentials::AuthToken {
            account: parent.account_sid.parse().expect("a SID"),
            token: terms::Secret::new(parent.auth_token).expect("a storable secret"),
        };
        let hosts = Hosts::loopback(&self.practice.base_url()).expect("a loopback address");
        twilio::Client::new(hosts, credentials).expect("a client")
    }

    /// How many requests of this method went to a path with this ending.
    pub fn requests(&self, method: &str, path_ending: &str) -> usize {
        let sent = self.practice.requests();
        sent.iter()
            .filter(|request| request.method == method && request.path.ends_with(path_ending))
            .count()
    }

    pub async fn open_entries(&self) -> usize {
        self.workspace
            .unfinished()
            .await
            .expect("the records can be read")
            .len()
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
