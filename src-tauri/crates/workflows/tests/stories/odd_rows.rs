//! Rows of Twilio's lists that are not as they should be: each costs itself alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use practice::{Fault, OddFields, Rule};
use terms::AccountSid;
use workflows::view::{FailureKind, ListOddities};
use workflows::{ExportFormat, News, OperationKind, Refresh, Step};

use crate::bench::Bench;
use crate::two_computers::{Old, new_computer, the_good_one};

/// The list of subaccounts, without anything else.
const LIST: &str = "/2010-04-01/Accounts.json";

fn fields(given: &[(&str, &str)]) -> OddFields {
    given
        .iter()
        .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
        .collect()
}

fn odd(rows: impl IntoIterator<Item = (String, OddFields)>) -> Fault {
    Fault::OddRows {
        rows: rows.into_iter().collect::<BTreeMap<_, _>>(),
    }
}

/// Reads the list and nothing more.
async fn read_list(bench: &Bench) {
    let workspace = Arc::clone(&bench.workspace);
    let reading = bench.workspace.refresh().told_to(move |news| {
        if matches!(
            news,
            News::Progress {
                step: Step::ReadDetails,
                ..
            }
        ) {
            workspace.stop_all(OperationKind::Refresh);
        }
    });
    reading.await.expect("the list is read");
}

/// The first so many subaccounts of the made-up Twilio.
fn subaccounts(bench: &Bench, count: usize) -> Vec<String> {
    let parent = bench.practice.parent().account_sid;
    let accounts = bench.practice.state().accounts;
    let sids = accounts.into_iter().map(|account| account.sid);
    sids.filter(|sid| *sid != parent).take(count).collect()
}

