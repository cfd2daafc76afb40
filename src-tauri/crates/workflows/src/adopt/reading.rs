//! Finding API SIDs and their secrets in a text of any kind: lines of a settings file, JSON, a table, or what a person wrote down.
//!
//! A secret is taken for one where it is labelled as such, or looks like one: 32 letters and digits, as Twilio's are
//! (<https://www.twilio.com/docs/iam/api-keys>). An Auth Token, which is 32 lower-case hexadecimal digits, is never taken for one, whatever its label.

use std::collections::HashMap;

use serde_json::{Map, Value};
use terms::{AccountSid, KeySid, Secret};

/// Characters of a text that is looked through.
const LONGEST_TEXT: usize = 10_000_000;
/// Characters of what is taken for a secret because its label says so.
const SHORTEST: usize = 8;
/// JSON within JSON.
const DEEPEST: usize = 32;

/// An API SID that was found, and what stands with it.
pub(super) struct FoundKey {
    pub key: KeySid,
    pub account: Option<AccountSid>,
    /// `None` where nothing that stands with it can be its secret.
    pub secret: Option<Secret>,
}

/// What was found, each pair once, in the order of the text.
pub(super) fn read(text: &str) -> Vec<FoundKey> {
    if text.len() > LONGEST_TEXT {
        return Vec::new();
    }
    let mut finds = Finds::default();
    match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => finds.read_json(&value, 0),
        _ if is_table(text) => finds.read_table(rows_of(text)),
        _ => finds.read_lines(text),
    }
    finds.found
}

/// The same of the rows of tables.
pub(super) fn read_sheets(sheets: Vec<Vec<Vec<String>>>) -> Vec<FoundKey> {
    let mut finds = Finds::default();
    for rows in sheets {
        finds.read_table(rows.into_iter());
    }
    finds.found
}

/// What one word of a text is.
enum Word {
    Account(AccountSid),
    Key(KeySid),
    Secret(Secret),
    Other,
}

impl Word {
    fn of(word: &str, label: Label) -> Self {
        if let Ok(key) = word.parse() {
            return Self::Key(key);
        }
        if let Ok(account) = word.parse() {
            return Self::Account(account);
        }
        let may_be_one = match label {
            Label::Secret => word.len() >= SHORTEST && !is_like_an_auth_token(word),
            Label::None => is_like_a_secret(word),
            Label::Other => false,
        };
        match may_be_one.then(|| Secret::copied(word)) {
            Some(Ok(secret)) => Self::Secret(secret),
            _ => Self::Other,
        }
    }
}

/// What the name of a field, or the words before a value, say of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Label {
    Secret,
    /// It says that it is something else.
    Other,
    None,
}

impl Label {
    fn of(name: &str) -> Self {
        let letters: String = name
            .chars()
            .filter(char::is_ascii_alphabetic)
            .map(|letter| letter.to_ascii_lowercase())
            .collect();
        match letters.as_str() {
            name if name.contains("auth") || name.contains("token") => Self::Other,
            name if name.contains("secret") || name.contains("password") => Self::Secret,
            _ => Self::None,
        }
    }
}

fn is_like_a_secret(word: &str) -> bool {
    word.len() == 32
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && !is_like_an_auth_token(word)
}

