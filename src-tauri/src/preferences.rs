//! What the user chose in Settings, kept in the records of the account that is open.

use workflows::{Service, Workspace};

use crate::wire::{Failure, FailureKind, Preferences};

/// The name under which the records keep the preferences.
const PREFERENCES: &str = "preferences";

/// The chosen preferences, or the defaults where none are kept or they cannot be read.
pub async fn preferences(workspace: &Workspace) -> Preferences {
    match workspace.records().preference(PREFERENCES).await {
        Ok(Some(text)) => serde_json::from_str(&text).unwrap_or_default(),
        _ => Preferences::default(),
    }
}

/// Keeps what the user chose.
///
/// # Errors
///
/// What the records could not be written with.
pub async fn keep(workspace: &Workspace, chosen: &Preferences) -> Result<(), Failure> {
    let text = serde_json::to_string(chosen).map_err(|error| Failure {
        technical: Some(error.to_string()),
        ..Failure::of(FailureKind::Internal)
    })?;
    let kept = workspace.records().set_preference(PREFERENCES, &text);
    Ok(kept.await?)
}

/// The service that keys are made for.
pub async fn service_of(workspace: &Workspace) -> &'static Service {
    workflows::service(&preferences(workspace).await.service)
}
