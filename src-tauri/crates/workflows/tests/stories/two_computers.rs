//! A computer whose keys are backed up, and another one that reaches the same Twilio.

use std::path::PathBuf;

use practice::Settings;
use vault::recovery::testing;
use vault::{Passphrase, TypedPassphrase};
use workflows::Problem;

use crate::bench::Bench;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).expect("a passphrase")
}

/// An invented passphrase, and used for nothing else.
pub(crate) const GOOD: &str = "walnut ferry cobalt thursday";

pub(crate) fn typed(text: &str) -> TypedPassphrase {
    TypedPassphrase::new(text.to_owned()).expect("it may be tried")
}

fn good() -> Passphrase {
    passphrase(GOOD)
}

/// The same as it is typed.
pub(crate) fn the_good_one() -> TypedPassphrase {
    typed(GOOD)
}

/// A bench with saved keys, a passphrase and a folder for backups.
pub(crate) struct Old {
    pub bench: Bench,
    pub keys: Vec<terms::KeySid>,
    pub folder: tempfile::TempDir,
}

impl Old {
    pub async fn with_keys(names: &[&str]) -> Self {
        testing::quick();
        let bench = Bench::with_subaccounts(2).await;
        let mut keys = Vec::new();
        for name in names {
            let made = bench.create_subaccount(name).await.expect("it is made");
            keys.push(made.key);
        }
        let workspace = &bench.workspace;
        workspace.set_passphrase(good()).await.expect("it is set");
        let folder = tempfile::tempdir().expect("a folder");
        workspace
            .plan_backups(folder.path().to_owned(), true)
            .await
            .expect("it is planned");
        Self {
            bench,
            keys,
            folder,
        }
    }

    pub async fn back_up(&self) -> Result<PathBuf, Problem> {
        let made = self.bench.workspace.back_up().await?;
        Ok(made.path)
    }

    pub async fn due(&self) -> bool {
        self.bench
            .workspace
            .backup_is_due()
            .await
            .expect("the records can be read")
    }
}

/// Another computer that reaches the same Twilio.
pub(crate) async fn new_computer(old: &Old) -> Bench {
    let new = Bench::unconnected(Settings {
        subaccounts: 0,
        ..Settings::default()
    })
    .await;
    new.restart_at(&old.bench.practice.base_url()).await
}
