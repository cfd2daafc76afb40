use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::{ENTER, call, connect, open_on, unlock};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

macro_rules! commands {
    ($($module:ident::$name:ident $($while_locked:ident)?;)*) => {
        /// Every command of the window, as the program's build names them.
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}
include!("../../../../src-tauri/command_list.rs");

/// What may be called while it is locked.
const ALLOWED: [&str; 11] = [
    "start",
    "laid_out",
    "painted",
    "quit",
    "asks_about_closing",
    "quit_anyway",
    "lock_state",
    "unlock_with_system",
    "unlock_with_passphrase",
    "unlock_with_auth_token",
    "secret_on_screen",
];

const PASSPHRASE: &str = "lantern orbit velvet cactus harbor 93";
/// Instead of five minutes.
const IDLE_SECONDS: &str = "25";
/// What locks within this time does so for another reason.
const BEFORE_IDLE: Duration = Duration::from_secs(15);
const LOCKED_WITHIN: Duration = Duration::from_secs(60);

/// Left alone it locks, refuses everything, and opens to the passphrase only; a locked screen locks it at once.
pub async fn locked(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("Locked");
    let window = reporter
        .step(
            desktop,
            "Connected, and a recovery passphrase is set",
            ready(desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "What only its user may do is refused to direct calls until they say who they are",
            asks_again(&window),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Left alone it locks, and shows no name",
            locks_when_left(&window, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A thousand direct calls are refused",
            refuses(&window),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A wrong passphrase does not open it, the right one does",
            opens(&window),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Practice mode and back it is open, and locked if the screen was locked meanwhile",
            practice_and_back(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A locked screen locks it at once",
            locks_with_the_screen(&window, desktop),
        )
        .await?;
    window.close().await?;
    let window = reporter
        .step(
            desktop,
            "Closed and opened again it is still locked",
            still_locked(desktop, practice),
        )
        .await?;
    let window = reporter
        .step(
            desktop,
            "Left for practice mode, which was closed there, it is locked at the next start",
            closed_in_practice(window, desktop, practice),
        )
        .await?;
    window.close().await
}

async fn open_with_short_idle(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    desktop
        .open(&["--twilio", practice.base(), "--lock-after", IDLE_SECONDS])
        .await
}

async fn ready(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    let window = open_with_short_idle(desktop, practice).await?;
    connect(&window, practice).await?;
    window.shows("Up to date").await?;
    // What must not be there later is there now.
    let named = named_in_page(&window, practice).await?;
    expect(named.is_some(), || {
        "the list shows no account by name or SID".to_owned()
    })?;
    let answer = call(
        &window,
        "set_passphrase",
        json!({ "passphrase": PASSPHRASE, "old": null }),
    )
    .await?;
    expect(answer == "done", || {
        format!("setting the passphrase: {answer}")
    })?;
    Ok(window)
}

/// Each of these calls would be answered otherwise if it were let through: there is nothing that they speak of.
async fn asks_again(window: &Window) -> Told {
    let nothing = "SK00000000000000000000000000000000";
    for (command, arguments) in [
        ("show_secret", json!({ "keySid": nothing })),
        (
            "copy_value",
            json!({ "keySid": nothing, "value": "secret" }),
        ),
        ("restore_backup", json!({ "passphrase": PASSPHRASE })),
        (
            "connect",
            json!({ "accountSid": "AC00000000000000000000000000000000", "authToken": "00000000000000000000000000000000" }),
        ),
        ("delete_unfinished_key", json!({ "id": 1 })),
        (
            "export_keys",
            json!({ "format": "kdbx", "keySids": [nothing], "passphrase": "weak" }),
        ),
        (
            "set_passphrase",
            json!({ "passphrase": "another passphrase", "old": PASSPHRASE }),
        ),
    ] {
        let answer = call(window, command, arguments).await?;
        expect(answer == "askAgain", || {
            format!("{command} answered {answer}")
        })?;
    }
    Ok(())
}

async fn locks_when_left(window: &Window, practice: &Practice) -> Told {
    window
        .shows_within("Subvault is locked", LOCKED_WITHIN)
        .await?;
    let named = named_in_page(window, practice).await?;
    expect(named.is_none(), || {
        format!("the lock screen has “{}” in it", named.unwrap_or_default())
    })?;
    let title = window.title().await?;
    expect(title == "Subvault", || format!("the title is {title}"))
}

/// The first name or SID of an account at Twilio, the parent's included, that is anywhere in the page, seen or not.
async fn named_in_page(window: &Window, practice: &Practice) -> Told<Option<String>> {
    let (_, answer) = practice
        .ask("/2010-04-01/Accounts.json?PageSize=1000")
        .await?;
    let accounts = answer["accounts"].as_array().cloned().unwrap_or_default();
    expect(accounts.len() > 2, || format!("Twilio lists only {answer}"))?;
    let page = "return `${document.body.innerText}\n${document.documentElement.outerHTML}`";
    let page = window.script(page, Vec::new()).await?;
    let page = page.as_str().unwrap_or_default();
    expect(page.contains("Subvault"), || {
        "the page cannot be read".to_owned()
    })?;
    let named = accounts
        .iter()
        .flat_map(|account| [&account["friendly_name"], &account["sid"]])
        .filter_map(Value::as_str)
        .find(|named| page.contains(named));
    Ok(named.map(str::to_owned))
}

async fn refuses(window: &Window) -> Told {
    let refused: Vec<_> = COMMANDS
        .iter()
        .filter(|command| !ALLOWED.contains(command))
        .collect();
    let script = r"
        const [commands, answer] = arguments;
        (async () => {
            const through = [];
            let calls = 0;
            for (const command of commands) {
                calls += 1;
                try {
                    through.push([command, await window.__TAURI_INTERNALS__.invoke(command, {})]);
                } catch (refusal) {
                    if (refusal?.kind !== 'locked') through.push([command, refusal]);
                }
            }
            answer({ calls, through });
        })();
    ";
    let mut calls = 0;
    // One round a script: the driver gives up on one that takes too long.
    while calls < 1_000 {
        let answer = window
            .script_that_answers_later(script, vec![json!(refused)])
            .await?;
        let round = answer["calls"].as_u64().unwrap_or_default();
        expect(round > 0 && answer["through"] == json!([]), || {
            format!("{round} calls, not refused: {}", answer["through"])
        })?;
        calls += round;
    }
    println!("{calls} direct calls while locked");
    let start = call(window, "start", json!({})).await?;
    expect(start == "locked", || format!("start answered {start}"))
}

async fn opens(window: &Window) -> Told {
    let page = window.page();
    let passphrase = page.thing(Role::Textbox, "Recovery passphrase");
    passphrase.type_text("another passphrase").await?;
    passphrase.press(ENTER).await?;
    window
        .shows_within("another", Duration::from_secs(30))
        .await?;
    page.thing(Role::Heading, "Subvault is locked")
        .is_there()
        .await?;
    let right = call(
        window,
        "unlock_with_passphrase",
        json!({ "passphrase": PASSPHRASE }),
    )
    .await?;
    expect(right == "done", || format!("unlocking: {right}"))?;
    let started = call(window, "subaccounts", json!({})).await?;
    expect(started == "done", || format!("reading the list: {started}"))
}

async fn practice_and_back(window: &Window, desktop: &Desktop) -> Told {
    // The page still stands at the lock that a direct call has opened.
    unlock(window, PASSPHRASE).await?;
    done(window, "open_practice").await?;
    done(window, "leave_practice").await?;
    done(window, "subaccounts").await?;
    done(window, "open_practice").await?;
    // Practice mode has no passphrase here, so that it cannot be locked itself.
    lock_the_screen(desktop).await?;
    done(window, "subaccounts").await?;
    // Its answer may come when the page that asked is gone.
    let leave = "void window.__TAURI_INTERNALS__.invoke('leave_practice')";
    window.script(leave, Vec::new()).await?;
    window
        .shows_within("Subvault is locked", BEFORE_IDLE)
        .await?;
    unlock(window, PASSPHRASE).await
}

async fn done(window: &Window, command: &str) -> Told {
    let answer = call(window, command, json!({})).await?;
    expect(answer == "done", || format!("{command} answered {answer}"))
}

async fn locks_with_the_screen(window: &Window, desktop: &Desktop) -> Told {
    lock_the_screen(desktop).await?;
    // The page is loaded anew in the middle of it.
    window.shows("Subvault is locked").await?;
    let answer = call(window, "subaccounts", json!({})).await?;
    expect(answer == "locked", || format!("the list answers {answer}"))
}

async fn lock_the_screen(desktop: &Desktop) -> Told {
    let sent = desktop
        .command(Path::new("dbus-send"))
        .args(["--session", "--type=signal", "/org/freedesktop/ScreenSaver"])
        .args(["org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"])
        .status()
        .map_err(|error| Failure::from_error("send the signal", error))?;
    expect(sent.success(), || "the signal was not sent".to_owned())?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(())
}

async fn closed_in_practice(
    window: Window,
    desktop: &Desktop,
    practice: &Practice,
) -> Told<Window> {
    done(&window, "open_practice").await?;
    window.close().await?;
    // With the five minutes that it has by itself, so that it does not lock while it is looked at.
    found_locked(open_on(desktop, practice).await?).await
}

async fn still_locked(desktop: &Desktop, practice: &Practice) -> Told<Window> {
    found_locked(open_with_short_idle(desktop, practice).await?).await
}

async fn found_locked(window: Window) -> Told<Window> {
    window
        .page()
        .thing(Role::Heading, "Subvault is locked")
        .is_there()
        .await?;
    let answer = call(&window, "subaccounts", json!({})).await?;
    expect(answer == "locked", || format!("the list answers {answer}"))?;
    unlock(&window, PASSPHRASE).await?;
    Ok(window)
}
