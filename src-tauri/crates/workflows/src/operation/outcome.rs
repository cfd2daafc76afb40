//! What an operation came to, as those who did not wait for it are told.

use super::StopReason;
use crate::connect_error::ConnectError;
use crate::failure::{Failure, Problem};
use crate::view::{FailureView, OutcomeView, ResultView};

use super::step::ReadyKey;

/// What an operation may come to.
pub trait OperationOutcome: Send + 'static {
    /// Whoever waits for it is told more; unless it says otherwise, nobody else needs to know more than that it has ended.
    fn view(&self) -> OutcomeView {
        ResultView::Done.into()
    }
}

/// Why an operation may not have come to its end.
pub trait OperationError: From<Problem> + Send + 'static {
    fn view(&self) -> FailureView;

    fn stopped(why: StopReason) -> Self {
        Problem::from(why).into()
    }
}

impl OperationError for Problem {
    fn view(&self) -> FailureView {
        self.into()
    }
}

impl OperationError for Failure {
    fn view(&self) -> FailureView {
        self.into()
    }
}

impl OperationError for ConnectError {
    fn view(&self) -> FailureView {
        self.into()
    }

    fn stopped(why: StopReason) -> Self {
        match why {
            StopReason::Asked => Self::Cancelled,
            why => Problem::from(why).into(),
        }
    }
}

impl OperationOutcome for ReadyKey {
    fn view(&self) -> OutcomeView {
        ResultView::Created { made: self.clone() }.into()
    }
}

impl OperationOutcome for () {}
impl OperationOutcome for jiff::Timestamp {}
impl OperationOutcome for vault::Connection {}
impl OperationOutcome for vault::backup::BackupFile {}
