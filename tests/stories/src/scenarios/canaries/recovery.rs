use std::time::Duration;

use serde_json::json;

use super::written_down::written_down;
use super::{CUSTOMER, nowhere};
use crate::desktop::Theme;
use crate::leaks::Canary;
use crate::scenarios::another_computer::{only_backup, restored};
use crate::scenarios::only_this_computer::only_here;
use crate::scenarios::{call, find_subaccount, open_on, set_passphrase, unlock};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

/// What the user chose: a secret stays on the clipboard for two minutes, so whoever takes it off earlier is the lock.
const CLIPBOARD_SECONDS: u64 = 120;
/// The lock takes it off at once; a busy computer takes longer.
const TAKEN_OFF_WITHIN: Duration = Duration::from_secs(5);

/// The secrets of `canary` go through the recovery passphrase, a backup, the lock, and a restore on another computer.
pub async fn recovery(
    reporter: &mut Reporter,
    window: &Window,
    desktop: &Desktop,
    practice: &Practice,
    canary: &Canary,
) -> Told {
    let passphrase = canary.told_of("the recovery passphrase");
    let backed_up = async {
        set_passphrase(window, passphrase).await?;
        nowhere(desktop, canary).await
    };
    reporter
        .step(
            desktop,
            "A recovery passphrase is set and a backup made, and nothing secret is in it nor anywhere else",
            backed_up,
        )
        .await?;
    reporter
        .step(
            desktop,
            "Locking takes a copied secret off the clipboard, and leaves another text there",
            taken_back(window, desktop, canary),
        )
        .await?;
    written_down(reporter, window, desktop, canary).await?;
    let other = Desktop::start_watched(Theme::Light).await?;
    reporter
        .step(
            &other,
            "Restored on another computer, no secret is anywhere but in its keychain",
            carried_over(desktop, &other, practice, canary),
        )
        .await
}

async fn taken_back(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    let preferences = json!({
        "service": "dicksonone",
        "sort": { "column": "name", "descending": false },
        "lockAfterMinutes": 60,
        "clipboardSeconds": CLIPBOARD_SECONDS,
    });
    let chosen = json!({ "preferences": preferences });
    let answer = call(window, "set_preferences", chosen).await?;
    expect(answer == "done", || {
        format!("choosing for how long a copy stays: {answer}")
    })?;
    let passphrase = canary.told_of("the recovery passphrase");
    lock(window).await?;
    unlock(window, passphrase).await?;
    find_subaccount(window, CUSTOMER).await?;
    let page = window.page();
    let clipboard = desktop.clipboard();
    let secret = canary.told_of("the API Secret");
    page.button("Copy API Secret").click().await?;
    clipboard.holds(secret).await?;
    lock(window).await?;
    clipboard.loses(secret, TAKEN_OFF_WITHIN).await?;
    unlock(window, passphrase).await?;
    find_subaccount(window, CUSTOMER).await?;
    page.button("Copy API Secret").click().await?;
    clipboard.holds(secret).await?;
    clipboard.put("somebody else's text")?;
    lock(window).await?;
    unlock(window, passphrase).await?;
    clipboard.holds("somebody else's text").await?;
    find_subaccount(window, CUSTOMER).await?;
    page.button("Copy API Secret").click().await?;
    clipboard.holds(secret).await?;
    page.button("Copy Account SID").click().await?;
    let sid = clipboard.changes_from(Some(secret)).await?;
    lock(window).await?;
    unlock(window, passphrase).await?;
    clipboard.holds(&sid).await
}

async fn lock(window: &Window) -> Told {
    window.page().button("Lock now").click().await?;
    window
        .page()
        .thing(Role::Heading, "Subvault is locked")
        .is_there()
        .await
}

async fn carried_over(
    old: &Desktop,
    other: &Desktop,
    practice: &Practice,
    canary: &Canary,
) -> Told {
    let carried = other.home().join("carried over.age");
    std::fs::copy(only_backup(old)?, &carried)
        .map_err(|error| Failure::from_error("carry the backup over", error))?;
    let window = open_on(other, practice).await?;
    let passphrase = canary.told_of("the recovery passphrase");
    restored(&window, other, &carried, passphrase).await?;
    nowhere(other, canary).await?;
    window.close().await?;
    only_here(other)
}
