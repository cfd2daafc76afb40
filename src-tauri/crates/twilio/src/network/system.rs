//! The proxy that the system itself is set to use. Windows and macOS have such a setting; elsewhere variables are all there is.

use super::UnreadableProxy;

/// What the system's settings say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SystemProxy {
    /// The proxy for encrypted connections, as an address or as Windows' list.
    pub server: Option<String>,
    /// Hosts that are reached without it, as [`super::exceptions`] reads them.
    pub exceptions: String,
    /// A setup script (PAC) is to be asked for the proxy.
    pub script: bool,
}

/// The proxy for encrypted connections out of Windows' form: `host:port`, or `http=host:port;https=host:port;socks=host:port`.
/// `None` where the list has none for them. Windows' `socks` is SOCKS 4
/// (<https://learn.microsoft.com/windows/win32/wininet/enabling-internet-functionality>).
pub(super) fn for_encrypted(server: &str) -> Result<Option<String>, UnreadableProxy> {
    let mut for_all = None;
    let mut socks = None;
    for entry in server.split([';', ' ']).filter(|entry| !entry.is_empty()) {
        match entry.split_once('=') {
            None => for_all = for_all.or(Some(entry.to_owned())),
            Some((kind, address)) => match kind.trim().to_ascii_lowercase().as_str() {
                "https" => return Ok(Some(address.trim().to_owned())),
                "socks" => socks = Some(of_socks(address.trim())),
                "http" | "ftp" | "gopher" => {}
                _ => return Err(UnreadableProxy::List),
            },
        }
    }
    Ok(for_all.or(socks))
}

fn of_socks(address: &str) -> String {
    if address.contains("://") {
        address.to_owned()
    } else {
        format!("socks4://{address}")
    }
}

#[cfg(windows)]
pub(super) fn read() -> SystemProxy {
    windows::read().unwrap_or_default()
}

#[cfg(target_os = "macos")]
pub(super) fn read() -> SystemProxy {
    macos::read().unwrap_or_default()
}

#[cfg(not(any(windows, target_os = "macos")))]
pub(super) fn read() -> SystemProxy {
    SystemProxy::default()
}

/// <https://learn.microsoft.com/windows/win32/wininet/setting-and-retrieving-internet-options>; the values are those that the
/// system's settings page writes.
#[cfg(windows)]
mod windows {
    use super::SystemProxy;
    use windows_registry::{CURRENT_USER, Key, LOCAL_MACHINE};

    const SETTINGS: &str = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings";
    const POLICY: &str = r"Software\Policies\Microsoft\Windows\CurrentVersion\Internet Settings";

    pub(super) fn read() -> Option<SystemProxy> {
        let settings = settings()?;
        let text = |name: &str| settings.get_string(name).unwrap_or_default();
        let enabled = settings.get_u32("ProxyEnable").unwrap_or(0) != 0;
        let server = text("ProxyServer");
        Some(SystemProxy {
            server: (enabled && !server.trim().is_empty()).then_some(server),
            exceptions: text("ProxyOverride"),
            script: !text("AutoConfigURL").trim().is_empty(),
        })
    }

    /// An administrator can have one setting for all users of the computer.
    fn settings() -> Option<Key> {
        let for_all = LOCAL_MACHINE
            .open(POLICY)
            .and_then(|policy| policy.get_u32("ProxySettingsPerUser"))
            .is_ok_and(|per_user| per_user == 0);
        let root: &Key = if for_all { LOCAL_MACHINE } else { CURRENT_USER };
        root.open(SETTINGS).ok()
    }
}

/// The keys are those of Apple's System Configuration framework (SCSchemaDefinitions.h).
#[cfg(target_os = "macos")]
mod macos {
    use super::SystemProxy;
    use system_configuration::{
        core_foundation::{
            array::CFArray,
            base::{CFType, TCFType as _},
            dictionary::CFDictionary,
            number::CFNumber,
            string::CFString,
        },
        dynamic_store::SCDynamicStoreBuilder,
    };

    pub(super) fn read() -> Option<SystemProxy> {
        let store = SCDynamicStoreBuilder::new("subvault").build()?;
        let settings = store.get_proxies()?;
        let https = address(&settings, "HTTPS");
        let socks = address(&settings, "SOCKS").map(|address| format!("socks5://{address}"));
        Some(SystemProxy {
            server: https.or(socks),
            exceptions: exceptions(&settings),
            script: number(&settings, "ProxyAutoConfigEnable") == Some(1),
        })
    }

    type Settings = CFDictionary<CFString, CFType>;

    fn address(settings: &Settings, kind: &str) -> Option<String> {
        if number(settings, &format!("{kind}Enable")) != Some(1) {
            return None;
        }
        let host = value(settings, &format!("{kind}Proxy"))?
            .downcast::<CFString>()?
            .to_string();
        let host = if host.contains(':') && !host.starts_with('[') {
            format!("[{host}]")
        } else {
            host
        };
        match number(settings, &format!("{kind}Port")) {
            Some(port) => Some(format!("{host}:{port}")),
            None => Some(host),
        }
    }

    fn exceptions(settings: &Settings) -> String {
        let list = value(settings, "ExceptionsList").and_then(|list| list.downcast::<CFArray>());
        let Some(list) = list else {
            return String::new();
        };
        let names: Vec<String> = list
            .get_all_values()
            .into_iter()
            .filter_map(text_of)
            .collect();
        names.join(",")
    }

    #[allow(
        unsafe_code,
        reason = "Core Foundation's arrays are untyped; the type of each entry is asked for"
    )]
    fn text_of(entry: *const std::ffi::c_void) -> Option<String> {
        if entry.is_null() {
            return None;
        }
        // SAFETY: the entry belongs to an array that outlives this call, and the rule of "get" is the one for borrowed objects.
        let entry = unsafe { CFType::wrap_under_get_rule(entry) };
        entry.downcast::<CFString>().map(|text| text.to_string())
    }

    fn number(settings: &Settings, name: &str) -> Option<i32> {
        value(settings, name)?.downcast::<CFNumber>()?.to_i32()
    }

    fn value(settings: &Settings, name: &str) -> Option<CFType> {
        settings
            .find(&CFString::new(name))
            .map(|value| (*value).clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_lists_name_a_proxy_for_each_kind() {
        for (list, server) in [
            ("h:8080", Some("h:8080")),
            ("http=h:8080;https=h:8443", Some("h:8443")),
            ("HTTP=h:8080; HTTPS=h:8443", Some("h:8443")),
            ("https=https://h:8443;http=h:8080", Some("https://h:8443")),
            ("http=h:8080", None),
            ("http=h:8080;socks=s:1080", Some("socks4://s:1080")),
            ("socks=socks5://s:1080", Some("socks5://s:1080")),
            ("http=h:8080;other:3128", Some("other:3128")),
            ("", None),
        ] {
            let found = for_encrypted(list);
            assert_eq!(found, Ok(server.map(str::to_owned)), "{list}");
        }
        assert_eq!(for_encrypted("shttp=h:1"), Err(UnreadableProxy::List));
    }
}
