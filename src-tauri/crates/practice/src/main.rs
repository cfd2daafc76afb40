//! Runs the made-up Twilio alone, until Ctrl-C or SIGTERM.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use lexopt::prelude::*;
use practice::{Practice, Region, Settings};

const HELP: &str = "\
A made-up Twilio on 127.0.0.1.

  --port PORT          the port; without it, a free one
  --subaccounts COUNT  how many subaccounts to make up (150)
  --seed NUMBER        where the made-up data comes from (1)
  --trial              a trial account, which may have one subaccount
  --control            faults, log and state under /practice/
  --state FILE         keep the state in FILE from one start to the next
  --suspended-numbers-stay
                       refuse to move numbers of suspended subaccounts
  --promotion-ends-keys
                       end an account's keys when its secondary Auth Token is promoted
  --regions            servers for IE1 and AU1 as well, on ports of their own
  --latency MS         how long every answer takes
  --help               this text
";

#[tokio::main]
async fn main() -> ExitCode {
    let settings = match settings() {
        Ok(Some(settings)) => settings,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    match run(settings).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut source = error.source();
            while let Some(cause) = source {
                eprintln!("  because: {cause}");
                source = cause.source();
            }
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments; nothing when help was asked for.
fn settings() -> Result<Option<Settings>, lexopt::Error> {
    let mut settings = Settings::default();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("port") => settings.port = arguments.value()?.parse()?,
            Long("subaccounts") => settings.subaccounts = arguments.value()?.parse()?,
            Long("seed") => settings.seed = arguments.value()?.parse()?,
            Long("trial") => settings.trial = true,
            Long("control") => settings.control = true,
            Long("state") => settings.state_file = Some(arguments.value()?.into()),
            Long("suspended-numbers-stay") => settings.suspended_numbers_stay = true,
            Long("promotion-ends-keys") => settings.promotion_ends_keys = true,
            Long("regions") => settings.regions = true,
            Long("latency") => {
                settings.latency = Some(Duration::from_millis(arguments.value()?.parse()?))
            }
            Long("help") | Short('h') => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(settings))
}

async fn run(settings: Settings) -> Result<(), Box<dyn std::error::Error>> {
    // Whoever has read the address may ask it to stop.
    let stop = asked_to_stop()?;
    let practice = Practice::start(settings).await?;
    let parent = practice.parent();
    let mut out = std::io::stdout().lock();
    writeln!(out, "Base URL: {}", practice.base_url())?;
    for region in [Region::Ie1, Region::Au1] {
        let word = region.as_str();
        let token = practice.auth_token_in(region, &parent.account_sid);
        if let (Some(url), Some(token)) = (practice.base_url_in(region), token) {
            writeln!(out, "Base URL {word}: {url}")?;
            writeln!(out, "Auth Token {word}: {token}")?;
        }
    }
    writeln!(out, "Account SID: {}", parent.account_sid)?;
    writeln!(out, "Auth Token: {}", parent.auth_token)?;
    out.flush()?;
    drop(out);
    stop.await;
    practice.stop().await;
    Ok(())
}

/// Listens from now on; the answer waits until it is asked.
#[cfg(unix)]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn asked_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
