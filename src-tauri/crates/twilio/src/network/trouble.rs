//! What a proxy did in place of connecting.

use std::error::Error as StdError;

/// What a proxy did in place of connecting. Nothing was sent to Twilio.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProxyTrouble {
    /// Its name has no address.
    #[error("its name was not found")]
    NotFound,
    /// Nobody took the connection where it should be.
    #[error("nobody answers there")]
    NotThere,
    /// It did not connect in the time allowed.
    #[error("it did not answer in time")]
    TimedOut,
    /// It is to be spoken to encrypted, and that did not come about.
    #[error("no encrypted connection to it")]
    NotEncrypted,
    /// It wants to be told who asks, and no user name is set for it.
    #[error("it wants a sign-in ({0})")]
    WantsSignIn(SignInSchemes),
    /// It did not take the user name and the password that are set for it.
    #[error("it did not take the sign-in ({0})")]
    SignInRefused(SignInSchemes),
    /// It does not allow the connection.
    #[error("it refused{}", .status.map(|status| format!(": HTTP {status}")).unwrap_or_default())]
    Refused {
        /// The HTTP status, where it was looked for.
        status: Option<u16>,
    },
    /// It did not come through to Twilio itself.
    #[error("it did not reach Twilio")]
    TwilioNotReached,
    /// What answered does not speak as such a proxy does.
    #[error("what answers there is not such a proxy")]
    NotAProxy,
}

/// The schemes by which a proxy wants to be signed in to, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignInSchemes(Vec<&'static str>);

/// All that are registered for HTTP and used by proxies. Of these Basic is the one that this program has.
const KNOWN: &[&str] = &["Basic", "Digest", "NTLM", "Negotiate", "Kerberos", "Bearer"];
const BASIC: &str = "Basic";

impl SignInSchemes {
    /// Out of the `Proxy-Authenticate` headers of an answer. A header may offer several, with their parameters between commas.
    pub(crate) fn offered<'a>(headers: impl Iterator<Item = &'a str>) -> Self {
        let mut schemes = Vec::new();
        for challenge in headers.flat_map(|header| header.split(',')) {
            let name = challenge.split_whitespace().next().unwrap_or_default();
            let known = KNOWN.iter().find(|known| known.eq_ignore_ascii_case(name));
            if let Some(known) = known
                && !schemes.contains(known)
            {
                schemes.push(*known);
            }
        }
        Self(schemes)
    }

    /// Whether it is known that none of them is the one that this program has.
    pub fn lack_basic(&self) -> bool {
        !self.0.is_empty() && !self.0.contains(&BASIC)
    }

    /// Their names.
    pub fn names(&self) -> &[&'static str] {
        &self.0
    }
}

impl std::fmt::Display for SignInSchemes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("schemes not looked for");
        }
        f.write_str(&self.0.join(", "))
    }
}

/// What the causes of a failed connection say of a proxy; `None` where it failed elsewhere. The error types of the proxy connectors are
/// private; their texts are all there is to tell them by.
pub(crate) fn trouble<'a>(
    causes: impl Iterator<Item = &'a (dyn StdError + 'static)> + Clone,
) -> Option<ProxyTrouble> {
    for (place, cause) in causes.clone().enumerate() {
        let text = cause.to_string();
        if let Some(what) = text.strip_prefix("tunnel error: ") {
            return Some(of_tunnel(what, causes.skip(place)));
        }
        if let Some(what) = text.strip_prefix("SOCKS error: ") {
            return Some(of_socks(what));
        }
    }
    None
}

fn of_tunnel<'a>(
    what: &str,
    mut below: impl Iterator<Item = &'a (dyn StdError + 'static)>,
) -> ProxyTrouble {
    match what {
        "proxy authorization required" => ProxyTrouble::WantsSignIn(SignInSchemes::default()),
        "unsuccessful" => ProxyTrouble::Refused { status: None },
        "failed to create underlying connection" => below
            .find_map(|cause| {
                if cause.is::<rustls::Error>() {
                    return Some(ProxyTrouble::NotEncrypted);
                }
                let text = cause.to_string();
                text.starts_with("dns error")
                    .then_some(ProxyTrouble::NotFound)
            })
            .unwrap_or(ProxyTrouble::NotThere),
        _ => ProxyTrouble::NotAProxy,
    }
}

/// The replies of SOCKS 5 (RFC 1928, section 6) and 4, in the words of the connector.
fn of_socks(what: &str) -> ProxyTrouble {
    match what {
        "failed to create underlying connection" => ProxyTrouble::NotThere,
        "credentials not accepted" => ProxyTrouble::SignInRefused(SignInSchemes::default()),
        "server does not support user/pass authentication"
        | "server implements authentication incorrectly" => {
            ProxyTrouble::WantsSignIn(SignInSchemes::default())
        }
        "general server failure"
        | "network unreachable"
        | "host unreachable"
        | "connection refused"
        | "ttl expired"
        | "could not resolve to acceptable address type" => ProxyTrouble::TwilioNotReached,
        "connection not allowed"
        | "command not supported"
        | "address type not supported"
        | "server failed to execute command"
        | "server ident service failed"
        | "server ident service did not recognise client identifier" => {
            ProxyTrouble::Refused { status: None }
        }
        _ => ProxyTrouble::NotAProxy,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemes_of_several_challenges_are_read_and_nothing_else_of_them() {
        for (headers, names, lack_basic) in [
            (
                vec!["Negotiate", "NTLM", "Basic realm=\"office, ground floor\""],
                vec!["Negotiate", "NTLM", "Basic"],
                false,
            ),
            (vec!["negotiate, ntlm"], vec!["Negotiate", "NTLM"], true),
            (
                vec!["Digest realm=\"a\", nonce=\"b\", qop=\"auth\""],
                vec!["Digest"],
                true,
            ),
            (vec!["<script>"], vec![], false),
            (vec![], vec![], false),
        ] {
            let schemes = SignInSchemes::offered(headers.iter().copied());
            assert_eq!(schemes.names(), names, "{headers:?}");
            assert_eq!(schemes.lack_basic(), lack_basic, "{headers:?}");
        }
    }
}
