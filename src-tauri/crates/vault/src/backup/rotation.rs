//! Names of backups, and which of them stay.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Partial;
use super::known::{KnownBackups, Secrets};

/// On so many of the last days on which there was one, the last backup of the day is kept; of the newest day, all.
pub const DAYS: usize = 14;
/// In so many of the last weeks, the last of the week.
pub const WEEKS: usize = 8;
/// In so many of the last months, the last of the month.
pub const MONTHS: usize = 12;

/// The time in a name; no colons, which Windows does not allow, and no spaces, which a command line would want quoted.
const STAMP: &str = "%Y-%m-%dT%H-%M-%SZ";

/// Opening a backup takes a second: so many are opened to learn what they hold, the others the next time.
const OPENED_AT_ONCE: usize = 3;

/// The backups of one installation. Those of another in the same folder are another series, and are left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    prefix: String,
}

impl Series {
    /// The series of the data folder with this id in this [`installation`](super::installation); practice mode's is told apart by
    /// its name.
    pub fn of(folder_id: &str, installation: &str, practice: bool) -> Self {
        let id: String = folder_id.chars().take(4).collect();
        let kind = if practice {
            "practice-backup"
        } else {
            "backup"
        };
        Self {
            prefix: format!("Subvault-{kind}-{id}-{installation}-"),
        }
    }

    /// The name of a backup made at this time.
    pub fn name(&self, made_at: Timestamp) -> String {
        format!("{}{}.age", self.prefix, made_at.strftime(STAMP))
    }

