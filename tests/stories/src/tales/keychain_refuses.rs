use serde_json::json;

use super::{SERVICE, connect, open_on, order_subaccount};
use crate::{Desktop, Practice, Role, Teller, Told, Window, expect};

const CUSTOMER: &str = "Blue Door Bakery";

/// The keychain goes away between the pre-flight and the saving; the sealed copy holds, and later the key is finished.
pub async fn keychain_refuses(teller: &mut Teller, desktop: &Desktop, practice: &Practice) -> Told {
    teller.story("The keychain refuses");
    let opened = async {
        let window = open_on(desktop, practice).await?;
        connect(&window, practice).await?;
        window.shows("Up to date").await?;
        Ok(window)
    };
    let window = teller
        .step(desktop, "The program is connected", opened)
        .await?;
    teller
        .step(
            desktop,
            "The keychain ends while a key is being made",
            ends(&window, desktop, practice),
        )
        .await?;
    teller
        .step(
            desktop,
            "The card says that only a sealed copy is there",
            sealed(&window),
        )
        .await?;
    teller
        .step(
            desktop,
            "With the keychain back, Try again finishes the key",
            finished(&window, desktop),
        )
        .await?;
    window.close().await
}

/// Twilio takes its time to make the key, and in that time the keychain ends.
async fn ends(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    let slow = json!({"method": "POST", "path": "/2010-04-01/Accounts/*/Keys.json", "when": {"next": 1}, "fault": {"kind": "delay", "ms": 3000}});
    practice.fault(&slow).await?;
    order_subaccount(window, CUSTOMER).await?;
    window.shows("Creating the API key").await?;
    desktop.keychain().end().await
}

async fn sealed(window: &Window) -> Told {
    window
        .shows("its secret is held in a sealed copy on this computer")
        .await
}

async fn finished(window: &Window, desktop: &Desktop) -> Told {
    desktop.keychain().start_again().await?;
    window.page().button("Finish").click().await?;
    window
        .page()
        .inside(Role::Dialog, "Hand over to DicksonOne")
        .shows(CUSTOMER)
        .await?;
    let items = desktop.keychain().items(SERVICE)?;
    let kept = items.iter().any(|item| item.label.contains("API Secret"));
    expect(kept, || "the secret is not in the keychain".to_owned())
}
