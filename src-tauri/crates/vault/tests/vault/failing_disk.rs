//! A disk that stops taking data: the system refuses every write beyond a size (`ulimit -f`).

use terms::Tag;
use vault::{Intent, RecordsError, Stage};

use super::account;
use super::again::{again, place, run_again};
use super::reopening::reopen;

/// Units of 512 bytes: enough for the empty database and its log, not for what the test then writes.
const LIMITED: [&str; 3] = ["sh", "-c", r#"trap "" XFSZ; ulimit -f 600; exec "$0" "$@""#];

#[tokio::test]
async fn a_write_that_the_disk_refuses_is_told_and_loses_nothing() {
    let Some(folder) = place() else {
        let folder = tempfile::tempdir().unwrap();
        let test = "failing_disk::a_write_that_the_disk_refuses_is_told_and_loses_nothing";
        return run_again(again(&LIMITED, test, folder.path()));
    };
    let records = reopen(&folder).await.records;
    let intent = Intent::Subaccount {
        name: "Acme".into(),
        then_key: None,
    };
    let entry = records
        .plan(intent, account(0), Tag::random())
        .await
        .unwrap();
    for _ in 0..3 {
        let refused = records
            .set_preference("large", &"x".repeat(1_000_000))
            .await;
        assert!(
            matches!(refused, Err(RecordsError::Io(_) | RecordsError::DiskFull)),
            "{refused:?}"
        );
        assert_eq!(records.preference("large").await.unwrap(), None);
        assert_eq!(
            records.open_entries().await.unwrap(),
            std::slice::from_ref(&entry)
        );
    }
    records
        .mark_sent(entry.id)
        .await
        .expect("what fits is still written");
    drop(records);
    let opened = reopen(&folder).await;
    assert_eq!(
        opened.notice, None,
        "a disk that refuses is no broken database"
    );
    assert!(!folder.join("set aside").exists());
    assert_eq!(
        opened.records.entry(entry.id).await.unwrap().stage,
        Stage::Sent
    );
}
