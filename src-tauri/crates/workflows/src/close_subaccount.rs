//! Closing a subaccount, which is for ever: its numbers are moved or released first, one by one, as was decided for each.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specta::Type;
use terms::{AccountSid, AccountStatus, NumberSid};
use twilio::{Account, NewStatus};
use vault::ActivityKind;
use vault::points::{Point, kill_point};

use crate::failure::{Changed, Failure, Problem};
use crate::lanes::Lane;
use crate::operation::{Operation, OperationKind, Run, Step, Subject};
use crate::workspace::{Session, Workspace};

/// What is to become of a number before its subaccount is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NumberBeforeClosing {
    #[specta(type = String)]
    pub number_sid: NumberSid,
    /// The account that is to have it; null where closing is to release it.
    #[specta(type = Option<String>)]
    pub move_to: Option<AccountSid>,
}

impl Workspace {
    /// Closes a subaccount for ever. The numbers that are to stay with somebody are moved first; closing releases the others. One that is
    /// closed already stays so.
    ///
    /// # Errors
    /// [`Problem::NumbersChanged`] where it has a number about which nothing was decided, and what moving one failed with: it is not closed
    /// then. [`Problem::NotSuspended`] for one that is active: it is suspended first, so that what still uses it is noticed.
    pub fn close_subaccount(
        self: &Arc<Self>,
        account: &AccountSid,
        numbers: Vec<NumberBeforeClosing>,
    ) -> Operation<(), Failure> {
        let account = account.clone();
        let subject = Subject::of_account(&account);
        let kind = OperationKind::CloseSubaccount;
        self.operation(kind, subject, |workspace, run| async move {
            let lane = workspace.lanes.enter(Lane::Subaccount(account.clone()));
            let _lane = lane.ok_or(Problem::AlreadyRunning)?;
            let session = workspace.signed_in().await?;
            let closing = workspace.close(&session, &account, &numbers, &run);
            closing.await
        })
    }

    async fn close(
        &self,
        session: &Session,
        account: &AccountSid,
        numbers: &[NumberBeforeClosing],
        run: &Run,
    ) -> Result<(), Failure> {
        let asked_at = self.clock.now();
        let before = self.subaccount_of_ours(session, account).await?;
        let name = before.friendly_name.clone();
        match before.status {
            AccountStatus::Closed => return self.keep_as_read(session, &before, asked_at).await,
            AccountStatus::Active => {
                return Err(Failure::unchanged(Problem::NotSuspended).about(name));
            }
            _ => {}
        }
        let moved = run.step(
            Step::MoveNumbers,
            self.move_numbers(session, account, numbers, run),
        );
        let moved = moved.await?;
        kill_point(Point::NumbersMoved);
        let _alone = self.numbers_settle.lock().await;
        let no_more = self.decided_numbers(session, account, numbers).await;
        no_more.map_err(|failure| after_moving(moved, failure))?;
        let close = || {
            session
                .client
                .set_account_status(account, NewStatus::Closed)
        };
        let is_as_wanted = |now: &Account| now.status == AccountStatus::Closed;
        let noted = (ActivityKind::SubaccountClosed, String::new());
        let closing = self.change_subaccount(session, account, close, is_as_wanted, noted);
        let closed = run.step(Step::CloseSubaccount, closing).await;
        closed.map_err(|failure| after_moving(moved, failure.about(name)))
    }

    /// Moves those that are to stay with somebody, and answers how many. What was moved before one failed stays moved.
    async fn move_numbers(
        &self,
        session: &Session,
        account: &AccountSid,
        numbers: &[NumberBeforeClosing],
        run: &Run,
    ) -> Result<usize, Failure> {
        let has = self.decided_numbers(session, account, numbers).await?;
        let to_move: Vec<_> = numbers
            .iter()
            .filter(|one| has.contains(&one.number_sid))
            .filter_map(|one| Some((&one.number_sid, one.move_to.as_ref()?)))
            .collect();
        for (moved, (number, to)) in to_move.iter().enumerate() {
            run.progress(Step::MoveNumbers, moved, to_move.len());
            let moving = self.move_one_number(session, account, number, to).await;
            moving.map_err(|failure| after_moving(moved, failure))?;
        }
        run.progress(Step::MoveNumbers, to_move.len(), to_move.len());
        Ok(to_move.len())
    }

    /// The numbers that it has now, where something was decided about each of them.
    async fn decided_numbers(
        &self,
        session: &Session,
        account: &AccountSid,
        numbers: &[NumberBeforeClosing],
    ) -> Result<HashSet<NumberSid>, Failure> {
        let listed = session.client.numbers(account).await;
        let listed = listed.map_err(Failure::unchanged)?;
        let decided: HashSet<&NumberSid> = numbers.iter().map(|one| &one.number_sid).collect();
        let is_decided = listed.rows.iter().all(|one| decided.contains(&one.sid));
        if !listed.is_whole() || !is_decided {
            return Err(Failure::unchanged(Problem::NumbersChanged));
        }
        Ok(listed.rows.into_iter().map(|one| one.sid).collect())
    }
}

/// What was moved before something failed stays moved.
fn after_moving(moved: usize, failure: Failure) -> Failure {
    Failure {
        changed: match failure.changed {
            Changed::No if moved > 0 => Changed::Yes,
            changed => changed,
        },
        ..failure
    }
}
