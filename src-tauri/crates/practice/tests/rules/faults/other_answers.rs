//! Answers that are whole, and say something else than what is: older, of another account, or without end.

use std::time::Duration;

use practice::{Fault, Rule};

use super::FORM;
use crate::caller::{ACCOUNTS, Caller, path, practice, subaccount};

#[tokio::test]
async fn what_was_just_made_is_not_known_until_the_server_has_caught_up() {
    let practice = practice(0).await;
    let caught_up = Duration::from_secs(2);
    practice.catch_up_within(caught_up);
    let parent = Caller::parent(&practice);
    let (account, token) = subaccount(&parent, "Acme").await;
    let account_path = path(&account, "");
    assert_eq!(
        parent.post(&account_path, &FORM).await.refusal(),
        (404, 20404)
    );
    let own = Caller::new(&practice, &account, &token);
    assert_eq!(own.get(&account_path).await.refusal(), (401, 20003));
    assert_eq!(parent.get(ACCOUNTS).await.list("accounts").len(), 2);
    tokio::time::sleep(caught_up).await;
    assert_eq!(parent.post(&account_path, &FORM).await.status, 200);
}

#[tokio::test]
async fn endless_pages_go_on_for_both_hosts() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    practice.faults().inject(Rule::new(Fault::EndlessPages));
    let mut uri = ACCOUNTS.to_owned();
    for page in 0..20 {
        let answer = parent.get(&uri).await;
        assert_eq!(
            (answer.status, answer.body["page"].as_u64()),
            (200, Some(page))
        );
        uri = answer.text_of("next_page_uri");
    }
    let mut url = format!("/v1/Keys?AccountSid={own}");
    for page in 0..20 {
        let answer = parent.get(&url).await;
        assert_eq!(
            (answer.status, answer.body["meta"]["page"].as_u64()),
            (200, Some(page))
        );
        url = answer.body["meta"]["next_page_url"]
            .as_str()
            .expect("a link")
            .to_owned();
        assert!(url.starts_with(&practice.base_url()));
    }
}

#[tokio::test]
async fn another_accounts_answer_is_whole_and_belongs_to_someone_else() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (acme, token) = subaccount(&parent, "Acme").await;
    let (other, _) = subaccount(&parent, "Other").await;
    practice
        .faults()
        .inject(Rule::new(Fault::OtherAccount { sid: None }));
    assert_eq!(parent.get(&path(&acme, "")).await.text_of("sid"), other);
    let made = parent
        .post(&path(&acme, "Keys"), &FORM)
        .await
        .text_of("sid");
    let state = practice.state();
    assert_eq!(
        state.key(&made).expect("the key").0.sid,
        other,
        "the key was made for the other account"
    );

    let rotated = Caller::new(&practice, &acme, &token)
        .post("/v1/AuthTokens/Secondary", &[])
        .await;
    assert_eq!(rotated.text_of("account_sid"), other);
}

#[tokio::test]
async fn a_stale_list_is_the_one_from_before_the_last_change() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (first, _) = subaccount(&parent, "First").await;
    subaccount(&parent, "Second").await;
    practice
        .faults()
        .inject(Rule::new(Fault::Stale).on("GET", "**").next(2));
    let stale = parent.get(ACCOUNTS).await.list("accounts");
    assert_eq!(
        stale
            .iter()
            .map(|account| &account["friendly_name"])
            .collect::<Vec<_>>(),
        ["First", "Northwind Monitoring"]
    );

    let key = parent.post(&path(&first, "Keys"), &[]).await.text_of("sid");
    assert!(
        parent
            .get(&path(&first, "Keys"))
            .await
            .list("keys")
            .is_empty()
    );
    assert_eq!(
        parent.get(&path(&first, "Keys")).await.list("keys")[0]["sid"],
        key.as_str()
    );
}
