//! How a workflow becomes an operation.

use std::sync::Arc;

use crate::operation::{Operation, OperationError, OperationKind, OperationOutcome, Run, Subject};
use crate::workspace::Workspace;

impl Workspace {
    /// Work of this kind, which begins when it is told to. What stops something unfinished is kept beside it.
    pub(crate) fn operation<T: OperationOutcome, E: OperationError, F>(
        self: &Arc<Self>,
        kind: OperationKind,
        subject: Subject,
        work: impl FnOnce(Arc<Self>, Run) -> F + Send + 'static,
    ) -> Operation<T, E>
    where
        F: Future<Output = Result<T, E>> + Send + 'static,
    {
        let workspace = Arc::clone(self);
        let operations = Arc::clone(&self.operations);
        Operation::new(operations, kind, subject, move |run| async move {
            let outcome = work(Arc::clone(&workspace), run).await;
            if let Err(failed) = &outcome {
                workspace.note_failure(&failed.view()).await;
            }
            outcome
        })
    }
}
