use std::path::Path;

use rustix::process::Signal;

use super::{connect, copied_by, create_subaccount, find_subaccount, open_on};
use crate::desktop::{Running, family};
use crate::leaks::{Canary, files, memory, none};
use crate::waiting::{PATIENCE, until};
use crate::{Desktop, Failure, Practice, Reporter, Role, Told, Window, expect};

const CUSTOMER: &str = "Long Acre Orchards";
/// What the kernel tells of a process to whoever may look into it, and to nobody else.
const INSIDE: [&str; 3] = ["maps", "environ", "auxv"];

/// The process is closed to others, and a crash with a secret in memory and on the clipboard leaves it nowhere.
pub async fn crash(reporter: &mut Reporter, desktop: &Desktop, practice: &Practice) -> Told {
    reporter.story("A crash");
    reporter
        .step(
            desktop,
            "Another program of the same user cannot look into it, and its memory is dumped nowhere",
            closed_to_others(desktop),
        )
        .await?;
    desktop.allow_memory_dumps()?;
    let made = async {
        let window = open_on(desktop, practice).await?;
        connect(&window, practice).await?;
        window.shows("Up to date").await?;
        create_subaccount(&window, CUSTOMER).await?;
        window.page().button("Do this later").click().await?;
        window.close().await
    };
    reporter.step(desktop, "A key is saved", made).await?;
    for (words, signal) in [
        ("It gives up (SIGABRT)", Signal::ABORT),
        ("It trips over its memory (SIGSEGV)", Signal::SEGV),
    ] {
        reporter
            .step(
                desktop,
                &format!("{words} with a secret on the clipboard, and leaves it nowhere"),
                crashes(desktop, practice, signal),
            )
            .await?;
    }
    Ok(())
}

async fn closed_to_others(desktop: &Desktop) -> Told {
    let windows = desktop.windows()?;
    let program = desktop.start_alone_without_rights()?;
    let seen = windows.comes_to_be_seen("Subvault").await;
    seen.map_err(|failure| failure.and(program.printed()))?;
    let mut another = desktop.command_without_rights(Path::new("sleep"));
    another.arg("infinity");
    let another = Running::start(another, "")?;
    for file in INSIDE {
        // The same look finds something where nobody has closed the process, once that has begun to be what it is.
        until(PATIENCE, async || {
            expect(can_read(desktop, another.id(), file)?, || {
                format!("{file} of a process that is not closed cannot be read either")
            })
        })
        .await?;
        expect(!can_read(desktop, program.id(), file)?, || {
            format!("{file} of the program can be read")
        })?;
    }
    for process in family(program.id())? {
        dumps_nothing(process)?;
    }
    Ok(())
}

fn can_read(desktop: &Desktop, process: u32, file: &str) -> Told<bool> {
    let read = desktop
        .command_without_rights(Path::new("head"))
        .args(["--bytes=1", &format!("/proc/{process}/{file}")])
        .output();
    read.map(|output| output.status.success())
        .map_err(|error| Failure::from_error("look into a process", error))
}

/// A limit of exactly 1 keeps the memory from files and from the system's own collector of dumps.
fn dumps_nothing(process: u32) -> Told {
    let limits = std::fs::read_to_string(format!("/proc/{process}/limits"))
        .map_err(|error| Failure::from_error("read the limits of a process", error))?;
    let line = limits
        .lines()
        .find(|line| line.starts_with("Max core file size"))
        .unwrap_or_default();
    let values: Vec<&str> = line.split_whitespace().skip(4).take(2).collect();
    expect(values == ["1", "1"], || {
        format!("process {process}: {line}")
    })
}

async fn crashes(desktop: &Desktop, practice: &Practice, signal: Signal) -> Told {
    let window = open_on(desktop, practice).await?;
    let secret = copied(&window, desktop).await?;
    let token = practice.auth_token();
    let canary = Canary::of(&[("the API Secret", &secret), ("the Auth Token", token)]);
    let (_, held) = memory(&canary, desktop.program()?)?;
    expect(!held.is_empty(), || {
        "the program holds no secret that a crash could leave behind".to_owned()
    })?;
    until(PATIENCE, async || {
        if desktop.program().is_err() {
            return Ok(());
        }
        // The first of these may only take away what was set up to catch it.
        desktop.signal_program(signal)?;
        Err(Failure::new("the program survives its crash"))
    })
    .await?;
    window.has_ended().await;
    let left = desktop.clipboard().text()?;
    expect(left.as_deref() != Some(secret.as_str()), || {
        "the secret is still on the clipboard".to_owned()
    })?;
    let (count, hits) = files(&canary, desktop.folder())?;
    println!("            {count} files were looked at");
    none(hits)?;
    none(canary.search(desktop.printed().as_bytes(), "standard output and error"))
}

async fn copied(window: &Window, desktop: &Desktop) -> Told<String> {
    window.shows("Up to date").await?;
    find_subaccount(window, CUSTOMER).await?;
    let page = window.page();
    page.thing(Role::Heading, CUSTOMER).is_there().await?;
    copied_by(desktop, &page.button("Copy API Secret")).await
}
