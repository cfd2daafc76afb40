//! Linux: the login manager on the system bus, and the desktops' screen savers on the session bus.

use std::collections::HashMap;
use std::sync::Arc;

use zbus::blocking::{Connection, MessageIterator};
use zbus::match_rule::Builder as MatchRuleBuilder;
use zbus::zvariant::{OwnedFd, OwnedValue};
use zbus::{MatchRule, Message};

use super::{Away, Heard};

const LOGIN: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

/// GNOME has its own; KDE, Xfce and others take the common name.
const SCREEN_SAVERS: [&str; 4] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
];

pub(super) fn watch(heard: Heard) {
    let of_session = Arc::clone(&heard);
    listen("guard-session", move || screen_savers(&of_session));
    listen("guard-login", move || login_manager(&heard));
}

/// A bus that is not there, or goes away, is not listened to.
fn listen(name: &str, listening: impl FnOnce() -> zbus::Result<()> + Send + 'static) {
    let run = move || drop(listening());
    // Without the thread the idle time still holds.
    let _ = std::thread::Builder::new().name(name.to_owned()).spawn(run);
}

fn signals(interface: &str, member: &str) -> zbus::Result<MatchRuleBuilder<'static>> {
    MatchRule::builder()
        .msg_type(zbus::message::Type::Signal)
        .interface(interface.to_owned())?
        .member(member.to_owned())
}

/// What is told from now on. While it is not read it fills up, and a connection that is full reads no answers either: nothing may be
/// called on this one any more.
fn subscribe(bus: Connection, rules: Vec<MatchRule<'_>>) -> zbus::Result<MessageIterator> {
    let daemon = zbus::blocking::fdo::DBusProxy::new(&bus)?;
    for rule in rules {
        daemon.add_match_rule(rule)?;
    }
    Ok(MessageIterator::from(bus))
}

fn is(message: &Message, interface: &str, member: &str) -> bool {
    let header = message.header();
    header.interface().is_some_and(|found| found == interface)
        && header.member().is_some_and(|found| found == member)
}

fn screen_savers(heard: &Heard) -> zbus::Result<()> {
    let rules = SCREEN_SAVERS
        .iter()
        .map(|saver| Ok(signals(saver, "ActiveChanged")?.build()))
        .collect::<zbus::Result<_>>()?;
    for message in subscribe(Connection::session()?, rules)? {
        let message = message?;
        let ours = SCREEN_SAVERS
            .iter()
            .any(|saver| is(&message, saver, "ActiveChanged"));
        if ours && message.body().deserialize::<bool>().unwrap_or(true) {
            heard(Away::ScreenLocked);
        }
    }
    Ok(())
}

fn login_manager(heard: &Heard) -> zbus::Result<()> {
    let told = |interface, member| signals(interface, member)?.sender(LOGIN);
    let rules = vec![
        told(MANAGER, "PrepareForSleep")?.build(),
        told(SESSION, "Lock")?.build(),
        told(PROPERTIES, "PropertiesChanged")?
            .arg(0, SESSION)?
            .build(),
    ];
    let messages = subscribe(Connection::system()?, rules)?;
    let calls = Connection::system()?;
    let session = own_session(&calls);
    let mut holding_up = hold_up_sleep(&calls);
    for message in messages {
        let message = message?;
        if is(&message, MANAGER, "PrepareForSleep") {
            if message.body().deserialize::<bool>().unwrap_or(true) {
                heard(Away::Sleep);
                holding_up = None;
            } else if holding_up.is_none() {
                holding_up = hold_up_sleep(&calls);
            }
            continue;
        }
        let path = message.header().path().map(ToString::to_string);
        // Where it is not known which session is ours, each counts.
        if session.is_some() && path != session {
            continue;
        }
        if is(&message, SESSION, "Lock") {
            heard(Away::ScreenLocked);
        } else if is(&message, PROPERTIES, "PropertiesChanged")
            && let Some(away) = session_left(&message)
        {
            heard(away);
        }
    }
    Ok(())
}

/// The login manager's name for the session this program runs in.
fn own_session(bus: &Connection) -> Option<String> {
    let reply = bus
        .call_method(
            Some(LOGIN),
            "/org/freedesktop/login1",
            Some(MANAGER),
            "GetSessionByPID",
            &std::process::id(),
        )
        .ok()?;
    let path: zbus::zvariant::OwnedObjectPath = reply.body().deserialize().ok()?;
    Some(path.to_string())
}

/// Lets the program lock before the computer sleeps. The system waits a few seconds at the most.
fn hold_up_sleep(bus: &Connection) -> Option<OwnedFd> {
    let reply = bus
        .call_method(
            Some(LOGIN),
            "/org/freedesktop/login1",
            Some(MANAGER),
            "Inhibit",
            &(
                "sleep",
                "Subvault",
                "Locks before the computer sleeps",
                "delay",
            ),
        )
        .ok()?;
    reply.body().deserialize().ok()
}

fn session_left(message: &Message) -> Option<Away> {
    type Changed = (String, HashMap<String, OwnedValue>, Vec<String>);
    let (interface, changed, _): Changed = message.body().deserialize().ok()?;
    if interface != SESSION {
        return None;
    }
    let flag = |name: &str| {
        changed
            .get(name)
            .and_then(|value| bool::try_from(value).ok())
    };
    if flag("LockedHint") == Some(true) {
        Some(Away::ScreenLocked)
    } else if flag("Active") == Some(false) {
        Some(Away::UserSwitched)
    } else {
        None
    }
}
