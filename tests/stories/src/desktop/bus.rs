use std::fs;
use std::path::{Path, PathBuf};

use super::{Environment, Running};
use crate::{Failure, Told};

/// A session bus on which nothing starts by itself but what is put into its folder of services, so that a keychain that was ended stays
/// ended.
pub struct Bus {
    address: String,
    _daemon: Running,
}

impl Bus {
    pub fn start(environment: &Environment, folder: &Path) -> Told<Self> {
        fs::create_dir_all(services_in(folder))
            .map_err(|error| Failure::from_error("make the folder of services", error))?;
        Self::start_at(environment, folder, "bus.conf", &folder.join("run/bus"))
    }

    /// The same, listening at this path; `file` is the name of its configuration in `folder`.
    pub fn start_at(
        environment: &Environment,
        folder: &Path,
        file: &str,
        path: &Path,
    ) -> Told<Self> {
        let configuration = folder.join(file);
        fs::write(
            &configuration,
            configuration_for(path, &services_in(folder)),
        )
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

/// Where the bus looks for what it may start.
pub fn services_in(folder: &Path) -> PathBuf {
    folder.join("services")
}

fn configuration_for(path: &Path, services: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={}</listen>
  <servicedir>{}</servicedir>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#,
        path.display(),
        services.display()
    )
}
