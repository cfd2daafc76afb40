//! Steps and unfinished things for the window.

use workflows::{Made, NameProblem, Step, StepState, Unfinished, UnfinishedStage};

use super::failure::{entry_number, of_kind};
use super::problems::Problems;
use super::subaccounts::time;
use crate::wire;

pub fn step_event(step: Step, state: StepState) -> wire::StepEvent {
    wire::StepEvent {
        step: match step {
            Step::Check => wire::StepName::Check,
            Step::CreateSubaccount => wire::StepName::CreateSubaccount,
            Step::CreateKey => wire::StepName::CreateKey,
            Step::Seal => wire::StepName::Seal,
            Step::SaveInKeychain => wire::StepName::SaveInKeychain,
            Step::NameKey => wire::StepName::NameKey,
            Step::Prove => wire::StepName::Prove,
        },
        state: match state {
            StepState::Running => wire::StepState::Running,
            StepState::Done => wire::StepState::Done,
            StepState::Waiting => wire::StepState::Waiting,
            StepState::Failed => wire::StepState::Failed,
        },
    }
}

pub fn made(made: Made) -> wire::Made {
    wire::Made {
        account_sid: made.account.to_string(),
        account_name: made.account_name,
        key_sid: made.key.to_string(),
    }
}

pub fn preview_problem(problem: NameProblem) -> wire::NameProblem {
    match problem {
        NameProblem::Empty => wire::NameProblem::Empty,
        NameProblem::TooLong => wire::NameProblem::TooLong,
        NameProblem::ControlCharacters => wire::NameProblem::ControlCharacters,
        NameProblem::MixedDirection => wire::NameProblem::MixedDirection,
    }
}

pub fn unfinished_shown(unfinished: Unfinished, problems: &Problems) -> wire::Unfinished {
    wire::Unfinished {
        id: entry_number(unfinished.id),
        what: if unfinished.is_subaccount {
            wire::UnfinishedWhat::Subaccount
        } else {
            wire::UnfinishedWhat::Key
        },
        problem: problems
            .of(unfinished.id)
            .or_else(|| what_is_missing(unfinished.stage)),
        running: unfinished.running,
        can_finish: unfinished.can_finish(),
        can_delete: unfinished.can_delete(),
        stage: stage(unfinished.stage),
        started_at: time(unfinished.started_at),
        account_sid: unfinished
            .account
            .map(|account| account.as_str().to_owned()),
        key_sid: unfinished.key.map(|key| key.as_str().to_owned()),
        name: unfinished.name,
        key_name: unfinished.key_name,
    }
}

/// After a restart nobody remembers what went wrong, but the stage says what is still to be done.
fn what_is_missing(stage: UnfinishedStage) -> Option<wire::Failure> {
    let kind = match stage {
        UnfinishedStage::Sealed => wire::FailureKind::SecretSealedOnly,
        UnfinishedStage::Kept | UnfinishedStage::Renamed => wire::FailureKind::NotProvedYet,
        _ => return None,
    };
    Some(wire::Failure {
        changed: wire::ChangedAtTwilio::Yes,
        ..of_kind(kind)
    })
}

fn stage(stage: UnfinishedStage) -> wire::UnfinishedStage {
    match stage {
        UnfinishedStage::Planned => wire::UnfinishedStage::Planned,
        UnfinishedStage::Sent => wire::UnfinishedStage::Sent,
        UnfinishedStage::SubaccountMade => wire::UnfinishedStage::SubaccountMade,
        UnfinishedStage::Sealed => wire::UnfinishedStage::Sealed,
        UnfinishedStage::Kept => wire::UnfinishedStage::Kept,
        UnfinishedStage::Renamed => wire::UnfinishedStage::Renamed,
        UnfinishedStage::HeldInMemory => wire::UnfinishedStage::HeldInMemory,
        UnfinishedStage::DeleteDue => wire::UnfinishedStage::DeleteDue,
    }
}
