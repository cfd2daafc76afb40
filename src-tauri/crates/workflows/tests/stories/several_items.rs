//! A keychain with several items of one name, as after it was restored: whichever works is used, and the others stay until the user says otherwise.

use std::time::Duration;

use practice::Settings;
use terms::Secret;
use vault::keychain::FileStore;
use vault::keychain::file_store::{Call, Fault, Script};
use vault::{Item, Keychain, KeychainError, Namespace};
use workflows::{ConnectError, Finding, KeychainFound, KeychainProblem, Problem, Tidied};

use crate::bench::Bench;

fn token_of(bench: &Bench) -> Item {
    Item::AuthToken {
        account: bench.practice.parent().account_sid.parse().expect("a SID"),
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned()).expect("a storable secret")
}

/// What the keychain makes of a secret as this item.
async fn content_of(item: &Item, text: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let store = FileStore::open(folder.path().join("keychain.json"));
    let keychain = Keychain::with_store(store.clone(), Namespace::custom("Stories"));
    keychain
        .save(item, &secret(text))
        .await
        .expect("it is saved");
    let contents = store.contents("Stories", &item.name());
    contents.expect("it can be read").remove(0)
}

/// Adds an item that goes by the name of this one.
async fn add_another(bench: &Bench, item: &Item, content: &[u8]) {
    FileStore::open(bench.keychain_file())
        .add_another("Stories", &bench.item_named(&item.name()), content, false)
        .expect("it is added");
}

fn how_many(bench: &Bench, item: &Item) -> usize {
    let store = FileStore::open(bench.keychain_file());
    let contents = store.contents("Stories", &bench.item_named(&item.name()));
    contents.expect("the keychain's file can be read").len()
}

/// The connected bench, whose keychain has a token that Twilio refuses, and beside it one that works.
async fn with_two_tokens() -> Bench {
    let bench = Bench::with_subaccounts(3).await;
    let item = token_of(&bench);
    let right = bench.practice.parent().auth_token;
    let right = content_of(&item, &right).await;
    let wrong = secret(&"0".repeat(32));
    let keychain = bench.workspace.keychain();
    keychain.save(&item, &wrong).await.expect("it is saved");
    add_another(&bench, &item, &right).await;
    add_another(&bench, &item, b"of another program").await;
    bench.restart().await
}

async fn refreshes(bench: &Bench) {
    let refreshed = bench.workspace.refresh().await;
    refreshed.expect("everything is read");
}

#[tokio::test]
async fn of_two_tokens_the_one_that_twilio_accepts_is_used_and_both_stay() {
    let bench = with_two_tokens().await;
    refreshes(&bench).await;
    assert_eq!(how_many(&bench, &token_of(&bench)), 3);
}

#[tokio::test]
async fn connecting_again_over_two_tokens_works_and_keeps_the_other() {
    let bench = with_two_tokens().await;
    bench.connect().await;
    let bench = bench.restart().await;
    refreshes(&bench).await;
    assert_eq!(how_many(&bench, &token_of(&bench)), 3);
    bench.workspace.disconnect().await.expect("it disconnects");
    assert_eq!(
        how_many(&bench, &token_of(&bench)),
        1,
        "what another program wrote is not ours to delete"
    );
}

async fn keychain_problem(bench: &Bench) -> Option<KeychainProblem> {
    let findings = bench.findings().await;
    findings.into_iter().find_map(|finding| match finding {
        Finding::Keychain(KeychainFound { problem, .. }) => problem,
        _ => None,
    })
}

#[tokio::test]
async fn the_check_tells_of_several_items_and_tidying_leaves_the_one_that_works() {
    let bench = with_two_tokens().await;
    let problem = keychain_problem(&bench).await;
    assert!(
        matches!(problem, Some(KeychainProblem::SeveralItems)),
        "{problem:?}"
    );
    let tidied = bench.workspace.tidy_keychain().await.expect("it is done");
    assert_eq!(
        tidied,
        Tidied {
            deleted: 2,
            undecided: 0
        }
    );
    let problem = keychain_problem(&bench).await;
    assert!(problem.is_none(), "{problem:?}");
    let bench = bench.restart().await;
    refreshes(&bench).await;
}

/// A saved key, whose item in the keychain has another beside it with a secret that does not work.
async fn with_two_secrets() -> (Bench, terms::KeySid, Item) {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let item = Item::ApiSecret {
        account: made.account.clone(),
        key: made.key.clone(),
    };
    let wrong = content_of(&item, "a secret that Twilio never gave").await;
    add_another(&bench, &item, &wrong).await;
    (bench, made.key, item)
}

#[tokio::test]
async fn of_two_secrets_of_a_key_the_sealed_copy_knows_which_is_right() {
    let (bench, key, item) = with_two_secrets().await;
    bench.practice.forget_requests();
    assert!(bench.saved_secret_works(&key).await);
    assert_eq!(how_many(&bench, &item), 2);
    let tidied = bench.workspace.tidy_keychain().await.expect("it is done");
    assert_eq!(tidied.deleted, 1);
    bench.spoil_sealed_copy(&key).await;
    assert!(bench.saved_secret_works(&key).await, "by its own item");
}

