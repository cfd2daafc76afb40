//! What opens as a backup, and what does not.

use jiff::Timestamp;
use proptest::prelude::*;
use vault::backup::{BadDocument, Document, NotRestorable, open as open_backup};
use vault::recovery::NotOpened;

use super::a_backup;
use crate::passphrases::{PASSPHRASE, typed};

#[test]
fn a_wrong_passphrase_and_other_files_are_told_apart() {
    let backup = a_backup();
    let wrong = open_backup(&backup, &typed("something else entirely")).unwrap_err();
    assert_eq!(wrong, NotRestorable::NotOpened(NotOpened::WrongPassphrase));
    for other in [
        &b""[..],
        b"%PDF-1.7",
        b"{}",
        b"PK\x03\x04",
        b"age-encryption.org/v",
    ] {
        let refused = open_backup(other, &typed(PASSPHRASE)).unwrap_err();
        assert_eq!(refused, NotRestorable::NotOpened(NotOpened::OtherFile));
    }
    let to_a_key = crate::sealed(1);
    let refused = open_backup(to_a_key.armoured().as_bytes(), &typed(PASSPHRASE)).unwrap_err();
    assert_eq!(refused, NotRestorable::NotOpened(NotOpened::OtherFile));
}

#[test]
fn a_backup_of_a_newer_version_is_told_apart_from_a_broken_one() {
    let json = Document::new(Timestamp::now()).to_json().unwrap();
    let text = String::from_utf8(json.to_vec()).unwrap();
    let newer = text.replace("\"version\": 1", "\"version\": 2");
    assert_eq!(
        Document::parse(newer.as_bytes()).unwrap_err(),
        BadDocument::Newer { version: 2 }
    );
    let other = text.replace("subvault-backup", "shopping list");
    assert_eq!(
        Document::parse(other.as_bytes()).unwrap_err(),
        BadDocument::NotABackup
    );
    let broken = text.replace("\"credentials\": []", "\"credentials\": 7");
    assert_eq!(
        Document::parse(broken.as_bytes()).unwrap_err(),
        BadDocument::Unreadable
    );
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn no_flipped_bit_opens_or_panics(position in any::<prop::sample::Index>(), bit in 0..8u8) {
        use std::sync::LazyLock;
        static BACKUP: LazyLock<Vec<u8>> = LazyLock::new(a_backup);
        let mut bytes = BACKUP.clone();
        let position = position.index(bytes.len());
        bytes[position] ^= 1 << bit;
        // A raised work factor would only take long.
        prop_assume!(!raises_the_work(&BACKUP, position));
        prop_assert!(open_backup(&bytes, &typed(PASSPHRASE)).is_err());
    }

    #[test]
    fn no_cut_file_opens_or_panics(length in any::<prop::sample::Index>()) {
        use std::sync::LazyLock;
        static BACKUP: LazyLock<Vec<u8>> = LazyLock::new(a_backup);
        let cut = &BACKUP[..length.index(BACKUP.len())];
        prop_assert!(open_backup(cut, &typed(PASSPHRASE)).is_err());
    }

    #[test]
    fn no_other_passphrase_opens(text in "[a-z ]{1,30}") {
        use std::sync::LazyLock;
        static BACKUP: LazyLock<Vec<u8>> = LazyLock::new(a_backup);
        prop_assume!(!text.trim().is_empty() && text.trim() != PASSPHRASE);
        let refused = open_backup(&BACKUP, &typed(&text)).unwrap_err();
        prop_assert_eq!(refused, NotRestorable::NotOpened(NotOpened::WrongPassphrase));
    }

    #[test]
    fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(Document::parse(&bytes).is_err());
    }
}

fn raises_the_work(backup: &[u8], position: usize) -> bool {
    let text = String::from_utf8_lossy(&backup[..200]).into_owned();
    let at = text.find(" 10\n").expect("the work factor of the tests");
    (at..at + 4).contains(&position)
}
