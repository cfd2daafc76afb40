//! Pages and their links.

use std::collections::HashSet;

use crate::caller::{ACCOUNTS, Caller, path, practice, subaccount};

#[tokio::test]
async fn following_the_links_meets_every_account_once_and_back_again() {
    let practice = practice(120).await;
    let parent = Caller::parent(&practice);
    let mut seen = HashSet::new();
    let (mut uri, mut pages) = (ACCOUNTS.to_owned(), 0);
    loop {
        let page = parent.get(&uri).await;
        assert_eq!(
            (page.body["page"].as_u64(), page.body["page_size"].as_u64()),
            (Some(pages), Some(50))
        );
        let accounts = page.list("accounts");
        let start = page.body["start"].as_u64().expect("start");
        assert_eq!(start, pages * 50);
        assert_eq!(
            page.body["end"].as_u64().expect("end"),
            start + accounts.len() as u64 - 1
        );
        for account in &accounts {
            assert!(
                seen.insert(account["sid"].to_string()),
                "an account came twice"
            );
        }
        pages += 1;
        match page.body["next_page_uri"].as_str() {
            Some(next) => {
                assert!(next.starts_with("/2010-04-01/Accounts.json?"), "{next}");
                uri = next.to_owned();
            }
            None => break,
        }
    }
    assert_eq!((pages, seen.len()), (3, 121));

    let last = parent.get(&uri).await;
    let back = parent.get(&last.text_of("previous_page_uri")).await;
    let front = parent.get(&back.text_of("previous_page_uri")).await;
    assert!(front.body["previous_page_uri"].is_null());
    assert_eq!(
        front.list("accounts"),
        parent
            .get(&front.text_of("first_page_uri"))
            .await
            .list("accounts")
    );
}

#[tokio::test]
async fn a_thousand_and_one_accounts_take_two_requests() {
    let practice = practice(1_000).await;
    let parent = Caller::parent(&practice);
    let first = parent.get("/2010-04-01/Accounts.json?PageSize=1000").await;
    assert_eq!(first.list("accounts").len(), 1_000);
    let second = parent.get(&first.text_of("next_page_uri")).await;
    assert_eq!(second.list("accounts").len(), 1);
    assert!(second.body["next_page_uri"].is_null());
}

#[tokio::test]
async fn the_links_keep_the_filter() {
    let practice = practice(60).await;
    let parent = Caller::parent(&practice);
    let mut uri = Some("/2010-04-01/Accounts.json?Status=active&PageSize=7".to_owned());
    let mut count = 0;
    while let Some(next) = uri {
        let page = parent.get(&next).await;
        assert!(
            page.list("accounts")
                .iter()
                .all(|account| account["status"] == "active")
        );
        count += page.list("accounts").len();
        uri = page.body["next_page_uri"].as_str().map(str::to_owned);
    }
    let active = practice
        .state()
        .accounts
        .iter()
        .filter(|account| account.status == practice::Status::Active)
        .count();
    assert_eq!(count, active);
}

#[tokio::test]
async fn an_account_made_between_two_pages_neither_shifts_nor_repeats_the_rest() {
    let practice = practice(5).await;
    let parent = Caller::parent(&practice);
    let first = parent.get("/2010-04-01/Accounts.json?PageSize=3").await;
    subaccount(&parent, "Made meanwhile").await;
    let second = parent.get(&first.text_of("next_page_uri")).await;
    let sids: HashSet<_> = [first.list("accounts"), second.list("accounts")]
        .concat()
        .iter()
        .map(|account| account["sid"].to_string())
        .collect();
    assert_eq!(sids.len(), 6);
}

#[tokio::test]
async fn page_sizes_and_tokens_that_twilio_refuses_are_refused() {
    let practice = practice(5).await;
    let parent = Caller::parent(&practice);
    let next = parent
        .get("/2010-04-01/Accounts.json?PageSize=2")
        .await
        .text_of("next_page_uri");
    let token = next.rsplit_once("PageToken=").expect("a token").1;
    let refusal = async |query: &str| parent.get(&format!("{ACCOUNTS}?{query}")).await.refusal();
    assert_eq!(refusal("PageSize=1001").await, (400, 20007));
    assert_eq!(refusal("PageSize=0").await, (400, 20001));
    assert_eq!(refusal("PageSize=many").await, (400, 20001));
    assert_eq!(refusal("Page=1").await, (400, 21481));
    assert_eq!(refusal("Page=1&PageToken=PAinvented").await, (400, 21481));
    assert_eq!(
        refusal(&format!("Page=1&PageToken=x{token}")).await,
        (400, 21481)
    );
    assert_eq!(
        refusal(&format!("Page=1&PageToken={token}")).await,
        (200, 0)
    );
    let keys = path(&practice.parent().account_sid, "Keys");
    assert_eq!(
        parent
            .get(&format!("{keys}?Page=1&PageToken={token}"))
            .await
            .refusal(),
        (400, 21481),
        "a token of another list"
    );
}
