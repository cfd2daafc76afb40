//! The client: where to, signed by whom, how long to wait, and how many at once.

use crate::{
    Credentials, Environment, Error, Hosts, Inspectors, NetworkSettings, Proxy,
    last_change::LastChange,
    network::Inspected,
    pace::Pace,
    retry,
    tls::{self, Trust},
};
use std::{fmt, sync::Arc, time::Duration};
use url::Url;

/// Shorter than the idle limit of common load balancers, so that a connection is not written to just
/// as the other side closes it.
const IDLE_CONNECTION: Duration = Duration::from_secs(20);

/// How long to wait. Each try has the whole time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// From looking up the name to the encrypted connection.
    pub connect: Duration,
    /// From start to the last byte of the answer.
    pub total: Duration,
    /// Before a second try where one is made; it doubles with each further one.
    pub first_pause: Duration,
}

impl Default for Timeouts {
    /// 10 seconds to connect, 30 in all, a tenth of one before a second try.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            total: Duration::from_secs(30),
            first_pause: retry::FIRST_PAUSE,
        }
    }
}

/// A client of Twilio's REST API. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    credentials: Arc<Credentials>,
    last_change: Arc<LastChange>,
}

struct Shared {
    hosts: Hosts,
    /// Keeps connections open between requests.
    pooled: reqwest::Client,
    /// A new connection for every request, so that a write is never lost to an old connection that the
    /// other side was just closing.
    fresh: reqwest::Client,
    proxy: Option<Proxy>,
    pace: Pace,
    first_pause: Duration,
}

impl Client {
    /// A client with the usual time-outs.
    ///
    /// # Errors
    /// [`Error::Setup`] where the system's certificate store cannot be opened.
    pub fn new(hosts: Hosts, credentials: Credentials) -> Result<Self, Error> {
        Self::builder(hosts, credentials).build()
    }

    /// A client with settings of its own.
    pub fn builder(hosts: Hosts, credentials: Credentials) -> ClientBuilder {
        ClientBuilder {
            hosts,
            credentials,
            timeouts: Timeouts::default(),
            trusted: Vec::new(),
            environment: Environment::of_this_computer(),
            inspectors: Inspectors::default(),
        }
    }

