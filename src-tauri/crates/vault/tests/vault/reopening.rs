//! Records that are closed and opened again.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use vault::{Opened, Records, RecordsError};

/// Opens records that were closed a moment ago: their thread may still be letting go of them.
pub(crate) async fn try_reopen(folder: &Path) -> Result<Opened, RecordsError> {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match Records::open(folder).await {
            Err(RecordsError::InUse) if Instant::now() < until => {
                tokio::time::sleep(Duration::from_millis(5)).await
            }
            answer => return answer,
        }
    }
}

pub(crate) async fn reopen(folder: &Path) -> Opened {
    try_reopen(folder).await.expect("the records open")
}

/// Closes the records and waits until their thread has let go of the files.
pub(crate) async fn close(records: Records, folder: &Path) {
    drop(records);
    let until = Instant::now() + Duration::from_secs(10);
    let lock = fs::File::options()
        .write(true)
        .open(folder.join("records.lock"))
        .unwrap();
    while lock.try_lock().is_err() {
        assert!(Instant::now() < until, "the records close");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
