//! Keeping the state from one start to the next.

use std::fs;
use std::path::Path;

use practice::{Fault, Rule, Settings};
use reqwest::Method;

use crate::caller::{ACCOUNTS, Caller, path, start, subaccount};

fn settings(file: &Path) -> Settings {
    Settings {
        subaccounts: 3,
        state_file: Some(file.to_owned()),
        ..Settings::default()
    }
}

#[tokio::test]
async fn what_was_made_before_a_stop_is_there_after_a_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let first = start(settings(&file)).await;
    let parent = Caller::parent(&first);
    let (sub, _) = subaccount(&parent, "Pharmacie de l'Étoile").await;
    let made = parent.post(&path(&sub, "Keys"), &[]).await;
    first.stop().await;

    let second = start(Settings {
        seed: 99,
        ..settings(&file)
    })
    .await;
    assert_eq!(second.state().subaccounts, 4);
    assert_eq!(
        second
            .state()
            .account(&sub)
            .expect("the subaccount")
            .friendly_name,
        "Pharmacie de l'Étoile"
    );
    let key = Caller::new(&second, &made.text_of("sid"), &made.text_of("secret"));
    assert_eq!(key.get(&path(&sub, "Messages")).await.status, 200);
    let (later, _) = subaccount(&Caller::parent(&second), "Later").await;
    assert_ne!(later, sub, "SIDs do not begin anew");
}

#[tokio::test]
async fn a_change_is_on_disk_before_its_answer_is_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let practice = start(settings(&file)).await;
    practice
        .faults()
        .inject(Rule::new(Fault::ResetAfter).on("POST", ACCOUNTS));
    let lost = Caller::parent(&practice)
        .try_send(Method::POST, ACCOUNTS, &[("FriendlyName", "Kept on disk")])
        .await;
    assert!(lost.is_err());
    assert!(
        fs::read_to_string(&file)
            .expect("the file")
            .contains("Kept on disk")
    );
    assert!(!folder.path().join("state.writing").exists());
}

#[tokio::test]
async fn a_broken_file_is_set_aside_unharmed_and_the_seed_is_used() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    for (number, broken) in ["", "{\"format\":1,", "{\"format\":999}", "[]"]
        .into_iter()
        .enumerate()
    {
        fs::write(&file, broken).expect("written");
        let practice = start(settings(&file)).await;
        assert_eq!(practice.state().subaccounts, 3);
        let aside = folder
            .path()
            .join(format!("state.json.broken-{}", number + 1));
        assert_eq!(fs::read_to_string(aside).expect("set aside"), broken);
        practice.stop().await;
    }
}

#[tokio::test]
async fn a_file_whose_usage_begins_before_twilio_did_is_set_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let practice = start(settings(&file)).await;
    subaccount(&Caller::parent(&practice), "Kept on disk").await;
    practice.stop().await;
    let kept = fs::read(&file).expect("the file");
    let mut state: serde_json::Value = serde_json::from_slice(&kept).expect("JSON");
    for (first_day, subaccounts) in [("2008-01-01", 4), ("2007-12-31", 3), ("-009999-01-01", 3)] {
        state["usage_from"] = first_day.into();
        fs::write(&file, state.to_string()).expect("written");
        let practice = start(settings(&file)).await;
        assert_eq!(practice.state().subaccounts, subaccounts, "{first_day}");
        practice.stop().await;
    }
}

#[tokio::test]
async fn a_change_that_cannot_be_kept_is_not_called_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let practice = start(settings(&file)).await;
    // A folder in the way of the file that is written first.
    fs::create_dir(folder.path().join("state.writing")).expect("a folder");
    let refused = Caller::parent(&practice).post(ACCOUNTS, &[]).await;
    assert_eq!(refused.refusal(), (500, 20500));
}

#[tokio::test]
async fn the_state_file_never_goes_back_under_many_changes_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let practice = start(settings(&file)).await;
    let parent = std::sync::Arc::new(Caller::parent(&practice));
    let tasks: Vec<_> = (0..20)
        .map(|number| {
            let parent = std::sync::Arc::clone(&parent);
            tokio::spawn(async move { subaccount(&parent, &format!("Customer {number}")).await })
        })
        .collect();
    for task in tasks {
        task.await.expect("made");
    }
    let kept: serde_json::Value =
        serde_json::from_slice(&fs::read(&file).expect("the file")).expect("JSON");
    assert_eq!(kept["accounts"].as_array().map(Vec::len), Some(24));
}
