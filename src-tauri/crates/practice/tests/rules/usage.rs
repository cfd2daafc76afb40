//! Usage and balance.

use std::collections::HashMap;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::caller::{Caller, path, practice, subaccount};

async fn records(caller: &Caller, account: &str, rest: &str) -> Vec<Value> {
    let (period, query) = rest.split_once('?').unwrap_or((rest, ""));
    let answer = caller
        .get(&format!(
            "{}?PageSize=1000&{query}",
            path(account, &format!("Usage/Records{period}"))
        ))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.body["next_page_uri"].is_null(), "more than one page");
    answer.list("usage_records")
}

fn price(row: &Value) -> Decimal {
    row["price"]
        .as_str()
        .expect("the price is a text")
        .parse()
        .expect("a decimal number")
}

async fn total(caller: &Caller, account: &str, rest: &str) -> Decimal {
    let mark = if rest.contains('?') { '&' } else { '?' };
    records(caller, account, &format!("{rest}{mark}Category=totalprice"))
        .await
        .iter()
        .map(price)
        .sum()
}

#[tokio::test]
async fn the_parents_figure_holds_every_subaccount_unless_asked_otherwise() {
    let practice = practice(12).await;
    let parent = Caller::parent(&practice);
    let own = practice.parent().account_sid;
    let alone = total(&parent, &own, "/LastMonth?IncludeSubaccounts=false").await;
    let mut sum = alone;
    for sub in practice.subaccounts() {
        sum += total(&parent, &sub.account_sid, "/LastMonth").await;
    }
    assert!(alone > Decimal::ZERO && sum > alone);
    assert_eq!(total(&parent, &own, "/LastMonth").await, sum);
    assert_eq!(
        total(&parent, &own, "/LastMonth?IncludeSubaccounts=true").await,
        sum
    );
}

#[tokio::test]
async fn days_months_and_the_whole_tell_the_same_sums_over_thirteen_months() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let months = records(&parent, &sub, "/Monthly?Category=totalprice").await;
    assert_eq!(
        months.len(),
        14,
        "thirteen whole months and the present one"
    );
    assert_eq!(months[0]["start_date"], "2026-11-01");
    assert_eq!(months[13]["end_date"], "2025-10-31");
    let sum: Decimal = months.iter().map(price).sum();
    assert_eq!(total(&parent, &sub, "/Daily").await, sum);
    assert_eq!(total(&parent, &sub, "/Yearly").await, sum);
    assert_eq!(total(&parent, &sub, "/AllTime").await, sum);
    assert_eq!(total(&parent, &sub, "").await, sum);
    assert_eq!(total(&parent, &sub, "/ThisMonth").await, price(&months[0]));
    assert_eq!(total(&parent, &sub, "/LastMonth").await, price(&months[1]));
    assert_eq!(
        total(&parent, &sub, "?StartDate=2026-11-01&EndDate=2026-11-23").await,
        price(&months[0])
    );
}

#[tokio::test]
async fn categories_overlap_and_the_total_is_neither_their_sum_nor_that_of_the_leaves() {
    let practice = practice(3).await;
    let parent = Caller::parent(&practice);
    let rows = records(&parent, &practice.parent().account_sid, "").await;
    let by_name: HashMap<String, &Value> = rows
        .iter()
        .map(|row| {
            (
                row["category"].as_str().expect("a category").to_owned(),
                row,
            )
        })
        .collect();
    let of = |name: &str| price(by_name[name]);
    assert_eq!(of("sms"), of("sms-inbound") + of("sms-outbound"));
    let naive: Decimal = rows
        .iter()
        .filter(|row| row["category"] != "totalprice")
        .map(price)
        .sum();
    let leaves = of("calls") + of("phonenumbers") + of("sms");
    assert!(of("totalprice") > leaves, "some costs have no category");
    assert_ne!(of("totalprice"), naive);
    assert_eq!(by_name["totalprice"]["count"], "");
    assert_eq!(
        by_name["totalprice"]["usage"],
        by_name["totalprice"]["price"]
    );
    assert_eq!(by_name["mms"]["price"], "0");
    assert!(
        rows.iter()
            .all(|row| row["price_unit"] == "usd" && row["as_of"] == "2026-11-23T15:00:00+00:00")
    );
}

