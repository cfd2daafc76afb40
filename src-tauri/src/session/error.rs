//! Why nothing could be opened, and what the window is told of it.

use thiserror::Error;
use twilio::HostsError;
use vault::RecordsError;
use workflows::ConnectError;

use crate::shown::{connect_failure, of_kind, problem};
use crate::wire::{Failure, FailureKind};

/// Why nothing could be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error(transparent)]
    Records(#[from] RecordsError),
    #[error(transparent)]
    Hosts(#[from] HostsError),
    #[error("the made-up Twilio did not start: {0}")]
    Practice(#[from] practice::StartError),
    #[error(transparent)]
    Connect(#[from] ConnectError),
    #[error("something is still being created")]
    Busy,
}

/// Records or practice mode that could not be opened.
pub fn open_failure(error: OpenError) -> Failure {
    let technical = Some(error.to_string());
    match error {
        OpenError::Records(error) => problem(error.into()),
        OpenError::Connect(error) => connect_failure(error),
        OpenError::Busy => of_kind(FailureKind::AlreadyRunning),
        OpenError::Hosts(_) | OpenError::Practice(_) => Failure {
            technical,
            ..of_kind(FailureKind::Internal)
        },
    }
}
