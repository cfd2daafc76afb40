//! This computer's network settings: which proxy is used, and whom it takes for an authority. They are read here and nowhere else,
//! and clients are made from what was read, so that what is said of them is what is done.

mod address;
#[cfg(not(any(windows, target_os = "macos")))]
mod authorities;
mod environment;
mod exceptions;
mod inspection;
mod issuer;
mod look;
mod settings_error;
mod system;
mod trouble;

#[cfg(not(any(windows, target_os = "macos")))]
pub(crate) use authorities::trusted as trusted_authorities;
pub use environment::Environment;
pub use inspection::Inspectors;
pub(crate) use inspection::{Inspected, Noticed, Watching};
pub use issuer::Inspector;
pub(crate) use look::look_why;
pub use settings_error::SettingsError;
pub(crate) use trouble::trouble;
pub use trouble::{ProxyTrouble, SignInSchemes};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use reqwest::header::HeaderValue;
use std::{
    ffi::{OsStr, OsString},
    fmt,
};
use system::SystemProxy;
use url::{Host, Url};
use zeroize::Zeroizing;

/// The variables that name a proxy for encrypted connections, the first that is set counting, in curl's order. Those of Windows
/// have no case.
const PROXY_VARIABLES: &[&str] = if cfg!(windows) {
    &["HTTPS_PROXY", "ALL_PROXY"]
} else {
    &["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
};

const EXCEPTION_VARIABLES: &[&str] = if cfg!(windows) {
    &["NO_PROXY"]
} else {
    &["no_proxy", "NO_PROXY"]
};

/// Where a setting was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProxySource {
    /// In this variable of the environment.
    Variable(&'static str),
    /// In the system's own settings.
    System,
}

/// How a proxy is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyScheme {
    /// HTTP's CONNECT.
    Http,
    /// The same, encrypted up to the proxy.
    Https,
    /// SOCKS 4, which is given an address that this computer found.
    Socks4,
    /// SOCKS 4 with names.
    Socks4a,
    /// SOCKS 5 with names.
    Socks5,
}

/// A proxy that is used. Shown, it is its scheme, host and port, and never how to sign in to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    scheme: ProxyScheme,
    host: Host,
    port: u16,
    sign_in: Option<ProxySignIn>,
    source: ProxySource,
}

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ProxySignIn {
    pub user: Zeroizing<Vec<u8>>,
    pub password: Zeroizing<Vec<u8>>,
}

/// Why a proxy's address cannot be read. Nothing of the address is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableProxy {
    /// Not text.
    #[error("not text")]
    NotText,
    /// Not the form of an address.
    #[error("not an address")]
    Address,
    /// The user name or the password has a character that has to be written in its percent form.
    #[error("a character in the sign-in has to be percent-encoded")]
    Characters,
    /// Several addresses, or Windows' list of them, where one belongs.
    #[error("a list in place of one address")]
    List,
    /// A kind of proxy that is not known.
    #[error("an unknown scheme")]
    Scheme,
    /// No host, or one that cannot be.
    #[error("no usable host")]
    Host,
    /// A port that cannot be.
    #[error("no usable port")]
    Port,
    /// The address of a setup script (PAC).
    #[error("the address of a setup script")]
    Script,
}

/// Which way connections to a host take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProxySetting {
    /// Straight there.
    Direct {
        /// A proxy is set, and this excepts the host from it.
        excepted_by: Option<ProxySource>,
    },
    /// Through a proxy.
    Through(Proxy),
    /// What is set cannot be read; nothing is sent.
    Unreadable {
        /// Where it was found.
        source: ProxySource,
        /// What is wrong with it.
        why: UnreadableProxy,
    },
}

/// What was read for one host.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkSettings {
    /// The way.
    pub proxy: ProxySetting,
    /// The system is set to ask a setup script (PAC) for the proxy, which this program does not do.
    pub script: bool,
    /// This variable says something else than the one that counts, and differs from it by case alone.
    pub overruled: Option<&'static str>,
}

impl NetworkSettings {
    /// Reads the settings for Twilio itself.
    pub fn for_twilio(environment: &Environment) -> Self {
        Self::read(environment, crate::Hosts::twilio().api())
    }

    /// Whether anything can reach Twilio with them.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn usable(&self, environment: &Environment) -> Result<(), SettingsError> {
        self.proxy.clone().proxy()?;
        #[cfg(not(any(windows, target_os = "macos")))]
        trusted_authorities(environment)?;
        #[cfg(any(windows, target_os = "macos"))]
        let _ = environment;
        Ok(())
    }

    /// Reads the settings for an address.
    pub(crate) fn read(environment: &Environment, to: &Url) -> Self {
        let system = environment.system();
        let found = first_set(environment, PROXY_VARIABLES);
        let (proxy, overruled) = match &found {
            Some((name, value)) => (
                from_variable(name, value),
                overruled(environment, name, value),
            ),
            None => (from_system(&system), None),
        };
        let exceptions = match first_set(environment, EXCEPTION_VARIABLES) {
            Some((name, list)) => Some((ProxySource::Variable(name), list)),
            None if found.is_none() => Some((ProxySource::System, system.exceptions.into())),
            None => None,
        };
        Self {
            proxy: proxy.excepting(to, exceptions),
            script: system.script && found.is_none(),
            overruled,
        }
    }
}

impl Default for ProxySetting {
    fn default() -> Self {
        Self::Direct { excepted_by: None }
    }
}

