//! The stories themselves. The tour tells them with pictures, the tests without.

mod adopted_and_closed;
mod another_computer;
mod canaries;
mod check_computer;
mod clipboard_at_the_end;
mod closing_asks;
mod crash;
mod daily_backup;
mod inspected;
mod keychain_hangs;
mod keychain_refuses;
mod later;
mod locked;
mod locked_by_the_system;
mod locked_memory;
mod main_job;
mod new_key;
mod no_keyring;
mod odd_rows;
mod one_window;
mod only_this_computer;
mod own_pages;
mod page_anew;
mod page_ends;
mod practice_door;
mod renamed;
mod screen_reader;
mod several_items;
mod start;
mod suspended_and_revoked;
mod thousand_keys;

pub use adopted_and_closed::adopted_and_closed;
pub use another_computer::another_computer;
pub use canaries::canaries;
pub use check_computer::check_computer;
pub use clipboard_at_the_end::clipboard_at_the_end;
pub use closing_asks::closing_asks;
pub use crash::crash;
pub use daily_backup::daily_backup;
pub use inspected::inspected;
pub use keychain_hangs::{Hang, keychain_hangs};
pub use keychain_refuses::keychain_refuses;
pub use later::later;
pub use locked::locked;
pub use locked_by_the_system::locked_by_the_system;
pub use locked_memory::locked_memory;
pub use main_job::main_job;
pub use new_key::new_key;
pub use no_keyring::no_keyring;
pub use odd_rows::odd_rows;
pub use one_window::one_window;
pub use only_this_computer::only_this_computer;
pub use own_pages::own_pages;
pub use page_anew::page_anew;
pub use page_ends::page_ends;
pub use practice_door::practice_door;
pub use renamed::renamed;
pub use screen_reader::screen_reader;
pub use several_items::several_items;
pub use start::start;
pub use suspended_and_revoked::suspended_and_revoked;
pub use thousand_keys::thousand_keys;

use std::time::Duration;

use serde_json::{Value, json};

use crate::window::Thing;
use crate::{Desktop, Practice, Role, Told, Window};

/// Saved items of the real account are found by this attribute; practice mode's by the second.
pub const SERVICE: &str = "Subvault";
/// The attribute of what practice mode saves.
pub const PRACTICE_SERVICE: &str = "Subvault practice";

/// How long reading practice mode's 148 subaccounts may take on a busy machine.
const LONG_READ: Duration = Duration::from_secs(90);

/// The second that a passphrase takes is longer on a busy machine, and a backup is locked, and opened again, at that price.
const LOCKED_BY_PASSPHRASE: Duration = Duration::from_secs(120);

/// What the name of the box above the list begins with.
const SEARCH: &str = "Search by name";

/// The Enter key, as WebDriver has it.
const ENTER: &str = "\u{e007}";

/// Opens the program on a Twilio on this computer.
async fn open_on(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    desktop.open(&["--twilio", practice.base()]).await
}

/// Fills in the form for the account and sends it.
async fn sign_in(window: &Window, account_sid: &str, auth_token: &str) -> Told {
    let page = window.page();
    page.thing(Role::Textbox, "Account SID")
        .type_text(account_sid)
        .await?;
    page.thing(Role::Textbox, "Auth Token")
        .type_text(auth_token)
        .await?;
    page.button("Connect").click().await
}

/// Goes to a screen of the rail.
pub async fn open_screen(window: &Window, screen: &str) -> Told {
    let page = window.page();
    page.inside(Role::Navigation, "Screens")
        .thing_with(Role::Button, screen)
        .click()
        .await?;
    page.thing(Role::Heading, screen).is_there().await
}

/// Presses a button that copies, and answers what came to the clipboard.
async fn copied_by(desktop: &Desktop, button: &Thing<'_>) -> Told<String> {
    let clipboard = desktop.clipboard();
    clipboard.put("something else")?;
    button.click().await?;
    clipboard.changes_from(Some("something else")).await
}

/// Copies the secret from the hand-over card that is open, and closes the card.
async fn copy_from_card(window: &Window, desktop: &Desktop) -> Told<String> {
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    let secret = copied_by(desktop, &card.button("Copy secret API Secret")).await?;
    card.button("Do this later").click().await?;
    Ok(secret)
}

/// From the welcome screen to the list.
pub async fn connect(window: &Window, practice: &Practice) -> Told {
    let page = window.page();
    page.button("Connect your Twilio account").click().await?;
    sign_in(window, practice.account_sid(), practice.auth_token()).await?;
    page.thing(Role::Heading, "Subaccounts").is_there().await
}

