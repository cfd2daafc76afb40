//! The switchboard: what goes wrong, and whether the change was made.

mod answers;
mod connections;
mod other_answers;

use practice::{Fault, Practice, Rule};
use reqwest::Method;

use crate::caller::{ACCOUNTS, Caller};

const FORM: [(&str, &str); 1] = [("FriendlyName", "Acme")];

/// Makes a subaccount under a fault; tells the answer, and how many subaccounts there are then.
async fn create_under(
    practice: &Practice,
    fault: Fault,
) -> (reqwest::Result<crate::caller::Answer>, usize) {
    let before = practice.state().subaccounts;
    practice
        .faults()
        .inject(Rule::new(fault).on("POST", ACCOUNTS).next(1));
    let answer = Caller::parent(practice)
        .try_send(Method::POST, ACCOUNTS, &FORM)
        .await;
    (answer, practice.state().subaccounts - before)
}
