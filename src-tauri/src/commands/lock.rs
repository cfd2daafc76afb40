//! Locking, unlocking, and saying again who one is.

use std::sync::Arc;
use std::time::Duration;

use guard::lock::{NotNow, StillClosed, Way, Why};
use guard::presence::{self, NotProved, Reason, SystemWay};
use tauri::State;
use twilio::SignInError;
use vault::{Keychain, RecoveryError, TypedPassphrase};
use workflows::{ConnectError, Problem};

use crate::lock::LockController;
use crate::platform::platform;
use crate::session::AppSession;
use crate::wire::{Failure, FailureKind, LockState, SystemQuestion};

/// Whether it is locked, and how it can be opened.
#[tauri::command]
#[specta::specta]
pub async fn lock_state(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
) -> Result<LockState, Failure> {
    let open = session.open().await?;
    controller.look_for_ways(&open.workspace).await;
    let ways = controller.lock.ways();
    Ok(LockState {
        locked: controller.lock.is_closed(),
        can_lock: ways.can_close(),
        system: controller.system_way().map(question),
        system_offer: controller.system_offer().await.map(question),
        passphrase: ways.passphrase,
        auth_token: controller.lock.takes(Way::AuthToken),
        wait_seconds: controller.lock.passphrase_wait().map_or(0, whole_seconds),
        platform: platform(),
        keychain_name: Keychain::name().to_owned(),
        practice: open.is_practice(),
        data_folder: open.folder.display().to_string(),
    })
}

/// Locks now.
#[tauri::command]
#[specta::specta]
pub async fn lock_now(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
) -> Result<(), Failure> {
    controller.look_for_ways(&*session.workspace().await?).await;
    if controller.lock.close(Why::Asked) {
        Ok(())
    } else {
        Err(Failure::of(FailureKind::NoWayToUnlock))
    }
}

/// Somebody is doing something at the window.
#[tauri::command]
#[specta::specta]
pub fn active(controller: State<'_, Arc<LockController>>) {
    controller.lock.note_activity();
}

/// Has the system ask who is there: unlocks, or says again who it is.
#[tauri::command]
#[specta::specta]
pub async fn unlock_with_system(controller: State<'_, Arc<LockController>>) -> Result<(), Failure> {
    let reason = if controller.lock.is_closed() {
        Reason::Unlock
    } else {
        Reason::Confirm
    };
    let attempt = controller.lock.try_to_open(Way::System).map_err(not_now)?;
    match presence::ask(Arc::clone(&controller.presence), reason).await {
        Ok(()) => attempt.proved().map_err(still_closed),
        Err(why) => {
            attempt.failed();
            Err(not_proved(&why))
        }
    }
}

/// Unlocks with the recovery passphrase, or says again who it is.
#[tauri::command]
#[specta::specta]
pub async fn unlock_with_passphrase(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    passphrase: String,
) -> Result<(), Failure> {
    let workspace = session.workspace().await?;
    let attempt = controller
        .lock
        .try_to_open(Way::Passphrase)
        .map_err(not_now)?;
    let checked = match TypedPassphrase::new(passphrase) {
        Ok(passphrase) => workspace.check_passphrase(passphrase).await,
        Err(_) => Err(RecoveryError::WrongPassphrase.into()),
    };
    match checked {
        Ok(()) => attempt.proved().map_err(still_closed),
        Err(Problem::Recovery(RecoveryError::WrongPassphrase)) => {
            attempt.failed();
            Err(Failure::of(FailureKind::PassphraseWrong))
        }
        Err(error @ Problem::Recovery(RecoveryError::Damaged)) => {
            controller.lock.passphrase_is_damaged();
            Err(error.into())
        }
        // It was not found out, so it does not count as wrong.
        Err(error) => Err(error.into()),
    }
}

/// Unlocks with the account's Auth Token where no passphrase does, or says again who it is. Twilio is asked; nothing of it is kept.
#[tauri::command]
#[specta::specta]
pub async fn unlock_with_auth_token(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    auth_token: String,
) -> Result<(), Failure> {
    let workspace = session.workspace().await?;
    let attempt = controller
        .lock
        .try_to_open(Way::AuthToken)
        .map_err(not_now)?;
    match workspace.check_auth_token(&auth_token).await {
        Ok(()) => attempt.proved().map_err(still_closed),
        Err(ConnectError::SignIn(SignInError::Refused(_))) => {
            attempt.failed();
            Err(Failure::of(FailureKind::AuthTokenWrong))
        }
        // It was not found out, so it does not count as wrong.
        Err(error) => Err(error.into()),
    }
}

fn question(way: SystemWay) -> SystemQuestion {
    match way {
        SystemWay::WindowsHello => SystemQuestion::WindowsHello,
        SystemWay::Mac => SystemQuestion::Mac,
        SystemWay::ComputerPassword => SystemQuestion::ComputerPassword,
    }
}

fn not_now(why: NotNow) -> Failure {
    match why {
        NotNow::NotAWay => Failure::of(FailureKind::NotAWayToUnlock),
        NotNow::Busy => Failure::of(FailureKind::AlreadyAsking),
        NotNow::Wait(wait) => Failure {
            subject: Some(whole_seconds(wait).to_string()),
            ..Failure::of(FailureKind::TooManyWrong)
        },
    }
}

fn still_closed(why: StillClosed) -> Failure {
    Failure {
        technical: Some(why.to_string()),
        ..Failure::of(FailureKind::NotConfirmed)
    }
}

fn not_proved(why: &NotProved) -> Failure {
    let kind = match why {
        NotProved::Unavailable | NotProved::Busy | NotProved::Failed(_) => {
            FailureKind::CannotAskNow
        }
        _ => FailureKind::NotConfirmed,
    };
    Failure {
        technical: Some(why.to_string()),
        ..Failure::of(kind)
    }
}

/// Rounded up, so that nobody is told to try too early.
fn whole_seconds(wait: Duration) -> u32 {
    u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX)
}
