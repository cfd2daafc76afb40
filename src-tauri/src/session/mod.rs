//! What the window works on: the real account, or the made-up one of practice mode.

mod app_session;
mod error;
mod open;

pub use app_session::AppSession;
pub use error::open_failure;
pub use open::Open;
