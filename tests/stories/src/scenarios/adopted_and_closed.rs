use serde_json::Value;

use super::{SERVICE, connect, find_subaccount, open_on, open_screen};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

/// A subaccount with phone numbers, whose keys were made elsewhere.
struct Customer {
    account: String,
    name: String,
    numbers: Vec<String>,
    /// Each as its API SID and its secret.
    keys: Vec<(String, String)>,
}

/// Keys that were made elsewhere are pasted, proved and kept; their customer is suspended, and closed after its numbers were moved.
pub async fn adopted_and_closed(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("Keys from elsewhere are adopted, and their customer is closed at last");
    let customer = with_keys_made_elsewhere(practice).await?;
    let window = open_on(desktop, practice).await?;
    connect(&window, practice).await?;
    window.shows("Up to date").await?;
    reporter
        .step(
            desktop,
            "Two keys are pasted with their secrets, proved and kept",
            adopted(&window, desktop, &customer),
        )
        .await?;
    reporter
        .step(desktop, "It is suspended", suspended(&window, &customer))
        .await?;
    reporter
        .step(
            desktop,
            "It is closed after its numbers were moved",
            closed(&window, practice, &customer),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Activity says who did it, and with which request",
            told(&window),
        )
        .await?;
    window.close().await
}

async fn with_keys_made_elsewhere(practice: &Practice) -> Told<Customer> {
    let (_, list) = practice
        .ask("/2010-04-01/Accounts.json?PageSize=100")
        .await?;
    for account in rows(&list, "accounts") {
        let (sid, name) = (text(account, "sid"), text(account, "friendly_name"));
        if sid == practice.account_sid() || account["status"] != "active" {
            continue;
        }
        let numbers = numbers_of(practice, &sid).await?;
        if numbers.is_empty() {
            continue;
        }
        let mut keys = Vec::new();
        for made in ["Reporting", "Old script"] {
            keys.push(practice.make_key(&sid, made).await?);
        }
        return Ok(Customer {
            account: sid,
            name,
            numbers,
            keys,
        });
    }
    Err(Failure::new("nobody has a phone number"))
}

fn rows<'a>(answer: &'a Value, list: &str) -> &'a [Value] {
    answer[list].as_array().map_or(&[], Vec::as_slice)
}

fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

async fn numbers_of(practice: &Practice, account: &str) -> Told<Vec<String>> {
    let path = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json");
    let (_, answer) = practice.ask(&path).await?;
    let numbers = rows(&answer, "incoming_phone_numbers").iter();
    Ok(numbers.map(|number| text(number, "sid")).collect())
}

async fn adopted(window: &Window, desktop: &Desktop, customer: &Customer) -> Told {
    open_screen(window, "Keys").await?;
    let page = window.page();
    page.button("Adopt keys…").click().await?;
    let pairs: Vec<String> = customer
        .keys
        .iter()
        .map(|(sid, secret)| format!("{sid} {secret}"))
        .collect();
    page.thing(Role::Textbox, "API SIDs and their secrets")
        .type_text(&pairs.join(" "))
        .await?;
    page.button("Look for keys").click().await?;
    page.thing(Role::Heading, "2 keys found").is_there().await?;
    page.button("Adopt 2 keys").click().await?;
    page.thing(Role::Heading, "2 keys are adopted")
        .is_there()
        .await?;
    let items = desktop.keychain().items(SERVICE)?;
    let secrets = items
        .iter()
        .filter(|item| item.label.contains("API Secret"));
    expect(secrets.count() == 2, || {
        format!("the keychain has {items:?}")
    })
}

async fn suspended(window: &Window, customer: &Customer) -> Told {
    let page = window.page();
    open_screen(window, "Subaccounts").await?;
    find_subaccount(window, &customer.name).await?;
    page.thing(Role::Heading, &customer.name).is_there().await?;
    page.button("Actions").click().await?;
    page.thing(Role::MenuItem, "Suspend…").click().await?;
    let form = page.inside(Role::Dialog, "Suspend a subaccount of");
    form.button(&format!("Suspend {}", customer.name))
        .click()
        .await?;
    page.thing_with(Role::Dialog, "Suspend a subaccount of")
        .is_gone()
        .await
}

async fn closed(window: &Window, practice: &Practice, customer: &Customer) -> Told {
    let page = window.page();
    page.button("Actions").click().await?;
    page.thing(Role::MenuItem, "Close…").click().await?;
    let form = page.inside(Role::Dialog, "Close a subaccount of");
    form.shows("If a number cannot be moved, nothing is closed.")
        .await?;
    form.thing(Role::Textbox, "3. Type the name of the customer")
        .type_text(&customer.name)
        .await?;
    let button = match customer.numbers.len() {
        1 => "Move 1 number, then close".to_owned(),
        several => format!("Move {several} numbers, then close"),
    };
    form.button(&button).click().await?;
    page.thing_with(Role::Dialog, "Close a subaccount of")
        .is_gone()
        .await?;
    let path = format!("/2010-04-01/Accounts/{}.json", customer.account);
    let (_, answer) = practice.ask(&path).await?;
    expect(answer["status"] == "closed", || {
        format!("Twilio has {answer}")
    })?;
    let kept = numbers_of(practice, practice.account_sid()).await?;
    expect(
        customer.numbers.iter().all(|one| kept.contains(one)),
        || format!("the main account has {kept:?}"),
    )
}

async fn told(window: &Window) -> Told {
    open_screen(window, "Activity").await?;
    let page = window.page();
    page.shows("API key adopted").await?;
    page.shows("Phone number moved").await?;
    page.thing_with(Role::Row, "Subaccount closed")
        .click()
        .await?;
    page.shows("support asks for this when a question").await
}
