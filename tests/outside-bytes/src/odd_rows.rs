//! Rows of Twilio's lists that are anything at all, beside rows that are as they should be.

use twilio::fuzzing;

const SOUND: [&str; 2] = [
    "AC00000000000000000000000000000001",
    "AC00000000000000000000000000000002",
];
const ODD: &str = "AC00000000000000000000000000000003";

/// The bytes as a name in a row, and as a row where they are JSON: neither hides the rows beside it, or changes them.
pub fn twilio_odd_rows(bytes: &[u8]) {
    let name = inside_a_string(bytes);
    beside_accounts(&row(ODD, "friendly_name", &name));
    beside_keys(&row(&ODD.replace("AC", "SK"), "friendly_name", &name));
    beside_usage(&row(SOUND[0], "category", &name));
    // Twice, as a field that is there already: it costs that field alone.
    beside_accounts(&row(ODD, "sid", &name));
    if serde_json::from_slice::<serde_json::Value>(bytes).is_ok() {
        beside_accounts(bytes);
        beside_keys(bytes);
    }
}

/// The bytes without what would end the string.
fn inside_a_string(bytes: &[u8]) -> Vec<u8> {
    let mut inside: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'"').collect();
    let backslashes = inside.iter().rev().take_while(|byte| **byte == b'\\');
    if backslashes.count() % 2 == 1 {
        inside.push(b'\\');
    }
    inside
}

fn row(sid: &str, field: &str, value: &[u8]) -> Vec<u8> {
    let before = format!("{{\"sid\":\"{sid}\",\"account_sid\":\"{sid}\",\"{field}\":\"");
    [
        before.as_bytes(),
        value,
        b"\",\"price\":\"1\",\"price_unit\":\"usd\"}",
    ]
    .concat()
}

fn page(list: &str, sound: &[String], odd: &[u8]) -> Vec<u8> {
    let sound = sound.join(",");
    let before = format!("{{\"{list}\":[{sound},");
    [before.as_bytes(), odd, b"]}"].concat()
}

fn beside_accounts(odd: &[u8]) {
    let sound = SOUND.map(|sid| {
        format!(
            r#"{{"sid":"{sid}","owner_account_sid":"{}","friendly_name":"Acme {sid}","status":"active","type":"Full"}}"#,
            SOUND[0]
        )
    });
    let read = fuzzing::account_page(&page("accounts", &sound, odd)).expect("a list");
    assert!(read.rows.len() + read.unidentified.len() <= SOUND.len() + 1);
    for (row, sid) in read.rows.iter().zip(SOUND) {
        assert_eq!(row.sid.as_str(), sid);
        assert_eq!(row.friendly_name, format!("Acme {sid}"));
        assert!(!row.odd.any());
    }
    assert!(read.rows.len() >= SOUND.len());
}

fn beside_keys(odd: &[u8]) {
    let sound = SOUND.map(|sid| {
        let sid = sid.replace("AC", "SK");
        format!(r#"{{"sid":"{sid}","friendly_name":"Acme {sid}"}}"#)
    });
    let read = fuzzing::key_page(&page("keys", &sound, odd)).expect("a list");
    assert!(read.rows.len() >= SOUND.len());
    for (row, sid) in read.rows.iter().zip(SOUND) {
        assert_eq!(row.sid.as_str(), sid.replace("AC", "SK"));
        assert!(!row.odd.any());
    }
}

fn beside_usage(odd: &[u8]) {
    let sum = format!(
        r#"{{"account_sid":"{}","category":"totalprice","price":"3.52","price_unit":"usd"}}"#,
        SOUND[0]
    );
    let account = SOUND[0].parse().expect("a SID");
    match fuzzing::spend(&account, &page("usage_records", &[sum], odd)) {
        Ok(spend) => assert_eq!(
            spend.expect("a sum").money.to_string(),
            "3.52 USD",
            "the sum is what it is"
        ),
        // It may call itself the sum as well.
        Err(error) => assert!(matches!(error, twilio::Error::Odd { .. }), "{error}"),
    }
}
