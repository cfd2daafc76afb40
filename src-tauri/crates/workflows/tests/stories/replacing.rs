//! A key is replaced: both work in between, and the old one is deleted only once the new one is known to work and to be in use.

use jiff::SignedDuration;
use practice::{Fault, Rule};
use terms::{AccountSid, KeySid};
use vault::InUse;
use workflows::view::{ReplacementStage, ReplacementView};
use workflows::{Changed, Failure, KeyName, Order, Problem, service};

use crate::bench::Bench;

/// A subaccount that sends something nearly every day, with one saved key that was handed over.
async fn with_a_key() -> (Bench, AccountSid, KeySid) {
    let bench = Bench::with_subaccounts(8).await;
    let account = one_that_sends(&bench).await;
    let made = bench.create_key(&account, "Alarm").await;
    let key = made.expect("it is made").key;
    let handing_over = bench
        .workspace
        .record_hand_over(&key, service("dicksonone"));
    handing_over.await.expect("it is recorded");
    bench.workspace.refresh().await.expect("it is read");
    bench.practice.forget_requests();
    (bench, account, key)
}

async fn one_that_sends(bench: &Bench) -> AccountSid {
    let elsewhere = bench.elsewhere();
    for subaccount in bench.practice.state().accounts {
        let account: AccountSid = subaccount.sid.parse().expect("a SID");
        let is_parent = subaccount.sid == bench.practice.parent().account_sid;
        if is_parent || subaccount.status != practice::Status::Active {
            continue;
        }
        let last = elsewhere.last_traffic(&account).await.expect("it is read");
        let text = last.and_then(|last| last.message);
        let now = jiff::Timestamp::now();
        if text.is_some_and(|sent| now.duration_since(sent.at) < SignedDuration::from_hours(72)) {
            return account;
        }
    }
    panic!("no subaccount sends anything");
}

async fn replaced(bench: &Bench, account: &AccountSid, key: &KeySid) -> Result<KeySid, Failure> {
    let name = KeyName::parse("Alarm").expect("a usable name");
    let made = bench.workspace.replace_key(account, key, &name).await;
    made.map(|made| made.key)
}

async fn only_replacement(bench: &Bench) -> ReplacementView {
    let mut all = bench.workspace.replacements().await.expect("they are read");
    assert_eq!(all.len(), 1);
    all.remove(0)
}

async fn hand_over(bench: &Bench, key: &KeySid) {
    let handing_over = bench.workspace.record_hand_over(key, service("dicksonone"));
    handing_over.await.expect("it is recorded");
}

fn is_at_twilio(bench: &Bench, key: &KeySid) -> bool {
    bench.practice.state().key(key.as_str()).is_some()
}

#[tokio::test]
async fn from_the_new_key_to_the_end_of_the_old_one_each_step_opens_the_next() {
    let (bench, account, old) = with_a_key().await;
    let new = replaced(&bench, &account, &old).await.expect("it is made");
    assert!(is_at_twilio(&bench, &old) && is_at_twilio(&bench, &new));
    assert!(bench.saved_secret_works(&old).await && bench.saved_secret_works(&new).await);
    let shown = only_replacement(&bench).await;
    assert_eq!((&shown.old_key_sid, &shown.new_key_sid), (&old, &new));
    assert_eq!(shown.stage, ReplacementStage::HandOver);
    // After the last text that was sent so far.
    bench.later(SignedDuration::from_hours(48));
    hand_over(&bench, &new).await;
    assert_eq!(
        only_replacement(&bench).await.stage,
        ReplacementStage::InUse
    );
    let looking = bench.workspace.look_for_use(&old);
    looking.await.expect("Twilio is asked");
    let shown = only_replacement(&bench).await;
    assert_eq!(
        shown.stage,
        ReplacementStage::InUse,
        "nothing was sent since"
    );
    assert!(shown.looked_at.is_some());
    bench
        .practice
        .advance_clock(SignedDuration::from_hours(24 * 6));
    let looking = bench.workspace.look_for_use(&old);
    looking.await.expect("Twilio is asked");
    let shown = only_replacement(&bench).await;
    assert_eq!(shown.stage, ReplacementStage::DeleteOld);
    assert_eq!(shown.in_use.expect("it is in use").how, InUse::Seen);
    let deleting = bench.workspace.delete_replaced_key(&old, false);
    deleting.await.expect("it is deleted");
    assert!(!is_at_twilio(&bench, &old) && is_at_twilio(&bench, &new));
    assert!(bench.saved_secret_works(&new).await);
    let shown = only_replacement(&bench).await;
    assert_eq!(shown.stage, ReplacementStage::Done);
    assert!(shown.ended_at.is_some());
}

#[tokio::test]
async fn a_replacement_is_taken_up_after_a_restart_where_it_stood() {
    let (bench, account, old) = with_a_key().await;
    let new = replaced(&bench, &account, &old).await.expect("it is made");
    let bench = bench.restart().await;
    hand_over(&bench, &new).await;
    let bench = bench.restart().await;
    let said = bench.workspace.say_in_use(&old).await;
    said.expect("it is recorded");
    let shown = only_replacement(&bench).await;
    assert_eq!(shown.stage, ReplacementStage::DeleteOld);
    assert_eq!(shown.in_use.expect("it is in use").how, InUse::Said);
}

#[tokio::test]
async fn the_old_key_is_not_deleted_before_the_new_one_is_in_use_but_by_an_explicit_choice() {
    let (bench, account, old) = with_a_key().await;
    replaced(&bench, &account, &old).await.expect("it is made");
    let failure = bench.workspace.delete_replaced_key(&old, false).await;
    let failure = failure.expect_err("it waits");
    assert!(
        matches!(failure.problem, Problem::SuccessorNotInUse),
        "{failure}"
    );
    assert!(is_at_twilio(&bench, &old));
    let deleting = bench.workspace.delete_replaced_key(&old, true);
    deleting.await.expect("it is deleted");
    assert!(!is_at_twilio(&bench, &old));
}

