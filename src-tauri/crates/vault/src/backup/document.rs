//! What is inside a backup: one JSON document that a person can read in an emergency.

use std::collections::BTreeMap;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use terms::{AccountSid, AccountStatus, KeySid, Region, Secret};
use zeroize::{Zeroize as _, Zeroizing};

/// What a backup says it is.
const FORMAT: &str = "subvault-backup";
/// The newest layout that this program writes and reads.
pub const NEWEST: u32 = 1;
/// More than any name takes.
const LONGEST_TEXT: usize = 4_000;

/// For whoever opens a backup without Subvault.
const README: &[&str] = &[
    "This is a backup of Subvault: Twilio subaccounts, their API keys, and the secret of each key.",
    "Keep it as safe as the keys themselves. Delete this readable copy when you are done.",
    "To connect a service, find the customer under 'credentials' and copy three values: account_sid, api_key_sid and api_secret.",
    "To load it into Subvault on another computer, start Subvault there, press 'Restore a backup' and choose the .age file.",
    "The Auth Token of the parent account is not in here. It is always to be seen in the Twilio Console.",
    "A secret that is null was not to be had when the backup was made. Make a new API key for it in the Twilio Console.",
];

/// A backup's content.
#[derive(Debug, Serialize, Deserialize)]
pub struct Document {
    #[serde(rename = "README")]
    readme: Vec<String>,
    format: String,
    version: u32,
    /// When it was gathered.
    pub made_at: Timestamp,
    /// It was made in practice mode, of made-up accounts.
    #[serde(default)]
    pub practice: bool,
    /// The connected account, without its Auth Token.
    pub parent_account: Option<Parent>,
    /// Subaccounts as they were last seen.
    pub subaccounts: Vec<KeptSubaccount>,
    /// Saved credentials with their secrets.
    pub credentials: Vec<KeptCredential>,
    /// What its user keeps of customers.
    #[serde(default)]
    pub customers: Vec<KeptCustomer>,
    /// What happened, oldest first.
    pub activity: Vec<KeptActivity>,
    /// What the user chose: JSON texts by name.
    pub preferences: BTreeMap<String, String>,
}

/// The connected account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Its Account SID.
    pub account_sid: AccountSid,
    /// Its friendly name.
    pub name: String,
    /// Twilio's word for the kind of account.
    pub kind: String,
    /// When it was connected.
    pub connected_at: Timestamp,
}

/// A subaccount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSubaccount {
    /// Its Account SID.
    pub account_sid: AccountSid,
    /// The connected account that it is of, where that was known.
    #[serde(default)]
    pub parent_account_sid: Option<AccountSid>,
    /// Its friendly name.
    pub name: String,
    /// Its status.
    pub status: AccountStatus,
    /// When it was created.
    pub created_at: Option<Timestamp>,
}

/// A credential with its secret.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCredential {
    /// The account it belongs to.
    pub account_sid: AccountSid,
    /// The connected account that its account is of, where that was known.
    #[serde(default)]
    pub parent_account_sid: Option<AccountSid>,
    /// Where at Twilio the key is.
    #[serde(default)]
    pub region: Region,
    /// That account's name.
    pub account_name: String,
    /// The key's SID.
    pub api_key_sid: KeySid,
    /// The key's name.
    pub api_key_name: String,
    /// The secret; `None` where it was not to be had.
    #[serde(
        serialize_with = "write_secret",
        deserialize_with = "read_secret",
        default
    )]
    pub api_secret: Option<Secret>,
    /// When it was saved.
    pub created_at: Timestamp,
    /// When a live call last worked.
    pub proved_at: Option<Timestamp>,
    /// When it was handed over.
    pub handed_over_at: Option<Timestamp>,
    /// To which service: its id, or its name in backups of earlier versions.
    pub handed_over_to: Option<String>,
    /// When handing over was put off.
    pub postponed_at: Option<Timestamp>,
    /// When the key was found to be gone at Twilio.
    pub removed_at_twilio: Option<Timestamp>,
}

