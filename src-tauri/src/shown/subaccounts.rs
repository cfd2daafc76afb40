//! Subaccounts, keys, money and times for the window.

use jiff::Timestamp;
use terms::{AccountStatus, Money};
use workflows::{KeyLine, KeyState, SubaccountLine, Tested};

use super::failure::problem;
use crate::wire;

/// UTC in ISO 8601.
pub fn time(at: Timestamp) -> String {
    at.to_string()
}

fn money(money: Money) -> wire::Money {
    wire::Money {
        amount: money.amount.to_string(),
        currency: money.currency,
    }
}

pub fn status(status: &AccountStatus) -> wire::SubaccountStatus {
    match status {
        AccountStatus::Active => wire::SubaccountStatus::Active,
        AccountStatus::Suspended => wire::SubaccountStatus::Suspended,
        AccountStatus::Closed => wire::SubaccountStatus::Closed,
        AccountStatus::Other(_) => wire::SubaccountStatus::Unknown,
    }
}

pub fn row(line: SubaccountLine) -> wire::SubaccountRow {
    wire::SubaccountRow {
        sid: line.subaccount.account.as_str().to_owned(),
        status: status(&line.subaccount.status),
        gone: line.subaccount.missing_since.is_some(),
        name: line.subaccount.name,
        key_sids: line
            .keys
            .iter()
            .map(|key| key.as_str().to_owned())
            .collect(),
        saved: count(line.saved),
        unsaved: line.unsaved.map(count),
        removed: count(line.removed),
        not_handed_over: count(line.not_handed_over),
        unfinished: count(line.unfinished),
        spend: line.spend.map(money),
        spend_as_of: line.spend_as_of.map(time),
        not_readable: line.not_readable.map(not_readable),
    }
}

fn not_readable(parts: workflows::NotReadable) -> wire::NotReadable {
    wire::NotReadable {
        spend: parts.spend.map(why_not_readable),
        keys: parts.keys.map(why_not_readable),
        keys_without_sid: count(parts.keys_without_sid),
    }
}

fn why_not_readable(error: twilio::Error) -> wire::WhyNotReadable {
    let failure = problem(error.into());
    wire::WhyNotReadable {
        kind: failure.kind,
        status: failure.status,
        code: failure.code,
        words: failure.words,
    }
}

/// What of the list was odd, where anything was.
pub fn list_oddities(odd: workflows::OddList) -> Option<wire::ListOddities> {
    let is_odd = odd.shown > 0 || !odd.without_sid.is_empty() || odd.may_go_on;
    is_odd.then(|| wire::ListOddities {
        shown: count(odd.shown),
        without_sid: odd.without_sid,
        may_go_on: odd.may_go_on,
    })
}

pub fn key_row(line: KeyLine) -> wire::KeyRow {
    wire::KeyRow {
        sid: line.key.as_str().to_owned(),
        name: line.name,
        created_at: line.created_at.map(time),
        state: key_state(line.state),
        proved_at: line.proved_at.map(time),
        proof_due: line.tested == Tested::Due,
        refused_at: refused_at(line.tested),
        handed_over: line.handed_over.map(handed_over),
        postponed_at: line.postponed_at.map(time),
    }
}

/// When Twilio refused a key that has not worked since.
pub fn refused_at(tested: Tested) -> Option<String> {
    match tested {
        Tested::Refused(at) => Some(time(at)),
        Tested::AsNoted | Tested::Due => None,
    }
}

pub fn key_state(state: KeyState) -> wire::KeyState {
    match state {
        KeyState::Saved => wire::KeyState::Saved,
        KeyState::SealedOnly => wire::KeyState::SealedOnly,
        KeyState::NotSaved => wire::KeyState::NotSaved,
        KeyState::RemovedAtTwilio => wire::KeyState::RemovedAtTwilio,
        KeyState::Unfinished => wire::KeyState::Unfinished,
    }
}

pub fn handed_over(hand_over: vault::HandOver) -> wire::HandedOver {
    wire::HandedOver {
        at: time(hand_over.at),
        service_name: hand_over.service,
    }
}

pub fn connection_shown(connection: vault::Connection) -> wire::Connection {
    wire::Connection {
        account_sid: connection.account.as_str().to_owned(),
        name: connection.name,
        trial: connection.kind == "Trial",
        balance: connection.balance.map(money),
        connected_at: time(connection.connected_at),
    }
}

/// `account_name` is the subaccount's, where it is known.
pub fn activity_shown(activity: vault::Activity, account_name: Option<String>) -> wire::Activity {
    wire::Activity {
        at: time(activity.at),
        account_name,
        account_sid: activity.account.map(|account| account.as_str().to_owned()),
        key_sid: activity.key.map(|key| key.as_str().to_owned()),
        what: activity_kind(activity.what),
        detail: (!activity.detail.is_empty()).then_some(activity.detail),
    }
}

fn activity_kind(kind: vault::ActivityKind) -> wire::ActivityKind {
    use vault::ActivityKind as Kind;
    match kind {
        Kind::Connected => wire::ActivityKind::Connected,
        Kind::Disconnected => wire::ActivityKind::Disconnected,
        Kind::SubaccountCreated => wire::ActivityKind::SubaccountCreated,
        Kind::KeyCreated => wire::ActivityKind::KeyCreated,
        Kind::KeyDeleted => wire::ActivityKind::KeyDeleted,
        Kind::UnusableKeyDeleted => wire::ActivityKind::UnusableKeyDeleted,
        Kind::NothingWasMade => wire::ActivityKind::NothingWasMade,
        Kind::HandedOver => wire::ActivityKind::HandedOver,
        Kind::HandOverPostponed => wire::ActivityKind::HandOverPostponed,
        Kind::SecretCopied => wire::ActivityKind::SecretCopied,
        Kind::SecretShown => wire::ActivityKind::SecretShown,
        Kind::CredentialRemoved => wire::ActivityKind::CredentialRemoved,
        Kind::CredentialRestored => wire::ActivityKind::CredentialRestored,
        Kind::PassphraseSet => wire::ActivityKind::PassphraseSet,
        Kind::BackupRestored => wire::ActivityKind::BackupRestored,
        Kind::Exported => wire::ActivityKind::Exported,
    }
}

/// More than four thousand million of anything is shown as that many.
pub fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
