mod on_screen;
mod recovery;
mod written_down;

use super::{
    confirm, connect, create_subaccount, find_subaccount, leave_sealed_only, only_this_computer,
    open_on,
};
use crate::desktop::{called_in_family, family};
use crate::leaks::{
    Canary, Crossed, Messages, files, memory, none, properties, told_by_the_system,
};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Canary Wharf Cold Rooms";
const PASSPHRASE: &str = "lantern orbit velvet cactus harbor 93";
const UNFINISHED: &str = "Half Moon Dairy";
/// The process that draws the page, and the one that fetches for it, as the kernel cuts their names.
const WEB_VIEW: [&str; 2] = ["WebKitWebProces", "WebKitNetworkPr"];
const WHERE_SECRETS_ARE_COPIED: &str = "Copy secret API Secret";

/// Known secrets go through everything, and are looked for everywhere but in the keychain. The desktop is to be a watched one.
pub async fn canaries(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("Canaries");
    let window = reporter
        .step(
            desktop,
            "Nothing is asked of Twilio before the user asks",
            unasked(desktop, practice),
        )
        .await?;
    let secret = reporter
        .step(
            desktop,
            "A key is made, copied and handed over without its secret in the page",
            copied_unseen(&window, desktop, practice),
        )
        .await?;
    let token = practice.auth_token();
    let both = Canary::of(&[("the API Secret", &secret), ("the Auth Token", token)]);
    let only_secret = Canary::of(&[("the API Secret", &secret)]);
    reporter
        .step(
            desktop,
            "Neither secret is in files, output, process or window descriptions",
            nowhere(desktop, &both),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The API Secret is not in the memory of the web view",
            not_in_the_web_view(desktop, &only_secret),
        )
        .await?;
    let everything = Canary::of(&[
        ("the API Secret", &secret),
        ("the Auth Token", token),
        ("the recovery passphrase", PASSPHRASE),
    ]);
    reporter
        .step(
            desktop,
            "A shown secret is in no selection, and only Ctrl+C on it takes it along, as Copy does",
            on_screen::taken_as_copied_alone(&window, desktop, &everything),
        )
        .await?;
    recovery::recovery(reporter, &window, desktop, practice, &everything).await?;
    reporter
        .step(
            desktop,
            "The same search finds what is there: the main process holds them, and the page has one after Show",
            search_finds(&window, desktop, &both, &secret),
        )
        .await?;
    reporter
        .step(
            desktop,
            "An unfinished key and a crash leave no secret either",
            crashed(window, desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Opened again after the crash, the web view has no secret",
            opened_again(desktop, practice, &both),
        )
        .await?;
    only_this_computer(reporter, desktop).await
}

async fn unasked(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_on(desktop, practice).await?;
    window.shows("Welcome to Subvault").await?;
    let asked = practice.requests().await?.len();
    expect(asked == 0, || format!("{asked} requests were sent unasked"))?;
    Ok(window)
}

async fn copied_unseen(window: &Window, desktop: &Desktop, practice: &Practice) -> Told<String> {
    let crossed = Crossed::record(window).await?;
    connect(window, practice).await?;
    window.shows("Up to date").await?;
    create_subaccount(window, CUSTOMER).await?;
    let secret = copy_secret(window, desktop).await?;
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    card.thing_with(Role::Checkbox, "I have pasted all three into DicksonOne")
        .click()
        .await?;
    card.button("Done").click().await?;
    page.shows("Handed over:").await?;
    let canary = Canary::of(&[
        ("the API Secret", &secret),
        ("the Auth Token", practice.auth_token()),
    ]);
    let crossed = crossed.messages().await?;
    let Messages {
        answers,
        events,
        steps,
        text,
    } = &crossed;
    println!(
        "            {answers} answers, {events} events and {steps} steps crossed to the page"
    );
    expect(*answers >= 10 && *events > 0 && *steps > 0, || {
        format!("only {answers} answers, {events} events and {steps} steps were recorded")
    })?;
    none(canary.search(text.as_bytes(), "a message to the page"))?;
    Ok(secret)
}

async fn copy_secret(window: &Window, desktop: &Desktop) -> Told<String> {
    let before = desktop.clipboard().text()?;
    press_copy_secret(window).await?;
    desktop.clipboard().changes_from(before.as_deref()).await
}

async fn press_copy_secret(window: &Window) -> Told {
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    card.button(WHERE_SECRETS_ARE_COPIED).click().await
}

async fn nowhere(desktop: &Desktop, canary: &Canary) -> Told {
    let (count, mut hits) = files(canary, desktop.folder())?;
    let family = family(desktop.program()?)?;
    hits.extend(told_by_the_system(canary, &family));
    hits.extend(properties(canary, &desktop.described_windows()?));
    hits.extend(canary.search(desktop.printed().as_bytes(), "standard output and error"));
    println!(
        "            {count} files and {} processes were looked at",
        family.len()
    );
    none(hits)?;
    // The search itself: a secret written down on purpose is found.
    let on_purpose = desktop.data().join("written-on-purpose");
    let writing = |error| Failure::from_error("write a file", error);
    let told = canary.told_of("the API Secret");
    std::fs::write(&on_purpose, told).map_err(writing)?;
    let (_, found) = files(canary, desktop.folder())?;
    std::fs::remove_file(&on_purpose).map_err(writing)?;
    expect(!found.is_empty(), || {
        "a secret that was written to a file on purpose is not found".to_owned()
    })
}

async fn not_in_the_web_view(desktop: &Desktop, canary: &Canary) -> Told {
    let mut hits = Vec::new();
    for process in web_view(desktop)? {
        let (read, found) = memory(canary, process)?;
        println!("            {} MB of process {process}", read >> 20);
        hits.extend(found);
    }
    none(hits)
}

async fn search_finds(window: &Window, desktop: &Desktop, canary: &Canary, secret: &str) -> Told {
    let (_, held) = memory(canary, desktop.program()?)?;
    expect(!held.is_empty(), || {
        "the main process holds a secret for the clipboard, and it is not found".to_owned()
    })?;
    let page = window.page();
    find_subaccount(window, CUSTOMER).await?;
    let crossed = Crossed::record(window).await?;
    page.button("Show API Secret").click().await?;
    page.thing_with(Role::Image, secret).is_there().await?;
    let messages = crossed.messages().await?;
    expect(messages.text.contains(secret), || {
        "the secret that was shown is not among the recorded messages".to_owned()
    })?;
    let mut shown = Vec::new();
    for process in web_view(desktop)? {
        shown.extend(memory(canary, process)?.1);
    }
    expect(!shown.is_empty(), || {
        "the secret that is shown is not found in the web view".to_owned()
    })?;
    page.button("Hide API Secret").click().await
}

/// A key is made while the keychain goes away; with its secret in a sealed copy and in memory the program is killed.
async fn crashed(window: Window, desktop: &Desktop, practice: &Practice) -> Told {
    leave_sealed_only(&window, desktop, practice, UNFINISHED).await?;
    let crash = desktop.folder().join("as-it-was-at-the-crash");
    copy_folder(&desktop.data(), &crash)?;
    desktop.kill_program()?;
    window.has_ended().await;
    desktop.keychain().start_again().await?;
    let window = open_on(desktop, practice).await?;
    // The program goes on with it by itself.
    window.shows("Up to date").await?;
    find_subaccount(&window, UNFINISHED).await?;
    window.page().button("Hand over…").click().await?;
    let before = desktop.clipboard().text()?;
    press_copy_secret(&window).await?;
    // Since it was started again nobody has said who is there.
    confirm(&window, PASSPHRASE).await?;
    let secret = desktop.clipboard().changes_from(before.as_deref()).await?;
    let untyped = [
        ("the API Secret", secret.as_str()),
        ("the Auth Token", practice.auth_token()),
    ];
    let typed = [("the recovery passphrase", PASSPHRASE)];
    let canary = Canary::of(&[&untyped[..], &typed].concat());
    let (_, hits) = files(&canary, desktop.folder())?;
    none(hits)?;
    none(canary.search(desktop.printed().as_bytes(), "standard output and error"))?;
    // What was typed a moment ago may still be in the page's memory.
    not_in_the_web_view(desktop, &Canary::of(&untyped)).await?;
    window.close().await
}

async fn opened_again(desktop: &Desktop, practice: &Practice, canary: &Canary) -> Told {
    let window = open_on(desktop, practice).await?;
    window.shows("Up to date").await?;
    not_in_the_web_view(desktop, canary).await?;
    let (_, hits) = files(canary, desktop.folder())?;
    none(hits)?;
    window.close().await
}

fn web_view(desktop: &Desktop) -> Told<Vec<u32>> {
    let program = desktop.program()?;
    let mut found = Vec::new();
    for name in WEB_VIEW {
        found.extend(called_in_family(program, name)?);
    }
    expect(!found.is_empty(), || {
        "the web view has no process".to_owned()
    })?;
    Ok(found)
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) -> Told {
    let copied = std::process::Command::new("cp")
        .arg("-a")
        .args([from, to])
        .status()
        .map_err(|error| Failure::from_error("copy a folder", error))?;
    expect(copied.success(), || "cp copied not everything".to_owned())
}
