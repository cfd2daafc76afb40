//! Which situation has which name.

use super::*;
use crate::connect_error::ConnectError;
use crate::failure::Changed;
use crate::view::FailureView;
use terms::{AccountSid, SidError};
use twilio::{ProxySource, Refusal, SignInError, SignInSchemes};
use vault::EntryId;

fn shown(problem: Problem) -> FailureView {
    problem.into()
}

fn not_connected(error: SignInError) -> FailureView {
    ConnectError::from(error).into()
}

#[test]
fn each_situation_of_the_keychain_has_a_kind_of_its_own() {
    let kinds = KeychainError::SITUATIONS.map(|situation| keychain_kind(&situation));
    for (place, kind) in kinds.iter().enumerate() {
        assert!(!kinds[..place].contains(kind), "{kind:?} stands for two");
    }
}

#[test]
fn a_situation_keeps_its_kind_wherever_the_keychain_was_asked() {
    for situation in KeychainError::SITUATIONS {
        let kind = keychain_kind(&situation);
        for problem in [
            Problem::Keychain(situation.clone()),
            Problem::Sealed(SealedError::Keychain(situation.clone())),
        ] {
            assert_eq!(kind_of(&problem), kind, "{problem}");
        }
    }
}

fn sid(last: char) -> AccountSid {
    let text = format!("AC{}{last}", "0".repeat(31));
    text.parse().expect("an Account SID")
}

fn refusal(status: u16, code: u32) -> Refusal {
    refusal_saying(status, code, "no")
}

