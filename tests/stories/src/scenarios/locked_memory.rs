use std::time::Duration;

use super::screen_reader::{connected, made, passphrase_set};
use super::{LOCKED_BY_PASSPHRASE, SEARCH};
use crate::desktop::{Undriven, family};
use crate::leaks::{Canary, Hit, memory, none};
use crate::waiting::until;
use crate::{Desktop, Failure, Practice, Reporter, Told, expect};

const CUSTOMER: &str = "Beacon Street Bakery";
const PASSPHRASE: &str = "lantern orbit velvet cactus harbor 93";
/// The time after locking at which nothing secret may be in memory any more.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(5);
/// What was searched for is found within this time, even on a busy computer.
const ONE_LOOK: Duration = Duration::from_secs(10);
/// The program is started anew after so many lockings: what the first ones leave must not be all there is to see.
const LOCKINGS_A_START: u64 = 10;

/// A person unlocks, works with a secret and locks, again and again; each time all memory of all processes, everything that core dumps
/// would have, is looked through. Answers how many lockings there were.
///
/// The passphrase is typed and pasted in turns, since a pasted one takes another way through the program.
pub async fn locked_memory(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
    lockings: u64,
) -> Told {
    reporter.story("Locked memory");
    let bus = desktop.start_screen_reader().await?;
    let window = desktop.open_undriven(&bus, &["--twilio", practice.base()])?;
    let secret = reporter
        .step(
            desktop,
            "Connected, a key made, a recovery passphrase set",
            prepared(&window, desktop, practice),
        )
        .await?;
    let canary = Canary::of(&[
        ("the API Secret", &secret),
        ("the Auth Token", practice.auth_token()),
        ("the recovery passphrase", PASSPHRASE),
    ]);
    reporter
        .step(
            desktop,
            "They are found in memory while they are in use",
            found_in_use(&window, desktop, &canary, &secret),
        )
        .await?;
    let mut window = Some(window);
    for number in 1..=lockings {
        let running = match window.take() {
            Some(running) => running,
            None => {
                let again = desktop.open_undriven(&bus, &["--twilio", practice.base()])?;
                again.tells("Subvault is locked").await?;
                again
            }
        };
        if number > 1 {
            unlocked(&running, desktop, practice, number).await?;
            worked(&running, desktop, &secret).await?;
        }
        reporter
            .step(
                desktop,
                &format!(
                    "Locking {number} of {lockings}: nothing secret is in any memory 5 s later"
                ),
                forgotten(&running, desktop, &canary, &secret),
            )
            .await?;
        if !number.is_multiple_of(LOCKINGS_A_START) {
            window = Some(running);
        }
    }
    Ok(())
}

async fn prepared(window: &Undriven<'_>, desktop: &Desktop, practice: &Practice) -> Told<String> {
    connected(window, practice).await?;
    let secret = made(window, desktop).await?;
    passphrase_set(
        window,
        &Canary::of(&[("the recovery passphrase", PASSPHRASE)]),
    )
    .await?;
    Ok(secret)
}

async fn found_in_use(
    window: &Undriven<'_>,
    desktop: &Desktop,
    canary: &Canary,
    secret: &str,
) -> Told {
    window.press("Subaccounts").await?;
    open_customer(window).await?;
    window.press("Show API Secret").await?;
    window.tells("Confirm that it is you").await?;
    window.type_into("Recovery passphrase", PASSPHRASE).await?;
    window.press("Confirm").await?;
    window.tells(secret).await?;
    copied(window, desktop, secret).await?;
    let held = everywhere(window, canary)?;
    for name in ["the API Secret", "the Auth Token"] {
        let found = held.iter().any(|hit| hit.what.contains(name));
        expect(found, || format!("{name} is in use, and is not found"))?;
    }
    Ok(())
}

async fn unlocked(
    window: &Undriven<'_>,
    desktop: &Desktop,
    practice: &Practice,
    number: u64,
) -> Told {
    let before = practice.requests().await?.len();
    if number.is_multiple_of(2) {
        window.type_into("Recovery passphrase", PASSPHRASE).await?;
    } else {
        desktop.clipboard().put(PASSPHRASE)?;
        window.paste_into("Recovery passphrase").await?;
        desktop.clipboard().put("something else")?;
    }
    window.press_key("Return")?;
    until(LOCKED_BY_PASSPHRASE, async || {
        let signed = practice.requests().await?.len() > before;
        signed
            .then_some(())
            .ok_or_else(|| Failure::new("it was unlocked, and the Auth Token is not used"))
    })
    .await?;
    window.tells("Up to date").await
}

/// A secret is copied and shown, as it is on a working day.
async fn worked(window: &Undriven<'_>, desktop: &Desktop, secret: &str) -> Told {
    open_customer(window).await?;
    copied(window, desktop, secret).await?;
    window.press("Show API Secret").await?;
    window.tells(secret).await
}

/// A key that a busy computer loses on the way is typed again.
async fn open_customer(window: &Undriven<'_>) -> Told {
    until(LOCKED_BY_PASSPHRASE, async || {
        window.type_anew_into(SEARCH, CUSTOMER).await?;
        window.press_key("Return")?;
        window.tells_within("API Secret", ONE_LOOK).await
    })
    .await
}

async fn copied(window: &Undriven<'_>, desktop: &Desktop, secret: &str) -> Told {
    desktop.clipboard().put("something else")?;
    window.press("Copy API Secret").await?;
    desktop.clipboard().holds(secret).await
}

async fn forgotten(
    window: &Undriven<'_>,
    desktop: &Desktop,
    canary: &Canary,
    secret: &str,
) -> Told {
    let before = window.page()?;
    window.press_key("ctrl+l")?;
    // The page before it is told until its process has gone.
    until(LOCKED_BY_PASSPHRASE, async || {
        (window.page()? != before)
            .then_some(())
            .ok_or_else(|| Failure::new("the page is still in the process that knew its secrets"))
    })
    .await?;
    window.tells("Subvault is locked").await?;
    desktop.clipboard().no_longer_holds(secret).await?;
    tokio::time::sleep(FORGOTTEN_AFTER).await;
    none(everywhere(window, canary)?)
}

/// What is found in the memory of the program and of all it started.
fn everywhere(window: &Undriven<'_>, canary: &Canary) -> Told<Vec<Hit>> {
    let mut hits = Vec::new();
    for process in family(window.id())? {
        hits.extend(memory(canary, process)?.1);
    }
    Ok(hits)
}
