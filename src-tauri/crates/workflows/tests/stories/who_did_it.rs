//! What happened says who did it, and with which request.

use practice::{Fault, Rule};
use vault::{Activity, ActivityKind, ComputerUser};
use workflows::{KeyName, SubaccountName};

use crate::bench::Bench;

/// The newest of a kind.
async fn last_of(bench: &Bench, what: ActivityKind) -> Activity {
    let activity = bench.workspace.records().activity(None, 100).await;
    let mut activity = activity.expect("it is read").into_iter();
    activity.find(|one| one.what == what).expect("it is noted")
}

/// Twilio's identifier of the last request that changed something below this address.
fn request_to(bench: &Bench, method: &str, address: &str) -> Option<String> {
    let mut requests = bench.practice.requests().into_iter().rev();
    let request = requests.find(|one| one.method == method && one.path.ends_with(address));
    request.map(|request| request.request_id)
}

#[tokio::test]
async fn what_is_changed_at_twilio_is_noted_with_its_request_and_its_user() {
    let bench = Bench::with_subaccounts(1).await;
    let account = bench.some_subaccount();
    let making = bench.create_key(&account, "Alarm").await;
    let key = making.expect("it is made").key;
    let of_account = format!("/Accounts/{account}.json");
    let of_key = format!("/Keys/{key}.json");
    let created = request_to(&bench, "POST", "/Keys.json");

    let name = KeyName::parse("Alarm North").expect("a usable name");
    let renaming = bench.workspace.rename_key(&account, &key, &name).await;
    renaming.expect("it is renamed");
    let key_renamed = request_to(&bench, "POST", &of_key);

    let name = SubaccountName::parse("Harbour Clinic").expect("a usable name");
    let renaming = bench.workspace.rename_subaccount(&account, &name, &[]);
    renaming.await.expect("it is renamed");
    let renamed = request_to(&bench, "POST", &of_account);

    let revoking = bench.workspace.revoke_key(&account, &key).await;
    revoking.expect("it is revoked");
    let deleted = request_to(&bench, "DELETE", &of_key);

    let suspending = bench.workspace.suspend_subaccount(&account, "").await;
    suspending.expect("it is suspended");
    let suspended = request_to(&bench, "POST", &of_account);

    for (what, request) in [
        (ActivityKind::KeyCreated, created),
        (ActivityKind::KeyRenamed, key_renamed),
        (ActivityKind::SubaccountRenamed, renamed),
        (ActivityKind::SubaccountSuspended, suspended),
        (ActivityKind::KeyDeleted, deleted),
    ] {
        let noted = last_of(&bench, what).await;
        assert!(request.is_some(), "{what:?} was asked for");
        assert_eq!(noted.request_id, request, "{what:?}");
        assert_eq!(noted.by, ComputerUser::of_this_process(), "{what:?}");
    }
}

#[tokio::test]
async fn a_change_whose_answer_was_lost_is_noted_without_a_request() {
    let bench = Bench::with_subaccounts(1).await;
    let account = bench.some_subaccount();
    let address = format!("/2010-04-01/Accounts/{account}.json");
    let lost = Rule::new(Fault::ResetAfter).on("POST", &address);
    bench.practice.faults().inject(lost.next(1));
    let suspending = bench.workspace.suspend_subaccount(&account, "").await;
    suspending.expect("Twilio has it suspended");
    let noted = last_of(&bench, ActivityKind::SubaccountSuspended).await;
    assert_eq!(noted.request_id, None);
}

#[tokio::test]
async fn who_deleted_a_key_elsewhere_is_not_known() {
    let bench = Bench::with_subaccounts(1).await;
    let account = bench.some_subaccount();
    let making = bench.create_key(&account, "Alarm").await;
    let key = making.expect("it is made").key;
    bench.workspace.refresh().await.expect("it is read");
    let deleted = bench.elsewhere().delete_key(&account, &key).await;
    deleted.expect("it is deleted");
    bench.later(jiff::SignedDuration::from_mins(6));
    bench.workspace.refresh().await.expect("it is read");
    let noted = last_of(&bench, ActivityKind::KeyDeleted).await;
    assert_eq!((noted.by, noted.request_id), (None, None));
}
