//! Answers about Auth Tokens that are of another account, or lack the token.

use crate::raw_server::{CHILD, PARENT, RawServer, Reply, parent};
use twilio::{Created, Error, RotationError};

const TOKEN: &str = "a-made-up-secondary-token";

fn token_json(account: &str) -> String {
    format!(
        r#"{{"account_sid":"{account}","secondary_auth_token":"{TOKEN}","auth_token":"{TOKEN}"}}"#
    )
}

#[tokio::test]
async fn a_token_is_read_and_never_printed() {
    let server = RawServer::always(Reply::json(201, token_json(PARENT))).await;
    let client = server.client();
    let secondary = client.create_secondary_token(&parent()).await.unwrap();
    assert_eq!(secondary.token.expose(), TOKEN);
    let printed = format!("{secondary:?} {:?}", secondary.credentials());
    assert!(!printed.contains(TOKEN), "{printed}");
    let promoted = client.promote_secondary_token(&parent()).await.unwrap();
    assert_eq!(promoted.expose(), TOKEN);
    let lines: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    assert_eq!(
        lines,
        [
            "POST /v1/AuthTokens/Secondary HTTP/1.1",
            "POST /v1/AuthTokens/Promote HTTP/1.1"
        ]
    );
}

#[tokio::test]
async fn an_answer_about_another_account_or_without_its_token_is_unknown() {
    for body in [
        token_json(CHILD),
        token_json(PARENT).replace(TOKEN, ""),
        token_json(PARENT).replace("auth_token", "token"),
        token_json("?"),
        "{}".to_owned(),
    ] {
        let server = RawServer::always(Reply::json(200, body.clone())).await;
        let client = server.client();
        let made = client.create_secondary_token(&parent()).await.unwrap_err();
        let promoted = client.promote_secondary_token(&parent()).await.unwrap_err();
        for error in [made, promoted] {
            assert_eq!(error.created(), Created::Unknown, "{body}");
            assert!(!format!("{error:?} {error}").contains(TOKEN));
            let is_expected = matches!(
                error,
                RotationError::Failed(Error::WrongAccount { .. } | Error::Unreadable { .. })
            );
            assert!(is_expected, "{error:?}");
        }
        assert_eq!(server.requests().len(), 2, "each is asked for once");
    }
}

#[tokio::test]
async fn only_twilios_own_word_says_that_there_was_no_secondary_token() {
    let unknown = r#"{"code":20404,"message":"not found","status":404}"#;
    let server = RawServer::always(Reply::json(404, unknown)).await;
    assert_eq!(
        server.client().delete_secondary_token(&parent()).await,
        Ok(false)
    );
    for reply in [
        Reply::json(404, "<html>Not here</html>"),
        Reply::json(404, "{}"),
        Reply::Bytes(Vec::new()),
    ] {
        let server = RawServer::always(reply).await;
        let deleted = server.client().delete_secondary_token(&parent()).await;
        assert_eq!(deleted.unwrap_err().created(), Created::Unknown);
    }
}
