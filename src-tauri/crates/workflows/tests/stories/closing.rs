//! A subaccount is closed for ever, and its numbers are moved or released before, as was decided for each.

use practice::{AnswerBody, Fault, Rule, Status};
use terms::{AccountSid, NumberSid};
use vault::ActivityKind;
use workflows::view::{NumberRow, SubaccountStatus};
use workflows::{Changed, Failure, NumberBeforeClosing, Problem};

use crate::bench::Bench;

/// A suspended subaccount that has a number, another subaccount, and the parent.
struct Scene {
    bench: Bench,
    account: AccountSid,
    number: NumberSid,
    other: AccountSid,
    parent: AccountSid,
}

async fn scene() -> Scene {
    let bench = Bench::with_subaccounts(8).await;
    bench.workspace.refresh().await.expect("it is read");
    let parent: AccountSid = bench.practice.parent().account_sid.parse().expect("a SID");
    let list = bench.workspace.list().await.expect("the list");
    let active = list.rows.into_iter();
    let active = active.filter(|row| row.status == SubaccountStatus::Active);
    let mut with_numbers = Vec::new();
    for row in active {
        let numbers = bench.workspace.numbers(&row.sid).await.expect("read");
        if let Some(first) = numbers.numbers.first() {
            with_numbers.push((row.sid, first.sid.clone()));
        }
    }
    let (account, number) = with_numbers.remove(0);
    let other = with_numbers.remove(0).0;
    let suspending = bench.workspace.suspend_subaccount(&account, "");
    suspending.await.expect("it is suspended");
    bench.practice.forget_requests();
    Scene {
        bench,
        account,
        number,
        other,
        parent,
    }
}

impl Scene {
    async fn closed(&self, move_to: Option<&AccountSid>) -> Result<(), Failure> {
        let decided = NumberBeforeClosing {
            number_sid: self.number.clone(),
            move_to: move_to.cloned(),
        };
        let closing = self
            .bench
            .workspace
            .close_subaccount(&self.account, vec![decided]);
        closing.await
    }

    fn status(&self) -> Status {
        let state = self.bench.practice.state();
        let account = state.account(self.account.as_str());
        account.expect("it exists").status
    }

    async fn numbers_of(&self, account: &AccountSid) -> Vec<NumberRow> {
        let numbers = self.bench.workspace.numbers(account).await;
        numbers.expect("they are read").numbers
    }

    async fn has_it(&self, account: &AccountSid) -> bool {
        let numbers = self.numbers_of(account).await;
        numbers.iter().any(|one| one.sid == self.number)
    }

    async fn told(&self) -> Vec<ActivityKind> {
        let activity = self.bench.workspace.records().activity(None, 3).await;
        let activity = activity.expect("it is read").into_iter();
        activity.map(|one| one.what).collect()
    }
}

#[tokio::test]
async fn its_number_is_moved_to_the_main_account_or_another_subaccount_before_it_is_closed() {
    for to_parent in [true, false] {
        let scene = scene().await;
        let to = if to_parent {
            &scene.parent
        } else {
            &scene.other
        };
        scene.closed(Some(to)).await.expect("it is closed");
        assert_eq!(scene.status(), Status::Closed);
        assert!(scene.has_it(to).await);
        let told = scene.told().await;
        let expected = [ActivityKind::SubaccountClosed, ActivityKind::NumberMoved];
        assert_eq!(told[..2], expected);
        let shown = scene.bench.workspace.subaccount(&scene.account).await;
        assert_eq!(shown.expect("read").row.status, SubaccountStatus::Closed);
    }
}

