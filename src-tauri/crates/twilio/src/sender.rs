//! What a program that answered in Twilio's place calls itself. Its words are for the details beside a failure, and anything could be
//! in them: a filter quotes the request that it stopped, or the answer.

use serde_json::Value;

use crate::one_line::one_line;

/// The longest title that is kept, in characters.
const LONGEST_TITLE: usize = 100;

/// A run of so many letters and digits may be an Auth Token, a key's secret or an identifier, and is not a word.
const LONGEST_WORD: usize = 20;

/// The fields in which products of this kind say what happened, in the order of how much they say.
const FIELDS: [&str; 8] = [
    "title",
    "message",
    "error_description",
    "description",
    "detail",
    "reason",
    "error",
    "errors",
];

/// The title of whoever sent this body: of a page in HTML its title or first heading, of JSON its message, of plain text its first line.
/// `None` where there is nothing to read.
pub(crate) fn title(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let title = if text.starts_with('<') {
        ["title", "h1"]
            .into_iter()
            .filter_map(|name| element(text, name))
            .find(|title| !title.trim().is_empty())?
    } else if text.starts_with(['{', '[', '"']) {
        said(&serde_json::from_str(text).ok()?, 3)?
    } else {
        text.lines().next()?.to_owned()
    };
    let title = one_line(&without_secrets(&visible(&title)), LONGEST_TITLE);
    (!title.is_empty()).then_some(title)
}

/// Whether a body is of a page rather than of an API: nothing that could be JSON.
pub(crate) fn is_a_page(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.starts_with('<')
}

/// The text within the first element of this name, with the usual entities read and elements inside left out.
fn element(page: &str, name: &str) -> Option<String> {
    // Lowered alike, so that places in it are places in the page.
    let lower = page.to_ascii_lowercase();
    let opened = lower.match_indices(&format!("<{name}")).find(|(at, tag)| {
        let after = lower
            .get(at + tag.len()..)
            .and_then(|rest| rest.chars().next());
        after.is_some_and(|after| after == '>' || after.is_ascii_whitespace())
    })?;
    let rest = page.get(opened.0..)?;
    let (_, rest) = rest.split_once('>')?;
    let end = rest
        .to_ascii_lowercase()
        .find(&format!("</{name}"))
        .unwrap_or(rest.len());
    Some(with_entities(&without_elements(rest.get(..end)?)))
}

fn without_elements(text: &str) -> String {
    let mut plain = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                plain.push(' ');
            }
            _ if !inside => plain.push(c),
            _ => {}
        }
    }
    plain
}

fn with_entities(text: &str) -> String {
    [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&ndash;", "–"),
        ("&mdash;", "—"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.to_owned(), |text, (entity, character)| {
        text.replace(entity, character)
    })
}

/// The first text that a field of this kind holds, also within an object or a list in it.
fn said(value: &Value, depth: usize) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Array(items) if depth > 0 => items.iter().find_map(|item| said(item, depth - 1)),
        Value::Object(fields) if depth > 0 => FIELDS
            .iter()
            .filter_map(|name| fields.get(*name))
            .find_map(|value| said(value, depth - 1)),
        _ => None,
    }
}

/// Without characters that are not seen and could change how the rest is read.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        })
        .collect()
}

/// Every run that is too long for a word is left out, however it is written: also as Base64, or with percent signs.
fn without_secrets(text: &str) -> String {
    let part_of_one = |c: char| c.is_ascii_alphanumeric() || "+/=_-%.~".contains(c);
    let mut plain = String::new();
    let mut run = String::new();
    for c in text.chars().chain([' ']) {
        if part_of_one(c) {
            run.push(c);
            continue;
        }
        let is_word = run
            .split(['-', '.', '/', '_'])
            .all(|part| part.len() < LONGEST_WORD);
        plain.push_str(if is_word { &run } else { "(hidden)" });
        run.clear();
        plain.push(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(body: &str) -> Option<String> {
        title(body.as_bytes())
    }

    #[test]
    fn a_page_is_called_by_its_title_or_its_first_heading() {
        for (page, expected) in [
            (
                "<!DOCTYPE html><html><HEAD><TITLE lang=en>\n  Access   denied\n</TITLE>",
                "Access denied",
            ),
            (
                "<html><head><title></title></head><h1>Blocked &amp; <b>logged</b></h1>",
                "Blocked & logged",
            ),
            ("<title>403 Forbidden", "403 Forbidden"),
            (
                "\u{feff}<html><titled>no</titled><title>Sign in\u{202e} to Wi-Fi</title>",
                "Sign in to Wi-Fi",
            ),
        ] {
            assert_eq!(read(page).as_deref(), Some(expected), "{page}");
        }
    }

    #[test]
    fn another_products_json_and_plain_text_are_called_by_their_message() {
        for (body, expected) in [
            (
                r#"{"message":"Missing Authentication Token"}"#,
                "Missing Authentication Token",
            ),
            (r#"{"error":{"code":403,"message":"Blocked"}}"#, "Blocked"),
            (
                r#"{"success":false,"errors":[{"code":1020,"message":"Access denied"}]}"#,
                "Access denied",
            ),
            (r#"{"code":"20003","message":"no\nlines"}"#, "no lines"),
            ("upstream connect error\nmore", "upstream connect error"),
        ] {
            assert_eq!(read(body).as_deref(), Some(expected), "{body}");
        }
        for body in [
            "",
            " \n",
            "{}",
            "[]",
            "[1]",
            r#"{"code":3}"#,
            r#"{"message":"#,
            "<p>",
            "<html>",
        ] {
            assert_eq!(read(body), None, "{body}");
        }
    }

    #[test]
    fn nothing_in_a_title_can_be_a_secret() {
        let secret = "0123456789abcdef0123456789ABCDEF";
        for quoted in [
            "Blocked: Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMQ== seen".to_owned(),
            format!("Blocked: {secret} seen"),
            format!("Blocked: token={secret} seen"),
            format!("Blocked: AC{secret}:{secret} seen"),
        ] {
            for body in [
                quoted.clone(),
                format!("<title>{quoted}</title>"),
                format!(r#"{{"message":"{quoted}"}}"#),
            ] {
                let title = read(&body).expect("a title");
                assert!(!title.contains("0123456789"), "{title}");
                assert!(!title.contains("QUMw"), "{title}");
                assert!(
                    title.starts_with("Blocked: ") && title.ends_with(" seen"),
                    "{title}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn no_body_breaks_reading_a_title(body in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..200),
            "<(title|h1|TITLE)[ >a-zé&;<]{0,40}".prop_map(String::into_bytes),
            r#"\{"(message|error)":("[a-z]{0,200}"|\[|\{)\}?"#.prop_map(String::into_bytes),
        ]) {
            if let Some(title) = title(&body) {
                prop_assert!(title.chars().count() <= LONGEST_TITLE);
                prop_assert!(!title.is_empty() && !title.chars().any(char::is_control));
            }
        }
    }
}
