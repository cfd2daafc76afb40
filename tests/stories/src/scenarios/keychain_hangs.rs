use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{connect, next_key_is_slow, open_on, order_subaccount};
use crate::desktop::running_in_family;
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, built, expect};

const CUSTOMER: &str = "Grey Seal Aquarium";
const WAITS: &str = "Look for a password box behind this window.";

const SAID_WITHIN: Duration = Duration::from_secs(1);
const STOPPED_WITHIN: Duration = Duration::from_millis(200);
const QUIT_WITHIN: Duration = Duration::from_secs(2);
const LONGEST_GAP: Duration = Duration::from_millis(100);

/// The frames are looked at in slices of this length.
const SLICE: Duration = Duration::from_secs(2);
/// A page with fewer in a slice is not painted any more, however busy the computer.
const FEWEST_FRAMES: u64 = 4;

/// How long the keychain hangs, and how strictly the frames of that time are judged.
#[derive(Clone, Copy)]
pub struct Hang {
    /// How long.
    pub lasts: Duration,
    /// On a quiet computer no gap may be too long. One that does other work besides holds the window up too: there one slice is
    /// to be as smooth as the same use was before, as the keychain hangs through all of them alike.
    pub computer_is_quiet: bool,
}

impl Hang {
    /// A time that the program keeps on a quiet computer; one that is busy may take five times as long.
    fn at_most(self, time: Duration) -> Duration {
        if self.computer_is_quiet {
            time
        } else {
            time * 5
        }
    }

    /// Fails unless the page noted `to` soon enough after `from`.
    async fn within(self, window: &Window, from: &str, to: &str, most: Duration) -> Told {
        let times = window
            .script("return window.timesOfAStory", Vec::new())
            .await?;
        let (Some(begun), Some(ended)) = (times[from].as_f64(), times[to].as_f64()) else {
            return Err(Failure::new(format!("the page noted {times}")));
        };
        let took = ended - begun;
        println!("            {to} {took:.0} ms after {from}");
        expect(took <= self.at_most(most).as_secs_f64() * 1000.0, || {
            format!("{to} came {took:.0} ms after {from}")
        })
    }
}

/// Notes when the page first says something, when it has ceased to, and when something is pressed, in the page's own time.
const NOTE: &str = "
const [said] = arguments;
const times = { pressed: null, said: null, stopped: null, unsaid: null };
window.timesOfAStory = times;
document.addEventListener('click', ({ target }) => {
  const name = target.closest('button')?.innerText.trim();
  if (name === 'Create subaccount') times.pressed = performance.now();
  if (name === 'Stop waiting') times.stopped = performance.now();
}, true);
const look = () => {
  const text = document.body.innerText;
  const now = performance.now();
  if (times.said === null && text.includes(said)) times.said = now;
  if (times.stopped !== null && times.unsaid === null && !text.includes(said)) times.unsaid = now;
};
new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });";

/// The keychain hangs: the window says so, stays smooth, stops waiting when asked, and closes when asked. Nothing that was
/// made is lost.
pub async fn keychain_hangs(
    reporter: &mut Reporter,
    desktop: &Desktop,
    practice: &Practice,
    hang: Hang,
) -> Told {
    reporter.story("The keychain hangs");
    let opened = async {
        let window = open_on(desktop, practice).await?;
        connect(&window, practice).await?;
        window.shows("Up to date").await?;
        Ok(window)
    };
    let window = reporter
        .step(desktop, "The program is connected", opened)
        .await?;
    let before = reporter
        .step(desktop, "It is used for a while", gaps(&window, SLICE * 2))
        .await?;
    reporter
        .step(
            desktop,
            "The window says that the keychain lets it wait",
            said(&window, desktop, hang),
        )
        .await?;
    let smooth = smooth(&window, hang, &before);
    reporter
        .step(desktop, "It is used meanwhile, and stays smooth", smooth)
        .await?;
    reporter
        .step(
            desktop,
            "The wait is ended when asked, and nothing was made",
            stopped(&window, practice, hang),
        )
        .await?;
    reporter
        .step(
            desktop,
            "A key that is made already is kept and named when the wait is ended",
            stopped_with_a_key(&window, desktop, practice),
        )
        .await?;
    reporter
        .step(
            desktop,
            "With the keychain back, the key is finished",
            finished(&window, desktop),
        )
        .await?;
    reporter
        .step(
            desktop,
            "The program closes at once although the keychain hangs",
            closed(window, desktop, hang),
        )
        .await?;
    desktop.keychain().resume()
}

async fn said(window: &Window, desktop: &Desktop, hang: Hang) -> Told {
    window.script(NOTE, vec![json!(WAITS)]).await?;
    desktop.keychain().pause()?;
    order_subaccount(window, CUSTOMER).await?;
    window
        .page()
        .inside(Role::Dialog, CUSTOMER)
        .shows(WAITS)
        .await?;
    hang.within(window, "pressed", "said", SAID_WITHIN).await?;
    window.page().button("Close and let it run").click().await?;
    window.page().shows(WAITS).await
}

