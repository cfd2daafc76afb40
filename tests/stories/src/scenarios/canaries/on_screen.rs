use crate::leaks::{Canary, none};
use crate::scenarios::find_subaccount;
use crate::{Desktop, Role, Told, Window, expect};

use super::CUSTOMER;

/// Ctrl and a letter, in the key codes of the WebDriver standard.
const SELECT_ALL: &str = "\u{e009}a\u{e000}";
const COPY: &str = "\u{e009}c\u{e000}";
const CUT: &str = "\u{e009}x\u{e000}";
const TO_THE_END: &str = "\u{e008}\u{e010}\u{e000}";

/// What a page can select by its own means, as a screen reader does.
const SELECT_EVERYTHING: &str = "getSelection().selectAllChildren(document.body)";
const SELECT_NOTHING: &str = "getSelection().removeAllRanges(); document.activeElement?.blur()";

/// What is shown is selected in every way and copied, and is taken along by none but the one that does what the button does.
pub async fn taken_as_copied_alone(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    let page = window.page();
    let secret = canary.told_of("the API Secret");
    find_subaccount(window, CUSTOMER).await?;
    desktop.clipboard().put("something else")?;
    page.button("Show API Secret").click().await?;
    let shown = page.thing_with(Role::Image, secret);
    shown.is_there().await?;
    for select in [SELECT_EVERYTHING, SELECT_NOTHING] {
        window.script(select, Vec::new()).await?;
        window.press(SELECT_ALL).await?;
        untaken(desktop, canary)?;
        window.press(COPY).await?;
        untaken(desktop, canary)?;
    }
    window.script(SELECT_NOTHING, Vec::new()).await?;
    shown.press(COPY).await?;
    desktop.clipboard().holds(secret).await?;
    let kinds = desktop.clipboard().kinds()?;
    expect(
        kinds.iter().any(|kind| kind == "x-kde-passwordManagerHint"),
        || format!("it is kept out of no history: {kinds:?}"),
    )?;
    none(canary.search(&desktop.clipboard().selected()?, "the X11 selection"))?;
    page.button("Hide API Secret").click().await?;
    desktop.clipboard().put("something else")
}

/// A passphrase that is shown while it is typed is selected in its box and copied.
pub async fn typed_passphrase(window: &Window, desktop: &Desktop, canary: &Canary) -> Told {
    let page = window.page();
    page.button("Change…").click().await?;
    let passphrase = canary.told_of("the recovery passphrase");
    let name = "Passphrase of now";
    let typed = page.thing(Role::Textbox, name);
    typed.type_text(passphrase).await?;
    page.button("Show Passphrase of now").click().await?;
    page.thing_with(Role::Image, passphrase).is_there().await?;
    for keys in [SELECT_ALL, COPY, CUT, TO_THE_END, COPY] {
        typed.press(keys).await?;
        untaken(desktop, canary)?;
    }
    typed.holds(passphrase).await?;
    page.button("Cancel").click().await
}

/// None of the secrets is on the clipboard or in the X11 selection, which every selecting of text fills.
fn untaken(desktop: &Desktop, canary: &Canary) -> Told {
    // What is selected is offered to others a moment later.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let clipboard = desktop.clipboard();
    let copied = clipboard.text()?.unwrap_or_default();
    none(canary.search(copied.as_bytes(), "the clipboard"))?;
    none(canary.search(&clipboard.selected()?, "the X11 selection"))
}
