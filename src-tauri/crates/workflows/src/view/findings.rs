//! What trying out this computer found, as the window shows it and as the report says it.

use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use twilio::{Error, ProxySetting, ProxySource, ProxyTrouble, Tried};

use super::check_computer::{CheckFact, CheckFactName as Fact, CheckFinding, CheckProblem};
use super::{FailureKind, FailureView};
use crate::check_computer::{
    ClockFound, ClockProblem, DataFolderFound, DataFolderProblem, Finding, KeychainFound,
    KeychainProblem, NetworkFound, NetworkProblem, RecordsFound,
};
use crate::failure::Problem;

/// The findings as a short text for support: no secrets, and nothing of any customer.
#[allow(
    clippy::use_debug,
    reason = "the report shows the names of variants, which hold nothing from outside"
)]
pub fn report(findings: &[CheckFinding], program: &str, now: Timestamp) -> String {
    let mut text = format!("{program}\nChecked {}\n", now);
    for finding in findings {
        let _ = write!(text, "\n{:?}: {:?}", finding.check, finding.verdict);
        if let Some(problem) = finding.problem {
            let _ = write!(text, ", {problem:?}");
        }
        text.push('\n');
        for fact in &finding.facts {
            let _ = writeln!(text, "  {:?}: {}", fact.name, fact.value);
        }
        if let Some(failure) = &finding.failure {
            let _ = writeln!(text, "  Failure: {:?}", failure.kind);
            if let Some(technical) = &failure.technical {
                let _ = writeln!(text, "  Details: {technical}");
            }
        }
    }
    text
}

impl From<Finding> for CheckFinding {
    fn from(finding: Finding) -> Self {
        let (check, verdict) = (finding.check(), finding.verdict());
        let found = match finding {
            Finding::Keychain(found) => keychain(found),
            Finding::DataFolder(found) => data_folder(found),
            Finding::Records(found) => records(found),
            Finding::Network(found) => network(found),
            Finding::Twilio(tried) => way_to_twilio(tried),
            Finding::Clock(found) => clock(&found),
        };
        Self {
            check,
            verdict,
            problem: found.problem,
            failure: found.failure.map(without_the_users_name),
            facts: found.facts,
        }
    }
}

/// What a finding says, before it is known to be of which check.
#[derive(Default)]
struct Found {
    problem: Option<CheckProblem>,
    failure: Option<FailureView>,
    facts: Vec<CheckFact>,
}

impl Found {
    fn fact(&mut self, name: Fact, value: impl ToString) {
        self.facts.push(CheckFact {
            name,
            value: value.to_string(),
        });
    }

    fn took(&mut self, took: Option<Duration>) {
        if let Some(took) = took {
            self.fact(Fact::Took, took.as_millis());
        }
    }
}

fn keychain(from: KeychainFound) -> Found {
    let mut found = Found::default();
    found.fact(Fact::Keychain, from.name);
    found.took(from.took);
    match from.problem {
        None => {}
        Some(KeychainProblem::NearlyFull { room }) => {
            found.fact(Fact::Room, room);
            found.problem = Some(CheckProblem::KeychainNearlyFull);
        }
        Some(KeychainProblem::SealingKeyMissing) => {
            found.problem = Some(CheckProblem::SealingKeyMissing);
        }
        Some(KeychainProblem::SeveralItems) => {
            found.problem = Some(CheckProblem::KeychainSeveralItems);
        }
        Some(KeychainProblem::EarlierToken) => {
            found.problem = Some(CheckProblem::KeychainEarlierToken);
        }
        Some(KeychainProblem::AuthTokenMissing) => {
            found.failure = Some(FailureView::of(FailureKind::AuthTokenMissing));
        }
        Some(KeychainProblem::DoesNotWork(error)) => {
            found.failure = Some(FailureView::from(Problem::from(error)))
        }
        Some(KeychainProblem::Other(other)) => found.failure = Some(other.into()),
    }
    found
}

fn data_folder(from: DataFolderFound) -> Found {
    let mut found = Found::default();
    found.fact(Fact::Folder, shortened(&from.folder.display().to_string()));
    if let Some(free) = from.free {
        found.fact(Fact::Free, free);
    }
    found.took(from.took);
    match from.problem {
        None => {}
        Some(DataFolderProblem::LittleSpace { .. }) => {
            found.problem = Some(CheckProblem::LittleSpace);
        }
        Some(DataFolderProblem::OthersMayLook) => {
            found.problem = Some(CheckProblem::OthersMayLook);
        }
        Some(DataFolderProblem::OthersMayReplace) => {
            found.problem = Some(CheckProblem::OthersMayReplace);
        }
        Some(DataFolderProblem::DoesNotWork(error)) => {
            found.failure = Some(FailureView {
                subject: Some(from.folder.display().to_string()),
                ..FailureView::from(Problem::from(error))
            });
        }
    }
    found
}

