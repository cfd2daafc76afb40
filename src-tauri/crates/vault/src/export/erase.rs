//! Overwriting a file in the very place in which it was found, whatever others do to its name meanwhile.

use std::io::{self, Write as _};
use std::path::Path;

/// Overwrites the file of this name with nothing and removes the name. `found` is called in between.
pub(super) fn erase(path: &Path, found: impl FnOnce()) -> io::Result<()> {
    system::erase(path, found)
}

fn overwrite(file: &mut std::fs::File, length: u64) -> io::Result<()> {
    io::copy(&mut io::Read::take(io::repeat(0), length), file)?;
    file.flush()?;
    file.sync_all()
}

#[cfg(unix)]
mod system {
    use std::fs::{self, File};
    use std::io;
    use std::os::unix::fs::MetadataExt as _;
    use std::path::Path;

    use rustix::fs::{AtFlags, Mode, OFlags, openat, unlinkat};

    /// Everything is done below one open folder: another one may be put in its place, too.
    pub(super) fn erase(path: &Path, found: impl FnOnce()) -> io::Result<()> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return fs::remove_file(path);
        };
        let way = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let Ok(folder) = rustix::fs::open(folder, way, Mode::empty()) else {
            // It takes files and does not open: their names can still be removed.
            return fs::remove_file(path);
        };
        found();
        // A pipe would wait for a reader, and a link is not followed.
        let way = OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        if let Ok(file) = openat(&folder, name, way, Mode::empty()) {
            let mut file = File::from(file);
            let is = file.metadata()?;
            if is.is_file() && is.nlink() == 1 {
                super::overwrite(&mut file, is.len())?;
            }
        }
        Ok(unlinkat(&folder, name, AtFlags::empty())?)
    }
}

#[cfg(windows)]
mod system {
    use std::fs::{self, File};
    use std::io;
    use std::os::windows::fs::OpenOptionsExt as _;
    use std::path::Path;

    /// `FILE_FLAG_OPEN_REPARSE_POINT`: a link itself is opened, not what it leads to
    /// (<https://learn.microsoft.com/windows/win32/api/fileapi/nf-fileapi-createfilew>).
    const NOT_FOLLOWED: u32 = 0x0020_0000;

    pub(super) fn erase(path: &Path, found: impl FnOnce()) -> io::Result<()> {
        fs::symlink_metadata(path)?;
        found();
        let opened = File::options()
            .write(true)
            .custom_flags(NOT_FOLLOWED)
            .open(path);
        if let Ok(mut file) = opened {
            let is = file.metadata()?;
            if is.is_file() && !is.is_symlink() {
                super::overwrite(&mut file, is.len())?;
            }
        }
        fs::remove_file(path)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    fn a_file_and_a_victim() -> (tempfile::TempDir, std::path::PathBuf, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (path, victim) = (folder.path().join("keys.csv"), folder.path().join("victim"));
        fs::write(&path, b"a secret").unwrap();
        fs::write(&victim, b"as it was").unwrap();
        (folder, path, victim)
    }

    #[test]
    fn a_link_that_is_put_in_its_place_meanwhile_costs_nobody_a_file() {
        let (_folder, path, victim) = a_file_and_a_victim();
        erase(&path, || {
            fs::remove_file(&path).unwrap();
            symlink(&victim, &path).unwrap();
        })
        .unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"as it was");
        assert!(fs::symlink_metadata(&path).is_err());
    }

    #[test]
    fn a_folder_that_is_put_in_the_place_of_its_own_meanwhile_costs_nobody_a_file() {
        let above = tempfile::tempdir().unwrap();
        let (own, others) = (above.path().join("own"), above.path().join("others"));
        for folder in [&own, &others] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join("keys.csv"), b"a secret").unwrap();
        }
        let aside = above.path().join("aside");
        erase(&own.join("keys.csv"), || {
            fs::rename(&own, &aside).unwrap();
            symlink(&others, &own).unwrap();
        })
        .unwrap();
        assert_eq!(fs::read(others.join("keys.csv")).unwrap(), b"a secret");
        assert!(!aside.join("keys.csv").exists());
    }

    #[test]
    fn somebody_elses_file_under_this_name_too_keeps_what_is_in_it() {
        let (_folder, path, victim) = a_file_and_a_victim();
        fs::remove_file(&path).unwrap();
        fs::hard_link(&victim, &path).unwrap();
        erase(&path, || {}).unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"as it was");
        assert!(!path.exists());
    }

    #[test]
    fn a_file_that_is_erased_holds_nothing_for_who_had_it_open() {
        let (_folder, path, _) = a_file_and_a_victim();
        let mut open = fs::File::open(&path).unwrap();
        erase(&path, || {}).unwrap();
        let mut left = Vec::new();
        io::Read::read_to_end(&mut open, &mut left).unwrap();
        assert_eq!(left, [0; 8]);
    }

    #[test]
    fn a_pipe_in_its_place_is_removed_without_waiting() {
        let (_folder, path, _) = a_file_and_a_victim();
        fs::remove_file(&path).unwrap();
        let mode = rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR;
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, mode, 0).unwrap();
        erase(&path, || {}).unwrap();
        assert!(fs::symlink_metadata(&path).is_err());
    }
}
