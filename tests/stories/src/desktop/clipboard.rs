use std::time::{Duration, Instant};

use super::Environment;
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told, expect};

const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// The clipboard as another program reads it.
pub struct Clipboard<'a> {
    environment: &'a Environment,
}

impl<'a> Clipboard<'a> {
    pub(super) fn new(environment: &'a Environment) -> Self {
        Self { environment }
    }

    /// The text on the clipboard; none where nothing, or nothing readable as text, is there.
    pub fn text(&self) -> Told<Option<String>> {
        self.read("UTF8_STRING")
    }

    /// What is selected anywhere on the display (X11's PRIMARY), as another program reads it.
    pub fn selected(&self) -> Told<Vec<u8>> {
        Ok(self
            .read_from("primary", "UTF8_STRING")?
            .unwrap_or_default()
            .into_bytes())
    }

    /// The kinds of content the owner of the clipboard offers (X11 targets).
    pub fn kinds(&self) -> Told<Vec<String>> {
        Ok(self
            .read("TARGETS")?
            .unwrap_or_default()
            .lines()
            .map(str::to_owned)
            .collect())
    }

    /// Waits until the clipboard holds exactly `text`.
    pub async fn holds(&self, text: &str) -> Told {
        until(PATIENCE, async || match self.text()? {
            Some(found) if found == text => Ok(()),
            Some(_) => Err(Failure::new(
                "the clipboard holds something else than what was copied",
            )),
            None => Err(Failure::new("the clipboard is empty")),
        })
        .await
    }

    /// Waits until the clipboard holds another text than `before`, and answers it.
    pub async fn changes_from(&self, before: Option<&str>) -> Told<String> {
        until(PATIENCE, async || match self.text()? {
            Some(found) if Some(found.as_str()) != before => Ok(found),
            _ => Err(Failure::new("nothing new came to the clipboard")),
        })
        .await
    }

    /// Fails if the clipboard ceases to hold `text` before this time is over.
    pub async fn keeps(&self, text: &str, time: Duration) -> Told {
        let begun = Instant::now();
        loop {
            let is_last = begun.elapsed() >= time;
            let found = self.text()?;
            expect(found.is_some_and(|found| found == text), || {
                format!(
                    "the clipboard held it for less than {:.1} s",
                    begun.elapsed().as_secs_f32()
                )
            })?;
            if is_last {
                return Ok(());
            }
            tokio::time::sleep(BETWEEN_LOOKS.min(time.saturating_sub(begun.elapsed()))).await;
        }
    }

    /// Waits until the clipboard no longer holds `text`, for as long as the program leaves a secret there and a little more.
    pub async fn no_longer_holds(&self, text: &str) -> Told {
        self.loses(text, Duration::from_secs(45)).await
    }

    /// Waits so long at most until the clipboard no longer holds `text`.
    pub async fn loses(&self, text: &str, timeout: Duration) -> Told {
        until(timeout, async || {
            match self.text()?.is_some_and(|found| found == text) {
                true => Err(Failure::new("the clipboard still holds it")),
                false => Ok(()),
            }
        })
        .await
    }

    /// Puts a text there, as another program would.
    pub fn put(&self, text: &str) -> Told {
        use std::io::Write;
        use std::process::Stdio;
        let putting = |error| Failure::from_error("put a text on the clipboard", error);
        let mut child = self
            .environment
            .command("xclip")
            .args(["-selection", "clipboard", "-in"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(putting)?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(text.as_bytes()).map_err(putting)?;
        }
        // xclip goes on in the background as the clipboard's owner; what is waited for is only its first process.
        child.wait().map_err(putting).map(drop)
    }

    fn read(&self, kind: &str) -> Told<Option<String>> {
        self.read_from("clipboard", kind)
    }

    fn read_from(&self, selection: &str, kind: &str) -> Told<Option<String>> {
        let output = self
            .environment
            .command("timeout")
            .args([
                "5",
                "xclip",
                "-selection",
                selection,
                "-out",
                "-target",
                kind,
            ])
            .output()
            .map_err(|error| Failure::from_error("read the clipboard with xclip", error))?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok((output.status.success() && !text.is_empty()).then_some(text))
    }
}
