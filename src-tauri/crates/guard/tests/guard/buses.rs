//! A message bus for one test, which stands for both the system's and the session's, and what speaks on it.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

pub(crate) struct Bus {
    daemon: Child,
    pub(crate) address: String,
}

impl Bus {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the configuration");
        let file = folder.path().join("bus.conf");
        std::fs::write(&file, CONFIGURATION).expect("it can be written");
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is there");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().expect("it was asked for"))
            .read_line(&mut address)
            .expect("it says where it listens");
        Self {
            daemon,
            address: address.trim().to_owned(),
        }
    }

    /// Variables under which a second process takes it for both buses.
    pub(crate) fn variables(&self) -> [(&'static str, &str); 2] {
        [
            ("DBUS_SESSION_BUS_ADDRESS", &self.address),
            ("DBUS_SYSTEM_BUS_ADDRESS", &self.address),
        ]
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        // One that has ended by itself needs no more ending.
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