#[tokio::test]
async fn without_a_sealed_copy_twilio_says_which_of_two_secrets_works() {
    let (bench, key, item) = with_two_secrets().await;
    bench.spoil_sealed_copy(&key).await;
    assert!(bench.saved_secret_works(&key).await);
    assert_eq!(how_many(&bench, &item), 2);
}

#[tokio::test]
async fn where_no_secret_works_all_stay_and_it_is_said() {
    let (bench, key, item) = with_two_secrets().await;
    bench.spoil_sealed_copy(&key).await;
    let store = FileStore::open(bench.keychain_file());
    let name = bench.item_named(&item.name());
    store
        .overwrite_with("Stories", &name, &format!("{name}\u{1}1"))
        .expect("both are there");
    let other = content_of(&item, "another that Twilio never gave").await;
    add_another(&bench, &item, &other).await;
    let Err(problem) = bench.workspace.secret_of(&key).await else {
        panic!("none of them works");
    };
    assert!(
        matches!(problem, Problem::Keychain(KeychainError::Ambiguous)),
        "{problem}"
    );
    let tidied = bench.workspace.tidy_keychain().await.expect("it is done");
    assert_eq!((tidied.deleted, tidied.undecided), (0, 1));
    assert_eq!(how_many(&bench, &item), 3);
}

#[tokio::test]
async fn of_two_sealing_keys_the_one_that_opens_the_copies_is_used() {
    let (bench, key, _) = with_two_secrets().await;
    let folder = bench.workspace.records().sealing().await;
    let item = Item::SealingIdentity {
        folder: folder.expect("the records can be read").id,
    };
    let keychain = bench.workspace.keychain();
    let right = keychain
        .read(&item)
        .await
        .expect("it opens")
        .expect("a key");
    let right = content_of(&item, right.expose()).await;
    // Not the one that anything was sealed to; invented for this test.
    let stranger = "AGE-SECRET-KEY-1MLV7E3U6ZUFGJPH6MMLMZ3WYR68346PAVJS39JKLYYNLFVPW8QTSJDXPPY";
    keychain
        .save(&item, &secret(stranger))
        .await
        .expect("it is saved");
    FileStore::open(bench.keychain_file())
        .add_another("Stories", &item.name(), &right, false)
        .expect("it is added");
    let bench = bench.restart().await;
    assert!(bench.saved_secret_works(&key).await);
    bench
        .create_subaccount("Borough")
        .await
        .expect("it is made");
    let tidied = bench.workspace.tidy_keychain().await.expect("it is done");
    assert_eq!((tidied.deleted, tidied.undecided), (2, 0));
    assert!(bench.saved_secret_works(&key).await);
}

#[tokio::test]
async fn a_token_that_the_keychain_takes_too_late_is_not_there_afterwards() {
    let bench = Bench::unconnected(Settings::default()).await;
    let bench = bench.restart_impatient().await;
    bench.direct_keychain(&Script::once(Call::Write, Fault::Hang { ms: 60_000 }));
    let connected = bench.workspace.connect(bench.sign_in_fields()).await;
    assert!(
        matches!(
            connected,
            Err(ConnectError::Problem(Problem::Keychain(
                KeychainError::NoAnswer
            )))
        ),
        "{connected:?}"
    );
    bench.direct_keychain(&Script::default());
    let until = tokio::time::Instant::now() + Duration::from_secs(20);
    // A change waits for the one before it, so this one tells when that has ended.
    while bench
        .workspace
        .keychain()
        .delete(&token_of(&bench))
        .await
        .is_err()
    {
        assert!(tokio::time::Instant::now() < until, "it ends");
    }
    assert_eq!(bench.keychain_items(), Vec::<String>::new());
}

#[tokio::test]
async fn a_token_of_an_earlier_version_stays_for_other_folders_until_the_user_says_otherwise() {
    let bench = Bench::with_subaccounts(3).await;
    let item = token_of(&bench);
    let shared = Keychain::with_store(
        FileStore::open(bench.keychain_file()),
        Namespace::custom("Stories"),
    );
    let right = secret(&bench.practice.parent().auth_token);
    shared.save(&item, &right).await.expect("it is saved");
    let keychain = bench.workspace.keychain();
    keychain.delete(&item).await.expect("its own is deleted");
    let bench = bench.restart().await;
    refreshes(&bench).await;
    assert_eq!(how_many(&bench, &item), 1, "it has its own now");
    bench.workspace.disconnect().await.expect("it disconnects");
    assert_eq!(shared.read(&item).await, Ok(Some(right)));
    let problem = keychain_problem(&bench).await;
    assert!(
        matches!(problem, Some(KeychainProblem::EarlierToken)),
        "{problem:?}"
    );
    let tidied = bench.workspace.tidy_keychain().await.expect("it is done");
    assert_eq!(tidied.deleted, 1);
    assert_eq!(bench.keychain_items(), Vec::<String>::new());
    assert!(keychain_problem(&bench).await.is_none());
}
