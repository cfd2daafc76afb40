//! Good records that stand open, and a place beside them for what is tried.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;
use vault::fuzzing::{self, Asked, Examined};
use vault::{Opened, RecordsError};
use workflows::Workspace;

use super::own_folder::{
    asked_for_nothing, folder, is_refused_as_it_is, nothing_is_lost, put_a_copy_in, runtime,
};
use super::reading::read_everything;
use super::{DATABASE, GOOD, LOG};

/// The folder in which files are tried.
const TRIED: &str = "tried";

/// The good records, opened once, to read into and to put back.
pub struct OpenState {
    pub folder: TempDir,
    pub good: Connection,
    workspace: Workspace,
    asked: Asked,
}

impl OpenState {
    pub fn open() -> Self {
        let folder = folder();
        put_a_copy_in(folder.path());
        fs::write(folder.path().join(DATABASE), GOOD).expect("the file is written");
        let (good, notice) = fuzzing::open(folder.path()).expect("good records");
        let (records, asked) = fuzzing::without_a_thread(folder.path().to_owned());
        let (keychain, hosts) = asked_for_nothing();
        let (workspace, _) = Workspace::of(Opened { records, notice }, keychain, hosts);
        Self {
            folder,
            good,
            workspace,
            asked,
        }
    }

    /// Looks at a database with this log, and reads what can be read of it. `opened`, also after opening it with all that belongs to it.
    pub fn read(&mut self, file: &[u8], log: Option<&[u8]>, opened: bool) {
        let folder = self.folder_to_try_in();
        let place = folder.join(DATABASE);
        fs::write(&place, file).expect("the file is written");
        if let Some(log) = log {
            fs::write(folder.join(LOG), log).expect("the log is written");
        }
        let found = fuzzing::examine(&place);
        let after = fs::read(&place).expect("the file is there");
        assert!(after == file, "a look changed the file");
        match found {
            Ok(Examined::Broken) => self.read_what_can_be_salvaged(&folder),
            Ok(Examined::Sound) => {
                let connection = match opened {
                    true => open_rightly(&folder, file, log),
                    false => fuzzing::connect(&place),
                };
                match connection {
                    Ok(mut connection) => self.read_everything(&mut connection),
                    Err(error) => is_refused_as_it_is(&folder, file, &error),
                }
            }
            Ok(Examined::Nothing) => {}
            Err(error) => is_refused_as_it_is(&folder, file, &error),
        }
    }

    /// Opens a database that is sound, and reads nothing more.
    pub fn open_sound(&self, file: &[u8]) {
        let folder = self.folder_to_try_in();
        fs::write(folder.join(DATABASE), file).expect("the file is written");
        if let Err(error) = open_rightly(&folder, file, None) {
            is_refused_as_it_is(&folder, file, &error);
        }
    }

    /// Reads what the good records hold at the moment, and undoes what was changed in them.
    pub fn read_and_undo(&mut self) {
        let reading = read_everything(&self.workspace);
        runtime().block_on(self.asked.answer(&mut self.good, reading));
        fuzzing::undo(&self.good).expect("it is undone");
    }

    fn read_everything(&self, connection: &mut Connection) {
        let reading = read_everything(&self.workspace);
        runtime().block_on(self.asked.answer(connection, reading));
    }

    /// Empty, as before each input.
    fn folder_to_try_in(&self) -> PathBuf {
        let folder = self.folder.path().join(TRIED);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).expect("a place for files");
        folder
    }

    fn read_what_can_be_salvaged(&mut self, folder: &Path) {
        let place = self.folder.path().join("salvaging");
        fuzzing::salvage(&mut self.good, folder, &place).expect("nothing in it is an error");
        self.read_and_undo();
    }
}

/// Opens a folder with all that belongs to it, and looks for what was lost.
fn open_rightly(
    folder: &Path,
    file: &[u8],
    log: Option<&[u8]>,
) -> Result<Connection, RecordsError> {
    let copy = put_a_copy_in(folder);
    let (connection, notice) = fuzzing::open(folder)?;
    nothing_is_lost(notice.as_ref(), copy, file, log);
    Ok(connection)
}
