//! The list of hosts that are reached without the proxy: `NO_PROXY`, and the lists that Windows and macOS keep.

/// Whether a list excepts this host. Entries stand between commas, semicolons or spaces:
/// - `*` is every host;
/// - `twilio.com`, `.twilio.com` and `*.twilio.com` are that domain and all below it, as for curl;
/// - a port after it (`api.twilio.com:443`) has to be the port that is asked for;
/// - a `*` elsewhere stands for any text, as in Windows' list.
///
/// Addresses and networks (`10.0.0.0/8`) except no host that has a name.
pub(super) fn except(list: &str, host: &str, port: u16) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    list.split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .any(|entry| fits(&entry.to_ascii_lowercase(), &host, port))
}

fn fits(entry: &str, host: &str, port: u16) -> bool {
    let entry = entry.trim_matches(['"', '\'']);
    let name = match entry.split_once(':') {
        Some((name, number)) if number.parse() == Ok(port) => name,
        Some(_) => return false,
        None => entry,
    };
    if name == "*" {
        return true;
    }
    let name = name
        .strip_prefix('*')
        .filter(|rest| rest.starts_with('.'))
        .unwrap_or(name);
    if name.contains('*') {
        return like(name, host);
    }
    let domain = name.trim_start_matches('.').trim_end_matches('.');
    !domain.is_empty()
        && host
            .strip_suffix(domain)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// Whether `host` is `pattern` with any text in the place of each `*`.
fn like(pattern: &str, host: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| host.strip_prefix(first)) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_excepts_the_host_its_domain_and_everything() {
        for list in [
            "*",
            "twilio.com",
            ".twilio.com",
            "*.twilio.com",
            "API.Twilio.com",
            "api.twilio.com.",
            "api.twilio.com:443",
            "localhost, .twilio.com",
            "localhost .twilio.com",
            "localhost;*.twilio.com;<local>",
            "\"twilio.com\"",
            "*twilio*",
            "api.*.com",
            "api.*",
        ] {
            assert!(except(list, "api.twilio.com", 443), "{list}");
        }
    }

    #[test]
    fn it_does_not_except_what_only_looks_like_it() {
        for list in [
            "",
            ",",
            ".",
            "lio.com",
            "twilio.com.example",
            "api.twilio.com:8443",
            "10.0.0.0/8",
            "::1",
            "<local>",
            "api.*.org",
            "*.api.*",
            "*.twilio.co",
        ] {
            assert!(!except(list, "api.twilio.com", 443), "{list}");
        }
    }
}
