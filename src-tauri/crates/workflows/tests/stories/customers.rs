//! What is kept of a customer here, and that Twilio hears nothing of it.

use terms::AccountSid;
use workflows::Problem;
use workflows::view::SubaccountDetail;

use crate::bench::Bench;
use crate::two_computers::{Old, new_computer, the_good_one};

async fn read_once() -> (Bench, AccountSid) {
    let bench = Bench::with_subaccounts(3).await;
    bench.workspace.refresh().await.expect("it is read");
    let account = bench.some_subaccount();
    bench.practice.forget_requests();
    (bench, account)
}

async fn kept(bench: &Bench, account: &AccountSid) -> SubaccountDetail {
    bench.workspace.subaccount(account).await.expect("listed")
}

fn tags(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[tokio::test]
async fn a_number_tags_and_a_note_are_kept_over_a_restart_and_a_refresh_and_twilio_is_told_nothing()
{
    let (bench, account) = read_once().await;
    let given = tags(&["east", " vaccines\u{200b} ", "east", ""]);
    let keeping =
        bench
            .workspace
            .keep_customer(&account, " 10021 ", &given, "Call Dana first.\nThen Ben. ");
    keeping.await.expect("it is kept");
    assert!(bench.practice.requests().is_empty());
    let bench = bench.restart().await;
    bench.workspace.refresh().await.expect("it is read");
    let shown = kept(&bench, &account).await;
    assert_eq!(shown.row.customer_number, "10021");
    assert_eq!(shown.row.tags, tags(&["east", "vaccines"]));
    assert_eq!(shown.note, "Call Dana first.\nThen Ben.");
    let list = bench.workspace.list().await.expect("the list");
    let row = list.rows.iter().find(|row| row.sid == account);
    assert_eq!(row.expect("it is listed").customer_number, "10021");
}

#[tokio::test]
async fn what_is_longer_than_there_is_room_for_is_cut_and_what_is_emptied_is_gone() {
    let (bench, account) = read_once().await;
    let long = "x".repeat(70);
    let note = "y".repeat(5_000);
    let many: Vec<String> = (0..30).map(|number| format!("tag {number}")).collect();
    let keeping = bench.workspace.keep_customer(&account, &long, &many, &note);
    keeping.await.expect("it is kept");
    let shown = kept(&bench, &account).await;
    assert_eq!(shown.row.customer_number.len(), 64);
    assert_eq!(shown.row.tags.len(), 20);
    assert_eq!(shown.note.len(), 4_000);
    let emptied = bench.workspace.keep_customer(&account, " ", &[], " ").await;
    emptied.expect("it is kept");
    let customers = bench.workspace.records().customers().await;
    assert_eq!(customers, Ok(Vec::new()));
}

#[tokio::test]
async fn nothing_is_kept_of_what_is_no_subaccount_here() {
    let (bench, _) = read_once().await;
    let stranger = "AC00000000000000000000000000000099".parse().expect("a SID");
    let keeping = bench.workspace.keep_customer(&stranger, "1", &[], "").await;
    assert!(matches!(keeping, Err(Problem::UnknownHere)));
}

#[tokio::test]
async fn a_backup_brings_it_to_another_computer_where_what_is_kept_already_stays() {
    let old = Old::with_keys(&["Acme", "Zenith"]).await;
    let list = old.bench.workspace.list().await.expect("the list");
    let sid = |name: &str| {
        let row = list.rows.iter().find(|row| row.name == name);
        row.expect("it is listed").sid.clone()
    };
    let (acme, zenith) = (sid("Acme"), sid("Zenith"));
    for (account, number) in [(&acme, "10021"), (&zenith, "10044")] {
        let workspace = &old.bench.workspace;
        let east = tags(&["east"]);
        let keeping = workspace.keep_customer(account, number, &east, "Call Dana.");
        keeping.await.expect("it is kept");
    }
    let file = old.back_up().await.expect("it is written");
    let new = new_computer(&old).await;
    let restoring = new.workspace.restore_backup(file.clone(), the_good_one());
    restoring.await.expect("it is restored");
    let shown = kept(&new, &acme).await;
    assert_eq!(shown.row.customer_number, "10021");
    assert_eq!(
        (shown.row.tags, shown.note.as_str()),
        (tags(&["east"]), "Call Dana.")
    );
    let keeping = new.workspace.keep_customer(&acme, "7", &[], "");
    keeping.await.expect("it is kept");
    let restoring = new.workspace.restore_backup(file, the_good_one());
    restoring.await.expect("it is restored");
    assert_eq!(kept(&new, &acme).await.row.customer_number, "7");
    assert_eq!(kept(&new, &zenith).await.row.customer_number, "10044");
}
