//! Asking about what was made a moment ago, until Twilio knows it.

use crate::workspace::Workspace;

impl Workspace {
    /// Notes that Twilio has just made the account or the key of this SID for this program.
    pub(crate) fn note_made(&self, sid: &str) {
        let now = self.clock.steady();
        self.just_made.note(sid, now, self.wait_times.known);
    }

    /// Whether that was within [`crate::WaitTimes::known`].
    pub(crate) fn is_just_made(&self, sid: &str) -> bool {
        let now = self.clock.steady();
        self.just_made.knows(sid, now, self.wait_times.known)
    }

    /// Asks something about what this SID names, and asks again for as long as Twilio may merely not know it yet.
    pub(crate) async fn once_known<T, Asked>(
        &self,
        sid: &str,
        ask: impl Fn() -> Asked,
    ) -> Result<T, twilio::Error>
    where
        Asked: Future<Output = Result<T, twilio::Error>>,
    {
        loop {
            match ask().await {
                Err(error) if error.may_be_not_yet_known() && self.is_just_made(sid) => {
                    tokio::time::sleep(self.wait_times.prove_pause).await;
                }
                outcome => return outcome,
            }
        }
    }
}
