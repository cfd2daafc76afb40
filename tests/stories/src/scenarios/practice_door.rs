use super::{LONG_READ, PRACTICE_SERVICE, SERVICE, create_subaccount};
use crate::{Desktop, Reporter, Role, Told, Window, expect};

/// From the welcome screen into practice mode, where nothing is real, and out again.
pub async fn practice_door(reporter: &mut Reporter, desktop: &Desktop) -> Told {
    reporter.story("Practice mode");
    let window = reporter
        .step(
            desktop,
            "The other door opens a made-up Twilio",
            entered(desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A made-up subaccount is made there",
            created(&window, desktop),
        )
        .await?;
    reporter
        .step(desktop, "Leaving leads back to the welcome", left(&window))
        .await?;
    window.close().await
}

async fn entered(desktop: &Desktop) -> Told<Window> {
    let window = desktop.open(&[]).await?;
    let page = window.page();
    page.button("Try it with made-up data").click().await?;
    page.inside(Role::Region, "Practice mode")
        .shows("This is a made-up Twilio")
        .await?;
    page.thing(Role::Heading, "Subaccounts").is_there().await?;
    window.shows_within("Up to date", LONG_READ).await?;
    Ok(window)
}

async fn created(window: &Window, desktop: &Desktop) -> Told {
    create_subaccount(window, "A customer who is not real").await?;
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    card.button("Do this later").click().await?;
    page.thing_with(Role::Dialog, "").is_gone().await?;
    page.shows("1 not handed over").await?;
    let kept = desktop
        .keychain()
        .items(PRACTICE_SERVICE)?
        .iter()
        .any(|item| item.label.contains("API Secret"));
    expect(kept, || {
        "practice mode kept no secret in the keychain".to_owned()
    })?;
    let real = desktop.keychain().items(SERVICE)?;
    expect(real.is_empty(), || {
        "practice mode touched what is the real account's".to_owned()
    })
}

async fn left(window: &Window) -> Told {
    window.page().button("Leave practice").click().await?;
    window
        .page()
        .thing(Role::Heading, "Welcome to Subvault")
        .is_there()
        .await
}
