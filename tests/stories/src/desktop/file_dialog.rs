use std::path::Path;
use std::time::Duration;

use super::Environment;
use crate::waiting::until;
use crate::{Failure, Told};

/// The system's box for a file may take this long to come up on a busy machine.
const OPENING: Duration = Duration::from_secs(30);

/// How often, and how far apart, the box is looked at after a path was typed: it closes when it has understood.
const LOOKS: usize = 4;
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Answers the box of this title as a person does who types a path into it and presses Enter.
pub async fn answer(environment: &Environment, title: &str, path: &Path) -> Told {
    let exactly = format!("^{title}$");
    let window = until(OPENING, async || {
        let found = xdotool(
            environment,
            &["search", "--onlyvisible", "--name", &exactly],
        )?;
        found
            .lines()
            .next_back()
            .map(str::to_owned)
            .ok_or_else(|| Failure::new(format!("no box is titled “{title}”")))
    })
    .await?;
    let path = path.display().to_string();
    until(OPENING, async || {
        xdotool(environment, &["windowfocus", "--sync", &window])?;
        // Typed over whatever an earlier try, or the box completing a name, has left there.
        xdotool(environment, &["key", "ctrl+a"])?;
        xdotool(environment, &["type", "--delay", "30", &path])?;
        for _ in 0..LOOKS {
            xdotool(environment, &["key", "Return"])?;
            tokio::time::sleep(BETWEEN_LOOKS).await;
            let left = xdotool(
                environment,
                &["search", "--onlyvisible", "--name", &exactly],
            )?;
            if left.is_empty() {
                return Ok(());
            }
        }
        Err(Failure::new(format!("the box “{title}” stays open")))
    })
    .await
}

/// Gives the keyboard to the window of this title.
pub fn focus_window(environment: &Environment, title: &str) -> Told {
    let exactly = format!("^{title}$");
    let found = xdotool(
        environment,
        &["search", "--onlyvisible", "--name", &exactly],
    )?;
    let window = found
        .lines()
        .next_back()
        .ok_or_else(|| Failure::new(format!("no window is titled “{title}”")))?;
    xdotool(environment, &["windowfocus", "--sync", window]).map(drop)
}

/// Types into the window of this title as a keyboard does. The text is not among the arguments of any process.
pub fn type_into_window(environment: &Environment, title: &str, text: &str) -> Told {
    focus_window(environment, title)?;
    type_into_focus(environment, text)
}

/// The same into whatever has the keyboard.
pub fn type_into_focus(environment: &Environment, text: &str) -> Told {
    use std::io::Write;
    use std::process::Stdio;
    let typing = |error| Failure::from_error("type", error);
    let mut child = environment
        .command("xdotool")
        .args(["type", "--delay", "12", "--file", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .map_err(typing)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes()).map_err(typing)?;
    }
    child.wait().map_err(typing).map(drop)
}

/// Presses a key where the focus is.
pub fn press_key(environment: &Environment, key: &str) -> Told {
    xdotool(environment, &["key", key]).map(drop)
}

/// What the program prints; a search that finds nothing prints nothing.
pub fn xdotool(environment: &Environment, arguments: &[&str]) -> Told<String> {
    let output = environment
        .command("xdotool")
        .args(arguments)
        .output()
        .map_err(|error| Failure::from_error("use the desktop", error))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
