use std::path::Path;

use super::{Environment, Running};
use crate::{Failure, Told};

/// An X server in memory, under the first free number.
pub struct Display {
    name: String,
    _server: Running,
}

impl Display {
    pub fn start(environment: &Environment) -> Told<Self> {
        let mut command = environment.command("Xvfb");
        command.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let (server, [number]) = Running::start_and_read(command)?;
        Ok(Self {
            name: format!(":{number}"),
            _server: server,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Writes a PNG of the window of this title, or of the whole screen where there is none.
    pub fn picture(&self, environment: &Environment, title: &str, to: &Path) -> Told {
        let taking = |error| Failure::from_error("take a picture", error);
        let exactly = format!("^{title}$");
        let found = environment
            .command("xdotool")
            .args(["search", "--onlyvisible", "--name", &exactly])
            .output()
            .map_err(taking)?;
        let found = String::from_utf8_lossy(&found.stdout).into_owned();
        let window = found.lines().next_back().unwrap_or("root");
        let output = environment
            .command("import")
            .args(["-window", window])
            .arg(to)
            .output()
            .map_err(taking)?;
        if output.status.success() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "no picture of {}: {}",
            self.name,
            String::from_utf8_lossy(&output.stderr)
        )))
    }
}
