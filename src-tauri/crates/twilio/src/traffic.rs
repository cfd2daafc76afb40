//! When an account sent its last message and made its last call.

use crate::{
    Client, Error, Listing,
    fields::{Fields, Time},
    listing::Row,
};
#[cfg(feature = "fuzzing")]
use crate::{
    exchange::Answer,
    listing::{self, Next},
};
use jiff::Timestamp;
use terms::AccountSid;

/// A small page: the newest message that was sent is nearly always on it.
const PAGE_SIZE: (&str, &str) = ("PageSize", "20");

/// Twilio's word for what an account sends by its API, rather than receives or answers.
const SENT: &str = "outbound-api";

/// What an account sent last. Twilio does not say by which of its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastTraffic {
    /// Its newest message, if Twilio still has one.
    pub message: Option<Sent>,
    /// Its newest call, if Twilio still has one.
    pub call: Option<Sent>,
}

/// A message that was sent, or a call that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// When: as the message went out or the call began, or where neither has happened, when it was asked for.
    pub at: Timestamp,
    /// What became of it, in Twilio's words (<https://www.twilio.com/docs/messaging/api/message-resource#message-status-values>,
    /// <https://www.twilio.com/docs/voice/api/call-resource#call-status-values>); empty where they cannot be read.
    pub status: String,
}

/// What the rows of both lists have.
struct Entry {
    sid: String,
    /// Nothing where it cannot be read.
    is_sent: Option<bool>,
    at: Option<Timestamp>,
    status: String,
}

struct Message(Entry);
struct Call(Entry);

impl Entry {
    /// `began` is the field of when it went out.
    fn read(fields: &Fields<'_>, began: &str) -> Option<Self> {
        let direction = fields.string("direction");
        let Time { time: began, .. } = fields.time(began);
        Some(Self {
            sid: fields.string("sid")?,
            is_sent: direction.map(|direction| direction == SENT),
            at: began.or_else(|| fields.time("date_created").time),
            status: fields.text("status").text,
        })
    }

    fn is_odd(&self) -> bool {
        match self.is_sent {
            Some(true) => self.at.is_none(),
            Some(false) => false,
            None => true,
        }
    }
}

impl Row for Message {
    const LIST: &'static str = "messages";

    fn read(fields: &Fields<'_>) -> Option<Self> {
        Entry::read(fields, "date_sent").map(Self)
    }

    fn sid(&self) -> &str {
        &self.0.sid
    }

    fn is_odd(&self) -> bool {
        self.0.is_odd()
    }
}

impl Row for Call {
    const LIST: &'static str = "calls";

    fn read(fields: &Fields<'_>) -> Option<Self> {
        Entry::read(fields, "start_time").map(Self)
    }

    fn sid(&self) -> &str {
        &self.0.sid
    }

    fn is_odd(&self) -> bool {
        self.0.is_odd()
    }
}

impl AsRef<Entry> for Message {
    fn as_ref(&self) -> &Entry {
        &self.0
    }
}

impl AsRef<Entry> for Call {
    fn as_ref(&self) -> &Entry {
        &self.0
    }
}

impl Client {
    /// Reads when an account sent its last message and made its last call, with two small requests unless it has received a page of others
    /// since. `None` where Twilio has neither: it keeps messages for up to 400 days and calls for about 13 months. Only those of this Region
    /// are seen.
    ///
    /// # Errors
    /// Also [`Error::Odd`] where there is none that can be read and one that cannot, and [`Error::TooManyPages`] where an account has
    /// received thousands and sent none.
    pub async fn last_traffic(&self, account: &AccountSid) -> Result<Option<LastTraffic>, Error> {
        let message = self.newest_sent::<Message>(account, "Messages").await?;
        let call = self.newest_sent::<Call>(account, "Calls").await?;
        Ok((message.is_some() || call.is_some()).then_some(LastTraffic { message, call }))
    }

    async fn newest_sent<T: Row + AsRef<Entry>>(
        &self,
        account: &AccountSid,
        list: &str,
    ) -> Result<Option<Sent>, Error> {
        let first = self.address(&format!("Accounts/{account}/{list}"), &[PAGE_SIZE]);
        let is_found = |rows: &[T]| rows.iter().any(|row| sent(row).is_some());
        newest(&self.rows_until::<T>(first, is_found).await?)
    }
}

/// The newest of the rows that were sent. That the newest comes first is not documented.
fn newest<T: Row + AsRef<Entry>>(listing: &Listing<T>) -> Result<Option<Sent>, Error> {
    let newest = listing.rows.iter().filter_map(sent);
    let newest = newest.max_by_key(|sent| sent.at);
    let is_whole = listing.is_whole() && !listing.rows.iter().any(Row::is_odd);
    if newest.is_none() && !is_whole {
        return Err(Error::Odd {
            what: T::LIST,
            request_id: None,
        });
    }
    Ok(newest)
}

/// The newest message that was sent, of a page of messages.
#[cfg(feature = "fuzzing")]
pub(crate) fn newest_message(answer: &Answer) -> Result<Option<Sent>, Error> {
    let page = listing::read_page::<Message>(answer, None)?;
    newest(&Listing {
        rows: listing::distinct(page.rows),
        unidentified: page.unidentified,
        to_its_end: matches!(page.next, Next::Nowhere),
    })
}

/// What was sent, where the row says that it was and when.
fn sent<T: AsRef<Entry>>(row: &T) -> Option<Sent> {
    let entry = row.as_ref();
    let at = entry.at.filter(|_| entry.is_sent == Some(true))?;
    Some(Sent {
        at,
        status: entry.status.clone(),
    })
}
