//! What the user keeps of a customer here: a number of their own books, tags, a note. Twilio is told nothing of it.

use terms::AccountSid;
use vault::Customer;

use crate::changes::Change;
use crate::failure::Problem;
use crate::names::tidied_name;
use crate::workspace::Workspace;

/// Characters of a customer number or a tag.
const LONGEST_WORD: usize = 64;
/// Tags of one customer.
const MOST_TAGS: usize = 20;
/// Characters of a note.
const LONGEST_NOTE: usize = 4_000;

impl Workspace {
    /// Keeps this of a customer, in place of what was kept. What nobody sees is taken out of it, a tag that stands there twice is kept
    /// once, and what is longer than there is room for is cut.
    pub async fn keep_customer(
        &self,
        account: &AccountSid,
        number: &str,
        tags: &[String],
        note: &str,
    ) -> Result<(), Problem> {
        let known = self.records.subaccount(account.clone()).await?;
        known.ok_or(Problem::UnknownHere)?;
        let mut kept: Vec<String> = Vec::new();
        for tag in tags.iter().map(|tag| word(tag)) {
            let is_new = !tag.is_empty() && !kept.contains(&tag);
            if is_new && kept.len() < MOST_TAGS {
                kept.push(tag);
            }
        }
        let customer = Customer {
            account: account.clone(),
            number: word(number),
            tags: kept,
            note: note.trim().chars().take(LONGEST_NOTE).collect(),
        };
        self.records.keep_customer(customer).await?;
        self.changes.note(Change::Row(account.clone()));
        Ok(())
    }
}

fn word(typed: &str) -> String {
    tidied_name(typed).chars().take(LONGEST_WORD).collect()
}
