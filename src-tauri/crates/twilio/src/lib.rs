//! A typed, asynchronous client of the parts of Twilio's REST API that managing
//! subaccounts and API keys needs. It knows HTTP; it knows nothing of keychains, windows, or
//! texts for users.
//!
//! | to | see |
//! | --- | --- |
//! | say who signs, and where to | [`Credentials`], [`Hosts`], [`Client`] |
//! | learn what a pair of values is | [`sign_in`] |
//! | list, create, rename, suspend and close accounts | [`Client::accounts`], [`Client::create_account`] |
//! | list, create, rename, delete and prove API keys | [`Client::keys`], [`Client::create_key`], [`Client::prove_key`] |
//! | make Restricted keys, and change what they may do | [`Client::create_restricted_key`], [`Client::set_key_permissions`], [`Permissions`] |
//! | list, move and release phone numbers | [`Client::numbers`], [`Client::move_number`], [`Client::release_number`] |
//! | rotate an account's Auth Token | [`Client::create_secondary_token`], [`Client::promote_secondary_token`], [`Client::accepts_token`] |
//! | read what was spent and what is left | [`Client::spend_this_month`], [`Client::numbers_spend_last_month`], [`Client::balance`] |
//! | learn when an account was last in use | [`Client::last_traffic`] |
//! | learn which proxy this computer is set to use | [`NetworkSettings`] |
//! | learn, and allow, that a connection is opened on its way | [`Inspectors`], [`Error::Inspected`] |
//! | find out whether Twilio can be reached, without credentials | [`Way`] |
//! | decide what a failure means | [`Error`], [`Error::created`] |
//!
//! The rules every request follows:
//! - a create is sent once, on a connection of its own; only Twilio's own 429, which it documents as
//!   not processed, is answered by sending it again;
//! - reads are repeated after 429, 5xx and network faults, five tries at most;
//! - only an answer in Twilio's own form is Twilio's refusal ([`Refusal::read`]); whoever else answers
//!   says nothing about what was asked;
//! - so many requests run at once across all clients made with [`Client::signed_by`] as Twilio answers quickly, from one to sixteen;
//! - answers are read up to a limit, redirects and links to other hosts are refused;
//! - a field that is not what it should be costs itself alone, and a row without an identifier is counted (see [`Listing`]);
//! - the Auth Tokens that Twilio puts in account answers are skipped while parsing, but for an account's own where it has to sign for
//!   itself, which is dropped with that request.

// Who and where
// `Debug` of somebody else's error can carry the bytes of a secret.
#![cfg_attr(not(test), deny(clippy::use_debug))]
// Whatever comes from outside may be anything.
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)
)]

mod credentials;
mod hosts;

// What Twilio offers
mod accounts;
mod auth_tokens;
mod balance;
mod iam;
mod key;
mod keys;
mod last_change;
mod numbers;
mod permissions;
mod restricted_keys;
mod sign_in;
mod traffic;
mod usage;

// How it is asked
mod body;
mod client;
mod exchange;
mod fields;
mod listing;
mod network;
mod pace;
mod paging;
mod probe;
mod readable;
mod retry;
mod tls;
mod wire;

// What can go wrong
mod error;
mod failure;
mod one_line;
mod refusal;
mod refused_change;
mod sender;

#[cfg(feature = "fuzzing")]
pub mod fuzzing;

pub use accounts::{Account, AccountKind, NewStatus};
pub use auth_tokens::{RotationError, SecondaryToken};
pub use client::{Client, ClientBuilder, Timeouts};
pub use credentials::Credentials;
pub use error::{Created, Error};
pub use hosts::{Hosts, HostsError};
pub use key::{CreatedKey, Key};
pub use listing::{Listing, Oddities, Unidentified};
pub use network::{
    Environment, Inspector, Inspectors, NetworkSettings, Proxy, ProxyScheme, ProxySetting,
    ProxySource, ProxyTrouble, SettingsError, SignInSchemes, UnreadableProxy,
};
pub use numbers::{Capabilities, NumberKind, PhoneNumber};
pub use permissions::{Permissions, PermissionsError};
pub use probe::{Inspection, Reached, Stage, Tried, Unreached, Way};
pub use refusal::Refusal;
pub use refused_change::{MoveRefusal, StatusRefusal};
pub use restricted_keys::{Proof, RestrictedKeyError};
pub use sign_in::{SignIn, SignInError, sign_in};
pub use traffic::{LastTraffic, Sent};
pub use usage::Spend;
