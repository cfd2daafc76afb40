//! How much a keychain still takes.

use super::keychain_store::KeychainStore;
use super::{Item, Keychain, KeychainError, canary};

impl Keychain {
    /// How many more items the keychain takes, up to `wanted`: so many canaries of the real size are written, and all of them
    /// deleted again. Windows caps the number of items without saying to how many.
    ///
    /// # Errors
    /// See [`KeychainError`]; a keychain that is full is an answer and not an error.
    pub async fn room_for(&self, wanted: u8) -> Result<u8, KeychainError> {
        let payload = Item::Canary.seal_in(&canary()?);
        let place = self.place(&Item::Canary);
        let names: Vec<String> = (1..=wanted)
            .map(|number| format!("{} {number}", place.own))
            .collect();
        let fill = move |safe: &mut KeychainStore| {
            let is_ours = |found: &[u8]| Item::Canary.is_inside(found);
            let mut taken = 0;
            let mut outcome = Ok(());
            for name in &names {
                match safe.save(name, &payload, &is_ours) {
                    Ok(()) => taken += 1,
                    Err(KeychainError::Full) => break,
                    Err(error) => {
                        outcome = Err(error);
                        break;
                    }
                }
            }
            // One more than were taken: a save that was not confirmed may have been carried out.
            for name in names.iter().take(usize::from(taken) + 1) {
                let deleted = safe.delete(name, &is_ours);
                outcome = outcome.and(deleted);
            }
            (outcome.map(|()| taken), None)
        };
        self.change(&Item::Canary, fill).await
    }
}
