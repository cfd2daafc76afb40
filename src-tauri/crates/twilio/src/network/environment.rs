//! Where this computer's network settings are read from: the variables of the process and the system's own settings.

use super::system::{self, SystemProxy};
use std::{collections::HashMap, ffi::OsString, fmt, sync::Arc};

type Lookup = dyn Fn(&str) -> Option<OsString> + Send + Sync;

/// What the network settings are read from.
#[derive(Clone)]
pub struct Environment {
    variables: Arc<Lookup>,
    system: Arc<dyn Fn() -> SystemProxy + Send + Sync>,
}

impl Environment {
    /// This process's variables and this computer's settings.
    pub fn of_this_computer() -> Self {
        Self {
            variables: Arc::new(|name| std::env::var_os(name)),
            system: Arc::new(system::read),
        }
    }

    /// These variables and nothing else: as if the system had no settings of its own.
    pub fn of(variables: impl IntoIterator<Item = (String, OsString)>) -> Self {
        let variables: HashMap<String, OsString> = variables.into_iter().collect();
        Self {
            variables: Arc::new(move |name| variables.get(name).cloned()),
            system: Arc::new(SystemProxy::default),
        }
    }

    /// The same variables, where the system has these settings.
    #[cfg(test)]
    pub(crate) fn with_system(self, system: SystemProxy) -> Self {
        Self {
            system: Arc::new(move || system.clone()),
            ..self
        }
    }

    /// A variable's value; one that is empty, or blank, counts as not set, as it does for curl.
    pub(crate) fn variable(&self, name: &str) -> Option<OsString> {
        let value = (self.variables)(name)?;
        let blank = value.to_str().is_some_and(|text| text.trim().is_empty());
        (!blank).then_some(value)
    }

    pub(crate) fn system(&self) -> SystemProxy {
        (self.system)()
    }
}

/// A variable can hold a password.
impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").finish_non_exhaustive()
    }
}
