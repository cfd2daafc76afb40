//! The client against the made-up Twilio, which knows nothing of how the client works.

mod auth_tokens;
mod faults;
mod numbers;
mod regions;
mod restricted_keys;
mod signing_in;
mod status;
mod traffic;
mod work;

use practice::{Practice, RequestEntry, Settings};
use std::time::Duration;
use terms::{AccountSid, Secret};
use twilio::{Client, Credentials, Hosts, Timeouts};

async fn practice_with(subaccounts: usize) -> Practice {
    let settings = Settings {
        subaccounts,
        ..Settings::default()
    };
    Practice::start(settings).await.unwrap()
}

fn client(practice: &Practice, credentials: Credentials) -> Client {
    let hosts = Hosts::loopback(&practice.base_url()).unwrap();
    Client::new(hosts, credentials).unwrap()
}

fn token_pair(pair: (String, String)) -> Credentials {
    Credentials::AuthToken {
        account: pair.0.parse().unwrap(),
        token: Secret::new(pair.1).expect("a storable secret"),
    }
}

fn key_pair(pair: (String, String)) -> Credentials {
    Credentials::ApiKey {
        key: pair.0.parse().unwrap(),
        secret: Secret::new(pair.1).expect("a storable secret"),
    }
}

fn parent_token(practice: &Practice) -> Credentials {
    let parent = practice.parent();
    token_pair((parent.account_sid, parent.auth_token))
}

fn parent_client(practice: &Practice) -> Client {
    client(practice, parent_token(practice))
}

fn parent_sid(practice: &Practice) -> AccountSid {
    practice.parent().account_sid.parse().unwrap()
}

fn active_child(practice: &Practice) -> AccountSid {
    let (sid, _) = practice.subaccount_token().unwrap();
    sid.parse().unwrap()
}

fn posts(practice: &Practice) -> Vec<RequestEntry> {
    let mut requests = practice.requests();
    requests.retain(|request| request.method == "POST");
    requests
}

/// A parent's client that waits two seconds at most, for a server that never answers.
fn hasty_client(practice: &Practice) -> Client {
    let hosts = Hosts::loopback(&practice.base_url()).unwrap();
    Client::builder(hosts, parent_token(practice))
        .timeouts(Timeouts {
            connect: Duration::from_secs(1),
            total: Duration::from_secs(2),
            ..Timeouts::default()
        })
        .build()
        .unwrap()
}
