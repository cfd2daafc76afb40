//! What an operation's work is given: where its news go, and whether it is to stop.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use parking_lot::Mutex;
use terms::Tag;

use super::control::{Control, StopReason};
use super::{Step, StepState};
use crate::failure::Problem;
use crate::view::{CheckEvent, ItemState};

/// What an operation tells while it runs.
#[derive(Debug, Clone)]
#[allow(
    clippy::large_enum_variant,
    reason = "each is told once, and kept nowhere"
)]
pub enum News {
    Step {
        step: Step,
        state: StepState,
    },
    /// Of the step that runs, so many of so many.
    Progress {
        step: Step,
        done: usize,
        total: usize,
    },
    /// Something of this computer is being tried, or was.
    Check(CheckEvent),
    /// Of a batch, the item of this number.
    Item {
        item: usize,
        state: ItemState,
    },
}

/// What an operation's work is given.
#[derive(Clone)]
pub(crate) struct Run {
    control: Arc<Control>,
    tag: Arc<Mutex<Option<Tag>>>,
    tell: Arc<dyn Fn(News) + Send + Sync>,
}

impl Run {
    pub(super) fn new(
        control: Arc<Control>,
        tag: Option<Tag>,
        tell: impl Fn(News) + Send + Sync + 'static,
    ) -> Self {
        Self {
            control,
            tag: Arc::new(Mutex::new(tag)),
            tell: Arc::new(tell),
        }
    }

    /// The same work as a part of something else: nobody hears of it, and nobody stops it.
    pub fn unwatched() -> Self {
        Self::new(Arc::new(Control::new()), None, drop)
    }

    /// The tag for what is made next: first the one that was given for it, and a new one each time afterwards.
    pub fn next_tag(&self) -> Tag {
        self.tag.lock().take().unwrap_or_else(Tag::random)
    }

    pub fn tell(&self, step: Step, state: StepState) {
        (self.tell)(News::Step { step, state });
    }

    pub fn progress(&self, step: Step, done: usize, total: usize) {
        (self.tell)(News::Progress { step, done, total });
    }

    pub fn check(&self, event: CheckEvent) {
        (self.tell)(News::Check(event));
    }

    pub fn item(&self, item: usize, state: ItemState) {
        (self.tell)(News::Item { item, state });
    }

    /// Runs one step and tells how it went.
    pub async fn step<T, E>(
        &self,
        step: Step,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.tell(step, StepState::Running);
        let outcome = work.await;
        self.tell(
            step,
            match outcome {
                Ok(_) => StepState::Done,
                Err(_) => StepState::Failed,
            },
        );
        outcome
    }

    /// From here on it goes to its end, whoever wants it stopped. An error where it was stopped before.
    pub fn commit<E: super::OperationError>(&self) -> Result<(), E> {
        if self.control.commit() {
            return Ok(());
        }
        Err(E::stopped(
            self.control.why_stopped().unwrap_or(StopReason::Asked),
        ))
    }

    /// Does a part of the work that may be dropped where it is, and what it has in memory with it, when the operation is stopped.
    pub async fn stopped_or<T, E: super::OperationError>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        tokio::select! {
            biased;
            why = self.control.stopped() => Err(E::stopped(why)),
            outcome = work => outcome,
        }
    }

    /// Whether it was stopped.
    pub fn is_stopped(&self) -> bool {
        self.control.why_stopped().is_some()
    }

    /// Waits until it is stopped.
    pub async fn stopped(&self) {
        self.control.stopped().await;
    }

    /// True once it is stopped, for work on a thread that may block.
    pub fn stop_flag(&self) -> impl AsRef<AtomicBool> + Send + 'static {
        StopFlag(Arc::clone(&self.control))
    }

    /// Does work with saved secrets, and drops it where it is when the operation is to pause: `None`.
    pub async fn unless_paused<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            () = self.control.comes_to(true) => None,
            outcome = work => Some(outcome),
        }
    }

    /// Waits until it is to go on, or was stopped.
    pub async fn resumed_or_stopped(&self) {
        tokio::select! {
            biased;
            _ = self.control.stopped() => {}
            () = self.control.comes_to(false) => {}
        }
    }
}

struct StopFlag(Arc<Control>);

impl AsRef<AtomicBool> for StopFlag {
    fn as_ref(&self) -> &AtomicBool {
        self.0.flag()
    }
}

impl From<StopReason> for Problem {
    fn from(why: StopReason) -> Self {
        match why {
            StopReason::Asked => Self::Stopped,
            StopReason::Locked | StopReason::Left => Self::Resting,
        }
    }
}
