//! Answers made wrong: other types, missing fields, other accounts, padding, pages without end.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::OddFields;
use crate::form::Fields;

/// Gives values other types than they had; only those of `field`, if one is named.
pub(super) fn with_wrong_types(answer: Value, field: Option<&str>) -> Value {
    match (answer, field) {
        (Value::Object(map), _) => map
            .into_iter()
            .map(|(name, value)| {
                let hit = field.is_none_or(|field| field == name);
                let value = if hit {
                    other_type(value)
                } else {
                    with_wrong_types(value, field)
                };
                (name, value)
            })
            .collect(),
        (Value::Array(items), Some(_)) => items
            .into_iter()
            .map(|item| with_wrong_types(item, field))
            .collect(),
        (value, Some(_)) => value,
        (value, None) => other_type(value),
    }
}

fn other_type(value: Value) -> Value {
    match value {
        Value::String(_) => json!(7),
        Value::Number(_) => json!("seven"),
        Value::Bool(_) => json!("perhaps"),
        Value::Null => json!([]),
        Value::Array(_) => json!({"0": "first"}),
        Value::Object(_) => json!(["first"]),
    }
}

/// Leaves out `field` wherever it stands, or everything.
pub(super) fn with_missing_fields(answer: Value, field: Option<&str>) -> Value {
    let Some(field) = field else {
        return Value::Object(Map::new());
    };
    match answer {
        Value::Object(map) => map
            .into_iter()
            .filter(|(name, _)| name != field)
            .map(|(name, value)| (name, with_missing_fields(value, Some(field))))
            .collect(),
        Value::Array(items) => items
            .into_iter()
            .map(|item| with_missing_fields(item, Some(field)))
            .collect(),
        value => value,
    }
}

/// The answer as text, with fields of the named rows as they are given.
pub(super) fn with_odd_rows(mut answer: Value, rows: &BTreeMap<String, OddFields>) -> String {
    let mut written = Vec::new();
    mark_odd_rows(&mut answer, rows, &mut written);
    let mut text = answer.to_string();
    for (place, value) in written.iter().enumerate() {
        text = text.replace(&Value::from(mark(place)).to_string(), value);
    }
    text
}

/// Puts a mark in the place of each field that is to be written otherwise.
fn mark_odd_rows(value: &mut Value, rows: &BTreeMap<String, OddFields>, written: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for item in items {
                mark_odd_rows(item, rows, written);
            }
        }
        Value::Object(map) => {
            if let Some(odd) = name_of(map).and_then(|name| rows.get(&name)) {
                for (field, value) in odd {
                    if value.is_empty() {
                        map.remove(field);
                        continue;
                    }
                    map.insert(field.clone(), Value::from(mark(written.len())));
                    written.push(value.clone());
                }
            }
            for value in map.values_mut() {
                mark_odd_rows(value, rows, written);
            }
        }
        _ => {}
    }
}

fn name_of(row: &Map<String, Value>) -> Option<String> {
    let text = |field: &str| row.get(field)?.as_str();
    match (text("sid"), text("account_sid"), text("category")) {
        (Some(sid), ..) => Some(sid.to_owned()),
        (None, Some(account), Some(category)) => Some(format!("{account} {category}")),
        (None, account, None) => account.map(str::to_owned),
        _ => None,
    }
}

/// No answer has such characters of its own.
fn mark(place: usize) -> String {
    format!("\u{e000}{place}\u{e001}")
}

/// Pads the answer by so many bytes.
pub(super) fn padded(answer: Value, bytes: usize) -> Value {
    match answer {
        Value::Object(mut map) => {
            map.insert("padding".to_owned(), Value::String("x".repeat(bytes)));
            Value::Object(map)
        }
        other => json!({"answer": other, "padding": "x".repeat(bytes)}),
    }
}

/// Links a list's answer to a next page, whichever page it is. `base` begins the absolute links of `iam`.
pub(super) fn with_next_page(mut answer: Value, path: &str, query: &Fields, base: &str) -> Value {
    let page: u64 = query
        .get("Page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(0);
    let next = query
        .without(&["Page", "PageToken"])
        .with("Page", page.saturating_add(1).to_string())
        .with("PageToken", format!("PAendless{page}"));
    let next = format!("{path}?{}", next.encode());
    if let Some(meta) = answer.get_mut("meta") {
        meta["page"] = json!(page);
        meta["next_page_url"] = json!(format!("{base}{next}"));
    } else if answer.get("next_page_uri").is_some() {
        answer["page"] = json!(page);
        answer["next_page_uri"] = json!(next);
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_named_field_is_hit_wherever_it_stands_and_nothing_else_is() {
        let answer = json!({"page": 0, "accounts": [{"sid": "AC1", "status": "active"}]});
        assert_eq!(
            with_wrong_types(answer.clone(), Some("sid")),
            json!({"page": 0, "accounts": [{"sid": 7, "status": "active"}]})
        );
        assert_eq!(
            with_missing_fields(answer.clone(), Some("sid")),
            json!({"page": 0, "accounts": [{"status": "active"}]})
        );
        assert_eq!(
            with_wrong_types(answer.clone(), None),
            json!({"page": "seven", "accounts": {"0": "first"}})
        );
        assert_eq!(with_missing_fields(answer, None), json!({}));
    }

    #[test]
    fn a_row_that_is_named_has_its_fields_as_they_are_given_and_no_other_row_has() {
        let answer = json!({"accounts": [{"sid": "AC1", "friendly_name": "A"}, {"sid": "AC2", "friendly_name": "B"}]});
        let odd = [("friendly_name", r#""Kiosk \ud83d""#), ("status", "NaN")];
        let odd = odd.map(|(field, value)| (field.to_owned(), value.to_owned()));
        let rows = BTreeMap::from([("AC2".to_owned(), BTreeMap::from(odd))]);
        assert_eq!(
            with_odd_rows(answer.clone(), &rows),
            r#"{"accounts":[{"friendly_name":"A","sid":"AC1"},{"friendly_name":"Kiosk \ud83d","sid":"AC2","status":NaN}]}"#
        );
        let left_out = BTreeMap::from([("friendly_name".to_owned(), String::new())]);
        let rows = BTreeMap::from([("AC1".to_owned(), left_out)]);
        assert_eq!(
            with_odd_rows(answer, &rows),
            r#"{"accounts":[{"sid":"AC1"},{"friendly_name":"B","sid":"AC2"}]}"#
        );
    }

    #[test]
    fn a_padded_answer_is_still_json_and_holds_what_it_held() {
        let padded = padded(json!({"sid": "AC1"}), 1_000);
        assert_eq!(padded["sid"], "AC1");
        assert!(padded.to_string().len() > 1_000);
    }
}
