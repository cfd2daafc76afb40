//! The program's window, seen and used as a person does.

mod frames;
mod look;
mod role;

use std::path::Path;
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::waiting::{PATIENCE, answer, until};
use crate::{Failure, Told};
pub use frames::Frames;
pub use look::{Look, Thing};
pub use role::Role;

/// How long the program may take to show a page; WebKitWebDriver itself never gives up.
const OPENING: Duration = Duration::from_secs(60);

/// One running program with its page.
pub struct Window {
    client: Client,
}

impl Window {
    /// Starts `program` through the WebDriver at `driver` and waits until its page is loaded.
    pub(crate) async fn open(driver: &str, program: &Path, arguments: &[String]) -> Told<Self> {
        let wanted = json!({
            "webkitgtk:browserOptions": { "binary": program, "args": arguments },
            "pageLoadStrategy": "normal",
        });
        let Value::Object(wanted) = wanted else {
            return Err(Failure::new("capabilities are an object"));
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted);
        let client = tokio::time::timeout(OPENING, builder.connect(driver))
            .await
            .map_err(|_| {
                Failure::new(format!(
                    "{} showed no page in {} s",
                    program.display(),
                    OPENING.as_secs()
                ))
            })?
            .map_err(|error| Failure::from_error(&format!("open {}", program.display()), error))?;
        Ok(Self { client })
    }

    /// Ends the program. Every window must be closed: the WebDriver holds one at a time.
    pub async fn close(self) -> Told {
        answer("close the window", self.client.close()).await
    }

    /// Lets go of a program that has ended by itself.
    pub async fn has_ended(self) {
        // The driver can only say that its page is gone.
        let _ = answer("let go of the window", self.client.close()).await;
    }

    /// The whole window, to look for things in.
    pub fn page(&self) -> Look<'_> {
        Look::in_page(&self.client)
    }

    /// The document's title.
    pub async fn title(&self) -> Told<String> {
        answer("read the title", self.client.title()).await
    }

    /// Runs a script in the page; its last `return` is the answer.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Told<Value> {
        answer("run a script", self.client.execute(script, arguments)).await
    }

    /// Runs a script that answers by calling its last argument.
    pub async fn script_that_answers_later(
        &self,
        script: &str,
        arguments: Vec<Value>,
    ) -> Told<Value> {
        answer("run a script", self.client.execute_async(script, arguments)).await
    }

    /// All the text a person can see.
    pub async fn text(&self) -> Told<String> {
        let text = self
            .script("return document.body.innerText", Vec::new())
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until the window shows `text` anywhere.
    pub async fn shows(&self, text: &str) -> Told {
        self.page().shows(text).await
    }

    /// Waits longer than usual until the window shows `text`.
    pub async fn shows_within(&self, text: &str, timeout: Duration) -> Told {
        until(timeout, async || {
            if self.text().await?.contains(text) {
                return Ok(());
            }
            Err(Failure::new(format!("looked for the text “{text}”")))
        })
        .await
    }

    /// Waits until the window shows `text` nowhere.
    pub async fn no_longer_shows(&self, text: &str) -> Told {
        until(PATIENCE, async || {
            if self.text().await?.contains(text) {
                return Err(Failure::new(format!("the window still shows “{text}”")));
            }
            Ok(())
        })
        .await
    }

    /// Presses keys, as typed with nothing in particular aimed at: what has the focus gets them.
    pub async fn press(&self, keys: &str) -> Told {
        let focused = answer("find the focus", self.client.active_element()).await?;
        answer("press keys", focused.send_keys(keys)).await
    }

    /// Sets the size of the window, in CSS pixels.
    pub async fn resize(&self, width: u32, height: u32) -> Told {
        answer(
            "resize the window",
            self.client.set_window_size(width, height),
        )
        .await
    }
}
