use std::time::Duration;

use fantoccini::Client;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};

use super::Role;
use crate::waiting::{PATIENCE, answer, until};
use crate::{Failure, Told};

const FIND: &str = include_str!("find.js");

/// A place to look in: the whole page, or one thing on it.
pub struct Look<'a> {
    client: &'a Client,
    inside: Option<(Role, &'a str)>,
}

/// One thing to be looked for. Nothing is looked up until it is waited for or acted on.
pub struct Thing<'a> {
    look: &'a Look<'a>,
    role: Role,
    name: &'a str,
    exact: bool,
}

impl<'a> Look<'a> {
    pub(super) fn in_page(client: &'a Client) -> Self {
        Self {
            client,
            inside: None,
        }
    }

    /// Looks only inside the thing with this role whose name holds `name`.
    pub fn inside(&self, role: Role, name: &'a str) -> Look<'a> {
        Look {
            client: self.client,
            inside: Some((role, name)),
        }
    }

    /// The thing with this role and exactly this accessible name.
    pub fn thing(&'a self, role: Role, name: &'a str) -> Thing<'a> {
        Thing {
            look: self,
            role,
            name,
            exact: true,
        }
    }

    /// The thing with this role whose accessible name holds `part`.
    pub fn thing_with(&'a self, role: Role, part: &'a str) -> Thing<'a> {
        Thing {
            look: self,
            role,
            name: part,
            exact: false,
        }
    }

    /// The button of this name.
    pub fn button(&'a self, name: &'a str) -> Thing<'a> {
        self.thing(Role::Button, name)
    }

    /// Waits until `text` is seen here.
    pub async fn shows(&self, text: &str) -> Told {
        until(PATIENCE, async || {
            let found = self.text().await?;
            if found.contains(text) {
                return Ok(());
            }
            Err(Failure::new(format!(
                "looked for the text “{text}”; it shows:\n{}",
                shortened(&found)
            )))
        })
        .await
    }

    /// All the text seen here.
    pub async fn text(&self) -> Told<String> {
        let script = "return (arguments[0] ?? document.body).innerText";
        let text = self.execute(script, vec![self.scope().await?]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// How many things of this role have a name that holds `part`.
    pub async fn count(&self, role: Role, part: &str) -> Told<usize> {
        Ok(self.find(role, part, false).await?.len())
    }

    async fn scope(&self) -> Told<Value> {
        let Some((role, name)) = self.inside else {
            return Ok(Value::Null);
        };
        let found = find(self.client, role, name, false, Value::Null).await?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| Failure::new(format!("no {} “{name}” to look in", role.name())))
    }

    async fn find(&self, role: Role, name: &str, exact: bool) -> Told<Vec<Value>> {
        find(self.client, role, name, exact, self.scope().await?).await
    }

    async fn execute(&self, script: &str, arguments: Vec<Value>) -> Told<Value> {
        execute(self.client, script, arguments).await
    }
}

