//! Answers made wrong: other types, missing fields, other accounts, padding, pages without end.

use serde_json::{Map, Value, json};

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
    fn a_padded_answer_is_still_json_and_holds_what_it_held() {
        let padded = padded(json!({"sid": "AC1"}), 1_000);
        assert_eq!(padded["sid"], "AC1");
        assert!(padded.to_string().len() > 1_000);
    }
}
