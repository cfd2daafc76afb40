//! A run in which all went well is judged so, and each violation that is planted into it is noticed.

use jiff::Timestamp;
use practice::{
    AccountState, KeyKind, KeyState, NumberState, Region, RequestEntry, Signer, State, Status,
};
use workflows::view::{FailureKind, FailureView, OutcomeView, ResultView};
use workflows::{Changed, ReadyKey};

use super::facts::Facts;
use super::of_facts;
use crate::changes::asked::{Asked, Decided};
use crate::changes::followed::Item;
use crate::changes::plan::Plan;
use crate::changes::work::Deed;
use crate::lives::planned_life::Life;

/// What the judge is shown.
struct Shown {
    plan: Plan,
    before: State,
    after: State,
    requests: Vec<RequestEntry>,
    items: Vec<Item>,
    began: Vec<usize>,
}

fn sid(kind: &str, number: u32) -> String {
    format!("{kind}{number:032}")
}

fn parent() -> String {
    sid("AC", 0)
}

fn first() -> String {
    sid("AC", 1)
}

fn second() -> String {
    sid("AC", 2)
}

fn key(number: u32, name: &str) -> KeyState {
    KeyState {
        sid: sid("SK", number),
        friendly_name: Some(name.to_owned()),
        kind: KeyKind::Standard,
        region: Region::Us1,
        created: Timestamp::UNIX_EPOCH,
    }
}

fn account(sid: String, keys: Vec<KeyState>, numbers: &[u32], status: Status) -> AccountState {
    AccountState {
        friendly_name: format!("Name of {sid}"),
        sid,
        status,
        created: Timestamp::UNIX_EPOCH,
        keys,
        numbers: numbers.iter().map(|number| a_number(*number)).collect(),
    }
}

fn a_number(number: u32) -> NumberState {
    NumberState {
        sid: sid("PN", number),
        number: format!("+1202555{number:04}"),
    }
}

fn state(accounts: Vec<AccountState>) -> State {
    State {
        subaccounts: accounts.len() - 1,
        keys: accounts.iter().map(|account| account.keys.len()).sum(),
        revision: 0,
        accounts,
    }
}

fn request(method: &str, path: String, form: &[(&str, &str)]) -> RequestEntry {
    let form = form.iter();
    RequestEntry {
        request_id: String::new(),
        at: Timestamp::UNIX_EPOCH,
        method: method.to_owned(),
        path,
        query: String::new(),
        signed_by: None,
        form: form
            .map(|(name, value)| (name.to_string(), value.to_string()))
            .collect(),
        handled: Some(200),
        answered: Some(200),
        fault: None,
    }
}

fn of_account(account: &str, form: &[(&str, &str)]) -> RequestEntry {
    request("POST", format!("/2010-04-01/Accounts/{account}.json"), form)
}

fn of_key(method: &str, account: &str, number: u32, form: &[(&str, &str)]) -> RequestEntry {
    let key = sid("SK", number);
    request(
        method,
        format!("/2010-04-01/Accounts/{account}/Keys/{key}.json"),
        form,
    )
}

fn move_of(account: &str, number: u32, to: &str) -> RequestEntry {
    let number = sid("PN", number);
    let path = format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{number}.json");
    request("POST", path, &[("AccountSid", to)])
}

fn proof(account: &str, key: u32) -> RequestEntry {
    let by = Signer {
        kind: "standard_key",
        sid: sid("SK", key),
    };
    RequestEntry {
        signed_by: Some(by),
        ..request(
            "GET",
            format!("/2010-04-01/Accounts/{account}/Messages.json"),
            &[],
        )
    }
}

fn asked() -> Vec<Asked> {
    let to_the_parent = Decided {
        number: sid("PN", 1),
        move_to: Some(parent()),
    };
    let released = Decided {
        number: sid("PN", 2),
        move_to: None,
    };
    vec![
        Asked::Replace {
            account: first(),
            key: sid("SK", 1),
            name: "Successor".to_owned(),
        },
        Asked::Revoke {
            account: first(),
            key: sid("SK", 2),
        },
        Asked::Rename {
            account: second(),
            key: sid("SK", 3),
            name: "Other".to_owned(),
        },
        Asked::Suspend { account: first() },
        Asked::Close {
            account: first(),
            numbers: vec![to_the_parent, released],
        },
    ]
}

