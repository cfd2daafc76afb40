//! Backups: written, opened, compared, kept, and put back.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use proptest::prelude::*;
use terms::{AccountStatus, Tag};
use vault::backup::{
    BackupFile, BadDocument, Document, KeptCredential, KnownBackups, NotRestorable, Series, Stage,
    WriteError, gather, open as open_backup, restore, write,
};
use vault::recovery::{NotOpened, testing};
use vault::{
    HandOver, Kept, Keychain, Opener, Passphrase, Records, Sealer, Subaccount, TypedPassphrase,
};

#[cfg(unix)]
use super::again::{again, place, run_again};
use super::{account, api_secret, key, key_intent, keychain_in, open, secret, time};

pub(crate) const PASSPHRASE: &str = "walnut ferry cobalt thursday";

pub(crate) fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("a passphrase")
}

pub(crate) fn typed(text: &str) -> TypedPassphrase {
    TypedPassphrase::new(text.to_owned()).expect("it may be tried")
}

fn series() -> Series {
    Series::of("k3f9x2abcd", "here", false)
}

/// A computer with a keychain and records.
pub(crate) struct Computer {
    _place: tempfile::TempDir,
    pub keychain: Keychain,
    pub records: Records,
    store: std::sync::Arc<vault::keychain::FileStore>,
}

impl Computer {
    pub async fn empty() -> Self {
        testing::quick();
        let place = tempfile::tempdir().unwrap();
        let (keychain, store) = keychain_in(&place.path().join("keychain.json"));
        let records = open(&place.path().join("records")).await;
        Self {
            _place: place,
            keychain,
            records,
            store,
        }
    }

    pub async fn with_keys(numbers: std::ops::RangeInclusive<u32>) -> Self {
        let computer = Self::empty().await;
        for number in numbers {
            computer.keep(number).await;
        }
        computer
    }

    async fn keep(&self, number: u32) {
        let row = Subaccount {
            parent: Some(account(1_000)),
            account: account(number),
            name: format!("Customer {number}"),
            status: AccountStatus::Active,
            created_at: Some(time("2026-01-01T00:00:00Z")),
            missing_since: None,
        };
        let seen = time("2026-02-01T00:00:00Z");
        self.records.upsert_subaccount(row, seen).await.unwrap();
        let sealer = Sealer::for_folder(&self.keychain, &self.records)
            .await
            .unwrap();
        let entry = self
            .records
            .plan(key_intent(number), account(999), Tag::random())
            .await
            .unwrap();
        self.records.mark_sent(entry.id).await.unwrap();
        let copy = sealer
            .seal(&kept_secret(number), &account(number), &key(number))
            .unwrap();
        self.records.seal(entry.id, copy).await.unwrap();
        self.keychain
            .save(&api_secret(number), &kept_secret(number))
            .await
            .unwrap();
        self.records
            .mark_kept(key(number), Kept::InKeychain)
            .await
            .unwrap();
    }

    pub async fn gathered(&self) -> Document {
        gather(&self.keychain, &self.records, Timestamp::now())
            .await
            .unwrap()
    }

    pub async fn restore(&self, document: &Document) -> vault::backup::Restored {
        let sealer = Sealer::for_folder(&self.keychain, &self.records)
            .await
            .unwrap();
        let opener = self.opener().await;
        restore(&self.records, &sealer, &opener, document, Timestamp::now())
            .await
            .unwrap()
    }

    async fn opener(&self) -> Opener {
        let folder = self.records.sealing().await.unwrap().id;
        Opener::for_folder(&self.keychain, &folder).await.unwrap()
    }

    async fn opened(&self, number: u32) -> terms::Secret {
        let copy = self.records.sealed_copy(key(number)).await.unwrap();
        self.opener().await.open(&copy.unwrap()).unwrap()
    }
}

fn kept_secret(number: u32) -> terms::Secret {
    secret(&format!("invented-{number}-secret"))
}

