//! axe-core on every screen of the real window, light and dark.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;
use stories::scenarios::open_screen;
use stories::{
    Desktop, Failure, Practice, Role, Theme, Told, Window, accessibility_problems, scenarios,
};

/// How long reading practice mode's subaccounts may take on a busy machine.
const LONG_READ: Duration = Duration::from_secs(90);
/// A passphrase is made slow to try on purpose, and a busy machine is slower.
const LOCKED_BY_PASSPHRASE: Duration = Duration::from_secs(120);

const PASSPHRASE: &str = "willow carbon ladder tuesday plum";
const UNFINISHED: &str = "Salt Marsh Oysters";

#[tokio::test]
async fn no_screen_has_an_accessibility_problem_in_light() -> Told {
    every_screen(Theme::Light).await
}

#[tokio::test]
async fn no_screen_has_an_accessibility_problem_in_dark() -> Told {
    every_screen(Theme::Dark).await
}

#[tokio::test]
async fn no_screen_of_what_goes_wrong_or_is_asked_has_an_accessibility_problem_in_light() -> Told {
    every_rare_screen(Theme::Light).await
}

#[tokio::test]
async fn no_screen_of_what_goes_wrong_or_is_asked_has_an_accessibility_problem_in_dark() -> Told {
    every_rare_screen(Theme::Dark).await
}

async fn every_screen(theme: Theme) -> Told {
    let desktop = Desktop::start(theme).await?;
    let window = desktop.open(&[]).await?;
    let mut found = Vec::new();
    before_the_list(&window, &mut found).await?;
    the_list(&window, &mut found).await?;
    making(&window, &mut found).await?;
    other_screens(&window, &mut found).await?;
    window.close().await?;
    none(&found)
}

async fn every_rare_screen(theme: Theme) -> Told {
    let desktop = Desktop::start(theme).await?;
    let practice = Practice::start(20)?;
    let window = desktop.open(&["--twilio", practice.base()]).await?;
    let mut found = Vec::new();
    connect(&window, &practice).await?;
    unfinished(&window, &desktop, &practice, &mut found).await?;
    questions(&window, &desktop, &mut found).await?;
    desktop.keychain().start_again().await?;
    backup(&window, &desktop, &mut found).await?;
    locked(&window, &mut found).await?;
    window.close().await?;
    none(&found)
}

fn none(found: &[String]) -> Told {
    if found.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(found.join("\n")))
    }
}

async fn look(screen: &str, window: &Window, found: &mut Vec<String>) -> Told {
    let problems = accessibility_problems(window).await?;
    println!("{screen}: {} problems", problems.len());
    found.extend(
        problems
            .into_iter()
            .map(|problem| format!("{screen}: {problem}")),
    );
    Ok(())
}

async fn before_the_list(window: &Window, found: &mut Vec<String>) -> Told {
    let page = window.page();
    page.thing(Role::Heading, "Welcome to Subvault")
        .is_there()
        .await?;
    look("welcome", window, found).await?;
    page.button("Connect your Twilio account").click().await?;
    look("connect", window, found).await?;
    page.thing(Role::Textbox, "Account SID")
        .type_text("SK00000000000000000000000000000000")
        .await?;
    page.button("Connect").click().await?;
    page.thing(Role::Textbox, "Account SID").is_there().await?;
    look("connect, refused", window, found).await?;
    page.button("Back").click().await
}

async fn the_list(window: &Window, found: &mut Vec<String>) -> Told {
    let page = window.page();
    page.button("Try it with made-up data").click().await?;
    window.shows_within("Up to date", LONG_READ).await?;
    look("subaccounts", window, found).await?;
    let search = page.thing_with(Role::Searchbox, "Search by name");
    search.type_text("no customer has this name").await?;
    page.shows("Nothing found").await?;
    look("nothing found", window, found).await?;
    search.type_text("Aurora Biologics").await?;
    page.thing_with(Role::Row, "Aurora Biologics")
        .click()
        .await?;
    page.thing(Role::Heading, "Aurora Biologics")
        .is_there()
        .await?;
    look("one subaccount", window, found).await?;
    page.button("Close").click().await
}

