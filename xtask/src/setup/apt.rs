use super::needs::Need;
use crate::command::{Shown, is_on_path};
use crate::problem::{Done, Problem};

/// Installs the packages of the needs that are not met.
pub fn install_missing(needs: &[Need]) -> Done {
    let missing = unmet(needs);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing on this machine:");
    for need in &missing {
        println!("  {:<24} {}", need.package, need.why);
    }
    if !is_on_path("apt-get") {
        return Err(Problem::new(
            "This system has no apt-get. Install what is listed above with its own package manager; the names are Debian's.",
        ));
    }
    let mut packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    packages.sort_unstable();
    packages.dedup();
    apt_get().arg("update").run_in_terminal()?;
    apt_get()
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages)
        .run_in_terminal()?;
    let still = unmet(needs);
    if still.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = still.iter().map(|need| need.package).collect();
    Err(Problem::new(format!(
        "apt-get ended well, but this is still missing: {}",
        names.join(", ")
    )))
}

fn unmet(needs: &[Need]) -> Vec<Need> {
    needs
        .iter()
        .copied()
        .filter(|need| !need.is_met())
        .collect()
}

fn apt_get() -> Shown {
    as_administrator("apt-get").arg("--quiet")
}

/// A command with the rights to change the system: as it is for root, else through sudo.
pub fn as_administrator(program: &str) -> Shown {
    let quiet = "DEBIAN_FRONTEND=noninteractive";
    if is_root() {
        Shown::new("env").args([quiet, program])
    } else {
        Shown::new("sudo").args(["env", quiet, program])
    }
}

fn is_root() -> bool {
    Shown::new("id")
        .arg("-u")
        .read()
        .is_ok_and(|id| id.trim() == "0")
}
