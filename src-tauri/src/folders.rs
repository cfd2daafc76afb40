//! Where the program keeps its files.

use std::path::{Path, PathBuf};

use tauri::{AppHandle, Manager};

/// The real account's files and practice mode's, apart from each other.
#[derive(Debug, Clone)]
pub struct Folders {
    base: PathBuf,
}

impl Folders {
    /// The folder named on the command line, or the system's place for a program's data.
    pub fn new(named: Option<&Path>, app: &AppHandle) -> tauri::Result<Self> {
        let base = match named {
            Some(folder) => std::path::absolute(folder)?,
            None => app.path().app_local_data_dir()?,
        };
        Ok(Self { base })
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
