//! The operations that run, and those that have ended and were not looked at yet.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use parking_lot::Mutex;

use super::control::{Control, StopReason};
use super::subject::{BatchItems, OperationId, Subject};
use super::{AtLock, News, OperationKind, Step, StopWhen};
use crate::changes::{Change, Changes};
use crate::view::{OperationView, OutcomeView, StepView, count};

/// So many that have ended are remembered; of more, those that began first are forgotten, but for the last of each kind.
const ENDED_REMEMBERED: usize = 32;

/// Whether secrets may be kept in memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Rest {
    #[default]
    Awake,
    Resting,
    /// Nothing is worked with any more.
    Left,
}

/// The operations of one workspace.
pub(crate) struct Operations {
    state: Mutex<State>,
    changes: Arc<Changes>,
}

#[derive(Default)]
struct State {
    begun: u32,
    entries: Vec<Entry>,
    rest: Rest,
}

struct Entry {
    id: OperationId,
    control: Arc<Control>,
    kind: OperationKind,
    view: OperationView,
}

impl Operations {
    pub fn new(changes: Arc<Changes>) -> Self {
        Self {
            state: Mutex::default(),
            changes,
        }
    }

    /// Puts one into the list. While the program is locked it is paused or stopped from the start, as its shape says.
    pub(super) fn enter(
        &self,
        kind: OperationKind,
        subject: Subject,
        batch: Option<BatchItems>,
    ) -> (OperationId, Arc<Control>) {
        let control = Arc::new(Control::new());
        let id = {
            let mut state = self.state.lock();
            state.begun += 1;
            let id = OperationId::new(state.begun);
            let entry = Entry {
                id,
                control: Arc::clone(&control),
                kind,
                view: OperationView::begun(id, kind, subject, batch, Timestamp::now()),
            };
            entry.follow(state.rest);
            state.entries.push(entry);
            state.forget_the_oldest();
            id
        };
        self.changes.note(Change::Operations);
        (id, control)
    }

    pub(super) fn hear(&self, id: OperationId, news: News) {
        if let Some(entry) = self.state.lock().find(id) {
            entry.view.hear(news);
        }
        self.changes.note(Change::Operations);
    }

    pub(super) fn end(&self, id: OperationId, kind: OperationKind, outcome: OutcomeView) {
        for change in kind.shape().changes {
            self.changes.note(change.clone());
        }
        if let Some(entry) = self.state.lock().find(id) {
            entry.view.outcome = Some(outcome);
        }
        self.changes.note(Change::Operations);
    }

    /// What runs, and what has ended and was not dismissed, in the order in which it began.
    pub fn list(&self) -> Vec<OperationView> {
        let state = self.state.lock();
        state.entries.iter().map(Entry::seen).collect()
    }

    /// What the last one of this kind tells, or told.
    pub fn last_of(&self, kind: OperationKind) -> Option<OperationView> {
        let state = self.state.lock();
        let last = state.entries.iter().rfind(|entry| entry.kind == kind);
        last.map(Entry::seen)
    }

    /// Stops those of a kind that run, where they can be stopped.
    pub fn stop_all(&self, kind: OperationKind) {
        let state = self.state.lock();
        for entry in state.entries.iter().filter(|entry| entry.kind == kind) {
            if entry.can_be_stopped() {
                entry.control.stop(StopReason::Asked);
            }
        }
    }

    /// Stops one, where it can be stopped.
    pub fn stop(&self, id: OperationId) {
        let mut state = self.state.lock();
        if let Some(entry) = state.find(id).filter(|entry| entry.can_be_stopped()) {
            entry.control.stop(StopReason::Asked);
        }
    }

    /// Forgets one that has ended.
    pub fn dismiss(&self, id: OperationId) {
        self.state
            .lock()
            .entries
            .retain(|entry| entry.id != id || entry.runs());
        self.changes.note(Change::Operations);
    }

    pub fn is_running(&self, kind: OperationKind) -> bool {
        let state = self.state.lock();
        let mut entries = state.entries.iter();
        entries.any(|entry| entry.kind == kind && entry.runs())
    }

    /// Stops or pauses what works with saved secrets, and whatever begins from now on.
    pub fn rest(&self) {
        self.come_to(Rest::Resting);
    }

    /// Ends [`Operations::rest`].
    pub fn wake(&self) {
        self.come_to(Rest::Awake);
    }

    /// Stops what can be stopped, for good.
    pub fn leave(&self) {
        self.come_to(Rest::Left);
    }

    /// Whether secrets may be kept in memory.
    pub fn are_awake(&self) -> bool {
        self.state.lock().rest == Rest::Awake
    }

