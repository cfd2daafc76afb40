//! A process of its own for what may be killed.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde::Serialize;
use tokio::process::Command;

use crate::disk::Control;

/// A child that takes longer hangs, which nothing may.
const LONGEST: Duration = Duration::from_secs(60);

/// What a child wrote before it ended, however it ended.
pub struct Written {
    /// On its standard output.
    pub output: String,
    /// On its standard error stream.
    pub errors: String,
}

/// Runs this program as `role` on `errand`, to its end. `disk` is a control that it obeys below a folder.
///
/// # Errors
/// In words, when the child could not be started or hangs.
pub async fn run(
    role: &str,
    errand: &impl Serialize,
    disk: Option<(&Control, &Path)>,
) -> Result<Written, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    if let Some((control, folder)) = disk {
        control.over(&mut command, folder)?;
    }
    let errand = serde_json::to_string(errand).map_err(|error| error.to_string())?;
    let child = command
        .args([role, &errand])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| error.to_string())?;
    let ended = tokio::time::timeout(LONGEST, child.wait_with_output())
        .await
        .map_err(|_| format!("a {role} hung"))?
        .map_err(|error| error.to_string())?;
    Ok(Written {
        output: String::from_utf8_lossy(&ended.stdout).into_owned(),
        errors: String::from_utf8_lossy(&ended.stderr).into_owned(),
    })
}
