//! What can go wrong with a keychain, as situations a person can act on.

/// Why the keychain did not do what was asked. None of these means "there is no such item".
///
/// `Debug` and `Display` never show any part of an item.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// No keychain runs on this computer.
    #[error("this computer has no keychain running")]
    NoKeychain,
    /// Linux: this session has no bus by which a keychain could be reached.
    #[error("this session has no message bus")]
    NoBus,
    /// Linux: the keychain runs and has no default keyring to put things into. It offers to make one when something is saved.
    #[error("the keychain has no default keyring")]
    NoDefault,
    /// Linux: KeePassXC runs, and no database that is open in it is shown to other programs.
    #[error("no database is open to other programs")]
    NoDatabase,
    /// Linux: the keychain has to ask for a password, and the program that shows its box does not start.
    #[error("the keychain cannot show its password box")]
    CannotAsk,
    /// The keychain is locked and could not ask for its password.
    #[error("the keychain is locked")]
    Locked,
    /// The user closed the keychain's password box.
    #[error("the keychain's password box was closed")]
    Dismissed,
    /// macOS: the user answered its question whether this program may use the item with Deny.
    #[error("the keychain was told not to give the item to this program")]
    Denied,
    /// macOS: the keychain cannot ask now, as behind a locked screen or without one.
    #[error("the keychain cannot ask while the screen is locked")]
    ScreenLocked,
    /// No answer before the deadline. A password box may be waiting behind a window.
    /// Whether a write or delete was carried out is unknown; a later read decides.
    #[error("the keychain did not answer in time")]
    NoAnswer,
    /// The user stopped waiting for an answer. Whether a write or delete was carried out is unknown; a later read decides.
    #[error("the user stopped waiting for the keychain")]
    GivenUp,
    /// The keychain went away while it was asked. Whether a write or delete was carried out is unknown; a later read decides.
    #[error("the keychain stopped while it was asked")]
    Stopped,
    /// The keychain takes no more items (Windows caps their number, and Xbox or Adobe may have filled it).
    #[error("the keychain is full")]
    Full,
    /// The disk that the keychain keeps its items on has no room left.
    #[error("the keychain's disk is full")]
    DiskFull,
    /// Access was denied by the system or by a policy of the organisation.
    #[error("the system does not let this program use the keychain")]
    Blocked,
    /// Windows has no complete logon session (a service, some remote sessions), or a policy forbids storing passwords.
    #[error("Windows is not fully signed in")]
    NotSignedIn,
    /// macOS: the keychain's password is not the login password any more.
    #[error("the keychain's password is out of date")]
    PasswordOutOfDate,
    /// macOS: there is no keychain where it should be.
    #[error("the keychain is missing")]
    Missing,
    /// macOS: the keychain may be read and not written.
    #[error("the keychain may only be read")]
    ReadOnly,
    /// The keychain's own file or its protection is damaged, as after an administrator has reset a Windows password.
    #[error("the keychain is damaged")]
    Damaged,
    /// macOS: this copy of the program lacks a signature the keychain asks for.
    #[error("this copy of the program is not signed correctly")]
    NotSigned,
    /// The item was changed by another program, or holds the content of another item.
    #[error("the saved item was changed by another program")]
    Changed,
    /// The item is larger than the keychain takes, or has a form it does not take. A fault of this program.
    #[error("the item does not fit into the keychain")]
    DoesNotFit,
    /// The keychain does not know what it was asked, or the asking was wrong. A fault of this program, or a keychain of another kind.
    #[error("the keychain does not understand the request: {0}")]
    NotUnderstood(String),
    /// Two items match. Neither was touched.
    #[error("two saved items match")]
    Ambiguous,
    /// The write may or may not have been carried out, and what is there now is not what was written.
    #[error("the save could not be confirmed")]
    SaveNotConfirmed,
    /// Anything else; the store's own words, one line, for support.
    #[error("the keychain failed: {0}")]
    Broken(String),
}

impl KeychainError {
    /// Every situation once, without a store's own words: for tables that are to miss none.
    pub const SITUATIONS: [Self; 27] = [
        Self::NoKeychain,
        Self::NoBus,
        Self::NoDefault,
        Self::NoDatabase,
        Self::CannotAsk,
        Self::Locked,
        Self::Dismissed,
        Self::Denied,
        Self::ScreenLocked,
        Self::NoAnswer,
        Self::GivenUp,
        Self::Stopped,
        Self::Full,
        Self::DiskFull,
        Self::Blocked,
        Self::NotSignedIn,
        Self::PasswordOutOfDate,
        Self::Missing,
        Self::ReadOnly,
        Self::Damaged,
        Self::NotSigned,
        Self::Changed,
        Self::DoesNotFit,
        Self::NotUnderstood(String::new()),
        Self::Ambiguous,
        Self::SaveNotConfirmed,
        Self::Broken(String::new()),
    ];