/// The longest time from one frame to the next in each slice of `lasts`, while the window is typed in and scrolled.
async fn gaps(window: &Window, lasts: Duration) -> Told<Vec<Duration>> {
    let begun = Instant::now();
    let (mut frames, mut gaps) = (0, Vec::new());
    while begun.elapsed() < lasts {
        window.watch_frames().await?;
        let slice = Instant::now();
        while slice.elapsed() < SLICE {
            use_it(window).await?;
        }
        let seen = window.frames().await?;
        expect(seen.count >= FEWEST_FRAMES, || {
            format!("{} frames in {:?}", seen.count, slice.elapsed())
        })?;
        frames += seen.count;
        gaps.push(seen.longest_gap);
    }
    println!(
        "            {frames} frames in {:.0} s, the longest gap {} ms",
        begun.elapsed().as_secs_f32(),
        gaps.iter().max().map_or(0, Duration::as_millis)
    );
    Ok(gaps)
}

/// The window is used for as long as the keychain hangs.
async fn smooth(window: &Window, hang: Hang, before: &[Duration]) -> Told {
    let gaps = gaps(window, hang.lasts).await?;
    let (judged, most) = if hang.computer_is_quiet {
        (gaps.iter().max(), LONGEST_GAP)
    } else {
        let longest_before = before.iter().max().copied().unwrap_or_default();
        (gaps.iter().min(), LONGEST_GAP.max(longest_before))
    };
    let judged = judged.copied().unwrap_or(Duration::MAX);
    expect(judged <= most, || {
        format!(
            "a gap of {} ms between two frames, more than {} ms",
            judged.as_millis(),
            most.as_millis()
        )
    })
}

async fn use_it(window: &Window) -> Told {
    let page = window.page();
    let search = page.thing_with(Role::Searchbox, "Search by name");
    search.type_text("a").await?;
    search.type_text("storage").await?;
    search.type_text(" ").await?;
    window
        .script(
            "document.querySelector('.body')?.scrollBy(0, 400)",
            Vec::new(),
        )
        .await
        .map(drop)
}

async fn stopped(window: &Window, practice: &Practice, hang: Hang) -> Told {
    window.page().button("Stop waiting").click().await?;
    window.no_longer_shows(WAITS).await?;
    hang.within(window, "stopped", "unsaid", STOPPED_WITHIN)
        .await?;
    window.page().button("Show").click().await?;
    window.shows("You stopped waiting for").await?;
    window.shows("Nothing was changed at Twilio.").await?;
    window.page().button("Close").click().await?;
    expect(made_at_twilio(practice).await?.is_empty(), || {
        "a subaccount was made all the same".to_owned()
    })
}

async fn stopped_with_a_key(window: &Window, desktop: &Desktop, practice: &Practice) -> Told {
    desktop.keychain().resume()?;
    next_key_is_slow(practice).await?;
    order_subaccount(window, CUSTOMER).await?;
    window.shows("Subaccount created").await?;
    desktop.keychain().pause()?;
    let page = window.page();
    let dialog = page.inside(Role::Dialog, CUSTOMER);
    dialog.shows("Sealed copy made").await?;
    dialog.shows(WAITS).await?;
    dialog.button("Stop waiting").click().await?;
    dialog.shows("You stopped waiting for").await?;
    dialog.shows("sealed copy").await?;
    dialog
        .button("Delete this key at Twilio")
        .is_there()
        .await?;
    dialog.button("Try again").is_there().await?;
    let made = made_at_twilio(practice).await?.len();
    expect(made == 1, || format!("{made} subaccounts were made"))
}

async fn finished(window: &Window, desktop: &Desktop) -> Told {
    desktop.keychain().resume()?;
    window.page().button("Try again").click().await?;
    let page = window.page();
    let card = page.inside(Role::Dialog, "Hand over to DicksonOne");
    if let Err(failure) = card.shows(CUSTOMER).await {
        return Err(failure.and(window.text().await?));
    }
    card.button("Do this later").click().await
}

async fn closed(window: Window, desktop: &Desktop, hang: Hang) -> Told {
    desktop.keychain().pause()?;
    order_subaccount(&window, "Another customer").await?;
    window.shows(WAITS).await?;
    let (program, driver) = (desktop.program()?, built("subvault")?);
    let asked = Instant::now();
    desktop.ask_to_close()?;
    while running_in_family(program, &driver)?.is_some() {
        expect(asked.elapsed() <= hang.at_most(QUIT_WITHIN), || {
            format!(
                "still there {} ms after it was asked to close",
                asked.elapsed().as_millis()
            )
        })?;
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    println!(
        "            closed after {} ms",
        asked.elapsed().as_millis()
    );
    window.has_ended().await;
    Ok(())
}

async fn made_at_twilio(practice: &Practice) -> Told<Vec<Value>> {
    super::keychain_refuses::accounts_named(practice, CUSTOMER).await
}
