//! The client against servers that behave, misbehave, and break off.

mod answers;
mod by_iam;
#[cfg(not(any(windows, target_os = "macos")))]
mod inspection;
mod lost_replies;
mod odd_rows;
mod pages;
// Windows and macOS know no variable that names an authority.
#[cfg(not(any(windows, target_os = "macos")))]
mod proxies;
#[cfg(not(any(windows, target_os = "macos")))]
mod proxy_servers;
mod raw_server;
mod reaching;
mod retries;
mod tls;
mod with_practice;
mod wrong_answers;
