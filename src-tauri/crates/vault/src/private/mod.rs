//! Files and folders that nobody but their owner may open, whatever the umask says.
//!
//! What lies in the data folder is not secret, but names customers, accounts and what happened. On Unix the mode says who may open
//! a file; on Windows the list of the folder does, which everything in it inherits.

#[cfg(not(windows))]
mod unix;
#[cfg(windows)]
mod windows;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

#[cfg(not(windows))]
use unix as system;
#[cfg(windows)]
use windows as system;

/// Why a folder is not used for what is private.
#[non_exhaustive]
#[derive(Debug, thiserror::Error)]
pub enum NotPrivate {
    /// It, or a link on the way to it, belongs to another user.
    #[error("{} belongs to another user of this computer", .0.display())]
    NotYours(PathBuf),
    /// There is a file of this name.
    #[error("{} is a file, not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// The system's own answer.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Makes the folder, and those above it that are missing, for this user alone; takes everybody else's rights to one that is there.
/// A disk that knows no rights is left as it is: see [`others_may_look_into`].
///
/// # Errors
/// See [`NotPrivate`]. A folder that is not this user's is left as it is.
pub fn folder(path: &Path) -> Result<(), NotPrivate> {
    system::folder(path)
}

/// The same for a folder that the user named, which may lie where others may look: on Windows it gets a list of its own.
///
/// # Errors
/// See [`NotPrivate`].
pub fn named_folder(path: &Path) -> Result<(), NotPrivate> {
    system::named_folder(path)
}

/// Takes everybody else's rights to a file that is there. What is not there, not this user's or on a disk that knows no rights is
/// left.
pub fn repair(path: &Path) {
    system::repair(path);
}

/// Takes everybody else's rights to what lies in a folder of this user's. Links are not followed.
pub(crate) fn repair_all_in(folder: &Path) {
    system::repair_all_in(folder);
}

/// Refuses a file that is another user's; one that is not there is nobody's.
pub(crate) fn check_owner(file: &Path) -> Result<(), NotPrivate> {
    system::check_owner(file)
}

/// Whether other users may look into a folder, though it was to be private: its disk knows no rights.
pub fn others_may_look_into(folder: &Path) -> bool {
    system::others_may_look_into(folder)
}

/// Whether other users may put something else in the place of a folder: one above it is open to everybody.
pub fn others_may_replace(folder: &Path) -> bool {
    system::others_may_replace(folder)
}

/// A new file for this user alone. Whatever is there already, a file or a link, is left alone and is an error.
///
/// # Errors
/// What the disk answered.
pub fn new_file(path: &Path) -> io::Result<File> {
    system::new_file(path)
}

/// Opens a file that is written again and again, or makes it for this user alone.
pub(crate) fn opened_or_new_file(path: &Path) -> io::Result<File> {
    match new_file(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            File::options().write(true).open(path)
        }
        made => made,
    }
}

/// Copies a file into a new one for this user alone, in the place of what is there.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    remove_if_there(to)?;
    io::copy(&mut source, &mut new_file(to)?)?;
    Ok(())
}

pub(crate) fn remove_if_there(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
