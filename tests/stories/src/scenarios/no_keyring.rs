use super::{SERVICE, copy_from_card, create_subaccount, open_on, open_screen, sign_in};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Quiet Harbour Hotel";
const PASSWORD: &str = "a password chosen in the box";

/// What is only true of a keychain that does not run, or is not installed.
const OF_A_MISSING_ONE: [&str; 3] = ["is not there", "is not running", "install GNOME Keyring"];

/// The keychain runs and has no default keyring, as for a new user who is signed in automatically. The window says so and never that it is
/// missing; its own box makes the keyring, and from then on everything is kept.
pub async fn no_keyring(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("A keychain without a default keyring");
    let window = open_on(desktop, practice).await?;
    reporter
        .step(
            desktop,
            "Where no box can come up, that is what is said, and nothing is kept",
            cannot_ask(&window, desktop, practice),
        )
        .await?;
    desktop.allow_keyring_boxes()?;
    reporter
        .step(
            desktop,
            "A box that is closed leaves no keyring, and the way out is told",
            closed(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A password chosen in the box makes the keyring, and it connects",
            chosen(&window, desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A key is made, and its secret is in the keychain",
            kept(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The page that checks the computer finds nothing wrong",
            works(&window),
        )
        .await?;
    window.close().await
}

async fn cannot_ask(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    let page = window.page();
    page.button("Connect your Twilio account").click().await?;
    sign_in(window, practice.account_sid(), practice.auth_token()).await?;
    page.shows("GNOME Keyring cannot show its password box")
        .await?;
    page.shows("the program that shows its box does not start in this session")
        .await?;
    is_not_called_missing(window).await?;
    page.button("Check my computer").click().await?;
    page.button("Check now").click().await?;
    page.shows("One thing does not work.").await?;
    page.shows("GNOME Keyring cannot show its password box.")
        .await?;
    is_not_called_missing(window).await?;
    let kept = desktop.keychain().items(SERVICE)?;
    expect(kept.is_empty(), || format!("{} items are kept", kept.len()))
}

async fn closed(window: &Window, desktop: &Desktop) -> Told {
    let page = window.page();
    page.button("Check again").click().await?;
    desktop.close_keyring_box().await?;
    page.shows("GNOME Keyring has no keyring yet. It is running, and has no default keyring to keep secrets in.")
        .await?;
    page.shows("choose a password when the box for a new keyring comes up")
        .await?;
    is_not_called_missing(window).await
}

async fn chosen(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    let page = window.page();
    page.button("Back").click().await?;
    sign_in(window, practice.account_sid(), practice.auth_token()).await?;
    desktop.choose_keyring_password(PASSWORD).await?;
    page.thing(Role::Heading, "Subaccounts").is_there().await?;
    let connected = desktop
        .keychain()
        .has(SERVICE, &format!("Auth Token {}", practice.account_sid()))?;
    expect(connected, || "the Auth Token is not kept".to_owned())
}

async fn kept(window: &Window, desktop: &Desktop) -> Told {
    create_subaccount(window, CUSTOMER).await?;
    let secret = copy_from_card(window, desktop).await?;
    let items = desktop.keychain().items(SERVICE)?;
    let item = items.iter().find(|item| item.label.contains("API Secret"));
    let item = item.ok_or_else(|| Failure::new("no secret is in the keychain"))?;
    expect(item.payload()?.ends_with(&secret), || {
        "the keychain holds another secret than was copied".to_owned()
    })
}

async fn works(window: &Window) -> Told {
    let page = window.page();
    open_screen(window, "Settings").await?;
    page.button("Check my computer").click().await?;
    page.button("Check again").click().await?;
    page.shows("Everything works as it should.").await
}

async fn is_not_called_missing(window: &Window) -> Told {
    let text = window.text().await?;
    let said = OF_A_MISSING_ONE.iter().find(|words| text.contains(*words));
    expect(said.is_none(), || {
        format!("the keychain is called missing: {text}")
    })
}
