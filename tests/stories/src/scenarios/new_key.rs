use super::{connect, create_subaccount, find_subaccount, open_on};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Lighthouse Dental";
/// Nothing of it is in the customer's name, nor in what is suggested.
const KEY_NAME: &str = "Second alarm panel, east wing";

/// A second key for a customer, under a name that is typed: Twilio has exactly that name, and the card is that customer's.
pub async fn new_key(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("New API key");
    let window = reporter
        .step(
            desktop,
            "A customer has a key already",
            with_a_key(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A name is suggested, another is typed, and the key is made",
            ordered(&window),
        )
        .await?;
    let handed = reporter
        .step(
            desktop,
            "The hand-over card is that customer's",
            handed_over(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Twilio has the key under exactly the name that was typed",
            named_at_twilio(practice, &handed),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The subaccount lists both keys, each by its own name",
            both_listed(&window),
        )
        .await?;
    window.close().await
}

/// What the card of the new key handed out.
struct Handed {
    account_sid: String,
    key_sid: String,
    secret: String,
}

async fn with_a_key(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_on(desktop, practice).await?;
    connect(&window, practice).await?;
    window.shows("Up to date").await?;
    create_subaccount(&window, CUSTOMER).await?;
    window.page().button("Do this later").click().await?;
    // It closes once that is written down, which takes a moment on a busy disk.
    window
        .page()
        .thing_with(Role::Dialog, "Hand over to")
        .is_gone()
        .await?;
    find_subaccount(&window, CUSTOMER).await?;
    window
        .page()
        .thing(Role::Heading, CUSTOMER)
        .is_there()
        .await?;
    Ok(window)
}

async fn ordered(window: &Window) -> Told {
    let page = window.page();
    page.button("New API key…").click().await?;
    let form = page.inside(Role::Dialog, "New API key for");
    form.thing_with(Role::Heading, CUSTOMER).is_there().await?;
    let name = form.thing(Role::Textbox, "Key name");
    name.holds(&format!("{CUSTOMER} - DicksonOne")).await?;
    name.type_text(KEY_NAME).await?;
    form.button("Create API key").click().await
}

async fn handed_over(window: &Window, desktop: &Desktop) -> Told<Handed> {
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    card.thing_with(Role::Heading, CUSTOMER).is_there().await?;
    let mut values = Vec::new();
    for button in ["Copy Account SID", "Copy API SID", "Copy secret API Secret"] {
        let before = values.last().cloned();
        card.button(button).click().await?;
        values.push(desktop.clipboard().changes_from(before.as_deref()).await?);
    }
    let text = card.text().await?;
    expect(!text.contains(KEY_NAME), || {
        format!("the card speaks of the key where the customer belongs: {text}")
    })?;
    card.button("Do this later").click().await?;
    let [account_sid, key_sid, secret] = values
        .try_into()
        .map_err(|_| Failure::new("not three values"))?;
    Ok(Handed {
        account_sid,
        key_sid,
        secret,
    })
}

async fn named_at_twilio(practice: &Practice, handed: &Handed) -> Told {
    let account = format!("/2010-04-01/Accounts/{}", handed.account_sid);
    let (_, answer) = practice.ask(&format!("{account}.json")).await?;
    expect(answer["friendly_name"] == CUSTOMER, || {
        format!("the card's Account SID is that of {answer}")
    })?;
    let (_, answer) = practice.ask(&format!("{account}/Keys.json")).await?;
    let mut names: Vec<&str> = answer["keys"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|key| key["friendly_name"].as_str())
        .collect();
    names.sort_unstable();
    let first = format!("{CUSTOMER} - DicksonOne");
    expect(names == [first.as_str(), KEY_NAME], || {
        format!("the keys at Twilio are named {names:?}")
    })?;
    let key = format!("{account}/Keys/{}.json", handed.key_sid);
    let (_, key) = practice.ask(&key).await?;
    expect(key["friendly_name"] == KEY_NAME, || {
        format!("the key that was handed over is {key}")
    })?;
    let messages = format!("{account}/Messages.json?PageSize=1");
    let (status, _) = practice
        .ask_as(&messages, &handed.key_sid, &handed.secret)
        .await?;
    expect(status == 200, || {
        format!("Twilio answered {status} to the values that were handed over")
    })
}

async fn both_listed(window: &Window) -> Told {
    let page = window.page();
    page.thing(Role::Heading, KEY_NAME).is_there().await?;
    let first = format!("{CUSTOMER} - DicksonOne");
    page.thing(Role::Heading, &first).is_there().await
}
