//! What would be made.

use serde::Serialize;
use specta::Type;
use vault::Subaccount;

use super::SubaccountStatus;
use super::rows::KeyRow;
use crate::key_state::KeyState;
use crate::names::{KeyName, NameProblem, SubaccountName, look_alike, tidied_name};

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PreviewDuplicate {
    pub sid: String,
    pub name: String,
    /// The subaccount's.
    pub status: SubaccountStatus,
}

/// What would be made.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The subaccount's: as a new one's will be stored, tidied, or as one that exists has it.
    pub name: String,
    /// The key's, as it will be stored. This is what a key is made with.
    pub key_name: String,
    /// The key name had to be shortened to fit 64 characters.
    pub key_name_cut: bool,
    pub problem: Option<NameProblem>,
    /// Subaccounts whose name is the same or looks the same; of a key's name, keys of its subaccount.
    pub duplicates: Vec<PreviewDuplicate>,
}

impl Preview {
    /// What a customer's name comes to: a subaccount of that name, and its key's name by the service's pattern.
    pub(crate) fn of_subaccount(
        name: &SubaccountName,
        service: &str,
        duplicates: Vec<&Subaccount>,
    ) -> Self {
        let key_name = KeyName::for_service(name.as_str(), service);
        Self {
            key_name_cut: !key_name.as_str().starts_with(name.as_str()),
            key_name: key_name.as_str().to_owned(),
            name: name.as_str().to_owned(),
            problem: None,
            duplicates: duplicates
                .into_iter()
                .map(|duplicate| PreviewDuplicate {
                    sid: duplicate.account.to_string(),
                    status: (&duplicate.status).into(),
                    name: duplicate.name.clone(),
                })
                .collect(),
        }
    }

    /// What was typed, and why no subaccount can be called that.
    pub(crate) fn of_unusable_name(typed: &str, service: &str, found: NameProblem) -> Self {
        let name = tidied_name(typed);
        Self {
            key_name: if found == NameProblem::Empty {
                String::new()
            } else {
                KeyName::for_service(&name, service).as_str().to_owned()
            },
            name,
            key_name_cut: false,
            problem: Some(found),
            duplicates: Vec::new(),
        }
    }

    /// What a key's typed name comes to, for a customer who has a subaccount with these keys.
    pub(crate) fn of_key(
        subaccount: String,
        status: SubaccountStatus,
        keys: &[KeyRow],
        typed: &str,
    ) -> Self {
        let key_name = tidied_name(typed);
        let problem = KeyName::parse(typed).err();
        let is_like = |key: &&KeyRow| {
            key.state != KeyState::RemovedAtTwilio && look_alike(&key.name, &key_name)
        };
        let duplicates = match problem {
            Some(_) => Vec::new(),
            None => keys.iter().filter(is_like).collect(),
        };
        Self {
            duplicates: duplicates
                .into_iter()
                .map(|key| PreviewDuplicate {
                    sid: key.sid.to_string(),
                    name: key.name.clone(),
                    status,
                })
                .collect(),
            name: subaccount,
            key_name,
            key_name_cut: false,
            problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::AccountStatus;

    fn acme(status: AccountStatus) -> Subaccount {
        Subaccount {
            parent: None,
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
        let preview =
            Preview::of_subaccount(&name, "DicksonOne", vec![&acme(AccountStatus::Suspended)]);
        assert_eq!(preview.name, "Acme Cold Storage");
        assert_eq!(preview.key_name, "Acme Cold Storage - DicksonOne");
        assert!(!preview.key_name_cut);
        assert_eq!(preview.problem, None);
        let same = preview.duplicates.first().expect("one has this name");
        assert_eq!(same.name, "ACME cold storage");
        assert_eq!(same.sid, "AC00000000000000000000000000ab12cd");
        assert_eq!(same.status, SubaccountStatus::Suspended);
    }

    #[test]
    fn a_long_customer_is_said_to_be_cut_in_the_keys_name_alone() {
        let long = "The Very Long Name Of A Regional Cold Chain Storage Holding 1";
        let name = SubaccountName::parse(long).expect("a usable name");
        let preview = Preview::of_subaccount(&name, "DicksonOne", Vec::new());
        assert_eq!(preview.name, long);
        assert!(preview.key_name_cut);
        assert!(preview.key_name.ends_with("… - DicksonOne"));
    }

    #[test]
    fn a_name_that_cannot_be_a_subaccounts_is_shown_as_typed_with_the_reason() {
        let empty = Preview::of_unusable_name("  ", "DicksonOne", NameProblem::Empty);
        assert_eq!((empty.name.as_str(), empty.key_name.as_str()), ("", ""));
        assert_eq!(empty.problem, Some(NameProblem::Empty));
        let long = "x".repeat(65);
        let typed = format!(" \u{200b}{long}\u{a0}");
        let too_long = Preview::of_unusable_name(&typed, "DicksonOne", NameProblem::TooLong);
        assert_eq!(too_long.name, long);
        assert!(too_long.key_name.ends_with("… - DicksonOne"));
        assert_eq!(too_long.problem, Some(NameProblem::TooLong));
    }

    #[test]
    fn a_keys_preview_has_the_customers_name_and_beside_it_the_key_as_typed() {
        let preview = |typed: &str| {
            Preview::of_key(
                "ACME cold storage".to_owned(),
                SubaccountStatus::Active,
                &[],
                typed,
            )
        };
        let usable = preview("  Acme\u{a0} -\u{200b} DicksonOne ");
        assert_eq!(usable.name, "ACME cold storage");
        assert_eq!(usable.key_name, "Acme - DicksonOne");
        assert_eq!(usable.problem, None);
        let nothing = preview("  ");
        assert_eq!(nothing.name, "ACME cold storage");
        assert_eq!(nothing.key_name, "");
        assert_eq!(nothing.problem, Some(NameProblem::Empty));
        let long = preview(&"x".repeat(65));
        assert_eq!(long.key_name, "x".repeat(65));
        assert_eq!(long.problem, Some(NameProblem::TooLong));
    }

    #[test]
    fn a_keys_preview_names_the_keys_that_look_the_same_and_are_still_there() {
        let key = |number: u32, name: &str, state| KeyRow {
            sid: format!("SK{number:032}").parse().expect("a SID"),
            name: name.to_owned(),
            region: terms::Region::Us1,
            key_type: crate::view::KeyType::Standard,
            created_at: None,
            state,
            proved_at: None,
            proof_due: false,
            refused_at: None,
            handed_over: None,
            postponed_at: None,
        };
        let keys = [
            key(1, "Café - DicksonOne", KeyState::Saved),
            key(2, "Cafe\u{301}  - dicksonone\u{200b}", KeyState::NotSaved),
            key(3, "Café - DicksonOne", KeyState::RemovedAtTwilio),
            key(4, "Café - Tines", KeyState::Saved),
        ];
        let preview = Preview::of_key(
            "ACME cold storage".to_owned(),
            SubaccountStatus::Active,
            &keys,
            "Cafe - DicksonOne",
        );
        let same: Vec<_> = preview.duplicates.into_iter().map(|one| one.sid).collect();
        assert_eq!(same, [format!("SK{:032}", 1), format!("SK{:032}", 2)]);
    }
}