fn write_to(folder: &Path, document: &Document) -> Result<BackupFile, WriteError> {
    testing::quick();
    let stop = AtomicBool::new(false);
    write(
        folder,
        &series(),
        &passphrase(PASSPHRASE),
        document,
        &mut KnownBackups::default(),
        &stop,
        &|_| {},
    )
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_holds_everything_but_the_auth_token_and_opens_again() {
    let computer = Computer::with_keys(1..=3).await;
    let hand_over = HandOver {
        at: time("2026-03-01T10:00:00Z"),
        service: "DicksonOne".to_owned(),
    };
    computer
        .records
        .record_hand_over(key(2), hand_over)
        .await
        .unwrap();
    let preferences = computer.records.set_preference("preferences", "{}").await;
    preferences.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &computer.gathered().await).unwrap();
    let opened = open_backup(&BackupFile::read(&made.path).unwrap(), &typed(PASSPHRASE))
        .unwrap()
        .document;
    assert_eq!((opened.subaccounts.len(), opened.secrets()), (3, 3));
    assert_eq!(opened.credentials[1].api_secret, Some(kept_secret(2)));
    assert_eq!(
        opened.credentials[1].handed_over_to.as_deref(),
        Some("DicksonOne")
    );
    assert!(opened.activity.iter().any(|one| one.what == "handed_over"));
    assert_eq!(
        opened.preferences.get("preferences").map(String::as_str),
        Some("{}")
    );
    let json = String::from_utf8(opened.to_json().unwrap().to_vec()).unwrap();
    assert!(
        json.starts_with("{\n  \"README\": ["),
        "a person sees first what this is"
    );
}

#[tokio::test]
async fn a_secret_whose_sealed_copy_does_not_open_comes_from_the_keychain() {
    let computer = Computer::with_keys(1..=1).await;
    let stranger = super::sealer();
    let copy = stranger
        .seal(&kept_secret(7), &account(1), &key(1))
        .unwrap();
    computer
        .records
        .replace_sealed_copy(copy, Timestamp::now())
        .await
        .unwrap();
    let document = computer.gathered().await;
    assert_eq!(document.credentials[0].api_secret, Some(kept_secret(1)));
}

#[tokio::test]
async fn a_backup_is_readable_by_its_owner_only_and_leaves_nothing_else_behind() {
    let computer = Computer::with_keys(1..=1).await;
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &computer.gathered().await).unwrap();
    assert_eq!(names(folder.path()).len(), 1);
    assert_eq!(made.size, fs::metadata(&made.path).unwrap().len());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&made.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let bytes = fs::read(&made.path).unwrap();
    assert!(!bytes.windows(8).any(|window| window == b"invented"));
}

#[tokio::test]
async fn backups_of_another_installation_and_other_files_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let others = [
        "Subvault-backup-zzzz-here-2020-01-01T00-00-00Z.age",
        "Subvault-backup-k3f9-there-2020-01-01T00-00-00Z.age",
        "Subvault-backup-k3f9-2020-01-01T00-00-00Z.age",
        "holiday.age",
    ];
    for other in others {
        fs::write(folder.path().join(other), b"x").unwrap();
    }
    for month in 1..=24 {
        let at = format!(
            "20{:02}-{:02}-02T08:00:00Z",
            26 + month / 12,
            month % 12 + 1
        );
        write_to(folder.path(), &Document::new(time(&at))).unwrap();
    }
    assert_eq!(series().in_folder(folder.path()).len(), vault::backup::DAYS);
    for other in others {
        assert!(folder.path().join(other).exists(), "{other}");
    }
}

#[tokio::test]
async fn a_clock_that_was_set_back_does_not_cost_the_backup_just_made() {
    let folder = tempfile::tempdir().unwrap();
    for day in 1..=14 {
        let at = time(&format!("2030-01-{day:02}T08:00:00Z"));
        write_to(folder.path(), &Document::new(at)).unwrap();
    }
    let made = write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    assert!(made.path.exists());
    assert_eq!(names(folder.path()).len(), 15);
}

#[tokio::test]
async fn two_backups_within_a_second_are_two_files() {
    let folder = tempfile::tempdir().unwrap();
    for number in [1, 2] {
        write_to(folder.path(), &holding("2026-01-01T08:00:00Z", &[number])).unwrap();
    }
    assert_eq!(names(folder.path()).len(), 2);
}

