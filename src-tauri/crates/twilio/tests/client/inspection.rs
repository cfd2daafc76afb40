//! A connection that is opened on its way, by an authority that this computer trusts and the public does not.

use crate::proxies::{Computer, client, timeouts};
use crate::proxy_servers::HttpProxy;
use crate::raw_server::{parent, parent_credentials};
use jiff::Timestamp;
use twilio::{Client, Created, Environment, Error, Hosts, Inspectors, Stage, Way};

/// The name of the authority of [`crate::tls::Authority`].
const NAME: &str = "Made-up authority";

async fn inspected() -> (Computer, HttpProxy, Environment) {
    let computer = Computer::new().await;
    let proxy = HttpProxy::leading_to(&computer.twilio).await;
    let environment = computer.set(&[("HTTPS_PROXY", &proxy.place())]);
    (computer, proxy, environment)
}

fn watching(environment: &Environment, inspectors: &Inspectors) -> Client {
    Client::builder(Hosts::twilio(), parent_credentials())
        .timeouts(timeouts())
        .environment(environment.clone())
        .inspectors(inspectors.clone())
        .build()
        .unwrap()
}

#[tokio::test]
async fn nothing_is_sent_to_whoever_opens_the_connection_before_that_is_allowed() {
    let (computer, _proxy, environment) = inspected().await;
    let inspectors = Inspectors::default();
    let client = watching(&environment, &inspectors);
    for error in [
        client.account(&parent()).await.unwrap_err(),
        client.create_account("Acme").await.unwrap_err(),
    ] {
        let Error::Inspected { by } = &error else {
            panic!("{error:?}");
        };
        assert_eq!(by.name, NAME);
        assert_eq!(error.created(), Created::No);
        assert!(error.is_of_the_network());
    }
    assert_eq!(computer.requests(), 0, "no request came through");

    assert!(!inspectors.allow("Somebody else"));
    assert!(inspectors.allow(NAME));
    client.account(&parent()).await.unwrap();
    assert_eq!(computer.requests(), 1);

    let after_a_restart = Inspectors::default();
    after_a_restart.allow_known(inspectors.allowed());
    watching(&environment, &after_a_restart)
        .account(&parent())
        .await
        .unwrap();
}

#[tokio::test]
async fn allowing_one_allows_no_other() {
    let (_computer, _proxy, environment) = inspected().await;
    let inspectors = Inspectors::default();
    inspectors.allow_known(["c29tZWJvZHkgZWxzZQ==".to_owned()]);
    let error = watching(&environment, &inspectors)
        .account(&parent())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Inspected { .. }), "{error:?}");
}

#[tokio::test]
async fn a_client_that_was_told_of_nobody_allows_nobody() {
    let (computer, _proxy, environment) = inspected().await;
    let error = client(&environment)
        .unwrap()
        .account(&parent())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Inspected { .. }), "{error:?}");
    assert_eq!(computer.requests(), 0);
}

#[tokio::test]
async fn the_check_goes_through_and_says_who_opens_the_connection() {
    let (_computer, _proxy, environment) = inspected().await;
    let inspectors = Inspectors::default();
    for allowed in [false, true] {
        let way = Way::to(Hosts::twilio())
            .timeouts(timeouts())
            .environment(environment.clone())
            .inspectors(inspectors.clone());
        let tried = way.try_out(Timestamp::now).await;
        let inspection = tried.inspection.unwrap();
        assert_eq!(
            (inspection.by.name.as_str(), inspection.allowed),
            (NAME, allowed)
        );
        // The made-up Twilio of these tests answers with accounts, which is no refusal of Twilio's.
        assert_eq!(tried.outcome.unwrap_err().stage, Stage::Answer);
        assert!(inspectors.allow(NAME));
    }
}
