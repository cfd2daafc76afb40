//! The client against servers that behave, misbehave, and break off.

mod answers;
mod lost_replies;
mod pages;
mod raw_server;
mod reaching;
mod retries;
mod tls;
mod with_practice;
mod wrong_answers;
