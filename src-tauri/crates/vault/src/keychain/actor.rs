//! The one thread that talks to the keychain.
//!
//! Every call of a keychain blocks, for as long as its password box is up. So calls queue for one thread of their own, and each
//! caller waits with a deadline. A call that outlives it cannot be stopped: its thread is abandoned, never joined, and a
//! fresh thread with a store of its own takes the queue over. At most [`MOST_ABANDONED`] threads are ever abandoned at
//! once; then callers are told [`KeychainError::NoAnswer`] at once until one of them comes back.

use std::collections::VecDeque;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};
use tokio::sync::oneshot::error::TryRecvError;
use tokio::sync::{OwnedMutexGuard, oneshot};

use super::keychain_store::{KeychainStore, Source};
use super::unanswered::Unanswered;
use super::wait::Wait;
use super::{KeychainError, Namespace};

/// How many stuck threads are put up with.
pub(super) const MOST_ABANDONED: usize = 4;

/// How long a fresh thread is given to take the queue over from a stuck one.
const TAKEOVER: Duration = Duration::from_secs(1);

type Work = Box<dyn FnOnce(Result<&mut KeychainStore, KeychainError>) + Send>;

/// Makes a change as if it had not been.
pub(super) type Undo = Box<dyn FnOnce(&mut KeychainStore) + Send>;

struct Job {
    ticket: u64,
    /// When its caller stops waiting for its turn.
    turn_lost_at: Instant,
    deadline: Duration,
    work: Work,
}

/// What the live worker is busy with.
struct Busy {
    ticket: u64,
    overdue_at: Instant,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Job>,
    busy: Option<Busy>,
    /// Counts the threads that have taken the queue over; a worker whose number is not this one has been abandoned.
    generation: u64,
    running: bool,
    abandoned: usize,
    last_ticket: u64,
    closed: bool,
}

struct Shared {
    source: Source,
    state: Mutex<State>,
    changed: Condvar,
}

/// Handle of the queue. Dropping it lets the worker end; nothing waits for it.
pub(super) struct Actor {
    shared: Arc<Shared>,
}

impl Actor {
    /// Starts nothing: the thread comes with the first call.
    pub(super) fn new(source: Source) -> Self {
        Self {
            shared: Arc::new(Shared {
                source,
                state: Mutex::default(),
                changed: Condvar::new(),
            }),
        }
    }

    /// What the items are filed under.
    pub(super) fn namespace(&self) -> &Namespace {
        self.shared.source.namespace()
    }

    /// Runs `work` on the keychain thread. What changes an item names it in `changes`, and begins only when no other change of it is under
    /// way, abandoned ones among them. Where nobody hears its answer, what it gives to undo it is done.
    ///
    /// Waits at most `deadline` for an earlier change, as long again for its turn (and [`TAKEOVER`] whenever a stuck thread has to be
    /// replaced), and as long again for its end, and is counted in `unanswered` once that is worth saying. Dropping the future withdraws work
    /// that has not begun; work that has begun goes on.
    ///
    /// # Errors
    /// What `work` answers, [`KeychainError::NoAnswer`], or [`KeychainError::GivenUp`].
    pub(super) async fn call<T, F>(
        &self,
        deadline: Duration,
        unanswered: &Unanswered,
        changes: Option<String>,
        work: F,
    ) -> Result<T, KeychainError>
    where
        T: Send + 'static,
        F: FnOnce(&mut KeychainStore) -> (Result<T, KeychainError>, Option<Undo>) + Send + 'static,
    {
        let mut wait = Wait::new(unanswered);
        let turn = match changes {
            Some(item) => Some(wait.turn(unanswered.turn_to_change(item), deadline).await?),
            None => None,
        };
        let (reply, mut answer) = oneshot::channel();
        let work = heard_or_undone(work, reply, turn);
        let waiting = Waiting {
            shared: &self.shared,
            ticket: self.shared.submit(deadline, work)?,
        };
        loop {
            let Some(check_at) = self.shared.next_check(waiting.ticket) else {
                // Finished, or running on an abandoned thread: only the answer can tell.
                return last_word(&mut answer, KeychainError::NoAnswer);
            };
            tokio::select! {
                answer = &mut answer => {
                    return answer.unwrap_or_else(|_| Err(stopped()));
                }
                Ok(()) = wait.given_up.changed() => {
                    self.shared.give_up(waiting.ticket);
                    return last_word(&mut answer, KeychainError::GivenUp);
                }
                () = tokio::time::sleep_until(wait.worth_saying_at), if wait.said.is_none() => {
                    wait.said = Some(unanswered.one_more());
                }
                () = tokio::time::sleep_until(check_at.into()) => self.shared.check(waiting.ticket)?,
            }
        }
    }
}

/// The answer that is there, or `otherwise`; from then on none is heard.
fn last_word<T>(
    answer: &mut oneshot::Receiver<Result<T, KeychainError>>,
    otherwise: KeychainError,
) -> Result<T, KeychainError> {
    answer.close();
    match answer.try_recv() {
        Ok(answer) => answer,
        Err(TryRecvError::Empty | TryRecvError::Closed) => Err(otherwise),
    }
}

/// Work as the thread does it: it tells its answer, and is undone where nobody hears it. `turn` is held to the end of that.
fn heard_or_undone<T, F>(
    work: F,
    reply: oneshot::Sender<Result<T, KeychainError>>,
    turn: Option<OwnedMutexGuard<()>>,
) -> Work
where
    T: Send + 'static,
    F: FnOnce(&mut KeychainStore) -> (Result<T, KeychainError>, Option<Undo>) + Send + 'static,
{
    Box::new(move |safe| {
        let _turn = turn;
        match safe {
            Ok(safe) => {
                let (answer, undo) = work(safe);
                if let (Err(_unheard), Some(undo)) = (reply.send(answer), undo) {
                    undo(safe);
                }
            }
            Err(error) => {
                // The caller may have stopped waiting.
                let _ = reply.send(Err(error));
            }
        }
    })
}

