//! Going to Twilio through a proxy, and what is said where the proxy does not connect. Twilio is played by a server on this computer
//! that the proxies lead to; its certificate is good, by an authority that `SSL_CERT_FILE` names.

mod going_through;
mod not_connecting;

use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use twilio::{Client, Created, Environment, Error, Hosts, ProxyTrouble, Stage, Timeouts, Way};

use crate::raw_server::parent_credentials;
use crate::tls::{Authority, Certificate, GOOD, serve_counting};

/// A computer whose authority vouches for a made-up Twilio.
pub struct Computer {
    pub twilio: String,
    pub authority: Authority,
    folder: TempDir,
    requests: Arc<AtomicUsize>,
}

impl Computer {
    pub async fn new() -> Self {
        let authority = Authority::new();
        let certificate = Certificate {
            host: "api.twilio.com",
            ..GOOD
        };
        let (signed, key) = authority.sign(&certificate);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("authorities.pem"), authority.pem()).unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let twilio = serve_counting(signed, key, Arc::clone(&requests)).await;
        Self {
            twilio: twilio.replace("https://", ""),
            authority,
            folder,
            requests,
        }
    }

    /// How many requests came to the made-up Twilio.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    pub fn set(&self, variables: &[(&str, &str)]) -> Environment {
        let authorities = self.folder.path().join("authorities.pem");
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), OsString::from(value)));
        let file = ("SSL_CERT_FILE".to_owned(), authorities.into_os_string());
        Environment::of(variables.chain([file]))
    }
}

pub fn timeouts() -> Timeouts {
    Timeouts {
        connect: Duration::from_secs(2),
        total: Duration::from_secs(4),
        ..Timeouts::default()
    }
}

pub fn client(environment: &Environment) -> Result<Client, Error> {
    Client::builder(Hosts::twilio(), parent_credentials())
        .timeouts(timeouts())
        .environment(environment.clone())
        .build()
}

async fn trouble(environment: &Environment) -> ProxyTrouble {
    let client = client(environment).unwrap();
    let error = client.create_account("Acme").await.unwrap_err();
    assert_eq!(error.created(), Created::No, "{error:?}");
    assert!(error.is_of_the_network());
    match error {
        Error::Proxy { trouble, .. } => trouble,
        other => panic!("{other:?}"),
    }
}

async fn trouble_by_the_check(environment: &Environment) -> ProxyTrouble {
    let way = Way::to(Hosts::twilio())
        .timeouts(timeouts())
        .environment(environment.clone());
    let tried = way.try_out(Timestamp::now).await;
    assert!(tried.proxy.is_some());
    let unreached = tried.outcome.unwrap_err();
    assert_eq!(unreached.stage, Stage::Connection);
    match unreached.error {
        Error::Proxy { trouble, .. } => trouble,
        other => panic!("{other:?}"),
    }
}
