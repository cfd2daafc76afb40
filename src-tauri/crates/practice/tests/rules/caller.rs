//! A small client, and a server to call.

use std::sync::Once;

use practice::{Practice, Region, Settings};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;

/// Someone who signs requests.
pub struct Caller {
    client: Client,
    base: String,
    user: String,
    password: String,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub text: String,
    pub headers: reqwest::header::HeaderMap,
}

impl Answer {
    /// The error code of the body; 0 without one.
    pub fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or_default()
    }

    /// Status and error code together.
    pub fn refusal(&self) -> (u16, u64) {
        (self.status, self.code())
    }

    /// A text of the body.
    pub fn text_of(&self, field: &str) -> String {
        self.body[field]
            .as_str()
            .unwrap_or_else(|| panic!("no text {field} in {}", self.text))
            .to_owned()
    }

    /// A list of the body.
    pub fn list(&self, field: &str) -> Vec<Value> {
        self.body[field]
            .as_array()
            .unwrap_or_else(|| panic!("no list {field} in {}", self.text))
            .clone()
    }
}

impl Caller {
    pub fn new(practice: &Practice, user: &str, password: &str) -> Self {
        Self::at(practice.base_url(), user, password)
    }

    /// Someone who asks the server of another Region.
    pub fn in_region(practice: &Practice, region: Region, user: &str, password: &str) -> Self {
        let base = practice.base_url_in(region).expect("it is served");
        Self::at(base, user, password)
    }

    fn at(base: String, user: &str, password: &str) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            rustls::crypto::ring::default_provider()
                .install_default()
                .expect("the first provider");
        });
        let client = Client::builder().no_proxy().build().expect("a client");
        Self {
            client,
            base,
            user: user.to_owned(),
            password: password.to_owned(),
        }
    }

    pub fn parent(practice: &Practice) -> Self {
        let parent = practice.parent();
        Self::new(practice, &parent.account_sid, &parent.auth_token)
    }

    pub fn with_key(practice: &Practice, (sid, secret): &(String, String)) -> Self {
        Self::new(practice, sid, secret)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.base)
        };
        self.client
            .request(method, url)
            .basic_auth(&self.user, Some(&self.password))
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.try_send(Method::GET, path, &[])
            .await
            .expect("an answer")
    }

    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.try_send(Method::POST, path, form)
            .await
            .expect("an answer")
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.try_send(Method::DELETE, path, &[])
            .await
            .expect("an answer")
    }

    pub async fn try_send(
        &self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> reqwest::Result<Answer> {
        let request = self.request(method.clone(), path);
        let request = if method == Method::POST {
            request.form(form)
        } else {
            request
        };
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Ok(Answer {
            status,
            body,
            text,
            headers,
        })
    }
}

/// A server with a few subaccounts, at a fixed time.
pub async fn practice(subaccounts: usize) -> Practice {
    start(Settings {
        subaccounts,
        ..Settings::default()
    })
    .await
}

/// A server at a fixed time.
pub async fn start(settings: Settings) -> Practice {
    let now = settings.now.or_else(|| "2026-11-23T15:00:00Z".parse().ok());
    Practice::start(Settings { now, ..settings })
        .await
        .expect("a practice server")
}

pub const ACCOUNTS: &str = "/2010-04-01/Accounts.json";

/// The path of an account, or of what lies in it.
pub fn path(account: &str, rest: &str) -> String {
    if rest.is_empty() {
        format!("/2010-04-01/Accounts/{account}.json")
    } else {
        format!("/2010-04-01/Accounts/{account}/{rest}.json")
    }
}

/// Makes a subaccount and tells its SID and Auth Token.
pub async fn subaccount(parent: &Caller, name: &str) -> (String, String) {
    let made = parent.post(ACCOUNTS, &[("FriendlyName", name)]).await;
    assert_eq!(made.status, StatusCode::CREATED.as_u16(), "{}", made.text);
    (made.text_of("sid"), made.text_of("auth_token"))
}