fn refusal_saying(status: u16, code: u32, message: &str) -> Refusal {
    let body = format!(r#"{{"code":{code},"message":"{message}","status":{status}}}"#);
    Refusal::read(status, body.as_bytes(), None, "").expect("Twilio's form")
}

#[test]
fn each_way_that_connecting_fails_has_its_kind() {
    for (error, kind) in [
        (ConnectError::AccountSidEmpty, Kind::AccountSidEmpty),
        (
            ConnectError::AccountSidMalformed(SidError::Empty),
            Kind::AccountSidEmpty,
        ),
        (
            ConnectError::AccountSidMalformed(SidError::WrongPrefix {
                found: "PN".to_owned(),
            }),
            Kind::AccountSidMalformed,
        ),
        (
            ConnectError::KeySidInsteadOfAccountSid,
            Kind::KeySidInsteadOfAccountSid,
        ),
        (ConnectError::AuthTokenEmpty, Kind::AuthTokenEmpty),
        (ConnectError::AuthTokenMalformed, Kind::AuthTokenMalformed),
        (ConnectError::MainKey, Kind::MainKeyCannotOpenSubaccounts),
        (ConnectError::Cancelled, Kind::ConnectCancelled),
        (SignInError::RestrictedKey.into(), Kind::RestrictedKey),
        (SignInError::TestCredentials.into(), Kind::TestCredentials),
        (SignInError::Suspended.into(), Kind::AccountSuspended),
        (SignInError::Closed.into(), Kind::AccountClosed),
        (
            SignInError::Refused(Error::TooLarge).into(),
            Kind::WrongSignIn,
        ),
        (SignInError::RefusedKey.into(), Kind::StandardKey),
        (
            SignInError::Other(Error::TimedOut { request_sent: true }).into(),
            Kind::TimedOut,
        ),
        (
            Problem::Keychain(KeychainError::Locked).into(),
            Kind::KeychainLocked,
        ),
    ] {
        let said = error.to_string();
        let shown = FailureView::from(error);
        assert_eq!(shown.kind, kind, "{said}");
        assert_eq!(shown.changed, Changed::No, "{said}");
    }
    let subaccount = not_connected(SignInError::SubaccountInsteadOfParent {
        sid: sid('1'),
        parent: sid('2'),
    });
    assert_eq!(subaccount.kind, Kind::SubaccountInsteadOfParent);
    assert_eq!(subaccount.subject, Some(sid('2').to_string()));
}

#[test]
fn each_way_that_an_answer_of_twilio_fails_to_come_has_its_kind() {
    let detail = String::new;
    for (error, kind) in [
        (Error::Offline { detail: detail() }, Kind::Offline),
        (
            Error::ConnectionRefused { detail: detail() },
            Kind::ConnectionRefused,
        ),
        (
            Error::Certificate {
                clock_may_be_wrong: true,
            },
            Kind::Clock,
        ),
        (
            Error::Certificate {
                clock_may_be_wrong: false,
            },
            Kind::Certificate,
        ),
        (
            Error::EncryptionFailed { detail: detail() },
            Kind::Certificate,
        ),
        (Error::TimedOut { request_sent: true }, Kind::TimedOut),
        (
            Error::ConnectionLost {
                request_sent: true,
                detail: detail(),
            },
            Kind::ConnectionLost,
        ),
        (
            Error::TooManyRequests(refusal(429, 20429)),
            Kind::TooManyRequests,
        ),
        (Error::Trouble(refusal(503, 20503)), Kind::TwilioTrouble),
        (
            Error::AnsweredByAnother {
                status: 403,
                title: None,
                request_id: None,
            },
            Kind::AnsweredByAnother,
        ),
        (
            Error::Refused(refusal_saying(401, 20003, "Policy evaluation failed")),
            Kind::NoPermission,
        ),
        (
            Error::WrongAccount {
                asked: sid('1'),
                answered: sid('2'),
            },
            Kind::WrongAccountAnswered,
        ),
        (Error::Refused(refusal(403, 20003)), Kind::WrongSignIn),
        (Error::Setup(detail()), Kind::Internal),
        (
            Error::Unreadable {
                what: "an account",
                request_id: None,
            },
            Kind::UnreadableAnswer,
        ),
        (Error::TooLarge, Kind::UnreadableAnswer),
        (Error::TooManyPages, Kind::UnreadableAnswer),
        (Error::ForeignLink, Kind::UnreadableAnswer),
    ] {
        assert_eq!(twilio_kind(&error), kind, "{error}");
    }
}

#[test]
fn each_trouble_with_a_proxy_and_each_setting_that_cannot_be_used_has_its_kind() {
    let schemes = SignInSchemes::default;
    for (trouble, kind) in [
        (ProxyTrouble::NotFound, Kind::ProxyNotFound),
        (ProxyTrouble::NotThere, Kind::ProxyNotThere),
        (ProxyTrouble::TimedOut, Kind::ProxyTimedOut),
        (ProxyTrouble::NotEncrypted, Kind::ProxyNotEncrypted),
        (ProxyTrouble::WantsSignIn(schemes()), Kind::ProxyWantsSignIn),
        (
            ProxyTrouble::SignInRefused(schemes()),
            Kind::ProxySignInRefused,
        ),
        (ProxyTrouble::Refused { status: None }, Kind::Proxy),
        (ProxyTrouble::TwilioNotReached, Kind::ProxyCannotReachTwilio),
        (ProxyTrouble::NotAProxy, Kind::ProxyIsNone),
    ] {
        let detail = String::new();
        let shown = shown(Error::Proxy { trouble, detail }.into());
        assert_eq!((shown.kind, shown.changed), (kind, Changed::No));
    }
    for (why, kind) in [
        (UnreadableProxy::NotText, Kind::ProxyUnreadable),
        (UnreadableProxy::Address, Kind::ProxyUnreadable),
        (UnreadableProxy::List, Kind::ProxyUnreadable),
        (UnreadableProxy::Host, Kind::ProxyUnreadable),
        (UnreadableProxy::Characters, Kind::ProxyCharacters),
        (UnreadableProxy::Port, Kind::ProxyPort),
        (UnreadableProxy::Scheme, Kind::ProxyScheme),
        (UnreadableProxy::Script, Kind::ProxyScriptAddress),
    ] {
        let source_of_it = ProxySource::Variable("HTTPS_PROXY");
        let shown = shown(Error::ProxyUnreadable { source_of_it, why }.into());
        assert_eq!(shown.kind, kind);
        assert_eq!(shown.subject.as_deref(), Some("HTTPS_PROXY"));
    }
    let variable = Some("SSL_CERT_FILE");
    let shown = shown(Error::NoAuthorities { variable }.into());
    assert_eq!(shown.kind, Kind::NoAuthorities);
    assert_eq!(shown.subject.as_deref(), variable);
}

#[test]
fn whoever_answered_instead_of_twilio_is_named_in_the_details() {
    let shown = shown(
        Error::AnsweredByAnother {
            status: 403,
            title: Some("Blocked by the filter".to_owned()),
            request_id: None,
        }
        .into(),
    );
    assert_eq!(shown.kind, Kind::AnsweredByAnother);
    assert_eq!((shown.code, shown.status), (None, Some(403)));
    let technical = shown.technical.expect("details");
    assert!(technical.contains("Blocked by the filter"), "{technical}");
}

#[test]
fn twilios_codes_say_more_than_the_status_they_come_with() {
    for (code, kind) in [
        (20003, Kind::WrongSignIn),
        (20005, Kind::AccountSuspended),
        (10001, Kind::AccountSuspended),
        (20403, Kind::AccountSuspended),
        (90010, Kind::AccountSuspended),
        (20008, Kind::TestCredentials),
        (20404, Kind::NotFound),
        (21480, Kind::SubaccountLimit),
        (70151, Kind::KeyLimit),
        (20002, Kind::NameRefused),
        (70001, Kind::NameRefused),
        (21475, Kind::StatusRefused),
        (21476, Kind::ParentSuspended),
        (21477, Kind::StatusRefused),
        (21478, Kind::SuspendedByTwilio),
        (21479, Kind::SubaccountClosed),
        (21473, Kind::NumberNotMoved),
        (21474, Kind::NumberNotMoved),
        (21631, Kind::NumberNeedsAddress),
        (20006, Kind::NoPermission),
        (70051, Kind::NoPermission),
        (70002, Kind::NoPermission),
        (21101, Kind::NoPermission),
    ] {
        for status in [400, 401, 403, 404] {
            assert_eq!(refusal_kind(status, code), kind, "{code}");
        }
    }
    for (status, kind) in [
        (401, Kind::WrongSignIn),
        (403, Kind::NoPermission),
        (404, Kind::NotFound),
        (400, Kind::Refused),
        (409, Kind::Refused),
    ] {
        assert_eq!(refusal_kind(status, 99_999), kind, "{status}");
    }
}

#[test]
fn each_trouble_with_the_records_has_its_kind() {
    let said = String::new;
    for (error, kind) in [
        (
            RecordsError::Newer { found: 9, known: 8 },
            Kind::RecordsNewer,
        ),
        (RecordsError::InUse, Kind::RecordsInUse),
        (RecordsError::DiskFull, Kind::DiskFull),
        (RecordsError::LowOnSpace { free: 1 }, Kind::DiskFull),
        (RecordsError::NoAccess(said()), Kind::DiskUnwritable),
        (RecordsError::Io(said()), Kind::DiskUnwritable),
        (
            RecordsError::NoSuchEntry(EntryId::new(7)),
            Kind::UnknownHere,
        ),
        (RecordsError::NoSuchCredential, Kind::SecretNotFound),
        (RecordsError::Damaged, Kind::RecordsBroken),
        (RecordsError::Unreadable(said()), Kind::RecordsBroken),
        (RecordsError::Closed, Kind::RecordsBroken),
        (RecordsError::Database(said()), Kind::RecordsBroken),
    ] {
        assert_eq!(records_kind(&error), kind, "{error}");
    }
}

#[test]
fn an_emptied_keychain_is_not_taken_for_a_secret_that_is_gone_for_good() {
    for (error, kind) in [
        (SealedError::IdentityMissing, Kind::SealingKeyMissing),
        (SealedError::OtherIdentity, Kind::SealingKeyMissing),
        (SealedError::BadKey, Kind::SealingKeyChanged),
        (SealedError::Damaged, Kind::SealedCopyDamaged),
        (SealedError::OtherKey, Kind::SealedCopyDamaged),
        (SealedError::Records(RecordsError::DiskFull), Kind::DiskFull),
    ] {
        assert_eq!(kind_of(&Problem::Sealed(error)), kind, "{kind:?}");
    }
    assert_eq!(kind_of(&Problem::SecretNotFound), Kind::SecretNotFound);
}

#[test]
fn what_is_not_in_the_records_is_not_said_to_be_gone_at_twilio() {
    let unknown = shown(Problem::UnknownHere);
    assert_eq!(unknown.kind, Kind::UnknownHere);
    let gone = shown(Error::Refused(refusal(404, 20404)).into());
    assert_eq!(gone.kind, Kind::NotFound);
    assert_eq!((gone.code, gone.status), (Some(20404), Some(404)));
}

#[test]
fn a_backup_that_cannot_be_restored_says_what_is_wrong_with_it() {
    for (error, kind) in [
        (
            NotRestorable::Unreadable(String::new()),
            Kind::BackupUnreadable,
        ),
        (NotOpened::WrongPassphrase.into(), Kind::BackupNotOpened),
        (NotOpened::Damaged.into(), Kind::BackupDamaged),
        (BadDocument::Unreadable.into(), Kind::BackupDamaged),
    ] {
        assert_eq!(restore_kind(&error), kind, "{error}");
    }
}

#[test]
fn a_refused_sign_in_is_shown_with_twilios_own_words() {
    let refused = Error::Refused(refusal_saying(401, 20003, ""));
    let mut shown = not_connected(SignInError::Refused(refused));
    assert_eq!((shown.kind, shown.code), (Kind::WrongSignIn, Some(20003)));
    assert_eq!(shown.words, None, "it had none");
    let refused = Error::Refused(refusal_saying(401, 20003, "Authenticate"));
    shown = not_connected(SignInError::Refused(refused));
    assert_eq!(shown.words.as_deref(), Some("Authenticate"));
}
