//! Whether Twilio can be reached from this computer, found out without credentials.

use crate::{
    Environment, Error, Hosts, Inspector, Inspectors, Proxy, ProxyTrouble, Timeouts,
    body::{self, Unfinished},
    client, exchange, failure,
    network::{self, Inspected, Noticed},
    tls, wire,
};
use jiff::Timestamp;
use reqwest::header;
use std::time::{Duration, Instant};
use url::Host;

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
    /// The proxy that this computer is set to use for it.
    pub proxy: Option<Proxy>,
    /// Who opens the connection on its way, where somebody does.
    pub inspection: Option<Inspection>,
    /// What became of it.
    pub outcome: Result<Reached, Unreached>,
}

/// Somebody opens the connection on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Who.
    pub by: Inspector,
    /// The user has allowed it.
    pub allowed: bool,
}

/// Tries the way to Twilio.
#[derive(Debug, Clone)]
pub struct Way {
    hosts: Hosts,
    timeouts: Timeouts,
    trusted: Vec<Vec<u8>>,
    environment: Environment,
    inspectors: Inspectors,
}

impl Way {
    /// The way to these hosts.
    pub fn to(hosts: Hosts) -> Self {
        Self {
            hosts,
            timeouts: watched(),
            trusted: Vec::new(),
            environment: Environment::of_this_computer(),
            inspectors: Inspectors::default(),
        }
    }

    /// By whom connections may be opened on their way. The try itself goes through everybody: nothing of anybody's is in it.
    pub fn inspectors(self, inspectors: Inspectors) -> Self {
        Self { inspectors, ..self }
    }

    /// Takes the network settings from here instead of this computer's.
    pub fn environment(self, environment: Environment) -> Self {
        Self {
            environment,
            ..self
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

    /// Asks Twilio's API once, without credentials; its refusal is what proves that it is there. Nothing is sent a second time, but a
    /// proxy that does not connect is asked once more for why. `now` is the clock that the answer's date is to be compared with.
    pub async fn try_out(&self, now: impl Fn() -> Timestamp) -> Tried {
        let host = self.hosts.api().host_str().unwrap_or_default().to_owned();
        let proxy = match client::proxy_to(&self.hosts, &self.environment) {
            Ok(proxy) => proxy,
            Err(error) => {
                return Tried {
                    host,
                    proxy: None,
                    inspection: None,
                    outcome: Err(unreached(error)),
                };
            }
        };
        let noticed = Noticed::default();
        let outcome = match self.name_found(proxy.as_ref()).await {
            Ok(()) => self.ask(now, proxy.as_ref(), &noticed).await,
            Err(error) => Err(Unreached {
                stage: Stage::Name,
                error,
            }),
        };
        let outcome = match (outcome, &proxy) {
            (Err(unreached), Some(proxy)) => Err(self.looked_into(unreached, proxy).await),
            (outcome, _) => outcome,
        };
        let by = noticed.lock().take();
        Tried {
            host,
            proxy,
            inspection: by.map(|by| Inspection {
                allowed: self.inspectors.allow_this(&by),
                by,
            }),
            outcome,
        }
    }

    /// Names are a proxy's to find, but where it takes none.
    async fn name_found(&self, proxy: Option<&Proxy>) -> Result<(), Error> {
        let here = proxy.is_none_or(|proxy| proxy.scheme().names_are_found_here());
        match self.hosts.api().host() {
            Some(Host::Domain(name)) if here => look_up(name, self.timeouts.connect).await,
            _ => Ok(()),
        }
    }

    async fn ask(
        &self,
        now: impl Fn() -> Timestamp,
        proxy: Option<&Proxy>,
        noticed: &Noticed,
    ) -> Result<Reached, Unreached> {
        let url = client::resource(self.hosts.api(), "Accounts");
        let http = self.http(proxy, noticed).map_err(unreached)?;
        let (asked_at, started) = (now(), Instant::now());
        let response = http
            .get(url)
            .header(header::ACCEPT, "application/json")
            .send()
            .await
            .map_err(|error| unreached(failure::sort_through(error, proxy)))?;
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

    /// Says more of a proxy that did not connect.
    async fn looked_into(&self, unreached: Unreached, proxy: &Proxy) -> Unreached {
        let Error::Proxy { trouble, detail } = unreached.error else {
            return unreached;
        };
        let trouble = match self.encryption(&Noticed::default()) {
            Ok(tls) if trouble != ProxyTrouble::TimedOut => {
                let (to, within) = (self.hosts.api(), self.timeouts.connect);
                network::look_why(proxy, trouble, tls, to, within).await
            }
            _ => trouble,
        };
        Unreached {
            stage: unreached.stage,
            error: Error::Proxy { trouble, detail },
        }
    }

    fn http(&self, proxy: Option<&Proxy>, noticed: &Noticed) -> Result<reqwest::Client, Error> {
        client::http_client(&self.hosts, self.timeouts, self.encryption(noticed)?, proxy)?
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| Error::Setup(error.without_url().to_string()))
    }

    fn encryption(&self, noticed: &Noticed) -> Result<rustls::ClientConfig, Error> {
        let trusted = self.trusted.clone();
        let watch = (
            self.inspectors.clone(),
            Inspected::Noted(Noticed::clone(noticed)),
        );
        tls::settings(client::trust(
            &self.hosts,
            trusted,
            &self.environment,
            watch,
        )?)
    }
}

/// Whether an answer is Twilio's: a refusal in its own form. A sign-in page of some network would be anything else.
async fn judge(response: reqwest::Response) -> Result<(), Error> {
    let status = response.status();
    let body =
        body::read(response, body::ONE_THING)
            .await
            .map_err(|unfinished| match unfinished {
                Unfinished::TooLarge => Error::TooLarge,
                Unfinished::Broken(error) => failure::sort(error),
            })?;
    match exchange::failed(status.as_u16(), &body, None, "") {
        Error::Refused(_) => Ok(()),
        error => Err(error),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_without_an_address_is_offline() {
        // Longer than a name may be, so that nobody is asked for it.
        let name = format!("{}.example", "x".repeat(300));
        let error = look_up(&name, Duration::from_secs(5)).await.unwrap_err();
        assert!(matches!(error, Error::Offline { .. }), "{error:?}");
        look_up("localhost", Duration::from_secs(5)).await.unwrap();
    }
}
