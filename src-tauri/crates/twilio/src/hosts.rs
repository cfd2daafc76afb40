//! Where requests go: Twilio, or this computer itself for practice and tests. Nowhere else.

use terms::Region;
use url::{Host, Url};

/// The hosts a client may talk to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosts {
    api: Url,
    iam: Url,
    accounts: Url,
    loopback: bool,
}

/// Why a base address was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostsError {
    /// Not an address of the form `http://127.0.0.1:PORT`.
    #[error("not a base address")]
    NotABaseAddress,
    /// Only this computer itself may stand in for Twilio.
    #[error("{host} is not this computer")]
    NotLoopback {
        /// The host given.
        host: String,
    },
}

impl Hosts {
    /// Twilio itself, over HTTPS, in its default Region (US1).
    pub fn twilio() -> Self {
        Self::twilio_in(Region::Us1)
    }

    /// Twilio itself, over HTTPS, in one of its Regions
    /// (<https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region>). Auth Tokens and keys of one Region are
    /// not accepted in another. Whether the hosts of the newer APIs (of Restricted keys and of Auth Tokens) exist outside US1 is not known.
    #[allow(
        clippy::expect_used,
        reason = "the addresses follow from constants, which a test parses"
    )]
    pub fn twilio_in(region: Region) -> Self {
        let domain = match region {
            Region::Us1 => "twilio.com",
            Region::Ie1 => "dublin.ie1.twilio.com",
            Region::Au1 => "sydney.au1.twilio.com",
        };
        let host = |product: &str| {
            Url::parse(&format!("https://{product}.{domain}/"))
                .expect("a constant address is valid")
        };
        Self {
            api: host("api"),
            iam: host("iam"),
            accounts: host("accounts"),
            loopback: false,
        }
    }

    /// A server on this computer: `http` or `https`, on `127.0.0.0/8`, `[::1]` or `localhost`.
    ///
    /// # Errors
    /// Every other host, and an address with a path, query, fragment or user name.
    pub fn loopback(base: &str) -> Result<Self, HostsError> {
        let api = Url::parse(base).map_err(|_| HostsError::NotABaseAddress)?;
        let host = api.host().ok_or(HostsError::NotABaseAddress)?;
        let is_loopback = match &host {
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
            Host::Domain(name) => *name == "localhost",
        };
        if !is_loopback {
            return Err(HostsError::NotLoopback {
                host: host.to_string(),
            });
        }
        let is_bare = matches!(api.scheme(), "http" | "https")
            && api.path() == "/"
            && api.query().is_none()
            && api.fragment().is_none()
            && api.username().is_empty()
            && api.password().is_none();
        if !is_bare {
            return Err(HostsError::NotABaseAddress);
        }
        Ok(Self {
            iam: api.clone(),
            accounts: api.clone(),
            api,
            loopback: true,
        })
    }

    /// The base of the v2010 API; its path is `/`.
    pub(crate) fn api(&self) -> &Url {
        &self.api
    }

    /// The base of the newer API of keys; its path is `/`.
    pub(crate) fn iam(&self) -> &Url {
        &self.iam
    }

    /// The base of the API of Auth Tokens; its path is `/`.
    pub(crate) fn accounts(&self) -> &Url {
        &self.accounts
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.api.scheme() == "https"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_may_stand_in_for_twilio() {
        for base in [
            "http://127.0.0.1:4010",
            "http://127.0.0.1:4010/",
            "http://127.9.9.9",
            "https://localhost:4010",
            "http://[::1]:4010",
        ] {
            let hosts = Hosts::loopback(base).unwrap();
            assert!(hosts.is_loopback(), "{base}");
        }
    }

    #[test]
    fn no_other_host_may() {
        for base in [
            "http://example.org",
            "https://api.twilio.com",
            "http://localhost.example.org",
            "http://127.0.0.1.example.org",
            "http://0.0.0.0",
            "http://10.0.0.1",
            "http://[::ffff:10.0.0.1]",
            "http://127.0.0.1@example.org",
        ] {
            let error = Hosts::loopback(base).unwrap_err();
            assert!(matches!(error, HostsError::NotLoopback { .. }), "{base}");
        }
    }

    #[test]
    fn a_base_address_has_nothing_after_the_host() {
        for base in [
            "",
            "127.0.0.1",
            "ftp://127.0.0.1",
            "http://127.0.0.1/2010-04-01",
            "http://127.0.0.1/?a=b",
            "http://127.0.0.1/#a",
            "http://user:pass@127.0.0.1",
            "file:///tmp",
        ] {
            let error = Hosts::loopback(base).unwrap_err();
            assert_eq!(error, HostsError::NotABaseAddress, "{base}");
        }
    }

    #[test]
    fn twilio_is_reached_encrypted_only() {
        assert!(Hosts::twilio().is_encrypted());
        assert!(!Hosts::twilio().is_loopback());
    }

    #[test]
    fn every_region_of_twilios_has_hosts_of_its_own() {
        let hosts = |region| {
            let hosts = Hosts::twilio_in(region);
            assert!(hosts.is_encrypted() && !hosts.is_loopback());
            [hosts.api(), hosts.iam(), hosts.accounts()].map(Url::to_string)
        };
        assert_eq!(Hosts::twilio_in(Region::Us1), Hosts::twilio());
        for (region, expected) in [
            (
                Region::Us1,
                [
                    "https://api.twilio.com/",
                    "https://iam.twilio.com/",
                    "https://accounts.twilio.com/",
                ],
            ),
            (
                Region::Ie1,
                [
                    "https://api.dublin.ie1.twilio.com/",
                    "https://iam.dublin.ie1.twilio.com/",
                    "https://accounts.dublin.ie1.twilio.com/",
                ],
            ),
            (
                Region::Au1,
                [
                    "https://api.sydney.au1.twilio.com/",
                    "https://iam.sydney.au1.twilio.com/",
                    "https://accounts.sydney.au1.twilio.com/",
                ],
            ),
        ] {
            assert_eq!(hosts(region), expected);
        }
    }
}
