//! Bytes that were meant to be JSON, made into JSON that a strict parser takes.
//!
//! Servers cut names at a length counted in UTF-16, and databases give back bytes of another encoding. A parser that refuses the whole
//! answer for it hides a thousand rows because of one. What cannot be a character becomes U+FFFD, which no SID and no secret may
//! have in it (see [`terms::Secret`]), so that nothing is ever changed into another value that would be accepted.

use crate::body::Wiped;
use serde::de::IgnoredAny;
use zeroize::Zeroizing;

/// Stands for what cannot be read: U+FFFD.
pub(crate) const REPLACEMENT: char = '\u{fffd}';
/// The same as it is written into a JSON string.
const ESCAPED_REPLACEMENT: &[u8] = b"\\ufffd";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The bytes, where they are sound; else a copy in which
/// - bytes that are not UTF-8, halves of surrogate pairs and unknown escapes are U+FFFD,
/// - control characters inside a string are written as escapes,
/// - words that are neither a number nor `true`, `false` or `null`, such as `NaN`, are `null`.
///
/// Both are wiped when dropped: answers hold Auth Tokens and secrets.
pub(crate) fn readable(bytes: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    let bytes = in_utf8(bytes);
    let mut copy: Option<Wiped> = None;
    let (mut at, mut kept) = (0, 0);
    let mut in_string = false;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let piece = if in_string {
            in_a_string(rest)
        } else {
            between_strings(rest)
        };
        in_string ^= piece.turns;
        if let Some(instead) = piece.instead {
            let copy = copy.get_or_insert_with(Wiped::default);
            copy.append(bytes.get(kept..at).unwrap_or_default());
            copy.append(&instead);
            kept = at.saturating_add(piece.length);
        }
        at = at.saturating_add(piece.length);
    }
    match copy {
        None => bytes,
        Some(mut copy) => {
            copy.append(bytes.get(kept..).unwrap_or_default());
            copy.into_bytes()
        }
    }
}

