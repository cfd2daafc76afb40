//! What this computer is set to for the way to Twilio: read, and not tried.

use twilio::{Environment, NetworkSettings};

use crate::view::Verdict;
use crate::workspace::Workspace;

/// What reading the network settings found.
#[derive(Debug, Clone)]
pub struct NetworkFound {
    /// The settings for Twilio itself, also where practice mode or a test stands in for it.
    pub settings: NetworkSettings,
    /// What is wrong, the worst where it is several things.
    pub problem: Option<NetworkProblem>,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkProblem {
    /// With these settings nothing reaches Twilio.
    DoesNotWork(twilio::Error),
    /// The system is set to a setup script, which Subvault does not ask.
    Script,
    /// Two variables that differ by case alone disagree; this one does not count.
    Overruled(&'static str),
}

impl NetworkFound {
    pub(super) fn of(environment: &Environment) -> Self {
        let settings = NetworkSettings::for_twilio(environment);
        let problem = match settings.usable(environment) {
            Err(error) => Some(NetworkProblem::DoesNotWork(error.into())),
            Ok(()) if settings.script => Some(NetworkProblem::Script),
            Ok(()) => settings.overruled.map(NetworkProblem::Overruled),
        };
        Self { settings, problem }
    }

    pub(super) fn verdict(&self) -> Verdict {
        match self.problem {
            None => Verdict::Fine,
            Some(NetworkProblem::DoesNotWork(_)) => Verdict::Broken,
            Some(NetworkProblem::Script | NetworkProblem::Overruled(_)) => Verdict::Attention,
        }
    }
}

impl Workspace {
    /// The list of authorities is a file, which may lie on a drive that does not answer.
    pub(super) async fn read_network_settings(&self) -> NetworkFound {
        let environment = self.environment.clone();
        let reading = tokio::task::spawn_blocking(move || NetworkFound::of(&environment)).await;
        reading.unwrap_or_else(|stopped| NetworkFound {
            settings: NetworkSettings::default(),
            problem: Some(NetworkProblem::DoesNotWork(twilio::Error::Setup(
                stopped.to_string(),
            ))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;
    use twilio::{Error, ProxySource, UnreadableProxy};

    fn with(variables: &[(&str, &str)]) -> NetworkFound {
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), OsString::from(value)));
        NetworkFound::of(&Environment::of(variables))
    }

    #[test]
    fn settings_that_keep_everything_from_twilio_are_broken() {
        let unreadable = with(&[("HTTPS_PROXY", "http://erika:hun#ter2@proxy.example:1")]);
        assert_eq!(unreadable.verdict(), Verdict::Broken);
        assert_eq!(
            unreadable.problem,
            Some(NetworkProblem::DoesNotWork(Error::ProxyUnreadable {
                source_of_it: ProxySource::Variable("HTTPS_PROXY"),
                why: UnreadableProxy::Characters
            }))
        );
        let said = format!("{unreadable:?}");
        assert!(!said.contains("erika") && !said.contains("ter2"), "{said}");
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    #[test]
    fn a_variable_that_leads_to_no_authority_is_broken_and_one_that_disagrees_wants_looking_after()
    {
        let nowhere = with(&[("SSL_CERT_FILE", "/nowhere/authorities.pem")]);
        assert_eq!(nowhere.verdict(), Verdict::Broken);
        assert_eq!(
            nowhere.problem,
            Some(NetworkProblem::DoesNotWork(Error::NoAuthorities {
                variable: Some("SSL_CERT_FILE")
            }))
        );
        let both = with(&[("HTTPS_PROXY", "a:1"), ("https_proxy", "b:1")]);
        assert_eq!(both.verdict(), Verdict::Attention);
        assert_eq!(both.problem, Some(NetworkProblem::Overruled("HTTPS_PROXY")));
    }
}
