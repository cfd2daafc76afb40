use std::fs;
use std::path::{Path, PathBuf};

use super::rust_source;
use crate::command::{Shown, is_on_path};
use crate::problem::Done;

/// The standard library for another system.
pub enum RustStd {
    /// It lies with the toolchain.
    Installed,
    /// It is compiled along, by a compiler that finds the sources.
    FromSource {
        /// The compiler to use.
        compiler: PathBuf,
    },
}

impl RustStd {
    /// Provides it: as it is, by rustup, or (where rustup cannot, or `from_source` asks for it) from Debian's sources.
    pub fn provide(target: &str, from_source: bool) -> Done<Self> {
        if !from_source {
            if is_installed(target)? {
                return Ok(Self::Installed);
            }
            if is_on_path("rustup")
                && Shown::new("rustup")
                    .args(["target", "add", target])
                    .run()
                    .is_ok()
                && is_installed(target)?
            {
                return Ok(Self::Installed);
            }
            println!(
                "rustup cannot add {target}; the standard library is compiled from Debian's sources instead"
            );
        }
        Ok(Self::FromSource {
            compiler: rust_source::compiler_with_sources()?,
        })
    }

    /// Has a cargo command use it.
    pub fn used_by(&self, cargo: Shown) -> Shown {
        match self {
            Self::Installed => cargo,
            Self::FromSource { compiler } => cargo
                .env("RUSTC", compiler)
                .env("RUSTC_BOOTSTRAP", "1")
                .arg("-Zbuild-std=std,panic_abort,panic_unwind"),
        }
    }
}

fn is_installed(target: &str) -> Done<bool> {
    let folder = Shown::new("rustc")
        .args(["--print", "target-libdir", "--target", target])
        .read()?;
    let folder = Path::new(folder.trim());
    Ok(fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()))
}
