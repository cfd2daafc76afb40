use std::time::{Duration, Instant};

use serde_json::Value;

use crate::waiting::until;
use crate::{Failure, Role, Told, Window};

/// How long each of some keystrokes took, in milliseconds.
pub struct Keystrokes {
    /// Until the list was filtered, in the page and laid out.
    pub listed: Vec<f64>,
    /// Until a frame with it had been painted, which includes waiting for the screen's next one.
    pub painted: Vec<f64>,
}

/// Types and deletes searches letter by letter.
pub async fn keystrokes(window: &Window, searches: &[&str]) -> Told<Keystrokes> {
    const BACKSPACE: &str = "\u{e003}";
    let page = window.page();
    let box_ = page.thing_with(Role::Searchbox, "Search by name");
    window
        .script("performance.clearMeasures()", Vec::new())
        .await?;
    let mut typed = 0;
    for search in searches {
        let letters: Vec<String> = search.chars().map(String::from).collect();
        let back = std::iter::repeat_n(BACKSPACE.to_owned(), letters.len());
        for key in letters.iter().cloned().chain(back) {
            box_.press(&key).await?;
            typed += 1;
        }
    }
    Ok(Keystrokes {
        painted: measured(window, "keystroke-to-list", typed).await?,
        listed: measured(window, "keystroke-to-ready", typed).await?,
    })
}

async fn measured(window: &Window, name: &str, count: usize) -> Told<Vec<f64>> {
    const ASK: &str =
        "return performance.getEntriesByName(arguments[0]).map((entry) => entry.duration)";
    until(Duration::from_secs(20), async || {
        let found = window.script(ASK, vec![Value::from(name)]).await?;
        let found: Vec<f64> = found.as_array().map_or_else(Vec::new, |all| {
            all.iter().filter_map(Value::as_f64).collect()
        });
        if found.len() == count {
            return Ok(found);
        }
        Err(Failure::new(format!(
            "{count} keystrokes, {} of them measured",
            found.len()
        )))
    })
    .await
}

/// Reads everything from Twilio again; answers how long it took, in milliseconds.
pub async fn refresh(window: &Window) -> Told<f64> {
    let page = window.page();
    let before = Instant::now();
    page.button("Refresh").click().await?;
    page.button("Stop").is_there().await?;
    until(Duration::from_secs(300), async || {
        let text = page.text().await?;
        if text.contains("Up to date") {
            Ok(())
        } else {
            Err(Failure::new("the refresh does not end"))
        }
    })
    .await?;
    Ok(before.elapsed().as_secs_f64() * 1000.0)
}
