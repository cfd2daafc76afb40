//! Windows: the list of who may open a folder, which everything in it inherits.
#![allow(
    unsafe_code,
    reason = "the system's security calls have no safe form in the crate that Tauri uses"
)]

use std::ffi::c_void;
use std::fs::{self, File};
use std::io;
use std::os::windows::ffi::OsStrExt as _;
use std::path::Path;

use windows::Win32::Foundation::{CloseHandle, HANDLE, HLOCAL, LocalFree};
use windows::Win32::Security::Authorization::{
    ConvertSidToStringSidW, ConvertStringSecurityDescriptorToSecurityDescriptorW,
    GetNamedSecurityInfoW, SDDL_REVISION_1, SE_FILE_OBJECT, SetNamedSecurityInfoW,
};
use windows::Win32::Security::{
    ACL, DACL_SECURITY_INFORMATION, GetSecurityDescriptorDacl, GetTokenInformation,
    OWNER_SECURITY_INFORMATION, PROTECTED_DACL_SECURITY_INFORMATION, PSECURITY_DESCRIPTOR, PSID,
    TOKEN_QUERY, TOKEN_USER, TokenUser,
};
use windows::Win32::System::Threading::{GetCurrentProcess, OpenProcessToken};
use windows::core::{BOOL, PCWSTR, PWSTR};

use super::NotPrivate;

/// Owners of what an administrator or the system made, on whose computer everything can be read anyway: Administrators, SYSTEM.
const THE_SYSTEMS: [&str; 2] = ["S-1-5-32-544", "S-1-5-18"];

/// The place for a program's data lies in the user's profile, which has such a list.
pub(super) fn folder(path: &Path) -> Result<(), NotPrivate> {
    fs::create_dir_all(path).map_err(|error| match file_in_the_way(path) {
        Some(file) => NotPrivate::NotAFolder(file.to_owned()),
        None => NotPrivate::Io(error),
    })?;
    let (Some(owner), Some(user)) = (owner_of(path), user()) else {
        // FAT and some network drives know no owners.
        return Ok(());
    };
    if owner == user || THE_SYSTEMS.contains(&owner.as_str()) {
        Ok(())
    } else {
        Err(NotPrivate::NotYours(path.to_owned()))
    }
}

/// Windows says of what would lie below a file only that it is not found.
fn file_in_the_way(path: &Path) -> Option<&Path> {
    path.ancestors()
        .find(|place| fs::metadata(place).is_ok_and(|found| found.is_file()))
}

pub(super) fn named_folder(path: &Path) -> Result<(), NotPrivate> {
    folder(path)?;
    if let Some(user) = user() {
        // A disk that knows no rights refuses.
        let _ = give_to(path, &user);
    }
    Ok(())
}

pub(super) fn repair(_: &Path) {}

pub(super) fn repair_all_in(_: &Path) {}

pub(super) fn check_owner(_: &Path) -> Result<(), NotPrivate> {
    Ok(())
}

pub(super) fn others_may_look_into(_: &Path) -> bool {
    false
}

pub(super) fn others_may_replace(_: &Path) -> bool {
    false
}

pub(super) fn new_file(path: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).open(path)
}

/// A list with this user alone on it, which inherits nothing and is inherited by everything in the folder:
/// <https://learn.microsoft.com/windows/win32/secauthz/security-descriptor-string-format>.
fn list_for(user: &str) -> String {
    format!("D:P(A;OICI;FA;;;{user})")
}

fn give_to(path: &Path, user: &str) -> windows::core::Result<()> {
    let list = wide(list_for(user).as_ref());
    let name = wide(path.as_os_str());
    let mut descriptor = PSECURITY_DESCRIPTOR::default();
    // SAFETY: both texts end with a zero and outlive the calls; the descriptor is the system's own and freed once, after its list was used.
    unsafe {
        ConvertStringSecurityDescriptorToSecurityDescriptorW(
            PCWSTR(list.as_ptr()),
            SDDL_REVISION_1,
            &mut descriptor,
            None,
        )?;
        let (mut present, mut defaulted) = (BOOL::default(), BOOL::default());
        let mut acl: *mut ACL = std::ptr::null_mut();
        let set = GetSecurityDescriptorDacl(descriptor, &mut present, &mut acl, &mut defaulted)
            .and_then(|()| {
                SetNamedSecurityInfoW(
                    PCWSTR(name.as_ptr()),
                    SE_FILE_OBJECT,
                    DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                    None,
                    None,
                    Some(acl),
                    None,
                )
                .ok()
            });
        LocalFree(Some(HLOCAL(descriptor.0)));
        set
    }
}

