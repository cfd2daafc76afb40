//! Lists of messages and calls that are odd, out of order, or full of what others sent.

use crate::raw_server::{CHILD, RawServer, Reply, child};
use jiff::Timestamp;
use twilio::{Error, LastTraffic, Sent};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn row(number: u32, fields: &str) -> String {
    format!(r#"{{"sid":"SM{number:032}",{fields}}}"#)
}

const SENT: &str = r#""direction":"outbound-api","status":"delivered""#;
const RECEIVED: &str =
    r#""direction":"inbound","status":"received","date_sent":"Sat, 01 Aug 2015 20:00:00 +0000""#;

fn page(list: &str, rows: &[String], next: Option<&str>) -> String {
    let next = next.map_or("null".to_owned(), |page| {
        format!(r#""/2010-04-01/Accounts/{CHILD}/Messages.json?Page={page}""#)
    });
    format!(
        r#"{{"{list}":[{}],"next_page_uri":{next},"uri":"/2010-04-01/Accounts/{CHILD}/Messages.json"}}"#,
        rows.join(",")
    )
}

/// What is read where the list of messages is this one and there are no calls.
async fn last_message(messages: String) -> Result<Option<LastTraffic>, Error> {
    let server = RawServer::start(move |_, request| {
        if request.line.contains("/Messages.json") {
            Reply::json(200, messages.clone())
        } else {
            Reply::json(200, page("calls", &[], None))
        }
    })
    .await;
    server.client().last_traffic(&child()).await
}

#[tokio::test]
async fn the_newest_time_counts_and_not_the_first_row() {
    let rows = [
        row(
            1,
            &format!(r#"{SENT},"date_sent":"Thu, 30 Jul 2015 20:00:00 +0000""#),
        ),
        row(2, RECEIVED),
        row(
            3,
            r#""direction":"outbound-api","status":"queued","date_sent":null,"date_created":"Fri, 31 Jul 2015 20:00:00 +0000""#,
        ),
        row(
            4,
            &format!(r#"{SENT},"date_sent":"Wed, 29 Jul 2015 20:00:00 +0000""#),
        ),
        row(
            5,
            r#""direction":"outbound-reply","status":"sent","date_sent":"Sun, 02 Aug 2015 20:00:00 +0000""#,
        ),
    ];
    let last = last_message(page("messages", &rows, None)).await.unwrap();
    let expected = Sent {
        at: at("2015-07-31T20:00:00Z"),
        status: "queued".to_owned(),
    };
    let expected = LastTraffic {
        message: Some(expected),
        call: None,
    };
    assert_eq!(last, Some(expected));
}

#[tokio::test]
async fn what_was_received_is_passed_over_page_by_page() {
    let sent = row(
        9,
        &format!(r#"{SENT},"date_sent":"Thu, 30 Jul 2015 20:00:00 +0000""#),
    );
    let server = RawServer::start(move |number, request| {
        let received = [row(1, RECEIVED), row(2, RECEIVED)];
        if !request.line.contains("/Messages.json") {
            return Reply::json(200, page("calls", &[], None));
        }
        Reply::json(
            200,
            match number {
                0 => page("messages", &received, Some("1")),
                1 => page("messages", std::slice::from_ref(&sent), Some("2")),
                _ => panic!("asked for more than was needed"),
            },
        )
    })
    .await;
    let last = server.client().last_traffic(&child()).await.unwrap();
    assert_eq!(last.unwrap().message.unwrap().status, "delivered");
    let lines: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    assert_eq!(
        lines,
        [
            format!("GET /2010-04-01/Accounts/{CHILD}/Messages.json?PageSize=20 HTTP/1.1"),
            format!("GET /2010-04-01/Accounts/{CHILD}/Messages.json?Page=1 HTTP/1.1"),
            format!("GET /2010-04-01/Accounts/{CHILD}/Calls.json?PageSize=20 HTTP/1.1"),
        ]
    );
}

#[tokio::test]
async fn an_odd_row_counts_only_where_there_is_no_other() {
    let odd_rows = [
        r#""direction":7,"status":"delivered","date_sent":"Thu, 30 Jul 2015 20:00:00 +0000""#,
        r#""direction":"outbound-api","status":"delivered","date_sent":"some day""#,
    ];
    for odd in odd_rows {
        let alone = page("messages", &[row(1, odd), row(2, RECEIVED)], None);
        let error = last_message(alone).await.unwrap_err();
        assert!(matches!(error, Error::Odd { .. }), "{error:?}");
        let good = row(
            2,
            &format!(r#"{SENT},"date_sent":"Thu, 30 Jul 2015 20:00:00 +0000""#),
        );
        let with_another = page("messages", &[row(1, odd), good], None);
        let last = last_message(with_another).await.unwrap().unwrap();
        assert_eq!(last.message.unwrap().at, at("2015-07-30T20:00:00Z"));
    }
    let unidentified = format!("{{{SENT}}}");
    assert!(
        last_message(page("messages", &[unidentified], None))
            .await
            .is_err()
    );
    let received_without_time = row(1, r#""direction":"inbound","status":"received""#);
    let only_received = page("messages", &[received_without_time], None);
    assert_eq!(last_message(only_received).await.unwrap(), None);
}

#[tokio::test]
async fn another_accounts_list_is_refused() {
    let others = page("messages", &[], None).replace(CHILD, "AC00000000000000000000000000000009");
    let error = last_message(others).await.unwrap_err();
    assert!(matches!(error, Error::WrongAccount { .. }), "{error:?}");
}
