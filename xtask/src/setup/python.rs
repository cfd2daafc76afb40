use std::path::PathBuf;

use crate::command::Shown;
use crate::paths;
use crate::problem::Done;

/// The folder of its own that this release of a package of PyPI's is installed in, with its programs in `bin/`.
pub fn package(name: &str, release: &str) -> Done<PathBuf> {
    let folder = paths::cache().join(format!("{name}-{release}"));
    let installed = folder.join("installed");
    if installed.is_file() {
        return Ok(folder);
    }
    Shown::new("python3")
        .args(["-m", "venv"])
        .arg(&folder)
        .run()?;
    Shown::new(&folder.join("bin/python").to_string_lossy())
        .args(["-m", "pip", "install", "--quiet"])
        .arg(format!("{name}=={release}"))
        .run()?;
    // Written last, so that what was broken off is installed again.
    crate::files::write_program(&installed, "")?;
    Ok(folder)
}
