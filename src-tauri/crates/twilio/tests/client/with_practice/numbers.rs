//! Phone numbers: listed, moved and released, and found after a lost reply.

use super::{hasty_client, parent_client, parent_sid, posts, practice_with};
use jiff::Timestamp;
use practice::{Fault, Practice, Rule, Settings};
use terms::{AccountSid, NumberSid};
use twilio::{Created, Error, MoveRefusal, NewStatus, NumberKind};

/// Two subaccounts, and a number of the first.
fn owner_number_target(practice: &Practice) -> (AccountSid, NumberSid, AccountSid) {
    let state = practice.state();
    let [_, owner, target, ..] = &state.accounts[..] else {
        panic!("two subaccounts")
    };
    let number = owner.numbers[0].sid.parse().unwrap();
    (
        owner.sid.parse().unwrap(),
        number,
        target.sid.parse().unwrap(),
    )
}

#[tokio::test]
async fn numbers_are_listed_with_what_they_can_be_used_for() {
    let practice = practice_with(1).await;
    let client = parent_client(&practice);
    let sub = practice.state().accounts[1].clone();
    let sid = sub.sid.parse().unwrap();
    let listed = client.numbers(&sid).await.unwrap();
    assert!(listed.is_whole());
    let mut numbers: Vec<String> = sub
        .numbers
        .iter()
        .map(|number| number.number.clone())
        .collect();
    numbers.sort();
    let read: Vec<String> = listed.rows.iter().map(|row| row.number.clone()).collect();
    assert_eq!(read, numbers);
    let first = &listed.rows[0];
    assert_eq!(client.number(&sid, &first.sid).await.unwrap(), *first);
    assert!(!first.odd.any());
    assert_eq!(first.kind, Some(NumberKind::Local));
    assert!(first.capabilities.unwrap().sms);
    assert!(first.friendly_name.starts_with('('));
}

#[tokio::test]
async fn a_number_moves_and_keeps_its_identifier() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let (owner, number, target) = owner_number_target(&practice);
    let moved = client.move_number(&owner, &number, &target).await.unwrap();
    assert_eq!(moved.sid, number);
    assert!(!client.has_number(&owner, &number).await.unwrap());
    assert!(client.has_number(&target, &number).await.unwrap());
    let parent = parent_sid(&practice);
    client.move_number(&target, &number, &parent).await.unwrap();
    assert!(client.has_number(&parent, &number).await.unwrap());
}

#[tokio::test]
async fn the_reasons_of_a_refused_move_are_told_apart() {
    let settings = Settings {
        subaccounts: 2,
        suspended_numbers_stay: true,
        ..Settings::default()
    };
    let practice = Practice::start(settings).await.unwrap();
    let client = parent_client(&practice);
    let (owner, number, target) = owner_number_target(&practice);
    let stranger: AccountSid = "AC00000000000000000000000000000099".parse().unwrap();
    let reason = async |client: &twilio::Client, to: &AccountSid| {
        let error = client.move_number(&owner, &number, to).await.unwrap_err();
        assert_eq!(error.created(), Created::No);
        error.refusal().unwrap().of_a_move()
    };
    assert_eq!(
        reason(&client, &stranger).await,
        Some(MoveRefusal::Unrelated)
    );
    let sub = practice.subaccounts().remove(0);
    let own = super::client(
        &practice,
        super::token_pair((sub.account_sid, sub.auth_token)),
    );
    assert_eq!(reason(&own, &target).await, Some(MoveRefusal::NotTheParent));
    client
        .set_account_status(&target, NewStatus::Suspended)
        .await
        .unwrap();
    assert_eq!(reason(&client, &target).await, Some(MoveRefusal::NotActive));
    client.release_number(&owner, &number).await.unwrap();
    assert_eq!(reason(&client, &target).await, None, "no such number");
}

#[tokio::test]
async fn after_a_lost_reply_it_is_told_where_the_number_is() {
    for (fault, has_moved) in [
        (Fault::ResetAfter, true),
        (Fault::TimeoutAfter, true),
        (Fault::Truncated, true),
        (Fault::MissingFields { field: None }, true),
        (Fault::ResetBefore, false),
        (Fault::TimeoutBefore, false),
    ] {
        let practice = practice_with(2).await;
        let client = hasty_client(&practice);
        let (owner, number, target) = owner_number_target(&practice);
        practice
            .faults()
            .inject(Rule::new(fault.clone()).on("POST", "/**").next(1));
        let error = client
            .move_number(&owner, &number, &target)
            .await
            .unwrap_err();
        assert_eq!(error.created(), Created::Unknown, "{fault:?}");
        assert_eq!(posts(&practice).len(), 1, "{fault:?}");
        let places = (
            client.has_number(&owner, &number).await.unwrap(),
            client.has_number(&target, &number).await.unwrap(),
        );
        assert_eq!(places, (!has_moved, has_moved), "{fault:?}");
    }
}

#[tokio::test]
async fn a_released_number_is_gone_and_releasing_it_again_is_the_same() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let (owner, number, _) = owner_number_target(&practice);
    client.release_number(&owner, &number).await.unwrap();
    assert!(!client.has_number(&owner, &number).await.unwrap());
    client.release_number(&owner, &number).await.unwrap();
}

#[tokio::test]
async fn no_such_number_counts_only_where_the_list_agrees() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let (owner, number, _) = owner_number_target(&practice);
    for method in ["GET", "DELETE"] {
        let unknown = Fault::Refusal {
            status: 404,
            code: 20404,
        };
        practice
            .faults()
            .inject(Rule::new(unknown).on(method, "/**/IncomingPhoneNumbers/*"));
    }
    let released = client.release_number(&owner, &number).await;
    assert_eq!(released.unwrap_err().code(), Some(20404));
    assert!(client.has_number(&owner, &number).await.is_err());
    assert_eq!(practice.state().accounts[1].numbers[0].sid, number.as_str());
}

#[tokio::test]
async fn a_number_answered_for_another_account_is_refused() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let (owner, number, target) = owner_number_target(&practice);
    let fault = Fault::OtherAccount { sid: None };
    practice.faults().inject(Rule::new(fault));
    let error = client.numbers(&owner).await.unwrap_err();
    assert!(matches!(error, Error::WrongAccount { .. }), "{error:?}");
    let error = client.number(&owner, &number).await.unwrap_err();
    assert_eq!(error.code(), Some(20404));
    practice.faults().clear();
    let fault = Fault::OtherAccount {
        sid: Some(owner.to_string()),
    };
    practice.faults().inject(Rule::new(fault));
    let error = client.number(&target, &number).await.unwrap_err();
    assert!(matches!(error, Error::WrongAccount { .. }), "{error:?}");
}

#[tokio::test]
async fn what_the_numbers_cost_last_month_is_read() {
    let settings = Settings {
        subaccounts: 1,
        now: Some("2026-06-24T12:00:00Z".parse::<Timestamp>().unwrap()),
        ..Settings::default()
    };
    let practice = Practice::start(settings).await.unwrap();
    let client = parent_client(&practice);
    let sub = practice.state().accounts[1].clone();
    let sid: AccountSid = sub.sid.parse().unwrap();
    let cost = client.numbers_spend_last_month(&sid).await.unwrap();
    let cost = cost.unwrap().money;
    let count = i64::try_from(sub.numbers.len()).unwrap();
    let expected = terms::Money::parse(
        &format!("{}.{:02}", count * 115 / 100, count * 115 % 100),
        "USD",
    );
    assert_eq!(cost, expected.unwrap());
}
