//! Which requests a fault hits.

use serde::{Deserialize, Serialize};

use super::Fault;

/// Which of the matching requests are hit. In JSON: `{"nth":2}`, `{"next":3}` or `"always"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Only that one, counted from 1.
    Nth(u64),
    /// As many as that, from now on.
    Next(u64),
    /// All of them.
    #[default]
    Always,
}

/// A fault, and the requests it hits. In JSON: `{"method":"POST","path":"/2010-04-01/Accounts.json","when":{"next":1},"fault":{…}}`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Such as `POST`; without it any method.
    #[serde(default)]
    pub method: Option<String>,
    /// The path, where `*` stands for any text without a slash and `**` for any text.
    #[serde(default = "any_path")]
    pub path: String,
    /// Which of the matching requests.
    #[serde(default)]
    pub when: When,
    /// What happens to them.
    pub fault: Fault,
}

fn any_path() -> String {
    "**".to_owned()
}

impl Rule {
    /// A rule that hits every request until it is narrowed.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self {
            method: None,
            path: any_path(),
            when: When::Always,
            fault,
        }
    }

    /// Narrows it to a method and a path with `*` and `**`.
    #[must_use]
    pub fn on(mut self, method: &str, path: &str) -> Self {
        self.method = Some(method.to_owned());
        path.clone_into(&mut self.path);
        self
    }

    /// Narrows it to the nth matching request, counted from 1.
    #[must_use]
    pub fn nth(mut self, nth: u64) -> Self {
        self.when = When::Nth(nth);
        self
    }

    /// Narrows it to the next few matching requests.
    #[must_use]
    pub fn next(mut self, count: u64) -> Self {
        self.when = When::Next(count);
        self
    }

    pub(super) fn matches(&self, method: &str, path: &str) -> bool {
        self.method
            .as_deref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && path_matches(self.path.as_bytes(), path.as_bytes())
    }
}

fn path_matches(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => path.is_empty(),
        [b'*', b'*', rest @ ..] => (0..=path.len()).any(|taken| path_matches(rest, &path[taken..])),
        [b'*', rest @ ..] => {
            let segment = path
                .iter()
                .position(|&byte| byte == b'/')
                .unwrap_or(path.len());
            (0..=segment).any(|taken| path_matches(rest, &path[taken..]))
        }
        [first, rest @ ..] => path
            .split_first()
            .is_some_and(|(byte, left)| byte == first && path_matches(rest, left)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_star_stays_within_a_segment_and_two_cross_slashes() {
        let matches = |pattern: &str, path: &str| path_matches(pattern.as_bytes(), path.as_bytes());
        assert!(matches(
            "/2010-04-01/Accounts/*/Keys.json",
            "/2010-04-01/Accounts/AC1/Keys.json"
        ));
        assert!(!matches(
            "/2010-04-01/Accounts/*.json",
            "/2010-04-01/Accounts/AC1/Keys.json"
        ));
        assert!(matches(
            "**/Keys.json",
            "/2010-04-01/Accounts/AC1/Keys.json"
        ));
        assert!(matches("**", "/"));
        assert!(!matches("/v1/Keys", "/v1/Keys/SK1"));
    }
}
