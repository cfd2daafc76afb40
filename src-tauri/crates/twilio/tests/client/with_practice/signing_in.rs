//! Every kind of credentials, tried.

use super::{client, key_pair, parent_client, parent_sid, practice_with, token_pair};
use practice::Status;
use terms::AccountSid;
use twilio::{SignIn, SignInError, sign_in};

#[tokio::test]
async fn each_kind_of_credentials_is_told_by_signing_in() {
    let practice = practice_with(60).await;
    let parent = practice.parent();
    let parent_account = parent_sid(&practice);
    let tries = |credentials| {
        let client = client(&practice, credentials);
        async move { sign_in(&client).await }
    };

    let full = tries(token_pair((parent.account_sid.clone(), parent.auth_token))).await;
    let Ok(SignIn::Full { account }) = full else {
        panic!("{full:?}")
    };
    assert_eq!(account.sid, parent_account);
    let main = tries(key_pair(parent.main_key)).await;
    let Ok(SignIn::Main { account }) = main else {
        panic!("{main:?}")
    };
    assert_eq!(account.sid, parent_account);

    let wrong_token = (parent.account_sid, "0".repeat(32));
    assert!(matches!(
        tries(token_pair(wrong_token)).await.unwrap_err(),
        SignInError::Refused(_)
    ));
    let wrong_secret = (parent.standard_key.0.clone(), "0".repeat(32));
    assert_eq!(
        tries(key_pair(wrong_secret)).await.unwrap_err(),
        SignInError::RefusedKey
    );
    let standard = tries(key_pair(parent.standard_key)).await;
    assert_eq!(standard.unwrap_err(), SignInError::RefusedKey);
    let restricted = tries(key_pair(parent.restricted_key)).await;
    assert_eq!(restricted.unwrap_err(), SignInError::RestrictedKey);
    let test = tries(token_pair(parent.test_credentials)).await;
    assert_eq!(test.unwrap_err(), SignInError::TestCredentials);
}

#[tokio::test]
async fn a_subaccounts_credentials_are_told_from_the_parents() {
    let practice = practice_with(60).await;
    let parent = parent_sid(&practice);
    let mut main_keys = 0;
    for account in practice.subaccounts() {
        if account.status != Status::Active {
            continue;
        }
        let sid: AccountSid = account.account_sid.parse().unwrap();
        let expected = SignInError::SubaccountInsteadOfParent {
            sid,
            parent: parent.clone(),
        };
        let token = token_pair((account.account_sid, account.auth_token));
        let error = sign_in(&client(&practice, token)).await.unwrap_err();
        assert_eq!(error, expected);
        if let Some(main_key) = account.main_key {
            main_keys += 1;
            let error = sign_in(&client(&practice, key_pair(main_key)))
                .await
                .unwrap_err();
            // Reports differ on whether such a key may list its own account or nothing at all.
            assert!(
                error == expected || error == SignInError::RefusedKey,
                "{error:?}"
            );
        }
    }
    assert!(main_keys > 0, "no subaccount had a Main key to try");
}

#[tokio::test]
async fn a_suspended_parent_is_told_from_a_wrong_token() {
    let practice = practice_with(1).await;
    practice.suspend_by_twilio(&practice.parent().account_sid);
    let error = sign_in(&parent_client(&practice)).await.unwrap_err();
    assert_eq!(error, SignInError::Suspended);
}
