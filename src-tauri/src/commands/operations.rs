//! Operations: checked, begun, watched, stopped and put away, whatever they do.

use tauri::State;
use workflows::{OperationId, OperationKind, Order};

use crate::preferences::service_of;
use crate::session::AppSession;
use crate::wire::{Failure, Preview};

/// What each of these orders would make or change, before it is begun; null for one that names nothing.
#[tauri::command]
#[specta::specta]
pub async fn check(
    session: State<'_, AppSession>,
    orders: Vec<Order>,
) -> Result<Vec<Option<Preview>>, Failure> {
    let workspace = session.workspace().await?;
    let service = service_of(&workspace).await;
    Ok(workspace.check(&orders, service).await?)
}

/// Begins what is ordered, and answers its number. How far it is, and what it comes to, is told as it happens.
#[tauri::command]
#[specta::specta]
pub async fn begin(session: State<'_, AppSession>, order: Order) -> Result<u32, Failure> {
    Ok(session.workspace().await?.begin(order).get())
}

/// Stops what runs of this kind, where it can be stopped, also what the window has not heard of yet.
#[tauri::command]
#[specta::specta]
pub async fn stop_operations(
    session: State<'_, AppSession>,
    kind: OperationKind,
) -> Result<(), Failure> {
    session.workspace().await?.stop_all(kind);
    Ok(())
}

/// Puts away an operation that has ended.
#[tauri::command]
#[specta::specta]
pub async fn dismiss_operation(session: State<'_, AppSession>, id: u32) -> Result<(), Failure> {
    session.workspace().await?.dismiss(OperationId::new(id));
    Ok(())
}
