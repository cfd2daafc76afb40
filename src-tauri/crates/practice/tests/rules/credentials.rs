//! Which credential may do what: the table of `twilio-api.md`, row by row.

use crate::caller::{ACCOUNTS, Answer, Caller, path, practice};

/// The columns of the table.
const COLUMNS: [&str; 7] = [
    "parent Auth Token",
    "parent Main key",
    "parent Standard key",
    "parent Restricted key",
    "subaccount Auth Token",
    "subaccount Main key",
    "test credentials",
];

#[tokio::test]
async fn every_credential_may_do_what_the_table_says_and_nothing_else() {
    let practice = practice(2).await;
    let parent = practice.parent();
    let sub = &practice.subaccounts()[0];
    let sub_main = sub
        .main_key
        .clone()
        .expect("the first subaccount has a Main key");
    let callers = [
        Caller::parent(&practice),
        Caller::with_key(&practice, &parent.main_key),
        Caller::with_key(&practice, &parent.standard_key),
        Caller::with_key(&practice, &parent.restricted_key),
        Caller::new(&practice, &sub.account_sid, &sub.auth_token),
        Caller::with_key(&practice, &sub_main),
        Caller::with_key(&practice, &parent.test_credentials),
    ];
    let (p, s) = (parent.account_sid.as_str(), sub.account_sid.as_str());
    let other = practice.subaccounts()[1].account_sid.clone();

    // Method, path, form, and for each column the status with, after an error, its code.
    let post = |path: String, form: &'static [(&'static str, &'static str)]| ("POST", path, form);
    let get = |path: String| ("GET", path, [].as_slice());
    let table = [
        (
            get(ACCOUNTS.into()),
            [
                "200",
                "200",
                "401/20003",
                "401/70051",
                "200",
                "401/20003",
                "403/20008",
            ],
        ),
        (
            post(ACCOUNTS.into(), &[("FriendlyName", "New")]),
            [
                "201",
                "201",
                "401/20003",
                "401/70051",
                "400/21101",
                "401/20003",
                "403/20008",
            ],
        ),
        (
            get(path(p, "")),
            [
                "200",
                "200",
                "401/20003",
                "401/70051",
                "404/20404",
                "404/20404",
                "403/20008",
            ],
        ),
        (
            get(path(s, "")),
            [
                "200",
                "404/20404",
                "401/20003",
                "401/20003",
                "200",
                "200",
                "403/20008",
            ],
        ),
        (
            get(path(&other, "")),
            [
                "200",
                "404/20404",
                "401/20003",
                "401/20003",
                "404/20404",
                "404/20404",
                "403/20008",
            ],
        ),
        (
            post(path(s, ""), &[("FriendlyName", "Renamed")]),
            [
                "200",
                "404/20404",
                "401/20003",
                "401/20003",
                "403/20006",
                "401/20003",
                "403/20008",
            ],
        ),
        (
            get(path(s, "Keys")),
            [
                "200",
                "401/20003",
                "401/20003",
                "401/20003",
                "200",
                "200",
                "403/20008",
            ],
        ),
        (
            post(path(s, "Keys"), &[("FriendlyName", "Key")]),
            [
                "201",
                "401/20003",
                "401/20003",
                "401/20003",
                "201",
                "201",
                "403/20008",
            ],
        ),
        (
            get(path(p, "Keys")),
            [
                "200",
                "200",
                "401/20003",
                "401/70051",
                "404/20404",
                "401/20003",
                "403/20008",
            ],
        ),
        (
            get(path(s, "Usage/Records")),
            [
                "200",
                "401/20003",
                "401/20003",
                "401/20003",
                "200",
                "200",
                "403/20008",
            ],
        ),
        (
            get(path(p, "Usage/Records")),
            [
                "200",
                "200",
                "200",
                "401/70051",
                "404/20404",
                "401/20003",
                "403/20008",
            ],
        ),
        (
            get(path(s, "IncomingPhoneNumbers")),
            [
                "200",
                "401/20003",
                "401/20003",
                "401/20003",
                "200",
                "200",
                "403/20008",
            ],
        ),
        (
            get(path(p, "IncomingPhoneNumbers")),
            [
                "200",
                "200",
                "200",
                "401/70051",
                "404/20404",
                "401/20003",
                "403/20008",
            ],
        ),
        (
            get(path(s, "Messages")),
            [
                "200",
                "401/20003",
                "401/20003",
                "401/20003",
                "200",
                "200",
                "403/20008",
            ],
        ),
        (
            get(path(p, "Balance")),
            [
                "200",
                "200",
                "200",
                "401/70051",
                "404/20404",
                "401/20003",
                "403/20008",
            ],
        ),
        (
            get(path(s, "Balance")),
            [
                "404/20404",
                "401/20003",
                "401/20003",
                "401/20003",
                "404/20404",
                "404/20404",
                "403/20008",
            ],
        ),
        (
            get(format!("/v1/Keys?AccountSid={s}")),
            [
                "403/20006",
                "403/20006",
                "401/20003",
                "401/70051",
                "200",
                "200",
                "403/20008",
            ],
        ),
        (
            get(format!("/v1/Keys?AccountSid={p}")),
            [
                "200",
                "200",
                "401/20003",
                "401/70051",
                "403/20006",
                "403/20006",
                "403/20008",
            ],
        ),
        (
            post("/v1/AuthTokens/Secondary".into(), &[]),
            [
                "201",
                "401/20003",
                "401/20003",
                "401/70051",
                "201",
                "401/20003",
                "403/20008",
            ],
        ),
    ];
    for ((method, path, form), expected) in table {
        for ((caller, column), expected) in callers.iter().zip(COLUMNS).zip(expected) {
            let answer = if method == "GET" {
                caller.get(&path).await
            } else {
                caller.post(&path, form).await
            };
            assert_eq!(
                outcome(&answer),
                expected,
                "{method} {path} by the {column}: {}",
                answer.text
            );
        }
    }
}