fn records(from: RecordsFound) -> Found {
    let mut found = Found::default();
    if let Some((examination, subaccounts)) = from.sound {
        found.fact(Fact::Subaccounts, subaccounts);
        found.fact(Fact::Copies, examination.copies);
        if let Some(newest) = examination.newest_copy {
            found.fact(Fact::NewestCopy, newest);
        }
    }
    // The words for a value that cannot be read may quote it.
    found.failure = from.problem.map(|from| FailureView {
        technical: None,
        ..from.into()
    });
    found
}

fn network(from: NetworkFound) -> Found {
    let mut found = Found::default();
    match from.settings.proxy {
        ProxySetting::Through(proxy) => {
            found.fact(Fact::Proxy, &proxy);
            found.fact(Fact::ProxySetIn, name_of_source(proxy.source()));
        }
        ProxySetting::Direct {
            excepted_by: Some(source),
        } => found.fact(Fact::ProxyExceptedBy, name_of_source(source)),
        ProxySetting::Direct { .. } | ProxySetting::Unreadable { .. } => {}
    }
    match from.problem {
        None => {}
        Some(NetworkProblem::DoesNotWork(error)) => {
            found.failure = Some(Problem::Twilio(error).into());
        }
        Some(NetworkProblem::Script) => found.problem = Some(CheckProblem::ProxyScript),
        Some(NetworkProblem::Overruled(variable)) => {
            found.fact(Fact::ProxyOverruled, variable);
            found.problem = Some(CheckProblem::ProxyOverruled);
        }
    }
    found
}

/// Empty for the system's own settings, which each system calls otherwise.
fn name_of_source(source: ProxySource) -> &'static str {
    match source {
        ProxySource::Variable(name) => name,
        ProxySource::System => "",
    }
}

fn way_to_twilio(tried: Tried) -> Found {
    let mut found = Found::default();
    found.fact(Fact::Host, tried.host);
    if let Some(proxy) = &tried.proxy {
        found.fact(Fact::Proxy, proxy);
    }
    let inspected = tried.inspection.as_ref();
    if let Some(inspection) = inspected {
        found.fact(Fact::InspectedBy, &inspection.by.name);
    }
    if tried.outcome.is_ok() && inspected.is_some_and(|inspection| !inspection.allowed) {
        found.problem = Some(CheckProblem::Inspected);
    }
    match tried.outcome {
        Ok(reached) => found.took(Some(reached.took)),
        Err(unreached) => {
            what_the_proxy_said(&mut found, &unreached.error);
            let set_in = tried.proxy.map(|proxy| name_of_source(proxy.source()));
            let failure = FailureView::from(Problem::Twilio(unreached.error));
            found.failure = Some(match set_in {
                Some(name) if !name.is_empty() => FailureView {
                    subject: Some(name.to_owned()),
                    ..failure
                },
                _ => failure,
            });
        }
    }
    found
}

fn what_the_proxy_said(found: &mut Found, error: &Error) {
    let Error::Proxy { trouble, .. } = error else {
        return;
    };
    match trouble {
        ProxyTrouble::WantsSignIn(schemes) | ProxyTrouble::SignInRefused(schemes)
            if !schemes.names().is_empty() =>
        {
            found.fact(Fact::ProxyOffers, schemes);
        }
        ProxyTrouble::Refused {
            status: Some(status),
        } => found.fact(Fact::ProxyStatus, status),
        _ => {}
    }
}

fn clock(from: &ClockFound) -> Found {
    let mut found = Found::default();
    found.fact(Fact::TimeHere, from.now);
    if let Some(zone) = &from.zone {
        found.fact(Fact::Zone, zone);
    }
    if let Some(ahead) = from.ahead {
        found.fact(Fact::Ahead, ahead.as_secs());
    }
    found.problem = from.problem.map(|problem| match problem {
        ClockProblem::Wrong(_) => CheckProblem::ClockWrong,
        ClockProblem::WrongZone(_) => CheckProblem::ClockWrongZone,
        ClockProblem::CertificateNotValidNow => CheckProblem::ClockDoubted,
        ClockProblem::ZoneUnknown => CheckProblem::ClockZoneUnknown,
        ClockProblem::NotCompared => CheckProblem::ClockNotCompared,
    });
    found
}

