//! When accounts were last in use.

use super::{parent_client, practice_with};
use jiff::{SignedDuration, Timestamp};
use practice::{Practice, Settings, Status};
use terms::AccountSid;
use twilio::NewStatus;

#[tokio::test]
async fn the_last_message_and_call_of_an_account_are_read_with_two_requests() {
    let now: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
    let settings = Settings {
        subaccounts: 150,
        now: Some(now),
        ..Settings::default()
    };
    let practice = Practice::start(settings).await.unwrap();
    let client = parent_client(&practice);
    let (mut recent, mut old, mut none) = (0, 0, 0);
    for account in practice.subaccounts() {
        let sid: AccountSid = account.account_sid.parse().unwrap();
        practice.forget_requests();
        let last = client.last_traffic(&sid).await.unwrap();
        assert_eq!(practice.requests().len(), 2);
        if account.status != Status::Active {
            continue;
        }
        let Some(last) = last else {
            none += 1;
            continue;
        };
        let message = last.message.unwrap();
        assert!(["delivered", "undelivered"].contains(&message.status.as_str()));
        assert!(
            last.call
                .is_none_or(|call| call.status == "completed" && call.at <= now)
        );
        match now.duration_since(message.at) {
            ago if ago.is_negative() => panic!("{message:?} is to come"),
            ago if ago < SignedDuration::from_hours(14 * 24) => recent += 1,
            _ => old += 1,
        }
    }
    assert!(recent > 100 && old > 2 && none > 2, "{recent} {old} {none}");
}

#[tokio::test]
async fn a_new_account_has_sent_nothing_and_a_suspended_one_still_tells_what_it_sent() {
    let practice = practice_with(1).await;
    let client = parent_client(&practice);
    let made = client.create_account("Acme").await.unwrap().sid;
    assert_eq!(client.last_traffic(&made).await.unwrap(), None);
    let sub = super::active_child(&practice);
    let before = client.last_traffic(&sub).await.unwrap().unwrap();
    client
        .set_account_status(&sub, NewStatus::Suspended)
        .await
        .unwrap();
    practice.advance_clock(SignedDuration::from_hours(72));
    let after = client.last_traffic(&sub).await.unwrap().unwrap();
    assert!(after.message.unwrap().at <= before.message.unwrap().at);
}
