//! What was acknowledged is still there after the process is killed.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use terms::Tag;
use vault::Stage;

use super::again::{again, place};
use super::{account, api_secret, key_intent, keychain_in, open, sealed, secret};

/// Runs `test` in a second process, kills it after `acknowledged` lines, and answers the last number it acknowledged.
fn run_and_kill(test: &str, folder: &Path, acknowledged: usize) -> u32 {
    let mut child = again(&[], test, folder)
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
        .expect("the second process gets something done");
    child.kill().unwrap();
    // Lines that were on their way count: they had been acknowledged.
    let last = done.last().unwrap_or(last);
    child.wait().unwrap();
    last
}

#[tokio::test]
async fn saved_items_survive_a_kill() {
    if let Some(folder) = place() {
        return save_until_killed(&folder).await;
    }
    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let last = run_and_kill(
            "kills::saved_items_survive_a_kill",
            folder.path(),
            3 + round,
        );
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

async fn save_until_killed(folder: &Path) {
    let (keychain, _) = keychain_in(&folder.join("safe"));
    for number in 0.. {
        keychain
            .save(&api_secret(number), &secret(&format!("secret {number}")))
            .await
            .unwrap();
        println!("\ndone {number}");
    }
}

#[tokio::test]
async fn sealed_copies_and_their_journal_entries_survive_a_kill_together() {
    if let Some(folder) = place() {
        return seal_until_killed(&folder).await;
    }
    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let test = "kills::sealed_copies_and_their_journal_entries_survive_a_kill_together";
        let last = run_and_kill(test, folder.path(), 5 + round);
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

async fn seal_until_killed(folder: &Path) {
    let records = open(folder).await;
    for number in 0.. {
        let entry = records
            .plan(key_intent(number), account(0), Tag::random())
            .await
            .unwrap();
        records.mark_sent(entry.id).await.unwrap();
        records.seal(entry.id, sealed(number), None).await.unwrap();
        println!("\ndone {number}");
    }
}
