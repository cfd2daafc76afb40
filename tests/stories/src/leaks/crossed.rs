use serde_json::Value;

use crate::{Failure, Told, Window, expect};

/// Answers of the Rust side come by `fetch`, and everything it tells unasked by a callback. Callbacks are
/// kept in a map, which is the one thing on their way that can be looked into: the rest cannot be replaced. The page's own code is left
/// as it is.
const RECORD: &str = "
if (window.crossedOfAStory) return true;
const crossed = { answers: [], callbacks: [] };
window.crossedOfAStory = crossed;
const text = (value) => { try { return typeof value === 'string' ? value : JSON.stringify(value); } catch { return String(value); } };
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const answer = await fetched(...asked);
  answer.clone().text().then((body) => crossed.answers.push(body), () => {});
  return answer;
};
const { callbacks } = window.__TAURI_INTERNALS__;
const found = callbacks.get.bind(callbacks);
callbacks.get = (id) => {
  const callback = found(id);
  return callback && ((data) => { crossed.callbacks.push(text(data)); return callback(data); });
};
return callbacks instanceof Map && window.fetch !== fetched;";

/// What crossed from the Rust side to the page since [`Crossed::record`].
pub struct Crossed<'a> {
    window: &'a Window,
}

/// The messages that crossed.
pub struct Messages {
    /// How many answers to a question of the page there were.
    pub answers: usize,
    /// How many events, of the kinds that tell what has changed.
    pub events: usize,
    /// How many of them tell the steps of an operation.
    pub steps: usize,
    /// All of them, one a line.
    pub text: String,
}

impl<'a> Crossed<'a> {
    /// Begins to record, in the page.
    pub async fn record(window: &'a Window) -> Told<Self> {
        let records = window.script(RECORD, Vec::new()).await?;
        expect(records == Value::Bool(true), || {
            "what crosses to the page cannot be recorded".to_owned()
        })?;
        Ok(Self { window })
    }

    /// All that crossed so far.
    pub async fn messages(&self) -> Told<Messages> {
        let crossed = self
            .window
            .script("return window.crossedOfAStory", Vec::new())
            .await?;
        let lines = |kind: &str| -> Told<Vec<String>> {
            let lines = crossed[kind].as_array();
            let lines = lines.ok_or_else(|| Failure::new("nothing was recorded"))?;
            let lines = lines.iter().filter_map(Value::as_str);
            Ok(lines.map(str::to_owned).collect())
        };
        let (answers, callbacks) = (lines("answers")?, lines("callbacks")?);
        let told: Vec<Value> = callbacks
            .iter()
            .filter_map(|line| serde_json::from_str(line).ok())
            .filter(|message: &Value| message.get("event").is_some())
            .collect();
        Ok(Messages {
            answers: answers.len(),
            events: told.len(),
            steps: told.iter().filter(|event| tells_steps(event)).count(),
            text: [answers, callbacks].concat().join("\n"),
        })
    }
}

fn tells_steps(event: &Value) -> bool {
    let operations = event["payload"].as_array();
    let steps = |operation: &Value| {
        operation["steps"]
            .as_array()
            .is_some_and(|steps| !steps.is_empty())
    };
    operations.is_some_and(|operations| operations.iter().any(steps))
}
