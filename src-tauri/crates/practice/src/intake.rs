//! Carrying a request out by the rules.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use hyper::service::Service as _;
use hyper_util::service::TowerToHyperService;

use crate::asked::Asked;
use crate::errors::ApiError;
use crate::log::{LogPlace, RequestEntry};
use crate::twilio::Twilio;

/// What requests come in through.
#[derive(Clone)]
pub(crate) struct Intake {
    pub twilio: Arc<Twilio>,
    /// The routes of Twilio's API.
    pub api: Router,
    entry: Option<LogPlace>,
}

impl Intake {
    pub(crate) fn new(twilio: Arc<Twilio>, api: Router) -> Self {
        Self {
            twilio,
            api,
            entry: None,
        }
    }

    /// The same, for the request whose entry in the log is at `place`.
    pub(crate) fn of_entry(self, place: LogPlace) -> Self {
        Self {
            entry: Some(place),
            ..self
        }
    }

    /// Carries a request out by the rules and keeps the state it leaves.
    pub(crate) async fn handle(&self, asked: Asked) -> Response {
        if self.twilio.is_stopped() {
            return ApiError::state_not_kept().into_response();
        }
        let mut response = self.route(asked).await;
        if self.twilio.keep().await.is_err() {
            response = ApiError::state_not_kept().into_response();
        }
        let status = response.status().as_u16();
        self.amend(|entry| entry.handled = Some(status));
        response
    }

    async fn route(&self, asked: Asked) -> Response {
        if let Some(refusal) = self.not_known_yet(&asked) {
            return refusal.into_response();
        }
        let mut request = Request::new(Body::empty());
        *request.method_mut() = asked.method.clone();
        // A path that was a URI before stays one after an account in it was exchanged.
        *request.uri_mut() = asked.path.parse().unwrap_or_default();
        request.extensions_mut().insert(Arc::new(asked));
        match TowerToHyperService::new(self.api.clone())
            .call(request)
            .await
        {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }

    /// The refusal of what names, or is signed by, something that was made a moment ago.
    fn not_known_yet(&self, asked: &Asked) -> Option<ApiError> {
        let store = self.twilio.store();
        let signer = asked.sign_in.as_ref().map(|sign_in| &sign_in.user);
        if signer.is_some_and(|signer| store.is_not_known_yet(signer)) {
            return Some(ApiError::not_authenticated());
        }
        asked
            .path
            .split('/')
            .any(|part| store.is_not_known_yet(part.trim_end_matches(".json")))
            .then(|| ApiError::not_found(&asked.path))
    }

    /// Amends the request's entry in the log, where it has one.
    pub(crate) fn amend(&self, amend: impl FnOnce(&mut RequestEntry)) {
        if let Some(place) = self.entry {
            self.twilio.log.amend(place, amend);
        }
    }
}
