//! The Secret Service of the desktop: GNOME Keyring, KWallet or KeePassXC.

mod default_keyring;
mod store;

use std::collections::HashMap;
use std::error::Error as StdError;
use std::io;
use std::sync::{Arc, OnceLock};

use keyring_core::{CredentialStore, Entry, Error as StoreError, Result as StoreResult};
use secret_service::Error as ServiceError;

use self::default_keyring::Locked;
use self::store::Store;
use super::Absence;
use crate::{KeychainError, Namespace};

const BUS_NAME: &str = "org.freedesktop.secrets";
const GNOME_KEYRING: &str = "GNOME Keyring";
const KEEPASSXC: &str = "KeePassXC";

/// A situation that is known where the error comes about.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
struct Situation(KeychainError);

/// Which program answers, once it has been asked.
static PROVIDER: OnceLock<&'static str> = OnceLock::new();

pub(in crate::keychain) fn name() -> &'static str {
    PROVIDER
        .get()
        .copied()
        .unwrap_or("GNOME Keyring or KWallet")
}

/// Asks the bus which program it is. Opens nothing, and puts up no password box.
pub(in crate::keychain) fn learn_name() {
    if PROVIDER.get().is_none()
        && let Some(provider) = provider()
    {
        // Another thread may have asked first; both got the same answer.
        let _ = PROVIDER.set(provider);
    }
}

pub(in crate::keychain) fn make_store(_namespace: &Namespace) -> StoreResult<Arc<CredentialStore>> {
    let store = Store::connect()?;
    learn_name();
    Ok(store)
}

pub(in crate::keychain) fn entry(
    store: &CredentialStore,
    namespace: &Namespace,
    item: &str,
) -> StoreResult<Entry> {
    let label = format!("{}: {item}", namespace.as_str());
    store.build(
        namespace.as_str(),
        item,
        Some(&HashMap::from([("label", label.as_str())])),
    )
}

/// A locked safe hides its items from some providers' search (KeePassXC shows no collection at all), so "no such item" is
/// believed only when the default collection is there and open. A locked one is asked to open, which may put up its password box.
/// Asked over the connection that found nothing: another one begins with an exchange of keys, which takes longer than all the rest.
pub(in crate::keychain) fn absence(store: &CredentialStore) -> Result<Absence, KeychainError> {
    let store: &Store = store
        .as_any()
        .downcast_ref()
        .ok_or_else(|| KeychainError::broken("the store is another one than the Secret Service"))?;
    let (collection, Locked(locked)) = default_keyring::found(store.service())?;
    if !locked {
        return Ok(Absence::Clear);
    }
    collection.unlock().map_err(service_failure)?;
    if collection.is_locked().map_err(service_failure)? {
        Err(KeychainError::Locked)
    } else {
        Ok(Absence::LookAgain)
    }
}

pub(in crate::keychain) fn meaning(
    cause: &(dyn StdError + Send + Sync + 'static),
) -> KeychainError {
    match cause.downcast_ref::<Situation>() {
        Some(Situation(meaning)) => meaning.clone(),
        None => KeychainError::broken(&cause.to_string()),
    }
}

fn failure(error: ServiceError) -> StoreError {
    situation(service_failure(error))
}

fn situation(meaning: KeychainError) -> StoreError {
    StoreError::PlatformFailure(Box::new(Situation(meaning)))
}

/// What an error of the service means. A box that came back without an answer is looked into.
fn service_failure(error: ServiceError) -> KeychainError {
    match error {
        ServiceError::Prompt => default_keyring::why_not_answered(),
        other => service_meaning(&other),
    }
}

fn service_meaning(error: &ServiceError) -> KeychainError {
    match error {
        ServiceError::Locked => KeychainError::Locked,
        ServiceError::Prompt => KeychainError::Dismissed,
        ServiceError::PromptDisconnected => KeychainError::Stopped,
        ServiceError::Unavailable => KeychainError::NoBus,
        // The service runs and has no default collection to put items into.
        ServiceError::NoResult => KeychainError::NoDefault,
        ServiceError::Zbus(error) => bus_meaning(error),
        ServiceError::ZbusFdo(zbus::fdo::Error::ZBus(error)) => bus_meaning(error),
        ServiceError::ZbusFdo(error) => {
            named_meaning(zbus::DBusError::name(error).as_str(), &error.to_string())
        }
        // An answer of another form than the specification's.
        ServiceError::Zvariant(error) => KeychainError::not_understood(&error.to_string()),
        other => KeychainError::broken(&other.to_string()),
    }
}

fn bus_meaning(error: &zbus::Error) -> KeychainError {
    match error {
        zbus::Error::MethodError(name, _, _) => named_meaning(name.as_str(), &error.to_string()),
        zbus::Error::FDO(error) => named_meaning(
            zbus::DBusError::name(error.as_ref()).as_str(),
            &error.to_string(),
        ),
        zbus::Error::Address(_) | zbus::Error::Connection(..) | zbus::Error::InterfaceNotFound => {
            KeychainError::NoBus
        }
        zbus::Error::InputOutput(error) => match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::PermissionDenied => KeychainError::NoBus,
            io::ErrorKind::TimedOut => KeychainError::NoAnswer,
            _ => KeychainError::Stopped,
        },
        other => KeychainError::broken(&other.to_string()),
    }
}

