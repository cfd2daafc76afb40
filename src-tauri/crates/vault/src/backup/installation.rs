//! Which installation a backup comes from: one data folder in one place on one computer.
//!
//! It is worked out anew each time and written nowhere, so a data folder that is copied or moved elsewhere is another installation.

use std::path::Path;

use sha2::{Digest as _, Sha256};

/// So many of the 32 letters and digits tell the installations apart whose backups share a folder.
const LENGTH: usize = 6;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The installation's name in the names of its backups. `folder` is the data folder, `id` its own.
pub fn installation(folder: &Path, id: &str) -> String {
    let place = folder.canonicalize();
    let place = place.as_deref().unwrap_or(folder);
    named(&machine().unwrap_or_default(), place, id)
}

fn named(machine: &str, place: &Path, id: &str) -> String {
    let mut hash = Sha256::new();
    hash.update("installation of Subvault");
    for part in [
        machine.as_bytes(),
        place.as_os_str().as_encoded_bytes(),
        id.as_bytes(),
    ] {
        hash.update([0]);
        hash.update(part);
    }
    let digits = hash.finalize().into_iter().take(LENGTH);
    digits
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)))
        .map(|&letter| char::from(letter))
        .collect()
}

/// What the system calls this computer, which a disk that is put into another one keeps:
/// <https://www.freedesktop.org/software/systemd/man/latest/machine-id.html>.
#[cfg(target_os = "linux")]
fn machine() -> Option<String> {
    ["/etc/machine-id", "/var/lib/dbus/machine-id"]
        .iter()
        .find_map(|file| std::fs::read_to_string(file).ok())
}

/// The name that Windows gave itself when it was set up:
/// <https://learn.microsoft.com/windows/win32/api/winreg/nf-winreg-reggetvaluew>.
#[cfg(windows)]
#[allow(
    unsafe_code,
    reason = "the registry has no safe form in the crate that Tauri uses"
)]
fn machine() -> Option<String> {
    use windows::Win32::System::Registry::{HKEY_LOCAL_MACHINE, RRF_RT_REG_SZ, RegGetValueW};
    use windows::core::w;
    const ROOM: usize = 128;
    let mut text = [0_u16; ROOM];
    let mut size = u32::try_from(size_of_val(&text)).ok()?;
    // SAFETY: the system writes at most `size` bytes, which is what the place has.
    let read = unsafe {
        RegGetValueW(
            HKEY_LOCAL_MACHINE,
            w!(r"SOFTWARE\Microsoft\Cryptography"),
            w!("MachineGuid"),
            RRF_RT_REG_SZ,
            None,
            Some(text.as_mut_ptr().cast()),
            Some(&mut size),
        )
    };
    read.ok().ok()?;
    let end = text.iter().position(|&unit| unit == 0)?;
    text.get(..end).map(String::from_utf16_lossy)
}

/// Elsewhere the name in the network, which the user gives a computer once.
#[cfg(not(any(target_os = "linux", windows)))]
fn machine() -> Option<String> {
    let name = rustix::system::uname();
    Some(name.nodename().to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_was_copied_to_another_place_or_computer_is_another_installation() {
        let here = named("a", Path::new("/data"), "k3f9x2abcd");
        assert_eq!(here, named("a", Path::new("/data"), "k3f9x2abcd"));
        assert_ne!(here, named("b", Path::new("/data"), "k3f9x2abcd"));
        assert_ne!(here, named("a", Path::new("/other"), "k3f9x2abcd"));
        assert_ne!(here, named("a", Path::new("/data"), "zzzzzzzzzz"));
        assert_eq!(here.len(), LENGTH);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            installation(folder.path(), "x"),
            installation(folder.path(), "x")
        );
    }
}
