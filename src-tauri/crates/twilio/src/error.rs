//! What can go wrong, by situation, and whether a create may have happened all the same.

use crate::network::SettingsError;
use crate::{Inspector, ProxySource, ProxyTrouble, Refusal, UnreadableProxy};
use terms::AccountSid;

/// Twilio's code for a Restricted key without the permission for what it asked.
const PERMISSION_MISSING: u32 = 70051;

/// Twilio's code for "no such item".
pub(crate) const NOT_FOUND: u32 = 20404;

/// A request that did not bring the answer asked for.
///
/// `detail` texts are technical, hold neither addresses nor secrets, and are meant for a support file.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The name was not found or no route leads there: this computer is probably offline.
    #[error("the host could not be reached: {detail}")]
    Offline {
        /// What the system said.
        detail: String,
    },
    /// The host, or something on the way, refused the connection.
    #[error("the connection was refused: {detail}")]
    ConnectionRefused {
        /// What the system said.
        detail: String,
    },
    /// The proxy this computer is set to use did not let the connection through, or did not answer.
    #[error("the proxy did not connect: {trouble}: {detail}")]
    Proxy {
        /// What it did instead.
        trouble: ProxyTrouble,
        /// What the proxy, or the system, said.
        detail: String,
    },
    /// The proxy's address, as this computer is set, cannot be read. Nothing was sent, to nobody.
    #[error("the proxy set in {source_of_it} cannot be read: {why}")]
    ProxyUnreadable {
        /// Where it is set.
        source_of_it: ProxySource,
        /// What is wrong with it.
        why: UnreadableProxy,
    },
    /// This computer has no list of authorities by which a certificate could be judged. Nothing was sent.
    #[error("no list of authorities{}", .variable.map(|name| format!(" where {name} says")).unwrap_or_default())]
    NoAuthorities {
        /// The variable that leads to none; `None` where the system itself has none.
        variable: Option<&'static str>,
    },
    /// The host's certificate was not accepted.
    #[error("the certificate was not accepted")]
    Certificate {
        /// Expired or not yet valid, which is also what a wrong clock on this computer looks like.
        clock_may_be_wrong: bool,
    },
    /// This computer trusts the certificate, but it is by an authority of its own: somebody opens the connection on its way and can
    /// read it. The user has not allowed that. Nothing was sent.
    #[error("{by}")]
    Inspected {
        /// Who.
        by: Inspector,
    },
    /// No encrypted connection could be agreed, for another reason than the certificate.
    #[error("no encrypted connection could be agreed: {detail}")]
    EncryptionFailed {
        /// What the other side did.
        detail: String,
    },
    /// No whole answer within the time allowed.
    #[error("no answer in time")]
    TimedOut {
        /// Whether any part of the request may have left this computer.
        request_sent: bool,
    },
    /// The connection broke, or what came was not a whole HTTP answer.
    #[error("the connection was lost: {detail}")]
    ConnectionLost {
        /// Whether any part of the request may have left this computer.
        request_sent: bool,
        /// What the system said.
        detail: String,
    },
    /// Twilio itself answered no (any 4xx but 429).
    #[error("refused: {0}")]
    Refused(Refusal),
    /// Twilio itself answered that there are too many requests at once (429), still so after the last try. Nothing was processed.
    #[error("too many requests at once: {0}")]
    TooManyRequests(Refusal),
    /// Twilio itself answered that it is in trouble (5xx).
    #[error("trouble at Twilio: {0}")]
    Trouble(Refusal),
    /// An answer that is not in Twilio's form: of a filter, a proxy, a sign-in page, or a gateway of Twilio's own. It says nothing about
    /// whether Twilio was asked, let alone what became of it.
    #[error("HTTP {status} from something other than Twilio{}", titled(title.as_deref()))]
    AnsweredByAnother {
        /// The HTTP status.
        status: u16,
        /// What the sender calls its page: one short line, without anything that could be a secret.
        title: Option<String>,
        /// Twilio's identifier of the request, should the answer have come past Twilio.
        request_id: Option<String>,
    },
    /// A success whose content is not what was asked for.
    #[error("the answer could not be read: {what}")]
    Unreadable {
        /// What was asked for.
        what: &'static str,
        /// Twilio's identifier of the request, for support.
        request_id: Option<String>,
    },
    /// An answer of the form that it should have, in which the part that matters is missing or not what it should be.
    #[error("a part of the answer is odd: {what}")]
    Odd {
        /// Which part.
        what: &'static str,
        /// Twilio's identifier of the request, for support.
        request_id: Option<String>,
    },
    /// A success with a longer body than such an answer can have.
    #[error("the answer is too large")]
    TooLarge,
    /// A list with more pages than it can have, or whose pages go in circles.
    #[error("the list has no end")]
    TooManyPages,
    /// The answer is about another account than the one asked for.
    #[error("asked about {asked}, answered about {answered}")]
    WrongAccount {
        /// The account asked for.
        asked: AccountSid,
        /// The account in the answer.
        answered: AccountSid,
    },
    /// The list continues on another host or at another resource; the link was not followed.
    #[error("the next page is somewhere else")]
    ForeignLink,
    /// The client could not be set up; nothing was sent.
    #[error("the client could not be set up: {0}")]
    Setup(String),
}