#[tokio::test]
async fn where_a_number_cannot_be_moved_nothing_is_closed() {
    let scene = scene().await;
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/*",
        scene.account
    );
    let refusal = Fault::Answer {
        status: 400,
        body: AnswerBody::Twilio,
        after: false,
    };
    let rule = Rule::new(refusal).on("POST", &path);
    scene.bench.practice.faults().inject(rule);
    let failure = scene.closed(Some(&scene.other)).await;
    let failure = failure.expect_err("it cannot be moved");
    assert_eq!(failure.changed, Changed::No);
    assert_eq!(scene.status(), Status::Suspended);
    assert!(scene.has_it(&scene.account).await);
}

#[tokio::test]
async fn a_number_about_which_nothing_was_decided_keeps_it_open() {
    let scene = scene().await;
    let closing = scene
        .bench
        .workspace
        .close_subaccount(&scene.account, Vec::new());
    let failure = closing.await.expect_err("it has a number");
    assert!(
        matches!(failure.problem, Problem::NumbersChanged),
        "{failure}"
    );
    assert_eq!(scene.status(), Status::Suspended);
    assert_eq!(scene.bench.requests("POST", ".json"), 0);
}

#[tokio::test]
async fn one_that_is_still_in_use_is_not_closed() {
    let scene = scene().await;
    let reactivating = scene.bench.workspace.reactivate_subaccount(&scene.account);
    reactivating.await.expect("it is active");
    let failure = scene.closed(None).await.expect_err("it is active");
    assert!(
        matches!(failure.problem, Problem::NotSuspended),
        "{failure}"
    );
    assert_eq!(scene.status(), Status::Active);
}

#[tokio::test]
async fn closing_releases_what_is_not_to_be_moved_and_does_nothing_twice() {
    let scene = scene().await;
    scene.closed(None).await.expect("it is closed");
    assert_eq!(scene.status(), Status::Closed);
    for account in [&scene.parent, &scene.other] {
        assert!(!scene.has_it(account).await);
    }
    scene.bench.practice.forget_requests();
    scene.closed(None).await.expect("it is closed already");
    assert_eq!(scene.bench.requests("POST", ".json"), 0);
}

#[tokio::test]
async fn a_number_whose_move_was_not_answered_is_looked_for_and_not_moved_again() {
    let scene = scene().await;
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/*",
        scene.account
    );
    let rule = Rule::new(Fault::ResetAfter).on("POST", &path).next(1);
    scene.bench.practice.faults().inject(rule);
    scene
        .closed(Some(&scene.other))
        .await
        .expect("it was moved, and then it is closed");
    assert!(scene.has_it(&scene.other).await);
    let moved = scene.bench.practice.requests().into_iter();
    let moved = moved.filter(|one| one.method == "POST" && one.path.contains("PhoneNumbers"));
    assert_eq!(moved.count(), 1);
}

#[tokio::test]
async fn a_number_is_moved_and_released_by_itself_as_well() {
    let scene = scene().await;
    let (workspace, number) = (&scene.bench.workspace, &scene.number);
    let moving = workspace.move_number(&scene.account, number, &scene.other);
    moving.await.expect("it is moved");
    assert!(scene.has_it(&scene.other).await);
    assert_eq!(scene.told().await[0], ActivityKind::NumberMoved);
    let releasing = workspace.release_number(&scene.other, number);
    releasing.await.expect("it is released");
    assert!(!scene.has_it(&scene.other).await);
    assert_eq!(scene.told().await[0], ActivityKind::NumberReleased);
}

#[tokio::test]
async fn a_number_never_goes_to_an_account_of_somebody_else() {
    let scene = scene().await;
    let stranger: AccountSid = "AC00000000000000000000000000000099".parse().expect("a SID");
    let failure = scene.closed(Some(&stranger)).await;
    failure.expect_err("it is not ours");
    assert_eq!(scene.status(), Status::Suspended);
    assert_eq!(scene.bench.requests("POST", ".json"), 0);
}

#[tokio::test]
async fn a_number_that_has_moved_already_counts_as_moved() {
    let scene = scene().await;
    let moving = scene.bench.elsewhere();
    let moving = moving.move_number(&scene.account, &scene.number, &scene.other);
    moving.await.expect("an interrupted run has moved it");
    let workspace = &scene.bench.workspace;
    let moving = workspace.move_number(&scene.account, &scene.number, &scene.other);
    moving.await.expect("it is where it was to be");
    let again = workspace.move_number(&scene.account, &scene.number, &scene.parent);
    let failure = again.await.expect_err("somebody else has it");
    assert_eq!(failure.changed, Changed::No);
    assert_eq!(scene.bench.requests("POST", ".json"), 1);
}

#[tokio::test]
async fn a_number_that_twilio_moved_all_the_same_is_not_said_to_be_unchanged() {
    let scene = scene().await;
    let refusal = Fault::Answer {
        status: 400,
        body: AnswerBody::Twilio,
        after: true,
    };
    let rule = Rule::new(refusal).on("POST", "/**/IncomingPhoneNumbers/*.json");
    scene.bench.practice.faults().inject(rule);
    let workspace = &scene.bench.workspace;
    let moving = workspace.move_number(&scene.account, &scene.number, &scene.other);
    moving.await.expect("the other account has it");
    assert!(scene.has_it(&scene.other).await);
}

#[tokio::test]
async fn a_number_that_comes_while_its_new_subaccount_is_closed_is_not_released_with_it() {
    let scene = scene().await;
    let coming = scene.numbers_of(&scene.other).await.remove(0).sid;
    let path = format!(
        "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/*",
        scene.account
    );
    let slowly = Rule::new(Fault::Delay { ms: 400 }).on("POST", &path);
    scene.bench.practice.faults().inject(slowly);
    let closing = scene.closed(Some(&scene.parent));
    let moving = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        let workspace = &scene.bench.workspace;
        let moving = workspace.move_number(&scene.other, &coming, &scene.account);
        moving.await
    };
    let (closed, moved) = tokio::join!(closing, moving);
    let state = scene.bench.practice.state();
    let mut all = state.accounts.iter().flat_map(|account| &account.numbers);
    assert!(
        all.any(|number| number.sid == coming.as_str()),
        "{closed:?} {moved:?}"
    );
}
