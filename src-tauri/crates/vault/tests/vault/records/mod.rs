//! What the records keep, as it is written and read back.

mod beside_the_lists;
mod connection;
mod disk;
mod lists;
mod names;

use terms::Region;
use vault::{Connection, Subaccount, TwilioKey};

use super::{account, key, time};

fn connected(number: u32) -> Connection {
    Connection {
        account: account(number),
        name: "Harbour Monitoring".into(),
        kind: "Full".into(),
        connected_at: time("2026-03-01T10:00:00Z"),
        balance: "1234.5670 USD".parse().ok(),
        refreshed_at: Some(time("2026-03-02T10:00:00.000000001Z")),
    }
}

pub(crate) fn row(number: u32, name: &str) -> Subaccount {
    Subaccount {
        parent: Some(account(1_000)),
        account: account(number),
        name: name.into(),
        status: terms::AccountStatus::Active,
        created_at: Some(time("2025-01-02T03:04:05Z")),
        missing_since: None,
    }
}

fn twilio_key(number: u32, name: &str) -> TwilioKey {
    TwilioKey {
        region: Region::Us1,
        key: key(number),
        name: name.into(),
        created_at: None,
    }
}
