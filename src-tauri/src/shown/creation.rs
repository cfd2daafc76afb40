//! Steps and unfinished things for the window.

use vault::Subaccount;
use workflows::{
    KeyName, Made, NameProblem, Step, StepState, SubaccountName, Unfinished, UnfinishedStage,
};

use super::failure::{entry_number, of_kind};
use super::problems::Problems;
use super::subaccounts::{status, time};
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

/// What a customer's name comes to: a subaccount of that name, and its key's name by the service's pattern.
pub fn subaccount_preview(
    name: &SubaccountName,
    service: &str,
    duplicates: Vec<Subaccount>,
) -> wire::Preview {
    let key_name = KeyName::for_service(name.as_str(), service);
    wire::Preview {
        key_name_cut: !key_name.as_str().starts_with(name.as_str()),
        key_name: key_name.as_str().to_owned(),
        name: name.as_str().to_owned(),
        problem: None,
        duplicates: duplicates
            .into_iter()
            .map(|duplicate| wire::PreviewDuplicate {
                sid: duplicate.account.as_str().to_owned(),
                status: status(&duplicate.status),
                name: duplicate.name,
            })
            .collect(),
    }
}

/// What was typed, and why no subaccount can be called that.
pub fn unusable_subaccount_preview(
    typed: &str,
    service: &str,
    found: NameProblem,
) -> wire::Preview {
    let name = typed.trim().to_owned();
    wire::Preview {
        key_name: if found == NameProblem::Empty {
            String::new()
        } else {
            KeyName::for_service(&name, service).as_str().to_owned()
        },
        name,
        key_name_cut: false,
        problem: Some(preview_problem(found)),
        duplicates: Vec::new(),
    }
}

/// What a key's typed name comes to, for a customer who has a subaccount.
pub fn key_preview(customer: String, typed: &str) -> wire::Preview {
    let parsed = KeyName::parse(typed);
    wire::Preview {
        name: customer,
        key_name: parsed
            .as_ref()
            .map_or_else(|_| typed.trim().to_owned(), |name| name.as_str().to_owned()),
        key_name_cut: false,
        problem: parsed.err().map(preview_problem),
        duplicates: Vec::new(),
    }
}

fn preview_problem(problem: NameProblem) -> wire::NameProblem {
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

#[cfg(test)]
mod tests {
    use super::*;
    use vault::AccountId;

    fn acme(status: &str) -> Subaccount {
        Subaccount {
            account: AccountId::new("AC00000000000000000000000000ab12cd"),
            name: "ACME cold storage".to_owned(),
            status: status.to_owned(),
            created_at: None,
            missing_since: None,
        }
    }

    #[test]
    fn a_subaccounts_preview_has_its_own_name_and_its_keys_by_the_pattern() {
        let name = SubaccountName::parse("  Acme Cold Storage ").expect("a usable name");
        let preview = subaccount_preview(&name, "DicksonOne", vec![acme("suspended")]);
        assert_eq!(preview.name, "Acme Cold Storage");
        assert_eq!(preview.key_name, "Acme Cold Storage - DicksonOne");
        assert!(!preview.key_name_cut);
        assert_eq!(preview.problem, None);
        let same = preview.duplicates.first().expect("one has this name");
        assert_eq!(same.name, "ACME cold storage");
        assert_eq!(same.sid, "AC00000000000000000000000000ab12cd");
        assert_eq!(same.status, wire::SubaccountStatus::Suspended);
    }

    #[test]
    fn a_long_customer_is_said_to_be_cut_in_the_keys_name_alone() {
        let long = "The Very Long Name Of A Regional Cold Chain Storage Holding 1";
        let name = SubaccountName::parse(long).expect("a usable name");
        let preview = subaccount_preview(&name, "DicksonOne", Vec::new());
        assert_eq!(preview.name, long);
        assert!(preview.key_name_cut);
        assert!(preview.key_name.ends_with("… - DicksonOne"));
    }

    #[test]
    fn a_name_that_cannot_be_a_subaccounts_is_shown_as_typed_with_the_reason() {
        let empty = unusable_subaccount_preview("  ", "DicksonOne", NameProblem::Empty);
        assert_eq!((empty.name.as_str(), empty.key_name.as_str()), ("", ""));
        assert_eq!(empty.problem, Some(wire::NameProblem::Empty));
        let tab = unusable_subaccount_preview(
            " Acme\tCold ",
            "DicksonOne",
            NameProblem::ControlCharacters,
        );
        assert_eq!(tab.name, "Acme\tCold");
        assert_eq!(tab.key_name, "Acme\tCold - DicksonOne");
        assert_eq!(tab.problem, Some(wire::NameProblem::ControlCharacters));
    }

    #[test]
    fn a_keys_preview_has_the_customers_name_and_beside_it_the_key_as_typed() {
        let preview = key_preview("Acme Cold Storage".to_owned(), "  Acme - DicksonOne ");
        assert_eq!(preview.name, "Acme Cold Storage");
        assert_eq!(preview.key_name, "Acme - DicksonOne");
        assert_eq!(preview.problem, None);
        let nothing = key_preview("Acme Cold Storage".to_owned(), "  ");
        assert_eq!(nothing.name, "Acme Cold Storage");
        assert_eq!(nothing.key_name, "");
        assert_eq!(nothing.problem, Some(wire::NameProblem::Empty));
        let long = key_preview("Acme Cold Storage".to_owned(), &"x".repeat(65));
        assert_eq!(long.key_name, "x".repeat(65));
        assert_eq!(long.problem, Some(wire::NameProblem::TooLong));
    }
}
