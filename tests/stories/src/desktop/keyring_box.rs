//! The boxes in which GNOME Keyring asks for passwords. A program of its own shows them, which the session bus starts.

use std::path::Path;

use super::Environment;
use super::file_dialog::{press_key, type_into_focus, xdotool};
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told};

/// The program that shows them, where Debian keeps it, and its name on the bus.
const PROMPTER: &str = "/usr/libexec/gcr-prompter";
const NAME: &str = "org.gnome.keyring.SystemPrompter";

/// Has the bus that looks for its services in this folder know the program.
pub fn allow(services: &Path) -> Told {
    let service = format!("[D-BUS Service]\nName={NAME}\nExec={PROMPTER}\n");
    std::fs::write(services.join(format!("{NAME}.service")), service)
        .map_err(|error| Failure::from_error("let the keyring's boxes come up", error))
}

/// Waits for the box for a new keyring, and chooses this password in it.
pub async fn choose_password(environment: &Environment, password: &str) -> Told {
    comes_up(environment).await?;
    type_into_focus(environment, password)?;
    press_key(environment, "Tab")?;
    type_into_focus(environment, password)?;
    press_key(environment, "Return")?;
    is_gone(environment).await
}

/// Waits for the box, and closes it without an answer.
pub async fn close(environment: &Environment) -> Told {
    comes_up(environment).await?;
    press_key(environment, "Escape")?;
    is_gone(environment).await
}

async fn comes_up(environment: &Environment) -> Told {
    let window = until(PATIENCE, async || {
        let shown = shown(environment)?;
        let window = shown.lines().next_back().map(str::to_owned);
        window.ok_or_else(|| Failure::new("no box of the keyring comes up"))
    })
    .await?;
    xdotool(environment, &["windowfocus", "--sync", &window]).map(drop)
}

async fn is_gone(environment: &Environment) -> Told {
    until(PATIENCE, async || match shown(environment)?.is_empty() {
        true => Ok(()),
        false => Err(Failure::new("the keyring's box stays open")),
    })
    .await
}

fn shown(environment: &Environment) -> Told<String> {
    xdotool(
        environment,
        &["search", "--onlyvisible", "--class", "gcr-prompter"],
    )
}
