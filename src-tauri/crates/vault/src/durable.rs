//! Names that are still there after a power cut.

use std::io;
use std::path::Path;

/// Gives a file its name, in the place of one that has it. On Windows it is on the disk when this returns; elsewhere once the
/// folder was synced too: see [`sync_folder`].
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    system::rename(from, to)
}

/// Makes what was renamed in a folder durable. Many file systems cannot be asked to (network drives, WSL's and FUSE's), and a folder
/// that takes files need not be one that opens: that is `Ok(false)`, and the file has its name all the same.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<bool> {
    done_or_not_possible(system::sync_folder(folder))
}

/// Makes a file's content durable, where its file system can be asked to.
pub(crate) fn sync_file(file: &std::fs::File) -> io::Result<bool> {
    done_or_not_possible(file.sync_all())
}

fn done_or_not_possible(outcome: io::Result<()>) -> io::Result<bool> {
    match outcome {
        Ok(()) => Ok(true),
        Err(error) if is_not_possible(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The answers of a file system that cannot sync, as opposed to one that tried and failed.
fn is_not_possible(error: &io::Error) -> bool {
    use io::ErrorKind;
    matches!(
        error.kind(),
        ErrorKind::InvalidInput
            | ErrorKind::Unsupported
            | ErrorKind::PermissionDenied
            | ErrorKind::IsADirectory
            | ErrorKind::ReadOnlyFilesystem
    ) || system::means_not_possible(error)
}

#[cfg(not(windows))]
mod system {
    use std::fs::{self, File};
    use std::io;
    use std::path::Path;

    pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// What some network and FUSE file systems say of a folder.
    pub(super) fn means_not_possible(error: &io::Error) -> bool {
        use rustix::io::Errno;
        error.raw_os_error() == Some(Errno::BADF.raw_os_error())
    }
}

#[cfg(windows)]
mod system {
    #![allow(
        unsafe_code,
        reason = "the standard library's rename returns before the disk has it"
    )]

    use std::io;
    use std::os::windows::ffi::OsStrExt as _;
    use std::path::{Component, Path, Prefix};

    use windows::Win32::Storage::FileSystem::{
        MOVEFILE_REPLACE_EXISTING, MOVEFILE_WRITE_THROUGH, MoveFileExW,
    };
    use windows::core::PCWSTR;

    pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (wide(from)?, wide(to)?);
        // SAFETY: both texts end with a zero and outlive the call.
        unsafe {
            MoveFileExW(
                PCWSTR(from.as_ptr()),
                PCWSTR(to.as_ptr()),
                MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH,
            )
        }
        .map_err(|error| io::Error::from_raw_os_error(error.code().0 & 0xffff))
    }

    /// In the form that may be longer than 260 characters:
    /// <https://learn.microsoft.com/windows/win32/fileio/maximum-file-path-limitation>.
    fn wide(path: &Path) -> io::Result<Vec<u16>> {
        let path = std::path::absolute(path)?;
        let start = match path.components().next() {
            Some(Component::Prefix(prefix)) => match prefix.kind() {
                Prefix::Disk(_) => r"\\?\",
                Prefix::UNC(..) => r"\\?\UNC\",
                _ => "",
            },
            _ => "",
        };
        let skipped = if start.ends_with(r"UNC\") { 2 } else { 0 };
        let rest = path.as_os_str().encode_wide().skip(skipped);
        Ok(start.encode_utf16().chain(rest).chain([0]).collect())
    }

    /// Windows has no such call: the rename itself was written through.
    pub(super) fn sync_folder(_: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn means_not_possible(_: &io::Error) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_renamed_file_takes_the_place_of_one_that_has_its_name_however_long_the_path() {
        let mut folder = tempfile::tempdir().unwrap().keep();
        let above = folder.clone();
        for _ in 0..3 {
            folder.push("x".repeat(120));
        }
        fs::create_dir_all(&folder).unwrap();
        let (from, to) = (folder.join("from"), folder.join("to"));
        fs::write(&from, b"new").unwrap();
        fs::write(&to, b"old").unwrap();
        rename(&from, &to).unwrap();
        assert_eq!(fs::read(&to).unwrap(), b"new");
        assert!(!from.exists());
        assert_eq!(
            rename(&from, &to).unwrap_err().kind(),
            io::ErrorKind::NotFound
        );
        fs::remove_dir_all(above).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_opened_or_synced_is_told_from_a_disk_that_fails() {
        use rustix::io::Errno;
        for errno in [
            Errno::INVAL,
            Errno::ACCESS,
            Errno::PERM,
            Errno::NOTSUP,
            Errno::NOSYS,
            Errno::BADF,
        ] {
            let outcome = done_or_not_possible(Err(errno.into()));
            assert!(matches!(outcome, Ok(false)), "{errno}: {outcome:?}");
        }
        for errno in [Errno::IO, Errno::NOSPC, Errno::DQUOT] {
            assert!(done_or_not_possible(Err(errno.into())).is_err(), "{errno}");
        }
    }
}
