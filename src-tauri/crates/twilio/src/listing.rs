//! Lists as they come: the rows that can be told apart, and what was there besides.

use crate::{
    Error,
    exchange::Answer,
    fields::{Fields, Part, Text},
};
use jiff::Timestamp;
use std::collections::HashMap;
use terms::AccountSid;

/// What was read of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// The rows whose identifier can be read, each once, in Twilio's order.
    pub rows: Vec<T>,
    /// The rows whose identifier cannot.
    pub unidentified: Vec<Unidentified>,
    /// Whether the list was read to its end. Where it was not, it does not say what comes next.
    pub to_its_end: bool,
}

impl<T> Listing<T> {
    /// Whether what is not among the rows is not at Twilio either.
    pub fn is_whole(&self) -> bool {
        self.unidentified.is_empty() && self.to_its_end
    }
}

/// A row without an identifier that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unidentified {
    /// As much of its name as can be read.
    pub friendly_name: String,
    /// Whether that is all of it.
    pub name_is_whole: bool,
    /// When it was made, where that can be read.
    pub created: Option<Timestamp>,
}

/// What of a thing at Twilio is not as it should be: missing, of another type, far too long, or with characters in it that cannot be
/// read or seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Its name.
    pub name: bool,
    /// Anything else.
    pub rest: bool,
}

impl Oddities {
    /// Whether there is any.
    pub fn any(self) -> bool {
        self.name || self.rest
    }
}

/// A row of a v2010 list.
pub(crate) trait Row: Sized {
    /// What the list holds, for [`Error::Unreadable`], and the name of its field.
    const LIST: &'static str;
    /// Reads one; nothing where its identifier cannot be read.
    fn read(fields: &Fields<'_>) -> Option<Self>;
    fn sid(&self) -> &str;
    fn is_odd(&self) -> bool;
}

/// Where a list goes on.
pub(crate) enum Next {
    Nowhere,
    At(String),
    /// There is a link that cannot be read.
    Unknown,
}

/// One page of a list.
pub(crate) struct Page<T> {
    pub rows: Vec<T>,
    pub unidentified: Vec<Unidentified>,
    pub next: Next,
}

/// Reads one page, which must be about `asked` where it says whose it is.
pub(crate) fn read_page<T: Row>(
    answer: &Answer,
    asked: Option<&AccountSid>,
) -> Result<Page<T>, Error> {
    let page = answer.fields(T::LIST)?;
    let is_the_accounts = asked.is_some() && page.has("uri");
    if let (Some(asked), true) = (asked, is_the_accounts) {
        let uri = page.string("uri").ok_or_else(|| answer.odd(T::LIST))?;
        answer.requires_account(asked, &uri, T::LIST)?;
    }
    // An answer without the list is not an empty list.
    let values = page.rows(T::LIST).ok_or_else(|| {
        if is_the_accounts {
            answer.odd(T::LIST)
        } else {
            answer.unreadable(T::LIST)
        }
    })?;
    let (mut rows, mut unidentified) = (Vec::with_capacity(values.len()), Vec::new());
    for value in values {
        let fields = Fields::of(value);
        match fields.as_ref().and_then(T::read) {
            Some(row) => rows.push(row),
            None => unidentified.push(Unidentified::of(fields.as_ref())),
        }
    }
    // The newer API keeps its links together.
    let meta = page.raw("meta").and_then(Fields::of);
    let (links, name) = match &meta {
        Some(meta) => (meta, "next_page_url"),
        None => (&page, "next_page_uri"),
    };
    let next = match links.string(name) {
        Some(link) if !link.is_empty() => Next::At(link),
        Some(_) => Next::Nowhere,
        None if links.has(name) => Next::Unknown,
        None => Next::Nowhere,
    };
    Ok(Page {
        rows,
        unidentified,
        next,
    })
}

/// What is made while the pages are read can push a row onto two of them. Of two, the one that can be read better stays.
pub(crate) fn distinct<T: Row>(rows: Vec<T>) -> Vec<T> {
    let mut places: HashMap<String, usize> = HashMap::with_capacity(rows.len());
    let mut kept: Vec<T> = Vec::with_capacity(rows.len());
    for row in rows {
        match places.get(row.sid()).and_then(|place| kept.get_mut(*place)) {
            None => {
                places.insert(row.sid().to_owned(), kept.len());
                kept.push(row);
            }
            Some(before) if before.is_odd() && !row.is_odd() => *before = row,
            Some(_) => {}
        }
    }
    kept
}

impl Unidentified {
    fn of(fields: Option<&Fields<'_>>) -> Self {
        let name = fields.map_or(
            Text {
                text: String::new(),
                part: Part::Odd,
            },
            |fields| fields.text("friendly_name"),
        );
        Self {
            friendly_name: name.text,
            name_is_whole: name.part == Part::Whole,
            created: fields.and_then(|fields| fields.time("date_created").time),
        }
    }
}
