//! The harness itself, proved on a window with nothing in it.
#![cfg(target_os = "linux")]

use serde_json::json;
use stories::{Desktop, Role, Theme, Told};

const IS_DARK: &str = "return matchMedia('(prefers-color-scheme: dark)').matches";

#[tokio::test]
async fn a_window_opens_again_and_again_on_one_desktop() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    for _ in 0..2 {
        let window = desktop.open_beside("empty-window").await?;
        assert_eq!(window.title().await?, "Empty window");
        assert_eq!(
            window.script("return navigator.language", vec![]).await?,
            "en-US"
        );
        window.page().button("Nothing").click().await?;
        window.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_page_follows_the_desktops_theme() -> Told {
    for (theme, dark) in [(Theme::Light, false), (Theme::Dark, true)] {
        let desktop = Desktop::start(theme).await?;
        let window = desktop.open_beside("empty-window").await?;
        assert_eq!(window.script(IS_DARK, vec![]).await?, json!(dark));
        window.close().await?;
    }
    Ok(())
}

#[tokio::test]
async fn names_are_those_of_the_accessibility_tree() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    let window = desktop.open_beside("empty-window").await?;
    let build = "document.body.innerHTML = `
        <label for=a>One <b>name</b></label><input id=a>
        <button><span>Copy</span> <span style='position:absolute'>API SID</span></button>
        <p id=c>Three</p><input type=checkbox aria-labelledby=c>
        <button aria-label=Four>x</button>`";
    window.script(build, vec![]).await?;
    let page = window.page();
    let things = [
        (Role::Textbox, "One name"),
        (Role::Button, "Copy API SID"),
        (Role::Checkbox, "Three"),
        (Role::Button, "Four"),
    ];
    for (role, name) in things {
        assert_eq!(
            page.thing(role, name).name_in_accessibility_tree().await?,
            name
        );
    }
    window.close().await
}

#[tokio::test]
async fn what_is_hidden_is_not_found() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    let window = desktop.open_beside("empty-window").await?;
    let build = "document.body.innerHTML = `
        <button hidden>A</button><button id='unseen'>B</button>
        <div inert><button>C</button></div><button>D</button>`;
        document.getElementById('unseen').style.visibility = 'hidden'";
    window.script(build, vec![]).await?;
    assert_eq!(window.page().count(Role::Button, "").await?, 1);
    window.close().await
}

#[tokio::test]
async fn the_keychain_can_end_and_come_back() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    assert_eq!(desktop.keychain().items("Nobody")?, []);
    desktop.keychain().end().await?;
    desktop.keychain().start_again().await
}

#[tokio::test]
async fn the_clipboard_is_read_from_outside() -> Told {
    let desktop = Desktop::start(Theme::Light).await?;
    assert_eq!(desktop.clipboard().text()?, None);
    desktop.clipboard().put("a text")?;
    desktop.clipboard().holds("a text").await
}
