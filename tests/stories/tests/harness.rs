//! The harness itself, proved on a window with nothing in it.
#![cfg(target_os = "linux")]

use serde_json::json;
use stories::{Desktop, Role, Theme, Told};

#[tokio::test]
async fn a_window_opens_on_a_desktop_of_its_own() -> Told {
    let mut desktop = Desktop::start(Theme::Light).await?;
    let window = desktop.open_beside("empty-window").await?;
    assert_eq!(window.title().await?, "Empty window");
    println!("lang {:?}", window.script("return [navigator.language, matchMedia('(prefers-color-scheme: dark)').matches, document.hasFocus()]", vec![]).await?);
    println!(
        "label {:?}",
        window
            .page()
            .button("Nothing")
            .name_in_accessibility_tree()
            .await
    );
    window.page().button("Nothing").click().await?;
    println!("{:?}", desktop.keychain().items("Subvault")?);
    desktop.clipboard().put("hello")?;
    desktop.clipboard().holds("hello").await?;
    println!("{:?}", desktop.clipboard().kinds()?);
    desktop.picture(std::path::Path::new("/tmp/shot.png"))?;
    window.close().await?;
    let window = desktop.open_beside("empty-window").await?;
    assert_eq!(window.page().count(Role::Button, "").await?, 1);
    let _ = json!(1);
    window.close().await
}

#[tokio::test]
async fn dark() -> Told {
    let desktop = Desktop::start(Theme::Dark).await?;
    let window = desktop.open_beside("empty-window").await?;
    println!(
        "dark {:?}",
        window
            .script(
                "return [navigator.language, matchMedia('(prefers-color-scheme: dark)').matches]",
                vec![]
            )
            .await?
    );
    desktop.picture(std::path::Path::new("/tmp/dark.png"))?;
    window.close().await
}
