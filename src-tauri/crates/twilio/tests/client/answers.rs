//! What goes out, and what is made of a good answer.

use crate::raw_server::{
    CHILD, KEY, PARENT, RawServer, Reply, TOKEN, account_json, child, created_key_json, parent,
};
use terms::{AccountStatus, KeySid, Money, Secret};
use twilio::{AccountKind, Credentials, Error, NewStatus, SignIn, SignInError, sign_in};

fn key_credentials() -> Credentials {
    Credentials::ApiKey {
        key: KEY.parse().unwrap(),
        secret: Secret::new("made-up".to_owned()).expect("a storable secret"),
    }
}

fn refusal(status: u16, code: u32) -> Reply {
    Reply::json(
        status,
        format!(r#"{{"code":{code},"message":"no","status":{status}}}"#),
    )
}

#[tokio::test]
async fn an_account_is_read_without_its_auth_token() {
    let server = RawServer::always(Reply::json(200, account_json(CHILD, PARENT, "Acme"))).await;
    let account = server.client().account(&child()).await.unwrap();
    assert_eq!(account.sid, child());
    assert_eq!(account.owner, Some(parent()));
    assert_eq!(account.friendly_name, "Acme");
    assert_eq!(account.status, AccountStatus::Active);
    assert_eq!(account.kind, AccountKind::Full);
    assert_eq!(
        account.created,
        Some("2015-07-30T20:00:00Z".parse().unwrap())
    );
    assert!(!format!("{account:?}").contains("never-kept"));
}

#[tokio::test]
async fn what_twilio_adds_or_leaves_out_is_lived_with() {
    let body = format!(
        r#"{{"sid":"{}","owner_account_sid":"{PARENT}","friendly_name":null,"status":"resting","type":null,"new":[1]}}"#,
        CHILD.to_lowercase().replace("ac0", "AC0")
    );
    let server = RawServer::always(Reply::json(200, body)).await;
    let account = server.client().account(&child()).await.unwrap();
    assert_eq!(account.friendly_name, "");
    assert_eq!(account.status, AccountStatus::Other("resting".to_owned()));
    assert_eq!(account.kind, AccountKind::Other(String::new()));
    assert_eq!(account.created, None);
}

#[tokio::test]
async fn requests_are_signed_and_say_what_they_want() {
    let server = RawServer::always(Reply::json(201, account_json(CHILD, PARENT, "x"))).await;
    server
        .client()
        .create_account("Müller & Söhne = 1+1")
        .await
        .unwrap();
    let request = &server.requests()[0];
    assert_eq!(request.line, "POST /2010-04-01/Accounts.json HTTP/1.1");
    assert_eq!(
        request.body,
        "FriendlyName=M%C3%BCller+%26+S%C3%B6hne+%3D+1%2B1"
    );
    let head = request.head.to_lowercase();
    assert!(
        head.contains("content-type: application/x-www-form-urlencoded"),
        "{head}"
    );
    // base64 of PARENT, a colon and TOKEN
    let expected =
        "QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMTp0b2tlbi1vZi10aGUtbWFkZS11cC1wYXJlbnQ=";
    assert!(
        request.head.contains(&format!("Basic {expected}")),
        "{}",
        request.head
    );
}

#[tokio::test]
async fn a_status_change_sends_the_status_alone() {
    let server = RawServer::always(Reply::json(200, account_json(CHILD, PARENT, "x"))).await;
    let client = server.client();
    for (status, body) in [
        (NewStatus::Active, "Status=active"),
        (NewStatus::Suspended, "Status=suspended"),
        (NewStatus::Closed, "Status=closed"),
    ] {
        client.set_account_status(&child(), status).await.unwrap();
        assert_eq!(server.requests().last().unwrap().body, body);
    }
}

#[tokio::test]
async fn a_created_key_brings_its_secret_and_hides_it() {
    let server = RawServer::always(Reply::json(201, created_key_json())).await;
    let created = server.client().create_key(&child(), "k").await.unwrap();
    assert_eq!(created.secret.expose(), "made-up-secret");
    assert_eq!(created.key.sid, KEY.parse::<KeySid>().unwrap());
    assert!(!format!("{created:?}").contains("made-up-secret"));
    assert_eq!(
        server.requests()[0].line,
        format!("POST /2010-04-01/Accounts/{CHILD}/Keys.json HTTP/1.1")
    );
}

#[tokio::test]
async fn a_client_never_prints_its_secrets() {
    let server = RawServer::always(Reply::json(200, "{}")).await;
    let client = server.client();
    assert!(!format!("{client:?}").contains(TOKEN));
    let client = client.signed_by(key_credentials());
    assert!(!format!("{client:?}").contains("made-up"));
    assert!(format!("{client:?}").contains(KEY));
}

#[tokio::test]
async fn a_refusal_is_cut_to_one_short_line_without_the_secret() {
    let message = format!("first\\nsecond\\u0000 {TOKEN} {}", "x".repeat(400));
    let body = format!(
        r#"{{"code":20003,"message":"{message}","more_info":"https://www.twilio.com/docs/errors/20003","status":401}}"#
    );
    let reply = Reply::json(401, body).with("Twilio-Request-Id", "RQ7");
    let server = RawServer::always(reply).await;
    let Err(Error::Refused(refusal)) = server.client().account(&parent()).await else {
        panic!("not refused");
    };
    assert!(
        refusal.message.starts_with("first second (hidden) xxx"),
        "{}",
        refusal.message
    );
    assert_eq!(refusal.message.chars().count(), 300);
    assert_eq!(refusal.code, 20003);
    assert_eq!(refusal.request_id.as_deref(), Some("RQ7"));
}

async fn spend(records: &str) -> Result<Option<twilio::Spend>, Error> {
    let server = RawServer::always(Reply::json(
        200,
        format!(r#"{{"usage_records":{records}}}"#),
    ))
    .await;
    let spend = server.client().spend_this_month(&child()).await;
    assert_eq!(
        server.requests()[0].line,
        format!(
            "GET /2010-04-01/Accounts/{CHILD}/Usage/Records/ThisMonth.json?Category=totalprice&IncludeSubaccounts=false HTTP/1.1"
        )
    );
    spend
}

fn usage_row(price: &str) -> String {
    format!(
        r#"[{{"account_sid":"{CHILD}","category":"totalprice","count":"","price":{price},"price_unit":"usd",
        "as_of":"2026-06-24T22:32:49+00:00"}}]"#
    )
}

