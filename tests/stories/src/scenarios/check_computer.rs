use super::{SERVICE, connect, open_on, open_screen};
use crate::{Desktop, Practice, Reporter, Told, Window, expect};

/// What the keychain's own line says when it works.
const KEEPS: &str = "keeps, gives back and deletes what it should";

/// The page that tries out the computer: with everything in order, with the keychain stopped, and without Twilio.
pub async fn check_computer(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: Practice,
) -> Told {
    reporter.story("Check my computer");
    let window = open_on(desktop, &practice).await?;
    connect(&window, &practice).await?;
    window.shows("Up to date").await?;
    let in_order = in_order(&window, desktop, &practice);
    reporter
        .step(desktop, "On a computer in order everything works", in_order)
        .await?;
    let report = report(&window, desktop, &practice);
    reporter
        .step(desktop, "The report holds no secret and no name", report)
        .await?;
    let stopped = keychain_stopped(&window, desktop);
    reporter
        .step(desktop, "Without a keychain the page says so", stopped)
        .await?;
    let back = keychain_back(&window, desktop);
    reporter
        .step(desktop, "With the keychain back everything works", back)
        .await?;
    drop(practice);
    reporter
        .step(
            desktop,
            "Without Twilio, the rest works",
            no_twilio(&window),
        )
        .await?;
    window.close().await
}

async fn in_order(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    let page = window.page();
    open_screen(window, "Settings").await?;
    page.button("Check my computer").click().await?;
    page.shows("When something does not work, this finds out where.")
        .await?;
    let asked_before = practice.requests().await?.len();
    page.button("Check now").click().await?;
    page.button("Check again").is_there().await?;
    page.shows("Everything works").await?;
    page.shows(&format!("GNOME Keyring {KEEPS}")).await?;
    page.shows("Twilio answered").await?;
    let asked = practice.requests().await?.len() - asked_before;
    expect(asked == 1, || format!("Twilio was asked {asked} times"))?;
    let left: Vec<_> = desktop
        .keychain()
        .items(SERVICE)?
        .into_iter()
        .map(|item| item.label)
        .filter(|label| label.contains("Check"))
        .collect();
    expect(left.is_empty(), || {
        format!("test entries are left: {left:?}")
    })
}

async fn report(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    let before = desktop.clipboard().text()?;
    window
        .page()
        .button("Copy report for support")
        .click()
        .await?;
    let report = desktop.clipboard().changes_from(before.as_deref()).await?;
    for part in ["Keychain: Fine", "GNOME Keyring", "Twilio: Fine", "Ahead: "] {
        expect(report.contains(part), || {
            format!("no “{part}” in: {report}")
        })?;
    }
    let (_, accounts) = practice
        .ask("/2010-04-01/Accounts.json?PageSize=1000")
        .await?;
    let accounts = accounts["accounts"].as_array().cloned().unwrap_or_default();
    let names = accounts
        .iter()
        .filter_map(|account| account["friendly_name"].as_str());
    for told in names.chain([practice.account_sid(), practice.auth_token()]) {
        expect(!report.contains(told), || {
            format!("“{told}” is in the report")
        })?;
    }
    Ok(())
}

async fn keychain_stopped(window: &Window, desktop: &Desktop) -> Told {
    desktop.keychain().end().await?;
    let page = window.page();
    page.button("Check again").click().await?;
    page.shows("One thing does not work.").await?;
    page.shows("It can be written to").await?;
    page.shows("Twilio answered").await?;
    let text = window.text().await?;
    expect(!text.contains(KEEPS), || {
        "the keychain is said to work".to_owned()
    })
}

async fn keychain_back(window: &Window, desktop: &Desktop) -> Told {
    desktop.keychain().start_again().await?;
    let page = window.page();
    page.button("Check again").click().await?;
    page.shows("Everything works").await?;
    page.shows(KEEPS).await
}

async fn no_twilio(window: &Window) -> Told {
    let page = window.page();
    page.button("Check again").click().await?;
    page.shows("The connection was turned away").await?;
    page.shows("there is nothing to compare it with").await?;
    page.shows(KEEPS).await
}
