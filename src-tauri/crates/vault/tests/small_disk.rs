//! A disk that really is full. `SUBVAULT_TEST_SMALL_DISK` names a folder on a disk of a few megabytes that holds nothing else:
//!
//! ```sh
//! unshare --user --map-root-user --mount sh -c 'mount -t tmpfs -o size=4m none /mnt &&
//!     SUBVAULT_TEST_SMALL_DISK=/mnt cargo test -p vault --test small_disk -- --ignored'
//! ```

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use vault::{AccountId, Intent, OpenNotice, Records, RecordsError, Stage, Tag};

#[tokio::test]
#[ignore = "needs a small disk made for it"]
async fn a_full_disk_loses_nothing_and_is_told() {
    let disk = PathBuf::from(
        std::env::var_os("SUBVAULT_TEST_SMALL_DISK").expect("the folder of a small disk"),
    );
    let folder = disk.join("records");
    let records = Records::open(&folder).await.unwrap().records;
    assert!(matches!(
        records.check_disk().await,
        Err(RecordsError::LowOnSpace { .. })
    ));
    let intent = || Intent::Subaccount {
        name: "Acme".into(),
        then_key: None,
    };
    let entry = records
        .plan(intent(), AccountId::new("AC0"), Tag::random())
        .await
        .unwrap();

    let filler = disk.join("filler");
    let mut filling = fs::File::create(&filler).unwrap();
    while filling.write_all(&[0; 4096]).is_ok() {}
    drop(filling);

    let large = "x".repeat(100_000);
    assert_eq!(
        records.set_preference("a", &large).await,
        Err(RecordsError::DiskFull)
    );
    assert_eq!(records.preference("a").await.unwrap(), None);
    assert_eq!(records.open_entries().await.unwrap(), [entry.clone()]);

    // A start while the disk is full: no copy can be made, and that must not pass for a broken database.
    drop(records);
    let opened = loop {
        match Records::open(&folder).await {
            Err(RecordsError::InUse) => {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await
            }
            answer => break answer,
        }
    };
    match opened {
        Ok(opened) => assert_eq!(
            opened.notice,
            Some(OpenNotice::NoCopyMade(RecordsError::DiskFull))
        ),
        Err(error) => assert!(
            matches!(error, RecordsError::DiskFull | RecordsError::NoAccess(_)),
            "{error:?}"
        ),
    }
    assert!(!folder.join("set aside").exists());

    fs::remove_file(&filler).unwrap();
    let records = loop {
        match Records::open(&folder).await {
            Err(RecordsError::InUse) => {
                tokio::time::sleep(std::time::Duration::from_millis(10)).await
            }
            answer => break answer.unwrap().records,
        }
    };
    assert_eq!(records.open_entries().await.unwrap(), [entry.clone()]);
    assert_eq!(
        records.mark_sent(entry.id).await.unwrap().stage,
        Stage::Sent
    );
}