/// Requests of the first life, by their places below.
const MOVED: usize = 5;
/// The first request of the second life.
const PROVED: usize = 7;

fn all_went_well() -> Shown {
    let made = ReadyKey {
        account: first().parse().expect("a SID"),
        account_name: String::new(),
        key: sid("SK", 9).parse().expect("a SID"),
    };
    let before = vec![
        account(parent(), Vec::new(), &[], Status::Active),
        account(
            first(),
            vec![key(1, "Alarm"), key(2, "Pager")],
            &[1, 2],
            Status::Active,
        ),
        account(second(), vec![key(3, "Alarm")], &[3], Status::Active),
    ];
    let after = vec![
        account(parent(), Vec::new(), &[1], Status::Active),
        account(first(), vec![key(9, "Successor")], &[], Status::Closed),
        account(second(), vec![key(3, "Other")], &[3], Status::Active),
    ];
    let new_key = format!("/2010-04-01/Accounts/{}/Keys.json", first());
    let requests = vec![
        request(
            "POST",
            new_key,
            &[("FriendlyName", "Successor [saving aaaaaaaaaa]")],
        ),
        of_key("POST", &first(), 9, &[("FriendlyName", "Successor")]),
        of_key("DELETE", &first(), 2, &[]),
        of_key("POST", &second(), 3, &[("FriendlyName", "Other")]),
        of_account(&first(), &[("Status", "suspended")]),
        move_of(&first(), 1, &parent()),
        of_account(&first(), &[("Status", "closed")]),
        proof(&first(), 9),
        of_key("DELETE", &first(), 1, &[]),
    ];
    let asked = asked();
    let items = asked.iter().enumerate().map(|(place, asked)| Item {
        asked: asked.clone(),
        outcome: Some(match place {
            0 => ResultView::Created { made: made.clone() }.into(),
            _ => ResultView::Done.into(),
        }),
        ended_by: PROVED,
    });
    let delete = Deed::DeleteOld {
        old: sid("SK", 1),
        without_waiting: true,
    };
    Shown {
        items: items.collect(),
        plan: Plan {
            number: 0,
            asked,
            first_twice: false,
            lives: vec![Life::of(vec![Deed::CarryOut]), Life::of(vec![delete])],
        },
        before: state(before),
        after: state(after),
        requests,
        began: vec![0, PROVED],
    }
}

impl Shown {
    fn wrong(&self) -> Vec<String> {
        of_facts(&Facts {
            plan: &self.plan,
            before: &self.before,
            after: &self.after,
            requests: &self.requests,
            items: &self.items,
            began: &self.began,
        })
    }

    fn unchanged(&mut self, item: usize) {
        self.items[item].outcome = Some(OutcomeView::Failed {
            failure: FailureView {
                changed: Changed::No,
                ..FailureView::of(FailureKind::Internal)
            },
        });
    }

    fn do_again(&mut self, place: usize) {
        let again = self.requests[place].clone();
        self.requests.insert(PROVED, again);
        self.began[1] += 1;
        for item in &mut self.items {
            item.ended_by += 1;
        }
    }
}

/// What is noticed where this is planted.
fn noticed(plant: impl Fn(&mut Shown)) -> String {
    let mut shown = all_went_well();
    plant(&mut shown);
    shown.wrong().join("; ")
}

#[test]
fn a_run_in_which_all_went_well_is_judged_so() {
    assert_eq!(all_went_well().wrong(), Vec::<String>::new());
}

#[test]
fn an_old_key_that_went_before_its_successor_was_proved_is_noticed() {
    let not_proved = "was deleted before its successor";
    let never = noticed(|shown| drop(shown.requests.remove(PROVED)));
    assert!(never.contains(not_proved), "{never}");
    let failed = noticed(|shown| shown.requests[PROVED].answered = None);
    assert!(failed.contains(not_proved), "{failed}");
    let broken_off = noticed(|shown| shown.requests[PROVED].fault = Some("truncated".to_owned()));
    assert!(broken_off.contains(not_proved), "{broken_off}");
    let late = noticed(|shown| shown.requests[PROVED].fault = Some("slow_drip".to_owned()));
    assert_eq!(late, "");
    let by_the_old_one = noticed(|shown| shown.requests[PROVED] = proof(&first(), 1));
    assert!(by_the_old_one.contains(not_proved), "{by_the_old_one}");
    let in_an_earlier_life = noticed(|shown| shown.began[1] += 1);
    assert!(
        in_an_earlier_life.contains(not_proved),
        "{in_an_earlier_life}"
    );
    let afterwards = noticed(|shown| shown.requests.swap(PROVED, PROVED + 1));
    assert!(afterwards.contains(not_proved), "{afterwards}");
}

