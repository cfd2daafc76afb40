//! Whether Twilio can be reached from this computer, found out without credentials.

use crate::{
    Error, Hosts, Timeouts,
    body::{self, Unfinished},
    client, failure, tls, wire,
};
use hyper_util::client::proxy::matcher::Matcher;
use jiff::Timestamp;
use reqwest::header;
use std::time::{Duration, Instant};
use url::{Host, Url};

/// How long one try may take: shorter than a request's time, because somebody is watching.
fn watched() -> Timeouts {
    Timeouts {
        connect: Duration::from_secs(10),
        total: Duration::from_secs(15),
        ..Timeouts::default()
    }
}

/// How far a try came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Finding the address that belongs to the host's name.
    Name,
    /// Connecting, directly or through a proxy.
    Connection,
    /// Making sure who is at the other end.
    Certificate,
    /// An answer that is Twilio's.
    Answer,
}

/// Why Twilio was not reached.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Unreached {
    /// The stage that failed; all before it went well.
    pub stage: Stage,
    /// What went wrong there.
    #[source]
    pub error: Error,
}

/// An answer of Twilio's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// The time that the answer names in its `Date` header, in whole seconds.
    pub date: Option<Timestamp>,
    /// The middle of the time that was waited for it, by this computer's clock as it was given.
    pub answered_at: Timestamp,
    /// From the first byte sent to the last one received.
    pub took: Duration,
}

/// One try, with everything it found out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The host that was asked.
    pub host: String,
    /// The proxy that this computer is set to use for it: its host and port, without a password.
    pub proxy: Option<String>,
    /// What became of it.
    pub outcome: Result<Reached, Unreached>,
}

/// Tries the way to Twilio.
#[derive(Debug, Clone)]
pub struct Way {
    hosts: Hosts,
    timeouts: Timeouts,
    trusted: Vec<Vec<u8>>,
}

impl Way {
    /// The way to these hosts.
    pub fn to(hosts: Hosts) -> Self {
        Self {
            hosts,
            timeouts: watched(),
            trusted: Vec::new(),
        }
    }

    /// How long to wait.
    pub fn timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// Trusts this certificate authority (DER) instead of the system's. Only for a server on this computer.
    pub fn trusting(mut self, certificate: Vec<u8>) -> Self {
        self.trusted.push(certificate);
        self
    }

    /// Asks Twilio's API once, without credentials; its refusal is what proves that it is there. Nothing is sent a second time.
    /// `now` is the clock that the answer's date is to be compared with.
    pub async fn try_out(&self, now: impl Fn() -> Timestamp) -> Tried {
        let api = self.hosts.api();
        let proxy = if self.hosts.is_loopback() {
            None
        } else {
            proxy_for(&Matcher::from_system(), api)
        };
        let outcome = match self.name_found(proxy.is_some()).await {
            Ok(()) => self.ask(now).await,
            Err(error) => Err(Unreached {
                stage: Stage::Name,
                error,
            }),
        };
        Tried {
            host: api.host_str().unwrap_or_default().to_owned(),
            proxy,
            outcome,
        }
    }

    /// Behind a proxy, names are the proxy's to find.
    async fn name_found(&self, proxied: bool) -> Result<(), Error> {
        match self.hosts.api().host() {
            Some(Host::Domain(name)) if !proxied => look_up(name, self.timeouts.connect).await,
            _ => Ok(()),
        }
    }

    async fn ask(&self, now: impl Fn() -> Timestamp) -> Result<Reached, Unreached> {
        let url = client::resource(self.hosts.api(), "Accounts");
        let http = self.http().map_err(unreached)?;
        let (asked_at, started) = (now(), Instant::now());
        let response = http
            .get(url)
            .header(header::ACCEPT, "application/json")
            .send()
            .await
            .map_err(|error| unreached(failure::sort(error)))?;
        let answered_at = asked_at + (started.elapsed() / 2);
        let date = response
            .headers()
            .get(header::DATE)
            .and_then(|date| date.to_str().ok())
            .and_then(|date| wire::rfc2822(Some(date)));
        judge(response).await.map_err(|error| Unreached {
            stage: Stage::Answer,
            error,
        })?;
        Ok(Reached {
            date,
            answered_at,
            took: started.elapsed(),
        })
    }