#[tokio::test]
async fn the_same_seed_and_clock_give_the_same_figures_and_another_seed_gives_others() {
    let figure = async |seed: u64| {
        let settings = practice::Settings {
            subaccounts: 3,
            seed,
            ..practice::Settings::default()
        };
        let practice = crate::caller::start(settings).await;
        total(
            &Caller::parent(&practice),
            &practice.parent().account_sid,
            "",
        )
        .await
    };
    assert_eq!(figure(1).await, figure(1).await);
    assert_ne!(figure(1).await, figure(2).await);
}

#[tokio::test]
async fn a_subaccount_that_was_just_made_has_rows_of_zero_and_no_days() {
    let practice = practice(0).await;
    let parent = Caller::parent(&practice);
    let (sub, _) = subaccount(&parent, "Acme").await;
    let rows = records(&parent, &sub, "/ThisMonth").await;
    assert!(rows.len() > 5 && rows.iter().all(|row| row["price"] == "0"));
    assert!(records(&parent, &sub, "/Daily").await.is_empty());
}

#[tokio::test]
async fn days_of_suspension_have_no_use() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    parent
        .post(&path(&sub, ""), &[("Status", "suspended")])
        .await;
    practice.advance_clock(jiff::SignedDuration::from_hours(24 * 10));
    parent.post(&path(&sub, ""), &[("Status", "active")]).await;
    practice.advance_clock(jiff::SignedDuration::from_hours(24 * 30));
    assert_eq!(
        total(&parent, &sub, "?StartDate=2026-11-23&EndDate=2026-12-02").await,
        Decimal::ZERO
    );
    assert!(total(&parent, &sub, "?StartDate=2026-12-03&EndDate=2027-01-01").await > Decimal::ZERO);
}

#[tokio::test]
async fn dates_that_are_none_are_refused_and_offsets_are_understood() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let records_path = path(&sub, "Usage/Records");
    for query in [
        "StartDate=soon",
        "EndDate=2026-02-30",
        "StartDate=2026-11-02&EndDate=2026-11-01",
        "IncludeSubaccounts=maybe",
    ] {
        assert_eq!(
            parent
                .get(&format!("{records_path}?{query}"))
                .await
                .refusal(),
            (400, 20001),
            "{query}"
        );
    }
    assert_eq!(
        total(&parent, &sub, "?StartDate=-30days&EndDate=-1days").await,
        total(&parent, &sub, "?StartDate=2026-10-24&EndDate=2026-11-22").await
    );
    assert_eq!(
        parent
            .get(&path(&sub, "Usage/Records/Weekly"))
            .await
            .refusal(),
        (404, 20404)
    );
}

#[tokio::test]
async fn a_start_long_ago_adds_no_rows() {
    let practice = practice(1).await;
    let parent = Caller::parent(&practice);
    let sub = practice.subaccounts().remove(0).account_sid;
    let early = records(
        &parent,
        &sub,
        "/Daily?Category=totalprice&StartDate=0001-01-01",
    )
    .await;
    assert_eq!(
        early,
        records(&parent, &sub, "/Daily?Category=totalprice").await
    );
    let early = records(
        &parent,
        &sub,
        "/Monthly?Category=totalprice&StartDate=0001-01-01",
    )
    .await;
    assert_eq!(early.len(), 14);
}

#[tokio::test]
async fn the_balance_is_a_text_in_upper_case_currency() {
    let practice = practice(0).await;
    let balance = Caller::parent(&practice)
        .get(&path(&practice.parent().account_sid, "Balance"))
        .await;
    assert!(balance.text_of("balance").parse::<Decimal>().is_ok());
    assert_eq!(balance.text_of("currency"), "USD");
}
