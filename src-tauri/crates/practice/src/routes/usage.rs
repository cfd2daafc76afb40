//! `/2010-04-01/Accounts/{account}/Usage/Records`: what was used and what it cost.

use std::sync::Arc;

use axum::extract::{Path, State};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{Answer, Outcome, caller, sid_of};
use crate::asked::Asked;
use crate::clock::{day_of, iso8601_with_offset};
use crate::credentials::Action;
use crate::errors::ApiError;
use crate::form::Fields;
use crate::paging::PageRequest;
use crate::store::{Place, Store};
use crate::twilio::Twilio;
use crate::usage::{CATEGORIES, Category, Figures, Period, Span, day_given};

pub(super) async fn whole(
    State(twilio): State<Arc<Twilio>>,
    Path(account): Path<String>,
    asked: Asked,
) -> Outcome {
    records(&twilio, &account, Period::Whole, &asked)
}

pub(super) async fn by_period(
    State(twilio): State<Arc<Twilio>>,
    Path(parts): Path<(String, String)>,
    asked: Asked,
) -> Outcome {
    let (account, period) = parts;
    let period =
        Period::parse(sid_of(&period, &asked)?).ok_or_else(|| ApiError::not_found(&asked.path))?;
    records(&twilio, &account, period, &asked)
}

fn records(twilio: &Twilio, account: &str, period: Period, asked: &Asked) -> Outcome {
    let mut store = twilio.store();
    let place = caller(&store, asked)?.may(&store, Action::ReadUsage, account, &asked.path)?;
    let page = PageRequest::read(&asked.path, &asked.query)?;
    let now = twilio.clock.now();
    let today = day_of(now);
    let mut span = span_asked(&store, place, &asked.query, today)?;
    if period.leaves_out_empty_rows() {
        // Nothing was used before, so no row is lost, however early the start.
        span.first = span.first.max(store.world().usage_from);
    }
    let with_subaccounts = flag(&asked.query, "IncludeSubaccounts")?.unwrap_or(true);
    let wanted = asked.query.get("Category").filter(|name| !name.is_empty());

    let sid = store.account(place).sid.clone();
    let mut rows = Vec::new();
    for span in period.spans(span, today) {
        let figures = store.usage(place, with_subaccounts, span);
        for category in CATEGORIES
            .iter()
            .filter(|category| wanted.is_none_or(|wanted| wanted == category.name))
        {
            if period.leaves_out_empty_rows() && (category.of)(&figures).is_zero() {
                continue;
            }
            rows.push((rows.len(), span, category, figures));
        }
    }
    let page = page.cut(rows, |(number, ..)| format!("{number:08}")).map(
        |(_, span, category, figures)| {
            let mut row = row(&sid, period, span, category, &figures);
            row["as_of"] = json!(iso8601_with_offset(now));
            row
        },
    );
    Ok(Answer::Found(page.into_api_answer("usage_records")))
}

/// The span asked for; without dates, from the account's first day to today.
fn span_asked(store: &Store, place: Place, query: &Fields, today: Date) -> Result<Span, ApiError> {
    let day = |name: &str| {
        let read = |text: &str| {
            day_given(text, today)
                .ok_or_else(|| ApiError::bad_parameter(format!("{name} is not a date")))
        };
        query
            .get(name)
            .filter(|text| !text.is_empty())
            .map(read)
            .transpose()
    };
    let created = day_of(store.account(place).created);
    let first = day("StartDate")?.unwrap_or(created.max(store.world().usage_from));
    let last = day("EndDate")?.unwrap_or(today.max(first));
    if last < first {
        return Err(ApiError::bad_parameter("EndDate is before StartDate"));
    }
    // No row is made for days to come.
    Ok(Span {
        first,
        last: last.min(today.max(first)),
    })
}

fn flag(query: &Fields, name: &str) -> Result<Option<bool>, ApiError> {
    match query.get(name) {
        None | Some("") => Ok(None),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
        Some(_) => Err(ApiError::bad_parameter(format!(
            "{name} must be true or false"
        ))),
    }
}

fn row(sid: &str, period: Period, span: Span, category: &Category, figures: &Figures) -> Value {
    let amount = (category.of)(figures);
    let name = category.name;
    let Span { first, last } = span;
    let path = format!(
        "/2010-04-01/Accounts/{sid}/Usage/Records{}.json",
        period.path()
    );
    json!({
        "account_sid": sid,
        "api_version": "2010-04-01",
        "category": name,
        "description": category.description,
        "start_date": first.to_string(),
        "end_date": last.to_string(),
        "count": amount.count.map_or_else(String::new, |count| count.to_string()),
        "count_unit": category.count_unit,
        "usage": amount.usage.normalize().to_string(),
        "usage_unit": category.usage_unit,
        "price": amount.price.normalize().to_string(),
        "price_unit": "usd",
        "uri": format!("{path}?Category={name}&StartDate={first}&EndDate={last}"),
        "subresource_uris": subresources(sid, name),
    })
}

fn subresources(sid: &str, category: &str) -> Map<String, Value> {
    const NAMES: [(&str, &str); 8] = [
        ("all_time", "AllTime"),
        ("daily", "Daily"),
        ("last_month", "LastMonth"),
        ("monthly", "Monthly"),
        ("this_month", "ThisMonth"),
        ("today", "Today"),
        ("yearly", "Yearly"),
        ("yesterday", "Yesterday"),
    ];
    let uri = |part: &str| {
        json!(format!(
            "/2010-04-01/Accounts/{sid}/Usage/Records/{part}.json?Category={category}"
        ))
    };
    NAMES
        .iter()
        .map(|&(name, part)| (name.to_owned(), uri(part)))
        .collect()
}
