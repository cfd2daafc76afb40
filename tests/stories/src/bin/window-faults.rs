//! The long forms of stories in which something fails for a long time or many times. Built and started by `cargo xtask faults`.

#[cfg(target_os = "linux")]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    match campaign().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(target_os = "linux")]
async fn campaign() -> stories::Told {
    use std::time::Duration;

    use stories::scenarios::{
        Hang, canaries, keychain_hangs, locked_memory, screen_reader, thousand_keys,
    };
    use stories::{Desktop, Failure, Practice, Reporter, Theme};

    let mut arguments = std::env::args().skip(1);
    let part = arguments.next().unwrap_or_default();
    let count: u64 = arguments
        .next()
        .and_then(|count| count.parse().ok())
        .unwrap_or(1);
    let mut reporter = Reporter::without_pictures();
    match part.as_str() {
        "hang" => {
            let desktop = Desktop::start(Theme::Light).await?;
            let hang = Hang {
                lasts: Duration::from_secs(count),
                computer_is_quiet: true,
            };
            keychain_hangs(&mut reporter, &desktop, &Practice::start(1_000)?, hang).await
        }
        "canaries" => {
            for run in 1..=count {
                // Seen while the campaign goes on: its output is read at its end.
                eprintln!("run {run} of {count}");
                let desktop = Desktop::start_watched(Theme::Light).await?;
                canaries(&mut reporter, &desktop, &Practice::start(20)?).await?;
                drop(desktop);
                let desktop = Desktop::start(Theme::Light).await?;
                screen_reader(&mut reporter, &desktop, &Practice::start(20)?).await?;
            }
            Ok(())
        }
        "locked" => {
            println!("Memory is read whole, as a core dump would have it.");
            let desktop = Desktop::start(Theme::Light).await?;
            locked_memory(&mut reporter, &desktop, &Practice::start(20)?, count).await
        }
        "restore" => {
            let (old, new) = (
                Desktop::start(Theme::Light).await?,
                Desktop::start(Theme::Light).await?,
            );
            let subaccounts = u32::try_from(count).unwrap_or(u32::MAX);
            let practice = Practice::start(subaccounts)?;
            thousand_keys(&mut reporter, &old, &new, &practice, count).await
        }
        _ => Err(Failure::new(format!(
            "window-faults: `{part}` is no part of it"
        ))),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    eprintln!("The stories run on Linux, where a display can be made in memory.");
    std::process::exit(1);
}
