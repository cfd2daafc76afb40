use serde_json::Value;

use super::{SERVICE, connect, leave_sealed_only, open_on, order_subaccount};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Blue Door Bakery";

/// The keychain goes away: before a key is ordered, and while one is being made. Nothing is made in the first case and
/// nothing is lost in the second.
pub async fn keychain_refuses(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("The keychain refuses");
    let opened = async {
        let window = open_on(desktop, practice).await?;
        connect(&window, practice).await?;
        window.shows("Up to date").await?;
        Ok(window)
    };
    let window = reporter
        .step(desktop, "The program is connected", opened)
        .await?;
    let missing = missing_before(&window, desktop, practice);
    reporter
        .step(
            desktop,
            "Without a keychain nothing is made at Twilio",
            missing,
        )
        .await?;
    let ends = leave_sealed_only(&window, desktop, practice, CUSTOMER);
    reporter
        .step(desktop, "The keychain ends while a key is being made", ends)
        .await?;
    reporter
        .step(
            desktop,
            "The sealed copy holds, and the key stays marked as unfinished",
            sealed(&window, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "With the keychain back, the key is finished",
            finished(&window, desktop, practice),
        )
        .await?;
    window.close().await
}

async fn missing_before(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    desktop.keychain().end().await?;
    order_subaccount(window, CUSTOMER).await?;
    window.shows("Nothing was changed at Twilio.").await?;
    expect(made_at_twilio(practice).await?.is_empty(), || {
        "a subaccount was made all the same".to_owned()
    })?;
    desktop.keychain().start_again().await?;
    window.page().button("Close").click().await
}

async fn sealed(window: &Window, practice: &Practice) -> Told {
    let page = window.page();
    page.shows("Sealed copy made").await?;
    page.button("Delete this key at Twilio").is_there().await?;
    page.button("Try again").is_there().await?;
    let name = only_key(practice, CUSTOMER).await?;
    expect(name.contains("[saving "), || {
        format!("the unfinished key's name at Twilio is “{name}”")
    })
}

async fn finished(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    desktop.keychain().start_again().await?;
    window.page().button("Try again").click().await?;
    window
        .page()
        .inside(Role::Dialog, "Hand over to DicksonOne")
        .shows(CUSTOMER)
        .await?;
    let kept = desktop.keychain().has(SERVICE, "API Secret")?;
    expect(kept, || "the secret is not in the keychain".to_owned())?;
    let name = only_key(practice, CUSTOMER).await?;
    expect(name == format!("{CUSTOMER} - DicksonOne"), || {
        format!("the finished key's name at Twilio is “{name}”")
    })
}

async fn made_at_twilio(practice: &Practice) -> Told<Vec<Value>> {
    accounts_named(practice, CUSTOMER).await
}

/// The subaccounts of a customer's name, with or without a mark.
pub(super) async fn accounts_named(practice: &Practice, customer: &str) -> Told<Vec<Value>> {
    let (_, answer) = practice
        .ask("/2010-04-01/Accounts.json?PageSize=1000")
        .await?;
    let all = answer["accounts"].as_array().cloned().unwrap_or_default();
    let named = |account: &Value| {
        account["friendly_name"]
            .as_str()
            .is_some_and(|name| name.contains(customer))
    };
    Ok(all.into_iter().filter(named).collect())
}

/// The name of the only key of the only subaccount that a customer has.
pub(super) async fn only_key(practice: &Practice, customer: &str) -> Told<String> {
    let made = accounts_named(practice, customer).await?;
    let [account] = made.as_slice() else {
        return Err(Failure::new(format!(
            "{} subaccounts were made",
            made.len()
        )));
    };
    let sid = account["sid"].as_str().unwrap_or_default();
    let (_, answer) = practice
        .ask(&format!("/2010-04-01/Accounts/{sid}/Keys.json"))
        .await?;
    match answer["keys"].as_array().map(Vec::as_slice) {
        Some([key]) => Ok(key["friendly_name"].as_str().unwrap_or_default().to_owned()),
        _ => Err(Failure::new(format!("not one key: {answer}"))),
    }
}
