//! polkit, for an action that the package installs: `org.subvault.desktop.unlock`.
//!
//! Where polkit says yes without asking (the administrator, or a rule of the computer's), that proves nobody's presence, so it is not
//! taken for an answer. Source: polkit's D-Bus interface, `org.freedesktop.PolicyKit1.Authority`.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::sync::{OnceLock, mpsc};
use std::time::Duration;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::Value;

use super::{NotProved, Presence, Reason, SystemWay};

const ACTION: &str = "org.subvault.desktop.unlock";
const AUTHORITY: &str = "org.freedesktop.PolicyKit1";
const MAY_ASK_THE_USER: u32 = 1;
/// A bus that is there answers at once.
const CONNECTED_WITHIN: Duration = Duration::from_secs(10);
/// It says at once whether it would have to ask.
const SAYS_WITHIN: Duration = Duration::from_secs(10);

/// The address of the bus that stands in for the system's.
static INSTEAD: OnceLock<String> = OnceLock::new();

pub(super) fn ask_on(address: String) {
    // The first one stays.
    let _ = INSTEAD.set(address);
}

pub(super) struct Polkit;

/// polkit's answer.
struct Answer {
    authorized: bool,
    /// It would say yes once the user has proved who they are.
    challenge: bool,
    dismissed: bool,
}

impl Presence for Polkit {
    fn way(&self) -> Option<SystemWay> {
        let answer = check(&system_bus(SAYS_WITHIN).ok()?, 0).ok()?;
        (answer.challenge && !answer.authorized).then_some(SystemWay::ComputerPassword)
    }

    fn ask(&self, _: Reason, within: Duration) -> Result<(), NotProved> {
        // polkit takes a question back when the connection that asked it is gone.
        let bus = system_bus(within).map_err(not_connected)?;
        let before = check(&bus, 0).map_err(meaning)?;
        if before.authorized || !before.challenge {
            return Err(NotProved::Unavailable);
        }
        let answer = check(&bus, MAY_ASK_THE_USER).map_err(meaning)?;
        match answer {
            Answer {
                authorized: true, ..
            } => Ok(()),
            Answer {
                dismissed: true, ..
            } => Err(NotProved::Cancelled),
            // Nobody is there to ask the user.
            Answer {
                challenge: true, ..
            } => Err(NotProved::Unavailable),
            _ => Err(NotProved::Refused),
        }
    }
}

/// Connected on a thread of its own: what listens at the bus' address may never answer.
fn system_bus(within: Duration) -> zbus::Result<Connection> {
    let (tell, told) = mpsc::channel();
    let connect = move || {
        let builder = match INSTEAD.get() {
            Some(address) => Builder::address(address.as_str()),
            None => Builder::system(),
        };
        let bus = builder.and_then(|builder| builder.method_timeout(within).build());
        // Whoever asked may have given up.
        drop(tell.send(bus));
    };
    std::thread::Builder::new()
        .name("guard-bus".to_owned())
        .spawn(connect)?;
    told.recv_timeout(within.min(CONNECTED_WITHIN))
        .unwrap_or_else(|_| Err(std::io::Error::from(ErrorKind::TimedOut).into()))
}

fn not_connected(error: zbus::Error) -> NotProved {
    match meaning(error) {
        NotProved::TimedOut => NotProved::TimedOut,
        _ => NotProved::Unavailable,
    }
}

/// What stands in the way of polkit's answer.
fn meaning(error: zbus::Error) -> NotProved {
    match error {
        zbus::Error::InputOutput(error) if error.kind() == ErrorKind::TimedOut => {
            NotProved::TimedOut
        }
        // Nobody of that name is on the bus, or it does not know what is asked for.
        zbus::Error::MethodError(..) => NotProved::Unavailable,
        error => NotProved::Failed(error.to_string()),
    }
}

fn check(bus: &Connection, flags: u32) -> zbus::Result<Answer> {
    let name = bus
        .unique_name()
        .map(ToString::to_string)
        .unwrap_or_default();
    let subject = (
        "system-bus-name",
        HashMap::from([("name", Value::from(name))]),
    );
    let details: HashMap<&str, &str> = HashMap::new();
    let reply = bus.call_method(
        Some(AUTHORITY),
        "/org/freedesktop/PolicyKit1/Authority",
        Some("org.freedesktop.PolicyKit1.Authority"),
        "CheckAuthorization",
        &(subject, ACTION, details, flags, ""),
    )?;
    let ((authorized, challenge, details),): ((bool, bool, HashMap<String, String>),) =
        reply.body().deserialize()?;
    Ok(Answer {
        authorized,
        challenge,
        dismissed: details.contains_key("polkit.dismissed"),
    })
}
