use std::fs;
use std::path::Path;

use crate::problem::{Done, Problem};

/// Writes a script that can be started as a program.
pub fn write_program(path: &Path, text: &str) -> Done {
    fs::write(path, text)
        .map_err(|error| Problem::doing(&format!("write {}", path.display()), error))?;
    mark_as_program(path)
}

#[cfg(unix)]
fn mark_as_program(path: &Path) -> Done {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .map_err(|error| Problem::doing(&format!("mark {} as a program", path.display()), error))
}

#[cfg(not(unix))]
fn mark_as_program(_: &Path) -> Done {
    Err(Problem::new("this is done on Linux only"))
}

/// Makes `link` a symbolic link to `to`.
#[cfg(unix)]
pub fn link(to: &Path, link: &Path) -> Done {
    std::os::unix::fs::symlink(to, link)
        .map_err(|error| Problem::doing(&format!("link {}", link.display()), error))
}

/// Makes `link` a symbolic link to `to`.
#[cfg(not(unix))]
pub fn link(_: &Path, _: &Path) -> Done {
    Err(Problem::new("this is done on Linux only"))
}
