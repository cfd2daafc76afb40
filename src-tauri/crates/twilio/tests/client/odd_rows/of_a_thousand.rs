//! Lists of a thousand rows, a few of them odd.

use std::collections::HashMap;

use proptest::prelude::*;
use terms::Money;
use twilio::{Account, Key, Listing};

use super::server;
use super::written::{Change, ROWS, account, changes, key, page, usage};
use crate::raw_server::child;

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
