//! Phone numbers: reading, naming, moving and releasing them.

use practice::{NumberState, Practice, Settings};

use crate::caller::{Caller, path, practice, start, subaccount};

/// The path of a number of an account.
fn one(account: &str, number: &str) -> String {
    path(account, &format!("IncomingPhoneNumbers/{number}"))
}

fn numbers_of(practice: &Practice, account: &str) -> Vec<NumberState> {
    let state = practice.state();
    state.account(account).expect("the account").numbers.clone()
}

/// An account of the seed whose first number is set to answer calls, and that number.
async fn answering(practice: &Practice) -> (String, String) {
    let parent = Caller::parent(practice);
    for account in practice.state().accounts {
        for number in account.numbers {
            let read = parent.get(&one(&account.sid, &number.sid)).await;
            if !read.body["voice_url"].is_null() {
                return (account.sid, number.sid);
            }
        }
    }
    panic!("no number is set to answer calls")
}

#[tokio::test]
async fn a_moved_number_is_the_same_number_of_another_account_and_answers_nothing_any_more() {
    let practice = practice(6).await;
    let parent = Caller::parent(&practice);
    let (owner, number) = answering(&practice).await;
    let (target, _) = subaccount(&parent, "Acme").await;
    let before = parent.get(&one(&owner, &number)).await;
    let moved = parent
        .post(&one(&owner, &number), &[("AccountSid", &target)])
        .await;
    assert_eq!(moved.status, 200, "{}", moved.text);
    assert_eq!(moved.text_of("account_sid"), target);
    assert_eq!(moved.text_of("sid"), number);
    assert_eq!(moved.body["phone_number"], before.body["phone_number"]);
    assert_eq!(moved.text_of("uri"), one(&target, &number));
    assert!(moved.body["voice_url"].is_null() && moved.body["sms_url"].is_null());
    assert_eq!(
        parent.get(&one(&owner, &number)).await.refusal(),
        (404, 20404)
    );
    assert_eq!(parent.get(&one(&target, &number)).await.body, moved.body);
    assert_eq!(numbers_of(&practice, &target).len(), 1);

    // And back, to the parent, and from there.
    let own = practice.parent().account_sid;
    for (from, to) in [(&target, &own), (&own, &owner)] {
        let moved = parent
            .post(&one(from, &number), &[("AccountSid", to)])
            .await;
        assert_eq!(moved.text_of("account_sid"), *to);
    }
}

#[tokio::test]
async fn only_the_parents_token_moves_a_number_and_only_within_the_family() {
    let practice = practice(2).await;
    let [first, second] = &practice.subaccounts()[..] else {
        panic!("two subaccounts")
    };
    let number = numbers_of(&practice, &first.account_sid).remove(0).sid;
    let one = one(&first.account_sid, &number);
    let second_sid = second.account_sid.as_str();
    let to = |target: &'static str| [("AccountSid", target)];

    let parent = Caller::parent(&practice);
    for (target, code) in [
        ("AC00000000000000000000000000000099", 21473),
        ("AC99", 21470),
        ("PN00000000000000000000000000000099", 21470),
    ] {
        assert_eq!(
            parent.post(&one, &to(target)).await.refusal(),
            (400, code),
            "{target}"
        );
    }
    let by_token = Caller::new(&practice, &first.account_sid, &first.auth_token);
    let main_key = first.main_key.as_ref().expect("the first has a Main key");
    let standard_key = first.standard_key.as_ref().expect("a Standard key");
    for (caller, refusal) in [
        (by_token, (400, 21474)),
        (Caller::with_key(&practice, main_key), (400, 21474)),
        (Caller::with_key(&practice, standard_key), (401, 20003)),
        (
            Caller::with_key(&practice, &practice.parent().main_key),
            (401, 20003),
        ),
        (
            Caller::with_key(&practice, &practice.parent().test_credentials),
            (403, 20008),
        ),
    ] {
        let moved = caller.post(&one, &[("AccountSid", second_sid)]).await;
        assert_eq!(moved.refusal(), refusal);
    }
    assert_eq!(numbers_of(&practice, &first.account_sid)[0].sid, number);
}