/// Orders a new subaccount and waits for its hand-over card.
async fn create_subaccount(window: &Window, customer: &str) -> Told {
    order_subaccount(window, customer).await?;
    window
        .page()
        .inside(Role::Dialog, "Hand over to DicksonOne")
        .shows(customer)
        .await
}

/// Fills in the form for a new subaccount and presses the button.
async fn order_subaccount(window: &Window, customer: &str) -> Told {
    let page = window.page();
    page.button("New subaccount").click().await?;
    let form = page.inside(Role::Dialog, "New subaccount");
    form.thing(Role::Textbox, "Customer’s name")
        .type_text(customer)
        .await?;
    form.button("Create subaccount").click().await
}

/// Sets the recovery passphrase in its form, which makes a first backup too.
async fn set_passphrase(window: &Window, passphrase: &str) -> Told {
    let page = window.page();
    page.button("Set it up…").click().await?;
    page.thing(Role::Textbox, "Passphrase")
        .type_text(passphrase)
        .await?;
    page.thing(Role::Textbox, "The same once more")
        .type_text(passphrase)
        .await?;
    window.shows("Strong.").await?;
    page.button("Set the passphrase and back up")
        .click()
        .await?;
    window
        .shows_within("It was opened again and compared.", LOCKED_BY_PASSPHRASE)
        .await
}

/// Twilio takes its time to make the next key.
async fn next_key_is_slow(practice: &Practice) -> Told {
    let slow_key = json!({
        "method": "POST",
        "path": "/2010-04-01/Accounts/*/Keys.json",
        "when": { "next": 1 },
        "fault": { "kind": "delay", "ms": 10000 },
    });
    practice.fault(&slow_key).await
}

/// Orders a new subaccount, and ends the keychain while its key is made: its secret is in a sealed copy and nowhere else.
async fn leave_sealed_only(
    window: &Window,
    desktop: &Desktop,
    practice: &Practice,
    customer: &str,
) -> Told {
    next_key_is_slow(practice).await?;
    order_subaccount(window, customer).await?;
    window.shows("Subaccount created").await?;
    desktop.keychain().end().await?;
    window.shows("Sealed copy made").await?;
    window.page().button("Try again").is_there().await
}

/// Does what ends the program, and answers how long after the beginning of that it had ended.
async fn ends(
    window: Window,
    desktop: &Desktop,
    cause: impl AsyncFnOnce(&Window) -> Told,
) -> Told<Duration> {
    let program = desktop.program()?;
    let ended = tokio::select! {
        ended = desktop.program_ends(program) => ended,
        // The driver's answer may go with the program.
        Err(failure) = cause(&window) => Err(failure),
    };
    window.has_ended().await;
    ended
}

/// Opens the lock with the recovery passphrase, and waits for the list.
async fn unlock(window: &Window, passphrase: &str) -> Told {
    let page = window.page();
    let asked = page.thing(Role::Textbox, "Recovery passphrase");
    asked.type_text(passphrase).await?;
    asked.press(ENTER).await?;
    let list = page.thing_with(Role::Searchbox, SEARCH);
    list.is_there_within(LOCKED_BY_PASSPHRASE).await
}

/// Says again who is there, with the recovery passphrase.
async fn confirm(window: &Window, passphrase: &str) -> Told {
    let page = window.page();
    let question = page.inside(Role::Dialog, "Confirm that it is you");
    let asked = question.thing(Role::Textbox, "Recovery passphrase");
    asked.type_text(passphrase).await?;
    asked.press(ENTER).await
}

/// Opens the only subaccount that this finds.
async fn find_subaccount(window: &Window, sought: &str) -> Told {
    let page = window.page();
    let search = page.thing_with(Role::Searchbox, SEARCH);
    search.type_text(sought).await?;
    search.press(ENTER).await
}

/// Calls a command past the page: `done`, or the kind of failure.
async fn call(window: &Window, command: &str, arguments: Value) -> Told<String> {
    let script = r"
        const [command, given, answer] = arguments;
        window.__TAURI_INTERNALS__.invoke(command, given).then(() => answer('done'), (refusal) => answer(refusal?.kind ?? String(refusal)));
    ";
    let answer = window
        .script_that_answers_later(script, vec![json!(command), arguments])
        .await?;
    Ok(answer.as_str().unwrap_or_default().to_owned())
}
