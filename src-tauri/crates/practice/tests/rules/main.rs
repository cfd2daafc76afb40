//! The rules of the made-up Twilio, asked over HTTP.

mod accounts;
mod caller;
mod control;
mod credentials;
mod faults;
mod iam_keys;
mod keys;
mod paging;
mod program;
mod requests;
mod seed;
mod state_file;
mod usage;