#[tokio::test]
async fn numbers_of_suspended_subaccounts_move_unless_the_setting_says_that_they_stay() {
    for stay in [false, true] {
        let practice = start(Settings {
            subaccounts: 2,
            suspended_numbers_stay: stay,
            ..Settings::default()
        })
        .await;
        let parent = Caller::parent(&practice);
        let own = practice.parent().account_sid;
        let sub = practice.subaccounts().remove(0).account_sid;
        parent
            .post(&path(&sub, ""), &[("Status", "suspended")])
            .await;
        let out = one(&sub, &numbers_of(&practice, &sub).remove(0).sid);
        let into = one(&own, &numbers_of(&practice, &own).remove(0).sid);
        let expected = if stay { (400, 21472) } else { (200, 0) };
        let moved_out = parent.post(&out, &[("AccountSid", &own)]).await;
        assert_eq!(moved_out.refusal(), expected);
        let moved_in = parent.post(&into, &[("AccountSid", &sub)]).await;
        assert_eq!(moved_in.refusal(), expected);
    }
}

#[tokio::test]
async fn a_closed_subaccount_gets_no_number() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    let (closed, _) = subaccount(&parent, "Gone").await;
    parent
        .post(&path(&closed, ""), &[("Status", "closed")])
        .await;
    let number = numbers_of(&practice, &own).remove(0).sid;
    let moved = parent
        .post(&one(&own, &number), &[("AccountSid", &closed)])
        .await;
    assert_eq!(moved.refusal(), (400, 21472));
}

#[tokio::test]
async fn a_number_has_the_name_it_was_given_and_without_one_its_digits() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    let number = numbers_of(&practice, &own).remove(0);
    let one = one(&own, &number.sid);
    let usual = parent.get(&one).await.text_of("friendly_name");
    assert_eq!(usual, "(201) 555-0100");
    practice.advance_clock("PT1h".parse().expect("an hour"));
    let settings = [
        ("FriendlyName", "Cold store"),
        ("VoiceUrl", "https://answering.example/"),
        ("AccountSid", own.as_str()),
    ];
    let named = parent.post(&one, &settings).await;
    assert_eq!(named.text_of("friendly_name"), "Cold store");
    assert_eq!(named.text_of("voice_url"), "https://answering.example/");
    assert_eq!(
        named.text_of("date_updated"),
        "Mon, 23 Nov 2026 16:00:00 +0000"
    );
    let too_long = "x".repeat(65);
    assert_eq!(
        parent
            .post(&one, &[("FriendlyName", &too_long)])
            .await
            .refusal(),
        (400, 20002)
    );
    parent.post(&one, &[("FriendlyName", "")]).await;
    assert_eq!(parent.get(&one).await.text_of("friendly_name"), usual);
}

#[tokio::test]
async fn a_released_number_is_nobodys() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let numbers = numbers_of(&practice, &sub);
    let one = one(&sub, &numbers[0].sid);
    assert_eq!(parent.delete(&one).await.status, 204);
    assert_eq!(parent.delete(&one).await.refusal(), (404, 20404));
    assert_eq!(numbers_of(&practice, &sub), numbers[1..]);
}

#[tokio::test]
async fn a_number_is_read_under_its_own_account_alone() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    let sub = practice.subaccounts().remove(0).account_sid;
    let number = numbers_of(&practice, &sub).remove(0).sid;
    assert_eq!(parent.get(&one(&sub, &number)).await.status, 200);
    assert_eq!(
        parent.get(&one(&own, &number)).await.refusal(),
        (404, 20404)
    );
}

#[tokio::test]
async fn what_was_sent_keeps_the_number_that_it_was_sent_from() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let first = numbers_of(&practice, &sub).remove(0);
    let senders = async || {
        let messages = parent.get(&path(&sub, "Messages")).await.list("messages");
        let mut senders: Vec<_> = messages
            .iter()
            .filter(|message| message["direction"] == "outbound-api")
            .map(|message| message["from"].clone())
            .collect();
        senders.dedup();
        senders
    };
    assert_eq!(senders().await, [first.number.as_str()]);
    parent.delete(&one(&sub, &first.sid)).await;
    assert_eq!(senders().await, [first.number.as_str()]);
}
