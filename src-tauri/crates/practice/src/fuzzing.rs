//! The door by which arbitrary bytes reach the state file's reader, and what it lets through reaches every route, without a
//! connection or a file.
//!
//! Only built with the feature `fuzzing`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::asked::Asked;
use crate::clock::Clock;
use crate::inspect::State;
use crate::intake::Intake;
use crate::model::World;
use crate::server::Line;
use crate::state_file::world_in;
use crate::store::Store;
use crate::twilio::Twilio;
use crate::{Settings, routes};

/// A server without a connection, which goes on from one state after another.
#[derive(Default)]
pub struct OpenState {
    intake: Option<Intake>,
}

impl OpenState {
    /// Goes on from a state file's bytes as a start does, and asks every route once, signed with the parent's Auth Token. `None`
    /// where a start would set the file aside; else the status of each answer.
    ///
    /// # Panics
    /// Where the state that is left could not be kept and read again.
    pub async fn go_on_from(&mut self, state_file: &[u8]) -> Option<Vec<u16>> {
        let world = world_in(state_file)?;
        let parent = world.accounts.first()?.clone();
        let sids: Vec<String> = world
            .accounts
            .iter()
            .take(2)
            .map(|account| account.sid.clone())
            .collect();
        let intake = self.serving(world);
        let signed = STANDARD.encode(format!("{}:{}", parent.sid, parent.auth_token));

        let mut statuses = Vec::new();
        for (method, path, form) in questions(&sids) {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header(header::AUTHORIZATION, format!("Basic {signed}"))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(form));
            // An account's SID in the state need not fit into an address.
            if let Ok(request) = request {
                let response = intake.handle(Asked::read(request).await).await;
                statuses.push(response.status().as_u16());
            }
        }
        let store = intake.twilio.store();
        let _ = State::of(store.world());
        let kept = serde_json::to_vec(store.world()).expect("the state can be kept");
        assert!(world_in(&kept).is_some(), "what was kept can be read again");
        Some(statuses)
    }

    /// The routes are the same for every state, and take longer to put up than to ask.
    fn serving(&mut self, world: World) -> &Intake {
        let store = Store::new(world);
        match &mut self.intake {
            Some(intake) => *intake.twilio.store() = store,
            none => *none = Some(put_up(store)),
        }
        self.intake.as_ref().expect("it was put up")
    }
}

fn put_up(store: Store) -> Intake {
    let (line, _commands) = Line::new(1);
    let clock = Clock::new("2026-11-23T12:00:00Z".parse().ok());
    let settings = Settings::default();
    let twilio = Arc::new(Twilio::new(&settings, store, clock, line, None));
    Intake::new(Arc::clone(&twilio), routes::router(twilio))
}

fn questions(sids: &[String]) -> Vec<(Method, String, &'static str)> {
    let api = "/2010-04-01/Accounts";
    let mut questions: Vec<_> = sids
        .first()
        .map(|sid| {
            let path = format!("{api}/{sid}/Usage/Records/Monthly.json");
            (Method::GET, path, "")
        })
        .into_iter()
        .collect();
    questions.extend([
        (Method::GET, format!("{api}.json"), ""),
        (Method::POST, format!("{api}.json"), "FriendlyName=Acme"),
    ]);
    for sid in sids {
        for path in [
            format!("{api}/{sid}.json"),
            format!("{api}/{sid}/Balance.json"),
            format!("{api}/{sid}/Keys.json"),
            format!("{api}/{sid}/IncomingPhoneNumbers.json"),
            format!("{api}/{sid}/Messages.json"),
            format!("{api}/{sid}/Usage/Records.json"),
            format!("{api}/{sid}/Usage/Records/ThisMonth.json?IncludeSubaccounts=false"),
            format!("/v1/Keys?AccountSid={sid}"),
        ] {
            questions.push((Method::GET, path, ""));
        }
        questions.extend([
            (
                Method::POST,
                format!("{api}/{sid}/Keys.json"),
                "FriendlyName=Acme",
            ),
            (
                Method::POST,
                format!("{api}/{sid}.json"),
                "Status=suspended",
            ),
            (Method::POST, format!("{api}/{sid}.json"), "Status=active"),
            (Method::POST, format!("{api}/{sid}.json"), "Status=closed"),
        ]);
    }
    questions.extend([
        (Method::POST, "/v1/AuthTokens/Secondary".to_owned(), ""),
        (Method::POST, "/v1/AuthTokens/Promote".to_owned(), ""),
    ]);
    questions
}
