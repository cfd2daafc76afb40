//! The made-up Twilio, in a process of its own.

use std::process::Command;

use crate::desktop::Running;
use crate::{Told, programs};

/// A practice server that ends with the value.
pub struct Practice {
    server: Running,
    first_line: String,
}

impl Practice {
    /// Starts a server with this many subaccounts on a free port.
    pub fn start(subaccounts: u32) -> Told<Self> {
        let mut command = Command::new(programs::built("practice")?);
        command.args([
            "--port",
            "0",
            "--control",
            "--subaccounts",
            &subaccounts.to_string(),
        ]);
        let (server, first_line) = Running::start_and_read_line(command)?;
        Ok(Self { server, first_line })
    }
}
