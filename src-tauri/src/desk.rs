//! What the window works on: the real account, or the made-up one of practice mode.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use practice::{Practice, Settings};
use thiserror::Error;
use twilio::{Hosts, HostsError};
use vault::{Keychain, Namespace, OpenNotice, RecordsError};
use workflows::{ConnectError, SignInFields, StopRefresh, Workspace};

use crate::folders::Folders;
use crate::options::Options;

/// Practice mode has so many made-up subaccounts.
const PRACTICE_SUBACCOUNTS: usize = 148;

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
    #[error("the data folder: {0}")]
    Folder(#[from] std::io::Error),
    #[error(transparent)]
    Hosts(#[from] HostsError),
    #[error("the made-up Twilio did not start: {0}")]
    Practice(#[from] practice::StartError),
    #[error(transparent)]
    Connect(#[from] ConnectError),
}

/// Holds what is open, and opens something else.
pub struct Desk {
    folders: Folders,
    options: Options,
    open: RwLock<Arc<Open>>,
    stop: Mutex<Option<StopRefresh>>,
}

impl Desk {
    /// Opens what the command line asks for.
    pub async fn new(folders: Folders, options: Options) -> Result<Self, OpenError> {
        let open = if options.practice {
            open_practice(&folders).await?
        } else {
            open_real(&folders, &options).await?
        };
        Ok(Self {
            folders,
            options,
            open: RwLock::new(Arc::new(open)),
            stop: Mutex::new(None),
        })
    }

    /// What is open now.
    pub fn open(&self) -> Arc<Open> {
        Arc::clone(&self.open.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn workspace(&self) -> Arc<Workspace> {
        Arc::clone(&self.open().workspace)
    }

    /// Opens practice mode instead of what is open.
    pub async fn enter_practice(&self) -> Result<(), OpenError> {
        let open = open_practice(&self.folders).await?;
        self.replace(open);
        Ok(())
    }

    /// Opens the real account instead of practice mode.
    pub async fn leave_practice(&self) -> Result<(), OpenError> {
        let open = open_real(&self.folders, &self.options).await?;
        self.replace(open);
        Ok(())
    }

    /// A stop for a refresh that is about to begin.
    pub fn new_stop(&self) -> StopRefresh {
        let stop = StopRefresh::new();
        *self.stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(stop.clone());
        stop
    }

    /// Stops the refresh that is running, if one is.
    pub fn stop_refresh(&self) {
        if let Some(stop) = self
            .stop
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
        {
            stop.stop();
        }
    }

    fn replace(&self, open: Open) {
        self.stop_refresh();
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(open);
    }
}

async fn open_real(folders: &Folders, options: &Options) -> Result<Open, OpenError> {
    let folder = folders.real();
    std::fs::create_dir_all(&folder)?;
    let hosts = match &options.twilio {
        Some(base) => Hosts::loopback(base)?,
        None => Hosts::twilio(),
    };
    let (workspace, notice) =
        Workspace::open(&folder, Keychain::native(Namespace::real()), hosts).await?;
    Ok(Open {
        workspace: Arc::new(workspace),
        folder,
        notice,
        practice: None,
    })
}

async fn open_practice(folders: &Folders) -> Result<Open, OpenError> {
    let folder = folders.practice();
    std::fs::create_dir_all(&folder)?;
    let settings = Settings {
        subaccounts: PRACTICE_SUBACCOUNTS,
        state_file: Some(folder.join("made-up-twilio.json")),
        ..Settings::default()
    };
    let practice = Practice::start(settings).await?;
    let hosts = Hosts::loopback(&practice.base_url())?;
    let (workspace, notice) =
        Workspace::open(&folder, Keychain::native(Namespace::practice()), hosts).await?;
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
