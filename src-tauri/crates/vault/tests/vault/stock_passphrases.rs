//! Other programs open our files with the very words that were typed here: the stock `age`, and KeePassXC.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

use vault::backup::{Document, Series, write};
use vault::export::{self, Exported};
use vault::recovery::testing;

use super::passphrases::passphrase;
use super::stock_age::typed;
use super::{account, key, secret};

/// Invented, and each with something that other programs, keyboards or Unicode itself make difficult.
const HARD: [&str; 27] = [
    "caf\u{e9} au lait d\u{e9}j\u{e0}",
    "Stra\u{df}e gro\u{df} wei\u{df}",
    "ma\u{f1}ana ni\u{f1}o",
    "walnut \u{1f600} ferry",
    "\u{1f469}\u{200d}\u{1f469}\u{200d}\u{1f467} family",
    "\u{1f44b}\u{1f3fd} hello \u{2764}\u{fe0f}",
    "\u{1f1e8}\u{1f1ed} \u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} flags",
    "12 m\u{b2} ferry",
    "10 \u{b5}m cobalt",
    "1\u{ba} thursday",
    "so it goes\u{2026}",
    "\u{bd} lantern",
    "no\u{a0}break\u{a0}here",
    "\u{ff37}\u{ff49}\u{ff44}\u{ff45} letters",
    "o\u{fb03}ce \u{fb01}re",
    "cafe\u{301} decomposed",
    "\u{d55c}\u{ad6d}\u{c5b4} \u{1112}\u{1161}\u{11ab}",
    "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{5e2}\u{5d5}\u{5dc}\u{5dd}",
    "q\u{307}\u{323} odd order",
    "\"double\" 'single' `back`",
    "back\\slash \\n $HOME %s",
    "-leading --dash",
    "\u{212b}ngstrom \u{212a}elvin",
    "two  spaces   inside",
    "\u{958} \u{1d160}",
    "\u{4e2d}\u{6587}\u{3000}\u{4e2d}\u{6587}",
];

/// The words as somebody types them who has only the recovery sheet: one form for each letter, whichever way it was typed here.
fn as_typed_elsewhere(words: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    words.nfc().collect()
}

#[test]
#[ignore = "needs the age program (Debian: apt-get install age)"]
fn the_age_program_opens_a_backup_with_the_very_words_however_hard_they_are() {
    testing::quick();
    let folder = tempfile::tempdir().unwrap();
    for (number, words) in HARD.into_iter().enumerate() {
        let place = folder.path().join(number.to_string());
        std::fs::create_dir(&place).unwrap();
        let document = Document::new(jiff::Timestamp::now());
        let series = Series::of("k3f9x2abcd", "here", false);
        let go_on = AtomicBool::new(false);
        let made = write(
            &place,
            &series,
            &passphrase(words),
            &document,
            &mut vault::backup::KnownBackups::default(),
            &go_on,
            &|_| {},
        )
        .unwrap();
        let command = format!("age --decrypt {}", made.path.display());
        let opened = typed(&as_typed_elsewhere(words), &command);
        assert!(opened.status.success(), "{words:?}: {opened:?}");
        let text = String::from_utf8_lossy(&opened.stdout).into_owned();
        assert!(
            text.contains("This is a backup of Subvault"),
            "{words:?}: {text}"
        );
    }
}

#[test]
#[ignore = "needs keepassxc-cli (Debian: apt-get install keepassxc)"]
fn keepassxc_opens_an_export_with_the_very_words_however_hard_they_are() {
    testing::quick();
    let folder = tempfile::tempdir().unwrap();
    let exported = Exported {
        account: account(1),
        account_name: "Acme".to_owned(),
        key: key(1),
        key_name: "Acme - DicksonOne".to_owned(),
        secret: secret("an invented secret"),
    };
    let exported = [exported];
    for (number, words) in HARD.into_iter().enumerate() {
        let path = folder.path().join(format!("{number}.kdbx"));
        std::fs::write(&path, export::kdbx(&exported, &passphrase(words)).unwrap()).unwrap();
        let mut shown = Command::new("keepassxc-cli")
            .args(["show", "-q", "-s", "-a", "Password"])
            .arg(&path)
            .arg("Subvault/Acme - DicksonOne")
            .env("QT_QPA_PLATFORM", "offscreen")
            // Where it takes what is typed for UTF-8, as a desktop does.
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("keepassxc-cli is installed");
        let line = format!("{}\n", as_typed_elsewhere(words));
        let stdin = shown.stdin.take();
        stdin.unwrap().write_all(line.as_bytes()).unwrap();
        let shown = shown.wait_with_output().unwrap();
        assert!(shown.status.success(), "{words:?}: {shown:?}");
        assert_eq!(shown.stdout, b"an invented secret\n", "{words:?}");
    }
}