    /// The same hosts, connections and limit of requests at once, with another signer.
    pub fn signed_by(&self, credentials: Credentials) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            credentials: Arc::new(credentials),
            last_change: Arc::clone(&self.last_change),
        }
    }

    /// The same client, which remembers the changes that are made with it apart from all others.
    pub fn for_one_operation(&self) -> Self {
        Self {
            last_change: Arc::default(),
            ..self.clone()
        }
    }

    /// Twilio's identifier of the last change that it answered, for its support; nothing where that answer did not arrive, or had none. Of
    /// clients that were cloned, or made with [`Client::signed_by`], it is the last change of any.
    pub fn request_id_of_last_change(&self) -> Option<String> {
        self.last_change.request_id()
    }

    pub(crate) fn last_change(&self) -> &LastChange {
        &self.last_change
    }

    /// Who signs.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    pub(crate) fn api(&self) -> &Url {
        self.shared.hosts.api()
    }

    pub(crate) fn iam(&self) -> &Url {
        self.shared.hosts.iam()
    }

    pub(crate) fn accounts_host(&self) -> &Url {
        self.shared.hosts.accounts()
    }

    pub(crate) fn pooled(&self) -> &reqwest::Client {
        &self.shared.pooled
    }

    pub(crate) fn fresh(&self) -> &reqwest::Client {
        &self.shared.fresh
    }

    /// The proxy that requests go through, if any.
    pub(crate) fn proxy(&self) -> Option<&Proxy> {
        self.shared.proxy.as_ref()
    }

    pub(crate) fn pace(&self) -> &Pace {
        &self.shared.pace
    }

    pub(crate) fn first_pause(&self) -> Duration {
        self.shared.first_pause
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("hosts", &self.shared.hosts)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

/// Settings of a [`Client`] before it is made.
#[derive(Debug)]
pub struct ClientBuilder {
    hosts: Hosts,
    credentials: Credentials,
    timeouts: Timeouts,
    trusted: Vec<Vec<u8>>,
    environment: Environment,
    inspectors: Inspectors,
}

impl ClientBuilder {
    /// How long to wait.
    pub fn timeouts(mut self, timeouts: Timeouts) -> Self {
        self.timeouts = timeouts;
        self
    }

    /// Trusts this certificate authority (DER) instead of the system's. Only for a server on this
    /// computer.
    pub fn trusting(mut self, certificate: Vec<u8>) -> Self {
        self.trusted.push(certificate);
        self
    }

    /// Takes the network settings from here instead of this computer's.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = environment;
        self
    }

    /// By whom connections may be opened on their way. What is allowed later counts for the client as well.
    pub fn inspectors(mut self, inspectors: Inspectors) -> Self {
        self.inspectors = inspectors;
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`Error::ProxyUnreadable`] where a proxy is set whose address cannot be read; [`Error::NoAuthorities`] where this computer
    /// has no list of authorities; [`Error::Setup`] where the system's certificate store cannot be opened, or where a certificate
    /// is to be trusted for another host than this computer.
    pub fn build(self) -> Result<Client, Error> {
        let proxy = proxy_to(&self.hosts, &self.environment)?;
        let watch = (self.inspectors, Inspected::Refused);
        let trust = trust(&self.hosts, self.trusted, &self.environment, watch)?;
        let tls = tls::settings(trust)?;
        let pooled = http_client(&self.hosts, self.timeouts, tls.clone(), proxy.as_ref())?
            .pool_idle_timeout(IDLE_CONNECTION)
            .build();
        let fresh = http_client(&self.hosts, self.timeouts, tls, proxy.as_ref())?
            .pool_max_idle_per_host(0)
            .build();
        let setup = |error: reqwest::Error| Error::Setup(error.without_url().to_string());
        Ok(Client {
            shared: Arc::new(Shared {
                hosts: self.hosts,
                pooled: pooled.map_err(setup)?,
                fresh: fresh.map_err(setup)?,
                proxy,
                pace: Pace::new(),
                first_pause: self.timeouts.first_pause,
            }),
            credentials: Arc::new(self.credentials),
            last_change: Arc::default(),
        })
    }
}

/// The proxy on the way to these hosts, if any. A server on this computer is never reached through one.
pub(crate) fn proxy_to(hosts: &Hosts, environment: &Environment) -> Result<Option<Proxy>, Error> {
    if hosts.is_loopback() {
        return Ok(None);
    }
    let settings = NetworkSettings::read(environment, hosts.api());
    Ok(settings.proxy.proxy()?)
}

/// Who vouches for these hosts: the system's authorities, or for a server on this computer those that were given.
pub(crate) fn trust(
    hosts: &Hosts,
    trusted: Vec<Vec<u8>>,
    environment: &Environment,
    (inspectors, inspected): (Inspectors, Inspected),
) -> Result<Trust, Error> {
    if !trusted.is_empty() && !hosts.is_loopback() {
        return Err(Error::Setup(
            "certificates of one's own are for this computer only".to_owned(),
        ));
    }
    if hosts.is_encrypted() && trusted.is_empty() {
        return Ok(Trust::System {
            environment: environment.clone(),
            host: hosts.api().host_str().unwrap_or_default().to_owned(),
            inspectors,
            inspected,
        });
    }
    Ok(Trust::Only(trusted))
}

/// The address of a v2010 resource below `/2010-04-01/`, without its `.json`.
pub(crate) fn resource(api: &Url, resource: &str) -> Url {
    let mut url = api.clone();
    url.set_path(&format!("/2010-04-01/{resource}.json"));
    url
}

pub(crate) fn http_client(
    hosts: &Hosts,
    timeouts: Timeouts,
    tls: rustls::ClientConfig,
    proxy: Option<&Proxy>,
) -> Result<reqwest::ClientBuilder, Error> {
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        // HTTP/1.1 as Twilio's own clients: one request a connection, so that whether it left is plain.
        .http1_only()
        .https_only(hosts.is_encrypted())
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.total)
        .user_agent(concat!("subvault/", env!("CARGO_PKG_VERSION")))
        // The library reads no settings of its own.
        .no_proxy();
    Ok(match proxy {
        Some(proxy) => builder.proxy(proxy.for_requests().map_err(Error::Setup)?),
        None => builder,
    })
}
