//! The data folder: can it be written to, does it give back what was written, and is there room?

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use vault::records::disk::LEAST_FREE;
use vault::{RecordsError, free_space, private, try_disk};

use crate::view::Verdict;
use crate::workspace::Workspace;

/// A folder on a network drive that went away can hold a program up for minutes.
const PATIENCE: Duration = Duration::from_secs(20);
/// With less than this the disk will soon be in the way, in bytes.
const LITTLE: u64 = 500 * 1024 * 1024;

/// What trying the data folder found.
#[derive(Debug, Clone)]
pub struct DataFolderFound {
    /// The folder.
    pub folder: PathBuf,
    /// Bytes free for this user, where the system tells.
    pub free: Option<u64>,
    /// How long a small file took to be written, synced and read back; `None` where that did not work.
    pub took: Option<Duration>,
    /// What is wrong.
    pub problem: Option<DataFolderProblem>,
}

/// What can be wrong.
#[derive(Debug, Clone)]
pub enum DataFolderProblem {
    /// It cannot be written to, or does not give back what was written.
    DoesNotWork(RecordsError),
    /// It works, and there is little room left.
    LittleSpace {
        /// Bytes free.
        free: u64,
    },
    /// It works, and other users of the computer may look into it: its disk knows no rights.
    OthersMayLook,
    /// It works, and other users may put another folder in its place: a folder above is open to everybody.
    OthersMayReplace,
}

impl DataFolderFound {
    pub(super) fn verdict(&self) -> Verdict {
        match self.problem {
            None => Verdict::Fine,
            Some(
                DataFolderProblem::LittleSpace { .. }
                | DataFolderProblem::OthersMayLook
                | DataFolderProblem::OthersMayReplace,
            ) => Verdict::Attention,
            Some(DataFolderProblem::DoesNotWork(_)) => Verdict::Broken,
        }
    }
}

impl Workspace {
    pub(super) async fn try_data_folder(&self) -> DataFolderFound {
        let folder = self.records.folder().to_owned();
        let place = folder.clone();
        let trying = tokio::task::spawn_blocking(move || {
            let started = Instant::now();
            let works = try_disk(&place);
            let took = started.elapsed();
            (works, took, free_space(&place).ok(), open_to_others(&place))
        });
        let (works, took, free, open) = match tokio::time::timeout(PATIENCE, trying).await {
            Ok(Ok(tried)) => tried,
            Ok(Err(stopped)) => (
                Err(failed(&stopped.to_string())),
                Duration::ZERO,
                None,
                None,
            ),
            Err(_) => (Err(failed("no answer in time")), PATIENCE, None, None),
        };
        let took = works.is_ok().then_some(took);
        let problem = match (works, free) {
            (Err(error), _) => Some(DataFolderProblem::DoesNotWork(error)),
            (Ok(()), free) => problem_of(free).or(open),
        };
        DataFolderFound {
            folder,
            free,
            took,
            problem,
        }
    }
}

fn problem_of(free: Option<u64>) -> Option<DataFolderProblem> {
    match free? {
        // Nothing is created at Twilio with less.
        free if free < LEAST_FREE => {
            Some(DataFolderProblem::DoesNotWork(RecordsError::LowOnSpace {
                free,
            }))
        }
        free if free < LITTLE => Some(DataFolderProblem::LittleSpace { free }),
        _ => None,
    }
}

fn open_to_others(folder: &Path) -> Option<DataFolderProblem> {
    if private::others_may_look_into(folder) {
        Some(DataFolderProblem::OthersMayLook)
    } else if private::others_may_replace(folder) {
        Some(DataFolderProblem::OthersMayReplace)
    } else {
        None
    }
}

fn failed(why: &str) -> RecordsError {
    RecordsError::Io(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_a_warning_and_too_little_is_in_the_way() {
        assert!(problem_of(None).is_none());
        assert!(problem_of(Some(LITTLE)).is_none());
        assert!(matches!(
            problem_of(Some(LITTLE - 1)),
            Some(DataFolderProblem::LittleSpace { .. })
        ));
        assert!(matches!(
            problem_of(Some(LEAST_FREE - 1)),
            Some(DataFolderProblem::DoesNotWork(
                RecordsError::LowOnSpace { .. }
            ))
        ));
    }
}
