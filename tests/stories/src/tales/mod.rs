//! The stories themselves. The tour tells them with pictures, the tests without.

mod another_computer;
mod canaries;
mod check_computer;
mod keychain_hangs;
mod keychain_refuses;
mod later;
mod locked;
mod main_job;
mod practice_door;

pub use another_computer::another_computer;
pub use canaries::canaries;
pub use check_computer::check_computer;
pub use keychain_hangs::{Hang, keychain_hangs};
pub use keychain_refuses::keychain_refuses;
pub use later::later;
pub use locked::locked;
pub use main_job::main_job;
pub use practice_door::practice_door;

use std::time::Duration;

use crate::{Desktop, Practice, Role, Told, Window};

/// Saved items of the real account are found by this attribute; practice mode's by the second.
pub const SERVICE: &str = "Subvault";
/// The attribute of what practice mode saves.
pub const PRACTICE_SERVICE: &str = "Subvault practice";

/// How long reading practice mode's 148 subaccounts may take on a busy machine.
const LONG_READ: Duration = Duration::from_secs(90);

/// The Enter key, as WebDriver has it.
const ENTER: &str = "\u{e007}";

/// Opens the program on a Twilio on this computer.
async fn open_on(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    desktop.open(&["--twilio", practice.base()]).await
}

/// From the welcome screen to the list.
async fn connect(window: &Window, practice: &Practice) -> Told {
    let page = window.page();
    page.button("Connect your Twilio account").click().await?;
    page.thing(Role::Textbox, "Account SID")
        .type_text(practice.account_sid())
        .await?;
    page.thing(Role::Textbox, "Auth Token")
        .type_text(practice.auth_token())
        .await?;
    page.button("Connect").click().await?;
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