fn in_utf8(bytes: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    if std::str::from_utf8(&bytes).is_ok() {
        return bytes;
    }
    let mut text = Wiped::default();
    for chunk in bytes.utf8_chunks() {
        text.append(chunk.valid().as_bytes());
        if !chunk.invalid().is_empty() {
            text.append(REPLACEMENT.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    text.into_bytes()
}

/// What comes next.
struct Piece {
    /// In bytes; never none.
    length: usize,
    /// What is written in its place; nothing where it is sound.
    instead: Option<Vec<u8>>,
    /// A string begins or ends with it.
    turns: bool,
}

impl Piece {
    fn sound(length: usize) -> Self {
        Self {
            length,
            instead: None,
            turns: false,
        }
    }

    fn quote() -> Self {
        Self {
            turns: true,
            ..Self::sound(1)
        }
    }

    fn instead_of(length: usize, instead: &[u8]) -> Self {
        Self {
            instead: Some(instead.to_vec()),
            ..Self::sound(length)
        }
    }
}

fn between_strings(rest: &[u8]) -> Piece {
    if rest.starts_with(BYTE_ORDER_MARK) {
        return Piece::instead_of(BYTE_ORDER_MARK.len(), b"");
    }
    match rest.first() {
        Some(b'"') => Piece::quote(),
        Some(byte) if ends_a_word(*byte) => Piece::sound(1),
        _ => {
            let length = rest
                .iter()
                .position(|byte| ends_a_word(*byte) || *byte == b'"');
            let length = length.unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or_default();
            if serde_json::from_slice::<IgnoredAny>(word).is_ok() {
                Piece::sound(length)
            } else {
                Piece::instead_of(length, b"null")
            }
        }
    }
}

fn ends_a_word(byte: u8) -> bool {
    matches!(
        byte,
        b'{' | b'}' | b'[' | b']' | b':' | b',' | b' ' | b'\t' | b'\r' | b'\n'
    )
}

fn in_a_string(rest: &[u8]) -> Piece {
    match rest.first() {
        Some(b'"') => Piece::quote(),
        Some(b'\\') => escape(rest),
        Some(byte) if *byte < b' ' => Piece::instead_of(1, format!("\\u{byte:04x}").as_bytes()),
        _ => {
            let length = rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\') || *byte < b' ');
            Piece::sound(length.unwrap_or(rest.len()))
        }
    }
}

fn escape(rest: &[u8]) -> Piece {
    match rest.get(1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Piece::sound(2),
        Some(b'u') => match code_unit(rest) {
            Some(0xd800..=0xdbff) => {
                let second = rest.get(6..).and_then(code_unit);
                match second {
                    Some(0xdc00..=0xdfff) => Piece::sound(12),
                    _ => Piece::instead_of(6, ESCAPED_REPLACEMENT),
                }
            }
            Some(0xdc00..=0xdfff) => Piece::instead_of(6, ESCAPED_REPLACEMENT),
            Some(_) => Piece::sound(6),
            None => Piece::instead_of(2, ESCAPED_REPLACEMENT),
        },
        _ => Piece::instead_of(1, ESCAPED_REPLACEMENT),
    }
}

/// The UTF-16 code unit that an escape such as `\u00e9` writes, where one stands first.
fn code_unit(rest: &[u8]) -> Option<u16> {
    let digits = rest.strip_prefix(b"\\u")?.get(..4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn read(bytes: &[u8]) -> Vec<u8> {
        readable(Zeroizing::new(bytes.to_vec())).to_vec()
    }

    fn value(bytes: &[u8]) -> Value {
        serde_json::from_slice(&read(bytes)).unwrap()
    }

    #[test]
    fn half_of_a_surrogate_pair_is_one_character_that_cannot_be_read() {
        for (written, meant) in [
            (r#""Kiosk \ud83d""#, "Kiosk \u{fffd}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1f600}"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\uD83D\n""#, "\u{fffd}\n"),
            (r#""\ud83d\u0041""#, "\u{fffd}A"),
            (r#""\ud83dx""#, "\u{fffd}x"),
        ] {
            assert_eq!(value(written.as_bytes()), Value::from(meant), "{written}");
        }
    }

    #[test]
    fn a_backslash_that_is_itself_escaped_begins_no_escape() {
        for (written, meant) in [
            (r#""\\ud83d""#, r"\ud83d"),
            (r#""\\\ud83d""#, "\\\u{fffd}"),
            (r#""\\\\ud83d\"""#, "\\\\ud83d\""),
        ] {
            assert_eq!(value(written.as_bytes()), Value::from(meant), "{written}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_cost_one_character() {
        assert_eq!(value(b"\"K\xe9 \xff\""), Value::from("K\u{fffd} \u{fffd}"));
        assert_eq!(value(b"\xef\xbb\xbf[1]"), serde_json::json!([1]));
        let cesu = value(b"\"\xed\xa0\xbd\"");
        assert!(cesu.as_str().unwrap().chars().all(|c| c == REPLACEMENT));
    }

    #[test]
    fn what_no_json_has_is_read_as_far_as_it_can_be() {
        let odd = b"{\"a\":NaN,\"b\":-Infinity,\"c\":01,\"d\":undefined,\"e\":\"a\tb\",\"f\":\"\\x41\\u12\",\"g\":1e999}";
        let read = read(odd);
        let text = String::from_utf8(read).unwrap();
        assert_eq!(
            text,
            r#"{"a":null,"b":null,"c":null,"d":null,"e":"a\u0009b","f":"\ufffdx41\ufffd12","g":1e999}"#
        );
    }

    #[test]
    fn an_answer_that_broke_off_stays_one() {
        for broken in [
            r#"{"accounts":[{"sid":"AC"#,
            r#"{"accounts":[{"#,
            r#"{"a":"\"#,
            r#"{"a":"b"#,
        ] {
            let read = read(broken.as_bytes());
            assert!(
                serde_json::from_slice::<IgnoredAny>(&read).is_err(),
                "{broken}"
            );
        }
    }

    proptest! {
        #[test]
        fn sound_json_stays_as_it_is_to_the_byte(text in any::<String>(), number in any::<f64>()) {
            let json = serde_json::json!({ "text": text, &text: [number, null, true, { "more": text }] }).to_string();
            prop_assert_eq!(read(json.as_bytes()), json.as_bytes());
            let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            let json = format!("[\"{escaped}\"]");
            prop_assert_eq!(read(json.as_bytes()), json.as_bytes());
        }

        #[test]
        fn any_bytes_inside_a_string_leave_what_stands_around_it(
            inside in proptest::collection::vec(any::<u8>().prop_filter("no end", |byte| !matches!(byte, b'"' | b'\\')), 0..60)
        ) {
            let mut json = b"{\"before\":1,\"odd\":\"".to_vec();
            json.extend(&inside);
            json.extend(b"\",\"after\":[2]}");
            let value = value(&json);
            prop_assert_eq!(&value["before"], 1);
            prop_assert_eq!(&value["after"], &serde_json::json!([2]));
            let meant = String::from_utf8_lossy(&inside);
            prop_assert_eq!(value["odd"].as_str().unwrap(), &*meant);
        }

        #[test]
        fn mending_twice_is_mending_once(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let once = read(&bytes);
            prop_assert_eq!(read(&once), once);
        }
    }
}
