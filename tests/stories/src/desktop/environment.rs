use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, Told};

/// Whether the desktop is light or dark, as its owner has set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// The usual light desktop.
    Light,
    /// A dark desktop.
    Dark,
}

/// The variables every program of a desktop gets, and no others.
#[derive(Clone)]
pub struct Environment {
    variables: Vec<(OsString, OsString)>,
    home: PathBuf,
}

impl Environment {
    /// An environment whose home is inside `folder`.
    pub fn in_folder(folder: &Path, theme: Theme) -> Told<Self> {
        let mut environment = Self {
            variables: Vec::new(),
            home: folder.join("home"),
        };
        for (variable, name) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_RUNTIME_DIR", "run"),
            ("TMPDIR", "tmp"),
        ] {
            let path = folder.join(name);
            private_folder(&path)?;
            environment.set(variable, path);
        }
        for kept in ["PATH", "RUST_BACKTRACE", "LOCPATH"] {
            if let Some(value) = std::env::var_os(kept) {
                environment.set(kept, value);
            }
        }
        // With the language "C" the page's own number and date formats throw.
        environment.set("LANG", "en_US.UTF-8");
        environment.set("GDK_BACKEND", "x11");
        environment.set(
            "GTK_THEME",
            match theme {
                Theme::Light => "Adwaita",
                Theme::Dark => "Adwaita:dark",
            },
        );
        environment.set("GSETTINGS_BACKEND", "memory");
        environment.set("NO_AT_BRIDGE", "1");
        environment.set("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
        environment.set("TAURI_WEBVIEW_AUTOMATION", "true");
        Ok(environment)
    }

    /// Sets a variable for every program started from now on.
    pub fn set(&mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) {
        self.variables
            .push((name.as_ref().to_owned(), value.as_ref().to_owned()));
    }

    /// A command that sees these variables and nothing of the person's own. What it leaves where it was started is in the home folder.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(&self.home)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }
}

fn private_folder(path: &Path) -> Told {
    let making = |error| Failure::from_error(&format!("make {}", path.display()), error);
    fs::create_dir_all(path).map_err(making)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(making)
}
