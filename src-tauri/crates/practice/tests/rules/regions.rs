//! Twilio's Regions: what is of all of them, and what each has for itself.

use practice::{Practice, Region, Settings};

use crate::caller::{ACCOUNTS, Caller, path, start};

const ELSEWHERE: [Region; 2] = [Region::Ie1, Region::Au1];

async fn practice(subaccounts: usize) -> Practice {
    start(Settings {
        subaccounts,
        regions: true,
        ..Settings::default()
    })
    .await
}

/// An account, signed in with its token of a Region, in that Region.
fn own(practice: &Practice, region: Region, account: &str) -> Caller {
    let token = practice.auth_token_in(region, account).expect("a token");
    Caller::in_region(practice, region, account, &token)
}

#[tokio::test]
async fn every_region_accepts_its_own_tokens_alone() {
    let practice = practice(1).await;
    let parent = practice.parent().account_sid;
    let sub = practice.subaccounts().remove(0).account_sid;
    for account in [&parent, &sub] {
        for from in Region::ALL {
            let token = practice.auth_token_in(from, account).expect("a token");
            for to in Region::ALL {
                let caller = Caller::in_region(&practice, to, account, &token);
                let answer = caller.get(&path(account, "")).await;
                let expected = if from == to { (200, 0) } else { (401, 20003) };
                assert_eq!(answer.refusal(), expected, "{from:?} in {to:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_key_signs_in_the_region_it_was_made_in_and_is_listed_there_alone() {
    let practice = practice(1).await;
    let parent = practice.parent().account_sid;
    let sub = practice.subaccounts().remove(0).account_sid;
    for region in ELSEWHERE {
        let caller = own(&practice, region, &parent);
        assert!(
            caller
                .get(&path(&sub, "Keys"))
                .await
                .list("keys")
                .is_empty()
        );
        let made = caller.post(&path(&sub, "Keys"), &[]).await;
        assert_eq!(made.status, 201, "{}", made.text);
        let (key, secret) = (made.text_of("sid"), made.text_of("secret"));
        let one = path(&sub, &format!("Keys/{key}"));
        for asked in Region::ALL {
            let is_there = asked == region;
            let by_key = Caller::in_region(&practice, asked, &key, &secret);
            let expected = if is_there { (200, 0) } else { (401, 20003) };
            let answer = by_key.get(&path(&sub, "Messages")).await;
            assert_eq!(answer.refusal(), expected, "{asked:?}");
            let by_parent = own(&practice, asked, &parent);
            let expected = if is_there { 200 } else { 404 };
            assert_eq!(by_parent.get(&one).await.status, expected, "{asked:?}");
            let listed = by_parent.get(&path(&sub, "Keys")).await.list("keys");
            assert_eq!(listed.iter().any(|row| row["sid"] == key), is_there);
        }
        let state = practice.state();
        assert_eq!(state.key(&key).expect("the key").1.region, region);
    }
}

#[tokio::test]
async fn an_account_answers_with_its_token_of_the_region_that_is_asked() {
    let practice = practice(1).await;
    let parent = practice.parent().account_sid;
    let sub = practice.subaccounts().remove(0).account_sid;
    let mut tokens = Vec::new();
    for region in Region::ALL {
        let read = own(&practice, region, &parent).get(&path(&sub, "")).await;
        let token = read.text_of("auth_token");
        assert_eq!(Some(&token), practice.auth_token_in(region, &sub).as_ref());
        tokens.push(token);
    }
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 3);
}

#[tokio::test]
async fn a_rotation_changes_the_token_of_its_region_alone() {
    let practice = practice(1).await;
    let sub = practice.subaccounts().remove(0).account_sid;
    let before = Region::ALL.map(|region| practice.auth_token_in(region, &sub));
    let caller = own(&practice, Region::Ie1, &sub);
    let made = caller.post("/v1/AuthTokens/Secondary", &[]).await;
    let secondary = made.text_of("secondary_auth_token");
    let by_secondary = Caller::in_region(&practice, Region::Ie1, &sub, &secondary);
    assert_eq!(by_secondary.get(&path(&sub, "")).await.status, 200);
    assert_eq!(caller.post("/v1/AuthTokens/Promote", &[]).await.status, 200);
    assert_eq!(caller.get(&path(&sub, "")).await.refusal(), (401, 20003));
    let after = Region::ALL.map(|region| practice.auth_token_in(region, &sub));
    assert_eq!(
        after,
        [before[0].clone(), Some(secondary), before[2].clone()]
    );
}

#[tokio::test]
async fn accounts_numbers_and_usage_are_of_every_region_and_texts_and_calls_are_not() {
    let practice = practice(2).await;
    let parent = practice.parent().account_sid;
    let sub = practice.subaccounts().remove(0).account_sid;
    let at_home = own(&practice, Region::Us1, &parent);
    for region in ELSEWHERE {
        let caller = own(&practice, region, &parent);
        assert_eq!(caller.get(ACCOUNTS).await.list("accounts").len(), 3);
        for same in ["IncomingPhoneNumbers", "Usage/Records/LastMonth"] {
            let there = caller.get(&path(&sub, same)).await.body;
            assert_eq!(there, at_home.get(&path(&sub, same)).await.body);
        }
        for (name, list) in [("Messages", "messages"), ("Calls", "calls")] {
            let there = caller.get(&path(&sub, name)).await;
            assert!(there.list(list).is_empty());
        }
    }
}

#[tokio::test]
async fn restricted_keys_are_of_us1_alone() {
    let practice = practice(1).await;
    let sub = practice.subaccounts().remove(0).account_sid;
    let form = [
        ("AccountSid", sub.as_str()),
        ("KeyType", "restricted"),
        ("Policy", r#"{"allow":["/twilio/messaging/messages/list"]}"#),
    ];
    for (region, expected) in [
        (Region::Us1, (201, 0)),
        (Region::Ie1, (400, 70001)),
        (Region::Au1, (400, 70001)),
    ] {
        let made = own(&practice, region, &sub).post("/v1/Keys", &form).await;
        assert_eq!(made.refusal(), expected, "{region:?}");
    }
}

#[tokio::test]
async fn only_us1_is_served_unless_all_regions_are_asked_for() {
    let practice = start(Settings {
        subaccounts: 0,
        ..Settings::default()
    })
    .await;
    assert!(practice.base_url_in(Region::Us1).is_some());
    assert!(ELSEWHERE.map(|region| practice.base_url_in(region)) == [None, None]);
}

#[tokio::test]
async fn all_regions_go_offline_and_come_back_together() {
    let practice = practice(0).await;
    let parent = practice.parent().account_sid;
    let answers = async || {
        let mut answers = 0;
        for region in Region::ALL {
            let caller = own(&practice, region, &parent);
            let tried = caller.try_send(reqwest::Method::GET, ACCOUNTS, &[]).await;
            answers += usize::from(tried.is_ok());
        }
        answers
    };
    assert_eq!(answers().await, 3);
    practice.go_offline().await;
    assert_eq!(answers().await, 0);
    practice.go_online().await.expect("its ports are free");
    assert_eq!(answers().await, 3);
}

#[tokio::test]
async fn tokens_and_keys_of_every_region_outlast_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = Settings {
        subaccounts: 1,
        regions: true,
        state_file: Some(folder.path().join("state.json")),
        ..Settings::default()
    };
    let first = start(settings.clone()).await;
    let sub = first.subaccounts().remove(0).account_sid;
    let caller = own(&first, Region::Au1, &sub);
    let made = caller.post(&path(&sub, "Keys"), &[]).await;
    caller.post("/v1/AuthTokens/Secondary", &[]).await;
    caller.post("/v1/AuthTokens/Promote", &[]).await;
    let token = first.auth_token_in(Region::Au1, &sub);
    first.stop().await;

    let second = start(settings).await;
    assert_eq!(second.auth_token_in(Region::Au1, &sub), token);
    let (key, secret) = (made.text_of("sid"), made.text_of("secret"));
    let by_key = Caller::in_region(&second, Region::Au1, &key, &secret);
    assert_eq!(by_key.get(&path(&sub, "Messages")).await.status, 200);
}

#[tokio::test]
async fn a_state_file_of_before_there_were_regions_is_gone_on_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("state.json");
    let settings = Settings {
        subaccounts: 1,
        state_file: Some(file.clone()),
        ..Settings::default()
    };
    let first = start(settings.clone()).await;
    let parent = Caller::parent(&first);
    let (sub, _) = crate::caller::subaccount(&parent, "Kept").await;
    let made = parent.post(&path(&sub, "Keys"), &[]).await;
    first.stop().await;
    let kept = std::fs::read_to_string(&file).expect("the file");
    let mut state: serde_json::Value = serde_json::from_str(&kept).expect("JSON");
    for account in state["accounts"].as_array_mut().expect("accounts") {
        let fields = account.as_object_mut().expect("an account");
        assert!(fields.remove("tokens_elsewhere").is_some());
        for key in account["keys"].as_array_mut().expect("keys") {
            assert!(
                key.as_object_mut()
                    .expect("a key")
                    .remove("region")
                    .is_some()
            );
        }
        for number in account["numbers"].as_array_mut().expect("numbers") {
            let number = number.as_object_mut().expect("a number");
            for field in ["updated", "friendly_name", "voice_url", "sms_url"] {
                assert!(number.remove(field).is_some());
            }
        }
    }
    std::fs::write(&file, state.to_string()).expect("written");
    let second = start(settings).await;
    assert_eq!(second.state().accounts_named("Kept").len(), 1);
    let key = Caller::new(&second, &made.text_of("sid"), &made.text_of("secret"));
    assert_eq!(key.get(&path(&sub, "Messages")).await.status, 200);
    let numbers = Caller::parent(&second)
        .get(&path(&second.parent().account_sid, "IncomingPhoneNumbers"))
        .await;
    assert_eq!(numbers.list("incoming_phone_numbers").len(), 1);
}
