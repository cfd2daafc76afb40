use std::path::{Path, PathBuf};

/// The repository's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// The front end's folder.
pub fn ui() -> PathBuf {
    root().join("ui")
}

/// The conformance tests' folder.
pub fn conformance() -> PathBuf {
    root().join("tests/conformance")
}

/// Where everything built goes: `target`, or what CARGO_TARGET_DIR names.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// A program of this workspace as the development build leaves it.
pub fn built(program: &str) -> PathBuf {
    target()
        .join("debug")
        .join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
}

/// Where downloads that are not cargo's or npm's are kept between runs.
pub fn cache() -> PathBuf {
    root().join(".cache")
}
