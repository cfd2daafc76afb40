//! Twilio's answers.

use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use terms::{AccountSid, KeySid};
use twilio::{Error, fuzzing};
use url::Url;

const ACCOUNT: &str = "AC00000000000000000000000000000001";
const SUBACCOUNT: &str = "AC00000000000000000000000000000002";
pub(crate) const KEY: &str = "SK00000000000000000000000000000001";
/// Longer than any name that is kept.
const LONGEST_NAME: usize = 256;
/// Longer than any message that is kept of a refusal.
const LONGEST_MESSAGE: usize = 300;

pub(crate) fn account() -> AccountSid {
    ACCOUNT.parse().expect("a SID")
}

/// An answer that cannot be used is unreadable, a page, or about somebody else.
pub(crate) fn cannot_be_used(error: &Error) {
    assert!(
        matches!(
            error,
            Error::Unreadable { .. }
                | Error::AnsweredByAnother { .. }
                | Error::Odd { .. }
                | Error::WrongAccount { .. }
        ),
        "{error}"
    );
}

/// Lists of accounts, one account, and one just made.
pub fn twilio_accounts(body: &[u8]) {
    match fuzzing::account_page(body) {
        Ok(listing) => {
            let accounts = listing.rows;
            let sids: HashSet<_> = accounts.iter().map(|account| &account.sid).collect();
            assert_eq!(sids.len(), accounts.len(), "each account is listed once");
            for account in &accounts {
                assert!(account.friendly_name.chars().count() <= LONGEST_NAME);
            }
        }
        Err(error) => cannot_be_used(&error),
    }
    let asked: AccountSid = SUBACCOUNT.parse().expect("a SID");
    match fuzzing::account(&asked, body) {
        Ok(account) => assert_eq!(account.sid, asked),
        Err(error) => cannot_be_used(&error),
    }
    match fuzzing::created_account(&account(), body) {
        Ok(made) => {
            assert_eq!(made.owner, Some(account()), "it belongs to whoever made it");
            assert!(!made.is_parent());
        }
        Err(error) => cannot_be_used(&error),
    }
}

/// Lists of keys, one key, one just made with its secret, and the proof of one.
pub fn twilio_keys(body: &[u8]) {
    if let Err(error) = fuzzing::key_page(body) {
        cannot_be_used(&error);
    }
    let asked: KeySid = KEY.parse().expect("a SID");
    match fuzzing::key(&asked, body) {
        Ok(key) => assert_eq!(key.sid, asked),
        Err(error) => cannot_be_used(&error),
    }
    match fuzzing::created_key(body) {
        Ok(made) => {
            assert!(!made.secret.expose().is_empty());
            assert!(!made.secret.expose().contains('\u{fffd}'), "it is whole");
            // A secret can be a piece of the words that stand for it, so these are compared.
            let printed = format!("{:?}", made.secret);
            assert_eq!(printed, "Secret(hidden)", "a secret is not printed");
        }
        Err(error) => cannot_be_used(&error),
    }
    if let Err(error) = fuzzing::proof(&account(), body) {
        cannot_be_used(&error);
    }
}

/// What an account spent.
pub fn twilio_spend(body: &[u8]) {
    match fuzzing::spend(&account(), body) {
        Ok(Some(spend)) => reads_back(&spend.money),
        Ok(None) => {}
        Err(error) => cannot_be_used(&error),
    }
}

/// The balance.
pub fn twilio_balance(body: &[u8]) {
    match fuzzing::balance(&account(), body) {
        Ok(money) => reads_back(&money),
        Err(error) => cannot_be_used(&error),
    }
}

/// The refusal in the body of a 4xx, or the title of whoever else sent it: one short line, without the secret that signed the request.
pub fn twilio_refusal(body: &[u8]) {
    const SECRET: &str = "0123456789abcdef0123456789abcdef";
    let refusal = fuzzing::refusal(401, body, SECRET);
    let said = [refusal.map(|refusal| refusal.message), fuzzing::title(body)];
    for said in said.into_iter().flatten() {
        assert!(said.chars().count() <= LONGEST_MESSAGE);
        assert!(!said.chars().any(char::is_control));
        assert!(!said.contains(SECRET), "the secret is kept out");
    }
}

/// `Retry-After` and the dates in answers.
pub fn twilio_headers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let now: Timestamp = "2026-11-23T12:00:00Z".parse().expect("a time");
    let _ = fuzzing::retry_after(&text, now);
    for time in [fuzzing::date(&text), fuzzing::time(&text)]
        .into_iter()
        .flatten()
    {
        let written = time.to_string();
        assert_eq!(written.parse().ok(), Some(time), "{written} reads back");
        // What the window does with every time it shows.
        let _ = time.checked_add(SignedDuration::from_hours(24));
    }
}

/// The link to a list's next page: followed to the same host and resource, or not at all.
pub fn twilio_paging(bytes: &[u8]) {
    let link = String::from_utf8_lossy(bytes);
    let first: Url = "https://api.twilio.com/2010-04-01/Accounts.json?PageSize=1000"
        .parse()
        .expect("an address");
    match fuzzing::next_page(&first, &first, &link) {
        Ok(next) => {
            assert_eq!(next.scheme(), "https");
            assert_eq!(next.host_str(), Some("api.twilio.com"));
            assert_eq!(next.port_or_known_default(), Some(443));
            assert!(
                next.path()
                    .eq_ignore_ascii_case("/2010-04-01/Accounts.json")
            );
            assert!(next.username().is_empty() && next.password().is_none());
            assert!(next.fragment().is_none());
        }
        Err(error) => assert_eq!(error, Error::ForeignLink),
    }
}

/// An amount is written and read back as the same.
fn reads_back(money: &terms::Money) {
    let written = money.to_string();
    assert_eq!(written.parse().as_ref(), Ok(money), "{written} reads back");
    let json = serde_json::to_string(money).expect("an amount is JSON");
    let again: terms::Money = serde_json::from_str(&json).expect("and is read");
    assert_eq!(again, *money);
}
