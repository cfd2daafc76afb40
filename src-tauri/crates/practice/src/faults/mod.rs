//! The switchboard: which requests go wrong, and how.

mod answers;
mod apply;
mod bodies;
mod rule;

use std::collections::BTreeMap;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

pub(crate) use apply::{Ending, end};
pub use rule::{Rule, When};

/// A way to go wrong. In JSON: `{"kind":"delay","ms":500}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// The request is carried out and answered, but later. A caller who hangs up does not stop it.
    Delay {
        /// Milliseconds until it is carried out.
        ms: u64,
    },
    /// 429 / 20429; nothing is carried out.
    TooManyRequests {
        /// Seconds for the `Retry-After` header; without it there is no header.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// A gateway's page in HTML.
    ErrorPage {
        /// Such as 500, 502 or 503.
        status: u16,
        /// Whether the request is carried out all the same.
        #[serde(default)]
        after: bool,
    },
    /// Any answer that is no success, by Twilio itself or by whatever stands before it.
    Answer {
        /// Any status from 300 to 599.
        status: u16,
        /// Whose answer it is.
        body: AnswerBody,
        /// Whether the request is carried out all the same.
        #[serde(default)]
        after: bool,
    },
    /// The account's policy does not let the v2010 API near its keys: 401 / 20003 in Twilio's words for that. Nothing is carried out.
    PolicyRefusal,
    /// The connection is dropped and no new one is accepted for a while. Nothing is carried out.
    Refuse {
        /// Milliseconds until connections are accepted again.
        for_ms: u64,
    },
    /// The connection is closed in order, without an answer. Nothing is carried out.
    Close,
    /// The connection is reset. Nothing is carried out.
    ResetBefore,
    /// The request is carried out, then the connection is reset.
    ResetAfter,
    /// No answer ever comes. Nothing is carried out.
    TimeoutBefore,
    /// The request is carried out, but no answer ever comes.
    TimeoutAfter,
    /// The answer breaks off half-way; the request is carried out.
    Truncated,
    /// Values of the answer get other types; the request is carried out.
    WrongTypes {
        /// The field that is hit, wherever it stands; without it every value is.
        #[serde(default)]
        field: Option<String>,
    },
    /// Fields of the answer are missing; the request is carried out.
    MissingFields {
        /// The field that is hit, wherever it stands; without it the answer is an empty object.
        #[serde(default)]
        field: Option<String>,
    },
    /// Rows of a list, or the one thing that is answered, have fields written as given; the request is carried out.
    OddRows {
        /// By SID; in a list of usage, by Account SID and category with a space between.
        rows: BTreeMap<String, OddFields>,
    },
    /// Twilio's own refusal, in its own form. Nothing is carried out.
    Refusal {
        /// Such as 404.
        status: u16,
        /// Such as 20404 (<https://www.twilio.com/docs/api/errors>).
        code: u32,
    },
    /// The answer comes in small pieces; the request is carried out.
    SlowDrip {
        /// Bytes in a piece.
        bytes: usize,
        /// Milliseconds between two pieces.
        every_ms: u64,
    },
    /// The answer is padded; the request is carried out.
    Huge {
        /// Bytes of padding; ten million unless told.
        #[serde(default = "ten_million")]
        bytes: usize,
    },
    /// Every page of a list links to a next one. Needs [`When::Always`] to go on.
    EndlessPages,
    /// The request is carried out on, and answered for, another account than the one it names.
    OtherAccount {
        /// That account's SID; without it, the one made after the account named.
        #[serde(default)]
        sid: Option<String>,
    },
    /// A list, or a look at one item, is answered as of before the last change.
    Stale,
}

/// By name, what is written as the field's value: JSON that need not be sound, such as `"Kiosk \ud83d"`. Without any, the field is left out.
pub type OddFields = BTreeMap<String, String>;

/// Whose answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerBody {
    /// Twilio's own, with the code that goes with the status.
    Twilio,
    /// A gateway's page, with a title.
    Page,
    /// The JSON of another product.
    Json,
    /// JSON that looks like Twilio's and is not: its code is a text.
    LookAlike,
    /// A line of plain text.
    Text,
    /// Nothing.
    Empty,
}

impl AnswerBody {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Twilio,
        Self::Page,
        Self::Json,
        Self::LookAlike,
        Self::Text,
        Self::Empty,
    ];
}

fn ten_million() -> usize {
    10_000_000
}