#[tokio::test]
async fn the_old_key_stays_where_the_new_one_does_not_work_whatever_was_chosen() {
    let (bench, account, old) = with_a_key().await;
    let new = replaced(&bench, &account, &old).await.expect("it is made");
    let elsewhere = bench.elsewhere();
    let deleting = elsewhere.delete_key(&account, &new);
    deleting.await.expect("somebody deletes the new one");
    bench.practice.forget_requests();
    let failure = bench.workspace.delete_replaced_key(&old, true).await;
    failure.expect_err("the new one does not work");
    assert_eq!(bench.requests("DELETE", ".json"), 0);
    // Once it is known to be gone, Twilio is not even asked.
    bench.later(SignedDuration::from_hours(1));
    bench.workspace.refresh().await.expect("it is read");
    let failure = bench.workspace.delete_replaced_key(&old, true).await;
    let failure = failure.expect_err("the new one is gone");
    assert!(
        matches!(failure.problem, Problem::SuccessorNotUsable),
        "{failure}"
    );
    assert!(is_at_twilio(&bench, &old) && bench.saved_secret_works(&old).await);
}

#[tokio::test]
async fn giving_up_deletes_the_new_key_and_the_old_one_can_be_replaced_again() {
    let (bench, account, old) = with_a_key().await;
    let first = replaced(&bench, &account, &old).await.expect("it is made");
    let second = replaced(&bench, &account, &old).await;
    let second = second.expect_err("it is being replaced");
    assert!(matches!(second.problem, Problem::BegunBefore), "{second}");
    let giving_up = bench.workspace.give_up_replacing(&old);
    giving_up.await.expect("the new one is deleted");
    assert!(is_at_twilio(&bench, &old) && !is_at_twilio(&bench, &first));
    assert_eq!(bench.workspace.replacements().await.expect("read"), []);
    let again = replaced(&bench, &account, &old).await.expect("it is made");
    assert_eq!(only_replacement(&bench).await.new_key_sid, again);
}

#[tokio::test]
async fn a_new_key_whose_reply_was_lost_takes_its_place_once_it_is_made_anew() {
    let (bench, account, old) = with_a_key().await;
    let rule = Rule::new(Fault::ResetAfter)
        .on("POST", "/**/Keys.json")
        .next(1);
    bench.practice.faults().inject(rule);
    let new = match replaced(&bench, &account, &old).await {
        Ok(new) => new,
        Err(failure) => {
            assert!(failure.unfinished.is_some(), "{failure}");
            assert_eq!(bench.workspace.replacements().await.expect("read"), []);
            let entry = failure.unfinished.expect("it goes on");
            bench.later(SignedDuration::from_mins(6));
            bench.workspace.finish(entry).await.expect("it is made").key
        }
    };
    let shown = only_replacement(&bench).await;
    assert_eq!((shown.old_key_sid, shown.new_key_sid), (old, new));
}

#[tokio::test]
async fn several_are_replaced_as_a_batch_and_each_once() {
    let (bench, account, old) = with_a_key().await;
    let second = bench.create_key(&account, "Alarm 2").await;
    let second = second.expect("it is made").key;
    let order = |key: &KeySid| Order::ReplaceKey {
        account_sid: account.clone(),
        key_sid: key.clone(),
        name: "Alarm".to_owned(),
    };
    let orders = vec![order(&old), order(&second), order(&old)];
    let batch = bench.workspace.carry_out(orders).await.expect("it is kept");
    let report = batch.await.expect("it ends");
    assert_eq!(report.items.len(), 2, "{report:?}");
    let replacements = bench.workspace.replacements().await.expect("read");
    assert_eq!(replacements.len(), 2, "{report:?}");
}

#[tokio::test]
async fn a_key_of_another_subaccount_cannot_be_replaced_here() {
    let (bench, _, old) = with_a_key().await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    bench.practice.forget_requests();
    let failure = replaced(&bench, &made.account, &old).await;
    let failure = failure.expect_err("it is not its key");
    assert!(matches!(failure.problem, Problem::UnknownHere), "{failure}");
    assert!(bench.practice.requests().is_empty());
}

#[tokio::test]
async fn the_daily_look_asks_once_a_day_and_only_about_what_was_handed_over() {
    let (bench, account, old) = with_a_key().await;
    let new = replaced(&bench, &account, &old).await.expect("it is made");
    let looks = async || {
        bench.practice.forget_requests();
        let looking = bench.workspace.look_for_use_of_all().await;
        looking.expect("Twilio is asked");
        bench.requests("GET", "/Calls.json")
    };
    assert_eq!(looks().await, 0, "it was not handed over");
    bench.later(SignedDuration::from_hours(48));
    hand_over(&bench, &new).await;
    assert_eq!(looks().await, 1);
    assert_eq!(looks().await, 0);
    bench.later(SignedDuration::from_hours(25));
    assert_eq!(looks().await, 1);
}

#[tokio::test]
async fn giving_up_keeps_the_new_key_where_the_old_one_is_gone_at_twilio() {
    let (bench, account, old) = with_a_key().await;
    let new = replaced(&bench, &account, &old).await.expect("it is made");
    let deleting = bench.elsewhere();
    let deleting = deleting.delete_key(&account, &old).await;
    deleting.expect("somebody deletes the old one");
    let failure = bench.workspace.give_up_replacing(&old).await;
    let failure = failure.expect_err("no key would be left");
    assert_eq!(failure.changed, Changed::No);
    assert!(is_at_twilio(&bench, &new) && bench.saved_secret_works(&new).await);
}