impl Thing<'_> {
    /// Waits until it is there.
    pub async fn is_there(&self) -> Told {
        self.is_there_within(PATIENCE).await
    }

    /// Waits longer, or shorter, than usual until it is there.
    pub async fn is_there_within(&self, timeout: Duration) -> Told {
        until(timeout, async || self.element().await.map(drop)).await
    }

    /// Waits until it is there, without ever reading the text of the page: the answers of the WebDriver pass through the program's own
    /// process, and would leave there what the page shows.
    pub async fn is_seen(&self) -> Told {
        until(PATIENCE, async || {
            let found = self
                .look
                .find(self.role, self.name, self.exact)
                .await?
                .len();
            match found {
                0 => Err(Failure::new(format!("there is no {}", self.described()))),
                _ => Ok(()),
            }
        })
        .await
    }

    /// Waits until it is not there.
    pub async fn is_gone(&self) -> Told {
        until(PATIENCE, async || {
            if self
                .look
                .find(self.role, self.name, self.exact)
                .await?
                .is_empty()
            {
                return Ok(());
            }
            Err(Failure::new(format!(
                "the {} is still there",
                self.described()
            )))
        })
        .await
    }

    /// Waits until it can be used, and clicks it.
    pub async fn click(&self) -> Told {
        self.act("click", async |element| {
            if !element.is_enabled().await? {
                return Ok(Some("it cannot be used yet"));
            }
            element.click().await.map(|()| None)
        })
        .await
    }

    /// Empties it and types `text`.
    pub async fn type_text(&self, text: &str) -> Told {
        self.act("type into", async |element| {
            element.clear().await?;
            element.send_keys(text).await.map(|()| None)
        })
        .await
    }

    /// Presses keys with it in focus.
    pub async fn press(&self, keys: &str) -> Told {
        self.act("press keys in", async |element| {
            element.send_keys(keys).await.map(|()| None)
        })
        .await
    }

    /// Its text, once it is there.
    pub async fn text(&self) -> Told<String> {
        until(PATIENCE, async || {
            let element = self.element().await?;
            answer("read its text", element.text()).await
        })
        .await
    }

    /// What a box holds, once it is there.
    pub async fn value(&self) -> Told<String> {
        until(PATIENCE, async || {
            let element = self.element().await?;
            Ok(answer("read its value", element.prop("value"))
                .await?
                .unwrap_or_default())
        })
        .await
    }

    /// Waits until a box holds exactly `text`.
    pub async fn holds(&self, text: &str) -> Told {
        until(PATIENCE, async || {
            let element = self.element().await?;
            let found = answer("read its value", element.prop("value")).await?;
            match found.as_deref() == Some(text) {
                true => Ok(()),
                false => Err(Failure::new(format!(
                    "the {} holds {found:?}, not “{text}”",
                    self.described()
                ))),
            }
        })
        .await
    }

    /// Waits until a box is ticked, or is not.
    pub async fn is_ticked(&self, ticked: bool) -> Told {
        until(PATIENCE, async || {
            let element = self.element().await?;
            let found = answer("read its tick", element.is_selected()).await?;
            if found == ticked {
                Ok(())
            } else {
                Err(Failure::new(format!(
                    "{}: ticked {found}",
                    self.described()
                )))
            }
        })
        .await
    }

    /// The name the engine's own accessibility tree has for it.
    pub async fn name_in_accessibility_tree(&self) -> Told<String> {
        let element = self.element().await?;
        let label = ComputedLabel {
            element: element.element_id().to_string(),
        };
        let label = answer(
            "ask for the accessible name",
            self.look.client.issue_cmd(label),
        )
        .await?;
        Ok(label.as_str().unwrap_or_default().to_owned())
    }

    async fn act(
        &self,
        what: &str,
        action: impl AsyncFn(&Element) -> Result<Option<&'static str>, CmdError>,
    ) -> Told {
        until(PATIENCE, async || {
            let element = self.element().await?;
            let doing = format!("{what} the {}", self.described());
            match answer(&doing, action(&element)).await? {
                None => Ok(()),
                Some(reason) => Err(Failure::new(format!("{doing}: {reason}"))),
            }
        })
        .await
    }

    async fn element(&self) -> Told<Element> {
        let found = self.look.find(self.role, self.name, self.exact).await?;
        let count = found.len();
        match found.into_iter().next() {
            Some(only) if count == 1 => element_of(self.look.client, only),
            Some(_) => Err(Failure::new(format!(
                "{count} things are a {}",
                self.described()
            ))),
            None => {
                let shown = shortened(&self.look.text().await.unwrap_or_default());
                Err(Failure::new(format!(
                    "there is no {}; the window shows:\n{shown}",
                    self.described()
                )))
            }
        }
    }

    fn described(&self) -> String {
        let part = if self.exact { "" } else { " with" };
        format!("{}{part} “{}”", self.role.name(), self.name)
    }
}

/// Enough of a screen's text to see which screen it is.
fn shortened(text: &str) -> String {
    const LINES: usize = 40;
    let mut lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines.push("…");
    }
    lines.join("\n")
}

async fn find(
    client: &Client,
    role: Role,
    name: &str,
    exact: bool,
    scope: Value,
) -> Told<Vec<Value>> {
    match execute(
        client,
        FIND,
        vec![json!(role.name()), json!(name), json!(exact), scope],
    )
    .await?
    {
        Value::Array(found) => Ok(found),
        other => Err(Failure::new(format!("looking answered {other}"))),
    }
}

async fn execute(client: &Client, script: &str, arguments: Vec<Value>) -> Told<Value> {
    answer("look at the page", client.execute(script, arguments)).await
}

fn element_of(client: &Client, found: Value) -> Told<Element> {
    let id = found
        .as_object()
        .and_then(|object| object.values().next())
        .and_then(Value::as_str);
    let id = id.ok_or_else(|| Failure::new(format!("not an element: {found}")))?;
    Ok(Element::from_element_id(
        client.clone(),
        id.to_owned().into(),
    ))
}

/// "Get Computed Label" of the WebDriver standard, which fantoccini has no call for.
#[derive(Debug)]
struct ComputedLabel {
    element: String,
}

impl WebDriverCompatibleCommand for ComputedLabel {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/element/{}/computedlabel",
            session.unwrap_or_default(),
            self.element
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}
