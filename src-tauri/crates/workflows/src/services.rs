//! The services that keys are handed over to, each in its own words and order. They are data: `services.json` beside this crate's source
//! is all that another one takes.
//!
//! Labels and order are those of each service's public documentation or source.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use specta::Type;

/// One of the values that are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HandOverValue {
    AccountSid,
    KeySid,
    Secret,
    /// The customer's name.
    AccountName,
}

/// One box of a service's form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ServiceField {
    pub value: HandOverValue,
    pub label: String,
}

/// A service, and its own words for what it asks for, in the order of its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Stable, for preferences and records.
    pub id: String,
    pub name: String,
    /// Where in the service the values are entered; empty where not known.
    pub place: String,
    pub fields: Vec<ServiceField>,
}

#[allow(
    clippy::expect_used,
    reason = "it is compiled in, and a test reads it as it is"
)]
static SERVICES: LazyLock<Vec<Service>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../services.json")).expect("the list of services is sound")
});

/// All services, DicksonOne first.
pub fn services() -> &'static [Service] {
    &SERVICES
}

/// The service with this id, or DicksonOne where there is none.
#[allow(
    clippy::indexing_slicing,
    reason = "a test says that there is a first one, and which"
)]
pub fn service(id: &str) -> &'static Service {
    let known = SERVICES.iter().find(|service| service.id == id);
    known.unwrap_or(&SERVICES[0])
}

/// What a service that something was handed over to is called. One that is not known any more is called by its id.
pub(crate) fn name_of(id: &str) -> &str {
    let known = SERVICES.iter().find(|service| service.id == id);
    known.map_or(id, |service| service.name.as_str())
}

/// The id of the service of this name: backups of earlier versions have names. Whatever else it is, it stays.
pub(crate) fn id_of(name: &str) -> &str {
    let known = SERVICES.iter().find(|service| service.name == name);
    known.map_or(name, |service| service.id.as_str())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn dickson_one_is_the_first_and_asks_for_account_sid_api_sid_and_api_secret_in_that_order() {
        assert_eq!(services()[0].id, "dicksonone");
        let fields = service("dicksonone").fields.iter();
        let labels: Vec<_> = fields.map(|field| field.label.as_str()).collect();
        assert_eq!(labels, ["Account SID", "API SID", "API Secret"]);
    }

    #[test]
    fn every_service_asks_for_a_secret_and_for_nothing_twice_and_has_an_id_of_its_own() {
        let ids: HashSet<_> = services().iter().map(|service| &service.id).collect();
        assert_eq!(ids.len(), services().len());
        for Service { name, fields, .. } in services() {
            let values: HashSet<_> = fields.iter().map(|field| field.value).collect();
            assert_eq!(values.len(), fields.len(), "{name}");
            assert!(values.contains(&HandOverValue::Secret), "{name}");
            assert!(fields.iter().all(|field| !field.label.is_empty()), "{name}");
        }
    }

    #[test]
    fn an_unknown_service_is_dickson_one() {
        assert_eq!(service("no such service").id, "dicksonone");
    }
}
