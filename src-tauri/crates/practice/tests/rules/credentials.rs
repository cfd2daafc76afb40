//! Which credential may do what: the table of `twilio-api.md`, row by row.

use practice::Settings;

use crate::caller::{ACCOUNTS, Answer, Caller, path, practice, start};

/// P is the parent, S the first subaccount, O another subaccount. In the cells: the status and, of a refusal, the code.
const TABLE: &str = "
request                   |P token   |P main    |P standard|P restrict|S token   |S main    |test
GET  Accounts             |200       |200       |401/20003 |401/70051 |200       |401/20003 |403/20008
POST Accounts             |201       |201       |401/20003 |401/70051 |400/21101 |401/20003 |403/20008
GET  P                    |200       |200       |401/20003 |401/70051 |404/20404 |404/20404 |403/20008
GET  S                    |200       |404/20404 |401/20003 |401/20003 |200       |200       |403/20008
GET  O                    |200       |404/20404 |401/20003 |401/20003 |404/20404 |404/20404 |403/20008
POST S                    |200       |404/20404 |401/20003 |401/20003 |403/20006 |401/20003 |403/20008
GET  P/Keys               |200       |200       |401/20003 |401/70051 |404/20404 |401/20003 |403/20008
GET  S/Keys               |200       |401/20003 |401/20003 |401/20003 |200       |200       |403/20008
POST S/Keys               |201       |401/20003 |401/20003 |401/20003 |201       |201       |403/20008
GET  O/Keys               |200       |401/20003 |401/20003 |401/20003 |404/20404 |401/20003 |403/20008
GET  P/SigningKeys        |200       |200       |401/20003 |401/70051 |404/20404 |401/20003 |403/20008
GET  P/Usage/Records      |200       |200       |200       |401/70051 |404/20404 |401/20003 |403/20008
GET  S/Usage/Records      |200       |401/20003 |401/20003 |401/20003 |200       |200       |403/20008
GET  P/IncomingPhoneNumbers|200      |200       |200       |401/70051 |404/20404 |401/20003 |403/20008
GET  S/IncomingPhoneNumbers|200      |401/20003 |401/20003 |401/20003 |200       |200       |403/20008
GET  P/IncomingPhoneNumbers/N|200    |200       |200       |401/70051 |404/20404 |401/20003 |403/20008
POST P/IncomingPhoneNumbers/N|200    |200       |200       |401/70051 |404/20404 |401/20003 |403/20008
GET  P/Messages           |200       |200       |200       |401/70051 |404/20404 |401/20003 |403/20008
GET  S/Messages           |200       |401/20003 |401/20003 |401/20003 |200       |200       |403/20008
GET  P/Calls              |200       |200       |200       |401/70051 |404/20404 |401/20003 |403/20008
GET  S/Calls              |200       |401/20003 |401/20003 |401/20003 |200       |200       |403/20008
GET  P/Balance            |200       |200       |200       |401/70051 |404/20404 |401/20003 |403/20008
GET  S/Balance            |404/20404 |401/20003 |401/20003 |401/20003 |404/20404 |404/20404 |403/20008
GET  /v1/Keys?AccountSid=P|200       |200       |401/20003 |401/70051 |403/20006 |403/20006 |403/20008
GET  /v1/Keys?AccountSid=S|403/20006 |403/20006 |401/20003 |401/70051 |200       |200       |403/20008
POST /v1/AuthTokens/Secondary|201    |401/20003 |401/20003 |401/70051 |201       |401/20003 |403/20008
";

#[tokio::test]
async fn every_credential_may_do_what_the_table_says_and_nothing_else() {
    let practice = practice(2).await;
    let parent = practice.parent();
    let [first, second] = &practice.subaccounts()[..] else {
        panic!("two subaccounts")
    };
    let main_key = first.main_key.as_ref().expect("the first has a Main key");
    let callers = [
        Caller::parent(&practice),
        Caller::with_key(&practice, &parent.main_key),
        Caller::with_key(&practice, &parent.standard_key),
        Caller::with_key(&practice, &parent.restricted_key),
        Caller::new(&practice, &first.account_sid, &first.auth_token),
        Caller::with_key(&practice, main_key),
        Caller::with_key(&practice, &parent.test_credentials),
    ];
    let sid_of = |letter: &str| match letter {
        "P" => parent.account_sid.clone(),
        "S" => first.account_sid.clone(),
        "O" => second.account_sid.clone(),
        other => panic!("no account {other}"),
    };
    let number = practice.state().accounts[0].numbers[0].sid.clone();
    let path_of = |named: &str| {
        if named == "Accounts" {
            ACCOUNTS.to_owned()
        } else if let Some((endpoint, letter)) = named.split_once('=') {
            format!("{endpoint}={}", sid_of(letter))
        } else if named.starts_with('/') {
            named.to_owned()
        } else {
            let (letter, rest) = named.split_once('/').unwrap_or((named, ""));
            path(&sid_of(letter), &rest.replace("/N", &format!("/{number}")))
        }
    };

    let mut rows = TABLE.trim().lines();
    let columns: Vec<&str> = cells(rows.next().expect("the head"));
    let mut compared = 0;
    for row in rows.map(cells) {
        let (method, named) = row[0].split_once(' ').expect("a method");
        let path = path_of(named.trim());
        for ((caller, expected), column) in callers.iter().zip(&row[1..]).zip(&columns[1..]) {
            let answer = match method {
                "GET" => caller.get(&path).await,
                _ => caller.post(&path, &[("FriendlyName", "Named")]).await,
            };
            let text = &answer.text;
            assert_eq!(
                outcome(&answer),
                *expected,
                "{} by {column}: {text}",
                row[0]
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 26 * 7);
}

fn cells(row: &str) -> Vec<&str> {
    row.split('|').map(str::trim).collect()
}

fn outcome(answer: &Answer) -> String {
    match answer.status {
        refused @ 400.. => format!("{refused}/{}", answer.code()),
        status => status.to_string(),
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

#[tokio::test]
async fn keys_outlast_the_promotion_of_a_token_unless_the_setting_says_that_they_end() {
    for ends in [false, true] {
        let practice = start(Settings {
            subaccounts: 1,
            promotion_ends_keys: ends,
            ..Settings::default()
        })
        .await;
        let sub = practice.subaccounts().remove(0);
        let key = Caller::with_key(&practice, &sub.standard_key.expect("a Standard key"));
        let token = Caller::new(&practice, &sub.account_sid, &sub.auth_token);
        let made = token.post("/v1/AuthTokens/Secondary", &[]).await;
        let messages = path(&sub.account_sid, "Messages");
        assert_eq!(key.get(&messages).await.status, 200);
        token.post("/v1/AuthTokens/Promote", &[]).await;
        let expected = if ends { (401, 20003) } else { (200, 0) };
        assert_eq!(key.get(&messages).await.refusal(), expected);
        let fresh = made.text_of("secondary_auth_token");
        let fresh = Caller::new(&practice, &sub.account_sid, &fresh);
        let keys = fresh
            .get(&path(&sub.account_sid, "Keys"))
            .await
            .list("keys");
        assert_eq!(keys.is_empty(), ends);
    }
}
