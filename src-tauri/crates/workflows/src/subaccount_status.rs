//! Suspending subaccounts, and bringing them back.

use std::sync::Arc;

use terms::{AccountSid, AccountStatus};
use twilio::NewStatus;
use vault::ActivityKind;

use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::Workspace;

impl Workspace {
    /// Suspends a subaccount: nothing is sent from it until it is reactivated. `reason` is its user's, for the activity list. One that is
    /// suspended already stays so, and nothing is asked of Twilio but how it stands.
    ///
    /// # Errors
    /// [`Problem::SubaccountClosed`] for one that was closed meanwhile.
    pub fn suspend_subaccount(
        self: &Arc<Self>,
        account: &AccountSid,
        reason: &str,
    ) -> Operation<(), Failure> {
        let (account, reason) = (account.clone(), reason.trim().to_owned());
        let subject = Subject::of_account(&account);
        let kind = OperationKind::SuspendSubaccount;
        self.operation(kind, subject, |workspace, _| async move {
            let noted = (ActivityKind::SubaccountSuspended, reason);
            workspace
                .set_status(&account, NewStatus::Suspended, noted)
                .await
        })
    }

    /// Brings a suspended subaccount back. One that is active already stays so.
    ///
    /// # Errors
    /// [`Problem::SubaccountClosed`] for one that was closed meanwhile. Twilio refuses one that it has suspended itself.
    pub fn reactivate_subaccount(self: &Arc<Self>, account: &AccountSid) -> Operation<(), Failure> {
        let account = account.clone();
        let subject = Subject::of_account(&account);
        let kind = OperationKind::ReactivateSubaccount;
        self.operation(kind, subject, |workspace, _| async move {
            let noted = (ActivityKind::SubaccountReactivated, String::new());
            workspace
                .set_status(&account, NewStatus::Active, noted)
                .await
        })
    }

    async fn set_status(
        &self,
        account: &AccountSid,
        status: NewStatus,
        noted: (ActivityKind, String),
    ) -> Result<(), Failure> {
        let lane = self.lanes.enter(Lane::Subaccount(account.clone()));
        let _lane = lane.ok_or(Problem::AlreadyRunning)?;
        let session = self.signed_in().await?;
        let asked_at = self.clock.now();
        let before = self.subaccount_of_ours(&session, account).await?;
        let wanted = match status {
            NewStatus::Active => AccountStatus::Active,
            NewStatus::Suspended => AccountStatus::Suspended,
            NewStatus::Closed => AccountStatus::Closed,
        };
        if before.status == AccountStatus::Closed {
            let failure = Failure::unchanged(Problem::SubaccountClosed);
            return Err(failure.about(before.friendly_name));
        }
        if before.status == wanted {
            return self.keep_as_read(&session, &before, asked_at).await;
        }
        let change = || session.client.set_account_status(account, status);
        let is_as_wanted = |now: &twilio::Account| now.status == wanted;
        let changing = self.change_subaccount(&session, account, change, is_as_wanted, noted);
        let changed = changing.await;
        changed.map_err(|failure| failure.about(before.friendly_name))
    }
}
