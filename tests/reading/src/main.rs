//! Prints how long a refresh of a thousand subaccounts takes against a made-up Twilio that answers after a tenth of a second, beside what
//! that Twilio allows at best and beside Twilio's own client. Built and started by `cargo xtask bench`, which names the folder of that client.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use practice::{Practice, Settings};
use twilio::Hosts;
use vault::keychain::FileStore;
use vault::{Keychain, Namespace};
use workflows::{Refresh, SignInFields, Workspace};

const SUBACCOUNTS: usize = 1_000;
const AN_ANSWER_TAKES: Duration = Duration::from_millis(100);
/// So much longer than the best there can be.
const GOAL: f64 = 1.10;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(client) = std::env::args_os().nth(1) else {
        eprintln!("the folder of Twilio's own client is not named");
        return ExitCode::FAILURE;
    };
    match measured(Path::new(&client)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn measured(client: &Path) -> Result<(), Box<dyn Error>> {
    let at_sixteen = refreshed(16).await?;
    let best = AN_ANSWER_TAKES.as_secs_f64() * at_sixteen.asked as f64 / 16.0;
    let ratio = at_sixteen.took.as_secs_f64() / best;
    let met = if ratio <= GOAL { "met" } else { "not met" };
    println!("refresh of {SUBACCOUNTS} subaccounts, an answer takes 100 ms");
    println!(
        "  at most 16 at once   {:6.1} s  {} requests, {} refused first, {} not read; {ratio:.2} x the best there can be (goal {GOAL}: {met})",
        at_sixteen.took.as_secs_f64(),
        at_sixteen.asked,
        at_sixteen.refused,
        at_sixteen.unread,
    );
    let at_two = refreshed(2).await?;
    println!(
        "  at most 2 at once    {:6.1} s  {} requests, {} refused first, {} not read (goal 0)",
        at_two.took.as_secs_f64(),
        at_two.asked,
        at_two.refused,
        at_two.unread,
    );
    let theirs = read_by_twilios_own(client).await?;
    println!(
        "  Twilio's own client  {:6.1} s  one request after the other, as its documentation reads lists; {:.1} x as long",
        theirs.as_secs_f64(),
        theirs.as_secs_f64() / at_sixteen.took.as_secs_f64()
    );
    Ok(())
}

struct Refreshed {
    took: Duration,
    asked: usize,
    /// Answered that there are too many at once, and asked again.
    refused: usize,
    unread: usize,
}

fn settings(at_once: usize) -> Settings {
    Settings {
        subaccounts: SUBACCOUNTS,
        latency: Some(AN_ANSWER_TAKES),
        concurrency: at_once,
        ..Settings::default()
    }
}

async fn refreshed(at_once: usize) -> Result<Refreshed, Box<dyn Error>> {
    let practice = Practice::start(settings(at_once)).await?;
    let folder = tempfile::tempdir()?;
    let store = FileStore::open(folder.path().join("keychain.json"));
    let keychain = Keychain::with_store(store, Namespace::custom("Reading"));
    let hosts = Hosts::loopback(&practice.base_url())?;
    let (workspace, _) = Workspace::open(&folder.path().join("records"), keychain, hosts).await?;
    let workspace = Arc::new(workspace);
    let parent = practice.parent();
    let fields = SignInFields {
        account_sid: parent.account_sid,
        auth_token: parent.auth_token,
    };
    workspace.connect(fields).await?;
    practice.forget_requests();
    let began = Instant::now();
    let Refresh::Complete { unread } = workspace.refresh().await? else {
        return Err("it was stopped".into());
    };
    let took = began.elapsed();
    let requests = practice.requests();
    let refused = requests.iter().filter(|one| one.answered == Some(429));
    Ok(Refreshed {
        took,
        refused: refused.count(),
        asked: requests.len(),
        unread,
    })
}

/// The same lists, read by Twilio's client for Node.js.
async fn read_by_twilios_own(client: &Path) -> Result<Duration, Box<dyn Error>> {
    let practice = Practice::start(settings(16)).await?;
    let parent = practice.parent();
    let began = Instant::now();
    let status = tokio::process::Command::new("node")
        .arg("reading.js")
        .args([practice.base_url(), parent.account_sid, parent.auth_token])
        .current_dir(client)
        .status()
        .await?;
    if !status.success() {
        return Err("Twilio's own client did not read everything".into());
    }
    Ok(began.elapsed())
}
