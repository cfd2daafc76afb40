use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The repository's root folder, as cargo tells it at each run: the folder may have been moved since this was built.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        package.parent().unwrap_or(Path::new(".")).to_owned()
    });
    &ROOT
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
