//! A made-up Twilio on 127.0.0.1: stateful, strict where Twilio is, and able to go wrong on demand.
//!
//! It serves practice mode and every test, and shares no code with the client that talks to it. What it knows of Twilio
//! comes from Twilio's documentation and OpenAPI documents; where these are silent, it is as strict as has been reported.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use practice::{Fault, Practice, Rule, Settings};
//!
//! let practice = Practice::start(Settings { subaccounts: 3, ..Settings::default() }).await?;
//! practice.faults().inject(Rule::new(Fault::ResetAfter).on("POST", "/2010-04-01/Accounts.json").next(1));
//! // … let the program under test talk to practice.base_url() …
//! assert_eq!(practice.state().subaccounts, 3);
//! practice.stop().await;
//! # Ok::<_, practice::StartError>(()) }).unwrap();
//! ```

mod asked;
mod clock;
mod control;
mod credentials;
mod errors;
mod faults;
mod form;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod inspect;
mod intake;
mod log;
mod model;
mod paging;
mod parent;
mod practice;
mod receive;
mod region;
mod routes;
mod seed;
mod server;
mod settings;
mod state_file;
mod store;
mod traffic;
mod twilio;
mod usage;

pub use faults::{AnswerBody, Fault, OddFields, Rule, RuleInForce, Switchboard, When};
pub use inspect::{AccountState, KeyState, NumberState, State};
pub use log::{RequestEntry, Signer};
pub use model::{KeyKind, Status};
pub use parent::{Parent, Subaccount};
pub use practice::{Practice, StartError};
pub use region::Region;
pub use settings::Settings;
