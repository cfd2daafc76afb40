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

/// The file for the window's size and place in a folder named on the command line. It is there when this returns: whoever writes to it
/// later would make one that others may read. `None` for a folder that is not to be used, which is said when it is opened.
pub fn window_file(named: &Path) -> Option<PathBuf> {
    let base = std::path::absolute(named).ok()?;
    private::named_folder(&base).ok()?;
    let file = base.join(WINDOW);
    if let Ok(mut new) = private::new_file(&file) {
        // Nothing in it is as good as no file.
        let _ = std::io::Write::write_all(&mut new, b"{}");
    }
    Some(file)
}