/// What its user keeps of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCustomer {
    /// The customer's subaccount.
    pub account_sid: AccountSid,
    /// The customer's number in its user's own books.
    pub customer_number: String,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Anything else.
    pub note: String,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptActivity {
    /// When.
    pub at: Timestamp,
    /// The account it concerns.
    pub account_sid: Option<String>,
    /// The key it concerns.
    pub api_key_sid: Option<String>,
    /// The word for what it was.
    pub what: String,
    /// A name or word to go with it.
    pub detail: String,
    /// The user of a computer who did it.
    #[serde(default)]
    pub user: Option<String>,
    /// That computer's name.
    #[serde(default)]
    pub computer: Option<String>,
    /// Twilio's identifier of the request.
    #[serde(default)]
    pub request_id: Option<String>,
}

/// Why a document cannot be used. Never carries any part of it.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDocument {
    /// It is something else than a backup.
    #[error("this is no backup of Subvault")]
    NotABackup,
    /// A newer Subvault wrote it.
    #[error("a newer version wrote this backup (layout {version})")]
    Newer {
        /// Its layout.
        version: u32,
    },
    /// A part of it cannot be read.
    #[error("a part of the backup cannot be read")]
    Unreadable,
}

/// As much as every version of a backup says.
#[derive(Deserialize)]
struct Label {
    format: String,
    version: u32,
}

impl Document {
    /// A document without content.
    pub fn new(made_at: Timestamp) -> Self {
        Self {
            readme: README.iter().map(|&line| line.to_owned()).collect(),
            format: FORMAT.to_owned(),
            version: NEWEST,
            made_at,
            practice: false,
            parent_account: None,
            subaccounts: Vec::new(),
            credentials: Vec::new(),
            customers: Vec::new(),
            activity: Vec::new(),
            preferences: BTreeMap::new(),
        }
    }

    /// Reads a document out of any bytes whatever.
    ///
    /// # Errors
    /// See [`BadDocument`].
    pub fn parse(bytes: &[u8]) -> Result<Self, BadDocument> {
        let label: Label = serde_json::from_slice(bytes).map_err(|_| BadDocument::NotABackup)?;
        if label.format != FORMAT {
            return Err(BadDocument::NotABackup);
        }
        if label.version > NEWEST {
            return Err(BadDocument::Newer {
                version: label.version,
            });
        }
        let document: Self = serde_json::from_slice(bytes).map_err(|_| BadDocument::Unreadable)?;
        if document.is_sound() {
            Ok(document)
        } else {
            Err(BadDocument::Unreadable)
        }
    }

    /// The document as indented JSON.
    ///
    /// # Errors
    /// [`BadDocument::Unreadable`], which a document of ours does not end in.
    pub fn to_json(&self) -> Result<Zeroizing<Vec<u8>>, BadDocument> {
        // Counted first: a buffer that grows would leave its old copies in memory.
        let mut size = Counted(0);
        serde_json::to_writer_pretty(&mut size, self).map_err(|_| BadDocument::Unreadable)?;
        let mut json = Zeroizing::new(Vec::with_capacity(size.0 + 1));
        serde_json::to_writer_pretty(&mut *json, self).map_err(|_| BadDocument::Unreadable)?;
        json.push(b'\n');
        Ok(json)
    }

    /// How many credentials come with their secret.
    pub fn secrets(&self) -> usize {
        self.credentials
            .iter()
            .filter(|credential| credential.api_secret.is_some())
            .count()
    }

    fn is_sound(&self) -> bool {
        let text = |text: &str| text.len() <= LONGEST_TEXT;
        let parent = self
            .parent_account
            .as_ref()
            .is_none_or(|parent| text(&parent.name));
        let subaccounts = self
            .subaccounts
            .iter()
            .all(|row| text(&row.name) && text(row.status.as_str()));
        let credentials = self.credentials.iter().all(|row| {
            text(&row.account_name)
                && text(&row.api_key_name)
                && row.handed_over_at.is_some() == row.handed_over_to.is_some()
        });
        parent && subaccounts && credentials
    }
}

fn write_secret<S: Serializer>(secret: &Option<Secret>, to: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(Secret::expose).serialize(to)
}

fn read_secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    let Some(mut text) = Option::<String>::deserialize(from)? else {
        return Ok(None);
    };
    let secret = Secret::copied(&text);
    text.zeroize();
    secret.map(Some).map_err(serde::de::Error::custom)
}

struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
