//! The address of a proxy, as people and systems write it.

use super::{Proxy, ProxyScheme, ProxySignIn, ProxySource, UnreadableProxy};
use percent_encoding::percent_decode_str;
use url::Host;
use zeroize::Zeroizing;

/// Reads an address: `[scheme://][user[:password]@]host[:port][/]`. Without a scheme it is an HTTP proxy's.
///
/// What could be read in two ways is not read at all, because a part of the password may be taken for the host otherwise.
pub(super) fn read(text: &str, source: ProxySource) -> Result<Proxy, UnreadableProxy> {
    let text = unquoted(text.trim());
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme_of(scheme, rest)?, rest),
        None => (ProxyScheme::Http, text),
    };
    let (sign_in, place) = match rest.rsplit_once('@') {
        Some((user_info, place)) => (sign_in(user_info)?, place),
        None => (None, rest),
    };
    let (host, port) = host_and_port(bare(place)?)?;
    Ok(Proxy {
        scheme,
        host,
        port: port.unwrap_or(scheme.usual_port()),
        sign_in,
        source,
    })
}

/// Files of settings often keep the quotes around a value.
fn unquoted(text: &str) -> &str {
    for quote in ['"', '\''] {
        let inner = text
            .strip_prefix(quote)
            .and_then(|text| text.strip_suffix(quote));
        if let Some(inner) = inner {
            return inner.trim();
        }
    }
    text
}

/// `socks` is GNOME's name for SOCKS 5. Whether the proxy finds the names is not left to the scheme of SOCKS 5: it always does.
fn scheme_of(scheme: &str, rest: &str) -> Result<ProxyScheme, UnreadableProxy> {
    match scheme.to_ascii_lowercase().as_str() {
        "http" => Ok(ProxyScheme::Http),
        "https" => Ok(ProxyScheme::Https),
        "socks4" => Ok(ProxyScheme::Socks4),
        "socks4a" => Ok(ProxyScheme::Socks4a),
        "socks" | "socks5" | "socks5h" => Ok(ProxyScheme::Socks5),
        other
            if other
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) =>
        {
            Err(UnreadableProxy::Scheme)
        }
        _ if rest.contains('@') => Err(UnreadableProxy::Characters),
        _ => Err(UnreadableProxy::Address),
    }
}

/// `None` where it is empty.
fn sign_in(user_info: &str) -> Result<Option<ProxySignIn>, UnreadableProxy> {
    let ambiguous = |c: char| c.is_whitespace() || c.is_control() || "/?#\\".contains(c);
    if user_info.contains(ambiguous) {
        return Err(UnreadableProxy::Characters);
    }
    if user_info.is_empty() {
        return Ok(None);
    }
    let (user, password) = user_info.split_once(':').unwrap_or((user_info, ""));
    let decoded = |text: &str| Zeroizing::new(percent_decode_str(text).collect::<Vec<u8>>());
    Ok(Some(ProxySignIn {
        user: decoded(user),
        password: decoded(password),
    }))
}

/// Without the path, which a proxy's address has no use for.
fn bare(place: &str) -> Result<&str, UnreadableProxy> {
    if place.contains(|c: char| c.is_whitespace() || c.is_control() || "?#\\".contains(c)) {
        return Err(UnreadableProxy::Address);
    }
    if place.contains(['=', ';', ',']) {
        return Err(UnreadableProxy::List);
    }
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let path = path.to_ascii_lowercase();
    if [".pac", ".dat", ".js"]
        .iter()
        .any(|end| path.ends_with(end))
    {
        return Err(UnreadableProxy::Script);
    }
    Ok(host)
}

fn host_and_port(place: &str) -> Result<(Host, Option<u16>), UnreadableProxy> {
    let end_of_host = match place.rfind(']') {
        Some(bracket) => bracket + 1,
        None => place.find(':').unwrap_or(place.len()),
    };
    let (host, port) = place
        .split_at_checked(end_of_host)
        .ok_or(UnreadableProxy::Host)?;
    // Without brackets nobody can tell the last group of an IPv6 address from a port.
    if port.matches(':').count() > 1 {
        return Err(UnreadableProxy::Host);
    }
    let host = Host::parse(host).map_err(|_| UnreadableProxy::Host)?;
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        None => return Err(UnreadableProxy::Port),
        Some("") => None,
        Some(digits) => Some(port_of(digits)?),
    };
    Ok((host, port))
}

