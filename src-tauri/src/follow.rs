//! Following the workspace that is open: what changes there is told to the window, and what an operation leaves behind is looked after.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, Manager};
use terms::AccountSid;
use workflows::{ChangeSet, ChangedRows, OperationKind, Workspace};

use crate::backup_job::backup_changed;
use crate::events::tell_if_shown;
use crate::look_after::look_after_soon;
use crate::session::AppSession;
use crate::wire::{
    ConnectionChanged, FailureKind, Operation, OperationsChanged, Outcome, RowsChanged,
    UnfinishedChanged,
};

/// Changes are told together, so that a thousand rows do not become a thousand messages.
const TOGETHER: Duration = Duration::from_millis(100);

/// Tells the window what changes in the workspace that it shows, for as long as the program runs. What has ended is told last, so that
/// whoever hears of it finds everything else in its place.
pub async fn follow(app: AppHandle) {
    let session = app.state::<AppSession>();
    let mut ended = HashSet::new();
    loop {
        let Ok(workspace) = session.workspace().await else {
            session.changed_since(None).await;
            continue;
        };
        let changed = tokio::select! {
            changed = workspace.changed() => changed,
            () = session.changed_since(Some(&workspace)) => {
                ended.clear();
                continue;
            }
        };
        tell(&app, &workspace, &changed).await;
        if changed.operations {
            let operations = workspace.operations();
            see_to_the_ended(&app, &operations, &mut ended);
            tell_if_shown(&app, &workspace, OperationsChanged(operations));
        }
        tokio::time::sleep(TOGETHER).await;
    }
}

async fn tell(app: &AppHandle, workspace: &Arc<Workspace>, changed: &ChangeSet) {
    if changed.connection
        && let Ok(connection) = workspace.records().connection().await
    {
        tell_if_shown(
            app,
            workspace,
            ConnectionChanged(connection.map(Into::into)),
        );
    }
    let rows = match &changed.rows {
        ChangedRows::None => Ok(Vec::new()),
        ChangedRows::These(accounts) => {
            let accounts: Vec<AccountSid> = accounts.iter().cloned().collect();
            workspace.rows_of(&accounts).await
        }
        ChangedRows::All => workspace.list().await.map(|list| list.rows),
    };
    if let Ok(rows) = rows
        && !rows.is_empty()
    {
        tell_if_shown(app, workspace, RowsChanged(rows));
    }
    if changed.unfinished
        && let Ok(open) = workspace.unfinished().await
    {
        tell_if_shown(app, workspace, UnfinishedChanged(open));
    }
    if changed.backup {
        // A folder on the network may keep this waiting.
        let (app, workspace) = (app.clone(), Arc::clone(workspace));
        tauri::async_runtime::spawn(async move { backup_changed(&app, &workspace).await });
    }
}

/// Looks after what an operation that has ended since the last time left behind. `ended` are those that had ended then.
fn see_to_the_ended(app: &AppHandle, operations: &[Operation], ended: &mut HashSet<u32>) {
    ended.retain(|id| operations.iter().any(|one| one.id == *id));
    for operation in operations {
        if let Some(outcome) = &operation.outcome
            && ended.insert(operation.id)
            && leaves_something(operation.kind, outcome)
        {
            look_after_soon(app);
        }
    }
}

/// Whether what is unfinished may be gone on with now. Whoever has just stopped waiting for the keychain is not made to wait for it again.
fn leaves_something(kind: OperationKind, outcome: &Outcome) -> bool {
    let creates = matches!(
        kind,
        OperationKind::CreateSubaccount | OperationKind::CreateKey | OperationKind::Finish
    );
    let given_up = matches!(outcome, Outcome::Failed { failure } if failure.kind == FailureKind::KeychainGivenUp);
    creates && !given_up
}
