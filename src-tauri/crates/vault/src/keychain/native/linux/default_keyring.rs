//! The keyring that new items go into. A new user, an automatic log-in or WSL has none: the service is there, and nothing to keep items in.

use keyring_core::Result as StoreResult;
use secret_service::Error as ServiceError;
use secret_service::blocking::{Collection, SecretService};

use super::{bus_meaning, failure, name, named_meaning, service_meaning, situation};
use crate::KeychainError;

/// What a person sees it called in the keyring's own program. GNOME's programs use the same name when they make one.
const LABEL: &str = "Default keyring";

/// What shows GNOME Keyring's boxes, on the bus.
const PROMPTER: &str = "org.gnome.keyring.SystemPrompter";

/// The default collection, where there is one.
///
/// # Errors
/// [`KeychainError::NoDefault`], [`KeychainError::NoDatabase`], or what the service answered.
pub(super) fn found<'a>(
    service: &'a SecretService<'_>,
) -> Result<(Collection<'a>, Locked), KeychainError> {
    let missing = || {
        if name() == super::KEEPASSXC {
            KeychainError::NoDatabase
        } else {
            KeychainError::NoDefault
        }
    };
    let collection = match service.get_default_collection() {
        Ok(collection) => collection,
        Err(ServiceError::NoResult) => return Err(missing()),
        Err(error) => return Err(service_meaning(&error)),
    };
    match collection.is_locked() {
        Ok(true) => Ok((collection, Locked(true))),
        Ok(false) => Ok((collection, Locked(false))),
        // The alias is the name of a collection that is no longer there.
        Err(error) if is_of_nothing(&error) => Err(missing()),
        Err(error) => Err(service_meaning(&error)),
    }
}

/// Whether a collection is locked.
pub(super) struct Locked(pub(super) bool);

/// The default collection, unlocked. Where there is none the service is asked to make one, which puts up its own box for a password.
///
/// # Errors
/// [`KeychainError::NoDefault`] where the box was closed, [`KeychainError::CannotAsk`] where nobody can show it, and those of [`found`].
pub(super) fn made_ready<'a>(service: &'a SecretService<'_>) -> StoreResult<Collection<'a>> {
    match found(service) {
        Ok((collection, Locked(locked))) => {
            if locked {
                collection.unlock().map_err(failure)?;
            }
            Ok(collection)
        }
        Err(KeychainError::NoDefault) => service
            .create_collection(LABEL, "default")
            .map_err(|error| situation(why_not_made(&error))),
        Err(error) => Err(situation(error)),
    }
}

fn why_not_made(error: &ServiceError) -> KeychainError {
    match error {
        ServiceError::Prompt => match why_not_answered() {
            KeychainError::Dismissed => KeychainError::NoDefault,
            other => other,
        },
        other => match service_meaning(other) {
            // A service that makes none leaves it to its own program.
            KeychainError::NotUnderstood(_) => KeychainError::NoDefault,
            meaning => meaning,
        },
    }
}

/// Whether a property could not be read because the object is not there.
fn is_of_nothing(error: &ServiceError) -> bool {
    let name = match error {
        ServiceError::Zbus(zbus::Error::MethodError(name, ..)) => name.to_string(),
        ServiceError::Zbus(zbus::Error::FDO(error))
        | ServiceError::ZbusFdo(zbus::fdo::Error::ZBus(zbus::Error::FDO(error))) => {
            zbus::DBusError::name(error.as_ref()).to_string()
        }
        ServiceError::ZbusFdo(error) => zbus::DBusError::name(error).to_string(),
        _ => return false,
    };
    [
        "UnknownObject",
        "UnknownMethod",
        "UnknownInterface",
        "NoSuchObject",
    ]
    .iter()
    .any(|last| name.ends_with(&format!(".Error.{last}")))
}

/// Why a box came back without an answer: it was closed, or nothing here can show it. GNOME Keyring says the same of both; its boxes are
/// shown by a program of its own, which the bus starts.
pub(super) fn why_not_answered() -> KeychainError {
    if name() != super::GNOME_KEYRING {
        return KeychainError::Dismissed;
    }
    let started = zbus::blocking::Connection::session()
        .map_err(|error| bus_meaning(&error))
        .and_then(|connection| {
            let bus = zbus::blocking::fdo::DBusProxy::new(&connection)
                .map_err(|error| bus_meaning(&error))?;
            let prompter = PROMPTER
                .try_into()
                .map_err(|_| KeychainError::broken("the prompter's name is not one"))?;
            bus.start_service_by_name(prompter, 0)
                .map_err(|error| named_meaning(zbus::DBusError::name(&error).as_str(), ""))
        });
    match started {
        Ok(_) => KeychainError::Dismissed,
        Err(_) => KeychainError::CannotAsk,
    }
}
