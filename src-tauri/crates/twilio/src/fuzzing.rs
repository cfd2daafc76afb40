//! The door by which arbitrary bytes reach the parsers, exactly as an answer's bytes do, without a connection.
//!
//! Only built with the feature `fuzzing`. Everything here reads and answers; nothing is sent.

use crate::{
    Account, CreatedKey, Error, Key, Listing, Permissions, PhoneNumber, Refusal, Sent, Spend,
    accounts, auth_tokens, balance,
    exchange::Answer,
    key, keys,
    listing::{self, Next, Row},
    numbers, paging, restricted_keys, retry, sender, traffic, usage, wire,
};
use jiff::Timestamp;
use std::time::Duration;
use terms::{AccountSid, KeySid, Money, NumberSid, Secret};
use url::Url;

/// A page of the list of accounts.
///
/// # Errors
/// As [`crate::Client::accounts`].
pub fn account_page(body: &[u8]) -> Result<Listing<Account>, Error> {
    page(body)
}

/// The account that was asked for.
///
/// # Errors
/// As [`crate::Client::account`].
pub fn account(asked: &AccountSid, body: &[u8]) -> Result<Account, Error> {
    accounts::read_account(asked, &Answer::of(body))
}

/// A subaccount just made by `signer`.
///
/// # Errors
/// As [`crate::Client::create_account`].
pub fn created_account(signer: &AccountSid, body: &[u8]) -> Result<Account, Error> {
    accounts::read_created(Some(signer), &Answer::of(body))
}

/// A page of an account's keys.
///
/// # Errors
/// As [`crate::Client::keys`].
pub fn key_page(body: &[u8]) -> Result<Listing<Key>, Error> {
    page(body)
}

fn page<T: Row>(body: &[u8]) -> Result<Listing<T>, Error> {
    let page = listing::read_page(&Answer::of(body), None)?;
    Ok(Listing {
        rows: listing::distinct(page.rows),
        unidentified: page.unidentified,
        to_its_end: !matches!(page.next, Next::Unknown),
    })
}

/// The key that was asked for.
///
/// # Errors
/// As [`crate::Client::key`].
pub fn key(asked: &KeySid, body: &[u8]) -> Result<Key, Error> {
    key::read_key(asked, &Answer::of(body))
}

/// A key just made, with its secret.
///
/// # Errors
/// As [`crate::Client::create_key`].
pub fn created_key(body: &[u8]) -> Result<CreatedKey, Error> {
    key::read_created(&Answer::of(body))
}

/// A page of an account's phone numbers.
///
/// # Errors
/// As [`crate::Client::numbers`].
pub fn number_page(body: &[u8]) -> Result<Listing<PhoneNumber>, Error> {
    page(body)
}

/// The phone number that was asked for.
///
/// # Errors
/// As [`crate::Client::number`].
pub fn number(account: &AccountSid, asked: &NumberSid, body: &[u8]) -> Result<PhoneNumber, Error> {
    numbers::read_number(account, asked, &Answer::of(body))
}

/// What the key that was asked for may do.
///
/// # Errors
/// As [`crate::Client::key_permissions`].
pub fn key_permissions(asked: &KeySid, body: &[u8]) -> Result<Option<Permissions>, Error> {
    restricted_keys::read_key_permissions(asked, &Answer::of(body))
}

/// A secondary Auth Token of `account`, just made.
///
/// # Errors
/// As [`crate::Client::create_secondary_token`].
pub fn secondary_token(account: &AccountSid, body: &[u8]) -> Result<Secret, Error> {
    auth_tokens::read_token(account, "secondary_auth_token", &Answer::of(body))
}

/// The newest message that was sent, of a page of messages.
///
/// # Errors
/// As [`crate::Client::last_traffic`].
pub fn newest_message(body: &[u8]) -> Result<Option<Sent>, Error> {
    traffic::newest_message(&Answer::of(body))
}

/// Whether a list of messages proves a key of `account`.
///
/// # Errors
/// As [`crate::Client::prove_key`].
pub fn proof(account: &AccountSid, body: &[u8]) -> Result<(), Error> {
    keys::read_proof(account, &Answer::of(body))
}

/// What `account` spent.
///
/// # Errors
/// As [`crate::Client::spend_this_month`].
pub fn spend(account: &AccountSid, body: &[u8]) -> Result<Option<Spend>, Error> {
    usage::read_spend(account, usage::EVERYTHING, &Answer::of(body))
}

/// What is left on the balance of `parent`.
///
/// # Errors
/// As [`crate::Client::balance`].
pub fn balance(parent: &AccountSid, body: &[u8]) -> Result<Money, Error> {
    balance::read_balance(parent, &Answer::of(body))
}

/// Twilio's refusal in the body of a 4xx or 5xx, if it is one; `secret` is kept out of it.
pub fn refusal(status: u16, body: &[u8], secret: &str) -> Option<Refusal> {
    Refusal::read(status, body, None, secret)
}

/// What the sender of a body that is not Twilio's calls itself.
pub fn title(body: &[u8]) -> Option<String> {
    sender::title(body)
}

/// How long a `Retry-After` header asks to wait.
pub fn retry_after(header: &str, now: Timestamp) -> Option<Duration> {
    retry::retry_after(header, now)
}

/// A v2010 date (RFC 2822).
pub fn date(text: &str) -> Option<Timestamp> {
    wire::rfc2822(Some(text))
}

/// An ISO 8601 time.
pub fn time(text: &str) -> Option<Timestamp> {
    wire::iso8601(Some(text))
}

/// Where a next-page link on `current` leads, in a list that began at `first`.
///
/// # Errors
/// [`Error::ForeignLink`]
pub fn next_page(first: &Url, current: &Url, link: &str) -> Result<Url, Error> {
    paging::follow(first, current, link)
}
