//! Twilio's Regions, each with tokens and keys of its own.

use super::token_pair;
use practice::{Practice, Region, Settings};
use terms::AccountSid;
use twilio::{Client, Credentials, Hosts, SignInError, sign_in};

async fn practice() -> Practice {
    let settings = Settings {
        subaccounts: 2,
        regions: true,
        ..Settings::default()
    };
    Practice::start(settings).await.unwrap()
}

/// A client of a Region's server, signed with the parent's token of `of`.
fn parent_in(practice: &Practice, region: Region, of: Region) -> Client {
    let hosts = Hosts::loopback(&practice.base_url_in(region).unwrap()).unwrap();
    let parent = practice.parent().account_sid;
    let token = practice.auth_token_in(of, &parent).unwrap();
    Client::new(hosts, token_pair((parent, token))).unwrap()
}

#[tokio::test]
async fn a_token_of_another_region_is_refused_like_a_wrong_one() {
    let practice = practice().await;
    for region in Region::ALL {
        assert!(sign_in(&parent_in(&practice, region, region)).await.is_ok());
    }
    let client = parent_in(&practice, Region::Ie1, Region::Us1);
    let error = sign_in(&client).await.unwrap_err();
    assert!(matches!(error, SignInError::Refused(_)), "{error:?}");
    let error = client.accounts().await.unwrap_err();
    assert!(error.is_of_the_signer());
    assert_eq!((error.status(), error.code()), (Some(401), Some(20003)));
}

#[tokio::test]
async fn a_key_of_a_region_is_made_proven_and_rotated_past_in_it_alone() {
    let practice = practice().await;
    let child: AccountSid = super::active_child(&practice);
    let client = parent_in(&practice, Region::Au1, Region::Au1);
    let created = client.create_key(&child, "DicksonOne").await.unwrap();
    let key = || Credentials::ApiKey {
        key: created.key.sid.clone(),
        secret: created.secret.duplicate(),
    };
    client.signed_by(key()).prove_key(&child).await.unwrap();
    let elsewhere = parent_in(&practice, Region::Us1, Region::Us1);
    let error = elsewhere.signed_by(key()).prove_key(&child).await;
    assert!(error.unwrap_err().is_of_the_signer());
    let keys = elsewhere.keys(&child).await.unwrap().rows;
    assert!(keys.iter().all(|listed| listed.sid != created.key.sid));

    let before = practice.auth_token_in(Region::Us1, child.as_str());
    let secondary = client.create_secondary_token(&child).await.unwrap();
    client.promote_secondary_token(&child).await.unwrap();
    let token = practice.auth_token_in(Region::Au1, child.as_str());
    assert_eq!(token.as_deref(), Some(secondary.token.expose()));
    assert_eq!(practice.auth_token_in(Region::Us1, child.as_str()), before);
}
