//! Lists that come in pages. Twilio says where the next one is; the link is followed only to the
//! same resource on the same host.

use crate::{
    Client, Error, body,
    listing::{self, Listing, Next, Row},
    wire,
};
use std::collections::HashSet;
use url::Url;

/// 200 pages of 1000 are 200 times the subaccounts that Twilio allows by default.
const MOST_PAGES: usize = 200;

/// Twilio's largest page.
pub(crate) const PAGE_SIZE: (&str, &str) = ("PageSize", "1000");

impl Client {
    /// Every row of a list, page after page, in Twilio's order.
    pub(crate) async fn all_rows<T: Row>(&self, first: Url) -> Result<Listing<T>, Error> {
        self.rows_until(first, |_| false).await
    }

    /// The rows of a list, page after page, until `are_enough` says so of those read so far.
    pub(crate) async fn rows_until<T: Row>(
        &self,
        first: Url,
        are_enough: impl Fn(&[T]) -> bool,
    ) -> Result<Listing<T>, Error> {
        let account = wire::account_in_path(first.path());
        let (mut rows, mut unidentified) = (Vec::new(), Vec::new());
        let mut to_its_end = true;
        let mut seen = HashSet::from([first.clone()]);
        let mut next = Some(first.clone());
        while let Some(url) = next {
            let answer = self.get(url.clone(), body::ONE_PAGE).await?;
            let page = listing::read_page::<T>(&answer, account.as_ref())?;
            rows.extend(page.rows);
            unidentified.extend(page.unidentified);
            next = match page.next {
                Next::At(_) | Next::Unknown if are_enough(&rows) => {
                    to_its_end = false;
                    None
                }
                Next::At(link) => Some(follow(&first, &url, &link)?),
                Next::Nowhere => None,
                Next::Unknown => {
                    to_its_end = false;
                    None
                }
            };
            if let Some(next) = &next
                && (seen.len() >= MOST_PAGES || !seen.insert(next.clone()))
            {
                return Err(Error::TooManyPages);
            }
        }
        Ok(Listing {
            rows: listing::distinct(rows),
            unidentified,
            to_its_end,
        })
    }
}

/// Where a next-page link leads, unless that is another host or another resource: the request there
/// would carry the credentials, and its rows would be taken for this list's.
pub(crate) fn follow(first: &Url, current: &Url, link: &str) -> Result<Url, Error> {
    let mut next = current.join(link).map_err(|_| Error::ForeignLink)?;
    next.set_fragment(None);
    let same_place = next.origin() == first.origin()
        && next.path().eq_ignore_ascii_case(first.path())
        && next.username().is_empty()
        && next.password().is_none();
    if same_place {
        Ok(next)
    } else {
        Err(Error::ForeignLink)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_link_leads_away_from_the_list(link in prop_oneof![
            any::<String>(),
            "(https?:)?//[a-z0-9.@:-]{1,20}/2010-04-01/Accounts\\.json",
            "(https?:|file:|)/{0,3}[a-z0-9.@:\\\\%-]{0,20}(/2010-04-01/Accounts.json)?[?#/\\\\a-z=]{0,9}",
        ]) {
            let list = Url::parse("https://api.twilio.com/2010-04-01/Accounts.json?PageSize=1000").unwrap();
            if let Ok(next) = follow(&list, &list, &link) {
                prop_assert_eq!(next.scheme(), "https");
                prop_assert_eq!(next.host_str(), Some("api.twilio.com"));
                prop_assert_eq!(next.port(), None);
                prop_assert!(next.path().eq_ignore_ascii_case("/2010-04-01/Accounts.json"));
                prop_assert_eq!((next.username(), next.password()), ("", None));
            }
        }
    }
}
