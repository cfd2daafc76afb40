//! Lists in pages, and links that lead elsewhere.

use crate::raw_server::{KEY, PARENT, RawServer, Reply, account_json, child};
use twilio::Error;

fn page(accounts: &[String], next: Option<&str>) -> Reply {
    let next = next.map_or("null".to_owned(), |next| format!("\"{next}\""));
    let accounts = accounts.join(",");
    Reply::json(
        200,
        format!(r#"{{"accounts":[{accounts}],"next_page_uri":{next}}}"#),
    )
}

fn account(number: usize) -> String {
    account_json(
        &format!("AC{number:032}"),
        PARENT,
        &format!("Customer {number}"),
    )
}

#[tokio::test]
async fn a_list_is_followed_to_its_end_by_the_links_given() {
    let server = RawServer::start(|number, _| match number {
        0 => page(
            &[account(1), account(2)],
            Some("/2010-04-01/Accounts.json?PageSize=1000&Page=1&PageToken=PAx"),
        ),
        1 => page(&[account(3)], Some("")),
        _ => Reply::json(500, "asked too often"),
    })
    .await;
    let accounts = server.client().accounts().await.unwrap();
    assert!(accounts.is_whole());
    let names: Vec<&str> = accounts
        .rows
        .iter()
        .map(|a| a.friendly_name.as_str())
        .collect();
    assert_eq!(names, ["Customer 1", "Customer 2", "Customer 3"]);
    let lines: Vec<String> = server.requests().into_iter().map(|r| r.line).collect();
    assert_eq!(
        lines,
        [
            "GET /2010-04-01/Accounts.json?PageSize=1000 HTTP/1.1",
            "GET /2010-04-01/Accounts.json?PageSize=1000&Page=1&PageToken=PAx HTTP/1.1",
        ]
    );
}

#[tokio::test]
async fn an_account_that_slips_onto_the_next_page_is_listed_once() {
    let server = RawServer::start(|number, _| match number {
        0 => page(
            &[account(1), account(2)],
            Some("/2010-04-01/Accounts.json?Page=1"),
        ),
        _ => page(&[account(2), account(3)], None),
    })
    .await;
    assert_eq!(server.client().accounts().await.unwrap().rows.len(), 3);
}

#[tokio::test]
async fn a_link_that_leads_elsewhere_is_not_followed() {
    for link in [
        "https://api.twilio.com/2010-04-01/Accounts.json?Page=1",
        "http://127.0.0.1:1/2010-04-01/Accounts.json?Page=1",
        "//example.org/2010-04-01/Accounts.json?Page=1",
        "/2010-04-01/Accounts/AC00000000000000000000000000000009/Keys.json?Page=1",
        "file:///2010-04-01/Accounts.json",
        "mailto:someone",
        "http://[broken",
    ] {
        let server = RawServer::always(page(&[account(1)], Some(link))).await;
        let error = server.client().accounts().await.unwrap_err();
        assert_eq!(error, Error::ForeignLink, "{link}");
        assert_eq!(server.requests().len(), 1, "{link}");
    }
}

#[tokio::test]
async fn pages_that_go_in_circles_are_refused() {
    let server = RawServer::always(page(
        &[account(1)],
        Some("/2010-04-01/Accounts.json?Page=1"),
    ))
    .await;
    assert_eq!(
        server.client().accounts().await.unwrap_err(),
        Error::TooManyPages
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_list_without_an_end_is_given_up_after_two_hundred_pages() {
    let server = RawServer::start(|number, _| {
        page(
            &[account(number)],
            Some(&format!("/2010-04-01/Accounts.json?Page={}", number + 1)),
        )
    })
    .await;
    assert_eq!(
        server.client().accounts().await.unwrap_err(),
        Error::TooManyPages
    );
    assert_eq!(server.requests().len(), 200);
}

#[tokio::test]
async fn a_list_that_broke_off_is_an_error_and_not_a_shorter_list() {
    let server = RawServer::start(|number, _| match number {
        0 => page(&[account(1)], Some("/2010-04-01/Accounts.json?Page=1")),
        _ => Reply::json(404, r#"{"code":20404,"message":"gone"}"#),
    })
    .await;
    let error = server.client().accounts().await.unwrap_err();
    assert_eq!(error.code(), Some(20404));
}

#[tokio::test]
async fn an_answer_without_the_list_is_not_an_empty_list() {
    for body in ["{}", r#"{"accounts":null}"#, r#"{"keys":null}"#, "[]"] {
        let server = RawServer::always(Reply::json(200, body)).await;
        let client = server.client();
        let accounts = client.accounts().await.unwrap_err();
        assert!(
            matches!(
                accounts,
                Error::Unreadable {
                    what: "accounts",
                    ..
                }
            ),
            "{accounts:?}"
        );
        let keys = client.keys(&child()).await.unwrap_err();
        assert!(
            matches!(keys, Error::Unreadable { what: "keys", .. }),
            "{keys:?}"
        );
    }
}

#[tokio::test]
async fn a_page_of_ten_megabytes_is_not_read() {
    let body = format!(
        r#"{{"accounts":[],"padding":"{}"}}"#,
        "x".repeat(10 * 1024 * 1024)
    );
    let server = RawServer::always(Reply::json(200, body)).await;
    assert_eq!(
        server.client().accounts().await.unwrap_err(),
        Error::TooLarge
    );
}

#[tokio::test]
async fn a_full_page_is_well_below_the_limit() {
    let accounts: Vec<String> = (0..1000).map(account).collect();
    let server = RawServer::always(page(&accounts, None)).await;
    assert_eq!(server.client().accounts().await.unwrap().rows.len(), 1000);
}

#[tokio::test]
async fn keys_without_a_name_are_listed() {
    let body = format!(
        r#"{{"keys":[{{"sid":"{KEY}","friendly_name":null,"date_created":"nonsense"}}],"next_page_uri":null}}"#
    );
    let server = RawServer::always(Reply::json(200, body)).await;
    let keys = server.client().keys(&child()).await.unwrap().rows;
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].friendly_name, "");
    assert_eq!(keys[0].created, None);
}

#[tokio::test]
async fn only_accounts_of_exactly_that_name_are_found() {
    let near = account_json("AC00000000000000000000000000000007", PARENT, "acme");
    let exact = account_json("AC00000000000000000000000000000008", PARENT, "Acme");
    let server = RawServer::always(page(&[near, exact], None)).await;
    let found = server.client().accounts_named("Acme").await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].friendly_name, "Acme");
    let line = &server.requests()[0].line;
    assert_eq!(
        line,
        "GET /2010-04-01/Accounts.json?FriendlyName=Acme&PageSize=1000 HTTP/1.1"
    );
}
