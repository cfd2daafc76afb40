use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{SERVICE, create_subaccount, open_screen, sign_in};
use crate::gateway::{Authority, Gateway};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Lantern Street Clinic";
const COMPANY: &str = "Example Works Inspection CA";
const STRANGER: &str = "Somebody Else CA";
/// What the window says first of a connection that is opened on its way.
const TITLE: &str = "Somebody reads along on the way to Twilio";

/// A gateway opens the connection to Twilio, with a certificate that this computer trusts and nobody public vouches for. Nothing reaches it
/// before the user has allowed the authority by name; then everything works, until another authority comes.
pub async fn inspected(reporter: &mut Reporter, practice: &Practice) -> Told {
    reporter.story("A connection that is opened on its way");
    let (company, stranger) = (Authority::named(COMPANY)?, Authority::named(STRANGER)?);
    let folder = tempfile::tempdir()
        .map_err(|error| Failure::from_error("make a folder for authorities", error))?;
    let list = folder.path().join("authorities.pem");
    Authority::list(&[&company, &stranger], &list)?;
    let desktop = Desktop::start_trusting(&list).await?;
    let gateway = Gateway::start(&company, practice).await?;
    let window = desktop.open(&["--twilio", gateway.base()]).await?;
    reporter
        .step(
            &desktop,
            "Connecting stops before anything is sent, and says whose gateway it is",
            stopped(&window, &desktop, practice, &gateway),
        )
        .await?;
    reporter
        .step(
            &desktop,
            "Once its user has allowed that by name, it connects",
            allowed(&window, practice, &gateway),
        )
        .await?;
    reporter
        .step(
            &desktop,
            "A subaccount and its key are made",
            made(&window, &desktop),
        )
        .await?;
    window.close().await?;
    reporter
        .step(
            &desktop,
            "It is remembered, and the page that checks the computer says who reads along",
            remembered(&desktop, practice, &gateway),
        )
        .await?;
    let other = Gateway::start(&stranger, practice).await?;
    reporter
        .step(
            &desktop,
            "Another authority is asked about anew, and is sent nothing",
            asked_anew(&desktop, &other),
        )
        .await
}

async fn stopped(
    window: &Window,
    desktop: &Desktop,
    practice: &Practice,
    gateway: &Gateway,
) -> Told {
    let page = window.page();
    page.button("Connect your Twilio account").click().await?;
    sign_in(window, practice.account_sid(), practice.auth_token()).await?;
    page.shows(TITLE).await?;
    page.shows(&format!(
        "{COMPANY} opens the connection between this computer and Twilio."
    ))
    .await?;
    page.shows("so nothing was sent").await?;
    page.button(&format!("Allow {COMPANY}")).is_there().await?;
    is_sent_nothing(gateway)?;
    let asked = practice.requests().await?.len();
    expect(asked == 0, || format!("{asked} requests came to Twilio"))?;
    let kept = desktop.keychain().items(SERVICE)?.len();
    expect(kept == 0, || format!("{kept} items are kept"))
}

async fn allowed(window: &Window, practice: &Practice, gateway: &Gateway) -> Told {
    let page = window.page();
    page.button(&format!("Allow {COMPANY}")).click().await?;
    page.shows(&format!("{COMPANY} is allowed on this computer."))
        .await?;
    is_sent_nothing(gateway)?;
    page.button("Connect").click().await?;
    page.thing(Role::Heading, "Subaccounts").is_there().await?;
    window.shows("Up to date").await?;
    // Without this it would not be known that the gateway can read what it is sent.
    expect(gateway.read().contains(&signature(practice)), || {
        "the gateway has not read the Auth Token".to_owned()
    })
}

async fn made(window: &Window, desktop: &Desktop) -> Told {
    create_subaccount(window, CUSTOMER).await?;
    let kept = desktop.keychain().has(SERVICE, "API Secret")?;
    expect(kept, || "the secret is not in the keychain".to_owned())?;
    let page = window.page();
    page.button("Do this later").click().await?;
    page.thing_with(Role::Dialog, "Hand over to")
        .is_gone()
        .await
}

async fn remembered(desktop: &Desktop, practice: &Practice, gateway: &Gateway) -> Told {
    let before = practice.requests().await?.len();
    let window = desktop.open(&["--twilio", gateway.base()]).await?;
    window.shows("Up to date").await?;
    let asked = practice.requests().await?.len();
    expect(asked > before, || "Twilio was not asked".to_owned())?;
    let text = window.text().await?;
    expect(!text.contains(TITLE), || {
        format!("it is asked again: {text}")
    })?;
    check(&window).await?;
    window
        .shows(&format!(
            "{COMPANY} opens the connection on its way and reads it, which you allowed."
        ))
        .await?;
    window.close().await
}

async fn asked_anew(desktop: &Desktop, other: &Gateway) -> Told {
    let window = desktop.open(&["--twilio", other.base()]).await?;
    let page = window.page();
    page.shows(TITLE).await?;
    page.button(&format!("Allow {STRANGER}")).is_there().await?;
    is_sent_nothing(other)?;
    check(&window).await?;
    page.shows(&format!(
        "{STRANGER} opens the connection on its way and could read your Auth Token and each new secret. Until you allow that, Subvault sends neither."
    ))
    .await?;
    page.button("Check again").is_there().await?;
    // The check's own question is in it, which nobody has signed.
    let read = other.read();
    expect(!read.to_lowercase().contains("authorization"), || {
        format!("a signature was sent to the other gateway: {read}")
    })?;
    window.close().await
}

async fn check(window: &Window) -> Told {
    let page = window.page();
    open_screen(window, "Settings").await?;
    page.button("Check my computer").click().await?;
    page.button("Check now").click().await
}

fn is_sent_nothing(gateway: &Gateway) -> Told {
    let read = gateway.read();
    expect(read.is_empty(), || format!("the gateway was sent: {read}"))
}

fn signature(practice: &Practice) -> String {
    let pair = format!("{}:{}", practice.account_sid(), practice.auth_token());
    format!("Basic {}", BASE64_STANDARD.encode(pair))
}
