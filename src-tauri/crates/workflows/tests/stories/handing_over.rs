//! Handing over, and the mark that it is still to be done.

use workflows::service;

use crate::bench::Bench;

#[tokio::test]
async fn a_new_key_is_marked_until_it_is_handed_over() {
    let bench = Bench::with_subaccounts(2).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let waiting = async || {
        let view = bench
            .workspace
            .subaccount(&made.account)
            .await
            .expect("the records can be read");
        view.row.not_handed_over
    };
    assert_eq!(waiting().await, 1);
    bench
        .workspace
        .postpone_hand_over(&made.key)
        .await
        .expect("it is recorded");
    assert_eq!(waiting().await, 1, "doing it later does not do it");
    bench
        .workspace
        .record_hand_over(&made.key, service("dicksonone"))
        .await
        .expect("it is recorded");
    assert_eq!(waiting().await, 0);
    let card = bench
        .workspace
        .hand_over_card(&made.key)
        .await
        .expect("the card is there");
    let hand_over = card.credential.handed_over.expect("it was handed over");
    assert_eq!(hand_over.service, "dicksonone");
}

#[tokio::test]
async fn a_card_names_the_customer_as_twilio_does_now() {
    let bench = Bench::with_subaccounts(2).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    let elsewhere = bench.elsewhere();
    elsewhere
        .rename_account(&made.account, "Acme International")
        .await
        .expect("it is renamed");
    bench
        .workspace
        .refresh_subaccount(&made.account)
        .await
        .expect("it is read");
    let card = bench
        .workspace
        .hand_over_card(&made.key)
        .await
        .expect("the card is there");
    assert_eq!(card.credential.account_name, "Acme International");
}
