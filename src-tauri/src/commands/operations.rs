//! Operations: checked, begun, watched, stopped and put away, whatever they do.

use std::sync::Arc;

use guard::lock::Fresh;
use tauri::State;
use vault::BatchId;
use workflows::{OperationId, OperationKind, Order};

use crate::lock::LockController;
use crate::preferences::service_of;
use crate::session::AppSession;
use crate::wire::{Batch, Failure, Preview};

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

/// Begins what is ordered, and answers its number. How far it is, and what it comes to, is told as it happens. What nobody can undo is begun
/// for who has just said who they are.
#[tauri::command]
#[specta::specta]
pub async fn begin(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    order: Order,
) -> Result<u32, Failure> {
    let allowed = fresh_for(&controller, std::slice::from_ref(&order))?;
    let workspace = session.workspace().await?;
    still_fresh(&controller, allowed.as_ref())?;
    Ok(workspace.begin(order).get())
}

/// What nobody can undo is asked for by who has just said who they are.
fn fresh_for(controller: &LockController, orders: &[Order]) -> Result<Option<Fresh>, Failure> {
    let is_for_good = orders.iter().any(Order::is_for_good);
    is_for_good.then(|| controller.require_fresh()).transpose()
}

fn still_fresh(controller: &LockController, allowed: Option<&Fresh>) -> Result<(), Failure> {
    allowed.map_or(Ok(()), |allowed| controller.still_fresh(allowed))
}

/// Begins orders that were given together, and answers the number of the operation that carries them out. They are kept until each has ended.
/// What nobody can undo is begun for who has just said who they are.
#[tauri::command]
#[specta::specta]
pub async fn carry_out(
    session: State<'_, AppSession>,
    controller: State<'_, Arc<LockController>>,
    orders: Vec<Order>,
) -> Result<u32, Failure> {
    let allowed = fresh_for(&controller, &orders)?;
    let workspace = session.workspace().await?;
    still_fresh(&controller, allowed.as_ref())?;
    let carrying = workspace.carry_out(orders).await?;
    Ok(carrying.begin().id().get())
}

/// The batches that are kept, oldest first: those that run, those that wait to be resumed, and those whose report was not looked at yet.
#[tauri::command]
#[specta::specta]
pub async fn batches(session: State<'_, AppSession>) -> Result<Vec<Batch>, Failure> {
    Ok(session.workspace().await?.batches().await?)
}

/// Goes on with what is left of a batch, and answers the number of the operation.
#[tauri::command]
#[specta::specta]
pub async fn resume_batch(session: State<'_, AppSession>, batch: u32) -> Result<u32, Failure> {
    let batch = BatchId::new(i64::from(batch));
    let carrying = session.workspace().await?.resume_batch(batch).await?;
    Ok(carrying.begin().id().get())
}

/// Forgets a batch that does not run: its report was looked at, or the rest of it is not wanted any more.
#[tauri::command]
#[specta::specta]
pub async fn discard_batch(session: State<'_, AppSession>, batch: u32) -> Result<(), Failure> {
    let batch = BatchId::new(i64::from(batch));
    Ok(session.workspace().await?.discard_batch(batch).await?)
}

/// Stops one operation, where it can be stopped.
#[tauri::command]
#[specta::specta]
pub async fn stop_operation(session: State<'_, AppSession>, id: u32) -> Result<(), Failure> {
    session.workspace().await?.stop(OperationId::new(id));
    Ok(())
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
