use std::time::{Duration, Instant};

use super::{SERVICE, connect, create_subaccount, find_subaccount, open_on, sign_in};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Harbor Cold Storage";

/// So long a copied secret is still on the clipboard, counted from before it was asked for.
const STAYS: Duration = Duration::from_secs(25);
/// After so long it is gone, counted from when it was there.
const GONE_BY: Duration = Duration::from_secs(35);

/// What a customer was given, as the clipboard had it.
pub struct HandedOver {
    /// The subaccount.
    pub account_sid: String,
    /// The key.
    pub key_sid: String,
    /// The key's secret.
    pub secret: String,
}

/// Connect, see the list, create a subaccount, hand its key over.
pub async fn main_job(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told<HandedOver> {
    reporter.story("The main job");
    let window = reporter
        .step(
            desktop,
            "The program opens and welcomes",
            welcomed(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A wrong Auth Token is refused in plain words",
            refused(&window, desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The right values connect, and every subaccount is listed",
            connected(&window, desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A subaccount and its key are made",
            create_subaccount(&window, CUSTOMER),
        )
        .await?;
    let handed = copied(reporter, desktop, &window).await?;
    reporter
        .step(
            desktop,
            "The secret is in the keychain and nowhere else",
            kept(desktop, &handed),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The three values work for another program",
            works(practice, &handed),
        )
        .await?;
    reporter
        .step(desktop, "The hand-over is recorded", recorded(&window))
        .await?;
    reporter
        .step(
            desktop,
            "The secret is taken off the clipboard again",
            cleared(&window, desktop, &handed),
        )
        .await?;
    window.close().await?;
    Ok(handed)
}

async fn welcomed(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_on(desktop, practice).await?;
    window
        .page()
        .thing(Role::Heading, "Welcome to Subvault")
        .is_there()
        .await?;
    Ok(window)
}

async fn refused(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    let page = window.page();
    page.button("Connect your Twilio account").click().await?;
    sign_in(window, practice.account_sid(), &"0".repeat(32)).await?;
    page.shows("did not accept").await?;
    let items = desktop.keychain().items(SERVICE)?;
    expect(items.is_empty(), || {
        "something was saved although Twilio refused".to_owned()
    })
}

async fn connected(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    window.page().button("Back").click().await?;
    connect(window, practice).await?;
    window.page().shows("Up to date").await?;
    let items = desktop.keychain().items(SERVICE)?;
    let saved = items
        .iter()
        .any(|item| item.label.contains(practice.account_sid()));
    expect(saved, || {
        "the Auth Token is not in the keychain under its account's name".to_owned()
    })
}

async fn copied(reporter: &mut Reporter, desktop: &Desktop, window: &Window) -> Told<HandedOver> {
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    let mut values = Vec::new();
    for (label, button) in [
        ("Account SID", "Copy Account SID"),
        ("API SID", "Copy API SID"),
        ("API Secret", "Copy secret API Secret"),
    ] {
        let before = values.last().cloned();
        let copying = async {
            card.button(button).click().await?;
            desktop.clipboard().changes_from(before.as_deref()).await
        };
        values.push(
            reporter
                .step(desktop, &format!("{label} is copied"), copying)
                .await?,
        );
    }
    let [account_sid, key_sid, secret] = values
        .try_into()
        .map_err(|_| Failure::new("three values"))?;
    expect(
        account_sid.starts_with("AC") && account_sid.len() == 34,
        || format!("copied as Account SID: {account_sid}"),
    )?;
    expect(key_sid.starts_with("SK") && key_sid.len() == 34, || {
        format!("copied as API SID: {key_sid}")
    })?;
    card.shows(&account_sid).await?;
    card.shows(&key_sid).await?;
    expect(!card.text().await?.contains(&secret), || {
        "the card shows the secret unasked".to_owned()
    })?;
    Ok(HandedOver {
        account_sid,
        key_sid,
        secret,
    })
}

async fn kept(desktop: &Desktop, handed: &HandedOver) -> Told {
    let items = desktop.keychain().items(SERVICE)?;
    let item = items
        .iter()
        .find(|item| item.label.contains(&handed.key_sid));
    let item = item.ok_or_else(|| {
        Failure::new(format!(
            "no keychain item is named after {}",
            handed.key_sid
        ))
    })?;
    expect(item.payload()?.contains(&handed.secret), || {
        "the keychain holds another secret than was copied".to_owned()
    })?;
    for file in files_below(&desktop.data())? {
        let content =
            std::fs::read(&file).map_err(|error| Failure::from_error("read a file", error))?;
        let found = content
            .windows(handed.secret.len())
            .any(|part| part == handed.secret.as_bytes());
        expect(!found, || {
            format!("{} has the secret in it", file.display())
        })?;
    }
    Ok(())
}

async fn works(practice: &Practice, handed: &HandedOver) -> Told {
    let path = format!(
        "/2010-04-01/Accounts/{}/Messages.json?PageSize=1",
        handed.account_sid
    );
    let (status, _) = practice
        .ask_as(&path, &handed.key_sid, &handed.secret)
        .await?;
    expect(status == 200, || {
        format!("Twilio answered {status} to the values that were handed over")
    })?;
    let (_, key) = practice
        .ask(&format!(
            "/2010-04-01/Accounts/{}/Keys/{}.json",
            handed.account_sid, handed.key_sid
        ))
        .await?;
    let name = key["friendly_name"].as_str().unwrap_or_default().to_owned();
    expect(name.contains(CUSTOMER) && !name.contains('['), || {
        format!("the key's name at Twilio is “{name}”")
    })?;
    let (_, same) = practice
        .ask("/2010-04-01/Accounts.json?FriendlyName=Harbor%20Cold%20Storage")
        .await?;
    let count = same["accounts"].as_array().map_or(0, Vec::len);
    expect(count == 1, || {
        format!("Twilio has {count} subaccounts of that name")
    })
}

async fn recorded(window: &Window) -> Told {
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    card.thing_with(Role::Checkbox, "I have pasted all three into DicksonOne")
        .click()
        .await?;
    card.button("Done").click().await?;
    page.shows("Handed over:").await?;
    find_subaccount(window, CUSTOMER).await?;
    page.thing(Role::Heading, CUSTOMER).is_there().await?;
    page.shows("Handed over to DicksonOne").await
}

fn files_below(folder: &std::path::Path) -> Told<Vec<std::path::PathBuf>> {
    let mut files = Vec::new();
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Failure::from_error("list the data folder", error))?;
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_below(&path)?)
        } else {
            files.push(path)
        }
    }
    expect(!files.is_empty(), || {
        format!("nothing is kept in {}", folder.display())
    })?;
    Ok(files)
}

/// A secret stays on the clipboard for 30 seconds. It is copied once more, so that what came in between takes nothing of that time, and so
/// that the time of the copy before has to be let pass.
async fn cleared(window: &Window, desktop: &Desktop, handed: &HandedOver) -> Told {
    let clipboard = desktop.clipboard();
    clipboard.put("something else")?;
    let asked = Instant::now();
    window.page().button("Copy API Secret").click().await?;
    clipboard.holds(&handed.secret).await?;
    let copied = Instant::now();
    // What clipboard histories go by, so as not to keep it.
    let hint = "x-kde-passwordManagerHint";
    expect(clipboard.kinds()?.iter().any(|kind| kind == hint), || {
        format!("the copied secret does not carry {hint}")
    })?;
    clipboard
        .keeps(&handed.secret, STAYS.saturating_sub(asked.elapsed()))
        .await?;
    let left = GONE_BY.saturating_sub(copied.elapsed());
    clipboard.loses(&handed.secret, left).await
}
