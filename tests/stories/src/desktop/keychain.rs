use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use parking_lot::Mutex;
use rustix::process::Signal;

use super::{Environment, Running};
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told, expect};

/// GNOME Keyring on the desktop's own bus, read from outside by `secret-tool`.
pub struct Keychain {
    daemon: Mutex<Option<Running>>,
    environment: Environment,
}

/// One item of the keychain, as its owner sees it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeychainItem {
    /// The name shown in a keychain program.
    pub label: String,
    /// What is kept.
    pub secret: String,
    /// The attributes it is found by, in the order printed.
    pub attributes: Vec<(String, String)>,
}

impl KeychainItem {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(attribute, _)| attribute == name)
            .map(|(_, value)| value.as_str())
    }

    /// What the program has put into it, read out of the form that it has there.
    pub fn payload(&self) -> Told<String> {
        payload(&self.secret)
    }
}

fn payload(secret: &str) -> Told<String> {
    let encoded = secret
        .strip_prefix("v1:")
        .ok_or_else(|| Failure::new("the item is of no known form"))?;
    let payload = BASE64_URL_SAFE_NO_PAD
        .decode(encoded)
        .map_err(|error| Failure::from_error("read the item", error))?;
    Ok(String::from_utf8_lossy(&payload).into_owned())
}

const PASSWORD: &str = "the password of a desktop made for one story";

impl Keychain {
    pub async fn start(environment: &Environment) -> Told<Self> {
        let keychain = Self {
            daemon: Mutex::new(None),
            environment: environment.clone(),
        };
        keychain.start_again().await?;
        Ok(keychain)
    }

    /// Starts the daemon, unlocked, on what it kept before.
    pub async fn start_again(&self) -> Told {
        let mut command = self.environment.command("gnome-keyring-daemon");
        command.args(["--foreground", "--unlock", "--components=secrets"]);
        let daemon = Running::start(command, PASSWORD)?;
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

    /// Deletes every item of a service whose name holds `part`, as its owner does in a keychain program.
    pub fn delete(&self, service: &str, part: &str) -> Told {
        let items = self.items(service)?;
        for item in items.iter().filter(|item| item.label.contains(part)) {
            let mut arguments = vec!["clear"];
            // What the keychain keeps for itself is no attribute to search by.
            for (name, value) in &item.attributes {
                if !name.starts_with("xdg:") {
                    arguments.extend([name.as_str(), value.as_str()]);
                }
            }
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

/// Puts together the two streams of `secret-tool search --all`: items with label and secret, and attributes alone.
fn parse_items(items: &str, attributes: &str) -> Vec<KeychainItem> {
    let mut found: Vec<KeychainItem> = Vec::new();
    for line in items.lines() {
        if line.starts_with("[/") {
            found.push(KeychainItem {
                label: String::new(),
                secret: String::new(),
                attributes: Vec::new(),
            });
        }
        let (Some(item), Some((name, value))) = (found.last_mut(), line.split_once(" = ")) else {
            continue;
        };
        match name {
            "label" => item.label = value.to_owned(),
            "secret" => item.secret = value.to_owned(),
            _ => {}
        }
    }
    let mut of = 0;
    for line in attributes.lines() {
        let Some((name, value)) = line
            .strip_prefix("attribute.")
            .and_then(|line| line.split_once(" = "))
        else {
            continue;
        };
        // A name that comes again belongs to the next item.
        if found
            .get(of)
            .is_some_and(|item| item.attribute(name).is_some())
        {
            of += 1;
        }
        if let Some(item) = found.get_mut(of) {
            item.attributes.push((name.to_owned(), value.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::parse_items;

    #[test]
    fn attributes_of_the_second_stream_go_to_the_item_they_belong_to() {
        let items =
            "[/1]\nlabel = One\nsecret = first = secret\n[/2]\nlabel = Two\nsecret = second\n";
        let attributes = "attribute.user = a\nattribute.service = S\nattribute.user = b\nattribute.service = S\n";
        let found = parse_items(items, attributes);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].secret, "first = secret");
        assert_eq!(found[1].attribute("user"), Some("b"));
        assert_eq!(found[1].label, "Two");
    }
}
