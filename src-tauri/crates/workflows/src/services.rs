//! The services that ask for the three values, each in its own words and order.
//!
//! Labels and order are those of each service's public documentation or source.

use serde::{Deserialize, Serialize};
use specta::Type;

/// One of the three values that are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum HandOverValue {
    AccountSid,
    KeySid,
    Secret,
}

/// One box of a service's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct ServiceField {
    pub value: HandOverValue,
    pub label: &'static str,
}

/// A service that asks for the three values, and its own words for them in the order of its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
pub struct Service {
    /// Stable, for preferences.
    pub id: &'static str,
    pub name: &'static str,
    /// Where in the service the values are entered; empty where not known.
    pub place: &'static str,
    #[specta(type = Vec<ServiceField>)]
    pub fields: [ServiceField; 3],
}

const fn field(value: HandOverValue, label: &'static str) -> ServiceField {
    ServiceField { value, label }
}

use HandOverValue::{AccountSid, KeySid, Secret};

const DICKSON_ONE: Service = Service {
    id: "dicksonone",
    name: "DicksonOne",
    place: "Manage › Integrations › Twilio Credentials",
    fields: [
        field(AccountSid, "Account SID"),
        field(KeySid, "API SID"),
        field(Secret, "API Secret"),
    ],
};

const SERVICES: [Service; 6] = [
    DICKSON_ONE,
    Service {
        id: "n8n",
        name: "n8n",
        place: "Credential “Twilio”, authentication by API key",
        fields: [
            field(AccountSid, "Account SID"),
            field(KeySid, "API Key SID"),
            field(Secret, "API Key Secret"),
        ],
    },
    Service {
        id: "chatwoot",
        name: "Chatwoot",
        place: "Inbox, “Use API Key Authentication”",
        fields: [
            field(AccountSid, "Account SID"),
            field(KeySid, "API Key SID"),
            field(Secret, "API Key Secret"),
        ],
    },
    Service {
        id: "tines",
        name: "Tines",
        place: "Credential “Twilio”",
        fields: [
            field(KeySid, "API Key"),
            field(Secret, "Secret"),
            field(AccountSid, "Account SID"),
        ],
    },
    Service {
        id: "finout",
        name: "Finout",
        place: "",
        fields: [
            field(AccountSid, "Account SID"),
            field(KeySid, "API Key"),
            field(Secret, "API Secret"),
        ],
    },
    Service {
        id: "environment",
        name: "Environment variables",
        place: "A .env file",
        fields: [
            field(AccountSid, "TWILIO_ACCOUNT_SID"),
            field(KeySid, "TWILIO_API_KEY"),
            field(Secret, "TWILIO_API_SECRET"),
        ],
    },
];

/// All services, DicksonOne first.
pub fn services() -> &'static [Service] {
    &SERVICES
}

/// The service with this id, or DicksonOne where there is none.
pub fn service(id: &str) -> Service {
    SERVICES
        .into_iter()
        .find(|service| service.id == id)
        .unwrap_or(DICKSON_ONE)
}

/// What a service that something was handed over to is called. One that is not known any more is called by its id.
pub(crate) fn name_of(id: &str) -> &str {
    let known = SERVICES.iter().find(|service| service.id == id);
    known.map_or(id, |service| service.name)
}

/// The id of the service of this name: backups of earlier versions have names. Whatever else it is, it stays.
pub(crate) fn id_of(name: &str) -> &str {
    let known = SERVICES.iter().find(|service| service.name == name);
    known.map_or(name, |service| service.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dickson_one_asks_for_account_sid_api_sid_and_api_secret_in_that_order() {
        let labels: Vec<_> = service("dicksonone")
            .fields
            .iter()
            .map(|field| field.label)
            .collect();
        assert_eq!(labels, ["Account SID", "API SID", "API Secret"]);
    }

    #[test]
    fn every_service_asks_for_each_value_once_and_has_an_id_of_its_own() {
        for service in services() {
            for value in [AccountSid, KeySid, Secret] {
                assert_eq!(
                    service
                        .fields
                        .iter()
                        .filter(|field| field.value == value)
                        .count(),
                    1,
                    "{}",
                    service.name
                );
            }
            assert_eq!(
                services()
                    .iter()
                    .filter(|other| other.id == service.id)
                    .count(),
                1,
                "{}",
                service.id
            );
        }
    }

    #[test]
    fn an_unknown_service_is_dickson_one() {
        assert_eq!(service("no such service").id, "dicksonone");
    }
}
