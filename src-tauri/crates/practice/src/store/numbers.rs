//! Changing, moving and releasing phone numbers.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Place, Store};
use crate::errors::ApiError;
use crate::model::{PhoneNumber, Status};
use crate::seed::NAME_LENGTH;

/// What an update of a number asks for.
#[derive(Default)]
pub(crate) struct NumberChange<'a> {
    pub friendly_name: Option<&'a str>,
    pub voice_url: Option<&'a str>,
    pub sms_url: Option<&'a str>,
    /// The Account SID of who is to have it.
    pub to: Option<&'a str>,
}

impl Store {
    /// The number of that SID, if the account has it.
    pub(crate) fn number(&self, place: Place, sid: &str) -> Option<&PhoneNumber> {
        let numbers = &self.account(place).numbers;
        numbers
            .iter()
            .find(|number| number.sid.eq_ignore_ascii_case(sid))
    }

    /// Numbers of suspended subaccounts stay where they are from now on, and no suspended subaccount gets one.
    pub(crate) fn let_suspended_numbers_stay(&mut self) {
        self.suspended_numbers_stay = true;
    }

    /// Changes a number of an account, moves it, or both; nothing changes when either is refused. The answer is whose it is afterwards.
    pub(crate) fn update_number(
        &mut self,
        place: Place,
        sid: &str,
        asked: &NumberChange<'_>,
        now: Timestamp,
    ) -> Result<Place, ApiError> {
        let name = asked.friendly_name.map(number_name).transpose()?;
        let to = asked
            .to
            .map(|to| self.may_move(place, to))
            .transpose()?
            .unwrap_or(place);
        self.change(|world| {
            let owner = Arc::make_mut(&mut world.accounts[place]);
            let Some(index) = position(&owner.numbers, sid) else {
                return;
            };
            let mut number = owner.numbers.remove(index);
            if to != place {
                // What it did for its old account is not done for the new one.
                number.voice_url = None;
                number.sms_url = None;
            }
            number.updated = Some(now);
            if let Some(name) = name {
                number.friendly_name = name;
            }
            for (url, given) in [
                (&mut number.voice_url, asked.voice_url),
                (&mut number.sms_url, asked.sms_url),
            ] {
                if let Some(given) = given {
                    *url = Some(given.to_owned()).filter(|given| !given.is_empty());
                }
            }
            let numbers = &mut Arc::make_mut(&mut world.accounts[to]).numbers;
            let at = if to == place { index } else { numbers.len() };
            numbers.insert(at, number);
        });
        Ok(to)
    }

    /// Releases a number: the account has it no more, and nobody else does.
    pub(crate) fn release_number(&mut self, place: Place, sid: &str) {
        self.change(|world| {
            let account = Arc::make_mut(&mut world.accounts[place]);
            account
                .numbers
                .retain(|number| !number.sid.eq_ignore_ascii_case(sid));
        });
    }

    /// The account that is to have a number, where it may.
    fn may_move(&self, from: Place, to: &str) -> Result<Place, ApiError> {
        if !is_account_sid(to) {
            return Err(ApiError::invalid_target());
        }
        // There is one family here, so every other account is a stranger's.
        let to = self.place(to).ok_or_else(ApiError::unrelated_target)?;
        let is_stopped = |place: Place| match self.account(place).status {
            Status::Active => false,
            Status::Suspended => self.suspended_numbers_stay,
            Status::Closed => true,
        };
        if is_stopped(from) || is_stopped(to) {
            return Err(ApiError::inactive_target());
        }
        Ok(to)
    }
}

fn position(numbers: &[PhoneNumber], sid: &str) -> Option<usize> {
    numbers
        .iter()
        .position(|number| number.sid.eq_ignore_ascii_case(sid))
}

fn is_account_sid(text: &str) -> bool {
    text.strip_prefix("AC").is_some_and(|digits| {
        digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// A name of up to 64 characters; an empty one counts as none.
fn number_name(name: &str) -> Result<Option<String>, ApiError> {
    if name.chars().count() > NAME_LENGTH || name.chars().any(char::is_control) {
        return Err(ApiError::invalid_name());
    }
    Ok(Some(name.to_owned()).filter(|name| !name.is_empty()))
}
