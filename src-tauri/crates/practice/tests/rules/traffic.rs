//! Texts and calls.

use std::collections::HashSet;

use jiff::Timestamp;
use practice::{Practice, Status};
use serde_json::Value;

use crate::caller::{Caller, path, practice, subaccount};

async fn list(caller: &Caller, account: &str, name: &str) -> Vec<Value> {
    let answer = caller
        .get(&format!("{}?PageSize=1000", path(account, name)))
        .await;
    answer.list(&name.to_lowercase())
}

async fn counted(caller: &Caller, account: &str, category: &str) -> Value {
    let records = caller
        .get(&format!(
            "{}?Category={category}&StartDate=-13days",
            path(account, "Usage/Records")
        ))
        .await;
    records.list("usage_records").remove(0)
}

fn time(row: &Value, field: &str) -> Timestamp {
    let text = row[field].as_str().expect("a time");
    jiff::fmt::rfc2822::parse(text)
        .expect("a time in Twilio's form")
        .timestamp()
}

/// The newest text and call of an account, in days ago.
async fn last(practice: &Practice, account: &str) -> (Option<i64>, Option<i64>) {
    let parent = Caller::parent(practice);
    let now: Timestamp = "2026-11-23T15:00:00Z".parse().expect("a time");
    let newest = async |name: &str, field: &str| {
        let rows = list(&parent, account, name).await;
        rows.first()
            .map(|row| (now.as_second() - time(row, field).as_second()) / 86_400)
    };
    (
        newest("Messages", "date_sent").await,
        newest("Calls", "start_time").await,
    )
}

#[tokio::test]
async fn texts_are_as_many_as_usage_counts_and_cost_negative_amounts() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let messages = list(&parent, &sub, "Messages").await;
    for (direction, category, price) in [
        ("outbound-api", "sms-outbound", "-0.00790"),
        ("inbound", "sms-inbound", "-0.00750"),
    ] {
        let those: Vec<_> = messages
            .iter()
            .filter(|message| message["direction"] == direction)
            .collect();
        let counted = counted(&parent, &sub, category).await;
        assert_eq!(counted["count"], those.len().to_string());
        assert!(!those.is_empty() && those.iter().all(|message| message["price"] == price));
    }
    let sids: HashSet<_> = messages
        .iter()
        .map(|message| message["sid"].to_string())
        .collect();
    assert_eq!(sids.len(), messages.len());
}

#[tokio::test]
async fn calls_are_as_many_and_as_long_as_usage_counts() {
    let practice = practice(3).await;
    let parent = Caller::parent(&practice);
    let mut all = 0;
    for sub in practice.subaccounts() {
        let calls = list(&parent, &sub.account_sid, "Calls").await;
        let counted = counted(&parent, &sub.account_sid, "calls-outbound").await;
        assert_eq!(counted["count"], calls.len().to_string());
        let minutes: i64 = calls
            .iter()
            .map(|call| {
                let seconds: i64 = call["duration"]
                    .as_str()
                    .expect("a text")
                    .parse()
                    .expect("seconds");
                (seconds + 59) / 60
            })
            .sum();
        assert_eq!(counted["usage"], minutes.to_string());
        all += calls.len();
    }
    assert!(all > 0);
}

#[tokio::test]
async fn both_lists_begin_with_the_newest_and_have_nothing_that_is_to_come() {
    let practice = practice(6).await;
    let parent = Caller::parent(&practice);
    let now: Timestamp = "2026-11-23T01:10:00Z".parse().expect("a time");
    practice.set_clock(now);
    for sub in practice.subaccounts() {
        for (name, field) in [("Messages", "date_sent"), ("Calls", "start_time")] {
            let rows = list(&parent, &sub.account_sid, name).await;
            let times: Vec<_> = rows.iter().map(|row| time(row, field)).collect();
            assert!(times.is_sorted_by(|one, next| one >= next), "{name}");
            assert!(times.iter().all(|time| *time <= now), "{name}");
        }
    }
}

#[tokio::test]
async fn a_text_keeps_its_identifier_from_day_to_day() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let before = list(&parent, &sub, "Messages").await;
    practice.advance_clock("PT24h".parse().expect("a day"));
    let after = list(&parent, &sub, "Messages").await;
    assert!(after.contains(&before[0]));
}

#[tokio::test]
async fn some_active_subaccounts_are_in_use_some_fell_silent_and_some_never_began() {
    let practice = practice(150).await;
    let (mut in_use, mut silent, mut never) = (0, 0, 0);
    for sub in practice.subaccounts() {
        let (text, call) = last(&practice, &sub.account_sid).await;
        if sub.status != Status::Active {
            continue;
        }
        match text.into_iter().chain(call).min() {
            Some(..14) => in_use += 1,
            Some(days) => {
                assert!(days < 400);
                silent += 1;
            }
            None => never += 1,
        }
    }
    assert!(
        in_use > 100 && silent > 2 && never > 2,
        "{in_use} {silent} {never}"
    );
}

#[tokio::test]
async fn the_first_subaccounts_are_in_use_and_a_new_one_is_not() {
    let practice = practice(12).await;
    for sub in practice.subaccounts() {
        if sub.status == Status::Active {
            assert!(matches!(
                last(&practice, &sub.account_sid).await.0,
                Some(..14)
            ));
        }
    }
    let (made, _) = subaccount(&Caller::parent(&practice), "Acme").await;
    assert_eq!(last(&practice, &made).await, (None, None));
}

#[tokio::test]
async fn a_suspended_subaccount_keeps_its_texts_and_gets_no_new_ones() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let newest = list(&parent, &sub, "Messages").await.remove(0);
    parent
        .post(&path(&sub, ""), &[("Status", "suspended")])
        .await;
    for day in ["PT24h", "PT720h"] {
        practice.advance_clock(day.parse().expect("days"));
        let texts = list(&parent, &sub, "Messages").await;
        let newest = time(&newest, "date_sent");
        assert!(!texts.is_empty() && time(&texts[0], "date_sent") <= newest);
    }
    practice.advance_clock("PT9600h".parse().expect("400 days"));
    assert!(list(&parent, &sub, "Messages").await.is_empty());
}

#[tokio::test]
async fn both_lists_are_filtered_by_whom_they_are_from_and_to() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    for name in ["Messages", "Calls"] {
        let rows = list(&parent, &sub, name).await;
        let first = &rows[0];
        for (filter, field) in [("To", "to"), ("From", "from")] {
            let value = first[field].as_str().expect("a number").replace('+', "%2B");
            let filtered = parent
                .get(&format!(
                    "{}?PageSize=1000&{filter}={value}",
                    path(&sub, name)
                ))
                .await
                .list(&name.to_lowercase());
            let expected: Vec<_> = rows
                .iter()
                .filter(|row| row[field] == first[field])
                .cloned()
                .collect();
            assert_eq!(filtered, expected, "{name} {filter}");
        }
    }
    let failed = parent
        .get(&format!("{}?Status=failed", path(&sub, "Calls")))
        .await;
    assert!(failed.list("calls").is_empty());
}