fn owner_of(path: &Path) -> Option<String> {
    let name = wide(path.as_os_str());
    let mut owner = PSID::default();
    let mut descriptor = PSECURITY_DESCRIPTOR::default();
    // SAFETY: the name ends with a zero; the owner lies inside the descriptor, which is freed after it was read.
    unsafe {
        let found = GetNamedSecurityInfoW(
            PCWSTR(name.as_ptr()),
            SE_FILE_OBJECT,
            OWNER_SECURITY_INFORMATION,
            Some(&mut owner),
            None,
            None,
            None,
            &mut descriptor,
        );
        if found.is_err() {
            return None;
        }
        let text = text_of(owner);
        LocalFree(Some(HLOCAL(descriptor.0)));
        text
    }
}

/// The user that this process runs as.
fn user() -> Option<String> {
    let mut token = HANDLE::default();
    // SAFETY: the token is closed once; the buffer is as large as the system asked for and aligned for what it holds.
    unsafe {
        OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &mut token).ok()?;
        let mut size = 0;
        let _ = GetTokenInformation(token, TokenUser, None, 0, &mut size);
        let words = usize::try_from(size).ok()?.div_ceil(size_of::<usize>());
        let mut buffer = vec![0_usize; words];
        let place = buffer.as_mut_ptr().cast::<c_void>();
        let read = GetTokenInformation(token, TokenUser, Some(place), size, &mut size);
        let text = match read {
            Ok(()) if words * size_of::<usize>() >= size_of::<TOKEN_USER>() => {
                text_of((*place.cast::<TOKEN_USER>()).User.Sid)
            }
            _ => None,
        };
        let _ = CloseHandle(token);
        text
    }
}

/// # Safety
/// `sid` is null or one of the system's.
unsafe fn text_of(sid: PSID) -> Option<String> {
    if sid.0.is_null() {
        return None;
    }
    let mut text = PWSTR::null();
    // SAFETY: as demanded above; the text ends with a zero and is freed after it was copied.
    unsafe {
        ConvertSidToStringSidW(sid, &mut text).ok()?;
        let copied = text.to_string().ok();
        LocalFree(Some(HLOCAL(text.0.cast())));
        copied
    }
}

fn wide(text: &std::ffi::OsStr) -> Vec<u16> {
    text.encode_wide().chain([0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use windows::Win32::Security::Authorization::ConvertSecurityDescriptorToStringSecurityDescriptorW;
    use windows::Win32::System::LibraryLoader::{GetModuleHandleW, GetProcAddress};
    use windows::core::{s, w};

    fn list_of(path: &Path) -> String {
        let name = wide(path.as_os_str());
        let mut descriptor = PSECURITY_DESCRIPTOR::default();
        // SAFETY: as in the calls above.
        unsafe {
            GetNamedSecurityInfoW(
                PCWSTR(name.as_ptr()),
                SE_FILE_OBJECT,
                DACL_SECURITY_INFORMATION,
                None,
                None,
                None,
                None,
                &mut descriptor,
            )
            .ok()
            .unwrap();
            let mut text = PWSTR::null();
            ConvertSecurityDescriptorToStringSecurityDescriptorW(
                descriptor,
                SDDL_REVISION_1,
                DACL_SECURITY_INFORMATION,
                &mut text,
                None,
            )
            .unwrap();
            text.to_string().unwrap()
        }
    }

    /// Wine keeps a list as a Unix mode, and hands on what the folder above allows however it was told not to.
    fn keeps_lists() -> bool {
        // SAFETY: the library is loaded in every process, and the names end with a zero.
        unsafe {
            let library = GetModuleHandleW(w!("ntdll.dll")).unwrap();
            GetProcAddress(library, s!("wine_get_version")).is_none()
        }
    }

    #[test]
    fn a_named_folder_and_what_is_made_in_it_is_for_this_user_alone() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("data");
        named_folder(&folder).unwrap();
        let user = user().unwrap();
        fs::write(folder.join("a file"), b"x").unwrap();
        for path in [folder.clone(), folder.join("a file")] {
            let list = list_of(&path);
            let entries: Vec<_> = list.split('(').skip(1).collect();
            let whose = |entry: &&str| {
                let who = entry.trim_end_matches(')').rsplit(';').next();
                who == Some(user.as_str())
            };
            assert!(
                entries.iter().any(whose) && (entries.iter().all(whose) || !keeps_lists()),
                "{}: {list}",
                path.display()
            );
        }
    }

    #[test]
    fn a_file_in_the_place_of_a_folder_is_told_as_that() {
        let above = tempfile::tempdir().unwrap();
        let file = above.path().join("file");
        fs::write(&file, b"x").unwrap();
        assert!(matches!(
            named_folder(&file),
            Err(NotPrivate::NotAFolder(_))
        ));
    }
}