#[tokio::test]
async fn of_a_thousand_subaccounts_five_are_odd_and_995_are_as_they_are() {
    let bench = Bench::with_subaccounts(1_000).await;
    read_list(&bench).await;
    let before = known(&bench).await;
    let sids = subaccounts(&bench, 5);
    let long = format!("\"{}\"", "Kiosk ".repeat(1_700));
    let ways = [
        fields(&[("friendly_name", r#""Kiosk \ud83d""#)]),
        fields(&[
            ("friendly_name", "12"),
            ("status", "7"),
            ("owner_account_sid", "null"),
        ]),
        fields(&[("friendly_name", "")]),
        fields(&[("friendly_name", &long), ("date_created", "1700000000")]),
        fields(&[("friendly_name", r#""Kiosk\u0007\u202e""#), ("type", "{}")]),
    ];
    let rows = sids.iter().cloned().zip(ways);
    bench
        .practice
        .faults()
        .inject(Rule::new(odd(rows)).on("GET", LIST));
    read_list(&bench).await;
    let after = known(&bench).await;
    assert_eq!(after.len(), 1_000);
    let others = |rows: &[vault::Subaccount]| -> Vec<vault::Subaccount> {
        let mut others: Vec<_> = rows
            .iter()
            .filter(|one| !sids.iter().any(|sid| sid == one.account.as_str()))
            .cloned()
            .collect();
        others.sort_by(|one, other| one.account.cmp(&other.account));
        others
    };
    assert_eq!(others(&after).len(), 995);
    assert_eq!(others(&after), others(&before));
    let of = |rows: &[vault::Subaccount], sid: &str| {
        let row = rows.iter().find(|row| row.account.as_str() == sid);
        row.expect("it is listed").name.clone()
    };
    let name_of = |sid: &str| of(&after, sid);
    assert_eq!(name_of(&sids[0]), "Kiosk \u{fffd}");
    assert_eq!(name_of(&sids[1]), "12");
    assert_eq!(name_of(&sids[2]), of(&before, &sids[2]));
    assert!(name_of(&sids[3]).chars().count() <= 256);
    assert_eq!(name_of(&sids[4]), "Kiosk\u{7}\u{202e}");
}

#[tokio::test]
async fn the_odd_name_of_the_account_itself_keeps_nobody_from_connecting() {
    for name in [r#""Main \udc00""#, "null", "7", "{}", r#""\u0000""#] {
        let bench = Bench::unconnected(practice::Settings {
            subaccounts: 3,
            ..Default::default()
        })
        .await;
        let parent = bench.practice.parent().account_sid;
        let rows = [(parent, fields(&[("friendly_name", name), ("type", "null")]))];
        bench.practice.faults().inject(Rule::new(odd(rows)));
        bench.connect().await;
        read_list(&bench).await;
        let lines = bench.workspace.list().await.expect("the records").rows;
        assert_eq!(lines.len(), 3, "{name}");
    }
}

#[tokio::test]
async fn a_row_whose_sid_cannot_be_read_makes_no_subaccount_and_no_key_one_that_is_gone() {
    let bench = Bench::with_subaccounts(5).await;
    let made = bench.create_subaccount("Acme").await.expect("it is made");
    bench.later(jiff::SignedDuration::from_mins(10));
    let refresh = || async {
        let read = bench.workspace.refresh().await;
        read.expect("everything is read");
    };
    refresh().await;
    let sids = subaccounts(&bench, 1);
    let no_sid = || fields(&[("sid", "null")]);
    let rows = [
        (sids[0].clone(), no_sid()),
        (made.account.to_string(), no_sid()),
    ];
    let faults = bench.practice.faults();
    faults.inject(Rule::new(odd(rows)).on("GET", LIST));
    let rows = [(made.key.to_string(), no_sid())];
    faults.inject(Rule::new(odd(rows)).on("GET", "**/Keys.json"));
    refresh().await;
    let lines = bench.workspace.list().await.expect("the records").rows;
    assert_eq!(lines.len(), 6);
    for line in &lines {
        assert!(!line.gone, "{line:?}");
        assert_eq!(line.removed, 0, "{line:?}");
    }
    faults.clear();
    bench
        .elsewhere()
        .delete_key(&made.account, &made.key)
        .await
        .expect("it is deleted");
    refresh().await;
    let account: AccountSid = made.account;
    let view = bench.workspace.subaccount(&account).await;
    assert_eq!(
        view.expect("the records").row.removed,
        1,
        "a whole list is believed"
    );
}

#[tokio::test]
async fn the_list_says_how_many_rows_are_odd_and_names_those_that_it_cannot_show() {
    let bench = Bench::with_subaccounts(6).await;
    read_list(&bench).await;
    assert_eq!(oddities(&bench).await, None);
    let sids = subaccounts(&bench, 3);
    let rows = [
        (sids[0].clone(), fields(&[("friendly_name", r#""\ud83d""#)])),
        (sids[1].clone(), fields(&[("status", "{}")])),
        (
            sids[2].clone(),
            fields(&[("sid", "7"), ("friendly_name", r#""Kiosk 7""#)]),
        ),
    ];
    let faults = bench.practice.faults();
    faults.inject(Rule::new(odd(rows)).on("GET", LIST));
    read_list(&bench).await;
    let odd = ListOddities {
        shown: 2,
        without_sid: vec!["Kiosk 7".to_owned()],
        may_go_on: false,
    };
    assert_eq!(oddities(&bench).await, Some(odd));
    faults.clear();
    read_list(&bench).await;
    assert_eq!(oddities(&bench).await, None);
}

#[tokio::test]
async fn one_subaccount_whose_usage_twilio_refuses_for_ever_says_why_and_the_refresh_is_done() {
    for (path, status, code) in [
        ("Usage/**", 404, 20404),
        ("Usage/**", 401, 20003),
        ("Keys.json", 403, 20403),
        ("Keys.json", 400, 20001),
    ] {
        let bench = Bench::with_subaccounts(5).await;
        let unlucky = bench.some_subaccount();
        let before = bench.workspace.records().connection().await;
        assert_eq!(before.expect("the records").expect("it").refreshed_at, None);
        let refusal = Rule::new(Fault::Refusal { status, code });
        let path_of = format!("/2010-04-01/Accounts/{unlucky}/{path}");
        bench.practice.faults().inject(refusal.on("GET", &path_of));
        let outcome = bench.workspace.refresh().await;
        assert_eq!(outcome.expect(path), Refresh::Complete { unread: 0 });
        let connection = bench.workspace.records().connection().await;
        let connection = connection.expect("the records").expect("it is connected");
        assert!(
            connection.refreshed_at.is_some(),
            "{path}: it counts as done"
        );
        let lines = bench.workspace.list().await.expect("the records").rows;
        for line in lines {
            let is_unlucky = line.sid.as_str() == unlucky.as_str();
            assert_eq!(line.not_readable.is_some(), is_unlucky, "{path}");
            let Some(why) = line.not_readable else {
                continue;
            };
            let (refused, read) = if path == "Keys.json" {
                assert!(line.spend.is_some(), "the usage was read all the same");
                (why.keys, why.spend)
            } else {
                assert!(line.unsaved.is_some(), "the keys were read all the same");
                (why.spend, why.keys)
            };
            assert_eq!(refused.expect("why").code, Some(code), "{path}");
            assert_eq!(read, None, "{path}");
        }
        bench.practice.faults().clear();
        let account = bench.workspace.refresh_subaccount(&unlucky).await;
        account.expect("it can be read again");
        let view = bench.workspace.subaccount(&unlucky).await;
        assert_eq!(view.expect("the records").row.not_readable, None);
    }
}

#[tokio::test]
async fn odd_usage_of_one_subaccount_is_not_shown_as_nothing_spent() {
    let bench = Bench::with_subaccounts(3).await;
    let unlucky = bench.some_subaccount();
    let rows = [(
        format!("{unlucky} totalprice"),
        fields(&[("price", "null")]),
    )];
    bench.practice.faults().inject(Rule::new(odd(rows)));
    let outcome = bench.workspace.refresh().await;
    assert_eq!(outcome.expect("all"), Refresh::Complete { unread: 0 });
    let view = bench.workspace.subaccount(&unlucky).await;
    let line = view.expect("the records").row;
    assert_eq!(line.spend, None);
    let why = line.not_readable.and_then(|what| what.spend);
    assert_eq!(why.expect("why").kind, FailureKind::UnreadableAnswer);
}

#[tokio::test]
async fn what_may_be_among_the_odd_rows_is_never_said_not_to_have_been_made() {
    for hidden in [
        fields(&[("friendly_name", "null")]),
        fields(&[("friendly_name", r#""Acme [saving \ud83d""#)]),
        fields(&[("sid", "null")]),
    ] {
        let bench = Bench::with_subaccounts(2).await;
        let lost = Rule::new(Fault::ResetAfter).on("POST", LIST).next(1);
        let faults = bench.practice.faults();
        faults.inject(lost);
        // The name is asked for first. The list lags behind afterwards, so that what was made is not found at once.
        faults.inject(Rule::new(Fault::Stale).on("GET", LIST).next(2));
        bench
            .create_subaccount("Acme")
            .await
            .expect_err("its reply was lost");
        let accounts = bench.practice.state().accounts;
        let made = accounts.last().expect("it was made").sid.clone();
        faults.clear();
        faults.inject(Rule::new(odd([(made, hidden)])).on("GET", LIST));
        for _ in 0..3 {
            bench.later(jiff::SignedDuration::from_mins(10));
            let reconciled = bench.workspace.reconcile().await.expect("it looks");
            assert_eq!((reconciled.not_created, reconciled.waiting), (0, 1));
        }
        faults.clear();
        let reconciled = bench.workspace.reconcile().await.expect("it looks");
        assert_eq!(reconciled.not_created, 0);
        let found = bench.accounts_named("Acme");
        assert_eq!(found.len(), 1, "it is found and named once it can be read");
        assert_eq!(bench.practice.state().subaccounts, 3, "and made once");
    }
}

#[tokio::test]
async fn what_was_never_made_is_found_out_beside_a_row_that_is_odd_since_long() {
    let bench = Bench::with_subaccounts(3).await;
    let sids = subaccounts(&bench, 1);
    let name = fields(&[("friendly_name", "null")]);
    let faults = bench.practice.faults();
    faults.inject(Rule::new(odd([(sids[0].clone(), name)])).on("GET", LIST));
    faults.inject(Rule::new(Fault::ResetBefore).on("POST", LIST).next(1));
    let waiting = bench.create_subaccount("Acme").await;
    waiting.expect_err("no answer came");
    bench.later(jiff::SignedDuration::from_mins(10));
    let reconciled = bench.workspace.reconcile().await.expect("it looks");
    assert_eq!(reconciled.not_created, 1);
}

/// The subaccounts in the records.
async fn known(bench: &Bench) -> Vec<vault::Subaccount> {
    let known = bench.workspace.records().subaccounts().await;
    known.expect("the records").0
}

/// What of Twilio's list was odd.
async fn oddities(bench: &Bench) -> Option<ListOddities> {
    bench.workspace.list().await.expect("the records").oddities
}

/// The names of all subaccounts, by their SIDs.
async fn names(bench: &Bench) -> BTreeMap<String, String> {
    let lines = bench.workspace.list().await.expect("the records").rows;
    let named = lines
        .into_iter()
        .map(|line| (line.sid.to_string(), line.name));
    named.collect()
}

#[tokio::test]
async fn odd_names_go_through_a_backup_and_an_export_as_they_are_shown() {
    let old = Old::with_keys(&["One", "Two", "Three", "Four"]).await;
    let long = format!("\"{}\"", "\u{1f9ca}".repeat(2_500));
    let odd_names = [
        ("One", r#""Kiosk \ud83d""#),
        ("Two", r#""\u0000bell\u0007\u202egnorw""#),
        ("Three", r#""=cmd(\"x\"),\n<b>second</b> line""#),
        ("Four", &long),
    ];
    read_list(&old.bench).await;
    let before = names(&old.bench).await;
    let rows = before.iter().filter_map(|(sid, name)| {
        let (_, given) = odd_names.iter().find(|(made_as, _)| made_as == name)?;
        Some((sid.clone(), fields(&[("friendly_name", given)])))
    });
    let faults = old.bench.practice.faults();
    faults.inject(Rule::new(odd(rows)).on("GET", LIST));
    read_list(&old.bench).await;
    let shown = names(&old.bench).await;
    let changed: Vec<_> = shown
        .iter()
        .filter(|(sid, name)| before.get(*sid) != Some(name))
        .collect();
    assert_eq!(changed.len(), 4, "{changed:?}");

    let file = old.back_up().await.expect("it is backed up");
    let new = new_computer(&old).await;
    let restored = new.workspace.restore_backup(file, the_good_one()).await;
    assert_eq!(restored.expect("it opens").keys, 4);
    assert_eq!(names(&new).await, shown);

    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str| folder.path().join(name);
    for (format, name) in [
        (ExportFormat::BitwardenJson, "keys.json"),
        (ExportFormat::OnePasswordCsv, "keys.csv"),
    ] {
        let export = new.workspace.export_keys(None, format, file(name)).await;
        assert_eq!(export.expect("it is written").keys, 4, "{name}");
    }
    let json = std::fs::read(file("keys.json")).expect("it is there");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("it is JSON");
    assert_eq!(json["items"].as_array().map(Vec::len), Some(4));
    let text = json.to_string();
    for (_, name) in changed {
        let quoted = serde_json::Value::from(name.as_str()).to_string();
        assert!(text.contains(quoted.trim_matches('"')), "{quoted}");
    }
}
