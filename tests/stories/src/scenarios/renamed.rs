use serde_json::Value;

use super::{connect, create_subaccount, find_subaccount, open_on, open_screen};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const BEFORE: &str = "Lighthouse Dental";
const AFTER: &str = "Harbour Dental Group";

/// A subaccount gets another name from its page: Twilio has it, the list has it at once, and its key stays as it is.
pub async fn renamed(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("A subaccount is renamed");
    let window = reporter
        .step(
            desktop,
            "A customer has a key",
            with_a_key(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A name that another customer has is asked about",
            a_taken_name(&window, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Another name is typed, and is in the list at once",
            another_name(&window),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Twilio has it, and Activity says what it was before",
            at_twilio(&window, practice),
        )
        .await?;
    window.close().await
}

async fn with_a_key(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_on(desktop, practice).await?;
    connect(&window, practice).await?;
    window.shows("Up to date").await?;
    create_subaccount(&window, BEFORE).await?;
    let page = window.page();
    page.button("Do this later").click().await?;
    // It closes once that is written down, which takes a moment on a busy disk.
    page.thing_with(Role::Dialog, "Hand over to")
        .is_gone()
        .await?;
    find_subaccount(&window, BEFORE).await?;
    page.thing(Role::Heading, BEFORE).is_there().await?;
    Ok(window)
}

async fn a_taken_name(window: &Window, practice: &Practice) -> Told {
    let (_, answer) = practice.ask("/2010-04-01/Accounts.json").await?;
    let accounts = answer["accounts"].as_array();
    let is_other = |account: &&Value| {
        account["sid"] != practice.account_sid() && account["friendly_name"] != BEFORE
    };
    let other = accounts.and_then(|accounts| accounts.iter().find(is_other));
    let taken = other.and_then(|other| other["friendly_name"].as_str());
    let taken = taken.ok_or_else(|| Failure::new("there is no other subaccount"))?;
    let page = window.page();
    page.button("Actions").click().await?;
    page.thing(Role::MenuItem, "Rename…").click().await?;
    let form = page.inside(Role::Dialog, "Rename");
    let name = form.thing(Role::Textbox, "New name");
    name.holds(BEFORE).await?;
    name.type_text(taken).await?;
    form.shows("A subaccount already has this name.").await
}

async fn another_name(window: &Window) -> Told {
    let page = window.page();
    let form = page.inside(Role::Dialog, "Rename");
    form.thing(Role::Textbox, "New name")
        .type_text(AFTER)
        .await?;
    form.button("Rename").click().await?;
    page.thing_with(Role::Dialog, "Rename").is_gone().await?;
    page.thing(Role::Heading, AFTER).is_there().await?;
    find_subaccount(window, AFTER).await
}

async fn at_twilio(window: &Window, practice: &Practice) -> Told {
    let listed = format!(
        "/2010-04-01/Accounts.json?FriendlyName={}",
        AFTER.replace(' ', "%20")
    );
    let (_, answer) = practice.ask(&listed).await?;
    let found = answer["accounts"].as_array().map_or(0, Vec::len);
    expect(found == 1, || format!("Twilio has {answer}"))?;
    open_screen(window, "Activity").await?;
    window.page().shows("Subaccount renamed").await?;
    window.page().shows(BEFORE).await
}