/// D-Bus error names: <https://dbus.freedesktop.org/doc/dbus-specification.html> and
/// <https://specifications.freedesktop.org/secret-service/latest/errors.html>.
fn named_meaning(name: &str, text: &str) -> KeychainError {
    match name.rsplit_once("Error.").map_or(name, |(_, last)| last) {
        "ServiceUnknown" | "NameHasNoOwner" | "NoServer" => KeychainError::NoKeychain,
        last if last.starts_with("Spawn.") => KeychainError::NoKeychain,
        "NoReply" | "Timeout" | "TimedOut" => KeychainError::NoAnswer,
        // NoSession: the daemon was started anew and does not know the encrypted session any more.
        "Disconnected" | "NoSession" => KeychainError::Stopped,
        "IsLocked" => KeychainError::Locked,
        "AccessDenied" | "AuthFailed" => KeychainError::Blocked,
        "LimitsExceeded" => KeychainError::Full,
        "NotSupported" | "UnknownMethod" | "UnknownInterface" | "UnknownProperty"
        | "InvalidArgs" | "InvalidSignature" => KeychainError::not_understood(text),
        _ => KeychainError::broken(text),
    }
}

/// The program behind the bus name, by its process name. `None` where the system does not tell.
fn provider() -> Option<&'static str> {
    let connection = zbus::blocking::Connection::session().ok()?;
    let bus = zbus::blocking::fdo::DBusProxy::new(&connection).ok()?;
    let process = bus
        .get_connection_unix_process_id(BUS_NAME.try_into().ok()?)
        .ok()?;
    // The kernel cuts this name to 15 characters.
    let program = std::fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
    match program.trim() {
        "gnome-keyring-d" => Some(GNOME_KEYRING),
        "kwalletd" | "kwalletd5" | "kwalletd6" | "ksecretd" => Some("KWallet"),
        "keepassxc" => Some(KEEPASSXC),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken_pipe() -> zbus::Error {
        zbus::Error::InputOutput(Arc::new(io::ErrorKind::BrokenPipe.into()))
    }

    fn not_found() -> zbus::Error {
        zbus::Error::InputOutput(Arc::new(io::ErrorKind::NotFound.into()))
    }

    #[test]
    fn each_error_of_the_secret_service_becomes_a_situation() {
        let other_form = || zbus::zvariant::Error::Message("another form".into());
        for (error, meaning) in [
            (ServiceError::Locked, KeychainError::Locked),
            (ServiceError::Prompt, KeychainError::Dismissed),
            (ServiceError::PromptDisconnected, KeychainError::Stopped),
            (ServiceError::Unavailable, KeychainError::NoBus),
            (ServiceError::NoResult, KeychainError::NoDefault),
            (
                ServiceError::Zvariant(other_form()),
                KeychainError::NotUnderstood(other_form().to_string()),
            ),
            (
                ServiceError::Crypto("no key"),
                KeychainError::Broken("Crypto error: no key".into()),
            ),
            (
                ServiceError::Zbus(zbus::Error::Address("none".into())),
                KeychainError::NoBus,
            ),
            (ServiceError::Zbus(not_found()), KeychainError::NoBus),
            (ServiceError::Zbus(broken_pipe()), KeychainError::Stopped),
            (
                ServiceError::ZbusFdo(zbus::fdo::Error::ZBus(broken_pipe())),
                KeychainError::Stopped,
            ),
            (
                ServiceError::ZbusFdo(zbus::fdo::Error::ServiceUnknown("gone".into())),
                KeychainError::NoKeychain,
            ),
            (
                ServiceError::ZbusFdo(zbus::fdo::Error::NoReply("late".into())),
                KeychainError::NoAnswer,
            ),
            (
                ServiceError::ZbusFdo(zbus::fdo::Error::Disconnected("gone".into())),
                KeychainError::Stopped,
            ),
            (
                ServiceError::ZbusFdo(zbus::fdo::Error::LimitsExceeded("many".into())),
                KeychainError::Full,
            ),
            (
                ServiceError::ZbusFdo(zbus::fdo::Error::AccessDenied("no".into())),
                KeychainError::Blocked,
            ),
        ] {
            assert_eq!(service_meaning(&error), meaning, "{error}");
        }
    }

    #[test]
    fn each_name_of_a_d_bus_error_becomes_a_situation() {
        let words = "its own words";
        for (name, meaning) in [
            (
                "freedesktop.DBus.Error.ServiceUnknown",
                KeychainError::NoKeychain,
            ),
            (
                "freedesktop.DBus.Error.NameHasNoOwner",
                KeychainError::NoKeychain,
            ),
            ("freedesktop.DBus.Error.NoServer", KeychainError::NoKeychain),
            (
                "freedesktop.DBus.Error.Spawn.ChildExited",
                KeychainError::NoKeychain,
            ),
            ("freedesktop.DBus.Error.NoReply", KeychainError::NoAnswer),
            ("freedesktop.DBus.Error.Timeout", KeychainError::NoAnswer),
            ("freedesktop.DBus.Error.TimedOut", KeychainError::NoAnswer),
            (
                "freedesktop.DBus.Error.Disconnected",
                KeychainError::Stopped,
            ),
            ("freedesktop.Secret.Error.NoSession", KeychainError::Stopped),
            ("freedesktop.Secret.Error.IsLocked", KeychainError::Locked),
            (
                "freedesktop.DBus.Error.AccessDenied",
                KeychainError::Blocked,
            ),
            ("freedesktop.DBus.Error.AuthFailed", KeychainError::Blocked),
            ("freedesktop.DBus.Error.LimitsExceeded", KeychainError::Full),
            (
                "freedesktop.DBus.Error.UnknownMethod",
                KeychainError::NotUnderstood(words.into()),
            ),
            (
                "gnome.keyring.Error.Other",
                KeychainError::Broken(words.into()),
            ),
        ] {
            assert_eq!(
                named_meaning(&format!("org.{name}"), words),
                meaning,
                "{name}"
            );
        }
    }
}
