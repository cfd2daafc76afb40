use std::path::{Path, PathBuf};

use crate::{Failure, Told};

/// A program of this workspace, built by the same profile as the running one and lying beside it.
pub fn built(name: &str) -> Told<PathBuf> {
    let own = std::env::current_exe()
        .map_err(|error| Failure::from_error("find the running program", error))?;
    let folders = own.ancestors().skip(1).take(2);
    folders
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
        .ok_or_else(|| {
            Failure::new(format!(
                "`{name}` is not built beside {}: run `cargo build --workspace` first",
                own.display()
            ))
        })
}

/// The repository's root folder.
pub fn repository() -> &'static Path {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.ancestors().nth(2).unwrap_or(own)
}
