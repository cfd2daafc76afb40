//! Subaccounts: making, naming, status, limits.

use practice::Settings;
use proptest::prelude::*;

use crate::caller::{ACCOUNTS, Caller, path, practice, start, subaccount};

#[tokio::test]
async fn a_new_subaccount_is_active_owned_by_the_parent_and_listed() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let made = parent
        .post(ACCOUNTS, &[("FriendlyName", "Acme Cold Storage")])
        .await;
    assert_eq!(made.status, 201);
    assert_eq!(made.text_of("status"), "active");
    assert_eq!(made.text_of("type"), "Full");
    assert_eq!(
        made.text_of("owner_account_sid"),
        practice.parent().account_sid
    );
    assert_eq!(
        made.text_of("date_created"),
        "Mon, 23 Nov 2026 15:00:00 +0000"
    );
    let listed = parent.get(ACCOUNTS).await.list("accounts");
    let sids: Vec<_> = listed
        .iter()
        .map(|account| account["sid"].clone())
        .collect();
    assert_eq!(
        sids,
        [
            made.body["sid"].clone(),
            practice.parent().account_sid.into()
        ],
        "newest first, the parent among them"
    );
}

#[tokio::test]
async fn a_subaccount_without_a_name_is_named_after_the_time() {
    let practice = practice(0).await;
    let made = Caller::parent(&practice).post(ACCOUNTS, &[]).await;
    assert_eq!(
        made.text_of("friendly_name"),
        "SubAccount Created at 2026-11-23 03:00 pm"
    );
}

#[tokio::test]
async fn names_have_up_to_64_characters_of_any_script_and_need_not_be_unique() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    for character in ["x", "é", "ش", "🧊"] {
        let fits = character.repeat(64);
        for _ in 0..2 {
            assert_eq!(
                parent
                    .post(ACCOUNTS, &[("FriendlyName", &fits)])
                    .await
                    .text_of("friendly_name"),
                fits
            );
        }
        let too_long = character.repeat(65);
        assert_eq!(
            parent
                .post(ACCOUNTS, &[("FriendlyName", &too_long)])
                .await
                .refusal(),
            (400, 20002)
        );
    }
    assert_eq!(
        parent
            .post(ACCOUNTS, &[("FriendlyName", "two\nlines")])
            .await
            .refusal(),
        (400, 20002)
    );
    assert_eq!(
        practice.state().subaccounts,
        8,
        "a refused name makes no subaccount"
    );
}

#[tokio::test]
async fn lists_are_filtered_by_exact_name_and_by_status() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (first, _) = subaccount(&parent, "O'Brien & Sons").await;
    let (second, _) = subaccount(&parent, "O'Brien & Sons").await;
    subaccount(&parent, "O'Brien & Sons Ltd").await;
    parent
        .post(&path(&first, ""), &[("Status", "suspended")])
        .await;

    let named = parent
        .get("/2010-04-01/Accounts.json?FriendlyName=O%27Brien+%26+Sons")
        .await
        .list("accounts");
    assert_eq!(named.len(), 2);
    let both = parent
        .get("/2010-04-01/Accounts.json?FriendlyName=O%27Brien+%26+Sons&Status=active")
        .await
        .list("accounts");
    assert_eq!(
        both.iter()
            .map(|account| &account["sid"])
            .collect::<Vec<_>>(),
        [&second]
    );
    let lower = parent
        .get("/2010-04-01/Accounts.json?FriendlyName=o%27brien+%26+sons")
        .await
        .list("accounts");
    assert!(lower.is_empty());
}

#[tokio::test]
async fn a_rename_keeps_the_sid_and_moves_the_date_of_change() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sid, _) = subaccount(&parent, "Acme").await;
    practice.advance_clock("PT1h".parse().expect("an hour"));
    let renamed = parent
        .post(&path(&sid, ""), &[("FriendlyName", "Acme Foods")])
        .await;
    assert_eq!(renamed.text_of("sid"), sid);
    assert_eq!(renamed.text_of("friendly_name"), "Acme Foods");
    assert_eq!(
        renamed.text_of("date_updated"),
        "Mon, 23 Nov 2026 16:00:00 +0000"
    );
    assert_eq!(
        renamed.text_of("date_created"),
        "Mon, 23 Nov 2026 15:00:00 +0000"
    );
}

