use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;

use super::{Environment, Running};
use crate::waiting::{PATIENCE, until};
use crate::{Failure, Told};

/// WebKit's own WebDriver server; it starts the program and holds one session at a time.
pub struct Driver {
    address: String,
    server: Running,
}

impl Driver {
    /// Starts it; every connection that it and the program make is written to `connections`, where that is given.
    pub async fn start(environment: &Environment, connections: Option<&Path>) -> Told<Self> {
        let port = free_port()?;
        let mut command = match connections {
            None => environment.command("WebKitWebDriver"),
            Some(file) => {
                let mut command = environment.command("strace");
                // As a grandchild, so that what is started and ended is the driver.
                command
                    .args([
                        "--daemonize",
                        "--follow-forks",
                        "--quiet=all",
                        "--seccomp-bpf",
                        // Where to, not what: what the driver is told of the window is nobody's leak.
                        "--string-limit=0",
                    ])
                    .args(["--trace=connect,sendto", "--output"])
                    .arg(file)
                    .arg("WebKitWebDriver");
                command
            }
        };
        command
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1");
        let server = Running::start(command, "")?;
        until(PATIENCE, async || {
            TcpStream::connect((Ipv4Addr::LOCALHOST, port))
                .map(drop)
                .map_err(|error| Failure::from_error("reach WebKitWebDriver", error))
        })
        .await
        .map_err(|failure| failure.and(server.printed()))?;
        Ok(Self {
            address: format!("http://127.0.0.1:{port}"),
            server,
        })
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn id(&self) -> u32 {
        self.server.id()
    }

    pub fn printed(&self) -> String {
        self.server.printed()
    }
}

/// A port that was free a moment ago; WebKitWebDriver cannot choose one and say which.
fn free_port() -> Told<u16> {
    let free =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    free.map(|address| address.port())
        .map_err(|error| Failure::from_error("find a free port", error))
}
