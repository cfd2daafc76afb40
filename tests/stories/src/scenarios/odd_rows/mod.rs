//! Rows of Twilio's list that are not as they should be.

mod given;
mod listed;

use std::collections::BTreeMap;

use super::{SEARCH, connect, find_subaccount, open_on};
use crate::{Desktop, Practice, Reporter, Role, Told, Window, expect};
use given::{Given, OddRow, given};
use listed::{every_row, short};

const SUBACCOUNTS: usize = 1_000;

/// What the list says of a subaccount: its name and its status.
type Row = (String, String);
/// By the SID as the list shows it.
type Rows = BTreeMap<String, Row>;

/// What a script in a name would leave on the page.
const RAN: &str = "return window.ranByAName ?? 'nothing'";

/// Of a thousand subaccounts five are not as they should be. The others are listed as they are, and of the five what can be read; they are
/// found and opened like any other.
pub async fn odd_rows(reporter: &mut Reporter, desktop: &Desktop) -> Told {
    reporter.story("Odd rows in Twilio's list");
    let practice = Practice::start(1_000)?;
    let given = given(&practice).await?;
    let window = open_on(desktop, &practice).await?;
    reporter
        .step(
            desktop,
            "It connects, and the list says how many rows are odd",
            connected(&window, &practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Every other row is as Twilio has it, and of the odd ones what can be read is shown",
            as_given(&window, &given),
        )
        .await?;
    for row in &given.odd {
        reporter
            .step(
                desktop,
                &format!("Found and opened: {}", row.what),
                opened(&window, desktop, row),
            )
            .await?;
    }
    reporter
        .step(
            desktop,
            "No script of a name has run, and nothing is wider than the window",
            is_whole(&window),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Once Twilio has them right, so has the list",
            repaired(&window, &practice, &given),
        )
        .await?;
    window.close().await
}

async fn connected(window: &Window, practice: &Practice) -> Told {
    connect(window, practice).await?;
    window
        .shows("5 rows of Twilio’s list are not as they should be, and are shown as far as they can be read.")
        .await?;
    // What else there is to be read of a thousand subaccounts is no part of this story.
    window.page().button("Stop").click().await
}

async fn as_given(window: &Window, given: &Given) -> Told {
    let found = every_row(window, SUBACCOUNTS).await?;
    let is_odd = |sid: &str| given.odd.iter().any(|row| short(&row.sid) == sid);
    let untouched = found
        .iter()
        .filter(|&(sid, row)| !is_odd(sid) && given.sound.get(sid) == Some(row))
        .count();
    let wrong: Vec<_> = found
        .iter()
        .filter(|&(sid, row)| given.readable.get(sid) != Some(row))
        .map(|(sid, row)| (sid, row, given.readable.get(sid)))
        .collect();
    expect(wrong.is_empty(), || {
        format!("{untouched} rows are untouched; others than they should be: {wrong:?}")
    })?;
    expect(untouched == SUBACCOUNTS - given.odd.len(), || {
        format!("only {untouched} rows are untouched")
    })
}

async fn opened(window: &Window, desktop: &Desktop, row: &OddRow) -> Told {
    let page = window.page();
    find_subaccount(window, row.found_by.unwrap_or(&row.sid)).await?;
    page.shows(&row.sid).await?;
    let heading: Vec<_> = row.shown.split_whitespace().collect();
    page.thing(Role::Heading, &heading.join(" "))
        .is_there()
        .await?;
    desktop.clipboard().put("something else")?;
    page.button("Copy Account SID").click().await?;
    desktop.clipboard().holds(&row.sid).await?;
    page.button("Close").click().await
}

async fn is_whole(window: &Window) -> Told {
    let ran = window.script(RAN, Vec::new()).await?;
    expect(ran == "nothing", || {
        format!("a script of a name ran: {ran}")
    })?;
    let made = "return document.querySelectorAll('img, script:not([src])').length";
    let made = window.script(made, Vec::new()).await?;
    expect(made == 0, || {
        format!("{made} elements were made out of a name")
    })?;
    let wide = "return document.documentElement.scrollWidth > window.innerWidth";
    let wide = window.script(wide, Vec::new()).await?;
    expect(wide == false, || {
        "the page is wider than the window".to_owned()
    })
}

async fn repaired(window: &Window, practice: &Practice, given: &Given) -> Told {
    let page = window.page();
    let search = page.thing_with(Role::Searchbox, SEARCH);
    // Finds all of them again.
    search.type_text(" ").await?;
    practice.clear_faults().await?;
    page.button("Refresh").click().await?;
    window.no_longer_shows("not as they should be").await?;
    let found = every_row(window, SUBACCOUNTS).await?;
    let wrong = found
        .iter()
        .find(|&(sid, row)| given.sound.get(sid) != Some(row));
    expect(wrong.is_none(), || {
        format!("still not as Twilio has it: {wrong:?}")
    })
}
