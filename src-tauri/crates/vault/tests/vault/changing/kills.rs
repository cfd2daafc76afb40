//! A change that is killed on its way.

use std::collections::BTreeSet;
use std::fs;

use vault::points::{Point, When, die, when};
use vault::recovery::{self, testing};

use super::old_passphrase::found_with;
use super::{NEW, OLD, change, of, opened, used_folder};
use crate::again::{again, place};
use crate::keychain_in;
use crate::passphrases::{passphrase, typed};
use crate::reopening::{close, reopen};

const POINTS: [Point; 4] = [
    Point::BothIdentitiesSaved,
    Point::CopiesSealedAnew,
    Point::OlderCopiesRemoved,
    Point::OldIdentityRemoved,
];

#[tokio::test]
async fn a_change_that_is_killed_anywhere_leaves_every_secret_and_one_passphrase() {
    const TEST: &str =
        "changing::kills::a_change_that_is_killed_anywhere_leaves_every_secret_and_one_passphrase";
    if let Some(place) = place() {
        let point = fs::read_to_string(place.join("point")).unwrap();
        let point = POINTS
            .into_iter()
            .find(|known| known.name() == point)
            .unwrap();
        testing::quick();
        let (keychain, _) = keychain_in(&place.join("keychain.json"));
        let records = reopen(&place.join("records")).await.records;
        when(When::At(point, 1), die);
        change(&keychain, &records).await.unwrap();
        panic!("{} was not reached", point.name());
    }
    for (number, point) in POINTS.into_iter().enumerate() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("records");
        let (_, records) = used_folder(place.path()).await;
        close(records, &folder).await;
        fs::write(place.path().join("point"), point.name()).unwrap();
        let killed = again(&[], TEST, place.path()).output().unwrap();
        let told = String::from_utf8_lossy(&killed.stderr).into_owned();
        assert!(
            told.contains(&format!("killed at {}", point.name())),
            "{told}"
        );

        let (keychain, _) = keychain_in(&place.path().join("keychain.json"));
        let records = reopen(&folder).await.records;
        for number in 1..=3 {
            assert_eq!(
                opened(&keychain, &records, number).await.unwrap(),
                of(number),
                "{}",
                point.name()
            );
        }
        let is_changed = number > 0;
        let (words, other) = if is_changed { (NEW, OLD) } else { (OLD, NEW) };
        recovery::check(&records, typed(words)).await.unwrap();
        assert!(
            recovery::check(&records, typed(other)).await.is_err(),
            "{}",
            point.name()
        );
        assert_eq!(
            recovery::known(&keychain, &records).await.unwrap(),
            passphrase(words)
        );
        if !is_changed {
            change(&keychain, &records).await.unwrap();
        }
        recovery::finish(&keychain, &records).await.unwrap();
        assert_eq!(
            found_with(OLD, &folder),
            BTreeSet::new(),
            "{}",
            point.name()
        );
        for number in 1..=3 {
            assert_eq!(
                opened(&keychain, &records, number).await.unwrap(),
                of(number),
                "{}",
                point.name()
            );
        }
    }
}
