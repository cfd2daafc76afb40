//! Error numbers of Windows and macOS. Compiled into the tests of every system.
#![cfg(any(target_os = "windows", target_os = "macos", test))]

use crate::KeychainError;

/// A Windows error from the text of `windows-native-keyring-store` 1.1, whose error type is private.
///
/// Numbers: <https://learn.microsoft.com/windows/win32/debug/system-error-codes>.
#[cfg(any(target_os = "windows", test))]
pub(super) fn from_windows_text(text: &str) -> KeychainError {
    if text.contains("ERROR_NO_SUCH_LOGON_SESSION") {
        return KeychainError::NotSignedIn;
    }
    let code = text
        .strip_prefix("Windows error code ")
        .and_then(|code| code.trim().parse::<u32>().ok());
    match code {
        // ERROR_NOT_ENOUGH_MEMORY is what CredWrite answers when the user's credential store takes no more;
        // ERROR_NOT_ENOUGH_QUOTA is its other word for it.
        Some(8 | 1816) => KeychainError::Full,
        // ERROR_ACCESS_DENIED, ERROR_ACCESS_DISABLED_BY_POLICY
        Some(5 | 1260) => KeychainError::Blocked,
        // ERROR_NO_SUCH_LOGON_SESSION
        Some(1312) => KeychainError::NotSignedIn,
        _ => KeychainError::broken(text),
    }
}

/// A macOS `OSStatus` (`SecBase.h`); `text` is the system's own sentence for it.
#[cfg(any(target_os = "macos", test))]
pub(super) fn from_macos_status(status: i32, text: &str) -> KeychainError {
    match status {
        // userCanceledErr
        -128 => KeychainError::Dismissed,
        // errSecInteractionNotAllowed, errSecInteractionRequired
        -25308 | -25315 => KeychainError::Locked,
        // errSecAuthFailed
        -25293 => KeychainError::PasswordOutOfDate,
        // wrPermErr, errSecInvalidOwnerEdit, errSecNotAvailable, errSecReadOnly, errSecNoSuchKeychain, errSecInvalidKeychain
        -61 | -25244 | -25291 | -25292 | -25294 | -25295 => KeychainError::Unopenable,
        // errSecMissingEntitlement
        -34018 => KeychainError::NotSigned,
        _ => KeychainError::broken(&format!("macOS error {status}: {text}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_numbers_become_situations() {
        for (text, meaning) in [
            ("Windows error code 8", KeychainError::Full),
            ("Windows error code 1816", KeychainError::Full),
            ("Windows error code 5", KeychainError::Blocked),
            ("Windows error code 1260", KeychainError::Blocked),
            (
                "Windows ERROR_NO_SUCH_LOGON_SESSION",
                KeychainError::NotSignedIn,
            ),
            ("Windows error code 1312", KeychainError::NotSignedIn),
            (
                "Windows error code 1783",
                KeychainError::Broken("Windows error code 1783".into()),
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
    fn macos_numbers_become_situations() {
        for (status, meaning) in [
            (-128, KeychainError::Dismissed),
            (-25308, KeychainError::Locked),
            (-25315, KeychainError::Locked),
            (-25293, KeychainError::PasswordOutOfDate),
            (-25291, KeychainError::Unopenable),
            (-25292, KeychainError::Unopenable),
            (-25294, KeychainError::Unopenable),
            (-25295, KeychainError::Unopenable),
            (-61, KeychainError::Unopenable),
            (-25244, KeychainError::Unopenable),
            (-34018, KeychainError::NotSigned),
            (
                -50,
                KeychainError::Broken("macOS error -50: bad parameter".into()),
            ),
        ] {
            assert_eq!(
                from_macos_status(status, "bad parameter"),
                meaning,
                "{status}"
            );
        }
    }
}
