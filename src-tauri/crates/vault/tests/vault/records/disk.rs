//! The disk that the records are on.

use crate::open;

#[tokio::test]
async fn a_disk_with_room_passes_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    assert!(vault::free_space(folder.path()).unwrap() > 0);
    records.check_disk().await.unwrap();
    // Windows tells it of the disk that a missing folder would be on.
    if cfg!(unix) {
        assert!(vault::free_space(&folder.path().join("not there")).is_err());
    }
}
