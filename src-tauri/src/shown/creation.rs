//! Steps and unfinished things for the window.

use vault::Subaccount;
use workflows::{
    KeyLine, KeyName, KeyState, Made, NameProblem, Step, StepState, SubaccountName, Unfinished,
    UnfinishedStage, look_alike, tidied_name,
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
    let name = tidied_name(typed);
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

/// What a key's typed name comes to, for a customer who has a subaccount with these keys.
pub fn key_preview(subaccount: Subaccount, keys: &[KeyLine], typed: &str) -> wire::Preview {
    let key_name = tidied_name(typed);
    let problem = KeyName::parse(typed).err().map(preview_problem);
    let is_like =
        |key: &&KeyLine| key.state != KeyState::RemovedAtTwilio && look_alike(&key.name, &key_name);
    let duplicates = match problem {
        Some(_) => Vec::new(),
        None => keys.iter().filter(is_like).collect(),
    };
    wire::Preview {
        duplicates: duplicates
            .into_iter()
            .map(|key| wire::PreviewDuplicate {
                sid: key.key.as_str().to_owned(),
                name: key.name.clone(),
                status: status(&subaccount.status),
            })
            .collect(),
        name: subaccount.name,
        key_name,
        key_name_cut: false,
        problem,
    }
}

fn preview_problem(problem: NameProblem) -> wire::NameProblem {
    match problem {
        NameProblem::Empty => wire::NameProblem::Empty,
        NameProblem::TooLong => wire::NameProblem::TooLong,
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
    use terms::AccountStatus;

    fn acme(status: AccountStatus) -> Subaccount {
        Subaccount {
            account: "AC00000000000000000000000000ab12cd".parse().expect("a SID"),
            name: "ACME cold storage".to_owned(),
            status,
            created_at: None,
            missing_since: None,
        }
    }

    #[test]
    fn a_subaccounts_preview_has_its_own_name_and_its_keys_by_the_pattern() {
        let name = SubaccountName::parse("  Acme Cold Storage ").expect("a usable name");
        let preview = subaccount_preview(&name, "DicksonOne", vec![acme(AccountStatus::Suspended)]);
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
        let long = "x".repeat(65);
        let typed = format!(" \u{200b}{long}\u{a0}");
        let too_long = unusable_subaccount_preview(&typed, "DicksonOne", NameProblem::TooLong);
        assert_eq!(too_long.name, long);
        assert!(too_long.key_name.ends_with("… - DicksonOne"));
        assert_eq!(too_long.problem, Some(wire::NameProblem::TooLong));
    }

    #[test]
    fn a_keys_preview_has_the_customers_name_and_beside_it_the_key_as_typed() {
        let preview = |typed: &str| key_preview(acme(AccountStatus::Active), &[], typed);
        let usable = preview("  Acme\u{a0} -\u{200b} DicksonOne ");
        assert_eq!(usable.name, "ACME cold storage");
        assert_eq!(usable.key_name, "Acme - DicksonOne");
        assert_eq!(usable.problem, None);
        let nothing = preview("  ");
        assert_eq!(nothing.name, "ACME cold storage");
        assert_eq!(nothing.key_name, "");
        assert_eq!(nothing.problem, Some(wire::NameProblem::Empty));
        let long = preview(&"x".repeat(65));
        assert_eq!(long.key_name, "x".repeat(65));
        assert_eq!(long.problem, Some(wire::NameProblem::TooLong));
    }

    #[test]
    fn a_keys_preview_names_the_keys_that_look_the_same_and_are_still_there() {
        let key = |number: u32, name: &str, state| KeyLine {
            key: format!("SK{number:032}").parse().expect("a SID"),
            name: name.to_owned(),
            created_at: None,
            state,
            proved_at: None,
            tested: workflows::Tested::AsNoted,
            handed_over: None,
            postponed_at: None,
        };
        let keys = [
            key(1, "Café - DicksonOne", KeyState::Saved),
            key(2, "Cafe\u{301}  - dicksonone\u{200b}", KeyState::NotSaved),
            key(3, "Café - DicksonOne", KeyState::RemovedAtTwilio),
            key(4, "Café - Tines", KeyState::Saved),
        ];
        let preview = key_preview(acme(AccountStatus::Active), &keys, "Cafe - DicksonOne");
        let same: Vec<_> = preview.duplicates.into_iter().map(|one| one.sid).collect();
        assert_eq!(same, [format!("SK{:032}", 1), format!("SK{:032}", 2)]);
    }
}
