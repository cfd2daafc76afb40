//! What would be made, looked at before it is. Asks nothing of Twilio.

use terms::AccountSid;

use crate::failure::Problem;
use crate::names::SubaccountName;
use crate::services::Service;
use crate::view::Preview;
use crate::workspace::Workspace;

impl Workspace {
    /// What would be made for a customer of this name, and the subaccounts in the records whose name looks the same.
    pub async fn preview_subaccount(
        &self,
        typed: &str,
        service: &Service,
    ) -> Result<Preview, Problem> {
        let name = match SubaccountName::parse(typed) {
            Ok(name) => name,
            Err(found) => return Ok(Preview::of_unusable_name(typed, service.name, found)),
        };
        let (subaccounts, _) = self.records.subaccounts().await?;
        let duplicates = self
            .known_looks
            .like(name.as_str(), subaccounts, |subaccount| &subaccount.name);
        Ok(Preview::of_subaccount(&name, service.name, duplicates))
    }

    /// Whether a key of this subaccount may have this name.
    pub async fn preview_key(&self, account: &AccountSid, typed: &str) -> Result<Preview, Problem> {
        let (row, keys) = self.row_with_keys(account).await?;
        Ok(Preview::of_key(row.name, row.status, &keys, typed))
    }
}
