use std::time::Duration;

use serde_json::json;

use super::{call, connect, open_on, unlock};
use crate::desktop::Agent;
use crate::{Desktop, Practice, Reporter, Role, Told, Window, expect};

const PASSPHRASE: &str = "lantern orbit velvet cactus harbor 93";
const TRY: &str = "Try this computer’s password…";
const UNLOCK: &str = "Unlock with this computer’s password";
const TOKEN: &str = "Auth Token of your Twilio account";
const WITH_TOKEN: &str = "Unlock with the Auth Token";
/// A silent bus is given up on within this time, also on a busy computer.
const GIVEN_UP: Duration = Duration::from_secs(60);
/// Instead of five minutes.
const IDLE_SECONDS: &str = "8";

/// The system's check locks only once it has worked; gone, it neither opens the lock nor keeps the owner out.
pub async fn locked_by_the_system(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("Locked by the system");
    reporter
        .step(
            desktop,
            "polkit without an agent locks nothing, and a passphrase is asked for",
            without_an_agent(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Once it has worked it locks; then its agent goes, and it stays locked",
            worked_once(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Started without a bus it is still locked",
            locked_at_the_start(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "On a bus that says nothing it is still locked, at the start and after asking",
            on_a_silent_bus(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The account's Auth Token lets its owner in, who sets a passphrase",
            owner_gets_in(desktop, practice),
        )
        .await
}

async fn refused(window: &Window) -> Told {
    let answer = call(window, "subaccounts", json!({})).await?;
    expect(answer == "locked", || format!("the list answers {answer}"))
}

async fn is_locked(window: &Window) -> Told {
    window.shows("Subvault is locked").await?;
    refused(window).await
}

async fn without_an_agent(desktop: &Desktop, practice: &Practice) -> Told {
    let _bus = desktop.start_system_bus(Agent::IsNotThere)?;
    let window = desktop
        .open(&["--twilio", practice.base(), "--lock-after", IDLE_SECONDS])
        .await?;
    connect(&window, practice).await?;
    window.shows("Subvault does not lock").await?;
    window.page().button(TRY).click().await?;
    window
        .shows("This computer cannot ask at the moment, so it cannot unlock Subvault.")
        .await?;
    let answer = call(&window, "lock_now", json!({})).await?;
    expect(answer == "noWayToUnlock", || format!("locking: {answer}"))?;
    // Longer than it would take to lock.
    tokio::time::sleep(Duration::from_secs(20)).await;
    let answer = call(&window, "subaccounts", json!({})).await?;
    expect(answer == "done", || format!("the list answers {answer}"))?;
    window.close().await?;
    // Nor does a start after it was left for so long.
    let window = desktop
        .open(&["--twilio", practice.base(), "--lock-after", "1"])
        .await?;
    window.shows("Subvault does not lock").await?;
    window.close().await
}

async fn worked_once(desktop: &Desktop, practice: &Practice) -> Told {
    let bus = desktop.start_system_bus(Agent::AnswersRight)?;
    let window = open_on(desktop, practice).await?;
    window.page().button(TRY).click().await?;
    window
        .shows("It worked. Subvault locks by itself from now on.")
        .await?;
    lock(&window).await?;
    window.page().button(UNLOCK).click().await?;
    window
        .page()
        .thing(Role::Heading, "Subaccounts")
        .is_there()
        .await?;
    bus.set_agent(Agent::IsNotThere);
    lock(&window).await?;
    window.page().button(UNLOCK).click().await?;
    window
        .shows("The computer cannot ask at the moment")
        .await?;
    is_locked(&window).await?;
    window.close().await
}

/// The page that asked is loaded anew before it is answered.
async fn lock(window: &Window) -> Told {
    let lock = "void window.__TAURI_INTERNALS__.invoke('lock_now')";
    window.script(lock, Vec::new()).await?;
    is_locked(window).await
}

async fn locked_at_the_start(desktop: &Desktop, practice: &Practice) -> Told {
    let window = open_on(desktop, practice).await?;
    is_locked(&window).await?;
    window.page().button(UNLOCK).click().await?;
    window
        .shows("The computer cannot ask at the moment")
        .await?;
    is_locked(&window).await?;
    window.close().await
}

async fn on_a_silent_bus(desktop: &Desktop, practice: &Practice) -> Told {
    let _silence = desktop.start_silent_system_bus()?;
    let window = open_on(desktop, practice).await?;
    is_locked(&window).await?;
    window.page().button(UNLOCK).click().await?;
    window.shows_within("came too late", GIVEN_UP).await?;
    is_locked(&window).await?;
    window.close().await
}

async fn owner_gets_in(desktop: &Desktop, practice: &Practice) -> Told {
    let window = open_on(desktop, practice).await?;
    is_locked(&window).await?;
    let page = window.page();
    page.button("Unlock with your Twilio account’s Auth Token instead")
        .click()
        .await?;
    let token = page.thing(Role::Textbox, TOKEN);
    token.type_text("00000000000000000000000000000000").await?;
    page.button(WITH_TOKEN).click().await?;
    window
        .shows("Twilio does not accept this Auth Token")
        .await?;
    is_locked(&window).await?;
    token.type_text(practice.auth_token()).await?;
    page.button(WITH_TOKEN).click().await?;
    page.thing(Role::Heading, "Subaccounts").is_there().await?;
    window.shows("Subvault does not lock").await?;
    let answer = call(
        &window,
        "set_passphrase",
        json!({ "passphrase": PASSPHRASE, "old": null }),
    )
    .await?;
    expect(answer == "done", || {
        format!("setting the passphrase: {answer}")
    })?;
    window.no_longer_shows("Subvault does not lock").await?;
    lock(&window).await?;
    unlock(&window, PASSPHRASE).await?;
    window.close().await
}
