use super::apt::as_administrator;
use crate::command::{Shown, is_on_path};
use crate::problem::Done;

/// The locale of the desktops that the tests make. WebKit calls the C locales "C", which no page can format a date in.
const NAME: &str = "en_US.UTF-8";

/// Makes the locale, where the tools for it are installed and it is not there yet.
pub fn generate_if_missing() -> Done {
    if !is_on_path("localedef") || is_there()? {
        return Ok(());
    }
    println!(
        "Missing on this machine:\n  {NAME:<24} the locale of the desktops that the tests make"
    );
    as_administrator("localedef")
        .args(["-i", "en_US", "-f", "UTF-8", NAME])
        .run_in_terminal()
}

fn is_there() -> Done<bool> {
    let names = Shown::new("locale").arg("-a").read()?;
    Ok(names
        .lines()
        .any(|name| name.eq_ignore_ascii_case("en_US.utf8") || name == NAME))
}
