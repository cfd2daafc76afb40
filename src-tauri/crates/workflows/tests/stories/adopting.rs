//! Keys that were made elsewhere are found in a text, proved, and kept; what does not fit is named with why, and nothing is kept twice.

use practice::{Fault, Rule};
use terms::{AccountSid, KeySid};
use vault::ActivityKind;
use vault::export::{Cell, Table};
use vault::keychain::file_store::{Call, Fault as ItemFault, Refusal, Rule as ItemRule, Script};
use workflows::view::{Adoptability, AdoptionOutcome};
use workflows::{KeyState, Problem};

use crate::bench::Bench;

/// A key that somebody else has made, with its secret.
struct Elsewhere {
    account: AccountSid,
    key: KeySid,
    secret: String,
}

impl Elsewhere {
    async fn made(bench: &Bench, account: &AccountSid, name: &str) -> Self {
        let created = bench.elsewhere().create_key(account, name).await;
        let created = created.expect("it is made");
        Self {
            account: account.clone(),
            key: created.key.sid,
            secret: created.secret.expose().to_owned(),
        }
    }
}

#[tokio::test]
async fn pairs_are_found_in_files_of_each_kind_and_what_is_none_of_them_is_said() {
    let (bench, first, second) = scene().await;
    let folder = tempfile::tempdir().expect("a folder");
    let workbook = folder.path().join("keys.xlsx");
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |one: &Elsewhere| {
        vec![
            text(one.account.as_str()),
            text(one.key.as_str()),
            text(&one.secret),
        ]
    };
    let table = Table {
        head: ["Account", "API key", "API secret"]
            .map(str::to_owned)
            .into(),
        rows: vec![row(&first), row(&second)],
    };
    let bytes = table.to_xlsx().expect("a workbook");
    std::fs::write(&workbook, bytes).expect("written");
    let settings = folder.path().join(".env");
    let lines = format!("KEY={}\nSECRET={}\n", first.key, first.secret);
    let marked: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(lines.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    std::fs::write(&settings, marked).expect("written");
    for (path, count) in [(&workbook, 2), (&settings, 1)] {
        let found = bench.workspace.plan_adoption_of_file(path).await;
        let fits: Vec<_> = found.expect("read").iter().map(|one| one.fits).collect();
        assert_eq!(fits, vec![Adoptability::Ready; count]);
    }
    for odd in [
        &b"PK\x03\x04 and nothing more"[..],
        b"\0\0\0",
        b"\xff\xfe\x00",
    ] {
        let path = folder.path().join("odd");
        std::fs::write(&path, odd).expect("written");
        let found = bench.workspace.plan_adoption_of_file(&path).await;
        assert!(matches!(found, Err(Problem::FileNotReadable)), "{odd:?}");
    }
    let nothing = folder.path().join("not there");
    let found = bench.workspace.plan_adoption_of_file(&nothing).await;
    assert!(matches!(found, Err(Problem::FileNotReadable)));
}

#[tokio::test]
async fn of_two_secrets_that_stand_with_one_key_the_right_one_is_found() {
    for right_first in [true, false] {
        let (bench, first, _) = scene().await;
        let wrong = "Invented0Invented0Invented0Inven";
        let mut secrets = [first.secret.as_str(), wrong];
        if !right_first {
            secrets.reverse();
        }
        let lines = secrets.map(|secret| format!("{} {secret}", first.key));
        assert_eq!(
            found(&bench, &lines.join("\n")).await,
            [Adoptability::Ready; 2]
        );
        let outcomes = adopted(&bench).await;
        let expected = match right_first {
            true => [AdoptionOutcome::Adopted, AdoptionOutcome::SavedAlready],
            false => [AdoptionOutcome::DoesNotFit, AdoptionOutcome::Adopted],
        };
        assert_eq!(outcomes, expected);
        assert!(bench.saved_secret_works(&first.key).await);
    }
}

/// With two keys that were made elsewhere, and read once.
async fn scene() -> (Bench, Elsewhere, Elsewhere) {
    let bench = Bench::with_subaccounts(4).await;
    let account = bench.some_subaccount();
    let first = Elsewhere::made(&bench, &account, "dickson key").await;
    let second = Elsewhere::made(&bench, &account, "n8n").await;
    bench.workspace.refresh().await.expect("it is read");
    bench.practice.forget_requests();
    (bench, first, second)
}

async fn found(bench: &Bench, text: &str) -> Vec<Adoptability> {
    let found = bench.workspace.plan_adoption(text).await;
    let found = found.expect("the records are read").into_iter();
    found.map(|one| one.fits).collect()
}

async fn adopted(bench: &Bench) -> Vec<AdoptionOutcome> {
    let report = bench.workspace.adopt().await.expect("they are tried");
    report.keys.into_iter().map(|one| one.outcome).collect()
}

#[tokio::test]
async fn pairs_in_a_text_are_proved_kept_in_the_keychain_and_named_as_twilio_names_them() {
    let (bench, first, second) = scene().await;
    let text = format!(
        "API SID: {}\nAPI Secret: {}\n\n{} {}",
        first.key, first.secret, second.secret, second.key
    );
    assert_eq!(found(&bench, &text).await, [Adoptability::Ready; 2]);
    assert!(bench.practice.requests().is_empty(), "nothing is asked yet");
    let outcomes = adopted(&bench).await;
    assert_eq!(outcomes, vec![AdoptionOutcome::Adopted; 2]);
    for one in [&first, &second] {
        assert!(bench.saved_secret_works(&one.key).await);
    }
    let (_, keys) = bench
        .workspace
        .row_with_keys(&first.account)
        .await
        .expect("read");
    let shown = keys.iter().find(|one| one.sid == first.key);
    let shown = shown.expect("it is shown");
    assert_eq!(
        (shown.name.as_str(), shown.state),
        ("dickson key", KeyState::Saved)
    );
    assert!(shown.proved_at.is_some());
    let activity = bench.workspace.records().activity(None, 1).await;
    assert_eq!(activity.expect("read")[0].what, ActivityKind::KeyAdopted);
    let bench = bench.restart().await;
    assert!(bench.saved_secret_works(&second.key).await);
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_never_kept() {
    let (bench, first, second) = scene().await;
    let stranger = "SK000000000000000000000000000000ff";
    let text = format!(
        "{} {}\n{stranger} {}\n{}",
        first.key, second.secret, first.secret, second.key
    );
    let expected = [
        Adoptability::Ready,
        Adoptability::UnknownSubaccount,
        Adoptability::NoSecret,
    ];
    assert_eq!(found(&bench, &text).await, expected);
    assert_eq!(adopted(&bench).await, [AdoptionOutcome::DoesNotFit]);
    let saved = bench.workspace.records().credentials().await;
    assert_eq!(saved, Ok(Vec::new()));
    assert!(
        bench
            .keychain_items()
            .iter()
            .all(|item| !item.contains("API Secret"))
    );
}

#[tokio::test]
async fn nothing_is_kept_twice() {
    let (bench, first, _) = scene().await;
    let text = format!(
        "{} {} {} {}",
        first.key, first.secret, first.key, first.secret
    );
    assert_eq!(found(&bench, &text).await, [Adoptability::Ready]);
    assert_eq!(adopted(&bench).await, [AdoptionOutcome::Adopted]);
    assert_eq!(found(&bench, &text).await, [Adoptability::SavedAlready]);
    assert!(adopted(&bench).await.is_empty());
    let saved = bench.workspace.records().credentials().await;
    assert_eq!(saved.expect("read").len(), 1);
}

#[tokio::test]
async fn a_key_that_twilio_cannot_be_asked_about_is_not_kept_and_keeps_no_other_from_being() {
    let (bench, first, _) = scene().await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let second = Elsewhere::made(&bench, &made.account, "n8n").await;
    bench.workspace.refresh().await.expect("it is read");
    let path = format!("/2010-04-01/Accounts/{}/Messages.json", first.account);
    let rule = Rule::new(Fault::ResetBefore).on("GET", &path);
    bench.practice.faults().inject(rule);
    let text = format!(
        "{} {}\n{} {}",
        first.key, first.secret, second.key, second.secret
    );
    found(&bench, &text).await;
    let outcomes = adopted(&bench).await;
    assert!(
        matches!(outcomes[0], AdoptionOutcome::Failed { .. }),
        "{outcomes:?}"
    );
    assert_eq!(outcomes[1], AdoptionOutcome::Adopted);
    let kept = bench.workspace.records().credential(first.key).await;
    assert_eq!(kept, Ok(None));
}

#[tokio::test]
async fn what_the_keychain_does_not_take_is_in_a_sealed_copy_and_works() {
    let (bench, first, _) = scene().await;
    let text = format!("{} {}", first.key, first.secret);
    found(&bench, &text).await;
    // The check writes once, the identity once more; then it is full.
    bench.create_subaccount("Acme").await.expect("it is made");
    bench.direct_keychain(&Script {
        rules: vec![ItemRule {
            on: Call::Write,
            skip: 1,
            times: None,
            fault: ItemFault::Refuse(Refusal::Full),
        }],
        ..Script::default()
    });
    assert_eq!(adopted(&bench).await, [AdoptionOutcome::SealedOnly]);
    bench.direct_keychain(&Script::default());
    assert!(bench.saved_secret_works(&first.key).await);
}

#[tokio::test]
async fn what_was_found_is_forgotten_when_the_program_is_locked_or_its_user_says_so() {
    let (bench, first, _) = scene().await;
    let text = format!("{} {}", first.key, first.secret);
    for locked in [true, false] {
        found(&bench, &text).await;
        if locked {
            bench.workspace.rest();
            bench.workspace.wake();
        } else {
            bench.workspace.forget_adoption();
        }
        let adopting = bench.workspace.adopt().await;
        assert!(matches!(adopting, Err(Problem::UnknownHere)));
    }
    assert!(bench.practice.requests().is_empty());
}
