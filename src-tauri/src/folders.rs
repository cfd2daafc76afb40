//! Where the program keeps its files.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};
use vault::{RecordsError, private};

/// What the file for the window's size and place is called in a folder that was named.
const WINDOW: &str = "window.json";

/// The real account's files and practice mode's, apart from each other.
#[derive(Debug, Clone)]
pub struct Folders {
    base: PathBuf,
    is_named: bool,
}

impl Folders {
    /// The folder named on the command line, or the system's place for a program's data.
    pub fn new(named: Option<&Path>, app: &AppHandle) -> tauri::Result<Self> {
        let base = match named {
            Some(folder) => std::path::absolute(folder)?,
            None => app.path().app_local_data_dir()?,
        };
        Ok(Self {
            base,
            is_named: named.is_some(),
        })
    }

    /// Makes the folder for its owner alone, whatever it was before. To be called before anything in it is opened.
    pub fn prepare(&self) -> Result<(), RecordsError> {
        if self.is_named {
            private::named_folder(&self.base)?;
        } else {
            private::folder(&self.base)?;
        }
        private::repair(&self.base.join(WINDOW));
        Ok(())
    }

    /// Makes the file for the window's size and place in a folder that was named, where it is not there: whoever writes to it later would
    /// make one that others may read. Not before it is known that no other Subvault is open. What cannot be made is said when the folder is
    /// opened.
    pub fn make_window_file(&self) {
        if !self.is_named || private::named_folder(&self.base).is_err() {
            return;
        }
        if let Ok(mut new) = private::new_file(&self.base.join(WINDOW)) {
            // Nothing in it is as good as no file.
            let _ = std::io::Write::write_all(&mut new, b"{}");
        }
    }

    /// The folder in which both are.
    pub fn base(&self) -> &Path {
        &self.base
    }

    pub fn real(&self) -> PathBuf {
        self.base.join("account")
    }

    pub fn practice(&self) -> PathBuf {
        self.base.join("practice")
    }
}

/// Where the window's size and place is kept, in a folder named on the command line.
pub fn window_file(named: &Path) -> Option<PathBuf> {
    Some(std::path::absolute(named).ok()?.join(WINDOW))
}
