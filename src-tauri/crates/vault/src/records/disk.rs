//! The disk under the records.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use jiff::Timestamp;

use super::convert::Utc;
use super::{Records, RecordsError};

/// What has to be free before anything is created at Twilio, in bytes.
pub const LEAST_FREE: u64 = 10 * 1024 * 1024;

/// What [`try_out`] writes: a name of its own, so that nothing of anybody's is in its way.
const TRIAL_FILE: &str = "written to try the disk.tmp";
/// As much as a few pages of the database, in bytes.
const TRIAL_SIZE: usize = 64 * 1024;

/// Bytes free for this user on the disk that holds `folder`.
///
/// # Errors
/// When there is no such folder, or the system does not tell.
pub fn free_space(folder: &Path) -> Result<u64, RecordsError> {
    // Windows would answer for the drive.
    fs::metadata(folder)?;
    Ok(fs4::available_space(folder)?)
}

/// Writes a file into `folder`, syncs it, reads it back and removes it. Blocks as long as the disk does.
///
/// # Errors
/// [`RecordsError::NoAccess`] where the folder cannot be written to, [`RecordsError::DiskFull`], or what else the disk answered; also
/// where it gives back something else than was written.
pub fn try_out(folder: &Path) -> Result<(), RecordsError> {
    let file = folder.join(TRIAL_FILE);
    let outcome = write_and_read(&file);
    match (outcome, fs::remove_file(&file)) {
        (Ok(()), removed) => Ok(removed?),
        // What went wrong first says more.
        (Err(error), _) => Err(error),
    }
}

fn write_and_read(file: &Path) -> Result<(), RecordsError> {
    let written: Vec<u8> = (0..TRIAL_SIZE).map(|_| rand::random()).collect();
    let mut open = File::create(file)?;
    open.write_all(&written)?;
    open.sync_all()?;
    drop(open);
    if fs::read(file)? == written {
        Ok(())
    } else {
        Err(RecordsError::Io(
            "what was read is not what was written".to_owned(),
        ))
    }
}

impl Records {
    /// Whether a creation may begin: at least [`LEAST_FREE`] bytes are free and a synced write works. A full disk then cannot
    /// come between Twilio's answer and its place in the journal.
    ///
    /// # Errors
    /// [`RecordsError::LowOnSpace`], or what the write failed with.
    pub async fn check_disk(&self) -> Result<(), RecordsError> {
        let folder = self.folder().to_owned();
        self.write(move |transaction| {
            let free = free_space(&folder)?;
            if free < LEAST_FREE {
                return Err(RecordsError::LowOnSpace { free });
            }
            transaction.execute("UPDATE folder SET checked_at = ?1", [Utc(Timestamp::now())])?;
            Ok(())
        })
        .await
    }
}
