use std::collections::HashMap;
use std::time::Duration;

use rustix::process::Signal;
use zbus::blocking::{Connection, connection::Builder};
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

use super::{Environment, Running};
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told};

/// The program that starts the bus of the accessibility tree, where Debian keeps it.
const LAUNCHER: &str = "/usr/libexec/at-spi-bus-launcher";
/// A program that is busy answers later; one that hangs must not hang the story.
const ONE_ANSWER: Duration = Duration::from_secs(10);
/// Trees are not deeper than this, nor wider: what goes on for ever is a fault.
const MOST_THINGS: usize = 20_000;

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";
const TEXT: &str = "org.a11y.atspi.Text";

/// What screen readers listen to on a desktop, with a screen reader that is on.
pub struct AccessibilityBus {
    connection: Connection,
    launcher: Running,
}

/// One thing of the accessibility tree, with every text it tells.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Its role, as `AtspiRole` numbers them.
    pub role: u32,
    /// Its accessible name.
    pub name: String,
    /// Name, description, text and attributes, each as it is told.
    pub texts: Vec<String>,
    bus: String,
    path: OwnedObjectPath,
}

impl AccessibilityBus {
    /// Starts it on the session bus of this environment, and says there that somebody uses a screen reader.
    pub async fn start(environment: &Environment, session: &str) -> Told<Self> {
        let mut command = environment.command(LAUNCHER);
        command.arg("--launch-immediately");
        let launcher = Running::start(command, "")?;
        let session = connect(session)?;
        let address = until(PATIENCE, async || {
            let asked = session.call_method(
                Some("org.a11y.Bus"),
                "/org/a11y/bus",
                Some("org.a11y.Bus"),
                "GetAddress",
                &(),
            );
            let answer = asked.map_err(|error| failure("find the accessibility bus", &error))?;
            let address: Result<String, _> = answer.body().deserialize();
            address.map_err(|error| failure("read the bus' address", &error))
        })
        .await?;
        for property in ["IsEnabled", "ScreenReaderEnabled"] {
            session
                .call_method(
                    Some("org.a11y.Bus"),
                    "/org/a11y/bus",
                    Some("org.freedesktop.DBus.Properties"),
                    "Set",
                    &("org.a11y.Status", property, Value::from(true)),
                )
                .map_err(|error| failure("turn the screen reader on", &error))?;
        }
        Ok(Self {
            connection: connect(&address)?,
            launcher,
        })
    }

    /// The whole tree of every program of the desktop. What goes away while it is read is left out.
    pub fn everything(&self) -> Told<Vec<Heard>> {
        let mut heard = Vec::new();
        let mut to_visit = self.children(REGISTRY, ROOT);
        while let Some((bus, path)) = to_visit.pop() {
            to_visit.extend(self.children(&bus, &path));
            heard.push(self.heard(bus, path));
            if heard.len() > MOST_THINGS {
                return Err(Failure::new("the accessibility tree does not end"));
            }
        }
        Ok(heard)
    }

    /// Presses it, as a screen reader does.
    pub fn press(&self, thing: &Heard) -> Told {
        self.ask::<_, bool>(
            &thing.bus,
            &thing.path,
            "org.a11y.atspi.Action",
            "DoAction",
            &0_i32,
        )
        .filter(|pressed| *pressed)
        .map(drop)
        .ok_or_else(|| Failure::new(format!("“{}” cannot be pressed", thing.name)))
    }

    /// Puts the keyboard's focus on it.
    pub fn focus(&self, thing: &Heard) -> Told {
        self.ask::<_, bool>(
            &thing.bus,
            &thing.path,
            "org.a11y.atspi.Component",
            "GrabFocus",
            &(),
        )
        .filter(|focused| *focused)
        .map(drop)
        .ok_or_else(|| Failure::new(format!("“{}” takes no focus", thing.name)))
    }

    fn heard(&self, bus: String, path: OwnedObjectPath) -> Heard {
        let property = |name| self.property(&bus, &path, name).unwrap_or_default();
        let name = property("Name");
        let mut texts = vec![name.clone(), property("Description")];
        // From the beginning to the end.
        texts.extend(self.ask::<_, String>(&bus, &path, TEXT, "GetText", &(0_i32, -1_i32)));
        let attributes: HashMap<String, String> = self
            .ask(&bus, &path, ACCESSIBLE, "GetAttributes", &())
            .unwrap_or_default();
        texts.extend(attributes.into_values());
        Heard {
            role: self
                .ask(&bus, &path, ACCESSIBLE, "GetRole", &())
                .unwrap_or_default(),
            name,
            texts,
            bus,
            path,
        }
    }

    fn children(&self, bus: &str, path: &str) -> Vec<(String, OwnedObjectPath)> {
        let children: Vec<_> = self
            .ask(bus, path, ACCESSIBLE, "GetChildren", &())
            .unwrap_or_default();
        if children.is_empty() {
            // The place in the window where the page's own tree hangs tells its one child only by number.
            let child: Option<(String, OwnedObjectPath)> =
                self.ask(bus, path, ACCESSIBLE, "GetChildAtIndex", &0_i32);
            return child
                .filter(|(_, path)| !path.as_str().ends_with("/null"))
                .into_iter()
                .collect();
        }
        children
    }

    fn property(&self, bus: &str, path: &str, name: &str) -> Option<String> {
        let value: OwnedValue = self.ask(
            bus,
            path,
            "org.freedesktop.DBus.Properties",
            "Get",
            &(ACCESSIBLE, name),
        )?;
        String::try_from(value).ok()
    }

    /// One question; `None` where the thing has gone, or does not do that.
    fn ask<B, A>(&self, bus: &str, path: &str, interface: &str, method: &str, body: &B) -> Option<A>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
        A: for<'a> serde::Deserialize<'a> + zbus::zvariant::Type,
    {
        let answer = self
            .connection
            .call_method(Some(bus), path, Some(interface), method, body)
            .ok()?;
        answer.body().deserialize().ok()
    }
}

impl Drop for AccessibilityBus {
    fn drop(&mut self) {
        // Told to end, it ends the bus that it has started as well; killed, it would leave that behind.
        if self.launcher.signal(Signal::TERM).is_ok() {
            let asked = std::time::Instant::now();
            while !self.launcher.has_ended() && asked.elapsed() < ONE_ANSWER {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

fn connect(address: &str) -> Told<Connection> {
    Builder::address(address)
        .and_then(|builder| builder.method_timeout(ONE_ANSWER).build())
        .map_err(|error| failure("connect to a bus", &error))
}

fn failure(doing: &str, error: &dyn std::error::Error) -> Failure {
    Failure::from_error(doing, error)
}
