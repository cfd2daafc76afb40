//! Keys by `api`, under both their names.

use practice::{KeyKind, Settings};

use crate::caller::{Caller, path, practice, start, subaccount};

#[tokio::test]
async fn the_secret_is_in_the_answer_to_the_making_and_nowhere_else() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    let made = parent
        .post(
            &path(&sub, "Keys"),
            &[("FriendlyName", "Acme - DicksonOne")],
        )
        .await;
    assert_eq!(made.status, 201);
    let (sid, secret) = (made.text_of("sid"), made.text_of("secret"));
    assert!(practice.signs_in(&sid, &secret) && !practice.signs_in(&sid, "x"));

    let one = path(&sub, &format!("Keys/{sid}"));
    let answers = [
        parent.get(&one).await.text,
        parent.get(&path(&sub, "Keys")).await.text,
        parent.post(&one, &[("FriendlyName", "Renamed")]).await.text,
        parent.get(&path(&sub, "")).await.text,
    ];
    assert!(
        answers
            .iter()
            .all(|text| !text.contains(&secret) && !text.contains("secret"))
    );
}

#[tokio::test]
async fn a_key_signs_for_its_account_until_it_is_deleted() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    let made = parent.post(&path(&sub, "Keys"), &[]).await;
    let key = Caller::new(&practice, &made.text_of("sid"), &made.text_of("secret"));
    assert_eq!(
        key.get(&path(&sub, "Usage/Records/ThisMonth")).await.status,
        200
    );
    assert_eq!(
        key.get(&path(&practice.parent().account_sid, "Usage/Records"))
            .await
            .refusal(),
        (401, 20003)
    );

    let one = path(&sub, &format!("Keys/{}", made.text_of("sid")));
    let deleted = parent.delete(&one).await;
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    assert_eq!(parent.delete(&one).await.refusal(), (404, 20404));
    assert_eq!(parent.get(&one).await.refusal(), (404, 20404));
    assert_eq!(
        key.get(&path(&sub, "Usage/Records/ThisMonth"))
            .await
            .refusal(),
        (401, 20003)
    );
}

#[tokio::test]
async fn a_key_name_has_up_to_64_characters_and_none_is_null() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    let keys = path(&sub, "Keys");
    let fits = "é".repeat(64);
    assert_eq!(
        parent
            .post(&keys, &[("FriendlyName", &fits)])
            .await
            .text_of("friendly_name"),
        fits
    );
    let too_long = parent
        .post(&keys, &[("FriendlyName", &"é".repeat(65))])
        .await;
    assert_eq!(too_long.refusal(), (400, 70001));
    assert!(
        !too_long.text_of("message").contains("FriendlyName"),
        "the field is not named"
    );
    assert!(parent.post(&keys, &[]).await.body["friendly_name"].is_null());
    assert_eq!(
        practice.state().keys,
        3 + 2,
        "the parent has three, and a refused name makes none"
    );
}

#[tokio::test]
async fn api_knows_nothing_of_restricted_keys_and_makes_a_standard_one() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    let form = [
        ("KeyType", "restricted"),
        (
            "Policy",
            r#"{"allow":["/twilio/messaging/messages/create"]}"#,
        ),
    ];
    let made = parent.post(&path(&sub, "Keys"), &form).await;
    assert_eq!(made.status, 201);
    let state = practice.state();
    assert_eq!(
        state.key(&made.text_of("sid")).expect("the key").1.kind,
        KeyKind::Standard
    );
}

#[tokio::test]
async fn signing_keys_are_the_same_keys() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    let sid = parent
        .post(&path(&sub, "SigningKeys"), &[])
        .await
        .text_of("sid");
    assert_eq!(
        parent.get(&path(&sub, "Keys")).await.list("keys")[0]["sid"],
        sid.as_str()
    );
    assert_eq!(
        parent
            .get(&path(&sub, "SigningKeys"))
            .await
            .list("signing_keys")[0]["sid"],
        sid.as_str()
    );
    assert_eq!(
        parent
            .delete(&path(&sub, &format!("SigningKeys/{sid}")))
            .await
            .status,
        204
    );
    assert!(
        parent
            .get(&path(&sub, "Keys"))
            .await
            .list("keys")
            .is_empty()
    );
}

#[tokio::test]
async fn a_key_is_not_found_under_another_account() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (acme, _) = subaccount(&parent, "Acme").await;
    let (other, _) = subaccount(&parent, "Other").await;
    let sid = parent.post(&path(&acme, "Keys"), &[]).await.text_of("sid");
    let elsewhere = path(&other, &format!("Keys/{sid}"));
    assert_eq!(parent.get(&elsewhere).await.refusal(), (404, 20404));
    assert_eq!(parent.delete(&elsewhere).await.refusal(), (404, 20404));
    assert!(practice.state().key(&sid).is_some());
}

#[tokio::test]
async fn an_account_holds_no_more_keys_than_its_limit_and_a_closed_one_gets_none() {
    let practice = start(Settings {
        subaccounts: 0,
        key_limit: 2,
        ..Settings::default()
    })
    .await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    let keys = path(&sub, "Keys");
    assert_eq!(parent.post(&keys, &[]).await.status, 201);
    assert_eq!(parent.post(&keys, &[]).await.status, 201);
    assert_eq!(parent.post(&keys, &[]).await.refusal(), (400, 70151));
    let (closed, _) = subaccount(&parent, "Gone").await;
    parent
        .post(&path(&closed, ""), &[("Status", "closed")])
        .await;
    assert_eq!(
        parent.post(&path(&closed, "Keys"), &[]).await.refusal(),
        (401, 20005)
    );
}
