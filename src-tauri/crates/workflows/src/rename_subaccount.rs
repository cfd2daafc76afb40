//! Giving a subaccount another name.

use std::sync::Arc;

use terms::{AccountSid, AccountStatus};
use twilio::{Account, Created, Error};
use vault::ActivityKind;

use crate::changes::Change;
use crate::create_subaccount::listed;
use crate::failure::{Changed, Failure, Problem};
use crate::lanes::Lane;
use crate::names::SubaccountName;
use crate::operation::{Operation, OperationKind, Subject};
use crate::workspace::{Session, Workspace};

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
            let failure = Failure::unchanged(Problem::SubaccountNotActive);
            return Err(failure.about(before.friendly_name));
        }
        let mut agreed = agreed.to_vec();
        agreed.push(account.clone());
        self.not_taken(&session, name, &agreed).await?;
        let asked_at = self.clock.now();
        let renamed = self.ask_to_rename(&session, account, name).await?;
        // What is kept here follows Twilio, and the next refresh would bring it all the same.
        let keeping = self
            .records
            .upsert_subaccount(listed(&renamed, &session.parent), asked_at);
        let kept = keeping.await;
        self.note(
            ActivityKind::SubaccountRenamed,
            Some(account.clone()),
            None,
            before.friendly_name,
        )
        .await;
        self.changes.note(Change::Row(account.clone()));
        kept.map_err(|error| Failure {
            changed: Changed::Yes,
            ..Failure::from(error)
        })
    }

    async fn ask_to_rename(
        &self,
        session: &Session,
        account: &AccountSid,
        name: &SubaccountName,
    ) -> Result<Account, Failure> {
        let rename = || session.client.rename_account(account, name.as_str());
        let error = match self.once_known(account.as_str(), rename).await {
            Ok(renamed) => return Ok(renamed),
            Err(error) => error,
        };
        match session.client.account(account).await {
            Ok(now) if now.friendly_name == name.as_str() => Ok(now),
            // Twilio's own refusal, and a request that never left, are believed; what was not answered may still be carried out.
            _ => Err(not_renamed(error)),
        }
    }
}

fn not_renamed(error: Error) -> Failure {
    let changed = match error.created() {
        Created::No => Changed::No,
        Created::Unknown => Changed::Unknown,
    };
    Failure {
        changed,
        ..Failure::unchanged(error)
    }
}