impl ProxySetting {
    /// The proxy to go through, if any.
    pub(crate) fn proxy(self) -> Result<Option<Proxy>, SettingsError> {
        match self {
            Self::Direct { .. } => Ok(None),
            Self::Through(proxy) => Ok(Some(proxy)),
            Self::Unreadable { source, why } => Err(SettingsError::ProxyUnreadable { source, why }),
        }
    }

    fn excepting(self, to: &Url, exceptions: Option<(ProxySource, OsString)>) -> Self {
        let host = to.host_str().unwrap_or_default();
        let port = to.port_or_known_default().unwrap_or_default();
        let excepted_by = exceptions
            .filter(|(_, list)| exceptions::except(&list.to_string_lossy(), host, port))
            .map(|(source, _)| source);
        match self {
            Self::Through(_) | Self::Unreadable { .. } if excepted_by.is_some() => {
                Self::Direct { excepted_by }
            }
            setting => setting,
        }
    }
}

fn first_set(
    environment: &Environment,
    names: &[&'static str],
) -> Option<(&'static str, OsString)> {
    names
        .iter()
        .find_map(|name| Some((*name, environment.variable(name)?)))
}

fn from_variable(name: &'static str, value: &OsStr) -> ProxySetting {
    let source = ProxySource::Variable(name);
    let read = value
        .to_str()
        .ok_or(UnreadableProxy::NotText)
        .and_then(|text| address::read(text, source));
    match read {
        Ok(proxy) => ProxySetting::Through(proxy),
        Err(why) => ProxySetting::Unreadable { source, why },
    }
}

fn from_system(system: &SystemProxy) -> ProxySetting {
    let source = ProxySource::System;
    let Some(server) = &system.server else {
        return ProxySetting::Direct { excepted_by: None };
    };
    let read = match system::for_encrypted(server) {
        Ok(None) => return ProxySetting::Direct { excepted_by: None },
        Ok(Some(text)) => address::read(&text, source),
        Err(why) => Err(why),
    };
    match read {
        Ok(proxy) => ProxySetting::Through(proxy),
        Err(why) => ProxySetting::Unreadable { source, why },
    }
}

/// The variable of the same name in the other case, where it is set to something else.
fn overruled(environment: &Environment, name: &str, value: &OsStr) -> Option<&'static str> {
    PROXY_VARIABLES.iter().copied().find(|other| {
        *other != name
            && other.eq_ignore_ascii_case(name)
            && environment
                .variable(other)
                .is_some_and(|differs| differs != value)
    })
}

impl ProxyScheme {
    /// As it is written before `://`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Socks4 => "socks4",
            Self::Socks4a => "socks4a",
            Self::Socks5 => "socks5",
        }
    }

    fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
            Self::Socks4 | Self::Socks4a | Self::Socks5 => 1080,
        }
    }

    /// Whether this computer has to find the address of the host that is asked for.
    pub(crate) fn names_are_found_here(self) -> bool {
        self == Self::Socks4
    }

    /// Whether it is asked by HTTP's CONNECT.
    pub(crate) fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }
}

impl Proxy {
    /// How it is spoken to.
    pub fn scheme(&self) -> ProxyScheme {
        self.scheme
    }

    /// Its host: a name in its ASCII form, or an address.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Whether a user name or a password is set for it.
    pub fn has_sign_in(&self) -> bool {
        self.sign_in.is_some()
    }

    /// Where it was found.
    pub fn source(&self) -> ProxySource {
        self.source
    }

    /// As the library that sends the requests takes it.
    ///
    /// # Errors
    /// What the library says of it, without the address.
    pub(crate) fn for_requests(&self) -> Result<reqwest::Proxy, String> {
        let refused = |error: reqwest::Error| error.without_url().to_string();
        if let Some(authorization) = self.authorization() {
            let proxy = reqwest::Proxy::all(self.to_string()).map_err(refused)?;
            return Ok(proxy.custom_http_auth(authorization));
        }
        let sign_in = match &self.sign_in {
            Some(ProxySignIn { user, password }) => {
                let encoded = |bytes: &[u8]| percent_encode(bytes, NON_ALPHANUMERIC).to_string();
                Zeroizing::new(format!("{}:{}@", encoded(user), encoded(password)))
            }
            None => Zeroizing::default(),
        };
        // The library leaves the names to the proxy where SOCKS 5 is written so.
        let scheme = match self.scheme {
            ProxyScheme::Socks5 => "socks5h",
            other => other.name(),
        };
        let (host, port) = (&self.host, self.port);
        let address = Zeroizing::new(format!("{scheme}://{}{host}:{port}", sign_in.as_str()));
        reqwest::Proxy::all(address.as_str()).map_err(refused)
    }

    /// What an HTTP proxy is told of who asks: HTTP's Basic scheme.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let sign_in = self.sign_in.as_ref().filter(|_| self.scheme.is_http())?;
        let pair = Zeroizing::new([&sign_in.user, b":".as_slice(), &sign_in.password].concat());
        let text = Zeroizing::new(format!("Basic {}", BASE64_STANDARD.encode(&*pair)));
        let mut value = HeaderValue::from_str(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// Scheme, host and port.
impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", self.scheme.name(), self.host, self.port)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("address", &format_args!("{self}"))
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ProxySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Variable(name) => name,
            Self::System => "system settings",
        })
    }
}

#[cfg(test)]
mod tests;
