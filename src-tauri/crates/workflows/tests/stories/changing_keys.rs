//! Keys that exist are renamed and revoked, whatever becomes of Twilio's answer.

use practice::{AnswerBody, Fault, Rule};
use terms::{AccountSid, KeySid};
use vault::ActivityKind;
use vault::keychain::file_store::{Fault as ItemFault, Refusal};
use workflows::{Changed, Failure, KeyName, KeyState, Problem};

use crate::bench::Bench;
use crate::refusing_keychain::only_the_secret;

/// With one saved key, and read once.
async fn with_a_key() -> (Bench, AccountSid, KeySid) {
    let bench = Bench::with_subaccounts(3).await;
    let account = bench.some_subaccount();
    let made = bench.create_key(&account, "Alarm").await;
    let key = made.expect("it is made").key;
    bench.workspace.refresh().await.expect("it is read");
    bench.practice.forget_requests();
    (bench, account, key)
}

/// One that the made-up Twilio began with, whose secret nobody here has.
fn a_key_made_elsewhere(bench: &Bench, but: &KeySid) -> (AccountSid, KeySid) {
    let state = bench.practice.state();
    let parent = bench.practice.parent().account_sid;
    let mut keys = state
        .accounts
        .iter()
        .filter(|account| account.sid != parent)
        .flat_map(|account| account.keys.iter().map(move |key| (account, key)));
    let (account, key) = keys
        .find(|(_, key)| key.sid != but.as_str())
        .expect("there is one");
    let account = account.sid.parse().expect("a SID");
    (account, key.sid.parse().expect("a SID"))
}

async fn renamed(
    bench: &Bench,
    account: &AccountSid,
    key: &KeySid,
    name: &str,
) -> Result<(), Failure> {
    let name = KeyName::parse(name).expect("a usable name");
    bench.workspace.rename_key(account, key, &name).await
}

fn is_at_twilio(bench: &Bench, key: &KeySid) -> bool {
    bench.practice.state().key(key.as_str()).is_some()
}

async fn last_activity(bench: &Bench) -> Vec<ActivityKind> {
    let activity = bench.workspace.records().activity(None, 2).await;
    let activity = activity.expect("it is read");
    activity.into_iter().map(|one| one.what).collect()
}

#[tokio::test]
async fn a_renamed_key_has_its_name_at_twilio_and_here_and_its_secret_still_works() {
    let (bench, account, key) = with_a_key().await;
    renamed(&bench, &account, &key, " Alarm  North ")
        .await
        .expect("it is renamed");
    assert!(
        bench
            .key_names(&account)
            .contains(&"Alarm North".to_owned())
    );
    let (_, keys) = bench.workspace.row_with_keys(&account).await.expect("read");
    let shown = keys.iter().find(|one| one.sid == key).expect("it is shown");
    assert_eq!(shown.name, "Alarm North");
    assert!(bench.saved_secret_works(&key).await);
    assert_eq!(last_activity(&bench).await[0], ActivityKind::KeyRenamed);
}

#[tokio::test]
async fn a_key_made_elsewhere_is_renamed_as_well() {
    let (bench, _, saved) = with_a_key().await;
    let (account, key) = a_key_made_elsewhere(&bench, &saved);
    renamed(&bench, &account, &key, "Alarm North")
        .await
        .expect("it is renamed");
    let list = bench.workspace.keys(None).await.expect("the keys");
    let shown = list.keys.iter().find(|one| one.key.sid == key);
    assert_eq!(shown.expect("it is shown").key.name, "Alarm North");
}

#[tokio::test]
async fn a_revoked_key_is_gone_at_twilio_and_nothing_of_it_is_kept_here() {
    let (bench, account, key) = with_a_key().await;
    let items = bench.keychain_items().len();
    bench
        .workspace
        .revoke_key(&account, &key)
        .await
        .expect("it is revoked");
    assert!(!is_at_twilio(&bench, &key));
    assert_eq!(bench.keychain_items().len(), items - 1);
    let saved = bench.workspace.records().credential(key.clone()).await;
    assert_eq!(saved, Ok(None));
    let copy = bench.workspace.records().sealed_copy(key.clone()).await;
    assert!(copy.expect("it is read").is_none());
    let told = last_activity(&bench).await;
    assert!(told.contains(&ActivityKind::KeyDeleted), "{told:?}");
    bench.workspace.refresh().await.expect("it is read");
    let list = bench.workspace.keys(None).await.expect("the keys");
    assert!(list.keys.iter().all(|one| one.key.sid != key));
}

#[tokio::test]
async fn a_key_made_elsewhere_is_revoked_and_leaves_the_list() {
    let (bench, _, saved) = with_a_key().await;
    let (account, key) = a_key_made_elsewhere(&bench, &saved);
    bench
        .workspace
        .revoke_key(&account, &key)
        .await
        .expect("it is revoked");
    assert!(!is_at_twilio(&bench, &key) && is_at_twilio(&bench, &saved));
    let list = bench.workspace.keys(None).await.expect("the keys");
    assert!(list.keys.iter().all(|one| one.key.sid != key));
    assert_eq!(last_activity(&bench).await[0], ActivityKind::KeyDeleted);
}