#[test]
fn a_key_that_is_gone_is_noticed_unless_it_was_to_go() {
    let no_successor = noticed(|shown| shown.after.accounts[1].keys.clear());
    assert!(
        no_successor.contains("no successor is there"),
        "{no_successor}"
    );
    let replaced = noticed(|shown| drop(shown.plan.lives.pop()));
    assert!(replaced.contains("only to be replaced"), "{replaced}");
    let other = noticed(|shown| shown.after.accounts[2].keys.clear());
    assert!(other.contains("nobody asked for it"), "{other}");
}

#[test]
fn a_key_that_is_there_and_not_as_it_was_asked_for_is_noticed() {
    let named = noticed(|shown| shown.after.accounts[2].keys = vec![key(3, "Kiosk")]);
    assert!(named.contains("named Kiosk"), "{named}");
    let twice = noticed(|shown| shown.after.accounts[1].keys.push(key(10, "Successor")));
    assert!(twice.contains("done 2 times"), "{twice}");
    let unasked = noticed(|shown| shown.after.accounts[2].keys.push(key(10, "Kiosk")));
    assert!(unasked.contains("nobody asked for the key"), "{unasked}");
}

#[test]
fn a_subaccount_that_stands_otherwise_than_asked_is_noticed() {
    for status in [Status::Suspended, Status::Closed] {
        let told = noticed(|shown| shown.after.accounts[2].status = status);
        assert!(told.contains("which nobody asked for"), "{told}");
    }
    let named = noticed(|shown| shown.after.accounts[2].friendly_name.clear());
    assert!(named.contains("another name"), "{named}");
}

#[test]
fn a_number_with_somebody_else_or_nobody_is_noticed() {
    let elsewhere = noticed(|shown| {
        shown.after.accounts[0].numbers.clear();
        shown.after.accounts[2].numbers.push(a_number(1));
    });
    assert!(elsewhere.contains("which nobody asked for"), "{elsewhere}");
    let released = noticed(|shown| shown.after.accounts[2].numbers.clear());
    assert!(released.contains("is released"), "{released}");
}

#[test]
fn an_order_that_was_done_twice_or_again_after_its_end_is_noticed() {
    for place in 2..PROVED {
        let told = noticed(|shown| shown.do_again(place));
        assert!(told.contains("done 2 times"), "{place}: {told}");
    }
    let again = noticed(|shown| {
        let mut again = shown.requests[MOVED].clone();
        again.handled = Some(404);
        shown.requests.push(again);
    });
    assert!(again.contains("begun again"), "{again}");
}

#[test]
fn a_change_that_nobody_asked_for_is_noticed() {
    let told = noticed(|shown| {
        shown
            .requests
            .push(of_account(&second(), &[("Status", "closed")]))
    });
    assert!(told.contains("nobody asked for POST"), "{told}");
}

#[test]
fn an_order_whose_end_is_not_kept_or_not_as_twilio_has_it_is_noticed() {
    for item in 0..5 {
        let not_ended = noticed(|shown| shown.items[item].outcome = None);
        assert!(not_ended.contains("has not ended"), "{item}: {not_ended}");
        let unchanged = noticed(|shown| shown.unchanged(item));
        assert!(
            unchanged.contains("has it otherwise"),
            "{item}: {unchanged}"
        );
    }
    let not_suspended = noticed(|shown| drop(shown.requests.remove(4)));
    assert!(
        not_suspended.contains("has it otherwise"),
        "{not_suspended}"
    );
    let not_revoked = noticed(|shown| shown.after.accounts[1].keys.push(key(2, "Pager")));
    assert!(not_revoked.contains("has it otherwise"), "{not_revoked}");
    let made_nothing = noticed(|shown| {
        shown.items[0].outcome = Some(ResultView::Done.into());
    });
    assert!(made_nothing.contains("made nothing"), "{made_nothing}");
    let gone = noticed(|shown| {
        shown.after.accounts[1].keys = vec![key(10, "Successor")];
    });
    assert!(gone.contains("told to be made"), "{gone}");
}
