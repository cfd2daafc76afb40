//! Which request changed something last.

use parking_lot::Mutex;

/// Twilio's identifier of the last request of a client that changed something.
#[derive(Default)]
pub(crate) struct LastChange(Mutex<Option<String>>);

impl LastChange {
    /// A change is about to be asked for: until it is answered there is none to name.
    pub(crate) fn begins(&self) {
        *self.0.lock() = None;
    }

    pub(crate) fn answered(&self, request_id: Option<&str>) {
        *self.0.lock() = request_id.map(str::to_owned);
    }

    pub(crate) fn request_id(&self) -> Option<String> {
        self.0.lock().clone()
    }
}
