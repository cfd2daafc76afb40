//! Why nothing could be opened, and what the window is told of it.

use thiserror::Error;
use twilio::HostsError;
use vault::RecordsError;
use workflows::ConnectError;

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
        OpenError::Records(error) => error.into(),
        OpenError::Connect(error) => error.into(),
        OpenError::Busy => Failure::of(FailureKind::AlreadyRunning),
        OpenError::Hosts(_) | OpenError::Practice(_) => Failure {
            technical,
            ..Failure::of(FailureKind::Internal)
        },
    }
}
