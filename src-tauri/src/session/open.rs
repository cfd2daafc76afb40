//! What is worked on, and how it is opened: the real account, or the made-up one of practice mode.

use std::path::PathBuf;
use std::sync::Arc;

use practice::{Practice, Settings};
use twilio::Hosts;
use vault::keychain::Unanswered;
use vault::{Keychain, Namespace, OpenNotice, RecordsError};
use workflows::{SignInFields, Workspace};

use super::error::OpenError;
use crate::folders::Folders;
use crate::start::Options;

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

pub(super) async fn open_real(
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

pub(super) async fn open_practice(
    folders: &Folders,
    unanswered: &Unanswered,
) -> Result<Open, OpenError> {
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
    let workspace = Arc::new(workspace.of_practice_mode());
    if matches!(workspace.records().connection().await, Ok(None)) {
        let parent = practice.parent();
        let fields = SignInFields {
            account_sid: parent.account_sid.clone(),
            auth_token: parent.auth_token.clone(),
        };
        workspace.connect(fields).await?;
    }
    Ok(Open {
        workspace,
        folder,
        notice,
        practice: Some(practice),
    })
}
