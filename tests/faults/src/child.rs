//! A process of its own for what may be killed.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde::Serialize;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};

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

/// Runs this program as `role` on `job`, to its end. `disk` is a control that it obeys below a folder.
///
/// # Errors
/// In words, when the child could not be started or hangs.
pub async fn run(
    role: &str,
    job: &impl Serialize,
    disk: Option<(&Control, &Path)>,
) -> Result<Written, String> {
    run_heard(role, job, disk, |_| false).await
}

/// The same for a child that may wait for an answer: `hear` is told each line of its output, and says whether to send it one.
///
/// # Errors
/// In words, when the child could not be started or hangs.
pub async fn run_heard(
    role: &str,
    job: &impl Serialize,
    disk: Option<(&Control, &Path)>,
    hear: impl FnMut(&str) -> bool,
) -> Result<Written, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(program);
    if let Some((control, folder)) = disk {
        control.over(&mut command, folder)?;
    }
    let job = serde_json::to_string(job).map_err(|error| error.to_string())?;
    let child = command
        .args([role, &job])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| error.to_string())?;
    tokio::time::timeout(LONGEST, listen(child, hear))
        .await
        .map_err(|_| format!("a {role} hung"))?
        .map_err(|error| error.to_string())
}

async fn listen(mut child: Child, mut hear: impl FnMut(&str) -> bool) -> std::io::Result<Written> {
    let missing = || std::io::Error::other("a stream of the child is missing");
    let mut answers = child.stdin.take().ok_or_else(missing)?;
    let mut lines = BufReader::new(child.stdout.take().ok_or_else(missing)?);
    let mut errors_of = child.stderr.take().ok_or_else(missing)?;
    let errors = tokio::spawn(async move {
        let mut errors = Vec::new();
        errors_of.read_to_end(&mut errors).await?;
        Ok::<_, std::io::Error>(errors)
    });
    let mut output = String::new();
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).await? > 0 {
        let text = String::from_utf8_lossy(&line).into_owned();
        if hear(text.trim_end()) {
            // One that was killed meanwhile hears no more.
            let _ = answers.write_all(b"\n").await;
        }
        output.push_str(&text);
        line.clear();
    }
    child.wait().await?;
    let errors = errors.await.map_err(std::io::Error::other)??;
    Ok(Written {
        output,
        errors: String::from_utf8_lossy(&errors).into_owned(),
    })
}
