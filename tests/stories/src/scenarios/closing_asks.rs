use super::keychain_refuses::only_key;
use super::{SERVICE, connect, ends, find_subaccount, leave_sealed_only, open_on};
use crate::waiting::{PATIENCE, until};
use crate::{Desktop, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Quarry Road Nursery";
const QUESTION: &str = "Not everything is safe yet";

/// While a secret is in a sealed copy only, closing asks first; with everything safe it does not.
pub async fn closing_asks(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("Closing asks first");
    let left = async {
        let window = open_on(desktop, practice).await?;
        connect(&window, practice).await?;
        window.shows("Up to date").await?;
        leave_sealed_only(&window, desktop, practice, CUSTOMER).await?;
        Ok(window)
    };
    let window = reporter
        .step(desktop, "A secret is in a sealed copy only", left)
        .await?;
    reporter
        .step(
            desktop,
            "Closing asks, and names what is not safe",
            asks(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Keep open keeps it open, and closing asks again",
            kept_open(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Close anyway ends the program",
            closed_anyway(window, desktop),
        )
        .await?;
    let window = reporter
        .step(
            desktop,
            "The next start finishes the key by itself",
            finished(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "With everything safe it closes without asking",
            closed_at_once(window, desktop),
        )
        .await
}

async fn asks(window: &Window, desktop: &Desktop) -> Told {
    desktop.ask_to_close()?;
    let page = window.page();
    let question = page.inside(Role::Dialog, QUESTION);
    page.thing(Role::Dialog, QUESTION).is_there().await?;
    question.shows(&format!("{CUSTOMER} - DicksonOne")).await
}

async fn kept_open(window: &Window, desktop: &Desktop) -> Told {
    let page = window.page();
    page.button("Keep open").click().await?;
    page.thing(Role::Dialog, QUESTION).is_gone().await?;
    page.shows("Sealed copy made").await?;
    asks(window, desktop).await?;
    desktop.program().map(drop)
}

async fn closed_anyway(window: Window, desktop: &Desktop) -> Told {
    ends(window, desktop, async |window| {
        window.page().button("Close anyway").click().await
    })
    .await
    .map(drop)
}

async fn finished(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let name = only_key(practice, CUSTOMER).await?;
    expect(name.contains("[saving "), || {
        format!("before the next start the key's name at Twilio is “{name}”")
    })?;
    desktop.keychain().start_again().await?;
    let window = open_on(desktop, practice).await?;
    until(PATIENCE, async || {
        let name = only_key(practice, CUSTOMER).await?;
        expect(name == format!("{CUSTOMER} - DicksonOne"), || {
            format!("the key's name at Twilio is “{name}”")
        })
    })
    .await?;
    let kept = desktop.keychain().has(SERVICE, "API Secret")?;
    expect(kept, || "the secret is not in the keychain".to_owned())?;
    window.shows("Up to date").await?;
    find_subaccount(&window, CUSTOMER).await?;
    let page = window.page();
    page.shows("Not handed over yet").await?;
    page.thing(Role::Button, "Try again").is_gone().await?;
    page.shows("Works, proved").await?;
    Ok(window)
}

async fn closed_at_once(window: Window, desktop: &Desktop) -> Told {
    let took = ends(window, desktop, async |_| desktop.ask_to_close()).await?;
    println!("            closed after {} ms", took.as_millis());
    Ok(())
}