    fn http(&self) -> Result<reqwest::Client, Error> {
        let trust = client::trust(&self.hosts, self.trusted.clone())?;
        let tls = tls::settings(trust)?;
        client::http_client(&self.hosts, self.timeouts, tls)
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| Error::Setup(error.without_url().to_string()))
    }
}

/// Whether an answer is Twilio's: a refusal with one of its codes. A sign-in page of some network would be anything else.
async fn judge(response: reqwest::Response) -> Result<(), Error> {
    let status = response.status();
    let unreadable = || Error::Unreadable {
        what: "refusal",
        request_id: None,
    };
    if status.is_redirection() {
        return Err(Error::Redirected);
    }
    if status.is_server_error() {
        return Err(Error::Trouble {
            status: status.as_u16(),
            request_id: None,
        });
    }
    let body =
        body::read(response, body::ONE_THING)
            .await
            .map_err(|unfinished| match unfinished {
                Unfinished::TooLarge => Error::TooLarge,
                Unfinished::Broken(error) => failure::sort(error),
            })?;
    let refusal = wire::refusal(status.as_u16(), &body, None, "");
    if status.is_client_error() && refusal.code.is_some() {
        Ok(())
    } else {
        Err(unreadable())
    }
}

fn unreached(error: Error) -> Unreached {
    let stage = match &error {
        Error::Certificate { .. } | Error::EncryptionFailed { .. } => Stage::Certificate,
        Error::TimedOut { request_sent: true }
        | Error::ConnectionLost {
            request_sent: true, ..
        } => Stage::Answer,
        _ => Stage::Connection,
    };
    Unreached { stage, error }
}

async fn look_up(name: &str, within: Duration) -> Result<(), Error> {
    // The port does not matter to the lookup.
    let found = tokio::time::timeout(within, tokio::net::lookup_host((name, 443))).await;
    let detail = match found {
        Ok(Ok(mut addresses)) => match addresses.next() {
            Some(_) => return Ok(()),
            None => "the name has no address".to_owned(),
        },
        Ok(Err(error)) => error.to_string(),
        Err(_) => "no answer in time".to_owned(),
    };
    Err(Error::Offline { detail })
}

/// The proxy for an address, as host and port. The library that sends the requests decides by the same rules.
fn proxy_for(settings: &Matcher, address: &Url) -> Option<String> {
    let intercept = settings.intercept(&address.as_str().parse().ok()?)?;
    let proxy = intercept.uri();
    let host = proxy.host()?;
    Some(match proxy.port_u16() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twilio() -> Url {
        Hosts::twilio().api().clone()
    }

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let settings = Matcher::builder()
            .https("http://jo:hunter2@proxy.example:3128")
            .build();
        let proxy = proxy_for(&settings, &twilio());
        assert_eq!(proxy.as_deref(), Some("proxy.example:3128"));
    }

    #[test]
    fn a_host_that_is_excepted_has_no_proxy() {
        let settings = Matcher::builder()
            .https("http://proxy.example:3128")
            .no("twilio.com")
            .build();
        assert_eq!(proxy_for(&settings, &twilio()), None);
        assert_eq!(proxy_for(&Matcher::builder().build(), &twilio()), None);
    }

    #[tokio::test]
    async fn a_name_without_an_address_is_offline() {
        // Longer than a name may be, so that nobody is asked for it.
        let name = format!("{}.example", "x".repeat(300));
        let error = look_up(&name, Duration::from_secs(5)).await.unwrap_err();
        assert!(matches!(error, Error::Offline { .. }), "{error:?}");
        look_up("localhost", Duration::from_secs(5)).await.unwrap();
    }
}
