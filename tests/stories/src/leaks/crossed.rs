use serde_json::Value;

use crate::{Failure, Told, Window};

/// Every answer of the Rust side comes by `fetch` or by a callback; events come by a listener. The page's own code is left as it is.
const RECORD: &str = "
if (window.crossedOfAStory) return true;
const crossed = [];
window.crossedOfAStory = crossed;
const keep = (value) => { try { crossed.push(typeof value === 'string' ? value : JSON.stringify(value)); } catch { crossed.push(String(value)); } };
const fetched = window.fetch;
window.fetch = async (...asked) => {
  const answer = await fetched(...asked);
  answer.clone().text().then(keep, () => {});
  return answer;
};
const inside = window.__TAURI_INTERNALS__;
const runCallback = inside.runCallback;
let replaced = false;
try { inside.runCallback = (id, data) => { keep(data); return runCallback(id, data); }; replaced = inside.runCallback !== runCallback; } catch { }
return replaced;";

/// What crossed from the Rust side to the page since [`Crossed::record`].
pub struct Crossed<'a> {
    window: &'a Window,
    /// Whether callbacks (steps and events) could be recorded besides answers.
    pub callbacks_too: bool,
}

impl<'a> Crossed<'a> {
    /// Begins to record, in the page.
    pub async fn record(window: &'a Window) -> Told<Self> {
        let replaced = window.script(RECORD, Vec::new()).await?;
        Ok(Self {
            window,
            callbacks_too: replaced == Value::Bool(true),
        })
    }

    /// All of it, one message a line, and how many there are.
    pub async fn messages(&self) -> Told<(usize, String)> {
        let all = self
            .window
            .script("return window.crossedOfAStory", Vec::new())
            .await?;
        let all = all
            .as_array()
            .ok_or_else(|| Failure::new("nothing was recorded"))?;
        let lines: Vec<&str> = all.iter().filter_map(Value::as_str).collect();
        Ok((lines.len(), lines.join("\n")))
    }
}
