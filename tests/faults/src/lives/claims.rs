//! What the program says of Twilio when something did not work, held against what Twilio has at that very moment.
//!
//! A life asks for a look before each thing it does and after each failure, and goes on when it was taken.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead as _;
use std::sync::atomic::{AtomicU64, Ordering};

use practice::State;
use serde::{Deserialize, Serialize};
use workflows::{Changed, Failure, Problem, Unfinished, UnfinishedWhat};

use super::kept::is_named;
use super::stage::Twilio;

/// What something is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Subject {
    /// A subaccount of this name and its key, or a key in a subaccount of this SID.
    Things {
        subaccount: Option<String>,
        account: Option<String>,
        key: Option<String>,
    },
    /// The whole account.
    Everything,
}

impl Subject {
    /// What is unfinished.
    pub fn of_unfinished(one: &Unfinished) -> Self {
        Self::Things {
            subaccount: (one.what == UnfinishedWhat::Subaccount).then(|| one.name.clone()),
            account: one.account.as_ref().map(|account| account.to_string()),
            key: one.key_name.clone(),
        }
    }
}

/// What the window's words for a failure say of Twilio.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Said {
    /// "Nothing was changed at Twilio."
    NothingWasChanged,
    /// "Nothing of it is left at Twilio": a key came and went.
    NothingOfTheKeyIsLeft,
}

/// The words are chosen in `ui/src/failures/index.ts`, by the problem first and then by what was changed.
fn said(failure: &Failure) -> Option<Said> {
    match (&failure.problem, failure.changed) {
        (Problem::UnusableKeyDeleted | Problem::KeyDeleted, _) => Some(Said::NothingOfTheKeyIsLeft),
        (_, Changed::No) => Some(Said::NothingWasChanged),
        (_, Changed::Yes | Changed::Unknown) => None,
    }
}

/// What a life asks for, as a line that begins with [`ASKS`].
#[derive(Debug, Serialize, Deserialize)]
enum Asked {
    Begin(u64),
    Claim(u64, Said, Subject),
}

const ASKS: &str = "asks ";

/// Does something, and has what it says held against what it did.
pub async fn watched<T>(
    subject: Subject,
    work: impl IntoFuture<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let number = begin();
    let outcome = work.await;
    if let Some(said) = outcome.as_ref().err().and_then(said) {
        ask(&Asked::Claim(number, said, subject));
    }
    outcome
}

/// The same for what says, with whatever it fails, that it changed nothing.
pub async fn watched_whole<T, E>(work: impl IntoFuture<Output = Result<T, E>>) -> Result<T, E> {
    let number = begin();
    let outcome = work.await;
    if outcome.is_err() {
        let everything = Subject::Everything;
        ask(&Asked::Claim(number, Said::NothingWasChanged, everything));
    }
    outcome
}

fn begin() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    ask(&Asked::Begin(number));
    number
}

/// Waits on the thread itself: nothing else of this life goes on meanwhile.
fn ask(asked: &Asked) {
    let asked = serde_json::to_string(asked).expect("it can be written");
    println!("{ASKS}{asked}");
    let mut taken = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut taken)
        .expect("the campaign answers");
}

/// The looks at Twilio during one life.
pub struct Claims<'a> {
    twilio: &'a Twilio,
    /// What Twilio had before the first life of the run.
    before: &'a State,
    begun: BTreeMap<u64, State>,
    /// What was said and is not so.
    pub wrong: Vec<String>,
}

impl<'a> Claims<'a> {
    pub fn new(twilio: &'a Twilio, before: &'a State) -> Self {
        Self {
            twilio,
            before,
            begun: BTreeMap::new(),
            wrong: Vec::new(),
        }
    }

    /// Hears a line of a life. Whether it waits for an answer.
    pub fn hear(&mut self, line: &str) -> bool {
        let Some(asked) = line.strip_prefix(ASKS) else {
            return false;
        };
        match serde_json::from_str(asked) {
            Ok(Asked::Begin(number)) => {
                self.begun.insert(number, self.twilio.state());
            }
            Ok(Asked::Claim(number, said, subject)) => {
                let now = self.twilio.state();
                let wrong = match self.begun.get(&number) {
                    Some(begun) => contradicts(said, &subject, begun, &now, self.before),
                    None => Some("a claim about what never began".to_owned()),
                };
                self.wrong.extend(wrong);
            }
            Err(error) => self.wrong.push(format!("{line}: {error}")),
        }
        true
    }
}

fn contradicts(
    said: Said,
    subject: &Subject,
    begun: &State,
    now: &State,
    before: &State,
) -> Option<String> {
    match said {
        Said::NothingWasChanged => {
            let changed = match subject {
                Subject::Everything => begun.revision != now.revision,
                Subject::Things { .. } => things(begun, subject) != things(now, subject),
            };
            changed.then(|| format!("“nothing was changed” was said of {subject:?}"))
        }
        Said::NothingOfTheKeyIsLeft => {
            let left = things(now, subject)
                .into_iter()
                .find(|(sid, _)| sid.starts_with("SK") && before.key(sid).is_none());
            left.map(|(sid, name)| format!("“nothing of it is left” was said of {name} ({sid})"))
        }
    }
}

/// The accounts and keys that a subject names, by SID, with their names.
fn things(state: &State, subject: &Subject) -> BTreeSet<(String, String)> {
    let Subject::Things {
        subaccount,
        account,
        key,
    } = subject
    else {
        return BTreeSet::new();
    };
    let mut things = BTreeSet::new();
    for one in &state.accounts {
        let is_meant = subaccount
            .as_deref()
            .is_some_and(|plain| is_named(&one.friendly_name, plain));
        if is_meant {
            things.insert((one.sid.clone(), one.friendly_name.clone()));
        }
        if !is_meant && account.as_ref() != Some(&one.sid) {
            continue;
        }
        for made in &one.keys {
            let name = made.friendly_name.clone().unwrap_or_default();
            if key.as_deref().is_some_and(|plain| is_named(&name, plain)) {
                things.insert((made.sid.clone(), name));
            }
        }
    }
    things
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Subject {
        Subject::Things {
            subaccount: Some("Acme".to_owned()),
            account: None,
            key: Some("Acme - DicksonOne".to_owned()),
        }
    }

    #[tokio::test]
    async fn a_claim_that_twilio_contradicts_is_noticed() {
        let twilio = Twilio::start().await.expect("a made-up Twilio");
        let before = twilio.state();
        twilio.make_subaccount("Somebody else").await;
        let others = twilio.state();
        let nothing = |begun: &State, now: &State, subject: &Subject| {
            contradicts(Said::NothingWasChanged, subject, begun, now, &before)
        };
        assert_eq!(nothing(&before, &others, &order()), None);
        assert!(nothing(&before, &others, &Subject::Everything).is_some());
        twilio.make_subaccount("Acme [saving aaaaaaaaaa]").await;
        let made = twilio.state();
        assert!(nothing(&others, &made, &order()).is_some());
        assert_eq!(nothing(&made, &made, &order()), None);
    }
}
