use std::path::{Path, PathBuf};

macro_rules! commands {
    ($($module:ident::$name:ident $($while_locked:ident)?;)*) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}
include!("command_list.rs");

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/command_list.rs");
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder"))
        .join("capabilities");
    write_capability(&folder).expect("the capability can be written");
    let pattern = folder.join("*.json").display().to_string();
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern(pattern.leak())
        .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    tauri_build::try_build(attributes)
        .expect("the window's configuration and capabilities are valid");
}

/// What the one window may call: each command by its name, and listening to events.
fn write_capability(folder: &Path) -> std::io::Result<()> {
    let commands = COMMANDS
        .iter()
        .map(|name| format!("allow-{}", name.replace('_', "-")));
    let events = ["listen", "unlisten"].map(|name| format!("core:event:allow-{name}"));
    let permissions: Vec<String> = events
        .into_iter()
        .chain(commands)
        .map(|permission| format!("\"{permission}\""))
        .collect();
    std::fs::create_dir_all(folder)?;
    std::fs::write(
        folder.join("main.json"),
        format!(
            r#"{{"identifier": "main", "description": "What the one window may call: each command by name, and listening to events.", "local": true, "windows": ["main"], "permissions": [{}]}}"#,
            permissions.join(", ")
        ),
    )
}
