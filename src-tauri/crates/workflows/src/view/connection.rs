//! The connected account.

use jiff::Timestamp;
use serde::Serialize;
use specta::Type;
use terms::{AccountSid, Money};
use vault::Connection;

/// The parent account that Subvault is connected to.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename = "Connection", rename_all = "camelCase")]
pub struct ConnectionView {
    #[specta(type = String)]
    pub account_sid: AccountSid,
    pub name: String,
    /// A trial account may have one subaccount.
    pub trial: bool,
    pub balance: Option<Money>,
    #[specta(type = String)]
    pub connected_at: Timestamp,
}

impl From<Connection> for ConnectionView {
    fn from(connection: Connection) -> Self {
        Self {
            account_sid: connection.account,
            name: connection.name,
            trial: connection.kind == "Trial",
            balance: connection.balance,
            connected_at: connection.connected_at,
        }
    }
}
