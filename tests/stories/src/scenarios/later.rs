use super::ENTER;
use super::main_job::HandedOver;
use crate::{Desktop, Reporter, Role, Told, Window, expect};

/// The program again, with no Twilio to be reached: everything saved is found, copied and shown.
pub async fn later(
    reporter: &mut Reporter,
    desktop: &Desktop,
    gone: &str,
    handed: &HandedOver,
) -> Told {
    reporter.story("Later, with Twilio out of reach");
    let window = reporter
        .step(
            desktop,
            "The saved list is shown, and says how old it is",
            offline(desktop, gone),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A search for the API SID finds whose key it is",
            found(&window, handed),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The secret is copied",
            secret_copied(&window, desktop, handed),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The secret is shown when asked for",
            secret_shown(&window, handed),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The secret is hidden again",
            secret_hidden(&window, handed),
        )
        .await?;
    window.close().await
}

async fn offline(desktop: &Desktop, gone: &str) -> Told<Window> {
    let window = desktop.open(&["--twilio", gone]).await?;
    window
        .page()
        .thing(Role::Heading, "Subaccounts")
        .is_there()
        .await?;
    window
        .shows("Twilio cannot be reached. Showing what was saved")
        .await?;
    Ok(window)
}

async fn found(window: &Window, handed: &HandedOver) -> Told {
    let page = window.page();
    let search = page.thing_with(Role::Searchbox, "Search by name");
    search.type_text(&handed.key_sid).await?;
    page.thing_with(Role::Row, "API key").is_there().await?;
    search.press(ENTER).await?;
    page.shows("This is the key you searched for.").await
}

async fn secret_copied(window: &Window, desktop: &Desktop, handed: &HandedOver) -> Told {
    desktop.clipboard().put("something else")?;
    window.page().button("Copy API Secret").click().await?;
    desktop.clipboard().holds(&handed.secret).await
}

async fn secret_shown(window: &Window, handed: &HandedOver) -> Told {
    let page = window.page();
    expect(!page.text().await?.contains(&handed.secret), || {
        "the secret is shown unasked".to_owned()
    })?;
    page.button("Show API Secret").click().await?;
    page.thing_with(Role::Image, &handed.secret)
        .is_there()
        .await
}

async fn secret_hidden(window: &Window, handed: &HandedOver) -> Told {
    window.page().button("Hide API Secret").click().await?;
    let page = window.page();
    page.thing_with(Role::Image, &handed.secret).is_gone().await
}
