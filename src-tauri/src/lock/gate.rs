//! The one place that every call of the window passes. While it is locked, all are refused but those marked in the list of commands, so
//! a new command is refused until somebody marks it.

use std::sync::Arc;

use guard::Lock;
use tauri::Manager;
use tauri::ipc::Invoke;

use super::LockController;
use crate::command_names::may_be_called_while_locked;
use crate::wire::{Failure, FailureKind};

/// Has `handler` called only for what may be called now.
pub fn through(
    handler: impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let controller = invoke
            .message
            .webview_ref()
            .try_state::<Arc<LockController>>();
        let refused = match &controller {
            Some(controller) => refusal(&controller.lock, invoke.message.command()),
            None => Some(Failure::of(FailureKind::Locked)),
        };
        match refused {
            Some(failure) => {
                invoke.resolver.reject(failure);
                true
            }
            None => handler(invoke),
        }
    }
}

fn refusal(lock: &Lock, command: &str) -> Option<Failure> {
    let allowed = may_be_called_while_locked(command);
    (!allowed && lock.is_closed()).then(|| Failure::of(FailureKind::Locked))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use guard::lock::{Clock, Found, Way, Why};

    use super::*;
    use crate::command_names::COMMANDS;

    /// `start` looks at the lock itself once it knows whether it has to be locked.
    const WHILE_LOCKED: [&str; 11] = [
        "start",
        "laid_out",
        "painted",
        "quit",
        "asks_about_closing",
        "quit_anyway",
        "lock_state",
        "unlock_with_system",
        "unlock_with_passphrase",
        "unlock_with_auth_token",
        "secret_on_screen",
    ];

    fn lock() -> Lock {
        let lock = Lock::new(Clock::system());
        let found = Found {
            passphrase: true,
            account: true,
        };
        lock.begin(found, Duration::from_secs(300), None);
        lock
    }

    fn refused(lock: &Lock) -> Vec<&'static str> {
        let is_refused = |command: &&&str| refusal(lock, command).is_some();
        COMMANDS.iter().filter(is_refused).copied().collect()
    }

    #[test]
    fn while_locked_every_command_is_refused_but_the_named_few() {
        let lock = lock();
        assert_eq!(refused(&lock), [""; 0], "open");
        lock.close(Why::Asked);
        let rest: Vec<&str> = COMMANDS
            .iter()
            .filter(|command| !WHILE_LOCKED.contains(command))
            .copied()
            .collect();
        for _ in 0..1_000 / rest.len() + 1 {
            assert_eq!(refused(&lock), rest);
        }
        for command in ["", "a_command_of_tomorrow", "plugin:event|listen"] {
            let failure = refusal(&lock, command).expect("it is refused");
            assert_eq!(failure.kind, FailureKind::Locked);
        }
        let attempt = lock
            .try_to_open(Way::Passphrase)
            .expect("nothing is in the way");
        attempt.proved().expect("it is them");
        assert_eq!(refused(&lock), [""; 0], "open again");
    }

    #[test]
    fn before_it_is_known_whether_it_has_to_be_locked_it_is() {
        let starting = Lock::new(Clock::system());
        assert!(refusal(&starting, "subaccounts").is_some());
        assert!(refusal(&starting, "start").is_none());
    }

    #[test]
    fn each_of_the_named_few_is_a_command() {
        for command in WHILE_LOCKED {
            assert!(COMMANDS.contains(&command), "{command}");
        }
    }
}
