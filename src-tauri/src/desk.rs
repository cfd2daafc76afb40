//! What the window works on: the real account, or the made-up one of practice mode.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use practice::{Practice, Settings};
use thiserror::Error;
use tokio::sync::watch;
use twilio::{Hosts, HostsError};
use vault::keychain::Unanswered;
use vault::{Keychain, Namespace, OpenNotice, RecordsError};
use workflows::{ConnectError, SignInFields, StopRefresh, Workspace};

use crate::folders::Folders;
use crate::lock::Keeper;
use crate::shown::{of_kind, open_failure};
use crate::start::Options;
use crate::wire::{Failure, FailureKind};

/// Practice mode has so many made-up subaccounts.
const PRACTICE_SUBACCOUNTS: usize = 148;

/// A refresh that is stopped ends within this time.
const ENDED_WITHIN: Duration = Duration::from_secs(2);

/// The one thing that is open.
pub struct Open {
    pub workspace: Arc<Workspace>,
    pub folder: PathBuf,
    /// What was done about records that could not be opened as they were.
    pub notice: Option<OpenNotice>,
    /// The made-up Twilio, which ends with this.
    practice: Option<Practice>,
}

impl Open {
    pub fn is_practice(&self) -> bool {
        self.practice.is_some()
    }
}

/// Why nothing could be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error(transparent)]
    Records(#[from] RecordsError),
    #[error(transparent)]
    Hosts(#[from] HostsError),
    #[error("the made-up Twilio did not start: {0}")]
    Practice(#[from] practice::StartError),
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("something is still being created")]
    Busy,
}

/// Holds what is open, and opens something else.
pub struct Desk {
    folders: Folders,
    options: Options,
    keeper: Arc<Keeper>,
    standing: watch::Sender<Standing>,
    refresh: Mutex<Option<StopRefresh>>,
    unanswered: Unanswered,
}

/// How far opening is.
#[derive(Clone)]
enum Standing {
    Opening,
    Open(Arc<Open>),
    Failed(Failure),
}

impl Desk {
    /// Nothing is open yet; the window need not wait for it.
    pub fn new(folders: Folders, options: Options, keeper: Arc<Keeper>) -> Self {
        Self {
            folders,
            options,
            keeper,
            standing: watch::Sender::new(Standing::Opening),
            refresh: Mutex::new(None),
            unanswered: Unanswered::new(),
        }
    }

    /// The calls that no keychain has answered for a while, whatever is open or being opened.
    pub fn unanswered(&self) -> &Unanswered {
        &self.unanswered
    }

    /// Opens what the command line asks for.
    pub async fn open_first(&self) {
        let opened = if self.options.practice {
            open_practice(&self.folders, &self.unanswered).await
        } else {
            open_real(&self.folders, &self.options, &self.unanswered).await
        };
        if let Ok(open) = &opened {
            self.keeper.begin(&open.workspace, None).await;
        }
        self.standing.send_replace(match opened {
            Ok(open) => Standing::Open(Arc::new(open)),
            Err(error) => Standing::Failed(open_failure(error)),
        });
    }

    /// Tries again to open what could not be opened.
    pub async fn open_again_after_failure(&self) {
        let failed = matches!(*self.standing.borrow(), Standing::Failed(_));
        if failed {
            self.standing.send_replace(Standing::Opening);
            self.open_first().await;
        }
    }

    /// What is open, once it is.
    pub async fn open(&self) -> Result<Arc<Open>, Failure> {
        let mut standing = self.standing.subscribe();
        let settled = standing
            .wait_for(|standing| !matches!(standing, Standing::Opening))
            .await;
        match settled.as_deref() {
            Ok(Standing::Open(open)) => Ok(Arc::clone(open)),
            Ok(Standing::Failed(failure)) => Err(failure.clone()),
            // The sender lives as long as `self`.
            Ok(Standing::Opening) | Err(_) => Err(of_kind(FailureKind::Internal)),
        }
    }

    /// The workspace of what is open, once it is.
    pub async fn workspace(&self) -> Result<Arc<Workspace>, Failure> {
        Ok(Arc::clone(&self.open().await?.workspace))
    }

    /// The workspace of what is open now. Waits for nothing.
    pub fn workspace_now(&self) -> Option<Arc<Workspace>> {
        match &*self.standing.borrow() {
            Standing::Open(open) => Some(Arc::clone(&open.workspace)),
            Standing::Opening | Standing::Failed(_) => None,
        }
    }

    /// The folder in which the files of both accounts are.
    pub fn base_folder(&self) -> &Path {
        self.folders.base()
    }

    /// Whether practice mode is what is open, or is being opened first.
    pub fn is_practice_now(&self) -> bool {
        match &*self.standing.borrow() {
            Standing::Open(open) => open.is_practice(),
            Standing::Opening | Standing::Failed(_) => self.options.practice,
        }
    }

    /// Whether this workspace is what is open now.
    pub fn has_open(&self, workspace: &Workspace) -> bool {
        self.workspace_now()
            .is_some_and(|open| std::ptr::eq(open.as_ref(), workspace))
    }

    /// Opens practice mode instead of what is open.
    pub async fn enter_practice(&self) -> Result<(), OpenError> {
        self.may_be_left()?;
        self.replace(open_practice(&self.folders, &self.unanswered).await?)
            .await
    }

    /// Opens the real account instead of practice mode.
    pub async fn leave_practice(&self) -> Result<(), OpenError> {
        self.may_be_left()?;
        self.replace(open_real(&self.folders, &self.options, &self.unanswered).await?)
            .await
    }

    /// Marks that a refresh begins; `None` while another one runs.
    pub fn begin_refresh(&self) -> Option<RefreshUnderWay<'_>> {
        let mut refresh = self.refresh.lock().unwrap_or_else(PoisonError::into_inner);
        if refresh.is_some() {
            return None;
        }
        let stop = StopRefresh::new();
        *refresh = Some(stop.clone());
        Some(RefreshUnderWay { desk: self, stop })
    }

    /// Stops the refresh that is running, if one is.
    pub fn stop_refresh(&self) {
        let refresh = self.refresh.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stop) = &*refresh {
            stop.stop();
        }
    }

    /// Stops it, waits until it has ended, and lets none begin until what this gives is dropped: a refresh would write what it reads
    /// of one account among what is kept of another. `None` where it does not end.
    pub async fn without_refresh(&self) -> Option<RefreshUnderWay<'_>> {
        let give_up_at = Instant::now() + ENDED_WITHIN;
        self.stop_refresh();
        loop {
            let instead = self.begin_refresh();
            if instead.is_some() || Instant::now() > give_up_at {
                return instead;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// A secret that is in memory alone would be gone with its workspace.
    fn may_be_left(&self) -> Result<(), OpenError> {
        match self.workspace_now() {
            Some(workspace) if workspace.is_busy_with_secrets() => Err(OpenError::Busy),
            _ => Ok(()),
        }
    }

    async fn replace(&self, open: Open) -> Result<(), OpenError> {
        let _no_refresh = self.without_refresh().await.ok_or(OpenError::Busy)?;
        let left = self.workspace_now();
        if left.as_ref().is_some_and(|workspace| !workspace.leave()) {
            return Err(OpenError::Busy);
        }
        let parting = self.keeper.parting();
        let to_practice = open.is_practice();
        let back = if to_practice {
            None
        } else {
            self.keeper.left_open()
        };
        self.keeper.begin(&open.workspace, back).await;
        self.standing.send_replace(Standing::Open(Arc::new(open)));
        if let (Some(left), true) = (left, to_practice) {
            self.keeper.leave(&left, parting).await;
        }
        Ok(())
    }
}

/// A refresh that runs until this is dropped.
pub struct RefreshUnderWay<'a> {
    desk: &'a Desk,
    pub stop: StopRefresh,
}

