//! The commands and events of the window, and the TypeScript that is generated from them.

use tauri_specta::{Builder, ErrorHandlingMode, collect_events};

use crate::commands;
use crate::wire::{
    BackupChanged, ClipboardCleared, CloseAsked, ConnectionChanged, KeychainWaits,
    OperationsChanged, RowsChanged, UnfinishedChanged,
};

/// Everything that crosses between the window and the Rust side.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .disable_serde_phases()
        .error_handling(ErrorHandlingMode::Throw)
        .commands(commands::all())
        .events(collect_events![
            BackupChanged,
            ClipboardCleared,
            CloseAsked,
            ConnectionChanged,
            KeychainWaits,
            OperationsChanged,
            RowsChanged,
            UnfinishedChanged,
        ])
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use specta_typescript::Typescript;

    use crate::command_names::COMMANDS;

    fn generated() -> String {
        let folder = tempfile::tempdir().expect("a folder for the generated file");
        let file = folder.path().join("bindings.ts");
        super::builder()
            .export(Typescript::default(), &file)
            .expect("every type can be exported");
        std::fs::read_to_string(file).expect("the generated file is text")
    }

    /// Set `SUBVAULT_WRITE_BINDINGS=1` to bring the file up to date.
    #[test]
    fn the_front_end_has_the_types_of_this_program() {
        let checked_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings.ts");
        let generated = generated();
        if std::env::var_os("SUBVAULT_WRITE_BINDINGS").is_some() {
            std::fs::write(&checked_in, &generated).expect("the front end's folder can be written");
        }
        let found = std::fs::read_to_string(&checked_in).unwrap_or_default();
        assert!(
            found == generated,
            "ui/src/bindings.ts is out of date; see the test's comment"
        );
    }

    #[test]
    fn the_build_names_exactly_the_commands_there_are() {
        let generated = generated();
        for command in COMMANDS {
            assert!(
                generated.contains(&format!("\"{command}\"")),
                "{command} is named but does not exist"
            );
        }
        assert_eq!(
            generated.matches("__TAURI_INVOKE").count(),
            COMMANDS.len() + 1
        );
    }
}
