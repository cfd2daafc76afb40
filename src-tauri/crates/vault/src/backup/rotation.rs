//! Names of backups, and which of them stay.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Partial;
use super::file::made_at;

/// How many backups of a series are kept: at one a day, two weeks.
pub const KEPT: usize = 14;

/// The time in a name; no colons, which Windows does not allow, and no spaces, which a command line would want quoted.
pub(super) const STAMP: &str = "%Y-%m-%dT%H-%M-%SZ";

/// The backups of one data folder. Those of another computer in the same folder are another series, and are left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    prefix: String,
}

impl Series {
    /// The series of the data folder with this id; practice mode's is told apart by its name.
    pub fn of(folder_id: &str, practice: bool) -> Self {
        let id: String = folder_id.chars().take(4).collect();
        let kind = if practice {
            "practice-backup"
        } else {
            "backup"
        };
        Self {
            prefix: format!("Subvault-{kind}-{id}-"),
        }
    }

    /// The name of a backup made at this time.
    pub fn name(&self, made_at: Timestamp) -> String {
        format!("{}{}.age", self.prefix, made_at.strftime(STAMP))
    }

    /// The backups of this series in a folder, oldest first. A folder that cannot be read has none.
    pub fn in_folder(&self, folder: &Path) -> Vec<(Timestamp, PathBuf)> {
        let mut found: Vec<_> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name();
                let stamp = name
                    .to_str()?
                    .strip_prefix(&self.prefix)?
                    .strip_suffix(".age")?;
                Some((made_at(stamp)?, entry.path()))
            })
            .collect();
        found.sort();
        found
    }

    /// What its backups are called while they are written.
    pub(super) fn partial(&self) -> Partial<'_> {
        Partial { kind: &self.prefix }
    }

    /// Removes what a backup left behind that was interrupted by a kill or a power cut. What cannot be removed is left.
    pub(super) fn remove_partials(&self, folder: &Path) {
        let partial = self.partial();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if partial.is(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes the oldest beyond [`KEPT`]. The one that was made and compared just now stays whatever the clock says, and one
    /// that cannot be removed is left.
    pub(super) fn rotate(&self, folder: &Path, newest_good: &Path) {
        let others: Vec<_> = self
            .in_folder(folder)
            .into_iter()
            .filter(|(_, path)| path != newest_good)
            .collect();
        let surplus = (others.len() + 1).saturating_sub(KEPT);
        for (_, path) in others.into_iter().take(surplus) {
            let _ = fs::remove_file(path);
        }
    }
}
