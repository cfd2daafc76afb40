use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use age::scrypt;
use age::secrecy::SecretString;
use serde_json::Value;

use super::SERVICE;
use super::another_computer::{PASSPHRASE, backed_up, made, restored};
use crate::{Desktop, Failure, Practice, Reporter, Told, expect};

/// The factor that the program's own backups have.
const WORK_FACTOR: u8 = 18;

/// A backup with so many keys, one for each subaccount, is restored on another computer, each of them into its keychain, and each is
/// proved by a live call.
///
/// The backup is one that the program has made, with more keys put into it.
pub async fn thousand_keys(
    reporter: &mut Reporter,
    old: &Desktop,
    new: &Desktop,
    practice: &Practice,
    keys: u64,
) -> Told {
    reporter.story("A thousand keys on another computer");
    let (file, made) = reporter
        .step(
            old,
            &format!("A backup with {keys} keys"),
            full_backup(old, practice, keys),
        )
        .await?;
    let carried = new.home().join("carried over.age");
    std::fs::copy(&file, &carried)
        .map_err(|error| Failure::from_error("carry the backup over", error))?;
    let before = practice.requests().await?.len();
    let window = super::open_on(new, practice).await?;
    reporter
        .step(
            new,
            "It is restored, in no more clicks and no more time than it may take",
            restored(&window, new, &carried, PASSPHRASE),
        )
        .await?;
    reporter
        .step(
            new,
            "Every secret is in the keychain, and every key was proved",
            kept_and_proved(new, practice, before, &made),
        )
        .await?;
    window.close().await
}

/// A key of the backup, as Twilio made it.
struct Made {
    sid: String,
    secret: String,
}

async fn full_backup(old: &Desktop, practice: &Practice, keys: u64) -> Told<(PathBuf, Vec<Made>)> {
    let window = made(old, practice).await?;
    let card = window
        .page()
        .inside(crate::Role::Dialog, "Hand over to DicksonOne");
    card.button("Do this later").click().await?;
    let file = backed_up(&window, old).await?;
    window.close().await?;
    let mut document = opened(&file)?;
    let first = document["credentials"][0].clone();
    let accounts: Vec<Value> = document["subaccounts"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let others = accounts.iter().filter(|account| {
        account["account_sid"] != first["account_sid"] && account["status"] == "active"
    });
    let mut credentials = vec![first.clone()];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut made = vec![Made {
        sid: text(&first["api_key_sid"]),
        secret: text(&first["api_secret"]),
    }];
    // Some subaccounts are suspended or closed and take no key, so others get a second one.
    for account in others.cycle() {
        if credentials.len() as u64 >= keys {
            break;
        }
        let (sid, name) = (&account["account_sid"], &account["name"]);
        let key_name = format!("Key {}", credentials.len());
        let (key, secret) = practice
            .make_key(sid.as_str().unwrap_or_default(), &key_name)
            .await?;
        made.push(Made {
            sid: key.clone(),
            secret: secret.clone(),
        });
        let mut credential = first.clone();
        credential["account_sid"] = sid.clone();
        credential["account_name"] = name.clone();
        credential["api_key_sid"] = key.into();
        credential["api_key_name"] = key_name.into();
        credential["api_secret"] = secret.into();
        credentials.push(credential);
    }
    document["credentials"] = credentials.into();
    let full = old.home().join("full.age");
    sealed(&document, &full)?;
    Ok((full, made))
}

async fn kept_and_proved(new: &Desktop, practice: &Practice, before: usize, made: &[Made]) -> Told {
    let reading = |error| Failure::from_error("read which data folder it is", error);
    let vault = std::fs::read_to_string(new.data().join("account/vault-id")).map_err(reading)?;
    // One by one: `secret-tool` has no room for all of them at once.
    for key in made {
        let name = format!("API Secret {} ({})", key.sid, vault.trim());
        let kept = new.keychain().payload(SERVICE, &name)?;
        expect(kept.ends_with(&key.secret), || {
            format!("the keychain has another secret of {}", key.sid)
        })?;
    }
    let requests = practice.requests().await?;
    let signed: std::collections::BTreeSet<&str> = requests
        .iter()
        .skip(before)
        .filter(|request| request["answered"] == 200)
        .filter_map(|request| request["signed_by"]["sid"].as_str())
        .filter(|user| user.starts_with("SK"))
        .collect();
    expect(signed.len() == made.len(), || {
        format!("{} of {} keys were proved", signed.len(), made.len())
    })
}

fn opened(file: &Path) -> Told<Value> {
    let reading = |error| Failure::from_error("read a backup", error);
    let bytes = std::fs::read(file).map_err(reading)?;
    let identity = scrypt::Identity::new(SecretString::from(PASSPHRASE));
    let decryptor = age::Decryptor::new(age::armor::ArmoredReader::new(bytes.as_slice()))
        .map_err(|error| Failure::from_error("open a backup", error))?;
    let mut reader = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(|error| Failure::from_error("open a backup", error))?;
    let mut text = String::new();
    reader.read_to_string(&mut text).map_err(reading)?;
    serde_json::from_str(&text).map_err(|error| Failure::from_error("read a backup", error))
}

fn sealed(document: &Value, to: &Path) -> Told {
    let writing = |error| Failure::from_error("write a backup", error);
    let mut recipient = scrypt::Recipient::new(SecretString::from(PASSPHRASE));
    recipient.set_work_factor(WORK_FACTOR);
    let encryptor =
        age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|error| Failure::from_error("seal a backup", error))?;
    let file = std::fs::File::create(to).map_err(writing)?;
    let mut writer = encryptor.wrap_output(file).map_err(writing)?;
    writer
        .write_all(document.to_string().as_bytes())
        .and_then(|()| writer.finish())
        .map(drop)
        .map_err(writing)
}
