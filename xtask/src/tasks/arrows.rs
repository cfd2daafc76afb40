//! That the code's arrows point one way: between packages, and between the files of each.

use crate::arrows::{Source, circles, packages, uses, wrong_arrows};
use crate::problem::{Done, Problem};

/// Finds every arrow between packages that must not be, and every circle of files.
///
/// # Errors
///
/// There is one; each is printed.
pub fn arrows() -> Done {
    let packages = packages()?;
    let mut found = wrong_arrows(&packages);
    for package in &packages {
        for root in &package.roots {
            for circle in circles(&uses(&Source::read(root)?)) {
                found.push(format!("a circle of files in {}:", package.name));
                found.extend(circle.iter().map(|line| format!("    {line}")));
            }
        }
    }
    for line in &found {
        println!("{line}");
    }
    if found.is_empty() {
        println!("{} packages, no arrow that points back", packages.len());
        return Ok(());
    }
    Err(Problem::new("the code's arrows do not point one way"))
}