/// A path names the user of this computer, which is nothing for support.
fn without_the_users_name(failure: FailureView) -> FailureView {
    FailureView {
        subject: failure.subject.as_deref().map(shortened),
        technical: failure.technical.as_deref().map(shortened),
        ..failure
    }
}

fn shortened(text: &str) -> String {
    match std::env::home_dir() {
        Some(home) => shortened_by(&home, text),
        None => text.to_owned(),
    }
}

fn shortened_by(home: &Path, text: &str) -> String {
    match home.to_str() {
        // A home that is the root of everything names nobody.
        Some(home) if home.len() > 1 => text.replace(home, "~"),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vault::{KeychainError, RecordsError};

    fn ended(finding: Finding) -> CheckFinding {
        finding.into()
    }

    #[test]
    fn a_path_does_not_name_the_user() {
        let home = Path::new("/home/erika");
        let text = shortened_by(home, "/home/erika/.local/share/subvault/records.db: no");
        assert_eq!(text, "~/.local/share/subvault/records.db: no");
        assert_eq!(shortened_by(Path::new("/"), "/data"), "/data");
    }

    /// What the network settings' row says, and the report of it, where a variable has this value.
    fn said_of(value: &str) -> String {
        let variables = [("HTTPS_PROXY".to_owned(), std::ffi::OsString::from(value))];
        let environment = twilio::Environment::of(variables);
        let settings = twilio::NetworkSettings::for_twilio(&environment);
        let error = settings.usable(&environment).err();
        let found = ended(Finding::Network(NetworkFound {
            settings,
            problem: error.map(|error| NetworkProblem::DoesNotWork(error.into())),
        }));
        let report = report(
            std::slice::from_ref(&found),
            "Subvault",
            Timestamp::UNIX_EPOCH,
        );
        format!("{found:?}\n{report}")
    }

    #[test]
    fn no_sign_in_of_a_proxy_is_in_the_check_or_its_report() {
        for value in [
            "http://erika:hunter2@proxy.example:3128",
            r"http://CORP\erika:hunter2@proxy.example:3128",
            "http://erika:hunter2#@proxy.example:3128",
            "http://erika:12/hunter2@proxy.example:3128",
            "http://erika:p@hunter2/@proxy.example:3128",
            "http://erika:hunter2",
            "erika:hunter2@proxy.example:99999",
            "socks://erika:hunter2@proxy.example",
            "erika hunter2",
        ] {
            let said = said_of(value);
            assert!(said.contains("HTTPS_PROXY"), "{said}");
            assert!(
                !said.contains("erika") && !said.contains("hunter2"),
                "{said}"
            );
        }
        assert!(
            said_of("http://erika:hunter2@proxy.example:3128")
                .contains("http://proxy.example:3128")
        );
    }

    #[test]
    fn the_report_says_what_was_found_and_quotes_no_row() {
        let findings = [
            ended(Finding::Keychain(KeychainFound {
                name: "GNOME Keyring",
                took: None,
                problem: Some(KeychainProblem::DoesNotWork(KeychainError::Locked)),
            })),
            ended(Finding::Records(RecordsFound {
                sound: None,
                problem: Some(Problem::Records(RecordsError::Unreadable(
                    "Acme Cold Storage".to_owned(),
                ))),
            })),
            ended(Finding::Clock(ClockFound {
                now: Timestamp::UNIX_EPOCH,
                zone: Some("Europe/Berlin".to_owned()),
                ahead: Some(jiff::SignedDuration::from_hours(2)),
                problem: Some(ClockProblem::WrongZone(jiff::SignedDuration::from_hours(2))),
            })),
        ];
        let report = report(&findings, "Subvault 0.1.0 on linux", Timestamp::UNIX_EPOCH);
        assert_eq!(
            report,
            "Subvault 0.1.0 on linux\nChecked 1970-01-01T00:00:00Z\n\
             \nKeychain: Broken\n  Keychain: GNOME Keyring\n  Failure: KeychainLocked\n  Details: the keychain is locked\n\
             \nRecords: Broken\n  Failure: RecordsBroken\n\
             \nClock: Attention, ClockWrongZone\n  TimeHere: 1970-01-01T00:00:00Z\n  Zone: Europe/Berlin\n  Ahead: 7200\n"
        );
    }
}
