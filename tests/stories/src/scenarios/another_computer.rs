use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::{
    LOCKED_BY_PASSPHRASE, SERVICE, confirm, connect, copy_from_card, create_subaccount,
    find_subaccount, open_on, set_passphrase,
};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Cedar Valley Clinic";
pub(super) const PASSPHRASE: &str = "walnut ferry cobalt thursday";

/// The most clicks that restoring may take.
const MOST_CLICKS: u64 = 5;
/// The file and Open, as somebody with a mouse does; here the path is typed.
const IN_THE_SYSTEMS_BOX: u64 = 2;
/// Counts what is clicked in the page from now on.
const COUNT_CLICKS: &str = "
window.clicksOfAStory = 0;
window.addEventListener('click', (event) => { if (event.isTrusted) window.clicksOfAStory += 1; }, true);";
/// The longest that it may take.
const LONGEST: Duration = Duration::from_secs(120);

/// A passphrase is set and a backup made; on another computer, with an empty home and an empty keychain, it is restored and a
/// secret copied.
pub async fn another_computer(
    reporter: &mut Reporter,
    old: &Desktop,
    new: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("Another computer");
    let window = reporter
        .step(old, "A key is made", made(old, practice))
        .await?;
    let secret = copy_from_card(&window, old).await?;
    let file = reporter
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
    reporter
        .step(
            new,
            "The backup is restored, in no more than five clicks",
            restored(&window, new, &carried, PASSPHRASE),
        )
        .await?;
    expect(new.keychain().has(SERVICE, "API Secret")?, || {
        "the secret is not in the other computer's keychain".to_owned()
    })?;
    reporter
        .step(
            new,
            "The secret is copied there",
            copied_there(&window, new, &secret),
        )
        .await?;
    window.close().await
}

pub(super) async fn made(old: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_on(old, practice).await?;
    connect(&window, practice).await?;
    create_subaccount(&window, CUSTOMER).await?;
    Ok(window)
}

pub(super) async fn backed_up(window: &Window, old: &Desktop) -> Told<PathBuf> {
    set_passphrase(window, PASSPHRASE).await?;
    only_backup(old)
}

/// The one backup that was made so far, where it goes by itself.
pub(super) fn only_backup(old: &Desktop) -> Told<PathBuf> {
    match backups(old)?.as_slice() {
        [file] => Ok(file.clone()),
        files => Err(Failure::new(format!("not one backup: {files:?}"))),
    }
}

/// The backups in the folder where they go by themselves.
pub(super) fn backups(desktop: &Desktop) -> Told<Vec<PathBuf>> {
    let folder = desktop.home().join("Subvault backups");
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| Failure::from_error(&format!("read {}", folder.display()), error))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// Restores on an empty computer, in no more than the clicks and the time that this may take.
pub(super) async fn restored(
    window: &Window,
    new: &Desktop,
    file: &Path,
    passphrase: &str,
) -> Told {
    let page = window.page();
    page.button("Restore a backup…").is_there().await?;
    window.script(COUNT_CLICKS, Vec::new()).await?;
    let begun = Instant::now();
    page.button("Restore a backup…").click().await?;
    new.answer_file_dialog("Choose a backup", file).await?;
    page.thing(Role::Textbox, "Recovery passphrase")
        .type_text(passphrase)
        .await?;
    page.button("Restore").click().await?;
    window
        .shows_within("each was proved at Twilio", LOCKED_BY_PASSPHRASE)
        .await?;
    let took = begun.elapsed();
    let counted = window.script("return window.clicksOfAStory", Vec::new());
    let in_the_page = counted.await?.as_u64().unwrap_or_default();
    let clicks = in_the_page + IN_THE_SYSTEMS_BOX;
    println!("            {clicks} clicks, {:.1} s", took.as_secs_f64());
    expect(in_the_page > 0 && clicks <= MOST_CLICKS, || {
        format!("{clicks} clicks, {in_the_page} of them in the page")
    })?;
    expect(took <= LONGEST, || format!("restoring took {took:?}"))
}

async fn copied_there(window: &Window, new: &Desktop, secret: &str) -> Told {
    find_subaccount(window, CUSTOMER).await?;
    new.clipboard().put("something else")?;
    window.page().button("Copy API Secret").click().await?;
    // The passphrase that came with the backup opens the lock here from now on.
    confirm(window, PASSPHRASE).await?;
    new.clipboard().holds(secret).await
}