fn outcome(answer: &Answer) -> String {
    if answer.status < 400 {
        answer.status.to_string()
    } else {
        format!("{}/{}", answer.status, answer.code())
    }
}

#[tokio::test]
async fn a_subaccount_lists_only_itself() {
    let practice = practice(3).await;
    let (sid, token) = practice.subaccount_token().expect("an active subaccount");
    let listed = Caller::new(&practice, &sid, &token)
        .get(ACCOUNTS)
        .await
        .list("accounts");
    assert_eq!(
        listed
            .iter()
            .map(|account| &account["sid"])
            .collect::<Vec<_>>(),
        [&sid]
    );
}

#[tokio::test]
async fn a_standard_key_works_in_its_own_account_on_all_but_accounts_and_keys() {
    let practice = practice(4).await;
    let sub = practice
        .subaccounts()
        .into_iter()
        .find(|sub| sub.standard_key.is_some())
        .expect("a Standard key");
    let caller = Caller::with_key(&practice, &sub.standard_key.expect("a Standard key"));
    assert_eq!(
        caller.get(&path(&sub.account_sid, "Messages")).await.status,
        200
    );
    assert_eq!(
        caller.get(&path(&sub.account_sid, "")).await.refusal(),
        (401, 20003)
    );
    assert_eq!(
        caller.get(&path(&sub.account_sid, "Keys")).await.refusal(),
        (401, 20003)
    );
}

#[tokio::test]
async fn the_auth_token_is_in_account_bodies_for_token_callers_and_empty_for_keys() {
    let practice = practice(2).await;
    let parent = practice.parent();
    let by_token = Caller::parent(&practice)
        .get(ACCOUNTS)
        .await
        .list("accounts");
    let by_key = Caller::with_key(&practice, &parent.main_key)
        .get(ACCOUNTS)
        .await
        .list("accounts");
    assert_eq!(by_token.len(), 3);
    assert!(by_token.iter().all(|account| {
        account["auth_token"]
            .as_str()
            .is_some_and(|token| token.len() == 32)
    }));
    assert!(by_key.iter().all(|account| account["auth_token"] == ""));
}