/// A document with the secrets of these keys.
fn holding(at: &str, numbers: &[u32]) -> Document {
    let mut document = Document::new(time(at));
    document.credentials = numbers
        .iter()
        .map(|&number| KeptCredential {
            parent_account_sid: None,
            region: terms::Region::Us1,
            account_sid: account(number),
            account_name: format!("Customer {number}"),
            api_key_sid: key(number),
            api_key_name: format!("Customer {number} - DicksonOne"),
            api_secret: Some(kept_secret(number)),
            created_at: time("2026-01-01T00:00:00Z"),
            proved_at: None,
            handed_over_at: None,
            handed_over_to: None,
            postponed_at: None,
            removed_at_twilio: None,
        })
        .collect();
    document
}

/// The times in the names of the backups that are there, oldest first.
fn dates(folder: &Path) -> Vec<String> {
    let found = series().in_folder(folder);
    found
        .iter()
        .map(|(at, _)| at.strftime("%F").to_string())
        .collect()
}

#[tokio::test]
async fn a_backup_that_holds_a_secret_which_the_newer_ones_lack_stays_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let full = write_to(folder.path(), &holding("2026-01-01T08:00:00Z", &[1, 2, 3])).unwrap();
    let start = time("2026-01-02T08:00:00Z");
    for day in 0..20 {
        let at = (start + jiff::SignedDuration::from_hours(24 * day)).to_string();
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    assert!(full.path.exists());
    // Once a newer one has them too, it goes with its time.
    write_to(folder.path(), &holding("2026-03-20T08:00:00Z", &[1, 2, 3])).unwrap();
    let later = time("2027-06-01T08:00:00Z");
    for month in 0..14 {
        let at = (later + jiff::SignedDuration::from_hours(31 * 24 * month)).to_string();
        write_to(folder.path(), &holding(&at, &[1, 2, 3])).unwrap();
    }
    assert!(!full.path.exists());
}

