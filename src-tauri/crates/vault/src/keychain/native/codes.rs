//! Error numbers of Windows and macOS. Compiled into the tests of every system.
#![cfg(any(target_os = "windows", target_os = "macos", test))]

use crate::KeychainError;

/// A Windows error from the text of `windows-native-keyring-store` 1.1, whose error type is private.
///
/// Numbers: <https://learn.microsoft.com/windows/win32/debug/system-error-codes>.
#[cfg(any(target_os = "windows", test))]
pub(super) fn from_windows_text(text: &str) -> KeychainError {
    match text.strip_prefix("Windows ") {
        Some("ERROR_NO_SUCH_LOGON_SESSION") => return KeychainError::NotSignedIn,
        Some("ERROR_INVALID_PARAMETER" | "ERROR_BAD_USERNAME") => return KeychainError::DoesNotFit,
        Some("ERROR_INVALID_FLAGS") => return KeychainError::not_understood(text),
        _ => {}
    }
    let code = text
        .strip_prefix("Windows error code ")
        .and_then(|code| code.trim().parse::<u32>().ok());
    match code {
        // ERROR_NOT_ENOUGH_MEMORY is what CredWrite answers when the user's credential store takes no more;
        // ERROR_NOT_ENOUGH_QUOTA is its other word for it.
        Some(8 | 1816) => KeychainError::Full,
        // ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
        Some(39 | 112) => KeychainError::DiskFull,
        // ERROR_ACCESS_DENIED, ERROR_ACCESS_DISABLED_BY_POLICY, ERROR_PRIVILEGE_NOT_HELD
        Some(5 | 1260 | 1314) => KeychainError::Blocked,
        // ERROR_NO_SUCH_LOGON_SESSION
        Some(1312) => KeychainError::NotSignedIn,
        // ERROR_SERVICE_DISABLED, ERROR_SERVICE_NOT_ACTIVE, RPC_S_SERVER_UNAVAILABLE: the credential service does not run.
        Some(1058 | 1062 | 1722) => KeychainError::NoKeychain,
        // RPC_S_CALL_FAILED, RPC_S_CALL_FAILED_DNE: it went away during the call.
        Some(1726 | 1727) => KeychainError::Stopped,
        // ERROR_INVALID_DATA, NTE_BAD_KEY_STATE: what protects the items cannot be opened any more.
        Some(13 | 0x8009_000B) => KeychainError::Damaged,
        // ERROR_INVALID_PARAMETER, RPC_X_BAD_STUB_DATA, ERROR_BAD_USERNAME
        Some(87 | 1783 | 2202) => KeychainError::DoesNotFit,
        // ERROR_NOT_SUPPORTED, ERROR_INVALID_FLAGS
        Some(50 | 1004) => KeychainError::not_understood(text),
        _ => KeychainError::broken(text),
    }
}

