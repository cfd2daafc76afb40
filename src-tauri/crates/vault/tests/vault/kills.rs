//! What was acknowledged is still there after the process is killed.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use vault::{Stage, Tag};

use super::{account, api_secret, key_intent, keychain_in, open, sealed, secret};

const FOLDER: &str = "VAULT_TEST_FOLDER";

/// Runs one of the ignored tests below in a process of its own, kills it after `acknowledged` lines, and answers the last.
fn run_and_kill(test: &str, folder: &Path, acknowledged: usize) -> u32 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "--nocapture",
            "--test-threads=1",
            test,
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut done = lines.filter_map(|line| {
        line.unwrap()
            .strip_prefix("done ")?
            .trim()
            .parse::<u32>()
            .ok()
    });
    let last = done
        .by_ref()
        .take(acknowledged)
        .last()
        .expect("the other process gets something done");
    child.kill().unwrap();
    // Lines that were on their way count: they had been acknowledged.
    let last = done.last().unwrap_or(last);
    child.wait().unwrap();
    last
}

fn folder() -> PathBuf {
    PathBuf::from(std::env::var_os(FOLDER).expect("run by another test, which names the folder"))
}

#[tokio::test]
async fn saved_items_survive_a_kill() {
    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let last = run_and_kill("kills::save_until_killed", folder.path(), 3 + round);
        let (keychain, _) = keychain_in(&folder.path().join("safe"));
        for number in 0..=last {
            let found = keychain.read(&api_secret(number)).await;
            assert_eq!(
                found,
                Ok(Some(secret(&format!("secret {number}")))),
                "round {round}, item {number} of {last}"
            );
        }
    }
}

#[tokio::test]
#[ignore = "run by saved_items_survive_a_kill in a process of its own"]
async fn save_until_killed() {
    let (keychain, _) = keychain_in(&folder().join("safe"));
    for number in 0..100_000 {
        keychain
            .save(&api_secret(number), &secret(&format!("secret {number}")))
            .await
            .unwrap();
        println!("\ndone {number}");
    }
}

#[tokio::test]
async fn sealed_copies_and_their_journal_entries_survive_a_kill_together() {
    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let last = run_and_kill("kills::seal_until_killed", folder.path(), 5 + round);
        let records = open(folder.path()).await;
        for number in 0..=last {
            let entries = records.entries_of(account(number)).await.unwrap();
            let entry = entries
                .first()
                .unwrap_or_else(|| panic!("round {round}: entry {number} of {last}"));
            assert_eq!(entry.stage, Stage::Sealed);
            let key = entry.key.clone().unwrap();
            assert!(records.sealed_copy(key.clone()).await.unwrap().is_some());
            assert!(records.credential(key).await.unwrap().is_some());
        }
        // What was on its way is there whole, or not at all.
        for entry in records.open_entries().await.unwrap() {
            assert_eq!(
                entry.stage == Stage::Sealed,
                entry.key.is_some(),
                "{entry:?}"
            );
        }
    }
}

#[tokio::test]
#[ignore = "run by sealed_copies_and_their_journal_entries_survive_a_kill_together in a process of its own"]
async fn seal_until_killed() {
    let records = open(&folder()).await;
    for number in 0..100_000 {
        let entry = records
            .plan(key_intent(number), account(0), Tag::random())
            .await
            .unwrap();
        records.mark_sent(entry.id).await.unwrap();
        records.seal(entry.id, sealed(number)).await.unwrap();
        println!("\ndone {number}");
    }
}
