//! After the keychain was emptied, the recovery passphrase puts everything back.

use vault::recovery::testing;
use vault::{Passphrase, RecoveryError, TypedPassphrase};
use workflows::{KeyState, Problem, PutBackReport};

use crate::bench::Bench;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("a passphrase")
}

/// An invented passphrase, and used for nothing else.
const GOOD: &str = "walnut ferry cobalt thursday";

fn typed(text: &str) -> TypedPassphrase {
    TypedPassphrase::new(text.to_owned()).expect("it may be tried")
}

fn good() -> Passphrase {
    passphrase(GOOD)
}

/// Two keys are saved, and then the keychain is emptied.
async fn emptied() -> (Bench, Vec<terms::KeySid>) {
    testing::quick();
    let bench = Bench::with_subaccounts(2).await;
    let acme = bench.create_subaccount("Acme").await.expect("it is made");
    let zenith = bench.create_subaccount("Zenith").await.expect("it is made");
    bench
        .workspace
        .set_passphrase(good())
        .await
        .expect("it is set");
    let keys = vec![acme.key, zenith.key];
    std::fs::remove_file(bench.keychain_file()).expect("the keychain's file is there");
    (bench.restart().await, keys)
}

#[tokio::test]
async fn a_passphrase_gives_every_secret_back_to_an_emptied_keychain() {
    let (bench, keys) = emptied().await;
    for key in &keys {
        assert!(!bench.saved_secret_works(key).await);
    }
    let report = bench
        .workspace
        .put_back_missing(typed(GOOD))
        .await
        .expect("it opens");
    let expected = PutBackReport {
        identity: true,
        secrets: 2,
        ..PutBackReport::default()
    };
    assert_eq!(report, expected);
    for key in &keys {
        assert!(bench.saved_secret_works(key).await);
        let card = bench
            .workspace
            .hand_over_card(key)
            .await
            .expect("it is saved");
        assert_eq!(card.state, KeyState::Saved);
        assert!(
            bench
                .keychain_items()
                .contains(&bench.item_named(&format!("API Secret {key}")))
        );
    }
    let again = bench
        .workspace
        .put_back_missing(typed(GOOD))
        .await
        .expect("it opens");
    assert_eq!(again, PutBackReport::default());
}

#[tokio::test]
async fn a_passphrase_that_is_set_is_not_replaced_by_a_second_first_one() {
    let (bench, _) = emptied().await;
    let workspace = &bench.workspace;
    let again = workspace.set_passphrase(passphrase("lantern orbit pickle museum"));
    let refused = again.await.expect_err("one is set");
    assert!(
        matches!(refused, Problem::Recovery(RecoveryError::WrongPassphrase)),
        "{refused:?}"
    );
    let known = workspace.check_passphrase(typed(GOOD)).await;
    known.expect("it is the one that was set");
}

#[tokio::test]
async fn a_wrong_passphrase_puts_nothing_back() {
    let (bench, _) = emptied().await;
    let wrong = bench
        .workspace
        .put_back_missing(typed("another passphrase altogether"))
        .await;
    assert!(
        matches!(
            wrong,
            Err(Problem::Recovery(RecoveryError::WrongPassphrase))
        ),
        "{wrong:?}"
    );
    assert!(
        bench.keychain_items().is_empty(),
        "{:?}",
        bench.keychain_items()
    );
}

#[tokio::test]
async fn what_a_full_keychain_does_not_take_stays_in_its_sealed_copy() {
    let (bench, keys) = emptied().await;
    bench.direct_keychain(&vault::keychain::file_store::Script {
        capacity: Some(2),
        ..Default::default()
    });
    let report = bench
        .workspace
        .put_back_missing(typed(GOOD))
        .await
        .expect("it opens");
    assert_eq!((report.secrets, report.sealed_only), (1, 1));
    for key in &keys {
        assert!(bench.saved_secret_works(key).await);
    }
}
