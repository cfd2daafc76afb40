//! Twilio's answers about phone numbers, and what was sent with them.

use std::collections::HashSet;

use terms::NumberSid;
use twilio::fuzzing;

use crate::answers::{account, cannot_be_used};

const NUMBER: &str = "PN00000000000000000000000000000001";
/// Longer than any name that is kept of a number.
const LONGEST_NAME: usize = 256;

/// Lists of numbers, one number, and the newest message of a list.
pub fn twilio_numbers(body: &[u8]) {
    match fuzzing::number_page(body) {
        Ok(listing) => {
            let sids: HashSet<_> = listing.rows.iter().map(|number| &number.sid).collect();
            assert_eq!(sids.len(), listing.rows.len(), "each number is listed once");
            for number in &listing.rows {
                assert!(number.friendly_name.chars().count() <= LONGEST_NAME);
            }
        }
        Err(error) => cannot_be_used(&error),
    }
    let asked: NumberSid = NUMBER.parse().expect("a SID");
    match fuzzing::number(&account(), &asked, body) {
        Ok(number) => assert_eq!(number.sid, asked),
        Err(error) => cannot_be_used(&error),
    }
    if let Err(error) = fuzzing::newest_message(body) {
        cannot_be_used(&error);
    }
}