    /// The backups of this series in a folder, oldest first. A folder that cannot be read has none.
    pub fn in_folder(&self, folder: &Path) -> Vec<(Timestamp, PathBuf)> {
        let mut found: Vec<_> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name();
                let stamp = name
                    .to_str()?
                    .strip_prefix(&self.prefix)?
                    .strip_suffix(".age")?;
                Some((made_at(stamp)?, entry.path()))
            })
            .collect();
        found.sort();
        found
    }

    /// What its backups are called while they are written.
    pub(super) fn partial(&self) -> Partial<'_> {
        Partial { kind: &self.prefix }
    }

    /// Removes what a backup left behind that was interrupted by a kill or a power cut. What cannot be removed is left.
    pub(super) fn remove_partials(&self, folder: &Path) {
        let partial = self.partial();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if partial.is(&entry.path()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Removes what is past its time, but never a backup with a secret that the newer ones lack, nor one of which that is not known.
    /// `newest` was made and compared just now and holds `secrets`. One that is dated after it was made while the clock was wrong, and
    /// stays. `open` finds out what a file holds.
    pub(super) fn rotate(
        &self,
        folder: &Path,
        newest: (Timestamp, &Path),
        secrets: &Secrets,
        known: &mut KnownBackups,
        open: impl Fn(&[u8]) -> Option<Secrets>,
    ) {
        let (now, newest) = newest;
        let mut backups = self.in_folder(folder);
        backups.retain(|(at, path)| *at <= now || path == newest);
        backups.reverse();
        let times: Vec<Timestamp> = backups.iter().map(|(at, _)| *at).collect();
        let in_time = in_time(&times);
        let mut covered = secrets.clone();
        let mut there = Vec::new();
        let mut opened = 0;
        for (place, (_, path)) in backups.iter().enumerate() {
            let Ok(bytes) = fs::read(path) else { continue };
            let stays = path == newest || in_time.contains(&place);
            if !stays && known.of(&bytes).is_none() && opened < OPENED_AT_ONCE {
                opened += 1;
                if let Some(secrets) = open(&bytes) {
                    known.note(&bytes, secrets);
                }
            }
            let holds = known.of(&bytes);
            let is_spare = holds.is_some_and(|holds| holds.is_subset(&covered));
            if !stays && is_spare && fs::remove_file(path).is_ok() {
                continue;
            }
            covered.extend(holds.into_iter().flatten().cloned());
            there.push(bytes);
        }
        known.keep_only(&there);
    }
}

/// Which of these times, newest first, are those of the last days, weeks and months on which there was a backup. Counted in such days,
/// and not back from today: a clock that is wrong for a while, or a computer that was off, makes none of them older.
fn in_time(times: &[Timestamp]) -> BTreeSet<usize> {
    let date = |at: Timestamp| TimeZone::UTC.to_datetime(at).date();
    let days = times.iter().map(|&at| date(at));
    let newest_day = days.clone().next();
    let of_newest_day = days
        .clone()
        .enumerate()
        .take_while(|(_, day)| Some(*day) == newest_day);
    let mut stay: BTreeSet<usize> = of_newest_day.map(|(place, _)| place).collect();
    stay.extend(firsts(days.clone(), DAYS));
    let weeks = days.clone().map(|day| {
        let week = day.iso_week_date();
        (week.year(), week.week())
    });
    stay.extend(firsts(weeks, WEEKS));
    stay.extend(firsts(days.map(|day| (day.year(), day.month())), MONTHS));
    stay
}

/// The places of the first of each of so many different spans.
fn firsts<Span: PartialEq>(spans: impl Iterator<Item = Span>, most: usize) -> Vec<usize> {
    let mut places = Vec::new();
    let mut last = None;
    for (place, span) in spans.enumerate() {
        if places.len() < most && last.as_ref() != Some(&span) {
            places.push(place);
            last = Some(span);
        }
    }
    places
}

/// When a file of this name was made, if it is a backup's name.
fn made_at(stamp: &str) -> Option<Timestamp> {
    jiff::fmt::strtime::parse(STAMP, stamp)
        .ok()?
        .to_datetime()
        .ok()
        .and_then(|time| TimeZone::UTC.to_timestamp(time).ok())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    /// A folder of files that say in the clear which secrets they hold, in the place of encrypted ones.
    struct Backups {
        folder: tempfile::TempDir,
        series: Series,
        known: KnownBackups,
    }

    impl Backups {
        fn none() -> Self {
            Self {
                folder: tempfile::tempdir().unwrap(),
                series: Series::of("k3f9x2abcd", "here", false),
                known: KnownBackups::default(),
            }
        }

        fn back_up(&mut self, at: Timestamp, secrets: &[u32]) {
            let path = self.folder.path().join(self.series.name(at));
            let secrets: Secrets = secrets.iter().map(u32::to_string).collect();
            let bytes = serde_json::to_vec(&(at, &secrets)).unwrap();
            fs::write(&path, &bytes).unwrap();
            self.known.note(&bytes, secrets.clone());
            let (folder, newest) = (self.folder.path(), (at, path.as_path()));
            self.series
                .rotate(folder, newest, &secrets, &mut self.known, opened);
        }

        fn there(&self) -> Vec<(String, Secrets)> {
            let found = self.series.in_folder(self.folder.path()).into_iter();
            found
                .map(|(at, path)| {
                    let secrets = opened(&fs::read(path).unwrap()).unwrap();
                    (at.strftime("%F").to_string(), secrets)
                })
                .collect()
        }
    }

    fn opened(bytes: &[u8]) -> Option<Secrets> {
        let (_, secrets): (Timestamp, Secrets) = serde_json::from_slice(bytes).ok()?;
        Some(secrets)
    }

    fn day(number: i64) -> Timestamp {
        let first: Timestamp = "2025-01-02T08:00:00Z".parse().unwrap();
        first + SignedDuration::from_hours(24 * number)
    }

    #[test]
    fn backups_are_kept_for_fourteen_days_eight_weeks_and_twelve_months() {
        let mut backups = Backups::none();
        for number in 0..545 {
            backups.back_up(day(number), &[1]);
        }
        let kept: Vec<String> = backups.there().into_iter().map(|(at, _)| at).collect();
        let last: Vec<String> = (531..545)
            .map(|number| day(number).strftime("%F").to_string())
            .collect();
        assert_eq!(kept[kept.len() - 14..], last, "each of the last 14 days");
        assert_eq!(last[13], "2026-06-30");
        let sundays = ["2026-05-17", "2026-05-24", "2026-05-31", "2026-06-07"];
        let ends = ["2025-07-31", "2025-10-31", "2026-02-28", "2026-04-30"];
        for date in sundays.iter().chain(&ends) {
            assert!(kept.iter().any(|kept| kept == date), "{date}: {kept:?}");
        }
        assert!(kept.len() <= DAYS + WEEKS + MONTHS, "{kept:?}");
        assert!(*kept[0] >= *"2025-07-31", "{kept:?}");
    }

    #[test]
    fn of_the_newest_day_all_stay_and_of_a_day_before_the_last() {
        let mut backups = Backups::none();
        for hour in 0..4 {
            backups.back_up(day(0) + SignedDuration::from_hours(hour), &[1]);
        }
        assert_eq!(backups.there().len(), 4);
        backups.back_up(day(1), &[1]);
        assert_eq!(backups.there().len(), 2);
    }

    #[test]
    fn a_file_that_does_not_open_is_not_known_and_stays() {
        let mut backups = Backups::none();
        let unknown = backups.folder.path().join(backups.series.name(day(0)));
        fs::write(&unknown, b"with another passphrase").unwrap();
        for number in 1..600 {
            backups.back_up(day(number), &[1]);
        }
        assert!(unknown.exists());
    }

    #[test]
    fn a_damaged_file_covers_nothing() {
        let mut backups = Backups::none();
        backups.back_up(day(0), &[1, 2]);
        backups.back_up(day(1), &[1, 2]);
        let later = backups.folder.path().join(backups.series.name(day(1)));
        fs::write(&later, b"bits have flipped in it").unwrap();
        for number in 2..600 {
            backups.back_up(day(number), &[1]);
        }
        let first = backups.folder.path().join(backups.series.name(day(0)));
        assert!(first.exists(), "it alone has the second secret now");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn whatever_is_backed_up_and_whenever_no_secret_goes_with_the_last_backup_that_holds_it(
            made in prop::collection::vec((-2000_i64..4000, prop::collection::vec(1..6_u32, 0..4)), 1..60),
            remembered in any::<bool>(),
        ) {
            let mut backups = Backups::none();
            let (mut at, mut all) = (day(0), Secrets::new());
            for (hours, secrets) in made {
                // The clock mostly goes on, and now and then it is set back.
                at += SignedDuration::from_hours(hours) + SignedDuration::from_secs(1);
                if !remembered {
                    backups.known = KnownBackups::default();
                }
                backups.back_up(at, &secrets);
                all.extend(secrets.iter().map(u32::to_string));
            }
            let found: Secrets = backups.there().into_iter().flat_map(|(_, secrets)| secrets).collect();
            prop_assert_eq!(found, all);
        }
    }
}
