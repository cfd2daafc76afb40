//! The data a server starts with.

use std::collections::HashSet;

use practice::{KeyKind, Settings, Status};

use crate::caller::{practice, start};

#[tokio::test]
async fn the_usual_seed_is_150_subaccounts_mostly_active_mostly_with_a_key() {
    let practice = start(Settings::default()).await;
    let state = practice.state();
    assert_eq!(
        (state.subaccounts, state.accounts[0].friendly_name.as_str()),
        (150, "Northwind Monitoring")
    );
    let subs = &state.accounts[1..];
    let share = |count: usize| count * 100 / subs.len();
    let with = |status: Status| {
        subs.iter()
            .filter(|account| account.status == status)
            .count()
    };
    assert!((85..98).contains(&share(with(Status::Active))));
    assert!(with(Status::Suspended) > 0 && with(Status::Closed) > 0);
    assert!(
        (70..95).contains(&share(
            subs.iter()
                .filter(|account| !account.keys.is_empty())
                .count()
        ))
    );
    let kinds = |wanted: fn(&KeyKind) -> bool| {
        subs.iter()
            .flat_map(|account| &account.keys)
            .filter(|key| wanted(&key.kind))
            .count()
    };
    assert!(
        kinds(|kind| *kind == KeyKind::Main) > 0
            && kinds(|kind| matches!(kind, KeyKind::Restricted { .. })) > 0
    );
    assert!(
        subs.iter()
            .flat_map(|account| &account.keys)
            .any(|key| key.friendly_name.is_none())
    );
}

#[tokio::test]
async fn the_same_seed_gives_the_same_accounts_and_another_seed_gives_other_sids() {
    let sids = async |seed: u64| {
        let practice = start(Settings {
            seed,
            subaccounts: 20,
            ..Settings::default()
        })
        .await;
        let parent = practice.parent();
        let state = practice.state();
        let made: Vec<_> = state
            .accounts
            .into_iter()
            .map(|account| (account.sid, account.friendly_name, account.created))
            .collect();
        (parent.auth_token, parent.main_key, made)
    };
    let (one, again, other) = (sids(1).await, sids(1).await, sids(2).await);
    assert!(one == again);
    assert!(one.0 != other.0 && one.2[0].0 != other.2[0].0);
}

#[tokio::test]
async fn ten_thousand_subaccounts_have_sids_whose_shortened_forms_differ() {
    let practice = practice(10_000).await;
    let state = practice.state();
    assert_eq!(state.subaccounts, 10_000);
    let shortened: HashSet<_> = state
        .accounts
        .iter()
        .map(|account| (account.sid[..6].to_owned(), account.sid[30..].to_owned()))
        .collect();
    assert_eq!(shortened.len(), 10_001);
    assert!(
        state
            .accounts
            .iter()
            .all(|account| account.sid[6..26].chars().all(|digit| digit == '0')),
        "plainly not real"
    );
    let keys: HashSet<_> = state
        .accounts
        .iter()
        .flat_map(|account| &account.keys)
        .map(|key| key.sid.clone())
        .collect();
    assert_eq!(keys.len(), state.keys);
}

#[tokio::test]
async fn every_subaccount_was_made_before_now_and_after_the_one_before_it() {
    let practice = practice(150).await;
    let state = practice.state();
    let now: jiff::Timestamp = "2026-11-23T15:00:00Z".parse().expect("a time");
    assert!(state.accounts.iter().all(|account| account.created < now));
    assert!(
        state
            .accounts
            .windows(2)
            .all(|pair| pair[0].created < pair[1].created)
    );
}
