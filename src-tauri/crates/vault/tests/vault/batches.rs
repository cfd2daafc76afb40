use terms::Tag;
use vault::{BatchStage, RecordsError, Stage};

use super::{account, key_intent, open};

fn bodies(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("order {number}")).collect()
}

#[tokio::test]
async fn orders_are_kept_in_their_order_each_under_a_tag_of_its_own_until_they_are_discarded() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let planned = records
        .plan_batch(Some(account(0)), bodies(3))
        .await
        .unwrap();
    assert_eq!(
        records.batches().await.unwrap(),
        std::slice::from_ref(&planned)
    );
    let kept: Vec<_> = planned
        .items
        .iter()
        .map(|item| item.body.as_str())
        .collect();
    assert_eq!(kept, ["order 0", "order 1", "order 2"]);
    assert_ne!(planned.items[0].tag, planned.items[1].tag);
    records.begin_batch_item(planned.id, 1).await.unwrap();
    records
        .end_batch_item(planned.id, 1, "done".to_owned())
        .await
        .unwrap();
    let now = records.batch(planned.id).await.unwrap();
    let stages: Vec<_> = now.items.iter().map(|item| item.stage).collect();
    use BatchStage::{Ended, Waiting};
    assert_eq!(stages, [Waiting, Ended, Waiting]);
    assert_eq!(now.items[1].outcome.as_deref(), Some("done"));
    assert_eq!(
        records.begin_batch_item(planned.id, 1).await,
        Err(RecordsError::WrongEntry),
        "what has ended is not begun again"
    );
    records.discard_batch(planned.id).await.unwrap();
    assert_eq!(records.batches().await.unwrap(), []);
    assert_eq!(
        records.batch(planned.id).await,
        Err(RecordsError::WrongEntry)
    );
}

#[tokio::test]
async fn an_order_keeps_its_tag_unless_it_is_certain_that_nothing_was_made_under_it() {
    let folder = tempfile::tempdir().unwrap();
    let records = open(folder.path()).await;
    let batch = records.plan_batch(None, bodies(1)).await.unwrap();
    let begin = || records.begin_batch_item(batch.id, 0);
    let tag: Tag = begin().await.unwrap();
    assert_eq!(tag, batch.items[0].tag);
    let planned = records.plan(key_intent(5), account(0), tag.clone());
    let entry = planned.await.unwrap();
    assert_eq!(begin().await.unwrap(), tag);
    records.mark_sent(entry.id).await.unwrap();
    assert_eq!(begin().await.unwrap(), tag);
    let found = records.entry_tagged(tag.clone()).await.unwrap();
    assert_eq!(found.map(|entry| entry.id), Some(entry.id));
    records.advance(entry.id, Stage::NotCreated).await.unwrap();
    let another = begin().await.unwrap();
    assert_ne!(another, tag);
    assert_eq!(records.entry_tagged(another).await.unwrap(), None);
}
