use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::command::Shown;
use crate::problem::{Done, Problem};

/// The oldest Node.js the front end's tools run on, by its first two numbers.
const OLDEST_NODE: (u32, u32) = (20, 19);

/// Makes sure that Node.js is there and new enough.
pub fn check_node() -> Done {
    let (first, second) = OLDEST_NODE;
    let advice =
        format!("Install Node.js {first}.{second} or newer, with npm: it builds the front end.");
    let version = Shown::new("node")
        .arg("--version")
        .read()
        .map_err(|_| Problem::new(&advice))?;
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map_while(|number| number.parse::<u32>().ok());
    let found = numbers.next().zip(numbers.next());
    if found.is_none_or(|found| found < OLDEST_NODE) {
        return Err(Problem::new(format!(
            "Node.js {} is too old. {advice}",
            version.trim()
        )));
    }
    Shown::new("npm")
        .arg("--version")
        .read()
        .map(drop)
        .map_err(|_| Problem::new(advice))
}

/// Installs a folder's packages exactly as its lock file has them, unless they are there.
pub fn install_packages(folder: &Path) -> Done {
    let locked = changed(&folder.join("package-lock.json"));
    let installed = changed(&folder.join("node_modules/.package-lock.json"));
    if locked.is_some() && installed >= locked {
        println!(
            "{}: packages are as the lock file has them",
            folder.display()
        );
        return Ok(());
    }
    Shown::new("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .inside(folder)
        .run()
}

/// Brings the pages that the program carries inside up to date, from their packages on.
pub fn prepare_pages() -> Done {
    install_packages(&crate::paths::ui())?;
    build_pages()
}

/// Builds the pages that the program carries inside.
pub fn build_pages() -> Done {
    Shown::new("npm")
        .args(["run", "build"])
        .inside(crate::paths::ui())
        .run()
}

fn changed(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|data| data.modified()).ok()
}
