//! Cutting lists into pages. `api` links them by relative `…_uri` fields, `iam` by absolute ones under `meta`.
//!
//! A page token holds the place in the order, not a number, so that items made or deleted between two requests neither
//! shift nor repeat the rest.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::errors::ApiError;
use crate::form::Fields;
use crate::seed::scatter::scatter;

const USUAL_SIZE: usize = 50;
const LARGEST_SIZE: usize = 1_000;
const PAGING_FIELDS: [&str; 3] = ["PageSize", "Page", "PageToken"];

/// Which page of which list was asked for.
pub(crate) struct PageRequest<'a> {
    path: &'a str,
    filters: Fields,
    size: usize,
    number: usize,
    token: Option<Token>,
    token_text: Option<String>,
}

/// One page with its links, which are relative.
pub(crate) struct Page<T> {
    pub items: Vec<T>,
    number: usize,
    size: usize,
    uri: String,
    first: String,
    next: Option<String>,
    previous: Option<String>,
}

enum Token {
    After(String),
    Before(String),
}

impl<'a> PageRequest<'a> {
    /// Reads `PageSize`, `Page` and `PageToken`.
    pub(crate) fn read(path: &'a str, query: &Fields) -> Result<Self, ApiError> {
        let size = number(query, "PageSize")?.unwrap_or(USUAL_SIZE);
        if size > LARGEST_SIZE {
            return Err(ApiError::page_too_large());
        }
        if size == 0 {
            return Err(ApiError::bad_parameter("PageSize must be at least 1"));
        }
        let page = number(query, "Page")?.unwrap_or(0);
        let token_text = query
            .get("PageToken")
            .filter(|text| !text.is_empty())
            .map(str::to_owned);
        let token = token_text
            .as_deref()
            .map(|text| Token::parse(text, path).ok_or_else(ApiError::invalid_page_token))
            .transpose()?;
        if page > 0 && token.is_none() {
            return Err(ApiError::invalid_page_token());
        }
        Ok(Self {
            path,
            filters: query.without(&PAGING_FIELDS),
            size,
            number: page,
            token,
            token_text,
        })
    }

    /// Takes the page out of all items, which stay in the order in which they are.
    pub(crate) fn cut_in_order<T>(&self, items: Vec<T>) -> Page<T> {
        let numbered = items.into_iter().enumerate().collect();
        self.cut(numbered, |(number, _): &(usize, T)| format!("{number:08}"))
            .map(|(_, item)| item)
    }

    /// Takes the page out of all items, which are in the ascending order of `place`.
    pub(crate) fn cut<T>(&self, mut items: Vec<T>, place: impl Fn(&T) -> String) -> Page<T> {
        let start = match &self.token {
            None => 0,
            Some(Token::After(key)) => items.partition_point(|item| place(item) <= *key),
            Some(Token::Before(key)) => items
                .partition_point(|item| place(item) < *key)
                .saturating_sub(self.size),
        };
        let total = items.len();
        let taken: Vec<T> = items
            .drain(start..total.min(start.saturating_add(self.size)))
            .collect();
        let more = start + taken.len() < total;
        let next = taken
            .last()
            .filter(|_| more)
            .map(|last| self.link(self.number + 1, Some(&Token::After(place(last)))));
        let previous = taken.first().filter(|_| start > 0).map(|first| {
            self.link(
                self.number.saturating_sub(1),
                Some(&Token::Before(place(first))),
            )
        });
        Page {
            items: taken,
            number: self.number,
            size: self.size,
            uri: self.link_with_text(self.number, self.token_text.clone()),
            first: self.link(0, None),
            next,
            previous,
        }
    }

    fn link(&self, number: usize, token: Option<&Token>) -> String {
        self.link_with_text(number, token.map(|token| token.write(self.path)))
    }

    fn link_with_text(&self, number: usize, token: Option<String>) -> String {
        let mut fields = self
            .filters
            .clone()
            .with("PageSize", self.size.to_string())
            .with("Page", number.to_string());
        if let Some(token) = token {
            fields = fields.with("PageToken", token);
        }
        format!("{}?{}", self.path, fields.encode())
    }
}

fn number(query: &Fields, name: &str) -> Result<Option<usize>, ApiError> {
    let read = |text: &str| {
        text.parse()
            .map_err(|_| ApiError::bad_parameter(format!("{name} must be a number")))
    };
    query
        .get(name)
        .filter(|text| !text.is_empty())
        .map(read)
        .transpose()
}

impl Token {
    fn parse(text: &str, path: &str) -> Option<Self> {
        let (direction, encoded) = text.split_at_checked(2)?;
        let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()?;
        let (check, key) = decoded.split_once('.')?;
        if check != check_of(key, path) {
            return None;
        }
        match direction {
            "PA" => Some(Self::After(key.to_owned())),
            "PB" => Some(Self::Before(key.to_owned())),
            _ => None,
        }
    }

    fn write(&self, path: &str) -> String {
        let (direction, key) = match self {
            Self::After(key) => ("PA", key),
            Self::Before(key) => ("PB", key),
        };
        format!(
            "{direction}{}",
            URL_SAFE_NO_PAD.encode(format!("{}.{key}", check_of(key, path)))
        )
    }
}

/// Ties a token to its list, so that one from elsewhere is found out.
fn check_of(key: &str, path: &str) -> String {
    let sum = [key, path]
        .iter()
        .flat_map(|text| text.bytes())
        .fold(0, |sum, byte| scatter(sum, &[u64::from(byte)]));
    format!("{:08x}", sum >> 32)
}

impl Page<Value> {
    /// The page as `api` answers it, the items under `name`.
    pub(crate) fn into_api_answer(self, name: &str) -> Value {
        let start = self.number * self.size;
        json!({
            "first_page_uri": self.first,
            "previous_page_uri": self.previous,
            "next_page_uri": self.next,
            "uri": self.uri,
            "page": self.number,
            "page_size": self.size,
            "start": start,
            "end": (start + self.items.len()).saturating_sub(1).max(start),
            name: self.items,
        })
    }

    /// The page as `iam` answers it, the items under `name`, links beginning with `base`.
    pub(crate) fn into_iam_answer(self, name: &str, base: &str) -> Value {
        let absolute = |uri: String| format!("{base}{uri}");
        json!({
            name: self.items,
            "meta": {
                "page": self.number,
                "page_size": self.size,
                "first_page_url": absolute(self.first),
                "previous_page_url": self.previous.map(absolute),
                "next_page_url": self.next.map(absolute),
                "url": absolute(self.uri),
                "key": name,
            },
        })
    }
}

impl<T> Page<T> {
    /// The same page with every item turned into its answer.
    pub(crate) fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        let Self {
            items,
            number,
            size,
            uri,
            first,
            next,
            previous,
        } = self;
        Page {
            items: items.into_iter().map(turn).collect(),
            number,
            size,
            uri,
            first,
            next,
            previous,
        }
    }
}
