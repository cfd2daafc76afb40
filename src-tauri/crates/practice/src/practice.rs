//! The handle on a running practice server.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::credentials::{SignIn, recognise};
use crate::faults::Switchboard;
use crate::inspect::State;
use crate::intake::Intake;
use crate::log::RequestEntry;
use crate::parent::{Parent, Subaccount};
use crate::receive::receive;
use crate::region::Region;
use crate::server::{self, Line};
use crate::state_file::StateFile;
use crate::store::Store;
use crate::twilio::Twilio;
use crate::{Settings, control, routes, seed};

/// Why a practice server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The port is taken, or may not be used.
    #[error("cannot listen on 127.0.0.1:{port}")]
    Port {
        /// The port asked for.
        port: u16,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The state file cannot be read, renamed or written.
    #[error("cannot use the state file")]
    StateFile(#[source] io::Error),
}

/// A running practice server. Dropping it stops it.
pub struct Practice {
    twilio: Arc<Twilio>,
    /// Where each Region is served, US1 first.
    addresses: Vec<(Region, SocketAddr)>,
    servers: Vec<JoinHandle<()>>,
}

impl Practice {
    /// Starts a server on the present tokio runtime; it accepts connections when this returns.
    ///
    /// # Errors
    /// When the port is taken or the state file cannot be used. A state file that is merely broken is set aside.
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        let clock = Clock::new(settings.now);
        let state_file = settings.state_file.clone().map(StateFile::new);
        let kept = state_file
            .as_ref()
            .map(StateFile::read)
            .transpose()
            .map_err(StartError::StateFile)?
            .flatten();
        let world = kept.unwrap_or_else(|| seed::world(&settings, clock.now()));

        let regions = match settings.regions {
            true => &Region::ALL[..],
            false => &[Region::Us1],
        };
        let (mut listeners, mut addresses) = (Vec::new(), Vec::new());
        for &region in regions {
            let port = match region {
                Region::Us1 => settings.port,
                Region::Ie1 | Region::Au1 => 0,
            };
            let taken = |source| StartError::Port { port, source };
            let listener = server::listen(port).await.map_err(taken)?;
            addresses.push((region, listener.local_addr().map_err(taken)?));
            listeners.push(listener);
        }
        let (line, commands) = Line::new(regions.len());
        let mut store = Store::new(world);
        if settings.suspended_numbers_stay {
            store.let_suspended_numbers_stay();
        }
        if settings.promotion_ends_keys {
            store.let_promotion_end_keys();
        }
        let twilio = Arc::new(Twilio::new(&settings, store, clock, line, state_file));
        twilio.keep().await.map_err(StartError::StateFile)?;

        let api = routes::router(Arc::clone(&twilio));
        let mut router = Router::new();
        if settings.control {
            router = control::router(Arc::clone(&twilio));
        }
        let router = router
            .fallback(receive)
            .with_state(Intake::new(Arc::clone(&twilio), api));
        let servers = addresses
            .iter()
            .zip(listeners)
            .zip(commands)
            .map(|((&(region, address), listener), commands)| {
                let router = router.clone().layer(Extension(region));
                tokio::spawn(server::run(listener, address.port(), router, commands))
            })
            .collect();
        Ok(Self {
            twilio,
            addresses,
            servers,
        })
    }

    /// Such as `http://127.0.0.1:4010`, for all three of Twilio's hosts.
    ///
    /// # Panics
    /// Never: US1 is always served.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.base_url_in(Region::Us1).expect("US1 is always served")
    }

    /// The same for another Region, where that is served ([`Settings::regions`]).
    #[must_use]
    pub fn base_url_in(&self, wanted: Region) -> Option<String> {
        let mut served = self.addresses.iter();
        let (_, address) = served.find(|(region, _)| *region == wanted)?;
        Some(format!("http://{address}"))
    }

    /// The port it listens on, or did before it went offline.
    #[must_use]
    pub fn port(&self) -> u16 {
        let us1 = self.addresses.first();
        us1.map_or(0, |(_, address)| address.port())
    }

    /// The primary Auth Token that an account has in a Region.
    #[must_use]
    pub fn auth_token_in(&self, region: Region, account_sid: &str) -> Option<String> {
        let store = self.twilio.store();
        let place = store.place(account_sid)?;
        Some(store.tokens(place, region).primary)
    }

    /// The parent account as it is now, with sign-ins of every kind.
    ///
    /// # Panics
    /// Never: there is always a parent.
    #[must_use]
    pub fn parent(&self) -> Parent {
        Parent::of(self.twilio.store().world())
            .expect("the seed and the state file both begin with the parent")
    }

    /// All subaccounts as they are now with their sign-ins, in the order of making.
    #[must_use]
    pub fn subaccounts(&self) -> Vec<Subaccount> {
        Subaccount::all(self.twilio.store().world())
    }

    /// The Account SID and Auth Token of the first subaccount that is active.
    #[must_use]
    pub fn subaccount_token(&self) -> Option<(String, String)> {
        let first = self
            .subaccounts()
            .into_iter()
            .find(|account| account.status == crate::Status::Active);
        first.map(|account| (account.account_sid, account.auth_token))
    }

    /// The switchboard of faults.
    #[must_use]
    pub fn faults(&self) -> &Switchboard {
        &self.twilio.faults
    }

    /// The requests so far, oldest first. Those of the control surface are not among them.
    #[must_use]
    pub fn requests(&self) -> Vec<RequestEntry> {
        self.twilio.log.all()
    }

    /// Empties the log of requests.
    pub fn forget_requests(&self) {
        self.twilio.log.clear();
    }

    /// The state as it is now, without secrets.
    #[must_use]
    pub fn state(&self) -> State {
        State::of(self.twilio.store().world())
    }

    /// Whether a SID and secret, or an Account SID and Auth Token, belong together in US1: what an assertion on a kept secret needs.
    #[must_use]
    pub fn signs_in(&self, user: &str, password: &str) -> bool {
        let sign_in = SignIn {
            user: user.to_owned(),
            password: password.to_owned(),
            region: Region::Us1,
        };
        recognise(&self.twilio.store(), &sign_in).is_some()
    }

    /// Makes the clock stand at a time.
    pub fn set_clock(&self, time: Timestamp) {
        self.twilio.clock.stand_at(Some(time));
    }

    /// Makes the clock stand at a later time than it shows.
    pub fn advance_clock(&self, by: SignedDuration) {
        self.twilio.clock.advance(by);
    }

    /// Makes the clock follow the system's again.
    pub fn run_clock(&self) {
        self.twilio.clock.stand_at(None);
    }

    /// From now on what is made is known only this long afterwards: until then it cannot be signed with, and a path that names it is
    /// not found. Lists show it at once.
    pub fn catch_up_within(&self, within: Duration) {
        self.twilio.store().catch_up_within(within);
    }

    /// Does what Twilio's staff would: suspends an account so that the API cannot reactivate it; with the parent go all its
    /// subaccounts. Nothing happens when there is no such account.
    pub fn suspend_by_twilio(&self, sid: &str) {
        let mut store = self.twilio.store();
        if let Some(place) = store.place(sid) {
            store.suspend_by_twilio(place, self.twilio.clock.now());
        }
    }

    /// Stops listening and drops all connections; a new connection is refused when this returns.
    pub async fn go_offline(&self) {
        self.twilio.line.offline().await;
    }

    /// Listens again on the same port.
    ///
    /// # Errors
    /// When another program has taken the port.
    pub async fn go_online(&self) -> io::Result<()> {
        self.twilio.line.online().await
    }

    /// Stops the server; its port is free when this returns.
    pub async fn stop(self) {
        self.twilio.stop();
        self.twilio.line.offline().await;
    }
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.twilio.stop();
        for server in &self.servers {
            server.abort();
        }
    }
}
