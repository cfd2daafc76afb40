//! The hand-over card for the window.

use workflows::{Card, HandOverValue, Service, Tested};

use super::subaccounts::{handed_over, key_state, refused_at, time};
use crate::wire;

pub fn service_shown(service: &Service) -> wire::Service {
    wire::Service {
        id: service.id.to_owned(),
        name: service.name.to_owned(),
        place: service.place.to_owned(),
        fields: service
            .fields
            .iter()
            .map(|field| wire::ServiceField {
                value: value(field.value),
                label: field.label.to_owned(),
            })
            .collect(),
    }
}

fn value(value: HandOverValue) -> wire::HandOverValue {
    match value {
        HandOverValue::AccountSid => wire::HandOverValue::AccountSid,
        HandOverValue::KeySid => wire::HandOverValue::KeySid,
        HandOverValue::Secret => wire::HandOverValue::Secret,
    }
}

pub fn card(card: Card, service: &Service) -> wire::HandOverCard {
    wire::HandOverCard {
        account_sid: card.account.to_string(),
        account_name: card.credential.account_name,
        key_sid: card.key.to_string(),
        key_name: card.credential.key_name,
        service: service_shown(service),
        proved_at: card.credential.proved_at.map(time),
        proof_due: card.tested == Tested::Due,
        refused_at: refused_at(card.tested),
        handed_over: card.credential.handed_over.map(handed_over),
        state: key_state(card.state),
    }
}
