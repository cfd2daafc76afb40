//! What a run begins with: a folder of a connected account, and things of the same names that somebody else made.

use std::path::Path;

use practice::Practice;
use tempfile::TempDir;
use vault::Sealer;

use super::plan::Plan;
use super::work::Order;
use crate::lives::stage::{Twilio, connected, copy, scratch, settings, wait_until_closed};

/// Folders of a connected account.
pub struct Prepared {
    folder: TempDir,
}

impl Prepared {
    /// Connects once, and seals once.
    pub async fn new() -> Result<Self, String> {
        let folder = scratch().map_err(|error| error.to_string())?;
        for sealed in [false, true] {
            let practice = Practice::start(settings())
                .await
                .map_err(|error| error.to_string())?;
            let place = folder.path().join(name_of(sealed));
            let workspace = connected(&place, &practice).await?;
            if sealed {
                Sealer::for_folder(workspace.keychain(), workspace.records())
                    .await
                    .map_err(|error| error.to_string())?;
            }
            drop(workspace);
            wait_until_closed(&place).await?;
        }
        Ok(Self { folder })
    }

    /// A folder of this run's own.
    pub fn copy(&self, plan: &Plan, into: &Path) -> std::io::Result<()> {
        copy(&self.folder.path().join(name_of(plan.sealed_before)), into)
    }
}

fn name_of(sealed: bool) -> &'static str {
    if sealed { "sealed" } else { "connected" }
}

/// Somebody else makes things of the same names, one of them with the mark of another computer.
pub async fn look_alikes(twilio: &Twilio, plan: &Plan) -> Result<(), twilio::Error> {
    for Order {
        subaccount,
        known,
        key,
    } in plan.orders.iter().take(2)
    {
        if let Some(name) = subaccount {
            twilio.elsewhere.create_account(name).await?;
            let marked = format!("{name} [saving zzzzzzzzzz]");
            twilio.elsewhere.create_account(&marked).await?;
        } else if let Ok(account) = twilio.known[*known].parse() {
            twilio.elsewhere.create_key(&account, key).await?;
            let marked = format!("{key} [saving zzzzzzzzzz]");
            twilio.elsewhere.create_key(&account, &marked).await?;
        }
    }
    Ok(())
}