fn port_of(digits: &str) -> Result<u16, UnreadableProxy> {
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse() {
        Ok(port) if plain && port != 0 => Ok(port),
        _ => Err(UnreadableProxy::Port),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: ProxySource = ProxySource::Variable("HTTPS_PROXY");

    fn shown(text: &str) -> Result<String, UnreadableProxy> {
        read(text, HERE).map(|proxy| proxy.to_string())
    }

    fn signs_in_with(text: &str) -> (Vec<u8>, Vec<u8>) {
        let sign_in = read(text, HERE).unwrap().sign_in.unwrap();
        (sign_in.user.to_vec(), sign_in.password.to_vec())
    }

    #[test]
    fn every_usual_way_of_writing_an_address_is_read() {
        for (text, proxy) in [
            ("proxy.example:8080", "http://proxy.example:8080"),
            ("proxy", "http://proxy:80"),
            ("http://proxy.example:3128/", "http://proxy.example:3128"),
            ("  http://proxy.example:3128\n", "http://proxy.example:3128"),
            ("\"http://proxy.example:3128\"", "http://proxy.example:3128"),
            ("'proxy.example:3128'", "http://proxy.example:3128"),
            ("HTTP://Proxy.Example:3128", "http://proxy.example:3128"),
            (
                "http://proxy.example:3128/ignored",
                "http://proxy.example:3128",
            ),
            ("http://proxy.example:", "http://proxy.example:80"),
            ("https://proxy.example", "https://proxy.example:443"),
            ("socks5://proxy.example", "socks5://proxy.example:1080"),
            ("SOCKS5H://proxy.example:9", "socks5://proxy.example:9"),
            ("socks://proxy.example:1080/", "socks5://proxy.example:1080"),
            ("socks4://10.0.0.1:1", "socks4://10.0.0.1:1"),
            ("socks4a://proxy.example:1", "socks4a://proxy.example:1"),
            ("http://[2001:db8::1]:3128", "http://[2001:db8::1]:3128"),
            ("[::1]", "http://[::1]:80"),
            ("http://prøxy.example:1", "http://xn--prxy-hra.example:1"),
            ("http://@proxy.example:1", "http://proxy.example:1"),
            ("jo:pw@proxy.example:8080", "http://proxy.example:8080"),
            (
                "http://jo:p@ss@proxy.example:8080",
                "http://proxy.example:8080",
            ),
        ] {
            assert_eq!(shown(text).as_deref(), Ok(proxy), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_in_one_way_only_is_not_read() {
        use UnreadableProxy::{Address, Characters, Host, List, Port, Scheme, Script};
        for (text, why) in [
            (r"http://CORP\jo:pw@proxy.example:8080", Characters),
            ("http://jo:pa#ss@proxy.example:8080", Characters),
            ("http://jo:12#ss@proxy.example:8080", Characters),
            ("http://jo:12/ss@proxy.example:8080", Characters),
            ("http://jo:p@12/ss@proxy.example:8080", Characters),
            ("http://jo:1?2@proxy.example:8080", Characters),
            ("http://jo doe:pw@proxy.example:8080", Characters),
            ("jo:a://b@proxy.example", Characters),
            ("http://proxy .example:8080", Address),
            ("http://proxy.example:8080#office", Address),
            ("http://proxy.example:8080 http://other.example:1", Address),
            (r"\\proxy\share", Address),
            ("http=h:8080;https=h:8443", List),
            ("h1:8080,h2:8080", List),
            ("ftp://proxy.example:21", Scheme),
            ("direct://", Scheme),
            ("http://", Host),
            ("http://:8080", Host),
            ("http://jo:pw@", Host),
            ("http://jo:pw@:8080", Host),
            ("http://fe80::1:3128", Host),
            ("::1", Host),
            ("http://[fe80::1%eth0]:3128", Host),
            ("http://[::1", Host),
            ("http://pro%40xy:80", Host),
            ("http://proxy.example:0", Port),
            ("http://proxy.example:65536", Port),
            ("http://proxy.example:+80", Port),
            ("http://proxy.example:http", Port),
            ("http://jo:pw", Port),
            ("http://[::1]3128", Port),
            ("http://proxy.example/proxy.pac", Script),
            ("http://wpad.example/WPAD.DAT", Script),
        ] {
            assert_eq!(shown(text), Err(why), "{text}");
        }
    }

    #[test]
    fn the_sign_in_is_what_the_percent_forms_stand_for() {
        let of = |user: &str, password: &str| (user.into(), password.into());
        for (text, expected) in [
            (r"http://CORP%5Cjo:p%40ss%23@proxy", of(r"CORP\jo", "p@ss#")),
            ("http://jo@proxy", of("jo", "")),
            ("http://jo:a:b@proxy", of("jo", "a:b")),
            ("http://:pw@proxy", of("", "pw")),
            ("http://jo:100%@proxy", of("jo", "100%")),
            ("http://jö:pw@proxy", of("jö", "pw")),
        ] {
            assert_eq!(signs_in_with(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_user_and_the_password_are_neither_is_shown(
            scheme in "(http://|https://|socks5://|socks://|)",
            before in any::<String>(),
            between in any::<String>(),
            after in any::<String>(),
            host in "[a-p.:/@#?\\\\ ]{0,12}",
        ) {
            let text = format!("{scheme}{before}USERUSER{between}:{after}PASSPASS@{host}");
            let said = match read(&text, HERE) {
                Ok(proxy) => format!("{proxy} {proxy:?}"),
                Err(why) => format!("{why} {why:?}"),
            };
            let said = said.to_ascii_uppercase();
            prop_assert!(!said.contains("USERUSER") && !said.contains("PASSPASS"), "{text}: {said}");
        }
    }
}