#[tokio::test]
async fn a_wrong_token_and_no_sign_in_are_both_answered_20003() {
    let practice = practice(1).await;
    let parent = practice.parent();
    let wrong = Caller::new(
        &practice,
        &parent.account_sid,
        "0123456789abcdef0123456789abcdef",
    )
    .get(ACCOUNTS)
    .await;
    assert_eq!(wrong.refusal(), (401, 20003));
    assert!(
        wrong.headers["www-authenticate"]
            .to_str()
            .expect("text")
            .starts_with("Basic")
    );
    assert_eq!(
        wrong.body["more_info"],
        "https://www.twilio.com/docs/errors/20003"
    );
    let nobody = reqwest::Client::new()
        .get(format!("{}{ACCOUNTS}", practice.base_url()))
        .send()
        .await
        .expect("an answer");
    assert_eq!(nobody.status(), 401);
}

#[tokio::test]
async fn account_sids_are_compared_without_regard_to_case() {
    let practice = practice(1).await;
    let parent = practice.parent();
    let upper = format!("AC{}", parent.account_sid[2..].to_uppercase());
    let caller = Caller::new(&practice, &upper, &parent.auth_token);
    assert_eq!(
        caller.get(&path(&upper, "")).await.text_of("sid"),
        parent.account_sid
    );
}

#[tokio::test]
async fn a_suspended_subaccount_is_refused_with_its_own_credentials_but_not_with_the_parents() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0);
    let (sid, key) = (sub.account_sid, sub.standard_key.expect("a Standard key"));
    let own_token = Caller::new(&practice, &sid, &sub.auth_token);
    let own_key = Caller::with_key(&practice, &key);

    parent
        .post(&path(&sid, ""), &[("Status", "suspended")])
        .await;
    assert_eq!(
        own_key.get(&path(&sid, "Messages")).await.refusal(),
        (401, 20005)
    );
    assert_eq!(own_token.get(&path(&sid, "")).await.refusal(), (401, 20005));
    assert_eq!(parent.get(&path(&sid, "Keys")).await.status, 200);

    parent.post(&path(&sid, ""), &[("Status", "active")]).await;
    assert_eq!(own_key.get(&path(&sid, "Messages")).await.status, 200);

    parent.post(&path(&sid, ""), &[("Status", "closed")]).await;
    assert_eq!(
        own_key.get(&path(&sid, "Messages")).await.refusal(),
        (401, 20003)
    );
    assert_eq!(
        parent.get(&path(&sid, "")).await.text_of("status"),
        "closed"
    );
}

#[tokio::test]
async fn a_secondary_token_works_beside_the_primary_one_until_it_replaces_it() {
    let practice = practice(1).await;
    let sub = practice.subaccounts().remove(0);
    let own = path(&sub.account_sid, "");
    let primary = Caller::new(&practice, &sub.account_sid, &sub.auth_token);
    assert_eq!(
        primary.post("/v1/AuthTokens/Promote", &[]).await.refusal(),
        (404, 20404)
    );

    let made = primary.post("/v1/AuthTokens/Secondary", &[]).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.text_of("date_created"), "2026-11-23T15:00:00Z");
    let secondary = Caller::new(
        &practice,
        &sub.account_sid,
        &made.text_of("secondary_auth_token"),
    );
    assert_eq!(secondary.get(&own).await.status, 200);
    assert_eq!(primary.get(&own).await.status, 200);

    let promoted = secondary.post("/v1/AuthTokens/Promote", &[]).await;
    assert_eq!(
        promoted.text_of("auth_token"),
        made.text_of("secondary_auth_token")
    );
    assert_eq!(primary.get(&own).await.refusal(), (401, 20003));
    assert_eq!(secondary.get(&own).await.status, 200);

    secondary.post("/v1/AuthTokens/Secondary", &[]).await;
    assert_eq!(
        secondary.delete("/v1/AuthTokens/Secondary").await.status,
        204
    );
    assert_eq!(
        secondary.delete("/v1/AuthTokens/Secondary").await.refusal(),
        (404, 20404)
    );
}
