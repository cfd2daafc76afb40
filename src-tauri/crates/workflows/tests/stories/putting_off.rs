//! What needs attention is put off until a day, and what the window needs to know of it.

use jiff::SignedDuration;
use jiff::Timestamp;

use crate::bench::Bench;

fn in_days(days: i64) -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(24 * days)
}

#[tokio::test]
async fn what_is_put_off_is_told_with_its_day_and_reason_until_it_is_taken_up_also_after_a_restart()
{
    let bench = Bench::with_subaccounts(2).await;
    let (soon, later) = (in_days(1), in_days(14));
    let workspace = &bench.workspace;
    let first = workspace.put_off("backup", later, "").await;
    assert_eq!(first.expect("it is kept").len(), 1);
    let second = workspace.put_off("oldKeys", soon, " Waits for Dana ").await;
    let second = second.expect("it is kept");
    let told: Vec<_> = second
        .iter()
        .map(|one| (one.task.as_str(), one.until))
        .collect();
    assert_eq!(told, [("oldKeys", soon), ("backup", later)]);
    assert_eq!(second[0].reason, "Waits for Dana");
    let again = workspace.put_off("backup", soon, "").await.expect("kept");
    assert_eq!(again.len(), 2, "another day takes the place of the first");
    let bench = bench.restart().await;
    let left = bench.workspace.take_up("oldKeys").await.expect("taken up");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].task, "backup");
}

#[tokio::test]
async fn a_row_tells_when_its_oldest_working_key_was_made() {
    let bench = Bench::with_subaccounts(3).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    bench.workspace.refresh().await.expect("it is read");
    let row = async || {
        let rows = bench.workspace.rows_of(std::slice::from_ref(&made.account));
        rows.await.expect("it is read").remove(0)
    };
    let first = row().await.oldest_key_at.expect("it has a key");
    let age = Timestamp::now().duration_since(first);
    assert!(age < SignedDuration::from_hours(1), "{age:?}");
    let revoking = bench.workspace.revoke_key(&made.account, &made.key);
    revoking.await.expect("it is revoked");
    assert_eq!(row().await.oldest_key_at, None);
}
