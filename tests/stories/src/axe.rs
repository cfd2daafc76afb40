use serde_json::Value;

use crate::{Failure, Told, Window, repository};

// A colour on its way from one state to the next is nobody's to read: what ends is let end first.
const RUN: &str = "
const done = arguments[arguments.length - 1];
const passing = document.getAnimations().filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity);
Promise.allSettled(passing.map((animation) => animation.finished)).then(() => axe.run(document, { resultTypes: ['violations'] })).then(
  (results) => done(results.violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => `${node.target} ${node.failureSummary}`) }))),
  (error) => done(String(error)),
);";

/// Has axe-core look at what the window shows; answers what it finds wrong, one line each.
pub async fn accessibility_problems(window: &Window) -> Told<Vec<String>> {
    let there = window
        .script("return typeof axe === 'object'", Vec::new())
        .await?;
    if there != Value::Bool(true) {
        let file = repository().join("ui/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&file)
            .map_err(|error| Failure::from_error(&format!("read {}", file.display()), error))?;
        window.script(&axe, Vec::new()).await?;
    }
    match window.script_that_answers_later(RUN, Vec::new()).await? {
        Value::Array(violations) => Ok(violations.iter().map(line).collect()),
        other => Err(Failure::new(format!("axe-core answered {other}"))),
    }
}

fn line(violation: &Value) -> String {
    let places = violation["at"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let places: Vec<&str> = places.iter().filter_map(Value::as_str).collect();
    format!(
        "{}: {}\n    {}",
        violation["id"],
        violation["help"],
        places.join("\n    ")
    )
}
