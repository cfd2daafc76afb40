//! The rules of the made-up Twilio, asked over HTTP.

mod accounts;
mod caller;
mod control;
mod credentials;
mod faults;
mod iam_keys;
mod keys;
mod numbers;
mod paging;
mod program;
mod regions;
mod requests;
mod seed;
mod state_file;
mod traffic;
mod usage;