    /// The situation in one word, stable, for the journal and the window.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NoKeychain => "no_keychain",
            Self::NoBus => "no_bus",
            Self::NoDefault => "no_default",
            Self::NoDatabase => "no_database",
            Self::CannotAsk => "cannot_ask",
            Self::Locked => "locked",
            Self::Dismissed => "dismissed",
            Self::Denied => "denied",
            Self::ScreenLocked => "screen_locked",
            Self::NoAnswer => "no_answer",
            Self::GivenUp => "given_up",
            Self::Stopped => "stopped",
            Self::Full => "full",
            Self::DiskFull => "disk_full",
            Self::Blocked => "blocked",
            Self::NotSignedIn => "not_signed_in",
            Self::PasswordOutOfDate => "password_out_of_date",
            Self::Missing => "missing",
            Self::ReadOnly => "read_only",
            Self::Damaged => "damaged",
            Self::NotSigned => "not_signed",
            Self::Changed => "changed",
            Self::DoesNotFit => "does_not_fit",
            Self::NotUnderstood(_) => "not_understood",
            Self::Ambiguous => "ambiguous",
            Self::SaveNotConfirmed => "save_not_confirmed",
            Self::Broken(_) => "broken",
        }
    }

    /// Whether it is about the one item that was asked for, so that others may be read all the same.
    pub fn is_of_one_item(&self) -> bool {
        matches!(self, Self::Changed | Self::Ambiguous)
    }

    /// Whether asking the keychain again at once would only put up its password box again.
    pub(super) fn asked_the_user(&self) -> bool {
        matches!(
            self,
            Self::Locked
                | Self::Dismissed
                | Self::Denied
                | Self::ScreenLocked
                | Self::NoKeychain
                | Self::NoBus
                | Self::NoDefault
                | Self::NoDatabase
                | Self::CannotAsk
                | Self::NotSignedIn
        )
    }

    /// Whether a write that ended so may have been carried out.
    pub(super) fn leaves_the_outcome_open(&self) -> bool {
        matches!(
            self,
            Self::Broken(_)
                | Self::NoAnswer
                | Self::GivenUp
                | Self::Stopped
                | Self::SaveNotConfirmed
        )
    }

    /// Whether the connection to the keychain may be stale, as after the keychain was restarted.
    pub(super) fn may_be_a_stale_connection(&self) -> bool {
        matches!(
            self,
            Self::Broken(_) | Self::NoAnswer | Self::Stopped | Self::NoKeychain | Self::NoBus
        )
    }

    /// [`KeychainError::Broken`] with `text` made one short line.
    pub(super) fn broken(text: &str) -> Self {
        Self::Broken(one_short_line(text))
    }

    /// [`KeychainError::NotUnderstood`] with `text` made one short line.
    pub(super) fn not_understood(text: &str) -> Self {
        Self::NotUnderstood(one_short_line(text))
    }
}

fn one_short_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(300)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_situations_has_each_of_them_once() {
        let mut kinds = KeychainError::SITUATIONS.map(|situation| situation.kind());
        kinds.sort_unstable();
        assert!(kinds.windows(2).all(|pair| pair[0] != pair[1]), "{kinds:?}");
        // Exhaustive on purpose: a new situation has to come here, and so to the list.
        let place = |situation: &KeychainError| match situation {
            KeychainError::NoKeychain => 0,
            KeychainError::NoBus => 1,
            KeychainError::NoDefault => 2,
            KeychainError::NoDatabase => 3,
            KeychainError::CannotAsk => 4,
            KeychainError::Locked => 5,
            KeychainError::Dismissed => 6,
            KeychainError::Denied => 7,
            KeychainError::ScreenLocked => 8,
            KeychainError::NoAnswer => 9,
            KeychainError::GivenUp => 10,
            KeychainError::Stopped => 11,
            KeychainError::Full => 12,
            KeychainError::DiskFull => 13,
            KeychainError::Blocked => 14,
            KeychainError::NotSignedIn => 15,
            KeychainError::PasswordOutOfDate => 16,
            KeychainError::Missing => 17,
            KeychainError::ReadOnly => 18,
            KeychainError::Damaged => 19,
            KeychainError::NotSigned => 20,
            KeychainError::Changed => 21,
            KeychainError::DoesNotFit => 22,
            KeychainError::NotUnderstood(_) => 23,
            KeychainError::Ambiguous => 24,
            KeychainError::SaveNotConfirmed => 25,
            KeychainError::Broken(_) => 26,
        };
        let places = KeychainError::SITUATIONS.map(|situation| place(&situation));
        assert_eq!(places, std::array::from_fn(|index| index));
    }

    #[test]
    fn a_stores_words_are_one_short_line() {
        let KeychainError::Broken(line) = KeychainError::broken(&"one\ntwo\u{7}".repeat(200))
        else {
            panic!("another situation");
        };
        assert_eq!(line.chars().count(), 300);
        assert!(!line.chars().any(char::is_control));
    }
}
