//! axe-core on every screen of the real window, light and dark.
#![cfg(target_os = "linux")]

use std::time::Duration;

use stories::{Desktop, Failure, Role, Theme, Told, Window, accessibility_problems};

/// How long reading practice mode's subaccounts may take on a busy machine.
const LONG_READ: Duration = Duration::from_secs(90);

#[tokio::test]
async fn no_screen_has_an_accessibility_problem_in_light() -> Told {
    every_screen(Theme::Light).await
}

#[tokio::test]
async fn no_screen_has_an_accessibility_problem_in_dark() -> Told {
    every_screen(Theme::Dark).await
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
    page.thing_with(Role::Dialog, "").is_gone().await
}

async fn other_screens(window: &Window, found: &mut Vec<String>) -> Told {
    let page = window.page();
    for screen in ["Needs attention", "Activity", "Settings"] {
        page.inside(Role::Navigation, "Screens")
            .thing_with(Role::Button, screen)
            .click()
            .await?;
        page.thing(Role::Heading, screen).is_there().await?;
        look(screen, window, found).await?;
    }
    page.button("Check my computer").click().await?;
    look("check my computer", window, found).await?;
    page.button("Check now").click().await?;
    page.button("Check again").is_there().await?;
    look("check my computer, checked", window, found).await
}