#[tokio::test]
async fn after_a_lost_answer_twilio_is_asked_whether_it_still_has_the_key() {
    let lost = [
        Fault::ResetAfter,
        Fault::Answer {
            status: 503,
            body: AnswerBody::Page,
            after: true,
        },
    ];
    for fault in lost {
        let (bench, account, key) = with_a_key().await;
        let rule = Rule::new(fault).on("DELETE", "/**").next(1);
        bench.practice.faults().inject(rule);
        bench
            .workspace
            .revoke_key(&account, &key)
            .await
            .expect("it was revoked");
        assert_eq!(bench.requests("DELETE", ".json"), 1, "asked for once");
        assert_eq!(
            bench.workspace.records().credential(key.clone()).await,
            Ok(None)
        );
    }
}

#[tokio::test]
async fn a_key_that_may_still_work_keeps_its_secret_here() {
    let unanswered = [
        Fault::ResetBefore,
        Fault::Answer {
            status: 503,
            body: AnswerBody::Page,
            after: false,
        },
    ];
    for fault in unanswered {
        let (bench, account, key) = with_a_key().await;
        let rule = Rule::new(fault).on("DELETE", "/**");
        bench.practice.faults().inject(rule);
        let failure = bench.workspace.revoke_key(&account, &key).await;
        let failure = failure.expect_err("nobody knows");
        assert_ne!(failure.changed, Changed::Yes);
        assert!(is_at_twilio(&bench, &key));
        assert!(bench.saved_secret_works(&key).await);
    }
}

#[tokio::test]
async fn a_key_that_is_not_finished_is_neither_renamed_nor_revoked() {
    let (bench, account, _) = with_a_key().await;
    bench.direct_keychain(&only_the_secret(ItemFault::Refuse(Refusal::Dismissed)));
    let failure = bench.create_key(&account, "Alarm 2").await;
    failure.expect_err("it is not finished");
    let open = bench.workspace.records().open_entries().await;
    let open = open.expect("it is read");
    let key = open[0].key.clone().expect("the key was made");
    bench.practice.forget_requests();
    for failure in [
        renamed(&bench, &account, &key, "Alarm North").await,
        bench.workspace.revoke_key(&account, &key).await,
    ] {
        let failure = failure.expect_err("it is unfinished");
        assert!(matches!(failure.problem, Problem::BegunBefore), "{failure}");
        assert_eq!(failure.unfinished, Some(open[0].id));
    }
    assert!(bench.practice.requests().is_empty(), "nothing was asked");
}

#[tokio::test]
async fn all_keys_are_listed_with_whose_they_are_and_where_their_secret_is() {
    let (bench, account, key) = with_a_key().await;
    let list = bench.workspace.keys(None).await.expect("the keys");
    let state = bench.practice.state();
    let parent = bench.practice.parent().account_sid;
    let open = state.accounts.iter().filter(|one| one.sid != parent);
    let at_twilio: usize = open
        .filter(|one| one.status != practice::Status::Closed)
        .map(|one| one.keys.len())
        .sum();
    assert_eq!(list.keys.len(), at_twilio);
    assert!(list.not_read.is_empty() && list.read_at.is_some());
    let saved = list.keys.iter().find(|one| one.key.sid == key);
    let saved = saved.expect("it is listed");
    assert_eq!(saved.account_sid, account);
    assert_eq!(saved.key.state, KeyState::Saved);
    let others = list.keys.iter().filter(|one| one.key.sid != key);
    assert!(others.clone().count() > 0);
    assert!(
        others
            .clone()
            .all(|one| one.key.state == KeyState::NotSaved)
    );
    let of_one = bench.workspace.keys(Some(std::slice::from_ref(&account)));
    let of_one = of_one.await.expect("the keys").keys;
    assert!(of_one.iter().all(|one| one.account_sid == account));
    assert!(of_one.contains(saved));
}

#[tokio::test]
async fn a_subaccount_whose_keys_could_not_be_read_is_named_with_why() {
    let (bench, account, key) = with_a_key().await;
    let (other, _) = a_key_made_elsewhere(&bench, &key);
    let other = if other == account { None } else { Some(other) };
    let refused = other.unwrap_or(account);
    let path = format!("/2010-04-01/Accounts/{refused}/Keys.json");
    let refusal = Fault::Answer {
        status: 403,
        body: AnswerBody::Twilio,
        after: false,
    };
    bench
        .practice
        .faults()
        .inject(Rule::new(refusal).on("GET", &path));
    bench.workspace.refresh().await.expect("the rest is read");
    let list = bench.workspace.keys(None).await.expect("the keys");
    assert_eq!(list.not_read.len(), 1);
    assert_eq!(list.not_read[0].account_sid, refused);
    assert!(list.not_read[0].why.is_some());
}

#[tokio::test]
async fn a_key_that_is_named_so_already_is_not_renamed_a_second_time() {
    let (bench, account, key) = with_a_key().await;
    for _ in 0..2 {
        let renaming = renamed(&bench, &account, &key, "Alarm North").await;
        renaming.expect("it is named so");
    }
    let asked = bench.requests("POST", &format!("/Keys/{key}.json"));
    assert_eq!(asked, 1);
    let told = bench.workspace.records().activity(None, 10).await;
    let told = told.expect("it is read").into_iter();
    let renamings = told.filter(|one| one.what == ActivityKind::KeyRenamed);
    assert_eq!(renamings.count(), 1);
}
