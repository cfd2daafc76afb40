//! Lists of a thousand rows, a few of them odd: each costs itself alone.

use crate::raw_server::{CHILD, PARENT, RawServer, Reply, child, parent};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::collections::HashMap;
use terms::{AccountStatus, Money};
use twilio::{Account, Error, Key, Listing, SignIn, sign_in};

const ROWS: usize = 1_000;

/// What may stand in the place of a value: sound JSON, JSON that no parser takes, and no JSON at all.
const ODD_VALUES: [&[u8]; 23] = [
    b"null",
    b"7",
    b"-0",
    b"1e999",
    b"true",
    b"{}",
    b"[]",
    b"{\"name\":\"AC00000000000000000000000000000001\"}",
    b"\"\"",
    b"\"AC1\"",
    b"\"\\ud83d\"",
    b"\"Kiosk \\ud83d\"",
    b"\"\\ude00\\ud83d Kiosk\"",
    b"\"\\u0000\\u001b[2J\"",
    b"\"a\x07b\tc\nd\"",
    b"\"K\xe9 \xff\xed\xa0\xbd\"",
    b"\"\\u202eksoiK\"",
    b"\"\\x41\\u12\"",
    b"NaN",
    b"-Infinity",
    b"undefined",
    b"0x7f",
    b"[[[[[[[[[[]]]]]]]]]]",
];

/// A row as its fields are written.
type Written = Vec<(&'static str, Vec<u8>)>;

/// What is done to a row.
#[derive(Debug, Clone)]
enum Change {
    Value(Index, Vec<u8>),
    Missing(Index),
    Twice(Index, Vec<u8>),
    Whole(Vec<u8>),
}

fn odd_value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        6 => select(&ODD_VALUES[..]).prop_map(<[u8]>::to_vec),
        1 => "[a-zé \u{200d}]{10000}".prop_map(|name| format!("\"{name}\"").into_bytes()),
        1 => any::<String>().prop_map(|text| serde_json::to_vec(&text).unwrap()),
    ]
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => (any::<Index>(), odd_value()).prop_map(|(field, value)| Change::Value(field, value)),
        2 => any::<Index>().prop_map(Change::Missing),
        1 => (any::<Index>(), odd_value()).prop_map(|(field, value)| Change::Twice(field, value)),
        1 => odd_value().prop_map(Change::Whole),
    ]
}

/// Five rows of the thousand, and what is done to each.
fn changes() -> impl Strategy<Value = Vec<(usize, Change)>> {
    proptest::collection::hash_map(0..ROWS, change(), 5)
        .prop_map(|changes| changes.into_iter().collect())
}

fn changed(mut row: Written, change: &Change) -> Vec<u8> {
    match change {
        Change::Value(field, value) => {
            let field = field.index(row.len());
            row[field].1.clone_from(value);
        }
        Change::Missing(field) => drop(row.remove(field.index(row.len()))),
        Change::Twice(field, value) => {
            let name = row[field.index(row.len())].0;
            row.push((name, value.clone()));
        }
        Change::Whole(value) => return value.clone(),
    }
    object(&row)
}

fn object(row: &Written) -> Vec<u8> {
    let fields: Vec<Vec<u8>> = row
        .iter()
        .map(|(name, value)| [format!("\"{name}\":").as_bytes(), value].concat())
        .collect();
    [b"{", fields.join(&b","[..]).as_slice(), b"}"].concat()
}

/// A page with these rows, some of them changed.
fn page(list: &str, row: impl Fn(usize) -> Written, changes: &[(usize, Change)]) -> Vec<u8> {
    let changes: HashMap<usize, &Change> = changes
        .iter()
        .map(|(place, change)| (*place, change))
        .collect();
    let rows: Vec<Vec<u8>> = (0..ROWS)
        .map(|place| match changes.get(&place) {
            Some(change) => changed(row(place), change),
            None => object(&row(place)),
        })
        .collect();
    [
        format!("{{\"{list}\":[").as_bytes(),
        rows.join(&b","[..]).as_slice(),
        b"],\"next_page_uri\":null}",
    ]
    .concat()
}

fn text(text: &str) -> Vec<u8> {
    format!("\"{text}\"").into_bytes()
}

fn account_sid(place: usize) -> String {
    format!("AC{:032}", place + 100)
}

fn account(place: usize) -> Written {
    vec![
        ("auth_token", text("never-kept")),
        ("sid", text(&account_sid(place))),
        ("owner_account_sid", text(PARENT)),
        (
            "friendly_name",
            text(&format!("Customer \\\\ud83d {place}")),
        ),
        ("status", text("active")),
        ("type", text("Full")),
        ("date_created", text("Thu, 30 Jul 2015 20:00:00 +0000")),
    ]
}

fn key_sid(place: usize) -> String {
    format!("SK{:032}", place + 100)
}

