//! What a passphrase opens, and could have been changed where it lies: backup files, and the two halves in the records.
//!
//! Nothing that is opened here was forged: nobody can make such a file without the passphrase, and libFuzzer does not have it. So
//! what opens must be what was once sealed, and everything else is refused with a reason.

use std::sync::OnceLock;

use vault::backup::{Document, NotRestorable, looks_like_a_backup};
use vault::recovery::NotOpened;
use vault::{Passphrase, RecoveryError, fuzzing};

use crate::kept::{identity, reads_back};

/// The passphrase that the seeds are encrypted to. Invented, and used for nothing else.
const PASSPHRASE: &str = "walnut ferry cobalt thursday";
/// The seeds that open ask for a work factor of 1. A larger one than this is refused, as one is by the program that asks for more
/// memory than is free, or for more than 22.
const MOST_WORK: u8 = 4;

/// What that takes, in bytes.
const MOST_MEMORY: u64 = 1024 << MOST_WORK;

/// A backup as it was written, in the two forms that are read.
const WHOLE: &[u8] = include_bytes!("../seeds/backup_file/whole.age");
const ARMOURED: &[u8] = include_bytes!("../seeds/backup_file/armoured.age");

/// What the seeds of sealed passphrases hold: also what could not be set today, since a file that it opens may have been written elsewhere.
fn sealed() -> [Passphrase; 4] {
    let long = "x".repeat(501);
    [
        PASSPHRASE,
        "  walnut ferry cobalt thursday ",
        "two\nlines",
        &long,
    ]
    .map(fuzzing::passphrase_of_old)
}

fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE.to_owned()).expect("a passphrase")
}

fn opener() -> &'static fuzzing::Opener {
    static OPENER: OnceLock<fuzzing::Opener> = OnceLock::new();
    OPENER.get_or_init(|| fuzzing::Opener::new(&passphrase(), MOST_WORK))
}

/// A backup file of any bytes: it opens only as it was written, and otherwise says why it does not.
pub fn backup_file(file: &[u8]) {
    static WRITTEN: OnceLock<Document> = OnceLock::new();
    match opener().open_backup(file) {
        Ok(document) => {
            let written = WRITTEN.get_or_init(|| {
                opener()
                    .open_backup(WHOLE)
                    .expect("it opens as it was written")
            });
            assert_eq!(document.secrets(), written.secrets());
            assert!(
                file == WHOLE || without_line_ends(file) == without_line_ends(ARMOURED),
                "a changed file opens"
            );
            reads_back(&document);
        }
        Err(NotRestorable::NotOpened(NotOpened::OtherFile)) => {}
        Err(NotRestorable::NotOpened(NotOpened::TooMuchWork { required })) => {
            assert!(required > MOST_WORK, "{required} is not too much work");
        }
        Err(NotRestorable::NotOpened(NotOpened::TooMuchMemory { needed })) => {
            assert!(needed > MOST_MEMORY, "{needed} bytes are not too much");
        }
        Err(
            NotRestorable::NotOpened(NotOpened::WrongPassphrase | NotOpened::Damaged)
            | NotRestorable::BadDocument(_),
        ) => {
            assert!(looks_like_a_backup(file), "another file is called so");
        }
        Err(error) => panic!("nothing is wrong with so small a file in memory: {error}"),
    }
}

/// The text of the column that holds the sealing identity, encrypted to the passphrase.
pub fn wrapped_identity(column: &[u8]) {
    let column = String::from_utf8_lossy(column);
    match opener().unwrap_identity(&column) {
        Ok(recipient) => assert_eq!(
            recipient,
            identity().recipient,
            "it is the identity that was wrapped"
        ),
        Err(
            RecoveryError::WrongPassphrase | RecoveryError::Damaged | RecoveryError::LittleMemory,
        ) => {}
        Err(error) => panic!("a text alone cannot be the cause: {error}"),
    }
}

/// The text of the column that holds the passphrase, encrypted to the sealing identity.
pub fn sealed_passphrase(column: &[u8]) {
    let column = String::from_utf8_lossy(column);
    match fuzzing::unseal_passphrase(&identity().secret, &column) {
        Ok(unsealed) => assert!(
            sealed().contains(&unsealed),
            "it is one of the passphrases that were sealed"
        ),
        Err(RecoveryError::Damaged) => {}
        Err(error) => panic!("a text alone cannot be the cause: {error}"),
    }
}

/// Armour may have either kind of line end, and white space around it.
fn without_line_ends(file: &[u8]) -> Vec<u8> {
    file.iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect()
}
