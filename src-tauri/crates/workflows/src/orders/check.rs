//! What orders would come to, looked at before anything is begun. Asks nothing of Twilio.

use terms::AccountSid;
use vault::Subaccount;

use super::Order;
use crate::failure::Problem;
use crate::names::SubaccountName;
use crate::services::Service;
use crate::view::Preview;
use crate::workspace::Workspace;

impl Workspace {
    /// What each of these orders would make or change, and what in the records has the same name or looks the same. `None` for an order
    /// that names nothing. A subaccount whose key has no name yet gets it by the service's pattern.
    pub async fn check(
        &self,
        orders: &[Order],
        service: &Service,
    ) -> Result<Vec<Option<Preview>>, Problem> {
        let subaccounts = if orders.iter().any(Order::names_a_subaccount) {
            self.records.subaccounts().await?.0
        } else {
            Vec::new()
        };
        let mut previews = Vec::with_capacity(orders.len());
        for order in orders {
            previews.push(match order {
                Order::CreateSubaccount { name, .. } => {
                    Some(self.checked_name(name, service, &subaccounts, None))
                }
                Order::RenameSubaccount {
                    account_sid, name, ..
                } => Some(self.checked_name(name, service, &subaccounts, Some(account_sid))),
                Order::CreateKey { account_sid, name } => {
                    let (row, keys) = self.row_with_keys(account_sid).await?;
                    Some(Preview::of_key(row.name, row.status, &keys, name))
                }
                Order::RenameKey {
                    account_sid,
                    key_sid,
                    name,
                }
                | Order::ReplaceKey {
                    account_sid,
                    key_sid,
                    name,
                } => {
                    let (row, mut keys) = self.row_with_keys(account_sid).await?;
                    keys.retain(|key| key.sid != *key_sid);
                    Some(Preview::of_key(row.name, row.status, &keys, name))
                }
                Order::Refresh
                | Order::CheckComputer
                | Order::ReadSubaccount { .. }
                | Order::SuspendSubaccount { .. }
                | Order::ReactivateSubaccount { .. }
                | Order::CloseSubaccount { .. }
                | Order::MoveNumber { .. }
                | Order::ReleaseNumber { .. }
                | Order::RevokeKey { .. }
                | Order::LookForUse { .. }
                | Order::DeleteReplacedKey { .. }
                | Order::GiveUpReplacing { .. }
                | Order::Finish { .. }
                | Order::ProveKey { .. } => None,
            });
        }
        Ok(previews)
    }

    /// `own` is the subaccount that is to have the name, where it exists.
    fn checked_name(
        &self,
        typed: &str,
        service: &Service,
        subaccounts: &[Subaccount],
        own: Option<&AccountSid>,
    ) -> Preview {
        let name = match SubaccountName::parse(typed) {
            Ok(name) => name,
            Err(found) => return Preview::of_unusable_name(typed, &service.name, found),
        };
        let same = self
            .known_looks
            .like(name.as_str(), subaccounts, |subaccount| &subaccount.name);
        let others = same
            .into_iter()
            .filter(|subaccount| Some(&subaccount.account) != own);
        Preview::of_subaccount(&name, &service.name, others.collect())
    }
}
