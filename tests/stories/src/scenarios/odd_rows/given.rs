use serde_json::{Map, Value, json};

use super::listed::short;
use super::{Rows, SUBACCOUNTS};
use crate::{Practice, Told, expect};

const LIST: &str = "/2010-04-01/Accounts.json";
/// What the window calls a subaccount whose name it cannot read.
const NO_NAME: &str = "(no name)";
const SCRIPT: &str =
    r#"Zeppelin <img src=x onerror="window.ranByAName=1"><script>window.ranByAName=2</script>"#;
/// So far apart they are in Twilio's list.
const APART: usize = 150;

/// What Twilio answers, and what is to be seen of it.
pub struct Given {
    /// The rows that are not as they should be.
    pub odd: Vec<OddRow>,
    /// Every subaccount as it really is.
    pub sound: Rows,
    /// The same, with what can be read of the odd ones.
    pub readable: Rows,
}

/// A row that is not as it should be.
pub struct OddRow {
    /// What is odd about it.
    pub what: &'static str,
    /// Its Account SID, which can be read.
    pub sid: String,
    /// What the list shows as its name.
    pub shown: String,
    /// What it is searched by, where that is not its SID.
    pub found_by: Option<&'static str>,
    /// Its odd fields as they are written; one without anything is left out.
    fields: Value,
}

/// Has five rows of the list answered in odd ways.
pub async fn given(practice: &Practice) -> Told<Given> {
    let accounts = accounts(practice).await?;
    let text =
        |account: &Value, field: &str| account[field].as_str().unwrap_or_default().to_owned();
    let row = |account: &Value| (text(account, "friendly_name"), text(account, "status"));
    let sound: Rows = accounts
        .iter()
        .map(|account| (short(&text(account, "sid")), row(account)))
        .collect();
    expect(sound.len() == SUBACCOUNTS, || {
        format!("Twilio has {} subaccounts", sound.len())
    })?;
    let active = accounts
        .iter()
        .filter(|account| account["status"] == "active");
    let mut odd = odd_rows();
    let (mut readable, mut rows) = (sound.clone(), Map::new());
    for (row, account) in odd.iter_mut().zip(active.step_by(APART)) {
        row.sid = text(account, "sid");
        let status = match row.fields.get("status") {
            Some(_) => "unknown",
            None => "active",
        };
        readable.insert(short(&row.sid), (row.shown.clone(), status.to_owned()));
        rows.insert(row.sid.clone(), row.fields.clone());
    }
    let fault = json!({"kind": "odd_rows", "rows": rows});
    practice
        .fault(&json!({"method": "GET", "fault": fault}))
        .await?;
    Ok(Given {
        odd,
        sound,
        readable,
    })
}

async fn accounts(practice: &Practice) -> Told<Vec<Value>> {
    let mut accounts = Vec::new();
    let mut next = Some(format!("{LIST}?PageSize={SUBACCOUNTS}"));
    while let Some(path) = next {
        let (_, page) = practice.ask(&path).await?;
        accounts.extend(page["accounts"].as_array().cloned().unwrap_or_default());
        next = page["next_page_uri"].as_str().map(str::to_owned);
    }
    accounts.retain(|account| account["sid"] != practice.account_sid());
    Ok(accounts)
}

fn odd_rows() -> Vec<OddRow> {
    let row = |what, fields, shown: String, found_by| OddRow {
        what,
        sid: String::new(),
        shown,
        found_by,
        fields,
    };
    let controls = Value::from(SCRIPT).to_string().replacen(
        "Zeppelin",
        r"Zeppelin\u0000\u0007\u001b[31m\u202e",
        1,
    );
    let visibly = "Zeppelin[U+0000][U+0007][U+001B][31m[U+202E]";
    let long = format!("Quetzal {}", "Kiosk ".repeat(1_700));
    vec![
        row(
            "half characters",
            json!({"friendly_name": r#""Yucca \ud83d bar \udc00""#}),
            "Yucca \u{fffd} bar \u{fffd}".to_owned(),
            Some("yucca"),
        ),
        row(
            "fields of other types, and null",
            json!({"friendly_name": "90417", "status": "7", "owner_account_sid": "null", "date_created": "{}"}),
            "90417".to_owned(),
            Some("90417"),
        ),
        row(
            "no name and no status",
            json!({"friendly_name": "", "status": "null"}),
            NO_NAME.to_owned(),
            None,
        ),
        row(
            "a name of ten thousand characters",
            json!({"friendly_name": Value::from(long.as_str()).to_string()}),
            beginning_and_end(&long),
            Some("quetzal"),
        ),
        row(
            "control characters and a script",
            json!({"friendly_name": controls}),
            SCRIPT.replacen("Zeppelin", visibly, 1),
            Some("zeppelin"),
        ),
    ]
}

/// What is kept of a name that is far too long: 160 characters and the last 40.
fn beginning_and_end(name: &str) -> String {
    let beginning: String = name.chars().take(160).collect();
    let before_the_end = name.chars().count().saturating_sub(40);
    let end: String = name.chars().skip(before_the_end).collect();
    format!("{beginning} … {end}").trim().to_owned()
}
