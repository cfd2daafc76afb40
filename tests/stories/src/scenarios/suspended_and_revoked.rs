use super::{SERVICE, connect, create_subaccount, find_subaccount, open_on, open_screen};
use crate::desktop::KeychainItem;
use crate::{Desktop, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Quokka Laboratories";

/// A customer is suspended and comes back, is found in the list of all keys, and its key is revoked: gone at Twilio and out of the keychain.
pub async fn suspended_and_revoked(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("A customer is suspended, comes back, and loses a key");
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
            "It is suspended, with a reason",
            suspended(&window, practice),
        )
        .await?;
    reporter
        .step(desktop, "It comes back", reactivated(&window, practice))
        .await?;
    reporter
        .step(
            desktop,
            "Its key is among the keys of all customers",
            among_all_keys(&window),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The key is revoked, and nothing of it is left",
            revoked(&window, desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Activity has all of it, with the reason",
            told(&window),
        )
        .await?;
    window.close().await
}

async fn with_a_key(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_on(desktop, practice).await?;
    connect(&window, practice).await?;
    window.shows("Up to date").await?;
    create_subaccount(&window, CUSTOMER).await?;
    let page = window.page();
    page.button("Do this later").click().await?;
    // It closes once that is written down, which takes a moment on a busy disk.
    page.thing_with(Role::Dialog, "Hand over to")
        .is_gone()
        .await?;
    find_subaccount(&window, CUSTOMER).await?;
    page.thing(Role::Heading, CUSTOMER).is_there().await?;
    Ok(window)
}

async fn has_status(practice: &Practice, status: &str) -> Told {
    let path = format!(
        "/2010-04-01/Accounts.json?FriendlyName={}",
        CUSTOMER.replace(' ', "%20")
    );
    let (_, answer) = practice.ask(&path).await?;
    let found = &answer["accounts"][0]["status"];
    expect(found == status, || {
        format!("Twilio says {found} and not {status}")
    })
}

async fn suspended(window: &Window, practice: &Practice) -> Told {
    let page = window.page();
    page.button("Actions").click().await?;
    page.thing(Role::MenuItem, "Suspend…").click().await?;
    let form = page.inside(Role::Dialog, "Suspend a subaccount of");
    form.shows("Its alarms are not sent.").await?;
    form.thing_with(Role::Textbox, "Reason")
        .type_text("Has not paid")
        .await?;
    form.button(&format!("Suspend {CUSTOMER}")).click().await?;
    page.thing_with(Role::Dialog, "Suspend a subaccount of")
        .is_gone()
        .await?;
    page.shows("Has not paid").await?;
    has_status(practice, "suspended").await
}

async fn reactivated(window: &Window, practice: &Practice) -> Told {
    let page = window.page();
    page.button("Actions").click().await?;
    page.thing(Role::MenuItem, "Reactivate…").click().await?;
    let form = page.inside(Role::Dialog, "Reactivate a subaccount of");
    form.button(&format!("Reactivate {CUSTOMER}"))
        .click()
        .await?;
    page.thing_with(Role::Dialog, "Reactivate a subaccount of")
        .is_gone()
        .await?;
    window.no_longer_shows("Has not paid").await?;
    has_status(practice, "active").await
}

async fn among_all_keys(window: &Window) -> Told {
    open_screen(window, "Keys").await?;
    let page = window.page();
    let search = page.thing(Role::Searchbox, "Search by key, customer or any SID");
    search.type_text(CUSTOMER).await?;
    page.shows("1 key found").await?;
    page.shows(&format!("{CUSTOMER} - DicksonOne")).await?;
    let row = page.thing_with(Role::Row, CUSTOMER);
    row.click().await?;
    page.thing(Role::Heading, CUSTOMER).is_there().await
}

async fn revoked(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    let saved = |items: &[KeychainItem]| {
        let is_secret = |item: &&KeychainItem| item.label.contains("API Secret");
        items.iter().filter(is_secret).count()
    };
    let items = desktop.keychain().items(SERVICE)?;
    expect(saved(&items) == 1, || format!("the keychain has {items:?}"))?;
    let page = window.page();
    page.thing_with(Role::Button, "More for API key")
        .click()
        .await?;
    page.thing(Role::MenuItem, "Revoke…").click().await?;
    let form = page.inside(Role::Dialog, "Revoke a key of");
    form.shows("It cannot be undone").await?;
    form.button("Revoke the key").click().await?;
    page.thing_with(Role::Dialog, "Revoke a key of")
        .is_gone()
        .await?;
    let path = format!(
        "/2010-04-01/Accounts.json?FriendlyName={}",
        CUSTOMER.replace(' ', "%20")
    );
    let (_, answer) = practice.ask(&path).await?;
    let account = answer["accounts"][0]["sid"].as_str().unwrap_or_default();
    let path = format!("/2010-04-01/Accounts/{account}/Keys.json");
    let (_, answer) = practice.ask(&path).await?;
    let left = answer["keys"].as_array().map_or(0, Vec::len);
    expect(left == 0, || format!("Twilio has {answer}"))?;
    let items = desktop.keychain().items(SERVICE)?;
    expect(saved(&items) == 0, || format!("the keychain has {items:?}"))
}

async fn told(window: &Window) -> Told {
    open_screen(window, "Activity").await?;
    let page = window.page();
    page.shows("Subaccount suspended").await?;
    page.shows("Subaccount reactivated").await?;
    page.shows("Has not paid").await?;
    page.shows("Key deleted at Twilio").await
}