#[tokio::test]
async fn a_clock_that_was_once_ahead_costs_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    for day in 1..=14 {
        let at = format!("2026-01-{day:02}T08:00:00Z");
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    for day in 1..=20 {
        let at = format!("2031-05-{day:02}T08:00:00Z");
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    let kept = dates(folder.path());
    assert!(kept.iter().any(|date| date == "2026-01-14"), "{kept:?}");
    for day in 15..=28 {
        let at = format!("2026-01-{day:02}T08:00:00Z");
        write_to(folder.path(), &holding(&at, &[1])).unwrap();
    }
    let kept = dates(folder.path());
    for day in 15..=28 {
        let date = format!("2026-01-{day:02}");
        assert!(kept.contains(&date), "{date}: {kept:?}");
    }
}

#[tokio::test]
async fn a_stopped_backup_leaves_nothing_behind_and_earlier_ones_as_they_are() {
    let computer = Computer::with_keys(1..=1).await;
    let folder = tempfile::tempdir().unwrap();
    let earlier = write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    let document = computer.gathered().await;
    for at in [Stage::Encrypting, Stage::Writing] {
        let stop = AtomicBool::new(false);
        let tell = |stage| {
            if stage == at {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let stopped = write(
            folder.path(),
            &series(),
            &passphrase(PASSPHRASE),
            &document,
            &mut KnownBackups::default(),
            &stop,
            &tell,
        );
        assert_eq!(stopped, Err(WriteError::Stopped), "{at:?}");
        assert_eq!(names(folder.path()).len(), 1, "{at:?}");
        assert!(earlier.path.exists());
    }
}

#[tokio::test]
async fn a_file_that_reads_back_otherwise_is_not_counted_as_a_backup() {
    testing::quick();
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_owned();
    let spoil = move |stage| {
        if stage == Stage::Comparing {
            let (_, path) = series().in_folder(&place).pop().unwrap();
            let mut bytes = fs::read(&path).unwrap();
            let last = bytes.len() - 1;
            bytes[last] ^= 1;
            fs::write(&path, bytes).unwrap();
        }
    };
    let written = write(
        folder.path(),
        &series(),
        &passphrase(PASSPHRASE),
        &Document::new(Timestamp::now()),
        &mut KnownBackups::default(),
        &AtomicBool::new(false),
        &spoil,
    );
    assert_eq!(written, Err(WriteError::NotTheSame));
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_folder_that_is_gone_or_is_a_file_is_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let document = Document::new(Timestamp::now());
    assert_eq!(
        write_to(&folder.path().join("gone"), &document),
        Err(WriteError::FolderMissing)
    );
    let file = folder.path().join("a file");
    fs::write(&file, b"x").unwrap();
    assert_eq!(write_to(&file, &document), Err(WriteError::NotAFolder));
}

/// A process of nobody's, to whom the rights of a folder mean something: the superuser may open everything.
#[cfg(target_os = "linux")]
const NOBODY: [&str; 5] = [
    "setpriv",
    "--reuid=65534",
    "--regid=65534",
    "--clear-groups",
    "--no-new-privs",
];

/// Runs a test again as somebody to whom rights mean something, in a folder of theirs with this mode.
#[cfg(target_os = "linux")]
fn as_nobody(test: &str, mode: u32) {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("vault tests");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let place = folder.path().join("place");
    fs::create_dir(&place).unwrap();
    fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
    let wrapper: &[&str] = match chown(&place, Some(65_534), Some(65_534)) {
        Ok(()) => &NOBODY,
        Err(_) => &[],
    };
    super::again::run_again(super::again::again_as(&program, wrapper, test, &place));
    if !wrapper.is_empty() {
        assert_eq!(series().in_folder(&place).len(), 2);
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_folder_that_takes_files_and_does_not_open_takes_backups_that_are_compared() {
    let Some(folder) = place() else {
        let test =
            "backup::a_folder_that_takes_files_and_does_not_open_takes_backups_that_are_compared";
        return as_nobody(test, 0o300);
    };
    assert!(fs::read_dir(&folder).is_err(), "it does not open");
    for day in 1..=2 {
        let at = time(&format!("2026-01-0{day}T08:00:00Z"));
        let made = write_to(&folder, &Document::new(at)).unwrap();
        assert!(!made.settled, "that it reached the disk is not known");
        let bytes = BackupFile::read(&made.path).unwrap();
        open_backup(&bytes, &typed(PASSPHRASE)).unwrap();
    }
}

#[tokio::test]
async fn a_name_that_is_too_long_is_told_as_that() {
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("x".repeat(400));
    let written = write_to(&long, &Document::new(Timestamp::now()));
    let expected = if cfg!(windows) {
        WriteError::FolderMissing
    } else {
        WriteError::PathTooLong
    };
    assert_eq!(written, Err(expected));
}

/// No file may be larger than nothing, which is told in the same way as a full disk.
#[cfg(unix)]
const NO_ROOM: [&str; 3] = ["sh", "-c", r#"trap "" XFSZ; ulimit -f 0; exec "$0" "$@""#];

#[cfg(unix)]
#[tokio::test]
async fn a_full_disk_is_said_so_and_leaves_nothing_behind() {
    let Some(folder) = place() else {
        let folder = tempfile::tempdir().unwrap();
        let test = "backup::a_full_disk_is_said_so_and_leaves_nothing_behind";
        return run_again(again(&NO_ROOM, test, folder.path()));
    };
    let written = write_to(&folder, &Document::new(time("2026-01-01T08:00:00Z")));
    assert_eq!(written, Err(WriteError::DiskFull));
    assert!(names(&folder).is_empty());
}

#[cfg(unix)]
#[tokio::test]
async fn what_somebody_put_where_a_backup_is_about_to_be_written_gets_nothing_of_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let victim = folder.path().join("somebody else's");
    fs::write(&victim, b"as it was").unwrap();
    for day in 1..=2 {
        let at = time(&format!("2026-01-0{day}T08:00:00Z"));
        let partial = format!(".{}.unfinished", series().name(at));
        let partial = folder.path().join(partial);
        if day == 1 {
            fs::write(&partial, b"planted").unwrap();
            fs::set_permissions(&partial, fs::Permissions::from_mode(0o644)).unwrap();
        } else {
            std::os::unix::fs::symlink(&victim, &partial).unwrap();
        }
        let made = write_to(folder.path(), &Document::new(at)).unwrap();
        let found = fs::symlink_metadata(&made.path).unwrap();
        assert!(found.is_file());
        assert_eq!(found.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read(&victim).unwrap(), b"as it was");
    }
}

#[tokio::test]
async fn what_an_interrupted_backup_left_behind_is_removed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder
        .path()
        .join(".Subvault-backup-k3f9-here-k3f9x2abcd.unfinished");
    let others = [
        ".Subvault-backup-zzzz-k3f9x2abcd.unfinished",
        ".Subvault-backup-k3f9-here-mine.unfinished",
    ];
    fs::write(&left, b"half of it").unwrap();
    for other in others {
        fs::write(folder.path().join(other), b"x").unwrap();
    }
    write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    assert!(!left.exists());
    assert_eq!(names(folder.path()).len(), 3);
}

#[tokio::test]
async fn one_item_that_another_program_changed_does_not_keep_the_others_out_of_a_backup() {
    let computer = Computer::with_keys(1..=2).await;
    let stranger = super::sealer();
    let copy = stranger
        .seal(&kept_secret(1), &account(1), &key(1))
        .unwrap();
    computer
        .records
        .replace_sealed_copy(copy, Timestamp::now())
        .await
        .unwrap();
    computer
        .store
        .overwrite_with("vault tests", &api_secret(1).name(), &api_secret(2).name())
        .unwrap();
    let document = computer.gathered().await;
    assert_eq!(document.credentials[0].api_secret, None);
    assert_eq!(document.credentials[1].api_secret, Some(kept_secret(2)));
}

#[tokio::test]
async fn an_empty_computer_gets_everything_back() {
    let old = Computer::with_keys(1..=5).await;
    let document = old.gathered().await;
    let new = Computer::empty().await;
    let restored = new.restore(&document).await;
    assert_eq!((restored.credentials, restored.already_here), (5, 0));
    for number in 1..=5 {
        assert_eq!(new.opened(number).await, kept_secret(number));
        let credential = new.records.credential(key(number)).await.unwrap().unwrap();
        assert_eq!(credential.account_name, format!("Customer {number}"));
    }
    assert_eq!(new.records.subaccounts().await.unwrap().0.len(), 5);
    assert_eq!(new.records.proofs_due().await.unwrap().len(), 5);
    assert_eq!(
        new.records.activity(None, 99).await.unwrap().len(),
        old.records.activity(None, 99).await.unwrap().len()
    );
    let again = new.restore(&document).await;
    assert_eq!((again.credentials, again.already_here), (0, 5));
}

#[tokio::test]
async fn a_key_that_belongs_to_another_customer_here_gets_nothing_out_of_a_backup() {
    let computer = Computer::with_keys(1..=1).await;
    let before = computer.records.credential(key(1)).await.unwrap();
    let lost = super::sealer()
        .seal(&kept_secret(1), &account(1), &key(1))
        .unwrap();
    let at = Timestamp::now();
    computer
        .records
        .replace_sealed_copy(lost.clone(), at)
        .await
        .unwrap();
    let mut document = holding("2026-03-01T10:00:00Z", &[1]);
    document.credentials[0].account_sid = account(2);
    computer.restore(&document).await;
    assert_eq!(computer.records.credential(key(1)).await.unwrap(), before);
    let copy = computer.records.sealed_copy(key(1)).await.unwrap();
    assert_eq!(copy, Some(lost), "the copy stays that of its own customer");
    assert_eq!(computer.records.proofs_due().await.unwrap(), []);
}

#[tokio::test]
async fn of_a_key_that_a_backup_holds_for_two_customers_neither_gets_the_others_secret() {
    let computer = Computer::empty().await;
    let mut document = holding("2026-03-01T10:00:00Z", &[1, 2]);
    document.credentials[1].api_key_sid = key(1);
    computer.restore(&document).await;
    let credential = computer.records.credential(key(1)).await.unwrap().unwrap();
    let copy = computer.records.sealed_copy(key(1)).await.unwrap().unwrap();
    assert_eq!(&credential.account, copy.account());
    assert_eq!(computer.opened(1).await, kept_secret(1));
}

#[tokio::test]
async fn what_is_newer_here_is_not_overwritten() {
    let computer = Computer::with_keys(1..=1).await;
    let at = |text: &str| HandOver {
        at: time(text),
        service: text.to_owned(),
    };
    let records = &computer.records;
    records
        .record_hand_over(key(1), at("2026-03-01T10:00:00Z"))
        .await
        .unwrap();
    records
        .mark_proved(key(1), time("2026-03-01T10:00:00Z"))
        .await
        .unwrap();
    let document = computer.gathered().await;
    records
        .record_hand_over(key(1), at("2026-05-01T10:00:00Z"))
        .await
        .unwrap();
    records
        .mark_proved(key(1), time("2026-05-01T10:00:00Z"))
        .await
        .unwrap();
    let renamed = Subaccount {
        parent: None,
        account: account(1),
        name: "Renamed since".to_owned(),
        status: AccountStatus::Suspended,
        created_at: None,
        missing_since: None,
    };
    records
        .upsert_subaccount(
            renamed,
            Timestamp::now() + jiff::SignedDuration::from_hours(1),
        )
        .await
        .unwrap();
    records
        .set_preference("preferences", "newer")
        .await
        .unwrap();
    let before = records.credential(key(1)).await.unwrap();
    computer.restore(&document).await;
    assert_eq!(records.credential(key(1)).await.unwrap(), before);
    assert_eq!(
        records.subaccounts().await.unwrap().0[0].name,
        "Renamed since"
    );
    assert_eq!(
        records.preference("preferences").await.unwrap().as_deref(),
        Some("newer")
    );
}

#[tokio::test]
async fn a_newer_hand_over_comes_out_of_the_backup() {
    let computer = Computer::with_keys(1..=1).await;
    let mut document = computer.gathered().await;
    document.credentials[0].handed_over_at = Some(time("2026-05-01T10:00:00Z"));
    document.credentials[0].handed_over_to = Some("n8n".to_owned());
    document.credentials[0].proved_at = Some(time("2026-05-02T10:00:00Z"));
    computer.restore(&document).await;
    let credential = computer.records.credential(key(1)).await.unwrap().unwrap();
    assert_eq!(credential.handed_over.unwrap().service, "n8n");
    assert_eq!(credential.proved_at, Some(time("2026-05-02T10:00:00Z")));
}

#[tokio::test]
async fn a_secret_that_was_lost_here_comes_back_and_one_that_is_here_stays() {
    let computer = Computer::with_keys(1..=2).await;
    let mut document = computer.gathered().await;
    document.credentials[1].api_secret = Some(secret("another secret for the same key"));
    let stranger = super::sealer();
    let lost = stranger
        .seal(&kept_secret(1), &account(1), &key(1))
        .unwrap();
    computer
        .records
        .replace_sealed_copy(lost, Timestamp::now())
        .await
        .unwrap();
    let restored = computer.restore(&document).await;
    assert_eq!((restored.credentials, restored.already_here), (1, 1));
    assert_eq!(computer.opened(1).await, kept_secret(1));
    assert_eq!(computer.opened(2).await, kept_secret(2));
}

#[tokio::test]
async fn a_thousand_keys_are_gathered_written_and_restored() {
    let computer = Computer::with_keys(1..=1).await;
    let mut document = computer.gathered().await;
    for number in 2..=1_000 {
        let mut one: vault::backup::KeptCredential =
            serde_json::from_value(serde_json::to_value(&document.credentials[0]).unwrap())
                .unwrap();
        one.account_sid = account(number);
        one.api_key_sid = key(number);
        one.api_secret = Some(kept_secret(number));
        document.credentials.push(one);
    }
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &document).unwrap();
    let bytes = BackupFile::read(&made.path).unwrap();
    let opened = open_backup(&bytes, &typed(PASSPHRASE)).unwrap().document;
    let new = Computer::empty().await;
    assert_eq!(new.restore(&opened).await.credentials, 1_000);
    assert_eq!(new.opened(777).await, kept_secret(777));
}

pub(crate) fn a_backup() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let made = write_to(folder.path(), &Document::new(time("2026-01-01T08:00:00Z"))).unwrap();
    fs::read(made.path).unwrap()
}

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
    let to_a_key = super::sealed(1);
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
