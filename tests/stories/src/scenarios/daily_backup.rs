use std::time::Duration;

use super::another_computer::{backed_up, backups, made};
use super::open_on;
use crate::waiting::until;
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

/// The program looks a minute after its start, and locking a file with a passphrase takes a while.
const MADE_WITHIN: Duration = Duration::from_secs(150);

/// A day after the last backup the next one is made by itself, and the window says so; nobody presses anything.
pub async fn daily_backup(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("The daily backup");
    let window = reporter
        .step(
            desktop,
            "A key is made and backed up",
            first(desktop, practice),
        )
        .await?;
    window.close().await?;
    a_day_passes(desktop)?;
    let window = open_on(desktop, practice).await?;
    reporter
        .step(
            desktop,
            "A day later it is backed up by itself",
            by_itself(&window, desktop),
        )
        .await?;
    window.close().await
}

async fn first(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let window = made(desktop, practice).await?;
    let card = window
        .page()
        .inside(Role::Dialog, "Hand over to DicksonOne");
    card.button("Do this later").click().await?;
    backed_up(&window, desktop).await?;
    Ok(window)
}

/// In the records of the program, which is closed.
fn a_day_passes(desktop: &Desktop) -> Told {
    let records = desktop.data().join("account/records.db");
    let aged = rusqlite::Connection::open(records)
        .and_then(|records| {
            let earlier = "UPDATE backup SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, '-25 hours')";
            records.execute(earlier, [])
        })
        .map_err(|error| Failure::from_error("let a day pass", error))?;
    expect(aged == 1, || format!("{aged} backups are written down"))
}

async fn by_itself(window: &Window, desktop: &Desktop) -> Told {
    window.page().button("Backup").click().await?;
    window.shows("Last backup 1 day ago").await?;
    window
        .shows_within("Last backup just now", MADE_WITHIN)
        .await?;
    until(Duration::from_secs(5), async || {
        let files = backups(desktop)?;
        expect(files.len() == 2, || format!("not two backups: {files:?}"))
    })
    .await
}
