use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Rows;
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told, Window};

/// Shows the rows from this place on, and answers what is drawn of each: its place, name, SID and status.
const ROWS_FROM: &str = r"
const [place] = arguments;
const grid = document.querySelector('[role=grid][aria-label=Subaccounts]');
const height = grid.querySelector('.body .row').offsetHeight;
grid.scrollTop = place * height;
const text = (row, part) => row.querySelector(part)?.textContent.trim() ?? '';
return [...grid.querySelectorAll('.body .row')].map((row) => [
  Number(row.ariaRowIndex) - 2,
  row.querySelector('bdi').textContent,
  text(row, '.sid'),
  text(row, '.status'),
]);";

/// Every row as somebody sees it who goes through the whole list.
pub async fn every_row(window: &Window, count: usize) -> Told<Rows> {
    let (mut seen, mut rows) = (BTreeSet::new(), Rows::new());
    while let Some(next) = (0..count).find(|place| !seen.contains(place)) {
        for row in rows_from(window, next).await? {
            let text = |at: usize| row[at].as_str().unwrap_or_default().to_owned();
            let place = row[0]
                .as_u64()
                .and_then(|place| usize::try_from(place).ok());
            seen.extend(place);
            rows.insert(text(2), (text(1), text(3).to_lowercase()));
        }
    }
    Ok(rows)
}

async fn rows_from(window: &Window, place: usize) -> Told<Vec<Value>> {
    until(PATIENCE, async || {
        let drawn = window.script(ROWS_FROM, vec![json!(place)]).await?;
        let drawn = drawn.as_array().cloned().unwrap_or_default();
        match drawn.iter().any(|row| row[0] == place) {
            true => Ok(drawn),
            false => Err(Failure::new(format!("the row {place} is not drawn"))),
        }
    })
    .await
}

/// First and last characters, as the list shows a SID.
pub fn short(sid: &str) -> String {
    let beginning = sid.get(..6).unwrap_or_default();
    let end = sid.get(sid.len().saturating_sub(4)..).unwrap_or_default();
    format!("{beginning}…{end}")
}
