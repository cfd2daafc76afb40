//! What the made-up Twilio has, and what it was asked.

use practice::AccountState;
use terms::AccountSid;
use twilio::Hosts;

use super::Bench;

impl Bench {
    /// An active subaccount that the made-up Twilio began with.
    pub fn some_subaccount(&self) -> AccountSid {
        let state = self.practice.state();
        let active = state
            .accounts
            .iter()
            .filter(|account| account.sid != self.practice.parent().account_sid)
            .find(|account| account.status == practice::Status::Active)
            .expect("some subaccount is active");
        active
            .sid
            .parse()
            .expect("practice makes real-looking SIDs")
    }

    pub fn accounts_named(&self, name: &str) -> Vec<AccountState> {
        self.practice
            .state()
            .accounts_named(name)
            .into_iter()
            .cloned()
            .collect()
    }

    /// The names of a subaccount's keys at Twilio.
    pub fn key_names(&self, account: &AccountSid) -> Vec<String> {
        let state = self.practice.state();
        let account = state
            .account(account.as_str())
            .expect("the subaccount exists");
        account
            .keys
            .iter()
            .map(|key| key.friendly_name.clone().unwrap_or_default())
            .collect()
    }

    /// The parent's own client, used by somebody else.
    pub fn elsewhere(&self) -> twilio::Client {
        let parent = self.practice.parent();
        let credentials = twilio::Credentials::AuthToken {
            account: parent.account_sid.parse().expect("a SID"),
            token: terms::Secret::new(parent.auth_token).expect("a storable secret"),
        };
        let hosts = Hosts::loopback(&self.practice.base_url()).expect("a loopback address");
        twilio::Client::new(hosts, credentials).expect("a client")
    }

    /// How many requests of this method went to a path with this ending.
    pub fn requests(&self, method: &str, path_ending: &str) -> usize {
        let sent = self.practice.requests();
        sent.iter()
            .filter(|request| request.method == method && request.path.ends_with(path_ending))
            .count()
    }
}