impl Fault {
    /// The name it has in JSON and in the log.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Delay { .. } => "delay",
            Self::TooManyRequests { .. } => "too_many_requests",
            Self::ErrorPage { .. } => "error_page",
            Self::Answer { .. } => "answer",
            Self::PolicyRefusal => "policy_refusal",
            Self::Refuse { .. } => "refuse",
            Self::Close => "close",
            Self::ResetBefore => "reset_before",
            Self::ResetAfter => "reset_after",
            Self::TimeoutBefore => "timeout_before",
            Self::TimeoutAfter => "timeout_after",
            Self::Truncated => "truncated",
            Self::WrongTypes { .. } => "wrong_types",
            Self::MissingFields { .. } => "missing_fields",
            Self::OddRows { .. } => "odd_rows",
            Self::Refusal { .. } => "refusal",
            Self::SlowDrip { .. } => "slow_drip",
            Self::Huge { .. } => "huge",
            Self::EndlessPages => "endless_pages",
            Self::OtherAccount { .. } => "other_account",
            Self::Stale => "stale",
        }
    }
}

/// A rule in force, and how often it has matched and hit.
#[derive(Clone, Debug, Serialize)]
pub struct RuleInForce {
    /// The number that [`Switchboard::inject`] gave.
    pub id: u64,
    /// The rule itself.
    #[serde(flatten)]
    pub rule: Rule,
    /// How many requests had its method and path.
    pub matched: u64,
    /// How many of these it hit.
    pub applied: u64,
}

/// The faults in force. The first rule that hits a request decides.
#[derive(Default)]
pub struct Switchboard {
    rules: Mutex<Rules>,
}

#[derive(Default)]
struct Rules {
    in_force: Vec<RuleInForce>,
    next_id: u64,
}

impl Switchboard {
    /// Puts a rule into force, after those already there; the number names it in [`Self::in_force`].
    pub fn inject(&self, rule: Rule) -> u64 {
        let mut rules = self.rules.lock();
        rules.next_id += 1;
        let id = rules.next_id;
        rules.in_force.push(RuleInForce {
            id,
            rule,
            matched: 0,
            applied: 0,
        });
        id
    }

    /// Takes all rules out of force.
    pub fn clear(&self) {
        self.rules.lock().in_force.clear();
    }

    /// The rules in force, the used-up ones among them.
    #[must_use]
    pub fn in_force(&self) -> Vec<RuleInForce> {
        self.rules.lock().in_force.clone()
    }

    /// The fault for a request. Every rule that matches counts it, also those that do not decide.
    pub(crate) fn pick(&self, method: &str, path: &str) -> Option<Fault> {
        let mut rules = self.rules.lock();
        let mut picked = None;
        for entry in rules
            .in_force
            .iter_mut()
            .filter(|entry| entry.rule.matches(method, path))
        {
            entry.matched += 1;
            let hit = match entry.rule.when {
                When::Nth(nth) => entry.matched == nth,
                When::Next(count) => entry.applied < count,
                When::Always => true,
            };
            if hit && picked.is_none() {
                entry.applied += 1;
                picked = Some(entry.rule.fault.clone());
            }
        }
        picked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_hits_the_nth_or_the_next_few_and_no_more() {
        let board = Switchboard::default();
        board.inject(Rule::new(Fault::Close).on("GET", "/a").nth(2));
        board.inject(Rule::new(Fault::ResetAfter).on("POST", "/a").next(2));
        let kinds = |method: &str| {
            (0..4)
                .map(|_| board.pick(method, "/a").map(|fault| fault.kind()))
                .collect::<Vec<_>>()
        };
        assert_eq!(kinds("GET"), [None, Some("close"), None, None]);
        assert_eq!(
            kinds("POST"),
            [Some("reset_after"), Some("reset_after"), None, None]
        );
        assert!(board.pick("DELETE", "/a").is_none());
        board.clear();
        assert!(board.in_force().is_empty());
    }

    #[test]
    fn a_rule_reads_from_json_and_names_the_kind_it_has_there() {
        let rule: Rule =
            serde_json::from_str(r#"{"method":"GET","path":"/v1/**","when":{"next":3},"fault":{"kind":"error_page","status":502}}"#)
                .expect("a rule");
        assert_eq!(rule.when, When::Next(3));
        assert_eq!(
            rule.fault,
            Fault::ErrorPage {
                status: 502,
                after: false
            }
        );
        let written = serde_json::to_value(&rule.fault).expect("JSON");
        assert_eq!(written["kind"], rule.fault.kind());
        assert!(
            serde_json::from_str::<Rule>(r#"{"fault":{"kind":"delay","ms":1},"wen":"always"}"#)
                .is_err()
        );
    }
}
