//! Making subaccounts and changing accounts.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;

use super::{PARENT, Place, Store};
use crate::clock::day_of;
use crate::errors::ApiError;
use crate::model::{Quiet, Status};
use crate::seed::NAME_LENGTH;

/// What an update of an account asks for.
pub(crate) struct AccountChange<'a> {
    pub friendly_name: Option<&'a str>,
    pub status: Option<&'a str>,
}

impl Store {
    /// Makes a subaccount of the parent. Names need not be unique.
    pub(crate) fn create_subaccount(
        &mut self,
        friendly_name: Option<&str>,
        now: Timestamp,
    ) -> Result<Place, ApiError> {
        let name = match friendly_name.filter(|name| !name.is_empty()) {
            Some(name) => account_name(name)?,
            None => default_name(now),
        };
        let open = self
            .world
            .accounts
            .iter()
            .skip(1)
            .filter(|account| account.status != Status::Closed)
            .count();
        if open >= self.world.subaccount_limit {
            return Err(ApiError::subaccount_limit());
        }
        let place = self.world.accounts.len();
        let sid = self.change(|world| {
            let account = world.new_account(name, now);
            let sid = account.sid.clone();
            world.accounts.push(Arc::new(account));
            sid
        });
        self.catching_up.note(&sid);
        self.places.insert(sid.to_ascii_lowercase(), place);
        Ok(place)
    }

    /// Renames an account, changes its status, or both; nothing changes when either is refused.
    pub(crate) fn update_account(
        &mut self,
        place: Place,
        asked: &AccountChange<'_>,
        now: Timestamp,
    ) -> Result<(), ApiError> {
        let name = asked.friendly_name.map(account_name).transpose()?;
        let status = asked
            .status
            .map(|word| self.status_allowed(place, word))
            .transpose()?;
        if name.is_none() && status.is_none() {
            return Ok(());
        }
        self.change_account(place, now, |account| {
            if let Some(name) = name {
                account.friendly_name = name;
            }
            if let Some(status) = status {
                set_status(account, status, now);
            }
        });
        Ok(())
    }

    fn status_allowed(&self, place: Place, word: &str) -> Result<Status, ApiError> {
        let status = Status::parse(word).ok_or_else(ApiError::invalid_status)?;
        let account = self.account(place);
        if place == PARENT {
            return Err(ApiError::parent_status());
        }
        if account.status == Status::Closed && status != Status::Closed {
            return Err(ApiError::account_closed());
        }
        if status == Status::Active && self.account(PARENT).status != Status::Active {
            return Err(ApiError::parent_suspended());
        }
        if status == Status::Active && account.suspended_by_twilio {
            return Err(ApiError::suspended_by_twilio());
        }
        Ok(status)
    }

    /// What Twilio's staff would do: suspends an account; with the parent go all its subaccounts.
    pub(crate) fn suspend_by_twilio(&mut self, place: Place, now: Timestamp) {
        self.change(|world| {
            for (other, account) in world.accounts.iter_mut().enumerate() {
                let chosen = other == place;
                if account.status == Status::Closed || !(chosen || place == PARENT) {
                    continue;
                }
                let account = Arc::make_mut(account);
                account.updated = now;
                account.suspended_by_twilio |= chosen;
                set_status(account, Status::Suspended, now);
            }
        });
    }
}

fn set_status(account: &mut crate::model::Account, status: Status, now: Timestamp) {
    let today = day_of(now);
    match (account.status, status) {
        (Status::Active, Status::Suspended | Status::Closed) => {
            account.quiet.push(Quiet {
                from: today,
                until: None,
            });
        }
        (Status::Suspended, Status::Active) => {
            // Silent devices stay silent.
            if let Some(quiet) = account.quiet.last_mut() {
                quiet.until = quiet.until.or(Some(today));
            }
        }
        _ => {}
    }
    if status == Status::Closed {
        // Closing releases the numbers.
        account.numbers.clear();
    }
    account.status = status;
}

fn account_name(name: &str) -> Result<String, ApiError> {
    let fits = !name.is_empty()
        && name.chars().count() <= NAME_LENGTH
        && !name.chars().any(char::is_control);
    if fits {
        Ok(name.to_owned())
    } else {
        Err(ApiError::invalid_name())
    }
}

fn default_name(now: Timestamp) -> String {
    let time = strtime::format("%Y-%m-%d %I:%M %P", &now.to_zoned_datetime(TimeZone::UTC))
        .unwrap_or_default();
    format!("SubAccount Created at {time}")
}
