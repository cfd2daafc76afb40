//! The newer API of keys, for accounts whose policy keeps the older one from them.

use crate::raw_server::{
    CHILD, KEY, PARENT, RawServer, Reply, Request, account_json, child, created_key_json,
};
use terms::KeySid;
use twilio::{Created, Error};

const POLICY: &str = r#"{"code":20003,"message":"Policy evaluation failed","more_info":"https://www.twilio.com/docs/errors/20003","status":401}"#;
const KEY_JSON: &str = r#"{"sid":"SK00000000000000000000000000000003","friendly_name":"k"}"#;

/// base64 of CHILD, a colon and the token in [`account_json`].
const SIGNED_BY_CHILD: &str = "Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMjpuZXZlci1rZXB0";

fn key() -> KeySid {
    KEY.parse().unwrap()
}

/// Refuses the older API by a policy, and answers the newer one with `by_iam`.
async fn with_policy(by_iam: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> RawServer {
    RawServer::start(move |_, request| {
        if request.line.contains("/v1/Keys") {
            by_iam(request)
        } else if request.line.contains("/Keys") {
            Reply::json(401, POLICY)
        } else {
            Reply::json(200, account_json(CHILD, PARENT, "Acme"))
        }
    })
    .await
}

fn lines(server: &RawServer) -> Vec<String> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| request.line.replace(" HTTP/1.1", ""))
        .collect()
}

#[tokio::test]
async fn a_key_is_made_by_the_newer_api_signed_by_the_subaccount_itself() {
    let server = with_policy(|_| Reply::json(201, created_key_json())).await;
    let created = server.client().create_key(&child(), "k & l").await.unwrap();
    assert_eq!(created.secret.expose(), "made-up-secret");
    assert_eq!(
        lines(&server),
        [
            format!("POST /2010-04-01/Accounts/{CHILD}/Keys.json"),
            format!("GET /2010-04-01/Accounts/{CHILD}.json"),
            "POST /v1/Keys".to_owned(),
        ]
    );
    let requests = server.requests();
    let last = requests.last().unwrap();
    assert_eq!(
        last.body,
        format!("AccountSid={CHILD}&FriendlyName=k+%26+l")
    );
    assert!(last.head.contains(SIGNED_BY_CHILD), "{}", last.head);
}

#[tokio::test]
async fn a_lost_reply_of_the_newer_api_is_unknown_and_never_answered_by_sending_again() {
    for reply in [
        Reply::Bytes(Vec::new()),
        Reply::json(403, "<html>Blocked</html>"),
        Reply::json(503, "{}"),
        Reply::json(201, "{}"),
    ] {
        let server = with_policy(move |_| reply.clone()).await;
        let error = server.client().create_key(&child(), "k").await.unwrap_err();
        assert_eq!(error.created(), Created::Unknown, "{error:?}");
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn where_the_subaccounts_own_token_cannot_be_read_nothing_was_made() {
    for account in [
        Reply::Bytes(Vec::new()),
        Reply::json(
            200,
            account_json(CHILD, PARENT, "Acme").replace("never-kept", ""),
        ),
        Reply::json(200, account_json(PARENT, PARENT, "Acme")),
        Reply::json(404, "<html>"),
    ] {
        let server = RawServer::start(move |_, request| {
            if request.line.contains("Keys") {
                Reply::json(401, POLICY)
            } else {
                account.clone()
            }
        })
        .await;
        let error = server.client().create_key(&child(), "k").await.unwrap_err();
        assert!(matches!(error, Error::Refused(_)), "{error:?}");
        assert_eq!(error.created(), Created::No);
        assert!(!lines(&server).contains(&"POST /v1/Keys".to_owned()));
    }
}

#[tokio::test]
async fn keys_are_listed_renamed_and_deleted_by_the_newer_api_too() {
    let server = with_policy(|request| match request.line.split(' ').next() {
        Some("DELETE") => Reply::Bytes(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        Some("POST") => Reply::json(200, KEY_JSON),
        _ if request.line.contains("AccountSid") => Reply::json(
            200,
            format!(r#"{{"keys":[{KEY_JSON}],"meta":{{"page":0,"next_page_url":null}}}}"#),
        ),
        _ => Reply::json(200, KEY_JSON),
    })
    .await;
    let client = server.client();
    let listed = client.keys(&child()).await.unwrap();
    assert_eq!(listed.rows.len(), 1);
    assert_eq!(client.key(&child(), &key()).await.unwrap().sid, key());
    client.rename_key(&child(), &key(), "k").await.unwrap();
    client.delete_key(&child(), &key()).await.unwrap();
    let by_iam: Vec<String> = lines(&server)
        .into_iter()
        .filter(|line| line.contains("/v1/"))
        .collect();
    assert_eq!(
        by_iam,
        [
            format!("GET /v1/Keys?AccountSid={CHILD}&PageSize=1000"),
            format!("GET /v1/Keys/{KEY}"),
            format!("POST /v1/Keys/{KEY}"),
            format!("DELETE /v1/Keys/{KEY}"),
        ]
    );
}

#[tokio::test]
async fn no_other_refusal_leads_to_the_newer_api() {
    for body in [
        r#"{"code":20003,"message":"Authenticate","status":401}"#,
        r#"{"code":70051,"message":"Policy evaluation failed","status":401}"#,
        r#"{"code":"20003","message":"Policy evaluation failed","status":401}"#,
    ] {
        let server = RawServer::always(Reply::json(401, body)).await;
        assert!(server.client().create_key(&child(), "k").await.is_err());
        assert_eq!(server.requests().len(), 1, "{body}");
    }
}
