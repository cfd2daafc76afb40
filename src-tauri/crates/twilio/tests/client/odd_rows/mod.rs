//! Lists with odd rows: each costs itself alone.

mod of_a_thousand;
mod one_answer;
mod written;

use crate::raw_server::{RawServer, Reply};

async fn server(body: Vec<u8>) -> RawServer {
    RawServer::always(Reply::Answer {
        status: 200,
        headers: Vec::new(),
        body,
    })
    .await
}