#[tokio::test]
async fn a_price_is_read_exactly_as_string_and_as_number() {
    for (price, expected) in [
        (r#""3.52""#, "3.52"),
        ("3.52", "3.52"),
        ("0.1", "0.1"),
        ("12345678901234567.89", "12345678901234567.89"),
        ("1e-7", "0.0000001"),
        ("2.5e2", "250"),
        (r#""-0.03000""#, "-0.03000"),
    ] {
        let spend = spend(&usage_row(price)).await.unwrap().unwrap();
        assert_eq!(
            spend.money,
            Money::parse(expected, "USD").unwrap(),
            "{price}"
        );
        assert_eq!(spend.as_of, Some("2026-06-24T22:32:49Z".parse().unwrap()));
    }
}

#[tokio::test]
async fn no_usage_row_is_no_spending_and_an_odd_price_is_not() {
    assert_eq!(spend("[]").await.unwrap(), None);
    for price in ["null", "\"\"", "\"much\"", "[]", "true", "\"1.2.3\""] {
        let error = spend(&usage_row(price)).await.unwrap_err();
        assert!(matches!(error, Error::Odd { .. }), "{price}: {error:?}");
    }
}

#[tokio::test]
async fn the_balance_is_read_as_string_and_as_number() {
    for balance in [r#""12.30""#, "12.30"] {
        let body = format!(r#"{{"account_sid":"{PARENT}","balance":{balance},"currency":"EUR"}}"#);
        let server = RawServer::always(Reply::json(200, body)).await;
        let money = server.client().balance(&parent()).await.unwrap();
        assert_eq!(money.to_string(), "12.30 EUR");
    }
}

#[tokio::test]
async fn signing_in_tells_what_an_auth_token_belongs_to() {
    let server = RawServer::always(Reply::json(200, account_json(PARENT, PARENT, "Main"))).await;
    assert!(matches!(
        sign_in(&server.client()).await,
        Ok(SignIn::Full { .. })
    ));

    let elsewhere = "AC00000000000000000000000000000009";
    let server = RawServer::always(Reply::json(200, account_json(PARENT, elsewhere, "Sub"))).await;
    assert_eq!(
        sign_in(&server.client()).await.unwrap_err(),
        SignInError::SubaccountInsteadOfParent {
            sid: parent(),
            parent: elsewhere.parse().unwrap()
        }
    );

    for (word, expected) in [
        ("suspended", SignInError::Suspended),
        ("closed", SignInError::Closed),
    ] {
        let body = account_json(PARENT, PARENT, "Main").replace("active", word);
        let server = RawServer::always(Reply::json(200, body)).await;
        assert_eq!(sign_in(&server.client()).await.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn signing_in_tells_refusals_apart_by_their_code() {
    for (status, code, expected) in [
        (403, 20008, SignInError::TestCredentials),
        (401, 20005, SignInError::Suspended),
        (403, 90010, SignInError::Suspended),
    ] {
        let server = RawServer::always(refusal(status, code)).await;
        assert_eq!(
            sign_in(&server.client()).await.unwrap_err(),
            expected,
            "{code}"
        );
    }
    let server = RawServer::always(refusal(401, 20003)).await;
    let Err(SignInError::Refused(error)) = sign_in(&server.client()).await else {
        panic!("it was not refused");
    };
    assert!(
        error.to_string().ends_with(": no"),
        "in Twilio's words: {error}"
    );
    for (status, code, expected) in [
        (401, 20003, SignInError::RefusedKey),
        (401, 70051, SignInError::RestrictedKey),
    ] {
        let server = RawServer::always(refusal(status, code)).await;
        let client = server.client().signed_by(key_credentials());
        assert_eq!(sign_in(&client).await.unwrap_err(), expected, "{code}");
    }
    let server = RawServer::always(Reply::json(407, "<html>")).await;
    assert!(matches!(
        sign_in(&server.client()).await,
        Err(SignInError::Other(_))
    ));
}

#[tokio::test]
async fn a_main_keys_parent_is_found_although_the_first_page_holds_only_subaccounts() {
    let server = RawServer::start(|_, request| {
        if request.line.contains("/Accounts.json") {
            let accounts = [account_json(CHILD, PARENT, "Acme")].join(",");
            Reply::json(200, format!(r#"{{"accounts":[{accounts}]}}"#))
        } else {
            Reply::json(200, account_json(PARENT, PARENT, "Main"))
        }
    })
    .await;
    let signed_in = sign_in(&server.client().signed_by(key_credentials()))
        .await
        .unwrap();
    let SignIn::Main { account } = signed_in else {
        panic!("{signed_in:?}")
    };
    assert_eq!(account.sid, parent());
}

#[tokio::test]
async fn a_subaccounts_main_key_is_told_from_its_parents() {
    let server = RawServer::start(|_, request| {
        if request.line.contains("/Accounts.json") {
            let account = account_json(CHILD, PARENT, "Acme");
            Reply::json(200, format!(r#"{{"accounts":[{account}]}}"#))
        } else {
            refusal(404, 20404)
        }
    })
    .await;
    assert_eq!(
        sign_in(&server.client().signed_by(key_credentials()))
            .await
            .unwrap_err(),
        SignInError::SubaccountInsteadOfParent {
            sid: child(),
            parent: parent()
        }
    );
}

#[test]
fn this_computer_is_never_reached_through_a_proxy() {
    let nobody_listens_there = "http://127.0.0.1:1";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "answers::an_account_is_read_without_its_auth_token",
        ])
        .env("HTTP_PROXY", nobody_listens_there)
        .env("http_proxy", nobody_listens_there)
        .env("ALL_PROXY", nobody_listens_there)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("1 passed"), "{told}");
}
