//! Which setting counts.

use super::*;

fn read(variables: &[(&str, &str)], system: SystemProxy) -> NetworkSettings {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), OsString::from(value)));
    NetworkSettings::for_twilio(&Environment::of(variables).with_system(system))
}

fn of_variables(variables: &[(&str, &str)]) -> NetworkSettings {
    read(variables, SystemProxy::default())
}

fn used(settings: &NetworkSettings) -> Option<(String, ProxySource)> {
    match &settings.proxy {
        ProxySetting::Through(proxy) => Some((proxy.to_string(), proxy.source())),
        _ => None,
    }
}

fn through(address: &str, source: ProxySource) -> Option<(String, ProxySource)> {
    Some((address.to_owned(), source))
}

#[cfg(not(windows))]
#[test]
fn the_first_variable_that_is_set_counts_and_an_empty_one_is_not_set() {
    use ProxySource::Variable;
    for (variables, proxy) in [
        (
            vec![("HTTPS_PROXY", "a:1")],
            through("http://a:1", Variable("HTTPS_PROXY")),
        ),
        (
            vec![("https_proxy", "a:1")],
            through("http://a:1", Variable("https_proxy")),
        ),
        (
            vec![("HTTPS_PROXY", ""), ("https_proxy", "a:1")],
            through("http://a:1", Variable("https_proxy")),
        ),
        (
            vec![("https_proxy", "  "), ("HTTPS_PROXY", "a:1")],
            through("http://a:1", Variable("HTTPS_PROXY")),
        ),
        (
            vec![("HTTPS_PROXY", ""), ("all_proxy", "socks://a:1")],
            through("socks5://a:1", Variable("all_proxy")),
        ),
        (
            vec![("ALL_PROXY", "socks5://b:1"), ("https_proxy", "a:1")],
            through("http://a:1", Variable("https_proxy")),
        ),
        (
            vec![("REQUEST_METHOD", "GET"), ("HTTPS_PROXY", "a:1")],
            through("http://a:1", Variable("HTTPS_PROXY")),
        ),
        (vec![("HTTP_PROXY", "a:1"), ("http_proxy", "a:1")], None),
        (vec![("HTTPS_PROXY", "")], None),
    ] {
        assert_eq!(used(&of_variables(&variables)), proxy, "{variables:?}");
    }
}

#[cfg(not(windows))]
#[test]
fn two_cases_of_one_variable_that_disagree_are_named() {
    let differ = of_variables(&[("HTTPS_PROXY", "a:1"), ("https_proxy", "b:1")]);
    assert_eq!(differ.overruled, Some("HTTPS_PROXY"));
    assert_eq!(
        used(&differ),
        through("http://b:1", ProxySource::Variable("https_proxy"))
    );
    let same = of_variables(&[("HTTPS_PROXY", "a:1"), ("https_proxy", "a:1")]);
    assert_eq!(same.overruled, None);
    let other = of_variables(&[("ALL_PROXY", "a:1"), ("https_proxy", "b:1")]);
    assert_eq!(other.overruled, None);
}

#[test]
fn an_address_that_cannot_be_read_is_named_and_no_other_takes_its_place() {
    let settings = of_variables(&[
        ("HTTPS_PROXY", r"http://CORP\jo:pw@proxy.example:8080"),
        ("ALL_PROXY", "a:1"),
    ]);
    assert_eq!(
        settings.proxy,
        ProxySetting::Unreadable {
            source: ProxySource::Variable("HTTPS_PROXY"),
            why: UnreadableProxy::Characters
        }
    );
}

#[cfg(unix)]
#[test]
fn a_value_that_is_no_text_is_named() {
    use std::os::unix::ffi::OsStringExt as _;
    let value = OsString::from_vec(b"http://pro\xffxy:1".to_vec());
    let environment = Environment::of([("HTTPS_PROXY".to_owned(), value)]);
    let settings = NetworkSettings::for_twilio(&environment);
    assert!(matches!(
        settings.proxy,
        ProxySetting::Unreadable {
            why: UnreadableProxy::NotText,
            ..
        }
    ));
}

#[test]
fn a_host_that_is_excepted_is_reached_directly_whatever_the_proxy_is() {
    for proxy in ["a:1", "no proxy"] {
        let settings = of_variables(&[("HTTPS_PROXY", proxy), ("NO_PROXY", ".twilio.com")]);
        assert_eq!(
            settings.proxy,
            ProxySetting::Direct {
                excepted_by: Some(ProxySource::Variable("NO_PROXY"))
            }
        );
    }
    let none = of_variables(&[("NO_PROXY", "*")]);
    assert_eq!(none.proxy, ProxySetting::Direct { excepted_by: None });
    let other = of_variables(&[
        ("HTTPS_PROXY", "a:1"),
        ("NO_PROXY", "localhost,127.0.0.0/8"),
    ]);
    assert!(used(&other).is_some());
}

fn system(server: &str, exceptions: &str) -> SystemProxy {
    SystemProxy {
        server: Some(server.to_owned()),
        exceptions: exceptions.to_owned(),
        script: false,
    }
}

#[test]
fn the_systems_setting_counts_where_no_variable_is_set() {
    let list = "http=h:8080;https=h:8443";
    let of_system = read(&[], system(list, "<local>"));
    assert_eq!(
        used(&of_system),
        through("http://h:8443", ProxySource::System)
    );
    let excepted = read(&[], system(list, "localhost;*.twilio.com"));
    assert_eq!(
        excepted.proxy,
        ProxySetting::Direct {
            excepted_by: Some(ProxySource::System)
        }
    );
    let of_variable = read(&[("HTTPS_PROXY", "a:1")], system(list, "*.twilio.com"));
    assert_eq!(
        used(&of_variable),
        through("http://a:1", ProxySource::Variable("HTTPS_PROXY"))
    );
    let unreadable = read(&[], system("https=h:0", ""));
    assert!(matches!(
        unreadable.proxy,
        ProxySetting::Unreadable {
            source: ProxySource::System,
            why: UnreadableProxy::Port
        }
    ));
}

#[test]
fn a_setup_script_is_named_where_no_variable_takes_its_place() {
    let scripted = SystemProxy {
        script: true,
        ..SystemProxy::default()
    };
    assert!(read(&[], scripted.clone()).script);
    assert!(!read(&[("HTTPS_PROXY", "a:1")], scripted).script);
}
