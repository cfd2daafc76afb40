use std::time::Duration;

use super::{LOCKED_BY_PASSPHRASE, SEARCH};
use crate::desktop::{Heard, Undriven, family};
use crate::leaks::{Canary, Hit, memory, none};
use crate::waiting::{PATIENCE, until};
use crate::{Desktop, Failure, Practice, Reporter, Told, expect};

const CUSTOMER: &str = "Beacon Street Bakery";
const PASSPHRASE: &str = "lantern orbit velvet cactus harbor 93";
/// The time after locking at which nothing secret may be in memory any more.
const FORGOTTEN_AFTER: Duration = Duration::from_secs(5);
/// Instead of five minutes without anybody doing anything.
const IDLE_SECONDS: &str = "20";
const LOCKED_WITHIN: Duration = Duration::from_secs(90);

/// The program as it is shipped, used by keyboard and screen reader: what that is told while secrets are masked, and what is left in
/// memory once the window is locked.
///
/// What is read of each process is all memory that was ever written to, swapped out or not: everything that a core dump would have.
pub async fn screen_reader(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("Screen reader");
    let bus = desktop.start_screen_reader().await?;
    let window = desktop.open_undriven(&bus, &["--twilio", practice.base()])?;
    reporter
        .step(
            desktop,
            "Connected, and the Auth Token was never told",
            connected(&window, practice),
        )
        .await?;
    let secret = reporter
        .step(
            desktop,
            "A key is made and copied, and its secret is not told",
            made(&window, desktop),
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
            "A recovery passphrase is set without being told",
            passphrase_set(&window, &canary),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Its secret is told once it is shown, and not before",
            shown(&window, desktop, &canary, &secret),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Locked, nothing secret is in any process's memory 5 s later",
            forgotten_once_locked(&window, desktop, &canary, &secret),
        )
        .await?;
    drop(window);
    let window = desktop.open_undriven(
        &bus,
        &["--twilio", practice.base(), "--lock-after", IDLE_SECONDS],
    )?;
    reporter
        .step(
            desktop,
            "Opened again and left alone, nothing secret is in memory 5 s after it has locked by itself",
            forgotten_when_left_alone(&window, practice, &canary),
        )
        .await
}

pub(super) async fn connected(window: &Undriven<'_>, practice: &Practice) -> Told {
    window.press("Connect your Twilio account").await?;
    window
        .type_into("Account SID", practice.account_sid())
        .await?;
    window
        .type_into("Auth Token", practice.auth_token())
        .await?;
    let canary = Canary::of(&[("the Auth Token", practice.auth_token())]);
    none(untold(&canary, &window.everything()?))?;
    window.press("Connect").await?;
    window.tells("Up to date").await
}

pub(super) async fn made(window: &Undriven<'_>, desktop: &Desktop) -> Told<String> {
    window.press("New subaccount").await?;
    window.type_into("Customer’s name", CUSTOMER).await?;
    window.press("Create subaccount").await?;
    desktop.clipboard().put("something else")?;
    window.press("Copy secret API Secret").await?;
    let secret = desktop
        .clipboard()
        .changes_from(Some("something else"))
        .await?;
    let canary = Canary::of(&[("the API Secret", &secret)]);
    none(untold(&canary, &window.everything()?))?;
    window.press("Do this later").await?;
    Ok(secret)
}

pub(super) async fn passphrase_set(window: &Undriven<'_>, canary: &Canary) -> Told {
    window.press("Set it up…").await?;
    window.type_into("Passphrase", PASSPHRASE).await?;
    window.type_into("The same once more", PASSPHRASE).await?;
    window.tells("Strong.").await?;
    none(untold(canary, &window.everything()?))?;
    window.press("Set the passphrase and back up").await?;
    window
        .tells_within("It was opened again and compared.", LOCKED_BY_PASSPHRASE)
        .await
}

async fn shown(window: &Undriven<'_>, desktop: &Desktop, canary: &Canary, secret: &str) -> Told {
    window.press("Subaccounts").await?;
    window.type_into(SEARCH, CUSTOMER).await?;
    window.press_key("Return")?;
    window.tells("API Secret").await?;
    none(untold(canary, &window.everything()?))?;
    desktop.clipboard().put("something else")?;
    window.press("Copy API Secret").await?;
    window.tells("Confirm that it is you").await?;
    window.type_into("Recovery passphrase", PASSPHRASE).await?;
    none(untold(canary, &window.everything()?))?;
    window.press("Confirm").await?;
    desktop.clipboard().holds(secret).await?;
    window.press("Show API Secret").await?;
    window.tells(secret).await?;
    let mut held = Vec::new();
    for process in family(window.id())? {
        held.extend(memory(canary, process)?.1);
    }
    for name in ["the API Secret", "the Auth Token"] {
        let found = held.iter().any(|hit| hit.what.contains(name));
        expect(found, || format!("{name} is in use, and is not found"))?;
    }
    Ok(())
}

async fn forgotten_once_locked(
    window: &Undriven<'_>,
    desktop: &Desktop,
    canary: &Canary,
    secret: &str,
) -> Told {
    let before = window.page()?;
    // The button would be gone with its process before it could answer the screen reader.
    window.press_key("ctrl+l")?;
    window.tells("Subvault is locked").await?;
    desktop.clipboard().no_longer_holds(secret).await?;
    // Its process may still be listed while the next one is at work.
    until(PATIENCE, async || {
        expect(window.page()? != before, || {
            "the page is still in the process that knew its secrets".to_owned()
        })
    })
    .await?;
    forgotten(window, canary).await
}

async fn forgotten_when_left_alone(
    window: &Undriven<'_>,
    practice: &Practice,
    canary: &Canary,
) -> Told {
    let before = practice.requests().await?.len();
    window.tells("Subvault is locked").await?;
    let page_before = window.page()?;
    window.type_into("Recovery passphrase", PASSPHRASE).await?;
    window.press_key("Return")?;
    until(LOCKED_BY_PASSPHRASE, async || {
        let signed = practice.requests().await?.len() > before;
        signed
            .then_some(())
            .ok_or_else(|| Failure::new("it was unlocked, and the Auth Token is not used"))
    })
    .await?;
    until(LOCKED_WITHIN, async || {
        let replaced = window.page()? != page_before;
        replaced
            .then_some(())
            .ok_or_else(|| Failure::new("it does not lock, or keeps the page's process"))
    })
    .await?;
    window.tells("Subvault is locked").await?;
    forgotten(window, canary).await
}

/// Nothing secret is left in any process.
async fn forgotten(window: &Undriven<'_>, canary: &Canary) -> Told {
    tokio::time::sleep(FORGOTTEN_AFTER).await;
    let (mut read, mut hits) = (0, Vec::new());
    for process in family(window.id())? {
        let (bytes, found) = memory(canary, process)?;
        read += bytes;
        hits.extend(found);
    }
    println!("            {} MB", read >> 20);
    none(hits)
}

/// Secrets in anything that a screen reader is told. A tree without the program's own texts would prove nothing.
fn untold(canary: &Canary, everything: &[Heard]) -> Vec<Hit> {
    println!("            {} things are told", everything.len());
    everything
        .iter()
        .flat_map(|thing| {
            let place = format!("what is told of “{}”, role {}", thing.name, thing.role);
            thing
                .texts
                .iter()
                .flat_map(move |text| canary.search(text.as_bytes(), &place))
                .collect::<Vec<_>>()
        })
        .collect()
}
