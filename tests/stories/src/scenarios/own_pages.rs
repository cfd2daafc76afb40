use serde_json::{Value, json};

use super::{call, connect, open_on};
use crate::waiting::{PATIENCE, until};
use crate::{Desktop, Practice, Reporter, Role, Told, Window, expect};

const TITLE: &str = "Subvault";
/// Where every try leads: a server on this computer that would answer, and that remembers what it was asked for.
const ELSEWHERE: &str = "/elsewhere/";

/// Ways out of the page, as a script that got into it would try them. `to` is where they lead.
const WAYS_OUT: [(&str, &str); 9] = [
    ("a new window", "return window.open(to) === null"),
    (
        "a link into a new window",
        "const link = document.createElement('a'); link.href = to; link.target = '_blank'; document.body.append(link); link.click(); link.remove(); return true",
    ),
    ("another address", "location.assign(to); return true"),
    (
        "another address in its place",
        "location.replace(to); return true",
    ),
    (
        "a link",
        "const link = document.createElement('a'); link.href = to; document.body.append(link); link.click(); link.remove(); return true",
    ),
    (
        "a form",
        "const form = document.createElement('form'); form.action = to; form.method = 'post'; document.body.append(form); form.submit(); form.remove(); return true",
    ),
    (
        "a page within the page",
        "const frame = document.createElement('iframe'); frame.src = to; document.body.append(frame); return true",
    ),
    ("a picture", "new Image().src = to; return true"),
    (
        "a request",
        "fetch(to, { mode: 'no-cors' }).catch(() => {}); navigator.sendBeacon(to); return true",
    ),
];

/// Everything that Tauri's clipboard plugin would do for a page that is allowed to ask it.
const CLIPBOARD_COMMANDS: [&str; 7] = [
    "write_text",
    "write_secret",
    "write_html",
    "write_image",
    "read_text",
    "read_image",
    "clear",
];

/// No script in the page gets out of it.
pub async fn own_pages(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("Its own pages only");
    let opened = async {
        let window = open_on(desktop, practice).await?;
        connect(&window, practice).await?;
        window.shows("Up to date").await?;
        Ok(window)
    };
    let window = reporter
        .step(desktop, "The program is connected", opened)
        .await?;
    for (words, way) in WAYS_OUT {
        reporter
            .step(
                desktop,
                &format!("No script gets out by {words}"),
                tried(&window, desktop, practice, way),
            )
            .await?;
    }
    reporter
        .step(
            desktop,
            "No script gets at the clipboard",
            no_clipboard(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Nobody but the program has asked anything",
            asked_nothing(&window, practice),
        )
        .await?;
    window.close().await
}

async fn tried(window: &Window, desktop: &Desktop, practice: &Practice, way: &str) -> Told {
    let to = format!("{}{ELSEWHERE}", practice.base().trim_end_matches('/'));
    let script = format!("const [to] = arguments; {way}");
    let denied = window.script(&script, vec![json!(to)]).await?;
    expect(denied == Value::Bool(true), || {
        "it opened a new window".to_owned()
    })?;
    refreshed(window, practice).await?;
    let at = window.script("return location.href", Vec::new()).await?;
    expect(
        at.as_str().is_some_and(|at| at.starts_with("tauri://")),
        || format!("the window is at {at}"),
    )?;
    desktop.windows()?.only_one(TITLE)?;
    let seen = desktop.windows()?.seen()?;
    expect(seen.len() == 1, || {
        format!("{} windows are seen", seen.len())
    })?;
    not_asked(practice).await
}

async fn no_clipboard(window: &Window, desktop: &Desktop) -> Told {
    desktop.clipboard().put("somebody else's text")?;
    desktop.clipboard().holds("somebody else's text").await?;
    for command in CLIPBOARD_COMMANDS {
        let value = json!({ "text": "a page's", "html": "a page's", "image": [] });
        let answer = call(
            window,
            &format!("plugin:clipboard-manager|{command}"),
            value,
        )
        .await?;
        expect(answer.contains("not allowed"), || {
            format!("{command} answered the page: {answer}")
        })?;
    }
    desktop.clipboard().holds("somebody else's text").await
}

/// Reads anew from Twilio, as its user does: what was on its way before has come to its end by then.
async fn refreshed(window: &Window, practice: &Practice) -> Told {
    let before = practice.requests().await?.len();
    window.page().button("Refresh").click().await?;
    until(PATIENCE, async || {
        let asked = practice.requests().await?.len();
        expect(asked > before, || "the refresh asks nothing".to_owned())
    })
    .await?;
    window.shows("Up to date").await
}

async fn not_asked(practice: &Practice) -> Told {
    let asked: Vec<Value> = practice
        .requests()
        .await?
        .into_iter()
        .filter(|request| request["path"] == ELSEWHERE)
        .collect();
    expect(asked.is_empty(), || {
        format!("the page got through to another server: {asked:?}")
    })
}

async fn asked_nothing(window: &Window, practice: &Practice) -> Told {
    window
        .page()
        .thing(Role::Heading, "Subaccounts")
        .is_there()
        .await?;
    not_asked(practice).await?;
    // Had anything got through, it would have been seen.
    practice.ask(ELSEWHERE).await?;
    expect(not_asked(practice).await.is_err(), || {
        "a request to elsewhere is not seen".to_owned()
    })
}
