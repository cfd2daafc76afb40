use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::{connect, copied_by, create_subaccount, ends, find_subaccount, open_on};
use crate::desktop::ClipboardChange;
use crate::{Desktop, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Old Mill Veterinary";
const ANOTHERS: &str = "somebody else's text";

/// A computer that does other work besides may take five times the second that is promised.
const EMPTIED_WITHIN: Duration = Duration::from_secs(5);

/// The ways in which a program is told to end, and in what order.
const WAYS: [(&str, Way); 4] = [
    ("the window is closed", Way::Window),
    ("the system says so (SIGTERM)", Way::Signal(Signal::TERM)),
    ("it is interrupted (SIGINT)", Way::Signal(Signal::INT)),
    ("its session ends (SIGHUP)", Way::Signal(Signal::HUP)),
];

#[derive(Clone, Copy)]
enum Way {
    Window,
    Signal(Signal),
}

impl Way {
    fn go(self, desktop: &Desktop) -> Told {
        match self {
            Self::Window => desktop.ask_to_close(),
            Self::Signal(signal) => desktop.signal_program(signal),
        }
    }
}

/// However the program is told to end, it takes a copied secret off the clipboard, and leaves somebody else's text there.
pub async fn clipboard_at_the_end(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
) -> Told {
    reporter.story("The clipboard at the end");
    let made = async {
        let window = open_on(desktop, practice).await?;
        connect(&window, practice).await?;
        window.shows("Up to date").await?;
        create_subaccount(&window, CUSTOMER).await?;
        window.page().button("Do this later").click().await?;
        window.close().await
    };
    reporter.step(desktop, "A key is saved", made).await?;
    for (words, way) in WAYS {
        reporter
            .step(
                desktop,
                &format!("The secret is taken off when {words}"),
                taken_off(desktop, practice, way),
            )
            .await?;
        reporter
            .step(
                desktop,
                &format!("Another text stays when {words}"),
                left_there(desktop, practice, way),
            )
            .await?;
    }
    Ok(())
}

async fn taken_off(desktop: &Desktop, practice: &Practice, way: Way) -> Told {
    let (window, secret) = copied(desktop, practice).await?;
    let changes = desktop.clipboard_changes()?;
    let asked = Instant::now();
    let emptied = async {
        let change = changes.next().await?;
        Ok((change, asked.elapsed()))
    };
    let (emptied, ended) = tokio::join!(emptied, ends(window, desktop, async |_| way.go(desktop)));
    ended?;
    let (change, took) = emptied?;
    println!("            {change:?} after {} ms", took.as_millis());
    expect(change == ClipboardChange::Emptied, || {
        format!("the program did not take the secret off itself: {change:?}")
    })?;
    expect(took <= EMPTIED_WITHIN, || {
        format!("the clipboard was emptied after {} ms", took.as_millis())
    })?;
    let left = desktop.clipboard().text()?;
    expect(left.as_deref() != Some(secret.as_str()), || {
        "the secret is still on the clipboard".to_owned()
    })
}

async fn left_there(desktop: &Desktop, practice: &Practice, way: Way) -> Told {
    let (window, _) = copied(desktop, practice).await?;
    desktop.clipboard().put(ANOTHERS)?;
    desktop.clipboard().holds(ANOTHERS).await?;
    ends(window, desktop, async |_| way.go(desktop)).await?;
    let left = desktop.clipboard().text()?;
    expect(left.as_deref() == Some(ANOTHERS), || {
        "somebody else's text was taken off too".to_owned()
    })
}

/// The program with the secret of the only key on the clipboard.
async fn copied(desktop: &Desktop, practice: &Practice) -> Told<(Window, String)> {
    let window = open_on(desktop, practice).await?;
    window.shows("Up to date").await?;
    find_subaccount(&window, CUSTOMER).await?;
    let page = window.page();
    page.thing(Role::Heading, CUSTOMER).is_there().await?;
    let secret = copied_by(desktop, &page.button("Copy API Secret")).await?;
    Ok((window, secret))
}
