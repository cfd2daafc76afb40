use std::io::Write;
use std::process::Stdio;

use parking_lot::Mutex;
use rustix::process::Signal;

use super::keychain_item::{KeychainItem, parse_items, payload};
use super::{Environment, Running};
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told, expect};

/// GNOME Keyring on the desktop's own bus, read from outside by `secret-tool`.
pub struct Keychain {
    daemon: Mutex<Option<Running>>,
    environment: Environment,
    keyring: Keyring,
}

/// What the keychain keeps its items in to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// A default keyring that is unlocked, as after signing in with a password.
    Unlocked,
    /// Nothing, as for a new user who is signed in automatically.
    Missing,
}

const PASSWORD: &str = "the password of a desktop made for one story";

impl Keychain {
    pub async fn start(environment: &Environment, keyring: Keyring) -> Told<Self> {
        let keychain = Self {
            daemon: Mutex::new(None),
            environment: environment.clone(),
            keyring,
        };
        keychain.start_again().await?;
        Ok(keychain)
    }

    /// Starts the daemon on what it kept before, unlocked where it has its keyring from the beginning.
    pub async fn start_again(&self) -> Told {
        let mut command = self.environment.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        let daemon = match self.keyring {
            Keyring::Unlocked => {
                command.arg("--unlock");
                Running::start(command, PASSWORD)?
            }
            Keyring::Missing => Running::start(command, "")?,
        };
        until(PATIENCE, async || self.answers())
            .await
            .map_err(|failure| failure.and(daemon.printed()))?;
        *self.daemon.lock() = Some(daemon);
        Ok(())
    }

    /// Ends the daemon: no keychain is on the bus any more.
    pub async fn end(&self) -> Told {
        // Ended by being dropped.
        drop(self.daemon.lock().take());
        until(PATIENCE, async || match self.answers() {
            Ok(()) => Err(Failure::new("the keychain is still on the bus")),
            Err(_) => Ok(()),
        })
        .await
    }

    /// Makes every call to the keychain hang until [`Keychain::resume`].
    pub fn pause(&self) -> Told {
        self.signal(Signal::STOP)
    }

    /// Lets a paused keychain answer again.
    pub fn resume(&self) -> Told {
        self.signal(Signal::CONT)
    }

    /// Locks the keychain; nobody is there to answer its question for the password.
    pub fn lock(&self) -> Told {
        self.run("secret-tool", &["lock", "--collection=login"])
            .map(drop)
    }

    /// Every item whose attribute `service` is `service`. `secret-tool` has room for some two hundred secrets at once.
    pub fn items(&self, service: &str) -> Told<Vec<KeychainItem>> {
        let output = self
            .environment
            .command("timeout")
            .args([
                "5",
                "secret-tool",
                "search",
                "--all",
                "--unlock",
                "service",
                service,
            ])
            .output()
            .map_err(|error| Failure::from_error("run secret-tool", error))?;
        // It ends with 1, and has nothing to say, where nothing is found.
        let found_nothing = output.status.code() == Some(1) && output.stderr.is_empty();
        expect(output.status.success() || found_nothing, || {
            let complaint = String::from_utf8_lossy(&output.stderr);
            format!("searching the keychain: {}: {complaint}", output.status)
        })?;
        // secret-tool prints secrets to one stream and attributes to the other, each item in the same order.
        Ok(parse_items(
            &String::from_utf8_lossy(&output.stdout),
            &String::from_utf8_lossy(&output.stderr),
        ))
    }

    /// Whether there is an item whose name holds `part`.
    pub fn has(&self, service: &str, part: &str) -> Told<bool> {
        let items = self.items(service)?;
        Ok(items.iter().any(|item| item.label.contains(part)))
    }

    /// What the program has put under a name, however many items there are.
    pub fn payload(&self, service: &str, name: &str) -> Told<String> {
        let lookup = ["lookup", "service", service, "username", name];
        payload(self.run("secret-tool", &lookup)?.trim())
    }

    /// Leaves an item of exactly the same name in another keyring, as one that was restored has it.
    pub fn leave_another(&self, of: &KeychainItem, content: &str) -> Told {
        self.store(
            of,
            &["--collection=session", "--label=Another"],
            &[],
            content,
        )
    }

    /// Leaves an item in the same keyring that goes by the same name and has one attribute more, as another program would.
    pub fn leave_a_stranger(&self, of: &KeychainItem, content: &str) -> Told {
        let own = ["application", "another program"];
        self.store(of, &["--label=Of another program"], &own, content)
    }

    fn store(&self, of: &KeychainItem, options: &[&str], own: &[&str], content: &str) -> Told {
        let storing = |error| Failure::from_error("leave another item", error);
        let mut command = self.environment.command("secret-tool");
        command
            .arg("store")
            .args(options)
            .args(of.named_by().flat_map(<[&str; 2]>::from))
            .args(own)
            .stdin(Stdio::piped());
        let mut child = command.spawn().map_err(storing)?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(content.as_bytes()).map_err(storing)?;
        }
        let ended = child.wait().map_err(storing)?;
        expect(ended.success(), || format!("leaving another item: {ended}"))
    }

    /// Deletes every item of a service whose name holds `part`, as its owner does in a keychain program.
    pub fn delete(&self, service: &str, part: &str) -> Told {
        let items = self.items(service)?;
        for item in items.iter().filter(|item| item.label.contains(part)) {
            let mut arguments = vec!["clear"];
            arguments.extend(item.named_by().flat_map(<[&str; 2]>::from));
            self.run("secret-tool", &arguments)?;
        }
        Ok(())
    }

    fn signal(&self, signal: Signal) -> Told {
        match self.daemon.lock().as_ref() {
            Some(daemon) => daemon.signal(signal),
            None => Err(Failure::new("the keychain is not running")),
        }
    }

    fn answers(&self) -> Told {
        let reply = self.run(
            "dbus-send",
            &[
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ],
        )?;
        if reply.contains("boolean true") {
            Ok(())
        } else {
            Err(Failure::new("no keychain is on the bus"))
        }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Told<String> {
        let output = self
            .environment
            .command(program)
            .args(arguments)
            .output()
            .map_err(|error| Failure::from_error(&format!("run {program}"), error))?;
        if !output.status.success() {
            return Err(Failure::new(format!(
                "{program}: {}",
                String::from_utf8_lossy(&output.stderr)
            )));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}
