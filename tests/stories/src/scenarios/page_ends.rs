use std::time::Duration;

use rustix::process::Signal;

use super::{connect, ends, leave_sealed_only, open_on};
use crate::desktop::Undriven;
use crate::waiting::{PATIENCE, until};
use crate::{Desktop, Practice, Reporter, Told, expect};

/// The first of the list, so that its row is drawn.
const CUSTOMER: &str = "Alder Creek Dairy";
/// The title of the system's box.
const QUESTION: &str = "Not everything is safe yet";
/// Between two presses of a key in the system's box: those that come too early are lost.
const BETWEEN_PRESSES: Duration = Duration::from_millis(500);

/// While a secret is not safe, the page's process is killed, and then does nothing any more: the first is mended, and in the second case
/// the system asks whether to close.
pub async fn page_ends(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("The page ends");
    reporter
        .step(
            desktop,
            "A secret is in a sealed copy only, and the program is closed",
            left(desktop, practice),
        )
        .await?;
    let bus = desktop.start_screen_reader().await?;
    let mut window = desktop.open_undriven(&bus, &["--twilio", practice.base()])?;
    reporter
        .step(
            desktop,
            "A page whose process is killed comes back by itself",
            killed(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A page that does nothing any more cannot ask, so the system does; kept open, it comes back",
            kept_open(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The same again, and Close anyway ends the program",
            closed_anyway(&mut window, desktop),
        )
        .await
}

async fn left(desktop: &Desktop, practice: &Practice) -> Told {
    let window = open_on(desktop, practice).await?;
    connect(&window, practice).await?;
    window.shows("Up to date").await?;
    leave_sealed_only(&window, desktop, practice, CUSTOMER).await?;
    ends(window, desktop, async |window| {
        desktop.ask_to_close()?;
        window.page().button("Close anyway").click().await
    })
    .await
    .map(drop)
}

async fn killed(window: &Undriven<'_>, desktop: &Desktop) -> Told {
    window.tells(CUSTOMER).await?;
    let page = window.page()?;
    desktop.signal_process(page, Signal::KILL)?;
    comes_back_in_place_of(page, window).await
}

async fn kept_open(window: &Undriven<'_>, desktop: &Desktop) -> Told {
    let page = asked_by_the_system(window, desktop).await?;
    answered(window, desktop, "Escape").await?;
    comes_back_in_place_of(page, window).await
}

async fn closed_anyway(window: &mut Undriven<'_>, desktop: &Desktop) -> Told {
    let page = asked_by_the_system(window, desktop).await?;
    answered(window, desktop, "Return").await?;
    let ended = until(PATIENCE, async || {
        expect(window.has_ended(), || {
            "the program is still running".to_owned()
        })
    })
    .await;
    // A process that is stopped does not notice that its program has ended.
    desktop.signal_process(page, Signal::KILL)?;
    ended
}

/// The page's process does nothing any more, and the window is asked to close. Answers that process.
async fn asked_by_the_system(window: &Undriven<'_>, desktop: &Desktop) -> Told<u32> {
    let page = window.page()?;
    desktop.signal_process(page, Signal::STOP)?;
    desktop.ask_to_close()?;
    desktop.windows()?.comes_to_be_seen(QUESTION).await?;
    Ok(page)
}

/// Presses a key in the system's box until that has closed.
async fn answered(window: &Undriven<'_>, desktop: &Desktop, key: &str) -> Told {
    let windows = desktop.windows()?;
    until(PATIENCE, async || {
        tokio::time::sleep(BETWEEN_PRESSES).await;
        if windows.titled(QUESTION)?.iter().any(|found| found.is_seen) {
            window.press_key_in(QUESTION, key)?;
        }
        tokio::time::sleep(BETWEEN_PRESSES).await;
        let is_seen = windows.titled(QUESTION)?.iter().any(|found| found.is_seen);
        expect(!is_seen, || "the system's box stays open".to_owned())
    })
    .await
}

async fn comes_back_in_place_of(before: u32, window: &Undriven<'_>) -> Told {
    until(PATIENCE, async || {
        expect(window.page()? != before, || {
            "the page's process is the same".to_owned()
        })
    })
    .await?;
    window.tells(CUSTOMER).await
}