/// Of work that ended without an answer.
fn stopped() -> KeychainError {
    KeychainError::broken("the keychain thread stopped")
}

impl Drop for Actor {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }
}

/// Withdraws the job of a caller that goes away while it is still queued.
struct Waiting<'a> {
    shared: &'a Shared,
    ticket: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.shared
            .lock()
            .queue
            .retain(|job| job.ticket != self.ticket);
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    fn submit(self: &Arc<Self>, deadline: Duration, work: Work) -> Result<u64, KeychainError> {
        let mut state = self.lock();
        self.relieve_if_overdue(&mut state);
        if state.abandoned >= MOST_ABANDONED {
            return Err(KeychainError::NoAnswer);
        }
        state.last_ticket += 1;
        let ticket = state.last_ticket;
        state.queue.push_back(Job {
            ticket,
            turn_lost_at: Instant::now() + deadline,
            deadline,
            work,
        });
        self.ensure_worker(&mut state);
        self.changed.notify_all();
        Ok(ticket)
    }

    /// When the job needs looking after next; `None` once it is neither queued nor run by the live worker.
    fn next_check(&self, ticket: u64) -> Option<Instant> {
        let state = self.lock();
        let busy_until = state.busy.as_ref().map(|busy| busy.overdue_at);
        if state
            .busy
            .as_ref()
            .is_some_and(|busy| busy.ticket == ticket)
        {
            return busy_until;
        }
        let job = state.queue.iter().find(|job| job.ticket == ticket)?;
        Some(busy_until.map_or(job.turn_lost_at, |busy_until| {
            busy_until.min(job.turn_lost_at)
        }))
    }

    /// Takes the queue away from a stuck worker, and gives up a job that has waited too long for its turn.
    fn check(self: &Arc<Self>, ticket: u64) -> Result<(), KeychainError> {
        let mut state = self.lock();
        if self.relieve_if_overdue(&mut state) {
            // A fresh worker has the queue now, or the job was the stuck one.
            return Ok(());
        }
        let now = Instant::now();
        let before = state.queue.len();
        state
            .queue
            .retain(|job| job.ticket != ticket || job.turn_lost_at > now);
        if state.queue.len() < before {
            Err(KeychainError::NoAnswer)
        } else {
            Ok(())
        }
    }

    /// Leaves the call behind: its worker, if it has begun, and with that all that wait in the same queue, whose callers are
    /// given up too.
    fn give_up(self: &Arc<Self>, ticket: u64) {
        let mut state = self.lock();
        let Some(busy) = state.busy.as_mut().filter(|busy| busy.ticket == ticket) else {
            return;
        };
        busy.overdue_at = Instant::now();
        for job in state.queue.drain(..) {
            (job.work)(Err(KeychainError::GivenUp));
        }
        self.relieve_if_overdue(&mut state);
    }

    /// Abandons the live worker if its call has outlived its deadline.
    fn relieve_if_overdue(self: &Arc<Self>, state: &mut State) -> bool {
        let overdue = state
            .busy
            .as_ref()
            .is_some_and(|busy| busy.overdue_at <= Instant::now());
        if overdue {
            state.busy = None;
            state.generation += 1;
            state.running = false;
            state.abandoned += 1;
            if state.abandoned < MOST_ABANDONED {
                let taken_over = Instant::now() + TAKEOVER;
                for job in &mut state.queue {
                    job.turn_lost_at = job.turn_lost_at.max(taken_over);
                }
                self.ensure_worker(state);
            } else {
                // Dropped jobs answer with NoAnswer, as they have never begun.
                for job in state.queue.drain(..) {
                    (job.work)(Err(KeychainError::NoAnswer));
                }
            }
        }
        overdue
    }

    fn ensure_worker(self: &Arc<Self>, state: &mut State) {
        if state.running || state.queue.is_empty() {
            return;
        }
        state.generation += 1;
        let generation = state.generation;
        let shared = Arc::clone(self);
        match thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || shared.work(generation))
        {
            Ok(_) => state.running = true,
            Err(error) => {
                let error = KeychainError::broken(&format!("no thread could be started: {error}"));
                for job in state.queue.drain(..) {
                    (job.work)(Err(error.clone()));
                }
            }
        }
    }

    fn work(&self, generation: u64) {
        let mut safe = None;
        let mut state = self.lock();
        loop {
            if state.generation != generation {
                state.abandoned = state.abandoned.saturating_sub(1);
                return;
            }
            let Some(job) = state.queue.pop_front() else {
                if state.closed {
                    state.running = false;
                    return;
                }
                self.changed.wait(&mut state);
                continue;
            };
            state.busy = Some(Busy {
                ticket: job.ticket,
                overdue_at: Instant::now() + job.deadline,
            });
            drop(state);
            // A store that panics must not take the queue down with it: the caller's reply is dropped, which it notices. That holds
            // where panics unwind; a build in which they abort, as the shipped one, ends here, and the next start goes on from the journal.
            if panic::catch_unwind(AssertUnwindSafe(|| self.run(job, &mut safe))).is_err() {
                safe = None;
            }
            state = self.lock();
            if state.generation == generation {
                state.busy = None;
            }
        }
    }

    fn run(&self, job: Job, safe: &mut Option<KeychainStore>) {
        if safe.is_none() {
            match KeychainStore::open(self.source.clone()) {
                Ok(opened) => *safe = Some(opened),
                Err(error) => return (job.work)(Err(error)),
            }
        }
        if let Some(safe) = safe {
            (job.work)(Ok(safe));
        }
    }
}
