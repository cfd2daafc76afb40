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
        let (server, number) = Running::start_and_read_line(command)?;
        Ok(Self {
            name: format!(":{number}"),
            _server: server,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn picture(&self, environment: &Environment, to: &Path) -> Told {
        let output = environment
            .command("import")
            .args(["-window", "root"])
            .arg(to)
            .output()
            .map_err(|error| Failure::from_error("take a picture with `import`", error))?;
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