fn titled(title: Option<&str>) -> String {
    title.map_or_else(String::new, |title| format!(": “{title}”"))
}

/// Whether a request that failed may have changed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// Certainly nothing: it was refused, or never left this computer.
    No,
    /// The request left this computer and no clear answer came back.
    Unknown,
}

impl From<SettingsError> for Error {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::ProxyUnreadable { source, why } => Self::ProxyUnreadable {
                source_of_it: source,
                why,
            },
            SettingsError::NoAuthorities { variable } => Self::NoAuthorities { variable },
        }
    }
}

impl Error {
    /// For the error of a request that changes something: whether it may have done so all the same.
    ///
    /// [`Created::No`] only where nothing left this computer, or where Twilio itself refused. 408 and 499 say that somebody stopped
    /// waiting, not that nothing was done, so they are unknown whoever says so.
    pub fn created(&self) -> Created {
        match self {
            Self::Offline { .. }
            | Self::ConnectionRefused { .. }
            | Self::Proxy { .. }
            | Self::ProxyUnreadable { .. }
            | Self::NoAuthorities { .. }
            | Self::Certificate { .. }
            | Self::Inspected { .. }
            | Self::EncryptionFailed { .. }
            | Self::TooManyRequests(_)
            | Self::Setup(_) => Created::No,
            Self::TimedOut { request_sent } | Self::ConnectionLost { request_sent, .. } => {
                if *request_sent {
                    Created::Unknown
                } else {
                    Created::No
                }
            }
            Self::Refused(refusal) => match refusal.status {
                408 | 499 => Created::Unknown,
                _ => Created::No,
            },
            Self::Trouble(_)
            | Self::AnsweredByAnother { .. }
            | Self::Unreadable { .. }
            | Self::Odd { .. }
            | Self::TooLarge
            | Self::TooManyPages
            | Self::WrongAccount { .. }
            | Self::ForeignLink => Created::Unknown,
        }
    }

    /// Whether the way to Twilio failed, so that every other request would fail alike.
    pub fn is_of_the_network(&self) -> bool {
        matches!(
            self,
            Self::Offline { .. }
                | Self::ConnectionRefused { .. }
                | Self::Proxy { .. }
                | Self::ProxyUnreadable { .. }
                | Self::NoAuthorities { .. }
                | Self::Certificate { .. }
                | Self::Inspected { .. }
                | Self::EncryptionFailed { .. }
                | Self::TimedOut { .. }
                | Self::ConnectionLost { .. }
        )
    }

    /// Twilio's own words, where Twilio itself said no.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) | Self::TooManyRequests(refusal) | Self::Trouble(refusal) => {
                Some(refusal)
            }
            _ => None,
        }
    }

    /// Whether Twilio itself does not accept who signed (401). A key that lacks one permission signs well all the same, and a policy of
    /// the account speaks of no one signer.
    pub fn is_of_the_signer(&self) -> bool {
        matches!(self, Self::Refused(refusal)
            if refusal.status == 401 && refusal.code != PERMISSION_MISSING && !refusal.is_of_a_policy())
    }

    /// Whether Twilio itself says that it does not know something, or who signed: also its answer about what was made a moment ago.
    pub fn may_be_not_yet_known(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.status == 404) || self.is_of_the_signer()
    }

    /// Twilio's error code, where Twilio itself answered.
    pub fn code(&self) -> Option<u32> {
        self.refusal().map(|refusal| refusal.code)
    }

    /// The HTTP status, where it says what went wrong. Whose it is says the variant.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::AnsweredByAnother { status, .. } => Some(*status),
            _ => self.refusal().map(|refusal| refusal.status),
        }
    }

    /// Twilio's identifier of the request, for support cases.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::AnsweredByAnother { request_id, .. }
            | Self::Unreadable { request_id, .. }
            | Self::Odd { request_id, .. } => request_id.as_deref(),
            _ => self
                .refusal()
                .and_then(|refusal| refusal.request_id.as_deref()),
        }
    }
}
