//! Requests that go through a proxy, and those that go past it.

use std::ffi::OsString;

use twilio::{Client, Environment, Error, Hosts, Inspectors, ProxyTrouble};

use super::{Computer, timeouts, trouble, trouble_by_the_check};
use crate::proxy_servers::{HttpProxy, SocksProxy};
use crate::raw_server::{parent, parent_credentials};
use crate::tls::Authority;

/// A client whose user has allowed the authority of this computer to open the connection.
async fn allowing(environment: &Environment) -> Client {
    let inspectors = Inspectors::default();
    let client = Client::builder(Hosts::twilio(), parent_credentials())
        .timeouts(timeouts())
        .environment(environment.clone())
        .inspectors(inspectors.clone())
        .build()
        .unwrap();
    let error = client.account(&parent()).await.unwrap_err();
    assert!(matches!(error, Error::Inspected { .. }), "{error:?}");
    assert!(inspectors.allow("Made-up authority"));
    client
}

#[tokio::test]
async fn requests_go_through_an_http_proxy_and_tell_it_who_asks() {
    let computer = Computer::new().await;
    let proxy = HttpProxy::leading_to(&computer.twilio).await;
    for (sign_in, told) in [
        ("", None),
        // CORP\jo:pa#ss
        (r"CORP%5Cjo:pa%23ss@", Some("Basic Q09SUFxqbzpwYSNzcw==")),
    ] {
        for scheme in ["http://", "HTTP://", ""] {
            let address = format!("{scheme}{sign_in}{}/", proxy.place());
            let environment = computer.set(&[("HTTPS_PROXY", &address)]);
            let client = allowing(&environment).await;
            proxy.asked();
            client.account(&parent()).await.unwrap();
            let asked = proxy.asked();
            assert_eq!(asked.len(), 1);
            assert!(asked[0].starts_with("CONNECT api.twilio.com:443 HTTP/1.1\r\n"));
            let line = told.map(|told| format!("proxy-authorization: {told}"));
            let said = asked[0]
                .lines()
                .find(|line| line.to_lowercase().starts_with("proxy-auth"));
            assert_eq!(
                said.map(str::to_lowercase),
                line.map(|line| line.to_lowercase()),
            );
        }
    }
}

#[tokio::test]
async fn requests_go_through_an_encrypted_proxy_whose_certificate_is_good() {
    let computer = Computer::new().await;
    let proxy = HttpProxy::encrypted(&computer.authority, &computer.twilio).await;
    let address = format!("https://{}", proxy.place());
    let environment = computer.set(&[("HTTPS_PROXY", &address)]);
    let client = allowing(&environment).await;
    proxy.asked();
    client.account(&parent()).await.unwrap();
    assert_eq!(proxy.asked().len(), 1);

    let of_nobody = HttpProxy::encrypted(&Authority::new(), &computer.twilio).await;
    let address = format!("https://{}", of_nobody.place());
    let environment = computer.set(&[("HTTPS_PROXY", &address)]);
    assert_eq!(trouble(&environment).await, ProxyTrouble::NotEncrypted);
    assert_eq!(
        trouble_by_the_check(&environment).await,
        ProxyTrouble::NotEncrypted
    );
    assert_eq!(of_nobody.asked(), Vec::<String>::new());
}

#[tokio::test]
async fn requests_go_through_every_kind_of_socks_proxy_which_finds_the_name() {
    let computer = Computer::new().await;
    for (scheme, sign_in) in [
        ("socks5", None),
        ("socks5h", None),
        ("socks", None),
        ("SOCKS5", None),
        ("socks4a", None),
        ("socks5", Some(("CORP\\jo", "p@ss"))),
        ("socks", Some(("CORP\\jo", "p@ss"))),
    ] {
        let proxy = SocksProxy::leading_to(&computer.twilio, sign_in).await;
        let user = sign_in.map_or("", |_| "CORP%5Cjo:p%40ss@");
        let address = format!("{scheme}://{user}{}/", proxy.place());
        for variable in ["ALL_PROXY", "all_proxy", "https_proxy"] {
            let environment = computer.set(&[(variable, &address)]);
            let client = allowing(&environment).await;
            proxy.asked();
            client.account(&parent()).await.unwrap();
            assert_eq!(proxy.asked(), ["api.twilio.com:443"], "{address}");
        }
    }
}

#[tokio::test]
async fn practice_on_this_computer_is_reached_without_a_proxy() {
    let server = crate::raw_server::RawServer::start(|_, _| {
        let body = crate::raw_server::account_json(
            crate::raw_server::PARENT,
            crate::raw_server::PARENT,
            "Main",
        );
        crate::raw_server::Reply::json(200, &body)
    })
    .await;
    let environment = Environment::of([
        ("HTTPS_PROXY".to_owned(), OsString::from("no proxy")),
        (
            "ALL_PROXY".to_owned(),
            OsString::from("socks5://127.0.0.1:9"),
        ),
        ("SSL_CERT_FILE".to_owned(), OsString::from("/nowhere")),
    ]);
    Client::builder(
        Hosts::loopback(&server.base()).unwrap(),
        parent_credentials(),
    )
    .environment(environment)
    .build()
    .unwrap()
    .account(&parent())
    .await
    .unwrap();
}
