//! How many requests run side by side: as many as Twilio bears.
//!
//! Twilio limits the requests that one account has under way without saying to how many, answers 429 beyond that, and says with each
//! answer how many there were (`Twilio-Concurrent-Requests`). Source: Twilio's "REST API best practices" and error 20429.

use parking_lot::Mutex;
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, SemaphorePermit};

/// At the start: well below what has ever been reported.
const AT_FIRST: usize = 4;
/// More than this brings nothing that anybody would notice.
const MOST: usize = 16;
/// Once Twilio has refused, so many quick answers in a row let one more through, up to where it refused.
const QUICK_FOR_ONE_MORE: usize = 16;
/// And so many beyond that: it may have been a bad moment.
const QUICK_BEYOND: usize = 256;
/// An answer is quick that takes no longer than the usual one so many times over, and a little.
const SLOWER_BY: u32 = 2;
const A_LITTLE: Duration = Duration::from_millis(50);

/// Lets requests through, as many at once as Twilio answers quickly.
pub(crate) struct Pace {
    turns: Semaphore,
    state: Mutex<State>,
}

struct State {
    limit: usize,
    /// Turns that are out beyond the limit: they do not come back.
    surplus: usize,
    /// How long an answer usually takes.
    usual: Option<Duration>,
    quick_in_a_row: usize,
    /// The fewest at once that Twilio has refused.
    refused_at: Option<usize>,
    /// When the limit was last lowered: what was under way then says nothing of the new one.
    lowered_at: Option<Instant>,
}

/// Leave to have one request under way.
pub(crate) struct Turn<'a> {
    pace: &'a Pace,
    permit: Option<SemaphorePermit<'a>>,
    began: Instant,
}

impl Pace {
    pub fn new() -> Self {
        Self {
            turns: Semaphore::new(AT_FIRST),
            state: Mutex::new(State {
                limit: AT_FIRST,
                surplus: 0,
                usual: None,
                quick_in_a_row: 0,
                refused_at: None,
                lowered_at: None,
            }),
        }
    }

    /// Waits for a turn; who asked first is first.
    pub async fn turn(&self) -> Turn<'_> {
        // Nobody closes it.
        let permit = self.turns.acquire().await.ok();
        Turn {
            pace: self,
            permit,
            began: Instant::now(),
        }
    }
}

impl Turn<'_> {
    /// Twilio answered after this time; `at_once` is how many requests it said were under way.
    pub fn answered(&self, took: Duration, at_once: Option<usize>) {
        let is_busy = self.pace.turns.available_permits() == 0;
        let others_fill_it = at_once.is_some_and(|at_once| at_once >= MOST);
        let mut state = self.pace.state.lock();
        if state.is_quick(took) && is_busy && !others_fill_it && state.takes_one_more() {
            // One that is out beyond the limit stays, instead of one more.
            match state.surplus.checked_sub(1) {
                Some(fewer) => state.surplus = fewer,
                None => self.pace.turns.add_permits(1),
            }
        }
    }

    /// Twilio answered that there are too many at once.
    pub fn refused(&self) {
        let mut state = self.pace.state.lock();
        let fewer = state.lower(self.began);
        state.surplus += fewer;
        let idle = self.pace.turns.forget_permits(fewer);
        state.surplus -= idle;
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.pace.state.lock();
        if let Some(fewer) = state.surplus.checked_sub(1) {
            state.surplus = fewer;
            if let Some(permit) = self.permit.take() {
                permit.forget();
            }
        }
    }
}

impl State {
    fn is_quick(&mut self, took: Duration) -> bool {
        let Some(usual) = self.usual else {
            self.usual = Some(took);
            return true;
        };
        self.usual = Some((usual * 7 + took) / 8);
        let quick = took <= usual * SLOWER_BY + A_LITTLE;
        if !quick {
            self.quick_in_a_row = 0;
        }
        quick
    }

