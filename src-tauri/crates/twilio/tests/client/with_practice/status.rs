//! Suspending, reactivating and closing, and why Twilio does not.

use super::{hasty_client, parent_client, parent_sid, practice_with};
use practice::{Fault, Rule};
use terms::{AccountSid, AccountStatus};
use twilio::{Client, Created, NewStatus, StatusRefusal};

async fn reason(client: &Client, sid: &AccountSid, status: NewStatus) -> Option<StatusRefusal> {
    let error = client.set_account_status(sid, status).await.unwrap_err();
    assert_eq!(error.created(), Created::No);
    error.refusal().unwrap().of_a_status()
}

#[tokio::test]
async fn the_reasons_of_a_refused_status_are_told_apart() {
    let practice = practice_with(0).await;
    let client = parent_client(&practice);
    let parent = parent_sid(&practice);
    let held = client.create_account("Held").await.unwrap().sid;
    let closed = client.create_account("Gone").await.unwrap().sid;
    let other = client.create_account("Other").await.unwrap().sid;
    client
        .set_account_status(&closed, NewStatus::Closed)
        .await
        .unwrap();
    practice.suspend_by_twilio(held.as_str());
    for status in [NewStatus::Suspended, NewStatus::Closed] {
        assert_eq!(
            reason(&client, &parent, status).await,
            Some(StatusRefusal::IsParent)
        );
    }
    assert_eq!(
        reason(&client, &held, NewStatus::Active).await,
        Some(StatusRefusal::SuspendedByTwilio)
    );
    assert_eq!(
        reason(&client, &closed, NewStatus::Active).await,
        Some(StatusRefusal::Closed)
    );
    practice.suspend_by_twilio(parent.as_str());
    assert_eq!(
        reason(&client, &other, NewStatus::Active).await,
        Some(StatusRefusal::ParentSuspended)
    );
}

#[tokio::test]
async fn the_request_of_a_change_is_known_until_the_next_one_is_asked_for() {
    let practice = practice_with(1).await;
    let shared = parent_client(&practice);
    let client = shared.for_one_operation();
    assert_eq!(client.request_id_of_last_change(), None);
    let sid = client.create_account("New").await.unwrap().sid;
    let asked = practice.requests().pop().expect("it was asked");
    assert_eq!(client.request_id_of_last_change(), Some(asked.request_id));
    let created = client.request_id_of_last_change();
    client.account(&sid).await.unwrap();
    assert_eq!(client.request_id_of_last_change(), created, "after a read");
    let renaming = format!("/2010-04-01/Accounts/{sid}.json");
    practice
        .faults()
        .inject(Rule::new(Fault::TimeoutAfter).on("POST", &renaming).next(1));
    let client = hasty_client(&practice).for_one_operation();
    let lost = client.rename_account(&sid, "Newer").await;
    lost.expect_err("the answer was lost");
    assert_eq!(client.request_id_of_last_change(), None, "of a lost answer");
    assert_eq!(shared.request_id_of_last_change(), None, "of another one");
}

#[tokio::test]
async fn an_account_that_twilio_suspended_can_still_be_closed() {
    let practice = practice_with(0).await;
    let client = parent_client(&practice);
    let held = client.create_account("Held").await.unwrap().sid;
    practice.suspend_by_twilio(held.as_str());
    let closed = client.set_account_status(&held, NewStatus::Closed).await;
    assert_eq!(closed.unwrap().status, AccountStatus::Closed);
}

#[tokio::test]
async fn a_suspended_account_keeps_its_numbers_and_a_closed_one_is_read_without_any() {
    let practice = practice_with(1).await;
    let client = parent_client(&practice);
    let sub = practice.state().accounts[1].clone();
    let sid: AccountSid = sub.sid.parse().unwrap();
    let count = async || client.numbers(&sid).await.unwrap().rows.len();
    client
        .set_account_status(&sid, NewStatus::Suspended)
        .await
        .unwrap();
    assert_eq!(count().await, sub.numbers.len());
    client
        .set_account_status(&sid, NewStatus::Closed)
        .await
        .unwrap();
    assert_eq!(count().await, 0);
    let number = sub.numbers[0].sid.parse().unwrap();
    assert!(!client.has_number(&sid, &number).await.unwrap());
    let read = client.account(&sid).await.unwrap();
    assert_eq!(read.status, AccountStatus::Closed);
    assert_eq!(read.friendly_name, sub.friendly_name);
    let listed = client.accounts().await.unwrap().rows;
    assert!(listed.contains(&read));
    assert_eq!(client.keys(&sid).await.unwrap().rows.len(), sub.keys.len());
}

#[tokio::test]
async fn after_a_lost_reply_the_account_tells_its_status_and_asking_again_is_harmless() {
    for (fault, status) in [
        (Fault::ResetAfter, AccountStatus::Suspended),
        (Fault::ResetBefore, AccountStatus::Active),
    ] {
        let practice = practice_with(1).await;
        let client = hasty_client(&practice);
        let sid = super::active_child(&practice);
        practice
            .faults()
            .inject(Rule::new(fault.clone()).on("POST", "/**").next(1));
        let lost = client.set_account_status(&sid, NewStatus::Suspended).await;
        assert_eq!(lost.unwrap_err().created(), Created::Unknown, "{fault:?}");
        assert_eq!(client.account(&sid).await.unwrap().status, status);
        let again = client.set_account_status(&sid, NewStatus::Suspended).await;
        assert_eq!(again.unwrap().status, AccountStatus::Suspended);
    }
}
