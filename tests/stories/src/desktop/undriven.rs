use std::process::Command;

use super::{AccessibilityBus, Environment, Heard, Running, called_in_family, file_dialog};
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told};

/// The process that draws the page, as the kernel cuts its name.
const PAGE: &str = "WebKitWebProces";

/// `ATSPI_ROLE_PUSH_BUTTON`.
const BUTTON: &[u32] = &[43];
/// `ATSPI_ROLE_PASSWORD_TEXT`, `ATSPI_ROLE_TEXT` and `ATSPI_ROLE_ENTRY`.
const BOX: &[u32] = &[40, 61, 79];

/// The program with nothing that tests bring along, used by keyboard and screen reader.
pub struct Undriven<'a> {
    program: Running,
    environment: &'a Environment,
    screen_reader: &'a AccessibilityBus,
}

impl<'a> Undriven<'a> {
    pub(super) fn start(
        command: Command,
        environment: &'a Environment,
        screen_reader: &'a AccessibilityBus,
    ) -> Told<Self> {
        Ok(Self {
            program: Running::start(command, "")?,
            environment,
            screen_reader,
        })
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.program.id()
    }

    /// The process that draws its page.
    pub fn page(&self) -> Told<u32> {
        called_in_family(self.id(), PAGE)?.ok_or_else(|| Failure::new("no process draws the page"))
    }

    /// Whether the program has ended.
    pub fn has_ended(&mut self) -> bool {
        self.program.has_ended()
    }

    /// What it printed so far.
    pub fn printed(&self) -> String {
        self.program.printed()
    }

    /// Everything that a screen reader can be told, now.
    pub fn everything(&self) -> Told<Vec<Heard>> {
        self.screen_reader.everything()
    }

    /// Waits until a text is told anywhere.
    pub async fn tells(&self, text: &str) -> Told {
        self.tells_within(text, PATIENCE).await
    }

    /// Waits longer than usual until a text is told anywhere.
    pub async fn tells_within(&self, text: &str, timeout: std::time::Duration) -> Told {
        until(timeout, async || {
            let everything = self.everything()?;
            if told(&everything, text) {
                return Ok(());
            }
            Err(Failure::new(format!(
                "“{text}” is not told, but:\n{}",
                names(&everything)
            )))
        })
        .await
    }

    /// Presses the button of this name.
    pub async fn press(&self, name: &str) -> Told {
        until(PATIENCE, async || {
            self.screen_reader
                .press(&self.only("button", BUTTON, name)?)
        })
        .await
    }

    /// Types into the box of this name, key by key.
    pub async fn type_into(&self, name: &str, text: &str) -> Told {
        self.focus(name).await?;
        file_dialog::type_into_window(self.environment, "Subvault", text)
    }

    /// The same, over whatever is in the box.
    pub async fn type_anew_into(&self, name: &str, text: &str) -> Told {
        self.focus(name).await?;
        file_dialog::focus_window(self.environment, "Subvault")?;
        self.press_key("ctrl+a")?;
        file_dialog::type_into_window(self.environment, "Subvault", text)
    }

    /// Pastes what is on the clipboard into the box of this name.
    pub async fn paste_into(&self, name: &str) -> Told {
        self.focus(name).await?;
        file_dialog::focus_window(self.environment, "Subvault")?;
        self.press_key("ctrl+v")
    }

    async fn focus(&self, name: &str) -> Told {
        until(PATIENCE, async || {
            self.screen_reader.focus(&self.only("box", BOX, name)?)
        })
        .await
    }

    /// Presses one key, by its X name.
    pub fn press_key(&self, key: &str) -> Told {
        file_dialog::press_key(self.environment, key)
    }

    /// Presses one key in another window of the program, found by its title.
    pub fn press_key_in(&self, title: &str, key: &str) -> Told {
        file_dialog::focus_window(self.environment, title)?;
        self.press_key(key)
    }

    fn only(&self, what: &str, roles: &[u32], name: &str) -> Told<Heard> {
        let everything = self.everything()?;
        let found = everything
            .iter()
            .find(|thing| roles.contains(&thing.role) && thing.name.contains(name));
        found.cloned().ok_or_else(|| {
            Failure::new(format!("no {what} “{name}” among:\n{}", names(&everything)))
        })
    }
}

fn told(everything: &[Heard], text: &str) -> bool {
    everything
        .iter()
        .flat_map(|thing| &thing.texts)
        .any(|told| told.contains(text))
}

fn names(everything: &[Heard]) -> String {
    let lines: Vec<String> = everything
        .iter()
        .filter(|thing| !thing.name.is_empty())
        .map(|thing| format!("{:>3} “{}”", thing.role, thing.name))
        .collect();
    lines.join("\n")
}
