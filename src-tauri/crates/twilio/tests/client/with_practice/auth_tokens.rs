//! Rotating Auth Tokens, also where replies are lost.

use super::{active_child, hasty_client, parent_client, parent_sid, practice_with};
use practice::{Fault, Practice, Rule};
use terms::{AccountSid, Secret};
use twilio::{Client, Created, NewStatus, RotationError};

/// The primary token that a subaccount has now.
fn token_of(practice: &Practice, account: &AccountSid) -> Secret {
    let mut accounts = practice.subaccounts().into_iter();
    let account = accounts.find(|known| known.account_sid == account.as_str());
    Secret::new(account.unwrap().auth_token).unwrap()
}

#[tokio::test]
async fn a_secondary_token_works_beside_the_primary_one_and_then_in_its_place() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let primary = token_of(&practice, &child);
    let secondary = client.create_secondary_token(&child).await.unwrap();
    assert_eq!(secondary.account, child);
    assert_ne!(secondary.token, primary);
    let accepted =
        async |client: &Client, token: &Secret| client.accepts_token(&child, token).await.unwrap();
    assert!(accepted(&client, &primary).await && accepted(&client, &secondary.token).await);

    let promoted = client.promote_secondary_token(&child).await.unwrap();
    assert_eq!(promoted, secondary.token);
    assert!(!accepted(&client, &primary).await && accepted(&client, &promoted).await);
    let signed = client.signed_by(secondary.credentials());
    assert_eq!(signed.account(&child).await.unwrap().sid, child);
    // The parent reads whichever is the primary one.
    client.create_secondary_token(&child).await.unwrap();
}

#[tokio::test]
async fn each_step_is_signed_by_the_account_itself() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    client.create_secondary_token(&child).await.unwrap();
    assert!(client.delete_secondary_token(&child).await.unwrap());
    let by: Vec<_> = practice
        .requests()
        .into_iter()
        .filter(|request| request.path.starts_with("/v1/AuthTokens/"))
        .map(|request| request.signed_by.unwrap().sid)
        .collect();
    assert_eq!(by, [child.as_str(), child.as_str()]);
}

#[tokio::test]
async fn the_parent_rotates_its_own_token_without_reading_it() {
    let practice = practice_with(0).await;
    let client = parent_client(&practice);
    let parent = parent_sid(&practice);
    let secondary = client.create_secondary_token(&parent).await.unwrap();
    let by_secondary = client.signed_by(secondary.credentials());
    by_secondary.promote_secondary_token(&parent).await.unwrap();
    let lines: Vec<_> = practice
        .requests()
        .into_iter()
        .map(|request| (request.method, request.path))
        .collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(client.accounts().await.unwrap_err().is_of_the_signer());
    assert!(by_secondary.accounts().await.is_ok());
}

#[tokio::test]
async fn without_a_secondary_token_nothing_is_promoted_or_deleted() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let error = client.promote_secondary_token(&child).await.unwrap_err();
    assert_eq!(error.error().code(), Some(20404));
    assert_eq!(error.created(), Created::No);
    assert!(!client.delete_secondary_token(&child).await.unwrap());
    let primary = token_of(&practice, &child);
    assert!(client.accepts_token(&child, &primary).await.unwrap());
}

#[tokio::test]
async fn a_secondary_token_that_nobody_was_told_is_deleted_and_made_anew() {
    for (fault, was_made) in [
        (Fault::ResetAfter, true),
        (Fault::Truncated, true),
        (Fault::TimeoutAfter, true),
        (Fault::ResetBefore, false),
    ] {
        let practice = practice_with(2).await;
        let client = hasty_client(&practice);
        let child = active_child(&practice);
        practice
            .faults()
            .inject(Rule::new(fault.clone()).on("POST", "/v1/**").next(1));
        let lost = client.create_secondary_token(&child).await.unwrap_err();
        assert_eq!(lost.created(), Created::Unknown, "{fault:?}");
        let deleted = client.delete_secondary_token(&child).await;
        assert_eq!(deleted, Ok(was_made), "{fault:?}");
        let again = client.create_secondary_token(&child).await.unwrap();
        assert!(client.accepts_token(&child, &again.token).await.unwrap());
    }
}

#[tokio::test]
async fn after_a_lost_promotion_signing_tells_whether_it_happened() {
    for (fault, was_promoted) in [
        (Fault::ResetAfter, true),
        (Fault::TimeoutAfter, true),
        (Fault::ResetBefore, false),
        (Fault::TimeoutBefore, false),
    ] {
        let practice = practice_with(2).await;
        let client = hasty_client(&practice);
        let child = active_child(&practice);
        let primary = token_of(&practice, &child);
        let secondary = client.create_secondary_token(&child).await.unwrap();
        practice
            .faults()
            .inject(Rule::new(fault.clone()).on("POST", "/v1/**").next(1));
        let lost = client.promote_secondary_token(&child).await.unwrap_err();
        assert_eq!(lost.created(), Created::Unknown, "{fault:?}");
        let accepted = (
            client.accepts_token(&child, &primary).await.unwrap(),
            client
                .accepts_token(&child, &secondary.token)
                .await
                .unwrap(),
        );
        assert_eq!(accepted, (!was_promoted, true), "{fault:?}");
    }
}

#[tokio::test]
async fn where_the_accounts_own_token_cannot_be_read_nothing_was_asked_for() {
    let practice = practice_with(2).await;
    let client = hasty_client(&practice);
    let child = active_child(&practice);
    practice
        .faults()
        .inject(Rule::new(Fault::TimeoutBefore).on("GET", "/2010-04-01/Accounts/*"));
    let error = client.create_secondary_token(&child).await.unwrap_err();
    assert!(matches!(error, RotationError::NotAsked(_)), "{error:?}");
    assert_eq!(error.created(), Created::No);
}

#[tokio::test]
async fn the_token_of_a_suspended_account_is_neither_accepted_nor_called_wrong() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let primary = token_of(&practice, &child);
    client
        .set_account_status(&child, NewStatus::Suspended)
        .await
        .unwrap();
    let error = client.accepts_token(&child, &primary).await.unwrap_err();
    assert_eq!(error.code(), Some(20005));
}

#[tokio::test]
async fn a_key_that_outlasts_a_promotion_is_proven_after_it() {
    let practice = practice_with(2).await;
    let client = parent_client(&practice);
    let child = active_child(&practice);
    let created = client.create_key(&child, "k").await.unwrap();
    client.create_secondary_token(&child).await.unwrap();
    client.promote_secondary_token(&child).await.unwrap();
    let by_key = client.signed_by(twilio::Credentials::ApiKey {
        key: created.key.sid,
        secret: created.secret,
    });
    by_key.prove_key(&child).await.unwrap();
}
