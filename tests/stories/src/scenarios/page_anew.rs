use serde_json::Value;

use super::{connect, copy_from_card, next_key_is_slow, open_on, order_subaccount};
use crate::{Desktop, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Quiet Harbour Hotel";

/// The page is loaded anew while a key is made: what runs is found again, and its end is told.
pub async fn page_anew(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("The page is loaded anew");
    let window = open_on(desktop, practice).await?;
    reporter
        .step(
            desktop,
            "While Twilio takes its time to make a key, the page is loaded anew",
            loaded_anew(&window, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The new page says when the key is ready, and leads to its card",
            told(&window, desktop, practice),
        )
        .await?;
    window.close().await
}

async fn loaded_anew(window: &Window, practice: &Practice) -> Told {
    connect(window, practice).await?;
    window.shows("Up to date").await?;
    next_key_is_slow(practice).await?;
    order_subaccount(window, CUSTOMER).await?;
    window.shows("Subaccount created").await?;
    let mark = "window.ofTheFirstPage = true; location.reload(); return null;";
    window.script(mark, Vec::new()).await?;
    let page = window.page();
    page.thing(Role::Heading, "Subaccounts").is_there().await?;
    let marked = window.script("return window.ofTheFirstPage === true", Vec::new());
    expect(marked.await? == Value::Bool(false), || {
        "it is the page of before".to_owned()
    })?;
    page.thing_with(Role::Dialog, "New subaccount")
        .is_gone()
        .await
}

async fn told(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    window.shows("The key is ready for").await?;
    window.page().button("Hand over…").click().await?;
    let card = window
        .page()
        .inside(Role::Dialog, "Hand over to DicksonOne");
    card.shows(CUSTOMER).await?;
    let secret = copy_from_card(window, desktop).await?;
    expect(!secret.is_empty(), || "nothing was copied".to_owned())?;
    let (_, answer) = practice.ask("/2010-04-01/Accounts.json").await?;
    let accounts = answer["accounts"].as_array();
    let named = |account: &&Value| account["friendly_name"] == CUSTOMER;
    let found = accounts.map_or(0, |accounts| accounts.iter().filter(named).count());
    expect(found == 1, || format!("Twilio has {found} of that name"))
}
