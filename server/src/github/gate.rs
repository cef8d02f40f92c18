//! When GitHub may be asked: one request at a time, a second between changes, and never before it said.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// GitHub asks for a second between changes.
const BETWEEN_CHANGES: Duration = Duration::from_secs(1);

/// At most so many changes in a minute.
const CHANGES_A_MINUTE: usize = 80;

/// At most so many changes in an hour.
const CHANGES_AN_HOUR: usize = 500;

/// What was asked of whoever asks GitHub.
#[derive(Debug, Default)]
pub(super) struct Gate {
    not_before: Option<(Instant, String)>,
    changes: VecDeque<Instant>,
    /// Limits in a row that named no time to wait.
    unnamed: u32,
}

impl Gate {
    /// How long to wait before asking, and why.
    pub fn wait(&self, change: bool, now: Instant) -> Option<(Duration, String)> {
        let told = self.not_before.as_ref().map(|(at, why)| (*at, why.clone()));
        let polite = self.next_change().filter(|_| change).map(|at| (at, "changes are made slowly".to_owned()));
        let latest = told.into_iter().chain(polite).max_by_key(|(at, _)| *at)?;
        let wait = latest.0.checked_duration_since(now).filter(|wait| !wait.is_zero())?;
        Some((wait, latest.1))
    }

    fn next_change(&self) -> Option<Instant> {
        let nth_last = |n: usize| self.changes.len().checked_sub(n).and_then(|place| self.changes.get(place));
        let apart = nth_last(1).map(|at| *at + BETWEEN_CHANGES);
        let minute = nth_last(CHANGES_A_MINUTE).map(|at| *at + Duration::from_secs(60));
        let hour = nth_last(CHANGES_AN_HOUR).map(|at| *at + Duration::from_secs(3600));
        [apart, minute, hour].into_iter().flatten().max()
    }

    /// A change is being made.
    pub fn changed(&mut self, now: Instant) {
        self.changes.push_back(now);
        while self.changes.len() > CHANGES_AN_HOUR {
            self.changes.pop_front();
        }
    }

    /// GitHub says for how long it must not be asked.
    pub fn close_for(&mut self, wait: Duration, why: &str, now: Instant) {
        let until = now + wait;
        if self.not_before.as_ref().is_none_or(|(at, _)| *at < until) {
            self.not_before = Some((until, why.to_owned()));
        }
    }

    /// GitHub says that it must not be asked, and not for how long: at least a minute, then twice as long each time.
    pub fn close(&mut self, why: &str, now: Instant) {
        let wait = Duration::from_secs(60) * 2_u32.pow(self.unnamed.min(6));
        self.unnamed += 1;
        self.close_for(wait, why, now);
    }

    /// It answered.
    pub fn answered(&mut self) {
        self.unnamed = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_a_second_apart_and_questions_are_not() {
        let (mut gate, now) = (Gate::default(), Instant::now());
        gate.changed(now);
        assert_eq!(gate.wait(true, now).map(|(wait, _)| wait), Some(BETWEEN_CHANGES));
        assert_eq!(gate.wait(false, now), None);
        assert_eq!(gate.wait(true, now + BETWEEN_CHANGES), None);
    }

    #[test]
    fn the_eighty_first_change_waits_for_the_minute_to_end() {
        let (mut gate, start) = (Gate::default(), Instant::now());
        for n in 0..80 {
            gate.changed(start + Duration::from_millis(500 * n));
        }
        let now = start + Duration::from_secs(40);
        assert_eq!(gate.wait(true, now).map(|(wait, _)| wait), Some(Duration::from_secs(20)));
    }

    #[test]
    fn the_longest_wait_counts_and_limits_without_a_time_grow() {
        let (mut gate, now) = (Gate::default(), Instant::now());
        gate.close_for(Duration::from_secs(90), "Retry-After", now);
        gate.close("secondary limit", now);
        assert_eq!(gate.wait(false, now), Some((Duration::from_secs(90), "Retry-After".to_owned())));
        gate.close("secondary limit", now);
        assert_eq!(gate.wait(false, now), Some((Duration::from_secs(120), "secondary limit".to_owned())));
        gate.answered();
        gate.close("secondary limit", now + Duration::from_secs(200));
        assert_eq!(
            gate.wait(false, now + Duration::from_secs(200)).map(|(wait, _)| wait),
            Some(Duration::from_secs(60))
        );
    }
}
