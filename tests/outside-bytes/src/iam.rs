//! Twilio's answers about what a key may do, and about Auth Tokens.

use terms::KeySid;
use twilio::{Permissions, fuzzing};

use crate::answers::{KEY, account, cannot_be_used};

/// The permissions of one key, and a secondary Auth Token just made.
pub fn twilio_iam(body: &[u8]) {
    let asked: KeySid = KEY.parse().expect("a SID");
    match fuzzing::key_permissions(&asked, body) {
        Ok(Some(permissions)) => {
            let paths: Vec<String> = permissions.paths().map(str::to_owned).collect();
            let again = Permissions::new(paths).expect("they are some");
            assert_eq!(again, permissions);
        }
        Ok(None) => {}
        Err(error) => cannot_be_used(&error),
    }
    match fuzzing::secondary_token(&account(), body) {
        Ok(token) => {
            assert!(!token.expose().is_empty());
            assert_eq!(format!("{token:?}"), "Secret(hidden)", "it is not printed");
        }
        Err(error) => cannot_be_used(&error),
    }
}
