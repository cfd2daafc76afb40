//! Keys by `iam`, restricted ones among them.

use serde_json::json;

use crate::caller::{Caller, path, practice, subaccount};

const POLICY: &str = r#"{"allow":["/twilio/messaging/messages/list","/twilio/iam/api-keys/list"]}"#;

#[tokio::test]
async fn a_restricted_key_does_what_its_policy_allows_and_names_what_it_lacks() {
    let practice = practice(0).await;
    let (sub, token) = subaccount(&Caller::parent(&practice), "Acme").await;
    let own = Caller::new(&practice, &sub, &token);
    let form = [
        ("AccountSid", sub.as_str()),
        ("FriendlyName", "Texts"),
        ("KeyType", "restricted"),
        ("Policy", POLICY),
    ];
    let made = own.post("/v1/Keys", &form).await;
    assert_eq!(made.status, 201, "{}", made.text);
    assert_eq!(
        made.body["policy"],
        serde_json::from_str::<serde_json::Value>(POLICY).expect("JSON")
    );

    let key = Caller::new(&practice, &made.text_of("sid"), &made.text_of("secret"));
    assert_eq!(key.get(&path(&sub, "Messages")).await.status, 200);
    assert_eq!(key.get(&path(&sub, "Keys")).await.status, 200);
    let refused = key.get(&path(&sub, "Usage/Records")).await;
    assert_eq!(refused.refusal(), (401, 70051));
    assert!(
        refused
            .text_of("message")
            .contains("/twilio/billing/usage/read")
    );
}

#[tokio::test]
async fn an_update_replaces_the_whole_policy_and_a_fetch_shows_it() {
    let practice = practice(0).await;
    let (sub, token) = subaccount(&Caller::parent(&practice), "Acme").await;
    let own = Caller::new(&practice, &sub, &token);
    let made = own
        .post(
            "/v1/Keys",
            &[
                ("AccountSid", &sub),
                ("KeyType", "restricted"),
                ("Policy", POLICY),
            ],
        )
        .await;
    let one = format!("/v1/Keys/{}", made.text_of("sid"));
    let changed = r#"{"allow":["/twilio/voice/calls/create"]}"#;
    assert_eq!(own.post(&one, &[("Policy", changed)]).await.status, 200);
    assert_eq!(
        own.get(&one).await.body["policy"],
        json!({"allow": ["/twilio/voice/calls/create"]})
    );
    let key = Caller::new(&practice, &made.text_of("sid"), &made.text_of("secret"));
    assert_eq!(
        key.get(&path(&sub, "Messages")).await.refusal(),
        (401, 70051)
    );
    assert_eq!(own.delete(&one).await.status, 204);
    assert_eq!(own.get(&one).await.refusal(), (404, 20404));
}

#[tokio::test]
async fn a_wrong_policy_makes_no_key() {
    let practice = practice(0).await;
    let (sub, token) = subaccount(&Caller::parent(&practice), "Acme").await;
    let own = Caller::new(&practice, &sub, &token);
    let many = json!({"allow": vec!["/twilio/voice/calls/create"; 101]}).to_string();
    let cases = [
        (Some("restricted"), None, 70001),
        (Some("restricted"), Some("not JSON"), 70001),
        (Some("restricted"), Some(r#"{"allow":[]}"#), 70001),
        (Some("restricted"), Some(many.as_str()), 70001),
        (
            Some("restricted"),
            Some(r#"{"allow":["/twilio/voice/calls/dial"]}"#),
            70002,
        ),
        (
            Some("restricted"),
            Some(r#"{"allow":["/twilio/voice/calls/*"]}"#),
            70002,
        ),
        (Some("main"), None, 70001),
    ];
    for (key_type, policy, code) in cases {
        let fields = [
            Some(("AccountSid", sub.as_str())),
            key_type.map(|text| ("KeyType", text)),
            policy.map(|text| ("Policy", text)),
        ];
        let form: Vec<_> = fields.into_iter().flatten().collect();
        assert_eq!(
            own.post("/v1/Keys", &form).await.refusal(),
            (400, code),
            "{policy:?}"
        );
    }
    assert!(
        practice
            .state()
            .account(&sub)
            .expect("Acme")
            .keys
            .is_empty()
    );
}

#[tokio::test]
async fn a_key_made_without_a_type_is_standard_and_its_policy_is_null() {
    let practice = practice(0).await;
    let (sub, token) = subaccount(&Caller::parent(&practice), "Acme").await;
    let own = Caller::new(&practice, &sub, &token);
    let made = own.post("/v1/Keys", &[("AccountSid", &sub)]).await;
    assert_eq!(made.status, 201);
    assert!(made.body["policy"].is_null() && made.body["friendly_name"].is_null());
    let refused = own
        .post(
            &format!("/v1/Keys/{}", made.text_of("sid")),
            &[("Policy", POLICY)],
        )
        .await;
    assert_eq!(refused.refusal(), (400, 70001));
}

#[tokio::test]
async fn the_account_has_to_be_named_and_to_be_the_one_that_signs() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    assert_eq!(parent.get("/v1/Keys").await.refusal(), (400, 20001));
    assert_eq!(parent.post("/v1/Keys", &[]).await.refusal(), (400, 20001));
    assert_eq!(
        parent
            .post("/v1/Keys", &[("AccountSid", &sub)])
            .await
            .refusal(),
        (403, 20006)
    );
    let sid = parent.post(&path(&sub, "Keys"), &[]).await.text_of("sid");
    assert_eq!(
        parent.get(&format!("/v1/Keys/{sid}")).await.refusal(),
        (404, 20404)
    );
}

#[tokio::test]
async fn lists_come_newest_change_first_with_flags_and_absolute_links() {
    let practice = practice(0).await;
    let (sub, token) = subaccount(&Caller::parent(&practice), "Acme").await;
    let own = Caller::new(&practice, &sub, &token);
    let mut sids = Vec::new();
    for _ in 0..3 {
        practice.advance_clock("PT1m".parse().expect("a minute"));
        sids.push(
            own.post("/v1/Keys", &[("AccountSid", &sub)])
                .await
                .text_of("sid"),
        );
    }
    practice.advance_clock("PT1m".parse().expect("a minute"));
    own.post(
        &format!("/v1/Keys/{}", sids[0]),
        &[("FriendlyName", "Touched")],
    )
    .await;

    let first = own
        .get(&format!("/v1/Keys?AccountSid={sub}&PageSize=2"))
        .await;
    let next = first.body["meta"]["next_page_url"]
        .as_str()
        .expect("a next page")
        .to_owned();
    assert!(next.starts_with(&practice.base_url()), "{next}");
    assert_eq!(first.body["meta"]["key"], "keys");
    let second = own.get(&next).await;
    assert!(second.body["meta"]["next_page_url"].is_null());
    let listed: Vec<_> = [first.list("keys"), second.list("keys")].concat();
    assert_eq!(
        listed.iter().map(|key| &key["sid"]).collect::<Vec<_>>(),
        [&sids[0], &sids[2], &sids[1]]
    );
    assert!(
        listed.iter().all(
            |key| key["flags"] == json!(["rest_api", "signing"]) && key.get("policy").is_none()
        )
    );
}
