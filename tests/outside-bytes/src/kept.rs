//! What is kept in the keychain, in sealed copies and in backups, and could have been changed there.

use std::sync::OnceLock;

use age::x25519::Identity;
use secrecy::ExposeSecret as _;
use terms::{AccountSid, KeySid, Secret};
use vault::backup::{Document, looks_like_a_backup};
use vault::{Item, KeychainError, fuzzing};

/// The identity that the seeds are sealed for. Invented, and used for nothing else.
const IDENTITY: &str = include_str!("../seeds/identity.txt");

/// The account and key that the seeds are labelled with.
pub fn label() -> (AccountSid, KeySid) {
    (
        "AC00000000000000000000000000000002".parse().expect("a SID"),
        "SK00000000000000000000000000000001".parse().expect("a SID"),
    )
}

/// The bytes of a keychain's item.
pub fn keychain_item(payload: &[u8]) {
    let (account, key) = label();
    for item in [
        Item::ApiSecret {
            account: account.clone(),
            key,
        },
        Item::AuthToken { account },
        Item::SealingIdentity {
            folder: "k3f9x2abcd".to_owned(),
        },
        Item::Canary,
    ] {
        match fuzzing::take_out(&item, payload) {
            Ok(secret) => assert!(is_one_printable_line(secret.expose())),
            Err(error) => assert_eq!(error, KeychainError::Changed),
        }
    }
}

/// The identity that the seeds are sealed for, and its public half.
pub struct SealedFor {
    pub secret: Secret,
    pub recipient: String,
}

/// The one of the seeds.
pub fn identity() -> &'static SealedFor {
    static IDENTITY_OF_SEEDS: OnceLock<SealedFor> = OnceLock::new();
    IDENTITY_OF_SEEDS.get_or_init(|| {
        let identity: Identity = IDENTITY.trim().parse().expect("an identity");
        let text = identity.to_string().expose_secret().to_owned();
        SealedFor {
            secret: Secret::new(text).expect("a storable identity"),
            recipient: identity.to_public().to_string(),
        }
    })
}

/// The text of a sealed copy.
pub fn sealed_copy(armoured: &[u8]) {
    let (account, key) = label();
    // The column holds text.
    let armoured = String::from_utf8_lossy(armoured).into_owned();
    if let Ok(secret) = fuzzing::open_sealed(&identity().secret, account, key, armoured) {
        assert!(is_one_printable_line(secret.expose()));
    }
}

/// What a passphrase opened in a backup: taken whole, written as it was read, or refused without a word of it.
pub fn backup_document(plain: &[u8]) {
    let _ = looks_like_a_backup(plain);
    let Ok(document) = Document::parse(plain) else {
        return;
    };
    reads_back(&document);
}

/// What was read is written, and read again as the same.
pub fn reads_back(document: &Document) {
    let written = document.to_json().expect("what was read can be written");
    let again = Document::parse(&written).expect("and read again");
    assert_eq!(again.secrets(), document.secrets());
    assert_eq!(again.credentials, document.credentials);
    assert_eq!(again.subaccounts, document.subaccounts);
    assert_eq!(again.activity, document.activity);
    assert_eq!(again.preferences, document.preferences);
}

fn is_one_printable_line(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
