//! Holds what is open, and opens something else instead.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;
use vault::keychain::Unanswered;
use workflows::Workspace;

use super::error::{OpenError, open_failure};
use super::open::{Open, open_practice, open_real};
use crate::folders::Folders;
use crate::lock::LockController;
use crate::start::Options;
use crate::wire::{Failure, FailureKind};

/// Holds what is open, and opens something else.
pub struct AppSession {
    folders: Folders,
    options: Options,
    controller: Arc<LockController>,
    state: watch::Sender<OpenState>,
    unanswered: Unanswered,
}

/// How far opening is.
#[derive(Clone)]
enum OpenState {
    Opening,
    Open(Arc<Open>),
    Failed(Failure),
}

impl AppSession {
    /// Nothing is open yet; the window need not wait for it.
    pub fn new(folders: Folders, options: Options, controller: Arc<LockController>) -> Self {
        Self {
            folders,
            options,
            controller,
            state: watch::Sender::new(OpenState::Opening),
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
            self.controller.begin(&open.workspace, None).await;
        }
        self.state.send_replace(match opened {
            Ok(open) => OpenState::Open(Arc::new(open)),
            Err(error) => OpenState::Failed(open_failure(error)),
        });
    }

    /// Tries again to open what could not be opened.
    pub async fn open_again_after_failure(&self) {
        let failed = matches!(*self.state.borrow(), OpenState::Failed(_));
        if failed {
            self.state.send_replace(OpenState::Opening);
            self.open_first().await;
        }
    }

    /// What is open, once it is.
    pub async fn open(&self) -> Result<Arc<Open>, Failure> {
        let mut state = self.state.subscribe();
        let settled = state
            .wait_for(|state| !matches!(state, OpenState::Opening))
            .await;
        match settled.as_deref() {
            Ok(OpenState::Open(open)) => Ok(Arc::clone(open)),
            Ok(OpenState::Failed(failure)) => Err(failure.clone()),
            // The sender lives as long as `self`.
            Ok(OpenState::Opening) | Err(_) => Err(Failure::of(FailureKind::Internal)),
        }
    }

    /// The workspace of what is open, once it is.
    pub async fn workspace(&self) -> Result<Arc<Workspace>, Failure> {
        Ok(Arc::clone(&self.open().await?.workspace))
    }

    /// The workspace of what is open now. Waits for nothing.
    pub fn workspace_now(&self) -> Option<Arc<Workspace>> {
        match &*self.state.borrow() {
            OpenState::Open(open) => Some(Arc::clone(&open.workspace)),
            OpenState::Opening | OpenState::Failed(_) => None,
        }
    }

    /// The folder in which the files of both accounts are.
    pub fn base_folder(&self) -> &Path {
        self.folders.base()
    }

    /// Whether practice mode is what is open, or is being opened first.
    pub fn is_practice_now(&self) -> bool {
        match &*self.state.borrow() {
            OpenState::Open(open) => open.is_practice(),
            OpenState::Opening | OpenState::Failed(_) => self.options.practice,
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

    /// Waits until something else is open than this workspace; without one, until opening has come further.
    pub async fn changed_since(&self, workspace: Option<&Workspace>) {
        let mut state = self.state.subscribe();
        let Some(workspace) = workspace else {
            // The sender lives as long as `self`, so waiting ends only by a change.
            let _ = state.changed().await;
            return;
        };
        let is_other = |state: &OpenState| match state {
            OpenState::Open(open) => !std::ptr::eq(open.workspace.as_ref(), workspace),
            OpenState::Opening | OpenState::Failed(_) => true,
        };
        let _ = state.wait_for(is_other).await;
    }

    /// A secret that is in memory alone would be gone with its workspace.
    fn may_be_left(&self) -> Result<(), OpenError> {
        match self.workspace_now() {
            Some(workspace) if workspace.is_busy_with_secrets() => Err(OpenError::Busy),
            _ => Ok(()),
        }
    }

    async fn replace(&self, open: Open) -> Result<(), OpenError> {
        let left = self.workspace_now();
        if left.as_ref().is_some_and(|workspace| !workspace.leave()) {
            return Err(OpenError::Busy);
        }
        let parting = self.controller.parting();
        let to_practice = open.is_practice();
        let back = if to_practice {
            None
        } else {
            self.controller.left_open()
        };
        self.controller.begin(&open.workspace, back).await;
        self.state.send_replace(OpenState::Open(Arc::new(open)));
        if let (Some(left), true) = (left, to_practice) {
            self.controller.leave(&left, parting).await;
        }
        Ok(())
    }
}
