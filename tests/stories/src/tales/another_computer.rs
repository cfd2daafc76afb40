use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{ENTER, SERVICE, connect, create_subaccount, open_on};
use crate::{Desktop, Failure, Practice, Role, Teller, Told, Window, expect};

const CUSTOMER: &str = "Cedar Valley Clinic";
const PASSPHRASE: &str = "walnut ferry cobalt thursday";

/// The second that a passphrase takes is longer on a busy machine, and a backup is locked, and opened again, at that price.
const LOCKING: Duration = Duration::from_secs(120);

/// The most clicks that restoring may take.
const MOST_CLICKS: usize = 5;
/// The longest that it may take.
const LONGEST: Duration = Duration::from_secs(120);

/// A passphrase is set and a backup made; on another computer, with an empty home and an empty keychain, it is restored and a
/// secret copied.
pub async fn another_computer(
    teller: &mut Teller,
    old: &Desktop,
    new: &Desktop,
    practice: &Practice,
) -> Told {
    teller.story("Another computer");
    let window = teller
        .step(old, "A key is made", made(old, practice))
        .await?;
    let secret = copied(&window, old).await?;
    let file = teller
        .step(
            old,
            "A recovery passphrase is set, and a backup made and compared",
            backed_up(&window, old),
        )
        .await?;
    window.close().await?;
    let carried = new.home().join("carried over.age");
    std::fs::copy(&file, &carried)
        .map_err(|error| Failure::from_error("carry the backup over", error))?;
    let window = open_on(new, practice).await?;
    expect(new.keychain().items(SERVICE)?.is_empty(), || {
        "the other computer's keychain is not empty".to_owned()
    })?;
    teller
        .step(
            new,
            "The backup is restored, in no more than five clicks",
            restored(&window, new, &carried),
        )
        .await?;
    teller
        .step(
            new,
            "The secret is copied there",
            copied_there(&window, new, &secret),
        )
        .await?;
    window.close().await
}

async fn made(old: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_on(old, practice).await?;
    connect(&window, practice).await?;
    create_subaccount(&window, CUSTOMER).await?;
    Ok(window)
}

async fn copied(window: &Window, old: &Desktop) -> Told<String> {
    old.clipboard().put("something else")?;
    let card = window
        .page()
        .inside(Role::Dialog, "Hand over to DicksonOne");
    card.button("Copy secret API Secret").click().await?;
    let secret = old.clipboard().changes_from(Some("something else")).await?;
    card.button("Do this later").click().await?;
    Ok(secret)
}

async fn backed_up(window: &Window, old: &Desktop) -> Told<PathBuf> {
    let page = window.page();
    page.button("Set it up…").click().await?;
    page.thing(Role::Textbox, "Passphrase")
        .type_text(PASSPHRASE)
        .await?;
    page.thing(Role::Textbox, "The same once more")
        .type_text(PASSPHRASE)
        .await?;
    window.shows("Strong.").await?;
    page.button("Set the passphrase and back up")
        .click()
        .await?;
    window
        .shows_within("It was opened again and compared.", LOCKING)
        .await?;
    let folder = old.home().join("Subvault backups");
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| Failure::from_error(&format!("read {}", folder.display()), error))?;
    let files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    match files.as_slice() {
        [file] => Ok(file.clone()),
        _ => Err(Failure::new(format!("not one backup: {files:?}"))),
    }
}

async fn restored(window: &Window, new: &Desktop, file: &Path) -> Told {
    let begun = Instant::now();
    let page = window.page();
    page.button("Restore a backup…").click().await?;
    new.answer_file_dialog("Choose a backup", file).await?;
    page.thing(Role::Textbox, "Recovery passphrase")
        .type_text(PASSPHRASE)
        .await?;
    page.button("Restore").click().await?;
    // The door, the file and Open in the system's box as somebody with a mouse does, and Restore.
    let clicks = 4;
    window
        .shows_within("each was tested at Twilio", LOCKING)
        .await?;
    expect(clicks <= MOST_CLICKS, || format!("{clicks} clicks"))?;
    expect(begun.elapsed() <= LONGEST, || {
        format!("restoring took {:?}", begun.elapsed())
    })?;
    let kept = new
        .keychain()
        .items(SERVICE)?
        .iter()
        .any(|item| item.label.contains("API Secret"));
    expect(kept, || {
        "the secret is not in the other computer's keychain".to_owned()
    })
}

async fn copied_there(window: &Window, new: &Desktop, secret: &str) -> Told {
    let page = window.page();
    let search = page.thing_with(Role::Searchbox, "Search by name");
    search.type_text(CUSTOMER).await?;
    search.press(ENTER).await?;
    new.clipboard().put("something else")?;
    page.button("Copy API Secret").click().await?;
    new.clipboard().holds(secret).await
}