    pub fn are_left(&self) -> bool {
        self.state.lock().rest == Rest::Left
    }

    fn come_to(&self, rest: Rest) {
        let mut state = self.state.lock();
        if state.rest == Rest::Left {
            return;
        }
        state.rest = rest;
        for entry in &state.entries {
            entry.follow(rest);
        }
    }
}

impl State {
    fn find(&mut self, id: OperationId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|entry| entry.id == id)
    }

    /// The last of each kind stays: somebody may ask what it told.
    fn forget_the_oldest(&mut self) {
        let ended = self.entries.iter().filter(|entry| !entry.runs()).count();
        let mut surplus = ended.saturating_sub(ENDED_REMEMBERED);
        let last: HashMap<OperationKind, OperationId> = self
            .entries
            .iter()
            .map(|entry| (entry.kind, entry.id))
            .collect();
        self.entries.retain(|entry| {
            let is_last = last.get(&entry.kind) == Some(&entry.id);
            let forgotten = surplus > 0 && !entry.runs() && !is_last;
            surplus -= usize::from(forgotten);
            !forgotten
        });
    }
}

impl Entry {
    fn runs(&self) -> bool {
        self.view.outcome.is_none()
    }

    fn can_be_stopped(&self) -> bool {
        self.runs() && self.kind.shape().stop != StopWhen::Never && !self.control.is_committed()
    }

    fn seen(&self) -> OperationView {
        OperationView {
            can_stop: self.can_be_stopped(),
            ..self.view.clone()
        }
    }

    fn follow(&self, rest: Rest) {
        match (self.kind.shape().at_lock, rest) {
            (AtLock::GoesOn, _) | (AtLock::Stops, Rest::Awake) => {}
            (AtLock::Stops | AtLock::Pauses, Rest::Left) => self.control.stop(StopReason::Left),
            (AtLock::Stops, Rest::Resting) => self.control.stop(StopReason::Locked),
            (AtLock::Pauses, rest) => self.control.pause(rest == Rest::Resting),
        }
    }
}

impl OperationView {
    fn hear(&mut self, news: News) {
        match news {
            News::Step { step, state } => self.change(step, |view| view.state = state),
            News::Progress { step, done, total } => self.change(step, |view| {
                (view.done, view.total) = (count(done), count(total));
            }),
            News::Check(event) => {
                match self.checks.iter_mut().find(|one| one.check == event.check) {
                    Some(began) => *began = event,
                    None => self.checks.push(event),
                }
            }
            News::Item { item, state } => {
                if let Some(known) = self.items.get_mut(item) {
                    known.state = state;
                }
            }
        }
    }

    fn change(&mut self, step: Step, change: impl FnOnce(&mut StepView)) {
        match self.steps.iter_mut().find(|one| one.step == step) {
            Some(known) => change(known),
            None => {
                let mut view = StepView::running(step);
                change(&mut view);
                self.steps.push(view);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::ResultView;

    fn ended(operations: &Operations, kind: OperationKind) -> OperationId {
        let (id, _) = operations.enter(kind, Subject::default(), None);
        operations.end(id, kind, ResultView::Done.into());
        id
    }

    #[test]
    fn of_those_that_have_ended_some_are_remembered_and_the_last_of_each_kind() {
        let operations = Operations::new(Arc::default());
        let check = ended(&operations, OperationKind::CheckComputer);
        let (running, _) = operations.enter(OperationKind::Settle, Subject::default(), None);
        for _ in 0..100 {
            ended(&operations, OperationKind::ProveKey);
        }
        let list = operations.list();
        assert!(list.len() <= ENDED_REMEMBERED + 2, "{}", list.len());
        for kept in [check, running] {
            assert!(list.iter().any(|one| one.id == kept.get()));
        }
    }

    #[test]
    fn a_lock_stops_what_stops_pauses_what_pauses_and_lets_a_creation_go_on() {
        let operations = Operations::new(Arc::default());
        let enter = |kind| operations.enter(kind, Subject::default(), None).1;
        let refresh = enter(OperationKind::Refresh);
        let creation = enter(OperationKind::CreateKey);
        operations.rest();
        assert_eq!(refresh.why_stopped(), Some(StopReason::Locked));
        assert_eq!(creation.why_stopped(), None);
        let proving = enter(OperationKind::ProveKey);
        assert_eq!(
            proving.why_stopped(),
            Some(StopReason::Locked),
            "begun meanwhile"
        );
        operations.wake();
        assert_eq!(enter(OperationKind::ProveKey).why_stopped(), None);
        operations.leave();
        operations.wake();
        assert!(operations.are_left(), "for good");
    }
}