fn is_like_an_auth_token(word: &str) -> bool {
    word.len() == 32
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[derive(Default)]
struct Finds {
    found: Vec<FoundKey>,
    /// Where the keys are among them.
    places: HashMap<KeySid, Vec<usize>>,
}

impl Finds {
    /// A pair that was found before is not found again; a key without a secret is found only where nothing else is known of it.
    fn add(&mut self, key: KeySid, account: Option<AccountSid>, secret: Option<Secret>) {
        let places = self.places.entry(key.clone()).or_default();
        for &place in places.iter() {
            let Some(known) = self.found.get_mut(place) else {
                continue;
            };
            match (&secret, &known.secret) {
                (None, _) => return,
                (Some(new), Some(old)) if new.expose() == old.expose() => return,
                (Some(_), None) => {
                    known.secret = secret;
                    known.account = known.account.take().or(account);
                    return;
                }
                _ => {}
            }
        }
        places.push(self.found.len());
        self.found.push(FoundKey {
            key,
            account,
            secret,
        });
    }

    /// Each object with an API SID in it is one find; what lies within it is looked through as well.
    fn read_json(&mut self, value: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Object(fields) => {
                self.read_object(fields);
                for inner in fields.values() {
                    self.read_json(inner, depth + 1);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.read_json(item, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn read_object(&mut self, fields: &Map<String, Value>) {
        let words = fields.iter().filter_map(|(name, value)| {
            let text = value.as_str()?;
            Some(Word::of(text.trim(), Label::of(name)))
        });
        self.read_together(words);
    }

    /// Words of which all belong to one key, whatever their order.
    fn read_together(&mut self, words: impl Iterator<Item = Word>) {
        let (mut keys, mut account, mut secrets) = (Vec::new(), None, Vec::new());
        for word in words {
            match word {
                Word::Key(key) => keys.push(key),
                Word::Account(sid) => account = account.or(Some(sid)),
                Word::Secret(secret) => secrets.push(secret),
                Word::Other => {}
            }
        }
        let mut secrets = secrets.into_iter();
        for key in keys {
            self.add(key, account.clone(), secrets.next());
        }
    }

    fn read_table(&mut self, rows: impl Iterator<Item = Vec<String>>) {
        let mut labels: Vec<Label> = Vec::new();
        for row in rows {
            let has_key = row.iter().any(|cell| cell.trim().parse::<KeySid>().is_ok());
            if !has_key && labels.is_empty() {
                labels = row.iter().map(|name| Label::of(name)).collect();
                continue;
            }
            let label = |column: usize| labels.get(column).copied().unwrap_or(Label::None);
            let cells = row.iter().enumerate();
            let words = cells.map(|(column, cell)| Word::of(cell.trim(), label(column)));
            self.read_together(words);
        }
    }

    /// A secret belongs to the API SID before it, or where that has one, to the one after it.
    fn read_lines(&mut self, text: &str) {
        let (mut account, mut key, mut secret) = (None, None, None);
        for line in text.lines() {
            let mut label = Label::None;
            for word in line.split(is_between_words).filter(|word| !word.is_empty()) {
                match Word::of(word, label) {
                    Word::Account(sid) => account = Some(sid),
                    Word::Key(next) => {
                        if let Some(before) = key.replace(next) {
                            self.add(before, account.clone(), None);
                        }
                    }
                    Word::Secret(found) => secret = Some(found),
                    Word::Other => {
                        label = match Label::of(word) {
                            Label::None => label,
                            said => said,
                        };
                        continue;
                    }
                }
                label = Label::None;
                if let (Some(_), Some(_)) = (&key, &secret)
                    && let Some(key) = key.take()
                {
                    self.add(key, account.clone(), secret.take());
                }
            }
        }
        if let Some(key) = key {
            self.add(key, account, None);
        }
    }
}

fn is_between_words(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '=' | ':' | ',' | ';' | '"' | '\'' | '`' | '<' | '>' | '|' | '(' | ')'
        )
}

/// Several rows of which most have as many cells as the first.
fn is_table(text: &str) -> bool {
    let mut rows = rows_of(text);
    let Some(cells) = rows.next().map(|row| row.len()) else {
        return false;
    };
    let rest: Vec<usize> = rows.map(|row| row.len()).collect();
    let alike = rest.iter().filter(|count| **count == cells).count();
    cells > 1 && !rest.is_empty() && alike * 2 > rest.len()
}

fn rows_of(text: &str) -> impl Iterator<Item = Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter_of(text))
        .from_reader(text.as_bytes())
        .into_records()
        .map_while(Result::ok)
        .map(|row| row.iter().map(str::to_owned).collect())
}

/// What stands most often in the first line of those that separate cells.
fn delimiter_of(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    [b',', b';', b'\t', b'|']
        .into_iter()
        .max_by_key(|delimiter| count(*delimiter))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests;