async fn making(window: &Window, found: &mut Vec<String>) -> Told {
    let page = window.page();
    page.button("New subaccount").click().await?;
    let form = page.inside(Role::Dialog, "New subaccount");
    let name = form.thing(Role::Textbox, "Customer’s name");
    name.type_text("Aurora Biologics").await?;
    form.shows("A subaccount already has this name.").await?;
    look("new subaccount", window, found).await?;
    name.type_text("Harbor Cold Storage").await?;
    form.button("Create subaccount").click().await?;
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    card.shows("Harbor Cold Storage").await?;
    look("hand-over", window, found).await?;
    card.button("Do this later").click().await?;
    page.thing_with(Role::Dialog, "").is_gone().await?;
    let search = page.thing_with(Role::Searchbox, "Search by name");
    search.type_text("Harbor Cold Storage").await?;
    page.thing_with(Role::Row, "Harbor Cold Storage")
        .click()
        .await?;
    page.button("Actions").click().await?;
    page.thing(Role::MenuItem, "Rename…").click().await?;
    let form = page.inside(Role::Dialog, "Rename");
    form.thing(Role::Textbox, "New name")
        .holds("Harbor Cold Storage")
        .await?;
    look("rename", window, found).await?;
    form.button("Cancel").click().await?;
    page.button("New API key…").click().await?;
    let form = page.inside(Role::Dialog, "New API key for");
    let name = form.thing(Role::Textbox, "Key name");
    name.holds("Harbor Cold Storage - DicksonOne").await?;
    look("new API key", window, found).await?;
    name.type_text(&"one name after another ".repeat(4)).await?;
    form.shows("The name is too long.").await?;
    look("new API key, refused", window, found).await?;
    form.button("Cancel").click().await?;
    page.thing_with(Role::Button, "More for API key")
        .click()
        .await?;
    page.thing(Role::MenuItem, "Save to a file…")
        .click()
        .await?;
    look("save to a file", window, found).await?;
    page.inside(Role::Dialog, "Save for a password manager")
        .button("Close")
        .click()
        .await
}

async fn other_screens(window: &Window, found: &mut Vec<String>) -> Told {
    let page = window.page();
    for screen in ["Needs attention", "Activity", "Backup", "Settings"] {
        open_screen(window, screen).await?;
        look(screen, window, found).await?;
    }
    page.button("Check my computer").click().await?;
    look("check my computer", window, found).await?;
    page.button("Check now").click().await?;
    page.button("Check again").is_there().await?;
    look("check my computer, checked", window, found).await
}

async fn connect(window: &Window, practice: &Practice) -> Told {
    scenarios::connect(window, practice).await?;
    window.shows("Up to date").await
}

/// The keychain ends while a key is made.
async fn unfinished(
    window: &Window,
    desktop: &Desktop,
    practice: &Practice,
    found: &mut Vec<String>,
) -> Told {
    let slow_key = json!({
        "method": "POST",
        "path": "/2010-04-01/Accounts/*/Keys.json",
        "when": { "next": 1 },
        "fault": { "kind": "delay", "ms": 10000 },
    });
    practice.fault(&slow_key).await?;
    let page = window.page();
    page.button("New subaccount").click().await?;
    let form = page.inside(Role::Dialog, "New subaccount");
    form.thing(Role::Textbox, "Customer’s name")
        .type_text(UNFINISHED)
        .await?;
    form.button("Create subaccount").click().await?;
    page.shows("Subaccount created").await?;
    look("being made", window, found).await?;
    desktop.keychain().end().await?;
    page.button("Try again").is_there().await?;
    look("a failed making", window, found).await?;
    page.button("Close").click().await?;
    page.thing_with(Role::Dialog, "").is_gone().await?;
    open_screen(window, "Needs attention").await?;
    page.button(UNFINISHED).click().await?;
    page.button("Delete this key at Twilio").is_there().await?;
    look("an unfinished key", window, found).await
}

