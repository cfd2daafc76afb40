//! What the items are called, and what is inside them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use terms::{AccountSid, KeySid, Secret};
use zeroize::Zeroizing;

use super::KeychainError;

/// Marks the layout of a payload, so that a later layout can be told apart.
const VERSION: &str = "v1:";

/// The service that items are filed under in the keychain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace(String);

impl Namespace {
    /// Where the secrets of real accounts are.
    pub fn real() -> Self {
        Self("Subvault".to_owned())
    }

    /// Where practice mode keeps its invented secrets.
    pub fn practice() -> Self {
        Self("Subvault practice".to_owned())
    }

    /// Another one, for tests. Characters that would make item names ambiguous become `-`.
    pub fn custom(name: &str) -> Self {
        let name: String = name
            .chars()
            .map(|c| {
                if c.is_ascii_graphic() && c != '/' || c == ' ' {
                    c
                } else {
                    '-'
                }
            })
            .collect();
        if name.trim().is_empty() {
            Self("Subvault custom".to_owned())
        } else {
            Self(name)
        }
    }

    /// The namespace as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One item of the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// The Auth Token of a connected account.
    AuthToken {
        /// Whose it is.
        account: AccountSid,
    },
    /// The secret of an API key.
    ApiSecret {
        /// The account that the key belongs to.
        account: AccountSid,
        /// The key.
        key: KeySid,
    },
    /// The private half of the key pair that sealed copies are encrypted to.
    SealingIdentity {
        /// The id of the data folder whose sealed copies it opens.
        folder: String,
    },
    /// Written, read back and deleted by [`Keychain::check`](super::Keychain::check).
    Canary,
}

impl Item {
    /// The name an admin sees in the keychain, beside the namespace.
    pub fn name(&self) -> String {
        match self {
            Self::AuthToken { account } => format!("Auth Token {account}"),
            Self::ApiSecret { key, .. } => format!("API Secret {key}"),
            Self::SealingIdentity { folder } => format!("Sealing key {folder}"),
            Self::Canary => "Check".to_owned(),
        }
    }

    /// What the payload begins with, so that an item whose content was swapped with another's is noticed.
    fn binding(&self) -> String {
        match self {
            Self::ApiSecret { account, .. } => format!("{}\n{account}\n", self.name()),
            Self::AuthToken { .. } | Self::SealingIdentity { .. } | Self::Canary => {
                format!("{}\n", self.name())
            }
        }
    }

    /// The bytes that go into the keychain: one printable ASCII line.
    pub(super) fn seal_in(&self, secret: &Secret) -> Zeroizing<Vec<u8>> {
        let binding = self.binding();
        // Room for everything at once: a buffer that grows would leave its old copy in memory.
        let mut plain =
            Zeroizing::new(String::with_capacity(binding.len() + secret.expose().len()));
        plain.push_str(&binding);
        plain.push_str(secret.expose());
        let mut payload = Zeroizing::new(String::with_capacity(
            VERSION.len() + plain.len() * 4 / 3 + 4,
        ));
        payload.push_str(VERSION);
        URL_SAFE_NO_PAD.encode_string(plain.as_bytes(), &mut payload);
        Zeroizing::new(payload.as_bytes().to_vec())
    }

    /// Whether these bytes are a payload made by [`Item::seal_in`] for this same item.
    pub(super) fn is_inside(&self, payload: &[u8]) -> bool {
        self.take_out(payload).is_ok()
    }

    /// The secret inside bytes that came out of the keychain.
    ///
    /// # Errors
    /// [`KeychainError::Changed`] for anything but a payload made by [`Item::seal_in`] for this same item.
    pub(crate) fn take_out(&self, payload: &[u8]) -> Result<Secret, KeychainError> {
        let encoded = payload
            .strip_prefix(VERSION.as_bytes())
            .ok_or(KeychainError::Changed)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(encoded.len()));
        URL_SAFE_NO_PAD
            .decode_vec(encoded, &mut plain)
            .map_err(|_| KeychainError::Changed)?;
        let text = plain
            .strip_prefix(self.binding().as_bytes())
            .ok_or(KeychainError::Changed)?;
        let text = std::str::from_utf8(text).map_err(|_| KeychainError::Changed)?;
        Secret::copied(text).map_err(|_| KeychainError::Changed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn items() -> [Item; 4] {
        let account: AccountSid = format!("AC{:032}", 1).parse().expect("a SID");
        let key = format!("SK{:032}", 1).parse().expect("a SID");
        [
            Item::AuthToken {
                account: account.clone(),
            },
            Item::ApiSecret { account, key },
            Item::SealingIdentity {
                folder: "f".to_owned(),
            },
            Item::Canary,
        ]
    }

    #[test]
    fn a_payload_is_one_printable_line_that_fits_a_windows_credential() {
        let longest = Secret::new("~".repeat(terms::secret::LONGEST)).unwrap();
        let sid = |prefix: &str| format!("{prefix}{}", "0".repeat(32));
        let item = Item::ApiSecret {
            account: sid("AC").parse().expect("a SID"),
            key: sid("SK").parse().expect("a SID"),
        };
        let payload = item.seal_in(&longest);
        assert!(payload.len() <= 2_560, "{}", payload.len());
        assert!(payload.iter().all(u8::is_ascii_graphic));
        assert!(payload.starts_with(b"v1:"));
    }

    #[test]
    fn a_payload_opens_for_its_own_item_only() {
        let secret = Secret::new("invented".to_owned()).unwrap();
        for (of, item) in items().iter().enumerate() {
            let payload = item.seal_in(&secret);
            for (at, other) in items().iter().enumerate() {
                let expected = if of == at {
                    Ok(secret.duplicate())
                } else {
                    Err(KeychainError::Changed)
                };
                assert_eq!(
                    other.take_out(&payload),
                    expected,
                    "{item:?} read as {other:?}"
                );
            }
        }
    }

    #[test]
    fn a_custom_namespace_cannot_make_names_ambiguous() {
        assert_eq!(Namespace::custom("a/b\nc").as_str(), "a-b-c");
        assert_eq!(Namespace::custom(" ").as_str(), "Subvault custom");
    }

    proptest! {
        #[test]
        fn bytes_of_other_programs_are_changed_items(bytes in any::<Vec<u8>>(), text in "(v1:)?[A-Za-z0-9_-]{0,80}") {
            for item in items() {
                prop_assert_eq!(item.take_out(&bytes), Err(KeychainError::Changed));
                prop_assert_eq!(item.take_out(text.as_bytes()), Err(KeychainError::Changed));
            }
        }
    }
}
