//! Giving a subaccount another name.

use std::sync::Arc;

use terms::{AccountSid, AccountStatus};
use twilio::Account;
use vault::ActivityKind;

use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::names::SubaccountName;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::Workspace;

impl Workspace {
    /// Gives a subaccount another name at Twilio, and here. Twilio is asked first whether another one has the name already; `agreed` are
    /// those beside which it is wanted all the same. After a lost answer Twilio is asked what the name is now.
    ///
    /// # Errors
    /// [`Problem::NameTaken`] for one that is not among them. It is in the records then.
    pub fn rename_subaccount(
        self: &Arc<Self>,
        account: &AccountSid,
        name: &SubaccountName,
        agreed: &[AccountSid],
    ) -> Operation<(), Failure> {
        let subject = Subject::of_name_in(name.as_str(), account);
        let (account, name, agreed) = (account.clone(), name.clone(), agreed.to_vec());
        let kind = OperationKind::RenameSubaccount;
        self.operation(kind, subject, |workspace, _| async move {
            workspace.rename(&account, &name, &agreed).await
        })
    }

    async fn rename(
        &self,
        account: &AccountSid,
        name: &SubaccountName,
        agreed: &[AccountSid],
    ) -> Result<(), Failure> {
        let lane = self.lanes.enter(Lane::Subaccount(account.clone()));
        let _lane = lane.ok_or(Problem::AlreadyRunning)?;
        let session = self.signed_in().await?;
        let before = self.subaccount_of_ours(&session, account).await?;
        if before.status == AccountStatus::Closed {
            let failure = Failure::unchanged(Problem::SubaccountClosed);
            return Err(failure.about(before.friendly_name));
        }
        let mut agreed = agreed.to_vec();
        agreed.push(account.clone());
        self.not_taken(&session, name, &agreed).await?;
        let rename = || session.client.rename_account(account, name.as_str());
        let is_as_wanted = |now: &Account| now.friendly_name == name.as_str();
        let noted = (ActivityKind::SubaccountRenamed, before.friendly_name);
        self.change_subaccount(&session, account, rename, is_as_wanted, noted)
            .await
    }
}