async fn questions(window: &Window, desktop: &Desktop, found: &mut Vec<String>) -> Told {
    let page = window.page();
    page.button("Delete this key at Twilio").click().await?;
    page.button("Keep it").is_there().await?;
    look("the question before deleting a key", window, found).await?;
    page.button("Keep it").click().await?;
    desktop.ask_to_close()?;
    page.button("Keep open").is_there().await?;
    look("the question before closing", window, found).await?;
    page.button("Keep open").click().await?;
    open_screen(window, "Settings").await?;
    page.button("Disconnect…").click().await?;
    page.button("Stay connected").is_there().await?;
    look("the question before disconnecting", window, found).await?;
    page.button("Stay connected").click().await?;
    page.thing_with(Role::Dialog, "").is_gone().await
}

async fn backup(window: &Window, desktop: &Desktop, found: &mut Vec<String>) -> Told {
    let page = window.page();
    open_screen(window, "Backup").await?;
    look("no backup yet", window, found).await?;
    page.thing(Role::Textbox, "Passphrase")
        .type_text(PASSPHRASE)
        .await?;
    page.thing(Role::Textbox, "The same once more")
        .type_text(PASSPHRASE)
        .await?;
    page.shows("Strong.").await?;
    look("a passphrase", window, found).await?;
    page.button("Set the passphrase and back up")
        .click()
        .await?;
    window
        .shows_within("It was opened again and compared.", LOCKED_BY_PASSPHRASE)
        .await?;
    look("backed up", window, found).await?;
    let folder = desktop.home().join("Subvault backups");
    page.button("Restore a backup…").click().await?;
    let no_backup = desktop.home().join("no backup.age");
    std::fs::write(&no_backup, "this is no backup")
        .map_err(|error| Failure::from_error("write a file", error))?;
    desktop
        .answer_file_dialog("Choose a backup", &no_backup)
        .await?;
    page.thing_with(Role::Alert, "").is_there().await?;
    look("restore, another kind of file", window, found).await?;
    page.button("Choose another file…").click().await?;
    desktop
        .answer_file_dialog("Choose a backup", &first_file_in(&folder)?)
        .await?;
    let passphrase = page.thing(Role::Textbox, "Recovery passphrase");
    passphrase.type_text("another passphrase").await?;
    look("restore", window, found).await?;
    page.button("Restore").click().await?;
    let question = page.inside(Role::Dialog, "Confirm that it is you");
    let asked = question.thing(Role::Textbox, "Recovery passphrase");
    asked.is_there().await?;
    look("restore, who asks", window, found).await?;
    asked.type_text(PASSPHRASE).await?;
    asked.press("\u{e007}").await?;
    page.thing_with(Role::Alert, "")
        .is_there_within(LOCKED_BY_PASSPHRASE)
        .await?;
    look("restore, refused", window, found).await?;
    page.button("Back").click().await
}

fn first_file_in(folder: &Path) -> Told<PathBuf> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Failure::from_error("list the backups", error))?;
    let first = entries.flatten().next().map(|entry| entry.path());
    first.ok_or_else(|| Failure::new("there is no backup"))
}

async fn locked(window: &Window, found: &mut Vec<String>) -> Told {
    let page = window.page();
    page.button("Lock now").click().await?;
    page.thing(Role::Heading, "Subvault is locked")
        .is_there()
        .await?;
    let asked = page.thing(Role::Textbox, "Recovery passphrase");
    asked.is_there().await?;
    look("locked", window, found).await?;
    asked.type_text("another passphrase").await?;
    page.button("Unlock").click().await?;
    window
        .shows_within("That is not the passphrase.", LOCKED_BY_PASSPHRASE)
        .await?;
    look("locked, a wrong passphrase", window, found).await
}