#[tokio::test]
async fn every_refused_change_of_status_has_its_own_code() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    let (sid, _) = subaccount(&parent, "Acme").await;
    let (by_twilio, _) = subaccount(&parent, "Held").await;
    let (closed, _) = subaccount(&parent, "Gone").await;
    parent
        .post(&path(&closed, ""), &[("Status", "closed")])
        .await;
    practice.suspend_by_twilio(&by_twilio);

    let set = async |sid: &str, status: &str| {
        parent
            .post(&path(sid, ""), &[("Status", status)])
            .await
            .refusal()
    };
    assert_eq!(set(&sid, "paused").await, (400, 21475));
    assert_eq!(
        set(&sid, "Active").await,
        (400, 21475),
        "words are case-sensitive"
    );
    assert_eq!(set(&own, "suspended").await, (400, 21477));
    assert_eq!(set(&by_twilio, "active").await, (400, 21478));
    assert_eq!(set(&closed, "active").await, (400, 21479));
    assert_eq!(set(&closed, "suspended").await, (400, 21479));

    practice.suspend_by_twilio(&own);
    assert_eq!(set(&sid, "active").await, (400, 21476));
    assert_eq!(parent.get(ACCOUNTS).await.refusal(), (401, 20005));
}

#[tokio::test]
async fn repeating_a_change_of_status_is_harmless() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sid, _) = subaccount(&parent, "Acme").await;
    for status in [
        "suspended",
        "suspended",
        "active",
        "active",
        "closed",
        "closed",
    ] {
        assert_eq!(
            parent
                .post(&path(&sid, ""), &[("Status", status)])
                .await
                .text_of("status"),
            status
        );
    }
}

#[tokio::test]
async fn a_refused_change_changes_nothing_at_all() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sid, _) = subaccount(&parent, "Acme").await;
    let refused = parent
        .post(
            &path(&sid, ""),
            &[("FriendlyName", "Acme Foods"), ("Status", "paused")],
        )
        .await;
    assert_eq!(refused.code(), 21475);
    assert_eq!(
        parent.get(&path(&sid, "")).await.text_of("friendly_name"),
        "Acme"
    );
}

#[tokio::test]
async fn closing_releases_the_numbers() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sid = practice.subaccounts().remove(0).account_sid;
    let numbers = async || {
        parent
            .get(&path(&sid, "IncomingPhoneNumbers"))
            .await
            .list("incoming_phone_numbers")
            .len()
    };
    assert!(numbers().await > 0);
    parent
        .post(&path(&sid, ""), &[("Status", "suspended")])
        .await;
    assert!(numbers().await > 0);
    parent.post(&path(&sid, ""), &[("Status", "closed")]).await;
    assert_eq!(numbers().await, 0);
}

#[tokio::test]
async fn a_thousand_subaccounts_are_the_limit_and_closed_ones_do_not_count() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let mut last = String::new();
    for number in 0..1_000 {
        last = subaccount(&parent, &format!("Customer {number}")).await.0;
    }
    assert_eq!(parent.post(ACCOUNTS, &[]).await.refusal(), (400, 21480));
    parent
        .post(&path(&last, ""), &[("Status", "suspended")])
        .await;
    assert_eq!(parent.post(ACCOUNTS, &[]).await.refusal(), (400, 21480));
    parent.post(&path(&last, ""), &[("Status", "closed")]).await;
    assert_eq!(parent.post(ACCOUNTS, &[]).await.status, 201);
}

#[tokio::test]
async fn a_trial_parent_may_have_one_subaccount() {
    let practice = start(Settings {
        trial: true,
        subaccounts: 0,
        ..Settings::default()
    })
    .await;
    let parent = Caller::parent(&practice);
    assert_eq!(
        parent
            .get(&path(&practice.parent().account_sid, ""))
            .await
            .text_of("type"),
        "Trial"
    );
    subaccount(&parent, "The only one").await;
    assert_eq!(parent.post(ACCOUNTS, &[]).await.refusal(), (400, 21480));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn any_name_is_kept_to_the_letter_or_refused(name in "\\PC{0,70}|[\\x00-\\x1f<>&='\"%+;]{1,8}|[ش🧊é ]{1,66}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let practice = practice(0).await;
            let answer = Caller::parent(&practice).post(ACCOUNTS, &[("FriendlyName", &name)]).await;
            let good = name.chars().count() <= 64 && !name.chars().any(char::is_control);
            if name.is_empty() {
                assert!(answer.text_of("friendly_name").starts_with("SubAccount Created at "));
            } else if good {
                assert_eq!(answer.text_of("friendly_name"), name);
            } else {
                assert_eq!(answer.refusal(), (400, 20002));
            }
            assert_eq!(practice.state().subaccounts, usize::from(answer.status == 201));
        });
    }
}