    /// Counts a quick answer. Whether one more may be under way from now on.
    fn takes_one_more(&mut self) -> bool {
        self.quick_in_a_row += 1;
        let enough = match self.refused_at {
            None => 1,
            Some(refused_at) if self.limit + 1 < refused_at => QUICK_FOR_ONE_MORE,
            Some(_) => QUICK_BEYOND,
        };
        let rises = self.limit < MOST && self.quick_in_a_row >= enough;
        if rises {
            self.limit += 1;
            self.quick_in_a_row = 0;
        }
        rises
    }

    /// Halves the limit, once for all that were under way together. By how many it went down.
    fn lower(&mut self, began: Instant) -> usize {
        self.quick_in_a_row = 0;
        if self.lowered_at.is_some_and(|lowered_at| began < lowered_at) {
            return 0;
        }
        self.lowered_at = Some(Instant::now());
        self.refused_at = Some(self.limit);
        let before = self.limit;
        self.limit = (before / 2).max(1);
        before - self.limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUICK: Duration = Duration::from_millis(100);

    async fn as_many_as_there_are(pace: &Pace) -> Vec<Turn<'_>> {
        let mut turns = Vec::new();
        while pace.turns.available_permits() > 0 {
            turns.push(pace.turn().await);
        }
        turns
    }

    /// Uses every turn there is, again and again, with answers of this time.
    async fn keep_busy(pace: &Pace, times: usize, took: Duration) {
        for _ in 0..times {
            let turns = as_many_as_there_are(pace).await;
            for turn in &turns {
                turn.answered(took, None);
            }
        }
    }

    async fn limit(pace: &Pace) -> usize {
        as_many_as_there_are(pace).await.len()
    }

    #[tokio::test]
    async fn it_begins_with_four_and_comes_to_sixteen_while_answers_are_quick() {
        let pace = Pace::new();
        assert_eq!(limit(&pace).await, 4);
        keep_busy(&pace, 20, QUICK).await;
        assert_eq!(limit(&pace).await, 16);
    }

    #[tokio::test]
    async fn it_does_not_rise_while_answers_get_slower_or_others_fill_the_account() {
        let pace = Pace::new();
        as_many_as_there_are(&pace).await[0].answered(QUICK, None);
        let before = limit(&pace).await;
        for turn in as_many_as_there_are(&pace).await {
            turn.answered(QUICK * 4, None);
            turn.answered(QUICK, Some(MOST));
        }
        assert_eq!(limit(&pace).await, before);
    }

    #[tokio::test]
    async fn a_refusal_halves_it_at_once_and_those_of_one_moment_do_so_once() {
        let pace = Pace::new();
        keep_busy(&pace, 20, QUICK).await;
        let turns = as_many_as_there_are(&pace).await;
        for turn in &turns {
            turn.refused();
        }
        assert_eq!(pace.turns.available_permits(), 0);
        drop(turns);
        assert_eq!(limit(&pace).await, 8);
    }

    #[tokio::test]
    async fn one_is_always_let_through() {
        let pace = Pace::new();
        for _ in 0..20 {
            pace.turn().await.refused();
        }
        assert_eq!(limit(&pace).await, 1);
    }

    #[tokio::test]
    async fn it_comes_back_slowly_and_more_slowly_to_where_it_was_refused() {
        let pace = Pace::new();
        keep_busy(&pace, 20, QUICK).await;
        as_many_as_there_are(&pace).await[0].refused();
        assert_eq!(limit(&pace).await, 8);
        let mut rounds = Vec::new();
        while limit(&pace).await < MOST {
            keep_busy(&pace, 1, QUICK).await;
            rounds.push(limit(&pace).await);
            assert!(rounds.len() < 10_000, "it may have been a bad moment");
        }
        let to = |limit: usize| {
            rounds
                .iter()
                .position(|now| *now >= limit)
                .unwrap_or_default()
        };
        assert!(to(9) > 0, "{rounds:?}");
        assert!(to(16) - to(15) > 4 * (to(15) - to(14)), "{rounds:?}");
    }
}
