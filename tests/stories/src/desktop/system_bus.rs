use std::collections::HashMap;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::OwnedValue;

use super::{Environment, bus::Bus};
use crate::{Failure, Told};

const MAY_ASK: u32 = 1;

/// What becomes of polkit's question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Agent {
    /// The user types the password.
    AnswersRight,
    /// polkit runs, and nobody can ask the user.
    IsNotThere,
}

/// The system's bus of this desktop, with a stand-in for polkit on it. Without one there is no system bus.
pub struct SystemBus {
    agent: Arc<AtomicU32>,
    _polkit: Connection,
    _bus: Bus,
    path: PathBuf,
}

impl SystemBus {
    pub(super) fn start(environment: &Environment, folder: &Path, agent: Agent) -> Told<Self> {
        let path = path_in(folder);
        remove(&path);
        let bus = Bus::start_at(environment, folder, "system-bus.conf", &path)?;
        let agent = Arc::new(AtomicU32::new(agent as u32));
        let authority = Authority(Arc::clone(&agent));
        let polkit = Builder::address(bus.address())
            .and_then(|builder| builder.name("org.freedesktop.PolicyKit1"))
            .and_then(|builder| {
                builder.serve_at("/org/freedesktop/PolicyKit1/Authority", authority)
            })
            .and_then(Builder::build)
            .map_err(|error| Failure::from_error("stand in for polkit", error))?;
        Ok(Self {
            agent,
            _polkit: polkit,
            _bus: bus,
            path,
        })
    }

    /// From now on.
    pub fn set_agent(&self, agent: Agent) {
        self.agent.store(agent as u32, Ordering::SeqCst);
    }
}

impl Drop for SystemBus {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Takes connections where the system's bus should be, and never says a word.
pub struct SilentBus {
    _listener: UnixListener,
    path: PathBuf,
}

impl SilentBus {
    pub(super) fn start(folder: &Path) -> Told<Self> {
        let path = path_in(folder);
        remove(&path);
        let listener = UnixListener::bind(&path)
            .map_err(|error| Failure::from_error("listen in the bus' place", error))?;
        Ok(Self {
            _listener: listener,
            path,
        })
    }
}

impl Drop for SilentBus {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Where every program of this desktop looks for the system's bus.
pub(super) fn address_in(folder: &Path) -> String {
    format!("unix:path={}", path_in(folder).display())
}

fn path_in(folder: &Path) -> PathBuf {
    folder.join("run").join("system_bus")
}

fn remove(path: &Path) {
    // What is not there need not be removed.
    let _ = std::fs::remove_file(path);
}

struct Authority(Arc<AtomicU32>);

type Answer = (bool, bool, HashMap<String, String>);

#[zbus::interface(name = "org.freedesktop.PolicyKit1.Authority")]
impl Authority {
    async fn check_authorization(
        &self,
        _subject: (String, HashMap<String, OwnedValue>),
        _action: &str,
        _details: HashMap<String, String>,
        flags: u32,
        _cancel: &str,
    ) -> zbus::fdo::Result<Answer> {
        let answers = self.0.load(Ordering::SeqCst) == Agent::AnswersRight as u32;
        let authorized = answers && flags == MAY_ASK;
        Ok((authorized, !authorized, HashMap::new()))
    }
}