impl Drop for RefreshUnderWay<'_> {
    fn drop(&mut self) {
        *self
            .desk
            .refresh
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
    }
}

async fn open_real(
    folders: &Folders,
    options: &Options,
    unanswered: &Unanswered,
) -> Result<Open, OpenError> {
    folders.prepare()?;
    let folder = folders.real();
    let hosts = match &options.twilio {
        Some(base) => Hosts::loopback(base)?,
        None => Hosts::twilio(),
    };
    let keychain = Keychain::native(Namespace::real()).counted_in(unanswered);
    let (opened, _) = tokio::join!(
        Workspace::open(&folder, keychain, hosts),
        Keychain::find_name()
    );
    let (workspace, notice) = opened?;
    Ok(Open {
        workspace: Arc::new(workspace),
        folder,
        notice,
        practice: None,
    })
}

async fn open_practice(folders: &Folders, unanswered: &Unanswered) -> Result<Open, OpenError> {
    folders.prepare()?;
    let folder = folders.practice();
    vault::private::folder(&folder).map_err(RecordsError::from)?;
    let settings = Settings {
        subaccounts: PRACTICE_SUBACCOUNTS,
        state_file: Some(folder.join("made-up-twilio.json")),
        ..Settings::default()
    };
    let practice = Practice::start(settings).await?;
    let hosts = Hosts::loopback(&practice.base_url())?;
    let keychain = Keychain::native(Namespace::practice()).counted_in(unanswered);
    let (workspace, notice) = Workspace::open(&folder, keychain, hosts).await?;
    let workspace = workspace.of_practice_mode();
    if matches!(workspace.records().connection().await, Ok(None)) {
        let parent = practice.parent();
        let fields = SignInFields {
            account_sid: parent.account_sid.clone(),
            auth_token: parent.auth_token.clone(),
        };
        workspace.connect(fields).await?;
    }
    Ok(Open {
        workspace: Arc::new(workspace),
        folder,
        notice,
        practice: Some(practice),
    })
}
