//! What an operation came to, as those who did not wait for it are told.

use super::Why;
use crate::connect_error::ConnectError;
use crate::failure::{Failure, Problem};
use crate::view::{FailureView, OutcomeView, ResultView};

use super::step::Made;

/// What an operation may come to.
pub trait Comes: Send + 'static {
    /// Whoever waits for it is told more; unless it says otherwise, nobody else needs to know more than that it has ended.
    fn view(&self) -> OutcomeView {
        ResultView::Done.into()
    }
}

/// Why an operation may not have come to its end.
pub trait Fails: From<Problem> + Send + 'static {
    fn view(&self) -> FailureView;

    fn stopped(why: Why) -> Self {
        Problem::from(why).into()
    }
}

impl Fails for Problem {
    fn view(&self) -> FailureView {
        self.into()
    }
}

impl Fails for Failure {
    fn view(&self) -> FailureView {
        self.into()
    }
}

impl Fails for ConnectError {
    fn view(&self) -> FailureView {
        self.into()
    }

    fn stopped(why: Why) -> Self {
        match why {
            Why::Asked => Self::Cancelled,
            why => Problem::from(why).into(),
        }
    }
}

impl Comes for Made {
    fn view(&self) -> OutcomeView {
        ResultView::Created { made: self.clone() }.into()
    }
}

impl Comes for () {}
impl Comes for jiff::Timestamp {}
impl Comes for vault::Connection {}
impl Comes for vault::backup::BackupFile {}
