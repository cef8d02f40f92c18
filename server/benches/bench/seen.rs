//! How long it took until changes were to be seen.

use std::time::Duration;

/// Times from a change until it was seen, sorted.
#[derive(Debug)]
pub struct Seen {
    times: Vec<Duration>,
}

impl Seen {
    /// Of the times in their order, those after so many that do not count.
    pub fn after(warming: usize, mut times: Vec<Duration>) -> Self {
        times.drain(..warming.min(times.len()));
        times.sort_unstable();
        Self { times }
    }

    /// How many there were.
    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// The time within which so many of a hundred were seen.
    pub fn percentile(&self, of_hundred: usize) -> Duration {
        let place = (self.times.len() * of_hundred).div_ceil(100).saturating_sub(1);
        self.times.get(place).copied().unwrap_or_default()
    }
}
