use std::time::{Duration, Instant};

use crate::desktop::{Running, WindowOfProgram, Windows};
use crate::waiting::{PATIENCE, until};
use crate::{Desktop, Failure, Reporter, Told, expect};

const TITLE: &str = "Subvault";
/// The window is shown after this long even where its page has not said that it is laid out.
const SHOWN_AT_THE_LATEST: Duration = Duration::from_secs(4);
/// Neither the size that it has at first nor the smallest.
const CHOSEN: (u16, u16) = (1012, 688);
const SMALLEST: (i32, i32) = (800, 560);

/// The program as its user starts it: when its window is seen, how large it is, and that there is only one.
pub async fn one_window(reporter: &mut Reporter, desktop: &Desktop) -> Told {
    reporter.story("One window");
    let windows = desktop.windows()?;
    let mut program = reporter
        .step(
            desktop,
            "The window is not seen before its first screen is laid out",
            comes_laid_out(desktop, &windows),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Started again, the second program ends and the first one's window comes up",
            second_start(desktop, &windows, &mut program),
        )
        .await?;
    reporter
        .step(
            desktop,
            "It cannot be made smaller than its parts need",
            has_a_smallest_size(&windows),
        )
        .await?;
    reporter
        .step(
            desktop,
            "Closed and opened again it has the size it was given",
            keeps_its_size(desktop, &windows, program),
        )
        .await
}

async fn comes_laid_out(desktop: &Desktop, windows: &Windows) -> Told<Running> {
    let before = Instant::now();
    let program = desktop.start_alone(&["--measure"])?;
    let seen = windows.comes_to_be_seen(TITLE).await;
    let seen = seen.map_err(|failure| failure.and(program.printed()))?;
    let after = seen.duration_since(before);
    if after >= SHOWN_AT_THE_LATEST {
        println!("            seen after {after:?}, whatever its page had said");
        return Ok(program);
    }
    // The program counts from a moment that comes after `before`: what it says of itself was true at this time, or later.
    let laid_out = until(PATIENCE, async || milliseconds(&program, "laid-out")).await?;
    println!("            laid out after {laid_out:?}, seen after {after:?}");
    expect(after >= laid_out, || {
        format!("seen after {after:?}, and laid out no sooner than after {laid_out:?}")
    })?;
    Ok(program)
}

/// How long after its start the program says that it had come so far.
fn milliseconds(program: &Running, stage: &str) -> Told<Duration> {
    let printed = program.printed();
    let said = printed.lines().find_map(|line| {
        let number = line.strip_prefix(stage)?.trim();
        number.parse().ok().map(Duration::from_millis)
    });
    said.ok_or_else(|| Failure::new(format!("no “{stage}” in what was printed: {printed}")))
}

async fn second_start(desktop: &Desktop, windows: &Windows, first: &mut Running) -> Told {
    let cover = windows.cover()?;
    let ours = windows.only_one(TITLE)?;
    expect(windows.seen()?.last() == Some(&cover), || {
        "the window cannot be covered".to_owned()
    })?;
    let mut second = desktop.start_alone(&[])?;
    until(PATIENCE, async || {
        expect(second.has_ended(), || {
            "the second program is still running".to_owned()
        })
    })
    .await?;
    until(PATIENCE, async || {
        expect(windows.seen()?.last() == Some(&ours.id), || {
            "the first one's window is still covered".to_owned()
        })
    })
    .await?;
    expect(!first.has_ended(), || {
        format!("the first program ended instead: {}", first.printed())
    })?;
    windows.only_one(TITLE).map(drop)
}

async fn has_a_smallest_size(windows: &Windows) -> Told {
    let smallest = windows.only_one(TITLE)?.smallest;
    expect(smallest == Some(SMALLEST), || {
        format!("the smallest size is {smallest:?}")
    })
}

async fn keeps_its_size(desktop: &Desktop, windows: &Windows, program: Running) -> Told {
    let first = windows.only_one(TITLE)?;
    expect(first.size != CHOSEN, || {
        "it has the size from the beginning".to_owned()
    })?;
    windows.resize(first, CHOSEN)?;
    has_size(windows, CHOSEN).await?;
    closed(desktop, program).await?;
    let program = desktop.start_alone(&[])?;
    windows.comes_to_be_seen(TITLE).await?;
    has_size(windows, CHOSEN).await?;
    closed(desktop, program).await?;
    let file = desktop.data().join("window.json");
    expect(file.is_file(), || {
        format!("the size is not kept in {}", file.display())
    })
}

async fn has_size(windows: &Windows, size: (u16, u16)) -> Told {
    until(PATIENCE, async || {
        let WindowOfProgram { size: found, .. } = windows.only_one(TITLE)?;
        expect(found == size, || format!("its size is {found:?}"))
    })
    .await
}

async fn closed(desktop: &Desktop, mut program: Running) -> Told {
    desktop.ask_to_close()?;
    until(PATIENCE, async || {
        expect(program.has_ended(), || {
            "it is still open after it was closed".to_owned()
        })
    })
    .await
}
