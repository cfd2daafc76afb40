//! Answers about phone numbers that are odd, or of the wrong account.

use crate::raw_server::{CHILD, PARENT, RawServer, Reply, child, parent};
use terms::NumberSid;
use twilio::{Created, Error, NumberKind};

const NUMBER: &str = "PN00000000000000000000000000000004";

fn number() -> NumberSid {
    NUMBER.parse().unwrap()
}

fn number_json(account: &str) -> String {
    format!(
        r#"{{"sid":"{NUMBER}","account_sid":"{account}","phone_number":"+12025550100","friendly_name":"Cold store",
        "type":"toll free","capabilities":{{"voice":true,"sms":false,"mms":false,"fax":false}},
        "date_created":"Thu, 30 Jul 2015 20:00:00 +0000",
        "uri":"/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{NUMBER}.json"}}"#
    )
}

async fn read(json: String) -> Result<twilio::PhoneNumber, Error> {
    let server = RawServer::always(Reply::json(200, json)).await;
    server.client().number(&child(), &number()).await
}

#[tokio::test]
async fn a_move_that_is_answered_for_its_old_account_is_not_taken_for_made() {
    let server = RawServer::always(Reply::json(200, number_json(CHILD))).await;
    let moved = server
        .client()
        .move_number(&child(), &number(), &parent())
        .await;
    let error = moved.unwrap_err();
    assert!(matches!(error, Error::WrongAccount { .. }), "{error:?}");
    assert_eq!(error.created(), Created::Unknown);
    let requests = server.requests();
    assert_eq!(
        requests[0].line,
        format!("POST /2010-04-01/Accounts/{CHILD}/IncomingPhoneNumbers/{NUMBER}.json HTTP/1.1")
    );
    assert_eq!(requests[0].body, format!("AccountSid={PARENT}"));
    assert_eq!(requests.len(), 1);
}

#[tokio::test]
async fn a_number_is_read_with_its_kind_and_what_it_can_do() {
    let number = read(number_json(CHILD)).await.unwrap();
    assert_eq!(number.number, "+12025550100");
    assert_eq!(number.friendly_name, "Cold store");
    assert_eq!(number.kind, Some(NumberKind::TollFree));
    let capabilities = number.capabilities.unwrap();
    assert!(capabilities.voice && !capabilities.sms && !capabilities.mms);
    assert!(!number.odd.any());
}

#[tokio::test]
async fn an_odd_field_of_a_number_costs_itself_alone() {
    for (whole, odd) in [
        ("\"+12025550100\"", "\"12025550100\""),
        ("\"+12025550100\"", "12025550100"),
        ("\"sms\":false", "\"sms\":\"no\""),
        ("\"toll free\"", "7"),
        ("Thu, 30 Jul", "Some day in July"),
    ] {
        let number = read(number_json(CHILD).replace(whole, odd)).await.unwrap();
        assert!(number.odd.rest, "{odd}");
        assert_eq!(number.friendly_name, "Cold store");
    }
    let plain = number_json(CHILD).replace("\"type\":\"toll free\",", "");
    let plain = read(plain).await.unwrap();
    assert_eq!((plain.kind, plain.odd.any()), (None, false));
    let odd = number_json(CHILD).replace("\"sms\":false", "\"sms\":null");
    assert_eq!(read(odd).await.unwrap().capabilities, None);
}

#[tokio::test]
async fn a_number_that_does_not_say_whose_it_is_is_not_read() {
    let whose = format!("\"account_sid\":\"{CHILD}\",");
    assert!(read(number_json(CHILD).replace(&whose, "")).await.is_ok());
    let nobodys = number_json(CHILD)
        .replace(&whose, "")
        .replace("/Accounts/", "/Somewhere/");
    let error = read(nobodys).await.unwrap_err();
    assert!(matches!(error, Error::Unreadable { .. }), "{error:?}");
    let others = number_json(CHILD).replace(NUMBER, "PN00000000000000000000000000000005");
    assert!(read(others).await.is_err());
}

#[tokio::test]
async fn a_number_counts_as_released_only_where_a_whole_list_lacks_it() {
    const UNKNOWN: &str = r#"{"code":20404,"message":"not found","status":404}"#;
    for (list, released) in [
        (r#"{"incoming_phone_numbers":[]}"#.to_owned(), true),
        (
            format!(r#"{{"incoming_phone_numbers":[{}]}}"#, number_json(CHILD)),
            false,
        ),
        (
            r#"{"incoming_phone_numbers":[{"sid":"?"}]}"#.to_owned(),
            false,
        ),
        (
            r#"{"incoming_phone_numbers":[],"next_page_uri":7}"#.to_owned(),
            false,
        ),
    ] {
        let listed = list.clone();
        let server = RawServer::start(move |_, request| {
            if request.line.contains(NUMBER) {
                Reply::json(404, UNKNOWN)
            } else {
                Reply::json(200, listed.clone())
            }
        })
        .await;
        let outcome = server.client().release_number(&child(), &number()).await;
        assert_eq!(outcome.is_ok(), released, "{list}");
    }
}
