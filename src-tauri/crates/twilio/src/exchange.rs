//! One question to Twilio and its answer, with the tries it takes.

use crate::{
    Client, Error, Refusal,
    body::{self, Unfinished},
    client, failure,
    fields::Fields,
    readable::readable,
    retry::{self, Effect},
    sender, wire,
};
use jiff::Timestamp;
use reqwest::{Method, StatusCode, header};
use std::time::{Duration, Instant};
use terms::AccountSid;
use url::Url;
use zeroize::Zeroizing;

/// A request, ready to be sent as often as its effect allows.
pub(crate) struct Question<'a> {
    pub method: Method,
    pub url: Url,
    pub form: &'a [(&'a str, &'a str)],
    pub effect: Effect,
    /// The most bytes the answer may have.
    pub limit: usize,
}

/// A success (2xx), its body as far as it can be read.
pub(crate) struct Answer {
    body: Zeroizing<Vec<u8>>,
    request_id: Option<String>,
}

/// A try that failed, with how long the server asked to be left alone.
struct Failed {
    error: Error,
    retry_after: Option<Duration>,
}

impl Answer {
    /// An answer with these bytes, as if a server had sent them.
    #[cfg(feature = "fuzzing")]
    pub(crate) fn of(body: &[u8]) -> Self {
        Self {
            body: readable(Zeroizing::new(body.to_vec())),
            request_id: None,
        }
    }

    /// The fields of the object in the body. What exactly was wrong with it is not kept: it could quote a secret.
    pub(crate) fn fields(&self, what: &'static str) -> Result<Fields<'_>, Error> {
        serde_json::from_slice(&self.body).map_err(|_| self.unreadable(what))
    }

    /// Twilio's identifier of the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The error for an answer that lacks what it should have.
    pub(crate) fn unreadable(&self, what: &'static str) -> Error {
        Error::Unreadable {
            what,
            request_id: self.request_id.clone(),
        }
    }

    /// The error for an answer whose form is right, and a part of which is not.
    pub(crate) fn odd(&self, what: &'static str) -> Error {
        Error::Odd {
            what,
            request_id: self.request_id.clone(),
        }
    }

    /// Requires that the answer's own address names the account asked for.
    pub(crate) fn requires_account(
        &self,
        asked: &AccountSid,
        uri: &str,
        what: &'static str,
    ) -> Result<(), Error> {
        let answered = wire::account_in_path(uri).ok_or_else(|| self.unreadable(what))?;
        wire::same_account(asked, &answered)
    }
}

impl Client {
    /// The address of a v2010 resource below `/2010-04-01/`, without its `.json`.
    pub(crate) fn address(&self, resource: &str, query: &[(&str, &str)]) -> Url {
        let mut url = client::resource(self.api(), resource);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }

    /// Reads one thing.
    pub(crate) async fn get(&self, url: Url, limit: usize) -> Result<Answer, Error> {
        self.ask(&Question {
            method: Method::GET,
            url,
            form: &[],
            effect: Effect::Read,
            limit,
        })
        .await
    }

    /// Creates or changes one thing.
    pub(crate) async fn post(&self, url: Url, form: &[(&str, &str)]) -> Result<Answer, Error> {
        self.change(&Question {
            method: Method::POST,
            url,
            form,
            effect: Effect::Write,
            limit: body::ONE_THING,
        })
        .await
    }

    /// Deletes one thing.
    pub(crate) async fn delete(&self, url: Url) -> Result<Answer, Error> {
        self.change(&Question {
            method: Method::DELETE,
            url,
            form: &[],
            effect: Effect::Write,
            limit: body::ONE_THING,
        })
        .await
    }

    async fn change(&self, question: &Question<'_>) -> Result<Answer, Error> {
        self.last_change().begins();
        let answer = self.ask(question).await?;
        self.last_change().answered(answer.request_id());
        Ok(answer)
    }

    async fn ask(&self, question: &Question<'_>) -> Result<Answer, Error> {
        let mut tries = 0;
        loop {
            let failed = match self.ask_once(question).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            tries += 1;
            let spread = rand::random_range(-0.1..=0.1);
            match retry::pause(
                question.effect,
                &failed.error,
                tries,
                failed.retry_after,
                spread,
                self.first_pause(),
            ) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(failed.error),
            }
        }
    }

    async fn ask_once(&self, question: &Question<'_>) -> Result<Answer, Failed> {
        let turn = self.pace().turn().await;
        let http = match question.effect {
            Effect::Read => self.pooled(),
            Effect::Write => self.fresh(),
        };
        let mut request = http
            .request(question.method.clone(), question.url.clone())
            .basic_auth(
                self.credentials().signer(),
                Some(self.credentials().password()),
            )
            .header(header::ACCEPT, "application/json");
        if question.method == Method::POST {
            request = request.form(question.form);
        }
        let sent = Instant::now();
        let response = request
            .send()
            .await
            .map_err(|error| failure::sort_through(error, self.proxy()))?;
        let took = sent.elapsed();
        let at_once = text_header(&response, "twilio-concurrent-requests");
        let judged = self.judge(response, question.limit).await;
        match &judged {
            Err(Failed {
                error: Error::TooManyRequests(_),
                ..
            }) => turn.refused(),
            // A change has a connection of its own, which takes time of its own.
            _ if question.effect == Effect::Read => {
                turn.answered(took, at_once.and_then(|text| text.parse().ok()));
            }
            _ => {}
        }
        judged
    }

    /// Sorts an answer by its status and, where it is no success, by whose it is.
    async fn judge(&self, response: reqwest::Response, limit: usize) -> Result<Answer, Failed> {
        let status = response.status();
        let request_id = text_header(&response, "twilio-request-id");
        if status.is_success() {
            let body =
                body::read(response, limit)
                    .await
                    .map_err(|unfinished| match unfinished {
                        Unfinished::TooLarge => Error::TooLarge,
                        Unfinished::Broken(error) => failure::sort(error),
                    })?;
            // A page is nobody's answer to a program: a sign-in page of some network calls itself a success.
            if sender::is_a_page(&body) {
                return Err(another(status.as_u16(), &body, request_id).into());
            }
            return Ok(Answer {
                body: readable(body),
                request_id,
            });
        }
        let retry_after = text_header(&response, header::RETRY_AFTER.as_str())
            .and_then(|text| retry::retry_after(&text, Timestamp::now()));
        let body = body::read(response, body::ONE_THING)
            .await
            .unwrap_or_default();
        let error = failed(
            status.as_u16(),
            &body,
            request_id,
            self.credentials().password(),
        );
        Err(Failed { error, retry_after })
    }
}

/// What an answer that is no success says: Twilio's own words, or nothing. `secret` is kept out of the words.
pub(crate) fn failed(status: u16, body: &[u8], request_id: Option<String>, secret: &str) -> Error {
    match Refusal::read(status, body, request_id.clone(), secret) {
        Some(refusal) if status == StatusCode::TOO_MANY_REQUESTS => Error::TooManyRequests(refusal),
        Some(refusal) if status >= 500 => Error::Trouble(refusal),
        Some(refusal) => Error::Refused(refusal),
        None => another(status, body, request_id),
    }
}

fn another(status: u16, body: &[u8], request_id: Option<String>) -> Error {
    Error::AnsweredByAnother {
        status,
        title: sender::title(body),
        request_id,
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self {
            error,
            retry_after: None,
        }
    }
}

fn text_header(response: &reqwest::Response, name: &str) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(
        value
            .chars()
            .filter(|c| !c.is_control())
            .take(100)
            .collect(),
    )
}
