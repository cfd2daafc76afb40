//! What somebody does in one life of the program, and what they order.

use serde::{Deserialize, Serialize};

/// What somebody does in one life of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Work {
    /// A subaccount and its key.
    Subaccount,
    /// A key for a subaccount that exists.
    Key,
    /// Three subaccounts at once.
    Subaccounts,
    /// Keys for three subaccounts at once, two of them with another after the first.
    Keys,
    /// A subaccount, two keys and a look at what is unfinished, at once.
    Mixed,
    /// A key, which is then handed over.
    HandOver,
    /// What is unfinished is finished by the user.
    Finish,
    /// What is unfinished puts itself right.
    Reconcile,
    /// What is unfinished is not wanted any more.
    Delete,
    /// The lists are read anew.
    Refresh,
    /// The account is connected again.
    Connect,
    /// Every saved secret is shown.
    Show,
    /// The recovery passphrase takes the place of another, and what opens sealed copies with it.
    ChangePassphrase,
    /// A key, and once the disk is well again, another try at it in the same life.
    TryAgain,
}

/// One order of a user's, which must never be carried out twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The subaccount to be made, or `None` where the key is for one of the known ones.
    pub subaccount: Option<String>,
    /// Which of the known subaccounts.
    pub known: usize,
    pub key: String,
}

/// The request that makes a subaccount.
pub const NEW_SUBACCOUNT: (&str, &str) = ("POST", "/2010-04-01/Accounts.json");
/// The request that makes a key.
pub const NEW_KEY: (&str, &str) = ("POST", "/**/Keys.json");
/// The request that renames a key.
pub const RENAME_KEY: (&str, &str) = ("POST", "/**/Keys/*.json");

/// What is ordered by whoever does this work in the run of this number.
pub fn orders(work: Work, number: u64) -> Vec<Order> {
    let subaccount = |mark: &str| Order {
        subaccount: Some(format!("Cold Store {number}{mark}")),
        known: 0,
        key: format!("Cold Store {number}{mark} - DicksonOne"),
    };
    let key = |known: usize, mark: &str| Order {
        subaccount: None,
        known,
        key: format!("Alarm {number}{mark}"),
    };
    match work {
        Work::Subaccount => vec![subaccount("")],
        Work::Subaccounts => vec![
            subaccount(" North"),
            subaccount(" South"),
            subaccount(" West"),
        ],
        Work::Keys => vec![
            key(0, ""),
            key(1, ""),
            key(2, ""),
            key(0, " again"),
            key(1, " again"),
        ],
        Work::Mixed => vec![subaccount(""), key(0, ""), key(1, "")],
        _ => vec![key(0, "")],
    }
}
