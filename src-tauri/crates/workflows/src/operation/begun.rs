//! An operation that was begun.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::task::JoinHandle;

use super::control::Control;
use super::{OperationError, OperationId, OperationKind, OperationOutcome, Operations, StopWhen};
use crate::failure::Problem;
use crate::view::OutcomeView;

/// An operation that was begun. Awaited, it answers what the operation came to; dropped, the operation goes on.
pub struct Begun<T, E> {
    id: OperationId,
    task: JoinHandle<(Result<T, E>, OutcomeView)>,
}

impl<T, E: OperationError> Begun<T, E> {
    /// By which it is found among what runs.
    pub fn id(&self) -> OperationId {
        self.id
    }

    /// Waits for its end, and answers what the list says of it.
    pub(crate) async fn told(self) -> OutcomeView {
        match self.task.await {
            Ok((_, told)) => told,
            Err(_) => OutcomeView::Failed {
                failure: E::from(Problem::Crashed).view(),
            },
        }
    }
}

impl<T, E: OperationError> Future for Begun<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = ready!(Pin::new(&mut self.task).poll(context));
        Poll::Ready(match outcome {
            Ok((outcome, _)) => outcome,
            Err(_) => Err(Problem::Crashed.into()),
        })
    }
}

pub(super) fn begin<T: OperationOutcome, E: OperationError>(
    operations: Arc<Operations>,
    id: OperationId,
    kind: OperationKind,
    control: Arc<Control>,
    work: impl Future<Output = Result<T, E>> + Send + 'static,
) -> Begun<T, E> {
    let stopping = Arc::clone(&control);
    let is_left = operations.are_left();
    let working = async move {
        if is_left {
            // What goes on there is all that will.
            return Err(Problem::AlreadyRunning.into());
        }
        match kind.shape().stop {
            StopWhen::AtOnce => tokio::select! {
                biased;
                why = stopping.stopped() => Err(E::stopped(why)),
                outcome = work => outcome,
            },
            StopWhen::Never | StopWhen::WhenSafe => work.await,
        }
    };
    let task = tokio::spawn(async move {
        // In a task of its own, so that one that panics is told as ended too.
        let outcome = match tokio::spawn(working).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Problem::Crashed.into()),
        };
        let told = match &outcome {
            Ok(came_to) => came_to.view(),
            Err(_) if control.why_stopped().is_some() => OutcomeView::Stopped,
            Err(failed) => OutcomeView::Failed {
                failure: failed.view(),
            },
        };
        // Told after everything else that has changed: whoever hears of the end finds the rest in its place.
        operations.end(id, kind, told.clone());
        (outcome, told)
    });
    Begun { id, task }
}
