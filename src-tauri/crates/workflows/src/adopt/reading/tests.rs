//! What is found in texts of each kind, and what is not taken for a secret.

use super::*;

const ONE: &str = "SK000000000000000000000000000000a1";
const OTHER: &str = "SK000000000000000000000000000000b2";
const ACCOUNT: &str = "AC00000000000000000000000000000011";
const SECRET: &str = "InventedInventedInventedInvented";
const SECOND: &str = "MadeUpMadeUpMadeUpMadeUpMadeUpAA";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// The pairs as text; what has no secret ends in nothing.
fn pairs(text: &str) -> Vec<(String, String)> {
    let shown = |found: FoundKey| {
        let secret = found.secret.map(|secret| secret.expose().to_owned());
        (found.key.to_string(), secret.unwrap_or_default())
    };
    read(text).into_iter().map(shown).collect()
}

fn one() -> Vec<(String, String)> {
    vec![(ONE.to_owned(), SECRET.to_owned())]
}

fn both() -> Vec<(String, String)> {
    vec![
        (ONE.to_owned(), SECRET.to_owned()),
        (OTHER.to_owned(), SECOND.to_owned()),
    ]
}

#[test]
fn a_sid_and_a_secret_are_a_pair_in_whatever_order_and_with_whatever_around_them() {
    for text in [
        format!("{ONE} {SECRET}"),
        format!("{SECRET}\n{ONE}\n"),
        format!("API SID: {ONE}\nAPI Secret: {SECRET}\nAccount: {ACCOUNT}"),
        format!("“{ONE}”, '{SECRET}'").replace(['“', '”'], "\""),
        format!("key <{ONE}> has the secret `{SECRET}`."),
        format!("{} {SECRET}", ONE.to_ascii_lowercase()),
    ] {
        assert_eq!(pairs(&text), one(), "{text}");
    }
}

#[test]
fn lines_of_a_settings_file_are_read_by_their_labels_and_an_auth_token_is_no_secret() {
    let text = format!(
        "TWILIO_ACCOUNT_SID={ACCOUNT}\nTWILIO_AUTH_TOKEN={TOKEN}\nexport TWILIO_API_KEY=\"{ONE}\"\nTWILIO_API_SECRET='{SECRET}'\n"
    );
    assert_eq!(pairs(&text), one());
    let found = read(&text);
    assert_eq!(found[0].account, ACCOUNT.parse().ok());
    let short = format!("API_KEY={ONE}\nAPI_SECRET=short-and-odd\n");
    assert_eq!(
        pairs(&short),
        [(ONE.to_owned(), "short-and-odd".to_owned())]
    );
    let token = format!("API_KEY={ONE}\nAPI_SECRET={TOKEN}\n");
    assert_eq!(pairs(&token), [(ONE.to_owned(), String::new())]);
}

#[test]
fn several_pairs_are_told_apart_one_after_the_other() {
    for text in [
        format!("{ONE} {SECRET}\n{OTHER} {SECOND}"),
        format!("{SECRET}\n{ONE}\n\n{SECOND}\n{OTHER}"),
        format!("{ONE}\t{SECRET}\n{OTHER}\t{SECOND}"),
    ] {
        assert_eq!(pairs(&text), both(), "{text}");
    }
}

#[test]
fn the_settings_of_twilios_own_command_line_are_read() {
    let text = format!(
        r#"{{"email":{{}},"profiles":{{"north":{{"accountSid":"{ACCOUNT}","apiKey":"{ONE}","apiSecret":"{SECRET}"}},
        "south":{{"accountSid":"{ACCOUNT}","apiKey":"{OTHER}","apiSecret":"{SECOND}"}}}},"activeProfile":"north"}}"#
    );
    assert_eq!(pairs(&text), both());
    assert_eq!(read(&text)[1].account, ACCOUNT.parse().ok());
}

#[test]
fn what_other_password_managers_write_is_read() {
    let bitwarden = format!(
        r#"{{"items":[{{"name":"Acme","notes":"Account SID: {ACCOUNT}","login":{{"username":"{ONE}","password":"{SECRET}"}}}}]}}"#
    );
    assert_eq!(pairs(&bitwarden), one());
    let one_password = format!(
        "Title,Url,Username,Password,Notes\n\"Acme, Inc.\",https://127.0.0.1,{ONE},{SECRET},\"a, b\"\nZenith,,{OTHER},{SECOND},\n"
    );
    assert_eq!(pairs(&one_password), both());
}

#[test]
fn tables_with_and_without_a_head_and_of_any_separator_are_read() {
    for delimiter in [",", ";", "\t"] {
        let head = ["Customer", "Account SID", "API SID", "API Secret"].join(delimiter);
        let row =
            |name: &str, key: &str, secret: &str| [name, ACCOUNT, key, secret].join(delimiter);
        let rows = format!("{}\n{}", row("A", ONE, SECRET), row("B", OTHER, SECOND));
        assert_eq!(pairs(&rows), both(), "{rows}");
        let table = format!("{head}\n{rows}");
        assert_eq!(pairs(&table), both(), "{table}");
        assert_eq!(read(&table)[0].account, ACCOUNT.parse().ok());
    }
}

#[test]
fn what_stands_there_twice_is_found_once_and_a_key_without_a_secret_is_found_as_that() {
    assert_eq!(pairs(&format!("{ONE} {SECRET} {ONE} {SECRET}")), one());
    let alone = [(ONE.to_owned(), String::new())];
    assert_eq!(pairs(ONE), alone);
    assert_eq!(pairs(&format!("{ONE} {TOKEN}")), alone);
    assert_eq!(pairs(&format!("{ONE}\n{ONE} {SECRET}")), one());
    for nothing in ["", "  ", "{}", "[1, 2]", SECRET, ACCOUNT, "a,b\nc,d"] {
        assert!(pairs(nothing).is_empty(), "{nothing}");
    }
}

#[test]
fn deep_json_ends_somewhere() {
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    assert!(pairs(&deep).is_empty());
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(text in ".{0,400}") {
        read(&text);
        read(&format!("{text} {ONE} {text}\n{SECRET};{text}"));
    }
}
