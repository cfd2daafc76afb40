//! A thousand rows as they are written, and what is done to a few of them.

use std::collections::HashMap;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::raw_server::{CHILD, PARENT};

pub(super) const ROWS: usize = 1_000;

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
pub(super) enum Change {
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
pub(super) fn changes() -> impl Strategy<Value = Vec<(usize, Change)>> {
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
pub(super) fn page(
    list: &str,
    row: impl Fn(usize) -> Written,
    changes: &[(usize, Change)],
) -> Vec<u8> {
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

pub(super) fn account(place: usize) -> Written {
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

pub(super) fn key_sid(place: usize) -> String {
    format!("SK{:032}", place + 100)
}

pub(super) fn key(place: usize) -> Written {
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
pub(super) fn usage(place: usize) -> Written {
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
