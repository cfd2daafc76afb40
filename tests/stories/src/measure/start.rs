use std::path::Path;
use std::time::{Duration, Instant};

use crate::desktop::Running;
use crate::waiting::until;
use crate::{Desktop, Failure, Told};

/// A program that has painted its first screen.
pub struct Started {
    /// From its start until it said that it had painted, in milliseconds.
    pub painted_after: f64,
    program: Running,
}

impl Started {
    /// The process id.
    pub fn id(&self) -> u32 {
        self.program.id()
    }
}

/// Starts a program that says `painted` on its standard error stream, and waits until it does.
pub async fn start(desktop: &Desktop, program: &Path, arguments: &[&str]) -> Told<Started> {
    let mut command = desktop.command(program);
    // As it is shipped: only a driven window is kept from being incognito.
    command
        .args(arguments)
        .env_remove("TAURI_WEBVIEW_AUTOMATION");
    let before = Instant::now();
    let program = Running::start(command, "")?;
    let painted = until(Duration::from_secs(60), async || {
        let painted = program
            .first_printed("painted")
            .map(|at| at.duration_since(before));
        painted.ok_or_else(|| Failure::new(format!("nothing was painted: {}", program.printed())))
    })
    .await?;
    Ok(Started {
        painted_after: painted.as_secs_f64() * 1000.0,
        program,
    })
}
