use crate::command::Shown;
use crate::problem::{Done, Problem};

/// Where the runtime's version stands, for the whole computer and for one user.
/// Source: learn.microsoft.com/microsoft-edge/webview2/concepts/distribution, “Detect if a WebView2 Runtime is already installed”.
const VERSIONS: [&str; 2] = [
    r"HKLM\SOFTWARE\WOW6432Node\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}",
    r"HKCU\Software\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}",
];

/// Installs the runtime that draws the window, where it is missing: Windows 11 has it.
pub fn install_if_missing() -> Done {
    if is_there() {
        return Ok(());
    }
    println!("Missing on this machine:");
    println!("  WebView2 Runtime   draws the window");
    let by_hand = || {
        Problem::new(
            "The WebView2 Runtime is still missing. Install it from Microsoft's page of that name, and run this again.",
        )
    };
    Shown::new("winget")
        .args([
            "install",
            "--exact",
            "--id",
            "Microsoft.EdgeWebView2Runtime",
        ])
        .run_in_terminal()
        .map_err(|_| by_hand())?;
    if is_there() { Ok(()) } else { Err(by_hand()) }
}

fn is_there() -> bool {
    VERSIONS.iter().any(|key| {
        Shown::new("reg")
            .args(["query", key, "/v", "pv"])
            .read()
            .is_ok_and(|answer| names_a_version(&answer))
    })
}

/// What was removed again may leave its key behind, with no version or with this one.
fn names_a_version(answer: &str) -> bool {
    let version = answer.lines().find_map(|line| {
        line.trim()
            .strip_prefix("pv")?
            .trim()
            .strip_prefix("REG_SZ")
    });
    version.is_some_and(|version| !matches!(version.trim(), "" | "0.0.0.0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(version: &str) -> String {
        format!("\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\…\r\n    pv    REG_SZ    {version}\r\n\r\n")
    }

    #[test]
    fn only_a_version_that_is_not_all_zero_counts() {
        assert!(names_a_version(&answer("120.0.2210.61")));
        assert!(!names_a_version(&answer("0.0.0.0")));
        assert!(!names_a_version(&answer("")));
        assert!(!names_a_version(""));
    }
}