fn key(place: usize) -> Written {
    vec![
        ("sid", text(&key_sid(place))),
        (
            "friendly_name",
            text(&format!("Key \\ud83d\\ude00 {place}")),
        ),
        ("date_created", text("Thu, 30 Jul 2015 20:00:00 +0000")),
    ]
}

/// Usage of a category; that of everything is in the middle.
fn usage(place: usize) -> Written {
    let category = if place == ROWS / 2 {
        "totalprice".to_owned()
    } else {
        format!("category-{place}")
    };
    vec![
        ("account_sid", text(CHILD)),
        ("category", text(&category)),
        ("price", text("3.52")),
        ("price_unit", text("usd")),
        ("as_of", text("2026-06-24T22:32:49+00:00")),
    ]
}

async fn server(body: Vec<u8>) -> RawServer {
    RawServer::always(Reply::Answer {
        status: 200,
        headers: Vec::new(),
        body,
    })
    .await
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(work)
}

/// Every row that was not changed is there as it is without changes, and no row is lost without being counted.
fn holds<T: PartialEq + std::fmt::Debug>(
    sound: &Listing<T>,
    read: &Listing<T>,
    changes: &[(usize, Change)],
    sid: impl Fn(&T) -> String,
) -> Result<(), TestCaseError> {
    prop_assert!(sound.is_whole());
    prop_assert_eq!(sound.rows.len(), ROWS);
    prop_assert_eq!(read.rows.len() + read.unidentified.len(), ROWS);
    prop_assert!(read.unidentified.len() <= changes.len());
    let found: HashMap<String, &T> = read.rows.iter().map(|row| (sid(row), row)).collect();
    for (place, row) in sound.rows.iter().enumerate() {
        if !changes.iter().any(|(changed, _)| *changed == place) {
            prop_assert_eq!(found.get(&sid(row)), Some(&row));
        }
    }
    Ok(())
}

proptest! {
    // Parsing is the same everywhere, and Wine takes its time.
    #![proptest_config(ProptestConfig::with_cases(if cfg!(windows) { 3 } else { 24 }))]

    #[test]
    fn of_a_thousand_accounts_five_are_odd_and_the_others_are_as_they_are(changes in changes()) {
        run(async {
            let sound = server(page("accounts", account, &[])).await;
            let odd = server(page("accounts", account, &changes)).await;
            let sound = sound.client().accounts().await.unwrap();
            let read = odd.client().accounts().await.unwrap();
            holds(&sound, &read, &changes, |account: &Account| account.sid.to_string())?;
            for account in &read.rows {
                prop_assert!(account.friendly_name.chars().count() <= 256);
            }
            Ok(())
        })?;
    }

    #[test]
    fn of_a_thousand_keys_five_are_odd_and_the_others_are_as_they_are(changes in changes()) {
        run(async {
            let sound = server(page("keys", key, &[])).await;
            let odd = server(page("keys", key, &changes)).await;
            let sound = sound.client().keys(&child()).await.unwrap();
            let read = odd.client().keys(&child()).await.unwrap();
            holds(&sound, &read, &changes, |key: &Key| key.sid.to_string())
        })?;
    }

    #[test]
    fn of_a_thousand_rows_of_usage_five_are_odd_and_the_sum_is_what_it_is(changes in changes()) {
        run(async {
            let odd = server(page("usage_records", usage, &changes)).await;
            let spend = odd.client().spend_this_month(&child()).await;
            let sum_is_sound = changes.iter().all(|(place, _)| *place != ROWS / 2);
            match spend {
                Ok(Some(spend)) if sum_is_sound => {
                    prop_assert_eq!(spend.money, Money::parse("3.52", "USD").unwrap());
                }
                Ok(Some(_)) => {}
                // What cannot be read is never taken for nothing spent.
                Ok(None) => return Err(TestCaseError::fail("a row of the sum was there")),
                Err(error) => prop_assert!(!sum_is_sound, "{:?}", error),
            }
            Ok(())
        })?;
    }
}

#[tokio::test]
async fn half_an_emoji_in_one_name_costs_that_character() {
    let mut body = page("accounts", account, &[]);
    let name = r"Customer \\ud83d 7";
    let at = body
        .windows(name.len())
        .position(|window| window == name.as_bytes())
        .unwrap();
    body.splice(at..at + name.len(), br"Kiosk \ud83d".iter().copied());
    let read = server(body).await.client().accounts().await.unwrap();
    assert!(read.is_whole());
    assert_eq!(read.rows.len(), ROWS);
    assert_eq!(read.rows[7].friendly_name, "Kiosk \u{fffd}");
    assert!(read.rows[7].odd.name);
    assert_eq!(read.rows[8].friendly_name, r"Customer \ud83d 8");
    assert!(!read.rows[8].odd.any());
}

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
