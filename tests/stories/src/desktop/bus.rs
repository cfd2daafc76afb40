use std::fs;
use std::path::Path;

use super::{Environment, Running};
use crate::{Failure, Told};

/// A session bus on which nothing starts by itself, so that a keychain that was ended stays ended.
pub struct Bus {
    address: String,
    _daemon: Running,
}

impl Bus {
    pub fn start(environment: &Environment, folder: &Path) -> Told<Self> {
        let configuration = folder.join("bus.conf");
        fs::write(&configuration, configuration_for(folder))
            .map_err(|error| Failure::from_error("write the bus configuration", error))?;
        let mut command = environment.command("dbus-daemon");
        command
            .arg(format!("--config-file={}", configuration.display()))
            .args(["--nofork", "--print-address=1"]);
        let (daemon, [address]) = Running::start_and_read(command)?;
        Ok(Self {
            address,
            _daemon: daemon,
        })
    }

    pub fn address(&self) -> &str {
        &self.address
    }
}

fn configuration_for(folder: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={}/run/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        folder.display()
    )
}
