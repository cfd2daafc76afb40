//! Unix: modes and owners.

use std::fs::{self, DirBuilder, File, Metadata, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::NotPrivate;

const FOLDER: u32 = 0o700;
const FILE: u32 = 0o600;
const OTHERS: u32 = 0o077;
const EVERYBODY_WRITES: u32 = 0o002;
/// In a folder with this bit only its owner may rename or remove something.
const STICKY: u32 = 0o1000;
/// The deepest thing in a data folder lies two folders down.
const DEEPEST: u32 = 4;

pub(super) fn folder(path: &Path) -> Result<(), NotPrivate> {
    if !is_there(path)? {
        make(path)?;
    }
    let link = fs::symlink_metadata(path)?;
    if link.is_symlink() && !is_ours_or_the_systems(&link) {
        return Err(NotPrivate::NotYours(path.to_owned()));
    }
    let found = fs::metadata(path)?;
    if !found.is_dir() {
        return Err(NotPrivate::NotAFolder(path.to_owned()));
    }
    if !is_ours(&found) {
        return Err(NotPrivate::NotYours(path.to_owned()));
    }
    restrict(path, &found, FOLDER);
    Ok(())
}

pub(super) fn named_folder(path: &Path) -> Result<(), NotPrivate> {
    folder(path)
}

/// A link that leads nowhere counts as there, and is an error of whoever follows it.
fn is_there(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Each missing folder with its mode set afterwards too: a umask takes rights from the owner as well.
fn make(path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent()
        && !parent.as_os_str().is_empty()
        && !is_there(parent)?
    {
        make(parent)?;
    }
    match DirBuilder::new().mode(FOLDER).create(path) {
        // Another start was quicker.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        made => made?,
    }
    fs::set_permissions(path, Permissions::from_mode(FOLDER))
}

pub(super) fn repair(path: &Path) {
    if let Ok(found) = fs::symlink_metadata(path)
        && found.is_file()
        && is_ours(&found)
    {
        restrict(path, &found, FILE);
    }
}

pub(super) fn repair_all_in(folder: &Path) {
    repair_below(folder, DEEPEST);
}

fn repair_below(folder: &Path, deepest: u32) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_file() => repair(&path),
            Ok(found) if found.is_dir() && is_ours(&found) => {
                restrict(&path, &found, FOLDER);
                if deepest > 0 {
                    repair_below(&path, deepest - 1);
                }
            }
            _ => {}
        }
    }
}

/// Takes rights away and gives none: what its owner may not write stays so. A disk that knows no rights refuses, or takes no notice.
fn restrict(path: &Path, found: &Metadata, most: u32) {
    let mode = found.mode() & 0o7777;
    if mode & !most != 0 {
        let _ = fs::set_permissions(path, Permissions::from_mode(mode & most));
    }
}

pub(super) fn check_owner(file: &Path) -> Result<(), NotPrivate> {
    match fs::metadata(file) {
        Ok(found) if !is_ours(&found) => Err(NotPrivate::NotYours(file.to_owned())),
        _ => Ok(()),
    }
}

pub(super) fn others_may_look_into(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|found| found.mode() & OTHERS != 0)
}

pub(super) fn others_may_replace(folder: &Path) -> bool {
    let Ok(place) = fs::canonicalize(folder) else {
        return false;
    };
    place.ancestors().skip(1).any(|above| {
        fs::metadata(above)
            .is_ok_and(|found| found.mode() & EVERYBODY_WRITES != 0 && found.mode() & STICKY == 0)
    })
}

pub(super) fn new_file(path: &Path) -> io::Result<File> {
    let file = File::options()
        .write(true)
        .create_new(true)
        .mode(FILE)
        .open(path)?;
    if file.metadata()?.mode() & 0o777 != FILE {
        // A umask took rights from the owner, or the disk knows none.
        let _ = file.set_permissions(Permissions::from_mode(FILE));
    }
    Ok(file)
}

fn is_ours(found: &Metadata) -> bool {
    found.uid() == rustix::process::geteuid().as_raw()
}

fn is_ours_or_the_systems(found: &Metadata) -> bool {
    is_ours(found) || found.uid() == 0
}
