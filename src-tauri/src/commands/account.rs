//! Connecting and disconnecting the parent account.

use std::sync::Arc;

use guard::lock::Fresh;
use tauri::{AppHandle, State};
use terms::trim_pasted;
use tokio::sync::watch;
use workflows::{ConnectError, SignInFields};

use crate::events;
use crate::lock::LockController;
use crate::look_after::look_after_soon;
use crate::session::{AppSession, RefreshUnderWay};
use crate::wire::{Connection, Failure, FailureKind};

/// Which sign-in is wanted. A cancelled one keeps nothing, whatever Twilio answers it; one that is being kept is not cancelled.
#[derive(Default)]
pub struct Connecting(watch::Sender<SignIns>);

#[derive(Default)]
struct SignIns {
    /// Counts the sign-ins that were begun or cancelled: the last one begun is wanted while nothing was counted after it.
    count: u64,
    keeping: bool,
}

/// A sign-in from its beginning to its end.
struct SignIn<'a> {
    connecting: &'a Connecting,
    number: u64,
}

impl Connecting {
    /// Begins a sign-in, which ends an earlier one that is not kept yet; `None` while one is being kept.
    fn begin(&self) -> Option<SignIn<'_>> {
        let mut number = None;
        self.0.send_if_modified(|sign_ins| {
            number = sign_ins.count_one();
            number.is_some()
        });
        number.map(|number| SignIn {
            connecting: self,
            number,
        })
    }

    fn cancel(&self) {
        self.0
            .send_if_modified(|sign_ins| sign_ins.count_one().is_some());
    }
}

impl SignIns {
    /// `None`, and nothing is counted, while one is being kept.
    fn count_one(&mut self) -> Option<u64> {
        self.count += u64::from(!self.keeping);
        (!self.keeping).then_some(self.count)
    }
}

impl SignIn<'_> {
    /// Whether it may be kept, which from then on it is.
    fn may_be_kept(&self) -> bool {
        self.connecting.0.send_if_modified(|sign_ins| {
            let wanted = sign_ins.count == self.number;
            sign_ins.keeping |= wanted;
            wanted
        })
    }

    /// Waits until it is not wanted any more, which one that is being kept always is.
    async fn given_up(&self) {
        let mut watching = self.connecting.0.subscribe();
        // The sender lives as long as `self`, so waiting ends only by coming to it.
        let _ = watching
            .wait_for(|sign_ins| sign_ins.count != self.number)
            .await;
    }
}

impl Drop for SignIn<'_> {
    fn drop(&mut self) {
        self.connecting.0.send_if_modified(|sign_ins| {
            let was_wanted = sign_ins.count == self.number;
            sign_ins.keeping &= !was_wanted;
            was_wanted
        });
    }
}

/// Checks the pair with Twilio, then keeps it, unless that was cancelled meanwhile.
#[tauri::command]
#[specta::specta]
pub async fn connect(
    app: AppHandle,
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    connecting: State<'_, Connecting>,
    account_sid: String,
    auth_token: String,
) -> Result<Connection, Failure> {
    let workspace = session.workspace().await?;
    let allowed = match workspace.owners_account().await? {
        // Whoever knows the token of the account that is connected may unlock: another takes its place for who they are only.
        Some(owners) if owners.as_str() != trim_pasted(&account_sid) => {
            Some(controller.require_fresh()?)
        }
        _ => None,
    };
    let sign_in = connecting
        .begin()
        .ok_or_else(|| Failure::of(FailureKind::AlreadyRunning))?;
    let _no_refresh = without_refresh(&session).await?;
    let fields = SignInFields {
        account_sid,
        auth_token,
    };
    let wanted = || {
        let is_still = |allowed: &Fresh| controller.still_fresh(allowed).is_ok();
        allowed.as_ref().is_none_or(is_still) && sign_in.may_be_kept()
    };
    // A Twilio that does not answer keeps the next sign-in waiting no longer than this one is wanted.
    let connected = tokio::select! {
        biased;
        () = sign_in.given_up() => Err(ConnectError::Cancelled),
        connected = workspace.connect_if(fields, &wanted) => connected,
    };
    let connection = connected?;
    // Something else may have been opened meanwhile, which this says nothing of.
    if session.has_open(&workspace) {
        controller.look_for_ways(&workspace).await;
    }
    look_after_soon(&app);
    Ok(connection.into())
}

/// Gives up a sign-in that Twilio has not answered yet. One that is being kept already goes on to its end.
#[tauri::command]
#[specta::specta]
pub fn cancel_connect(connecting: State<'_, Connecting>) {
    connecting.cancel();
}

/// Forgets the account and takes its Auth Token out of the keychain.
#[tauri::command]
#[specta::specta]
pub async fn disconnect(app: AppHandle, session: State<'_, AppSession>) -> Result<(), Failure> {
    let _no_refresh = without_refresh(&session).await?;
    let workspace = session.workspace().await?;
    workspace.disconnect().await?;
    events::connection_changed(&app, &workspace).await;
    Ok(())
}

async fn without_refresh(session: &AppSession) -> Result<RefreshUnderWay<'_>, Failure> {
    let no_refresh = session.without_refresh().await;
    no_refresh.ok_or_else(|| Failure::of(FailureKind::AlreadyRunning))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_that_was_cancelled_may_not_be_kept() {
        let connecting = Connecting::default();
        let sign_in = connecting.begin().expect("none is being kept");
        connecting.cancel();
        assert!(!sign_in.may_be_kept());
    }

    #[tokio::test]
    async fn one_that_is_cancelled_is_given_up_at_once_and_one_that_is_being_kept_is_not() {
        let connecting = Connecting::default();
        let first = connecting.begin().expect("none is being kept");
        connecting.cancel();
        first.given_up().await;
        let second = connecting.begin().expect("none is being kept");
        assert!(second.may_be_kept());
        connecting.cancel();
        let mut given_up = std::pin::pin!(second.given_up());
        let polled = std::future::poll_fn(|context| {
            std::task::Poll::Ready(given_up.as_mut().poll(context).is_ready())
        });
        assert!(!polled.await);
    }

    #[test]
    fn of_two_sign_ins_only_the_later_may_be_kept() {
        let connecting = Connecting::default();
        let first = connecting.begin().expect("none is being kept");
        connecting.cancel();
        let second = connecting.begin().expect("none is being kept");
        assert!(!first.may_be_kept());
        assert!(second.may_be_kept());
        drop(first);
        assert!(connecting.begin().is_none(), "the second is being kept");
    }

    #[test]
    fn one_that_is_being_kept_is_neither_cancelled_nor_overtaken() {
        let connecting = Connecting::default();
        let sign_in = connecting.begin().expect("none is being kept");
        assert!(sign_in.may_be_kept());
        connecting.cancel();
        assert!(connecting.begin().is_none());
        drop(sign_in);
        assert!(connecting.begin().is_some(), "it has come to its end");
    }
}
