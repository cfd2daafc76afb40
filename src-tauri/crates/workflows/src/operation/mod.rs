//! Operations: what is begun, watched, stopped, and come back to, from the button to the journal.
//!
//! Whatever takes long is one. A method of [`Workspace`](crate::Workspace) names it and answers an [`Operation`], which begins when it is
//! awaited or told to; its work is an ordinary function that is given a [`Run`]. What all of them have in common is here, once: they are listed while they
//! run, they can be watched and stopped, and their [`Shape`] says what a lock means to them. The engine carries; it never decides in which
//! order a key's secret is made safe.

mod begun;
mod control;
mod kind;
mod outcome;
mod registry;
mod run;
mod step;
mod subject;

use std::pin::Pin;
use std::sync::Arc;

use terms::Tag;

pub use begun::Begun;
pub use kind::{AtLock, OperationKind, StopWhen};
pub use outcome::{OperationError, OperationOutcome};
pub use run::News;
pub use step::{ReadyKey, Step, StepState};
pub use subject::{BatchItems, OperationId, Subject};

pub(crate) use control::StopReason;
pub(crate) use registry::Operations;
pub(crate) use run::Run;

type Work<T, E> = Box<dyn FnOnce(Run) -> Pin<Box<dyn Future<Output = Result<T, E>> + Send>> + Send>;

type Listener = Box<dyn Fn(&News) + Send + Sync>;

/// Something that can be begun. Nothing is done until it is awaited, or [`Operation::begin`] is called; then it goes on to its end, whatever
/// becomes of who waits for it.
#[must_use = "it begins when it is awaited"]
pub struct Operation<T, E> {
    operations: Arc<Operations>,
    kind: OperationKind,
    subject: Subject,
    batch: Option<BatchItems>,
    tag: Option<Tag>,
    listener: Option<Listener>,
    work: Work<T, E>,
}

impl<T: OperationOutcome, E: OperationError> Operation<T, E> {
    pub(crate) fn new<F>(
        operations: Arc<Operations>,
        kind: OperationKind,
        subject: Subject,
        work: impl FnOnce(Run) -> F + Send + 'static,
    ) -> Self
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        Self {
            operations,
            kind,
            subject,
            batch: None,
            tag: None,
            listener: None,
            work: Box::new(move |run| Box::pin(work(run))),
        }
    }

    /// Has this hear each piece of news, on the thread that does the work and before it goes on.
    pub fn told_to(self, listener: impl Fn(&News) + Send + Sync + 'static) -> Self {
        Self {
            listener: Some(Box::new(listener)),
            ..self
        }
    }

    /// Names the batch whose orders it carries out.
    pub(crate) fn of_batch(self, batch: BatchItems) -> Self {
        Self {
            batch: Some(batch),
            ..self
        }
    }

    /// Has what it makes first written into the journal under this tag.
    pub(crate) fn tagged(self, tag: Option<Tag>) -> Self {
        Self { tag, ..self }
    }

    /// Begins it, on a task of its own.
    pub fn begin(self) -> Begun<T, E> {
        let Self {
            operations,
            kind,
            subject,
            batch,
            tag,
            listener,
            work,
        } = self;
        let (id, control) = operations.enter(kind, subject, batch);
        let hears = Arc::clone(&operations);
        let tell = move |news: News| {
            if let Some(listener) = &listener {
                listener(&news);
            }
            hears.hear(id, news);
        };
        let run = Run::new(Arc::clone(&control), tag, tell);
        begun::begin(operations, id, kind, control, work(run))
    }
}

impl<T: OperationOutcome, E: OperationError> IntoFuture for Operation<T, E> {
    type Output = Result<T, E>;
    type IntoFuture = Begun<T, E>;

    fn into_future(self) -> Begun<T, E> {
        self.begin()
    }
}
