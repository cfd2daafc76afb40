//! Which way a journal entry may go.

use std::collections::HashSet;

use terms::Tag;
use vault::{Intent, RecordsError, Stage};

use super::{subaccount_intent, take};
use crate::{account, key_intent, open};

/// A way to each stage of a key, and of a subaccount.
fn ways(is_key: bool) -> Vec<Vec<Stage>> {
    use Stage::*;
    if is_key {
        vec![
            vec![],
            vec![Sent],
            vec![Sent, Sealed],
            vec![Sent, Sealed, Kept],
            vec![Sent, Sealed, Kept, Renamed],
            vec![Sent, Sealed, Kept, Renamed, Committed],
            vec![Sent, NotCreated],
            vec![Sent, DeleteDue],
            vec![Sent, DeleteDue, Revoked],
        ]
    } else {
        vec![
            vec![],
            vec![Sent],
            vec![Sent, Adopted],
            vec![Sent, Adopted, Renamed],
            vec![Sent, Adopted, Renamed, Committed],
            vec![Sent, NotCreated],
        ]
    }
}

#[tokio::test]
async fn an_entry_goes_along_the_allowed_edges_and_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let mut number = 0;
    let mut taken = HashSet::new();
    for is_key in [true, false] {
        for way in ways(is_key) {
            for &to in Stage::ALL {
                number += 1;
                let intent = if is_key {
                    key_intent(number)
                } else {
                    subaccount_intent()
                };
                let mut entry = records
                    .plan(intent, account(0), Tag::random())
                    .await
                    .unwrap();
                for &stage in &way {
                    entry = take(&records, entry.id, number, stage).await.unwrap();
                }
                let allowed = entry.stage.may_become(to, &entry.intent);
                let answer = take(&records, entry.id, number, to).await;
                let after = records.entry(entry.id).await.unwrap();
                if allowed {
                    assert_eq!(
                        after.stage, to,
                        "{is_key} {:?} to {to:?}: {answer:?}",
                        entry.stage
                    );
                    taken.insert((is_key, entry.stage, to));
                } else {
                    assert!(
                        matches!(
                            answer,
                            Err(RecordsError::WrongStep { .. } | RecordsError::WrongEntry)
                        ),
                        "{is_key} {:?} to {to:?}: {answer:?}",
                        entry.stage
                    );
                    assert_eq!(after, entry, "a refused step changes nothing");
                }
            }
        }
    }
    let mut expected = HashSet::new();
    for is_key in [true, false] {
        let intent = if is_key {
            key_intent(1)
        } else {
            subaccount_intent()
        };
        for &from in Stage::ALL {
            expected.extend(
                Stage::ALL
                    .iter()
                    .filter(|to| from.may_become(**to, &intent))
                    .map(|to| (is_key, from, *to)),
            );
        }
    }
    assert_eq!(taken, expected, "every allowed edge was taken");
}

#[test]
fn the_allowed_edges_are_these() {
    use Stage::*;
    let edges = |intent: &Intent| -> Vec<(Stage, Vec<Stage>)> {
        let next = |from: Stage| {
            Stage::ALL
                .iter()
                .copied()
                .filter(move |to| from.may_become(*to, intent))
                .collect()
        };
        Stage::ALL
            .iter()
            .map(|from| (*from, next(*from)))
            .filter(|(_, to): &(_, Vec<_>)| !to.is_empty())
            .collect()
    };
    let of_a_key = vec![
        (Planned, vec![Sent, NotCreated]),
        (Sent, vec![Sealed, NotCreated, DeleteDue, Revoked]),
        (Sealed, vec![Kept, DeleteDue, Revoked]),
        (Kept, vec![Renamed, DeleteDue, Revoked]),
        (Renamed, vec![Committed, DeleteDue, Revoked]),
        (DeleteDue, vec![Sealed, Revoked]),
    ];
    assert_eq!(edges(&key_intent(1)), of_a_key);
    let of_a_subaccount = vec![
        (Planned, vec![Sent, NotCreated]),
        (Sent, vec![Adopted, NotCreated]),
        (Adopted, vec![Renamed]),
        (Renamed, vec![Committed]),
    ];
    assert_eq!(edges(&subaccount_intent()), of_a_subaccount);
}
