//! The phone numbers that an account has: listed, moved to another account of the same parent, released.

use crate::{
    Client, Error, Listing, Oddities, body,
    error::NOT_FOUND,
    exchange::Answer,
    fields::{Fields, Part, Text},
    listing::Row,
    paging::PAGE_SIZE,
    wire,
};
use jiff::Timestamp;
use terms::{AccountSid, NumberSid};

const WHAT: &str = "phone number";

/// A phone number of an account (<https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// Its identifier.
    pub sid: NumberSid,
    /// The number itself, in E.164 (`+12025550100`). Empty where it cannot be read.
    pub number: String,
    /// Its name, which is the number written for people until somebody gives it another; empty where Twilio has none, and shortened where
    /// it is longer than Twilio allows.
    pub friendly_name: String,
    /// What it can be used for, where Twilio says so.
    pub capabilities: Option<Capabilities>,
    /// What kind of number it is, where Twilio says so. No answer tells the country.
    pub kind: Option<NumberKind>,
    /// When the account got it, where Twilio says so.
    pub created: Option<Timestamp>,
    /// What of this could not be read as it should be.
    pub odd: Oddities,
}

/// What a number can be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Calls.
    pub voice: bool,
    /// Texts.
    pub sms: bool,
    /// Texts with pictures.
    pub mms: bool,
}

/// What kind of number it is, by Twilio's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberKind {
    /// Of a place.
    Local,
    /// Of a mobile network.
    Mobile,
    /// Free for whoever calls it.
    TollFree,
    /// Of a whole country.
    National,
    /// A kind this version does not know, as Twilio wrote it.
    Other(String),
}

impl NumberKind {
    fn of_word(word: String) -> Self {
        let letters = word.to_ascii_lowercase().replace([' ', '_', '-'], "");
        match letters.as_str() {
            "local" => Self::Local,
            "mobile" => Self::Mobile,
            "tollfree" => Self::TollFree,
            "national" => Self::National,
            _ => Self::Other(word),
        }
    }
}

impl Row for PhoneNumber {
    const LIST: &'static str = "incoming_phone_numbers";

    fn read(fields: &Fields<'_>) -> Option<Self> {
        let sid = fields.id("sid")?;
        let (number, name) = (fields.text("phone_number"), fields.text("friendly_name"));
        let (kind, created) = (fields.text("type"), fields.time("date_created"));
        let capabilities = fields.raw("capabilities").and_then(Fields::of);
        let capabilities = capabilities.and_then(|fields| Capabilities::read(&fields));
        Some(Self {
            sid,
            odd: Oddities {
                name: name.is_odd(),
                rest: !is_e164(&number)
                    || kind.is_odd()
                    || created.is_odd
                    || (capabilities.is_none() && fields.has("capabilities")),
            },
            number: number.text,
            friendly_name: name.text,
            capabilities,
            kind: (kind.part == Part::Whole).then(|| NumberKind::of_word(kind.text)),
            created: created.time,
        })
    }

    fn sid(&self) -> &str {
        self.sid.as_str()
    }

    fn is_odd(&self) -> bool {
        self.odd.any()
    }
}

impl Capabilities {
    /// Nothing where one of them cannot be read: what is not known is not "no".
    fn read(fields: &Fields<'_>) -> Option<Self> {
        Some(Self {
            voice: fields.truth("voice")?,
            sms: fields.truth("sms")?,
            mms: fields.truth("mms")?,
        })
    }
}

/// A plus and up to 15 digits (ITU-T E.164).
fn is_e164(text: &Text) -> bool {
    let digits = text.text.strip_prefix('+').unwrap_or_default();
    text.part == Part::Whole
        && (1..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn list(account: &AccountSid) -> String {
    format!("Accounts/{account}/IncomingPhoneNumbers")
}

fn resource(account: &AccountSid, number: &NumberSid) -> String {
    format!("Accounts/{account}/IncomingPhoneNumbers/{number}")
}

impl Client {
    /// Reads every phone number of an account.
    pub async fn numbers(&self, account: &AccountSid) -> Result<Listing<PhoneNumber>, Error> {
        self.all_rows(self.address(&list(account), &[PAGE_SIZE]))
            .await
    }

    /// Reads one phone number of an account.
    pub async fn number(
        &self,
        account: &AccountSid,
        number: &NumberSid,
    ) -> Result<PhoneNumber, Error> {
        let url = self.address(&resource(account, number), &[]);
        read_number(account, number, &self.get(url, body::ONE_THING).await?)
    }

    /// Whether an account has a phone number. Twilio's "no such item" counts only where its list agrees, since the same answer is given to
    /// whoever may not see the number.
    ///
    /// # Errors
    /// Also [`Error::Refused`] with Twilio's "no such item" where the list has the number, or was not read to its end.
    pub async fn has_number(
        &self,
        account: &AccountSid,
        number: &NumberSid,
    ) -> Result<bool, Error> {
        let Err(error) = self.number(account, number).await else {
            return Ok(true);
        };
        if error.code() != Some(NOT_FOUND) {
            return Err(error);
        }
        let listed = self.numbers(account).await?;
        if !listed.is_whole() || listed.rows.iter().any(|listed| listed.sid == *number) {
            return Err(error);
        }
        Ok(false)
    }

    /// Moves a phone number from one account of the signing parent to another; the parent itself may be either. Its identifier stays the
    /// same; what it was set to do on incoming calls and texts, and its registrations, are to be made again
    /// (<https://www.twilio.com/docs/iam/api/subaccounts#exchanging-numbers>).
    ///
    /// # Errors
    /// [`Refusal::of_a_move`](crate::Refusal::of_a_move) tells Twilio's reasons apart. [`Error::created`] says whether the number may have
    /// moved all the same: then [`Client::has_number`] of `to` tells that it did, and of `owner` that it did not. Asked again after it has
    /// moved, Twilio knows no such number of `owner`.
    pub async fn move_number(
        &self,
        owner: &AccountSid,
        number: &NumberSid,
        to: &AccountSid,
    ) -> Result<PhoneNumber, Error> {
        let url = self.address(&resource(owner, number), &[]);
        let answer = self.post(url, &[("AccountSid", to.as_str())]).await?;
        read_number(to, number, &answer)
    }

    /// Releases a phone number: the account has it no more, and there is no way to be sure of getting it back. One that Twilio refuses to
    /// release counts as released where Twilio then neither knows nor lists it; one that was moved meanwhile is such a one.
    pub async fn release_number(
        &self,
        owner: &AccountSid,
        number: &NumberSid,
    ) -> Result<(), Error> {
        let url = self.address(&resource(owner, number), &[]);
        match self.delete(url).await {
            // One answer is not enough: it may be of a second copy of the request, or about another account.
            Err(Error::Refused(refusal)) => {
                if self.has_number(owner, number).await? {
                    Err(Error::Refused(refusal))
                } else {
                    Ok(())
                }
            }
            answer => answer.map(drop),
        }
    }
}

/// The phone number asked for, which must be of `account`.
pub(crate) fn read_number(
    account: &AccountSid,
    asked: &NumberSid,
    answer: &Answer,
) -> Result<PhoneNumber, Error> {
    let fields = answer.fields(WHAT)?;
    let whose = fields
        .id("account_sid")
        .or_else(|| wire::account_in_path(&fields.string("uri")?))
        .ok_or_else(|| answer.unreadable(WHAT))?;
    wire::same_account(account, &whose)?;
    PhoneNumber::read(&fields)
        .filter(|number| number.sid == *asked)
        .ok_or_else(|| answer.unreadable(WHAT))
}
