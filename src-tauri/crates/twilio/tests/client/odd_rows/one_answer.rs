//! Single odd answers, and what is believed of them.

use terms::AccountStatus;
use twilio::{Error, SignIn, sign_in};

use super::server;
use super::written::key_sid;
use crate::raw_server::{CHILD, PARENT, child, parent};

fn one_account(sid: &str, owner: &str, name: &str) -> Vec<u8> {
    format!(r#"{{"sid":"{sid}","owner_account_sid":"{owner}","friendly_name":{name},"status":"active","type":"Full"}}"#)
        .into_bytes()
}

#[tokio::test]
async fn an_account_with_an_odd_name_of_its_own_signs_in() {
    let long = format!("\"{}\"", "\\ud83d\\ude00".repeat(10_000));
    for name in [r#""\ud83d""#, "null", "7", "[]", "NaN", &long] {
        let server = server(one_account(PARENT, PARENT, name)).await;
        let signed_in = sign_in(&server.client()).await.unwrap();
        let SignIn::Full { account } = signed_in else {
            panic!("{name}: {signed_in:?}");
        };
        assert_eq!(account.sid, parent());
        assert_eq!(account.status, AccountStatus::Active);
        assert!(account.odd.name, "{name}");
    }
}

#[tokio::test]
async fn whose_an_account_is_has_to_be_readable_where_it_matters() {
    let body = one_account(PARENT, "AC1", "\"Main\"");
    let server = server(body).await;
    assert!(sign_in(&server.client()).await.is_err());
    assert!(server.client().create_account("x").await.is_err());
}

#[tokio::test]
async fn of_a_row_that_comes_twice_the_one_that_can_be_read_better_stays() {
    let odd = String::from_utf8(one_account(CHILD, PARENT, "null")).unwrap();
    let sound = String::from_utf8(one_account(CHILD, PARENT, "\"Acme\"")).unwrap();
    for rows in [[&odd, &sound], [&sound, &odd]] {
        let body = format!(r#"{{"accounts":[{},{}]}}"#, rows[0], rows[1]);
        let read = server(body.into_bytes())
            .await
            .client()
            .accounts()
            .await
            .unwrap();
        assert_eq!(read.rows.len(), 1);
        assert_eq!(read.rows[0].friendly_name, "Acme");
    }
}

#[tokio::test]
async fn a_link_that_cannot_be_read_leaves_the_rows_and_says_that_there_may_be_more() {
    for link in ["7", "{}", "true", "[\"/2010-04-01/Accounts.json?Page=1\"]"] {
        let account = String::from_utf8(one_account(CHILD, PARENT, "\"Acme\"")).unwrap();
        let body = format!(r#"{{"accounts":[{account}],"next_page_uri":{link}}}"#);
        let read = server(body.into_bytes())
            .await
            .client()
            .accounts()
            .await
            .unwrap();
        assert_eq!(read.rows.len(), 1, "{link}");
        assert!(!read.is_whole(), "{link}");
    }
}

#[tokio::test]
async fn a_row_without_a_sid_is_counted_with_what_can_be_read_of_it() {
    let body = br#"{"keys":[{"sid":null,"friendly_name":"Acme [saving k3f9x2abcd]","date_created":"Thu, 30 Jul 2015 20:00:00 +0000"},7,{}]}"#;
    let read = server(body.to_vec())
        .await
        .client()
        .keys(&child())
        .await
        .unwrap();
    assert!(read.rows.is_empty() && !read.is_whole());
    let names: Vec<_> = read
        .unidentified
        .iter()
        .map(|row| (row.friendly_name.as_str(), row.name_is_whole))
        .collect();
    assert_eq!(
        names,
        [("Acme [saving k3f9x2abcd]", true), ("", false), ("", false)]
    );
    assert!(read.unidentified[0].created.is_some());
}

#[tokio::test]
async fn a_secret_of_which_a_character_is_lost_is_no_secret() {
    for secret in [r#""abc\ud83d""#, "\"abc\u{fffd}\"", r#""abc\q""#] {
        let body = format!(r#"{{"sid":"{}","secret":{secret}}}"#, key_sid(1));
        let error = server(body.into_bytes())
            .await
            .client()
            .create_key(&child(), "k")
            .await
            .unwrap_err();
        assert!(
            matches!(error, Error::Unreadable { .. }),
            "{secret}: {error:?}"
        );
        assert_eq!(error.created(), twilio::Created::Unknown);
    }
}

#[tokio::test]
async fn the_odd_name_of_a_new_key_does_not_cost_its_secret() {
    for name in [r#""\ud83d""#, "1", "null", "{}"] {
        let body = format!(
            r#"{{"sid":"{}","friendly_name":{name},"date_created":7,"secret":"made-up"}}"#,
            key_sid(1)
        );
        let made = server(body.into_bytes()).await;
        let made = made.client().create_key(&child(), "k").await.unwrap();
        assert_eq!(made.secret.expose(), "made-up", "{name}");
    }
}

#[tokio::test]
async fn a_sum_that_comes_twice_is_believed_only_where_both_agree() {
    let row = |price: &str| {
        format!(
            r#"{{"account_sid":"{CHILD}","category":"totalprice","price":{price},"price_unit":"usd"}}"#
        )
    };
    let spend = async |rows: &[String]| {
        let body = format!(r#"{{"usage_records":[{}]}}"#, rows.join(","));
        let server = server(body.into_bytes()).await;
        server.client().spend_this_month(&child()).await
    };
    assert!(spend(&[row("1"), row("1")]).await.unwrap().is_some());
    assert!(spend(&[row("1"), row("null")]).await.unwrap().is_some());
    let error = spend(&[row("1"), row("2")]).await.unwrap_err();
    assert!(matches!(error, Error::Odd { .. }), "{error:?}");
    let no_category =
        format!(r#"{{"account_sid":"{CHILD}","category":null,"price":"1","price_unit":"usd"}}"#);
    let error = spend(&[no_category]).await.unwrap_err();
    assert!(matches!(error, Error::Odd { .. }), "{error:?}");
}
