//! What was asked of the server and what it answered, for tests to look at.

use std::collections::VecDeque;

use jiff::Timestamp;
use parking_lot::Mutex;
use serde::Serialize;

/// How many requests are remembered; older ones are forgotten.
const REMEMBERED: usize = 20_000;

/// One request, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct RequestEntry {
    /// The `Twilio-Request-Id` of the answer.
    pub request_id: String,
    /// When it came, by the practice clock.
    pub at: Timestamp,
    /// Such as `POST`.
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The query string as it came.
    pub query: String,
    /// Who signed it; nobody when there was no HTTP Basic sign-in.
    pub signed_by: Option<Signer>,
    /// The form's fields in their order. The value of a policy is left out.
    pub form: Vec<(String, String)>,
    /// The status the rules led to, if the request got as far as the rules.
    pub handled: Option<u16>,
    /// The status that was sent; nothing when the connection was cut or stayed silent.
    pub answered: Option<u16>,
    /// The kind of fault that was applied, such as `reset_after`.
    pub fault: Option<String>,
}

impl RequestEntry {
    /// The value of a form field.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.form
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Who signed a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// `auth_token`, `main_key`, `standard_key`, `restricted_key`, `test` or, when the sign-in was wrong, `unknown`.
    pub kind: &'static str,
    /// The user of the sign-in: an Account SID or a key's SID.
    pub sid: String,
}

/// The newest requests.
#[derive(Default)]
pub(crate) struct RequestLog {
    entries: Mutex<Entries>,
}

#[derive(Default)]
struct Entries {
    list: VecDeque<RequestEntry>,
    forgotten: u64,
}

/// A request's place in the log.
#[derive(Clone, Copy)]
pub(crate) struct LogPlace(u64);

impl RequestLog {
    pub(crate) fn begin(&self, entry: RequestEntry) -> LogPlace {
        let mut entries = self.entries.lock();
        if entries.list.len() == REMEMBERED {
            entries.list.pop_front();
            entries.forgotten += 1;
        }
        entries.list.push_back(entry);
        LogPlace(entries.forgotten + u64::try_from(entries.list.len()).unwrap_or_default() - 1)
    }

    pub(crate) fn amend(&self, place: LogPlace, amend: impl FnOnce(&mut RequestEntry)) {
        let mut entries = self.entries.lock();
        let index = place
            .0
            .checked_sub(entries.forgotten)
            .and_then(|index| usize::try_from(index).ok());
        if let Some(entry) = index.and_then(|index| entries.list.get_mut(index)) {
            amend(entry);
        }
    }

    pub(crate) fn all(&self) -> Vec<RequestEntry> {
        self.entries.lock().list.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut entries = self.entries.lock();
        entries.forgotten += u64::try_from(entries.list.len()).unwrap_or_default();
        entries.list.clear();
    }
}
