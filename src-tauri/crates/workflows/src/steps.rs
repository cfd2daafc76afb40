//! The steps of making a subaccount and a key, as they happen.

use serde::Serialize;
use specta::Type;
use terms::{AccountSid, KeySid};

/// One step, in the order they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename = "StepName", rename_all = "camelCase")]
pub enum Step {
    /// Pre-flight: the keychain, the disk and the subaccount are ready.
    Check,
    CreateSubaccount,
    CreateKey,
    /// The secret is held as a sealed copy.
    Seal,
    /// The secret is in the keychain and was read back.
    SaveInKeychain,
    /// The key has its plain name at Twilio.
    NameKey,
    /// A live call with the key worked.
    Prove,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    Running,
    Done,
    /// Could not be done now; done by itself later. What was made can be used.
    Waiting,
    Failed,
}

/// News of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StepEvent {
    pub step: Step,
    pub state: StepState,
}

/// Where news of steps goes.
pub struct Steps<'a>(&'a (dyn Fn(Step, StepState) + Send + Sync));

impl<'a> Steps<'a> {
    pub fn told_to(listener: &'a (dyn Fn(Step, StepState) + Send + Sync)) -> Self {
        Self(listener)
    }

    /// For work nobody watches.
    pub fn unwatched() -> Steps<'static> {
        Steps(&|_, _| {})
    }

    pub(crate) fn tell(&self, step: Step, state: StepState) {
        (self.0)(step, state);
    }

    /// Runs one step and tells how it went.
    pub(crate) async fn take<T, E>(
        &self,
        step: Step,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.tell(step, StepState::Running);
        let outcome = work.await;
        self.tell(
            step,
            if outcome.is_ok() {
                StepState::Done
            } else {
                StepState::Failed
            },
        );
        outcome
    }
}

/// What creating ended in: a key that can be handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    #[serde(rename = "accountSid")]
    #[specta(type = String)]
    pub account: AccountSid,
    pub account_name: String,
    #[serde(rename = "keySid")]
    #[specta(type = String)]
    pub key: KeySid,
}
