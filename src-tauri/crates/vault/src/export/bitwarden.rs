//! Bitwarden's plain JSON (<https://bitwarden.com/help/condition-bitwarden-import/>), which KeePassXC 2.7.7 reads as well.

use serde::Serialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::{CONSOLE, ExportError, Exported};

/// Bitwarden's number for an item that is a login.
const LOGIN: u8 = 1;
/// Bitwarden's number for a custom field of readable text.
const TEXT: u8 = 0;
/// The one folder of the file.
const FOLDER: &str = "5ba71e00-0000-4000-8000-000000000001";

#[derive(Serialize)]
struct Item<'a> {
    #[serde(rename = "folderId")]
    folder: &'a str,
    #[serde(rename = "type")]
    kind: u8,
    name: &'a str,
    notes: Option<&'a str>,
    favorite: bool,
    fields: [Field<'a>; 3],
    login: Login<'a>,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    value: &'a str,
    #[serde(rename = "type")]
    kind: u8,
}

#[derive(Serialize)]
struct Login<'a> {
    username: &'a str,
    password: &'a str,
    totp: Option<&'a str>,
    uris: [Uri<'a>; 1],
}

#[derive(Serialize)]
struct Uri<'a> {
    #[serde(rename = "match")]
    how: Option<u8>,
    uri: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    encrypted: bool,
    folders: [serde_json::Value; 1],
    items: Vec<Item<'a>>,
}

/// The credentials as readable JSON.
///
/// # Errors
/// [`ExportError::Failed`]
pub fn bitwarden_json(credentials: &[Exported]) -> Result<Zeroizing<Vec<u8>>, ExportError> {
    let field = |name, value| Field {
        name,
        value,
        kind: TEXT,
    };
    let file = File {
        encrypted: false,
        folders: [json!({ "id": FOLDER, "name": "Subvault" })],
        items: credentials
            .iter()
            .map(|one| Item {
                folder: FOLDER,
                kind: LOGIN,
                name: &one.key_name,
                notes: None,
                favorite: false,
                fields: [
                    field("Customer", &one.account_name),
                    field("Account SID", one.account.as_str()),
                    field("API SID", one.key.as_str()),
                ],
                login: Login {
                    username: one.key.as_str(),
                    password: one.secret.expose(),
                    totp: None,
                    uris: [Uri {
                        how: None,
                        uri: CONSOLE,
                    }],
                },
            })
            .collect(),
    };
    let mut json = Zeroizing::new(Vec::with_capacity(1_000 + credentials.len() * 4_000));
    serde_json::to_writer_pretty(&mut *json, &file)
        .map_err(|error| ExportError::Failed(error.to_string()))?;
    Ok(json)
}