/// A macOS `OSStatus` (`SecBase.h`); `text` is the system's own sentence for it.
#[cfg(any(target_os = "macos", test))]
pub(super) fn from_macos_status(status: i32, text: &str) -> KeychainError {
    match status {
        // errSecUserCanceled, errSecNoAccessForItem
        -128 | -25243 => KeychainError::Denied,
        // errSecInteractionNotAllowed, errSecInteractionRequired, errSecInDarkWake
        -25308 | -25315 | -25320 => KeychainError::ScreenLocked,
        // errSecAuthFailed
        -25293 => KeychainError::PasswordOutOfDate,
        // errSecNotAvailable, errSecNoSuchKeychain, errSecNoDefaultKeychain
        -25291 | -25294 | -25307 => KeychainError::Missing,
        // errSecWrPerm, errSecInvalidOwnerEdit, errSecReadOnly
        -61 | -25244 | -25292 => KeychainError::ReadOnly,
        // errSecIO, errSecInvalidKeychain
        -36 | -25295 => KeychainError::Damaged,
        // errSecDiskFull
        -34 => KeychainError::DiskFull,
        // errSecDuplicateItem
        -25299 => KeychainError::Ambiguous,
        // errSecDataTooLarge
        -25302 => KeychainError::DoesNotFit,
        // errSecDecode
        -26275 => KeychainError::Changed,
        // errSecMissingEntitlement
        -34018 => KeychainError::NotSigned,
        // errSecUnimplemented, errSecParam, errSecBadReq
        -4 | -50 | -909 => KeychainError::not_understood(&format!("macOS error {status}: {text}")),
        _ => KeychainError::broken(&format!("macOS error {status}: {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_windows_number_becomes_a_situation() {
        let number = |code: u32| format!("Windows error code {code}");
        for (code, meaning) in [
            (5, KeychainError::Blocked),
            (8, KeychainError::Full),
            (13, KeychainError::Damaged),
            (39, KeychainError::DiskFull),
            (50, KeychainError::NotUnderstood(number(50))),
            (87, KeychainError::DoesNotFit),
            (112, KeychainError::DiskFull),
            (1004, KeychainError::NotUnderstood(number(1004))),
            (1058, KeychainError::NoKeychain),
            (1062, KeychainError::NoKeychain),
            (1260, KeychainError::Blocked),
            (1312, KeychainError::NotSignedIn),
            (1314, KeychainError::Blocked),
            (1722, KeychainError::NoKeychain),
            (1726, KeychainError::Stopped),
            (1727, KeychainError::Stopped),
            (1783, KeychainError::DoesNotFit),
            (1816, KeychainError::Full),
            (2202, KeychainError::DoesNotFit),
            (2_148_073_483, KeychainError::Damaged),
            (4_000_000, KeychainError::Broken(number(4_000_000))),
        ] {
            assert_eq!(from_windows_text(&number(code)), meaning, "{code}");
        }
    }

    #[test]
    fn the_numbers_that_the_store_writes_as_names_are_known_too() {
        for (text, meaning) in [
            (
                "Windows ERROR_NO_SUCH_LOGON_SESSION",
                KeychainError::NotSignedIn,
            ),
            ("Windows ERROR_INVALID_PARAMETER", KeychainError::DoesNotFit),
            ("Windows ERROR_BAD_USERNAME", KeychainError::DoesNotFit),
            (
                "Windows ERROR_INVALID_FLAGS",
                KeychainError::NotUnderstood("Windows ERROR_INVALID_FLAGS".into()),
            ),
            (
                "something else",
                KeychainError::Broken("something else".into()),
            ),
        ] {
            assert_eq!(from_windows_text(text), meaning, "{text}");
        }
    }

    #[test]
    fn each_macos_number_becomes_a_situation() {
        let words = |status: i32| format!("macOS error {status}: its own words");
        for (status, meaning) in [
            (-4, KeychainError::NotUnderstood(words(-4))),
            (-34, KeychainError::DiskFull),
            (-36, KeychainError::Damaged),
            (-50, KeychainError::NotUnderstood(words(-50))),
            (-61, KeychainError::ReadOnly),
            (-128, KeychainError::Denied),
            (-909, KeychainError::NotUnderstood(words(-909))),
            (-25243, KeychainError::Denied),
            (-25244, KeychainError::ReadOnly),
            (-25291, KeychainError::Missing),
            (-25292, KeychainError::ReadOnly),
            (-25293, KeychainError::PasswordOutOfDate),
            (-25294, KeychainError::Missing),
            (-25295, KeychainError::Damaged),
            (-25299, KeychainError::Ambiguous),
            (-25302, KeychainError::DoesNotFit),
            (-25307, KeychainError::Missing),
            (-25308, KeychainError::ScreenLocked),
            (-25315, KeychainError::ScreenLocked),
            (-25320, KeychainError::ScreenLocked),
            (-26275, KeychainError::Changed),
            (-34018, KeychainError::NotSigned),
            (-99_999, KeychainError::Broken(words(-99_999))),
        ] {
            assert_eq!(
                from_macos_status(status, "its own words"),
                meaning,
                "{status}"
            );
        }
    }
}
