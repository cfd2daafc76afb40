//! A request's way through the server: read, logged, counted, perhaps spoiled, carried out.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::asked::Asked;
use crate::clock::http_date;
use crate::credentials::{Credential, SignIn, recognise};
use crate::errors::ApiError;
use crate::faults::{self, Ending};
use crate::form::Fields;
use crate::intake::Intake;
use crate::log::{RequestEntry, Signer};
use crate::model::KeyKind;
use crate::seed::sids;
use crate::server::Cut;
use crate::twilio::Twilio;

/// Takes a request in. The work is done apart from the connection: as with the real service, a caller who hangs up does
/// not stop what was begun.
pub(crate) async fn receive(
    State(intake): State<Intake>,
    Extension(cut): Extension<Cut>,
    request: Request,
) -> Response {
    let asked = Asked::read(request).await;
    let ending = tokio::spawn(serve(intake, asked)).await;
    match ending {
        Ok(Ending::Answer(response)) => response,
        Ok(Ending::Silence) => std::future::pending().await,
        Ok(Ending::Close) => cut.close().await,
        Ok(Ending::Reset) => cut.reset().await,
        Err(_) => ApiError::state_not_kept().into_response(),
    }
}

async fn serve(intake: Intake, asked: Asked) -> Ending {
    let twilio = Arc::clone(&intake.twilio);
    let request_id = sids::sid("RQ", 0, twilio.count_request());
    let (signed_by, account) = signer(&twilio, asked.sign_in.as_ref());
    let place = twilio
        .log
        .begin(entry(&twilio, &asked, request_id.clone(), signed_by));
    let intake = intake.of_entry(place);

    let under_way = twilio.begin_request(account);
    if let Some(latency) = twilio.latency {
        tokio::time::sleep(latency).await;
    }
    let ending = if under_way.too_many {
        Ending::Answer(ApiError::too_many_requests().into_response())
    } else {
        let fault = twilio.faults.pick(asked.method.as_str(), &asked.path);
        intake.amend(|entry| entry.fault = fault.as_ref().map(|fault| fault.kind().to_owned()));
        faults::end(fault.as_ref(), &intake, asked).await
    };
    let Ending::Answer(mut response) = ending else {
        return ending;
    };
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&request_id) {
        headers.insert("twilio-request-id", id);
    }
    if let Ok(date) = HeaderValue::from_str(&http_date(twilio.clock.now())) {
        headers.insert(header::DATE, date);
    }
    headers.insert(
        "twilio-concurrent-requests",
        HeaderValue::from(under_way.count),
    );
    let status = response.status().as_u16();
    intake.amend(|entry| entry.answered = Some(status));
    Ending::Answer(response)
}

fn entry(
    twilio: &Twilio,
    asked: &Asked,
    request_id: String,
    signed_by: Option<Signer>,
) -> RequestEntry {
    const HIDDEN: &str = "(not logged)";
    let value = |name: &str, value: &str| {
        if name == "Policy" {
            HIDDEN.to_owned()
        } else {
            value.to_owned()
        }
    };
    let logged = |form: &Fields| {
        form.iter()
            .map(|(name, text)| (name.to_owned(), value(name, text)))
            .collect()
    };
    RequestEntry {
        request_id,
        at: twilio.clock.now(),
        method: asked.method.to_string(),
        path: asked.path.clone(),
        query: asked.query_text.clone(),
        signed_by,
        form: asked.form().map(logged).unwrap_or_default(),
        handled: None,
        answered: None,
        fault: None,
    }
}

/// Who signed, and the account that a request counts for.
fn signer(twilio: &Twilio, sign_in: Option<&SignIn>) -> (Option<Signer>, String) {
    let Some(sign_in) = sign_in else {
        return (None, String::new());
    };
    let store = twilio.store();
    let caller = recognise(&store, sign_in);
    let kind = match caller.as_ref().map(|caller| &caller.credential) {
        None => "unknown",
        Some(Credential::AuthToken) => "auth_token",
        Some(Credential::Test) => "test",
        Some(Credential::Key(KeyKind::Main)) => "main_key",
        Some(Credential::Key(KeyKind::Standard)) => "standard_key",
        Some(Credential::Key(KeyKind::Restricted { .. })) => "restricted_key",
    };
    let account = caller.map_or_else(
        || sign_in.user.clone(),
        |caller| store.account(caller.place).sid.clone(),
    );
    (
        Some(Signer {
            kind,
            sid: sign_in.user.clone(),
        }),
        account,
    )
}
