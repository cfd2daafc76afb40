use std::time::Duration;

use rustix::process::Signal;

use crate::desktop::{Running, ScreenSize, WindowOfProgram, Windows};
use crate::waiting::{PATIENCE, until};
use crate::{Desktop, Failure, Reporter, Theme, Told, expect};

const TITLE: &str = "Subvault";
/// A small laptop's.
const SMALL_SCREEN: ScreenSize = (1280, 720);
/// What was once saved on a wall of screens, and what somebody may write into the file.
const ODD_PLACES: [&str; 4] = [
    r#"{"main":{"width":17032,"height":2820,"x":0,"y":0,"prev_x":0,"prev_y":0,"maximized":false,"visible":true,"decorated":true,"fullscreen":false}}"#,
    r#"{"main":{"width":900,"height":600,"x":2147483647,"y":-2147483648,"prev_x":0,"prev_y":0,"maximized":false,"visible":true,"decorated":true,"fullscreen":false}}"#,
    r#"{"main":{"width":4294967295,"height":4294967295,"x":-9000,"y":9000,"prev_x":0,"prev_y":0,"maximized":true,"visible":false,"decorated":false,"fullscreen":true}}"#,
    "{\"main\":[",
];
/// An open program that hangs is given up on after eight seconds.
const GIVEN_UP_WITHIN: Duration = Duration::from_secs(25);

/// The start where something is in its way: a small or scaled screen, an odd saved size, no desktop, and another that is open.
pub async fn start(reporter: &mut Reporter) -> Told {
    reporter.story("The start");
    let desktop = Desktop::start_on(SMALL_SCREEN).await?;
    let windows = desktop.windows()?;
    reporter
        .step(
            &desktop,
            "On a small screen the first window is whole",
            opens_whole(&desktop, &windows, "1"),
        )
        .await?;
    reporter
        .step(
            &desktop,
            "So it is on one that is scaled to twice the size",
            opens_whole(&desktop, &windows, "2"),
        )
        .await?;
    reporter
        .step(
            &desktop,
            "So it is whatever size and place were saved",
            opens_whole_whatever_was_saved(&desktop, &windows),
        )
        .await?;
    reporter
        .step(
            &desktop,
            "Without a desktop it says so, and in a file",
            says_that_there_is_no_desktop(&desktop),
        )
        .await?;
    let desktop = Desktop::start(Theme::Light).await?;
    let windows = desktop.windows()?;
    reporter
        .step(
            &desktop,
            "Started again with other data, the open one says which it has",
            says_which_data_is_open(&desktop, &windows),
        )
        .await?;
    reporter
        .step(
            &desktop,
            "Started beside one that hangs, it does not wait for ever",
            gives_up_on_one_that_hangs(&desktop, &windows),
        )
        .await
}

async fn opens_whole(desktop: &Desktop, windows: &Windows, scale: &str) -> Told {
    // Another scale is another size: what the last window left is not the question here.
    let _ = std::fs::remove_file(desktop.data().join("window.json"));
    let program = desktop.start_alone_changed(|command| {
        command.arg("--data").arg(desktop.data());
        command.env("GDK_SCALE", scale);
    })?;
    windows.comes_to_be_seen(TITLE).await?;
    is_whole(windows).await?;
    closed(desktop, program).await
}

async fn opens_whole_whatever_was_saved(desktop: &Desktop, windows: &Windows) -> Told {
    for saved in ODD_PLACES {
        std::fs::write(desktop.data().join("window.json"), saved)
            .map_err(|error| Failure::from_error("save an odd size", error))?;
        let program = desktop.start_alone(&[])?;
        windows
            .comes_to_be_seen(TITLE)
            .await
            .map_err(|failure| failure.and(format!("{saved}\n{}", program.printed())))?;
        is_whole(windows)
            .await
            .map_err(|failure| failure.and(saved.to_owned()))?;
        closed(desktop, program).await?;
    }
    Ok(())
}

/// All of the window is on the screen.
async fn is_whole(windows: &Windows) -> Told {
    until(PATIENCE, async || {
        let WindowOfProgram { place, size, .. } = windows.only_one(TITLE)?;
        let inside = |from: i16, length: u16, screen: u16| {
            from >= 0 && i32::from(from) + i32::from(length) <= i32::from(screen)
        };
        let whole =
            inside(place.0, size.0, SMALL_SCREEN.0) && inside(place.1, size.1, SMALL_SCREEN.1);
        expect(whole, || format!("it is at {place:?}, {size:?} large"))
    })
    .await
}

async fn says_that_there_is_no_desktop(desktop: &Desktop) -> Told {
    let data = desktop.folder().join("without a desktop");
    let mut program = desktop.start_alone_changed(|command| {
        command.arg("--data").arg(&data);
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    })?;
    ended(&mut program, PATIENCE).await?;
    let printed = program.printed();
    let written = std::fs::read_to_string(data.join("start.log"))
        .map_err(|error| Failure::from_error("read why it did not start", error))?;
    for said in [&printed, &written] {
        expect(said.contains("no desktop"), || format!("it says “{said}”"))?;
    }
    Ok(())
}

async fn says_which_data_is_open(desktop: &Desktop, windows: &Windows) -> Told {
    let first = desktop.start_alone(&[])?;
    windows.comes_to_be_seen(TITLE).await?;
    let other = desktop.folder().join("other");
    let mut second = desktop.start_alone_changed(|command| {
        command.args(["--practice", "--data"]).arg(&other);
    })?;
    ended(&mut second, PATIENCE).await?;
    windows.comes_to_be_seen("Subvault is open already").await?;
    expect(!other.exists(), || {
        "the other data folder was made".to_owned()
    })?;
    desktop.ask_window_to_close("Subvault is open already")?;
    closed(desktop, first).await
}

async fn gives_up_on_one_that_hangs(desktop: &Desktop, windows: &Windows) -> Told {
    let mut first = desktop.start_alone(&[])?;
    windows.comes_to_be_seen(TITLE).await?;
    first.signal(Signal::STOP)?;
    let mut second = desktop.start_alone(&[])?;
    let box_title = "Subvault does not start";
    windows
        .comes_to_be_seen(box_title)
        .await
        .map_err(|failure| failure.and(second.printed()))?;
    expect(second.printed().contains("does not answer"), || {
        second.printed()
    })?;
    desktop.ask_window_to_close(box_title)?;
    ended(&mut second, GIVEN_UP_WITHIN).await?;
    first.end();
    Ok(())
}

async fn closed(desktop: &Desktop, mut program: Running) -> Told {
    desktop.ask_to_close()?;
    ended(&mut program, PATIENCE).await
}

async fn ended(program: &mut Running, within: Duration) -> Told {
    until(within, async || {
        expect(program.has_ended(), || {
            "the program is still running".to_owned()
        })
    })
    .await
}
