use std::path::Path;

use super::nowhere;
use super::on_screen::typed_passphrase;
use crate::leaks::{Canary, files, none};
use crate::scenarios::{ENTER, LOCKED_BY_PASSPHRASE, SERVICE, copied_by, open_screen};
use crate::waiting::until;
use crate::{Desktop, Failure, Reporter, Role, Told, Window, expect};

const FILE_PASSPHRASE: &str = "marble tractor ninety pelican moss";
/// Asked before something secret is written, where the last unlocking is a while ago.
const WHO_IS_THERE: &str = "Confirm that it is you";

/// The secrets of `canary` go through everything that writes a file or a report.
pub async fn written_down(
    reporter: &mut Reporter,
    window: &Window,
    desktop: &Desktop,
    canary: &Canary,
) -> Told {
    reporter
        .step(
            desktop,
            "A passphrase that is shown while it is typed is in no selection either",
            async {
                open_screen(window, "Backup").await?;
                typed_passphrase(window, desktop, canary).await
            },
        )
        .await?;
    reporter
        .step(
            desktop,
            "In a locked file for a password manager no secret can be read",
            locked_file(window, desktop, canary),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A readable file has the secret alone, and none is left once it is deleted",
            readable_file(window, desktop, canary),
        )
        .await?;
    reporter
        .step(
            desktop,
            "On the recovery sheet is no secret",
            recovery_sheet(window, desktop, canary),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A secret that was missing is put back, into the keychain only",
            put_back(window, desktop, canary),
        )
        .await?;
    reporter
        .step(
            desktop,
            "In the report for support is no secret",
            report(window, desktop, canary),
        )
        .await
}

async fn locked_file(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    open_screen(window, "Backup").await?;
    let page = window.page();
    page.button("Save a locked file…").click().await?;
    page.thing(Role::Textbox, "Passphrase for the file")
        .type_text(FILE_PASSPHRASE)
        .await?;
    page.thing(Role::Textbox, "The same once more")
        .type_text(FILE_PASSPHRASE)
        .await?;
    page.button("Save the file…").click().await?;
    let file = desktop.home().join("keys.kdbx");
    saved(window, desktop, canary, "Save the keys", &file).await?;
    window
        .shows_within("saved in", LOCKED_BY_PASSPHRASE)
        .await?;
    nowhere(desktop, canary).await?;
    let of_the_file = Canary::of(&[
        ("the API Secret", canary.told_of("the API Secret")),
        ("the passphrase of the file", FILE_PASSPHRASE),
    ]);
    nowhere(desktop, &of_the_file).await
}

async fn readable_file(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    let page = window.page();
    page.thing_with(Role::Radio, "Bitwarden").click().await?;
    page.button("Save readable secrets…").click().await?;
    page.inside(Role::Dialog, "Save readable secrets?")
        .button("Save readable secrets…")
        .click()
        .await?;
    let file = desktop.home().join("keys for Bitwarden.json");
    saved(window, desktop, canary, "Save the keys", &file).await?;
    page.button("Delete the file").is_there().await?;
    let place = file.display().to_string();
    let (_, hits) = files(canary, desktop.folder())?;
    let (in_it, elsewhere): (Vec<_>, Vec<_>) = hits.into_iter().partition(|hit| hit.place == place);
    none(elsewhere)?;
    let only_this = in_it.iter().all(|hit| hit.what.contains("the API Secret"));
    expect(!in_it.is_empty() && only_this, || {
        format!("of the secrets, the readable file has {in_it:?}")
    })?;
    page.button("Delete the file").click().await?;
    page.shows("The readable file was deleted.").await?;
    expect(!file.exists(), || "the file is still there".to_owned())?;
    nowhere(desktop, canary).await
}

async fn recovery_sheet(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    let page = window.page();
    page.button("Save the recovery sheet…").click().await?;
    let file = desktop.home().join("recovery sheet.html");
    saved(window, desktop, canary, "Save the recovery sheet", &file).await?;
    page.shows("The recovery sheet is in").await?;
    expect(file.exists(), || "there is no sheet".to_owned())?;
    nowhere(desktop, canary).await
}

async fn put_back(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    let kept = || desktop.keychain().has(SERVICE, "API Secret");
    desktop.keychain().delete(SERVICE, "API Secret")?;
    expect(!kept()?, || {
        "the secret is still in the keychain".to_owned()
    })?;
    let page = window.page();
    page.button("Put back…").click().await?;
    page.thing(Role::Textbox, "Recovery passphrase")
        .type_text(canary.told_of("the recovery passphrase"))
        .await?;
    page.button("Put back").click().await?;
    window
        .shows_within("secret put back into", LOCKED_BY_PASSPHRASE)
        .await?;
    expect(kept()?, || {
        "the secret is not in the keychain again".to_owned()
    })?;
    nowhere(desktop, canary).await
}

async fn report(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    open_screen(window, "Settings").await?;
    let page = window.page();
    page.button("Check my computer").click().await?;
    page.button("Check now").click().await?;
    page.button("Check again").is_there().await?;
    let report = copied_by(desktop, &page.button("Copy report for support")).await?;
    expect(report.contains("Keychain: Fine"), || {
        format!("not a report: {report}")
    })?;
    none(canary.search(report.as_bytes(), "the report for support"))?;
    nowhere(desktop, canary).await?;
    page.button("Back").click().await?;
    open_screen(window, "Subaccounts").await
}

/// Answers the system's box with a path, and says who is there, if that is asked then.
async fn saved(
    window: &Window,
    desktop: &Desktop,
    canary: &Canary,
    title: &str,
    file: &Path,
) -> Told {
    desktop.answer_file_dialog(title, file).await?;
    let page = window.page();
    let mut is_told = false;
    until(LOCKED_BY_PASSPHRASE, async || {
        if file.exists() {
            return Ok(());
        }
        if !is_told && page.count(Role::Dialog, WHO_IS_THERE).await? > 0 {
            let question = page.inside(Role::Dialog, WHO_IS_THERE);
            let passphrase = question.thing(Role::Textbox, "Recovery passphrase");
            passphrase
                .type_text(canary.told_of("the recovery passphrase"))
                .await?;
            passphrase.press(ENTER).await?;
            is_told = true;
        }
        Err(Failure::new(format!("nothing is at {}", file.display())))
    })
    .await
}
