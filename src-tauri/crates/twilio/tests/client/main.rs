//! The client against servers that behave, misbehave, and break off.

mod answers;
mod auth_tokens;
mod by_iam;
#[cfg(not(any(windows, target_os = "macos")))]
mod inspection;
mod lost_replies;
mod numbers;
mod odd_rows;
mod pages;
// Windows and macOS know no variable that names an authority.
#[cfg(not(any(windows, target_os = "macos")))]
mod proxies;
#[cfg(not(any(windows, target_os = "macos")))]
mod proxy_servers;
mod raw_server;
mod reaching;
mod restricted_keys;
mod retries;
mod tls;
mod traffic;
mod with_practice;
mod wrong_answers;
