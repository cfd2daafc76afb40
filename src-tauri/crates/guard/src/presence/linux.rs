//! polkit, for an action that the package installs: `org.subvault.desktop.unlock`.
//!
//! Where polkit says yes without asking (the administrator, or a rule of the computer's), that proves nobody's presence, so it is not
//! taken for an answer. Source: polkit's D-Bus interface, `org.freedesktop.PolicyKit1.Authority`.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::time::Duration;

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::Value;

use super::{NotProved, Presence, Reason, SystemWay};

const ACTION: &str = "org.subvault.desktop.unlock";
const AUTHORITY: &str = "org.freedesktop.PolicyKit1";
const MAY_ASK_THE_USER: u32 = 1;

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
        let answer = check(&Connection::system().ok()?, 0).ok()?;
        (answer.challenge && !answer.authorized).then_some(SystemWay::ComputerPassword)
    }

    fn ask(&self, _: Reason, within: Duration) -> Result<(), NotProved> {
        // polkit takes a question back when the connection that asked it is gone.
        let bus = Builder::system()
            .and_then(|builder| builder.method_timeout(within).build())
            .map_err(|_| NotProved::Unavailable)?;
        let before = check(&bus, 0).map_err(|_| NotProved::Unavailable)?;
        if before.authorized || !before.challenge {
            return Err(NotProved::Unavailable);
        }
        let answer = check(&bus, MAY_ASK_THE_USER).map_err(|error| match error {
            zbus::Error::InputOutput(error) if error.kind() == ErrorKind::TimedOut => {
                NotProved::TimedOut
            }
            error => NotProved::Failed(error.to_string()),
        })?;
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
