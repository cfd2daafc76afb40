use super::{
    SERVICE, connect, copy_from_card, create_subaccount, find_subaccount, open_on, open_screen,
};
use crate::desktop::{KeychainItem, content_for};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Old Mill Brewery";

/// Beside the Auth Token and a key's secret there is a second item of the same name with a value that does not work, as after a keychain was
/// restored, and a third that another program has filled. What works is used without a word, and the others go when the user says so.
pub async fn several_items(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("Several keychain items of one name");
    let secret = reporter
        .step(
            desktop,
            "A customer's key is made, and the program closed",
            made(desktop, practice),
        )
        .await?;
    let ours = reporter
        .step_afterwards(
            desktop,
            "Other items come under the names of the Auth Token and the secret",
            async { left_beside(desktop, &secret) },
        )
        .await?;
    let window = reporter
        .step(
            desktop,
            "The token that works signs in, and nobody is told of a wrong one",
            signed_in(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The secret that works is copied, and every item stays",
            copied(&window, desktop, &secret, 3 * ours.len()),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The page that checks the computer tells of them",
            told(&window),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Its button removes the others and leaves those that work",
            tidied(&window, desktop, &ours),
        )
        .await?;
    window.close().await?;
    reporter
        .step(
            desktop,
            "Started again, it signs in and copies as before",
            works_later(desktop, practice, &secret, &ours),
        )
        .await
}

async fn made(desktop: &Desktop, practice: &Practice) -> Told<String> {
    let window = open_on(desktop, practice).await?;
    connect(&window, practice).await?;
    window.shows("Up to date").await?;
    create_subaccount(&window, CUSTOMER).await?;
    let secret = copy_from_card(&window, desktop).await?;
    window
        .page()
        .thing_with(Role::Dialog, "Hand over to")
        .is_gone()
        .await?;
    window.close().await?;
    Ok(secret)
}

/// Answers the program's own items.
fn left_beside(desktop: &Desktop, secret: &str) -> Told<Vec<KeychainItem>> {
    let keychain = desktop.keychain();
    let of_interest = |item: &KeychainItem| {
        ["Auth Token", "API Secret"]
            .iter()
            .any(|kind| item.label.contains(kind))
    };
    let ours: Vec<_> = keychain
        .items(SERVICE)?
        .into_iter()
        .filter(of_interest)
        .collect();
    expect(ours.len() == 2, || {
        format!("{} items are a token or a secret", ours.len())
    })?;
    for item in &ours {
        let payload = item.payload()?;
        let (binding, value) = payload
            .rsplit_once('\n')
            .ok_or_else(|| Failure::new("the item is not bound to its name"))?;
        expect(item.label.contains("Auth Token") || value == secret, || {
            "the keychain has another secret than was copied".to_owned()
        })?;
        let wrong = format!("{binding}\n{}", "0".repeat(value.len()));
        keychain.leave_another(item, &content_for(&wrong))?;
        keychain.leave_a_stranger(item, "what another program keeps")?;
    }
    Ok(ours)
}

async fn signed_in(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let before = practice.requests().await?.len();
    let window = open_on(desktop, practice).await?;
    window.shows("Up to date").await?;
    let requests = practice.requests().await?;
    let answered = |status: u64| {
        requests
            .iter()
            .skip(before)
            .filter(move |request| request["answered"] == status)
    };
    // The one that came last is tried first, else this story would not have shown that another is tried.
    expect(answered(401).count() == 1, || {
        "Twilio was not asked about the token that does not work".to_owned()
    })?;
    expect(answered(200).count() > 20, || {
        "not everything was read with the token that works".to_owned()
    })?;
    says_nothing_is_wrong(&window).await?;
    Ok(window)
}

async fn says_nothing_is_wrong(window: &Window) -> Told {
    let text = window.text().await?;
    let warning = ["did not accept", "was changed", "not there", "several"]
        .into_iter()
        .find(|warning| text.contains(warning));
    expect(warning.is_none(), || format!("the window says: {text}"))
}

async fn copied(window: &Window, desktop: &Desktop, secret: &str, items: usize) -> Told {
    find_subaccount(window, CUSTOMER).await?;
    desktop.clipboard().put("something else")?;
    window.page().button("Copy API Secret").click().await?;
    desktop.clipboard().holds(secret).await?;
    says_nothing_is_wrong(window).await?;
    let left = items_by_these_names(desktop)?.len();
    expect(left == items, || {
        format!("{left} items are left of {items}")
    })
}

async fn told(window: &Window) -> Told {
    let page = window.page();
    open_screen(window, "Settings").await?;
    page.button("Check my computer").click().await?;
    page.button("Check now").click().await?;
    page.shows("Everything works. One thing should be looked after.")
        .await?;
    page.shows("holds several entries of one name").await?;
    page.shows("uses the one that works, and has kept all of them")
        .await
}

async fn tidied(window: &Window, desktop: &Desktop, ours: &[KeychainItem]) -> Told {
    let page = window.page();
    page.button("Remove what is not needed").click().await?;
    let removed = 2 * ours.len();
    page.shows(&format!("Removed from GNOME Keyring: {removed} entries."))
        .await?;
    page.shows("Everything works as it should.").await?;
    only_ours_are_left(desktop, ours)
}

async fn works_later(
    desktop: &Desktop,
    practice: &Practice,
    secret: &str,
    ours: &[KeychainItem],
) -> Told {
    let before = practice.requests().await?.len();
    let window = open_on(desktop, practice).await?;
    window.shows("Up to date").await?;
    copied(&window, desktop, secret, ours.len()).await?;
    let requests = practice.requests().await?;
    let refused = requests
        .iter()
        .skip(before)
        .any(|request| request["answered"] == 401);
    expect(!refused, || "a wrong token is still tried".to_owned())?;
    only_ours_are_left(desktop, ours)?;
    window.close().await
}

fn only_ours_are_left(desktop: &Desktop, ours: &[KeychainItem]) -> Told {
    let left = items_by_these_names(desktop)?;
    let same = left.len() == ours.len() && ours.iter().all(|item| left.contains(item));
    expect(same, || {
        let labels: Vec<_> = left.iter().map(|item| &item.label).collect();
        format!("these are left, or others than before: {labels:?}")
    })
}

/// The program's tokens and secrets, and whatever goes by their names.
fn items_by_these_names(desktop: &Desktop) -> Told<Vec<KeychainItem>> {
    let mut items = desktop.keychain().items(SERVICE)?;
    items.retain(|item| {
        item.attribute("username")
            .is_some_and(|name| !name.starts_with("Sealing key"))
    });
    Ok(items)
}
