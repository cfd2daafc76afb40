//! The phone numbers of a subaccount: listed, moved to another account of the same parent, released.

use std::sync::Arc;

use terms::{AccountSid, NumberSid};
use twilio::{Created, Error};
use vault::ActivityKind;
use vault::points::{Point, kill_point};

use crate::changes::Change;
use crate::failure::{Failure, Problem};
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Subject};
use crate::view::{NumberList, NumberRow, count};
use crate::workspace::{Session, Workspace};

/// HTTP's answer about what is not there.
const NOT_FOUND: u16 = 404;

impl Workspace {
    /// The numbers of a subaccount, or of the connected account, as Twilio has them now. They are kept nowhere here.
    pub async fn numbers(&self, account: &AccountSid) -> Result<NumberList, Problem> {
        let session = self.signed_in().await?;
        let listing = session.client.numbers(account).await?;
        let monthly = session.client.numbers_spend_last_month(account).await.ok();
        Ok(NumberList {
            is_whole: listing.is_whole(),
            without_sid: count(listing.unidentified.len()),
            numbers: listing.rows.into_iter().map(NumberRow::from).collect(),
            cost_last_month: monthly.flatten().map(|cost| cost.money),
        })
    }

    /// Moves a number from one account to another of the same parent; either may be the connected account itself. What it was set to do,
    /// and its registrations, are to be made again. After a lost answer Twilio is asked who has it. One that the other account has already
    /// stays there.
    pub fn move_number(
        self: &Arc<Self>,
        owner: &AccountSid,
        number: &NumberSid,
        to: &AccountSid,
    ) -> Operation<(), Failure> {
        let (owner, number, to) = (owner.clone(), number.clone(), to.clone());
        let subject = Subject::of_account(&owner);
        let kind = OperationKind::MoveNumber;
        self.operation(kind, subject, |workspace, _| async move {
            let lane = workspace.lanes.enter(Lane::Subaccount(owner.clone()));
            let _lane = lane.ok_or(Problem::AlreadyRunning)?;
            let session = workspace.signed_in().await?;
            workspace.is_of_this_parent(&session, &owner).await?;
            let moving = workspace.move_one_number(&session, &owner, &number, &to);
            moving.await
        })
    }

    /// Releases a number: nobody can be sure of getting it back. After a lost answer Twilio is asked whether the account still has it.
    pub fn release_number(
        self: &Arc<Self>,
        owner: &AccountSid,
        number: &NumberSid,
    ) -> Operation<(), Failure> {
        let (owner, number) = (owner.clone(), number.clone());
        let subject = Subject::of_account(&owner);
        let kind = OperationKind::ReleaseNumber;
        self.operation(kind, subject, |workspace, _| async move {
            let lane = workspace.lanes.enter(Lane::Subaccount(owner.clone()));
            let _lane = lane.ok_or(Problem::AlreadyRunning)?;
            let session = workspace.signed_in().await?;
            workspace.is_of_this_parent(&session, &owner).await?;
            workspace
                .release_one_number(&session, &owner, &number)
                .await
        })
    }

    pub(crate) async fn move_one_number(
        &self,
        session: &Session,
        owner: &AccountSid,
        number: &NumberSid,
        to: &AccountSid,
    ) -> Result<(), Failure> {
        self.is_of_this_parent(session, to).await?;
        // While a subaccount is closed it gets no number: closing would release it.
        let _alone = self.numbers_settle.lock().await;
        let has_it = async || matches!(session.client.has_number(to, number).await, Ok(true));
        let before = match session.client.number(owner, number).await {
            Ok(before) => before,
            // A run that was interrupted may have moved it.
            Err(error) if error.status() == Some(NOT_FOUND) && has_it().await => return Ok(()),
            Err(error) => return Err(Failure::unchanged(error)),
        };
        kill_point(Point::NumberMoveBegins);
        let moved = session.client.move_number(owner, number, to).await;
        if let Err(error) = moved
            && !has_it().await
        {
            return Err(Failure::not_changed(error).about(before.number));
        }
        kill_point(Point::NumberMoved);
        let detail = format!("{} {to}", before.number);
        let (what, owner) = (ActivityKind::NumberMoved, Some(owner.clone()));
        self.note_change(session, what, owner.clone(), None, detail)
            .await;
        self.has_other_numbers(owner.into_iter().chain([to.clone()]));
        kill_point(Point::NumberMoveNoted);
        Ok(())
    }

    pub(crate) async fn release_one_number(
        &self,
        session: &Session,
        owner: &AccountSid,
        number: &NumberSid,
    ) -> Result<(), Failure> {
        let before = session.client.number(owner, number).await;
        let before = before.map_err(Failure::unchanged)?;
        kill_point(Point::NumberReleaseBegins);
        let released = session.client.release_number(owner, number).await;
        if let Err(error) = released
            && !self.is_released(session, owner, number, &error).await
        {
            return Err(Failure::not_changed(error).about(before.number));
        }
        kill_point(Point::NumberReleased);
        let (what, owner) = (ActivityKind::NumberReleased, Some(owner.clone()));
        self.note_change(session, what, owner.clone(), None, before.number)
            .await;
        self.has_other_numbers(owner);
        kill_point(Point::NumberReleaseNoted);
        Ok(())
    }

    fn has_other_numbers(&self, accounts: impl IntoIterator<Item = AccountSid>) {
        for account in accounts {
            self.changes.note(Change::Row(account));
        }
    }

    async fn is_released(
        &self,
        session: &Session,
        owner: &AccountSid,
        number: &NumberSid,
        error: &Error,
    ) -> bool {
        error.created() == Created::Unknown
            && matches!(session.client.has_number(owner, number).await, Ok(false))
    }

    /// The connected account, or a subaccount of it.
    async fn is_of_this_parent(
        &self,
        session: &Session,
        account: &AccountSid,
    ) -> Result<(), Failure> {
        if *account == session.parent {
            return Ok(());
        }
        self.subaccount_of_ours(session, account).await.map(drop)
    }
}
