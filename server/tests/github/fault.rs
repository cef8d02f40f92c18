//! What goes wrong on demand: a rule says what, for which requests, and how often.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{ask::Ask, world::Shared};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fault {
    /// That status and nothing done; 500 for instance.
    Status(u16),
    /// 502, nothing done.
    BadGatewayBefore,
    /// 502, and yet what was asked for is done.
    BadGatewayAfter,
    /// No answer, ever.
    Silence,
    /// No answer, ever, and yet what was asked for is done.
    SilenceAfter,
    /// The body comes byte after byte with this pause between.
    Drip(Duration),
    /// The body ends in its middle as if it were whole: no length is told.
    CutOff,
    /// The body ends in its middle although its length was told.
    BrokenOff,
    /// The connection is reset without an answer, nothing done.
    Reset,
    /// 403 for asking too much at once; with `Retry-After` in seconds or without.
    SecondaryLimit(Option<u32>),
    /// 429 with `Retry-After` in seconds.
    TooMany(u32),
    /// 403 for having asked too much this hour, which ends then.
    Exhausted(DateTime<Utc>),
    /// The whole answer where 304 would have done.
    Never304,
}

type Predicate = Box<dyn Fn(&Ask) -> bool + Send>;

/// A fault, for which requests, and how often.
pub struct Rule {
    fault: Fault,
    predicate: Predicate,
    left: Option<u32>,
    every: u32,
    seen: u32,
}

impl Rule {
    /// Whether it is this request's turn.
    fn strikes(&mut self, ask: &Ask) -> bool {
        if self.left == Some(0) || !(self.predicate)(ask) {
            return false;
        }
        self.seen += 1;
        if !self.seen.is_multiple_of(self.every) {
            return false;
        }
        if let Some(left) = &mut self.left {
            *left -= 1;
        }
        true
    }
}

/// What goes wrong with a request: the first rule whose turn it is.
pub fn of(rules: &mut [Rule], ask: &Ask) -> Option<Fault> {
    rules.iter_mut().find_map(|rule| rule.strikes(ask).then_some(rule.fault))
}

/// A rule being made; `next` or `every` ends the sentence.
#[must_use = "`next` or `every` puts it in force"]
pub struct Draft {
    world: Shared,
    fault: Fault,
    predicate: Predicate,
}

impl Draft {
    /// A fault of all requests to the API.
    pub fn new(world: Shared, fault: Fault) -> Self {
        Self { world, fault, predicate: Box::new(|_| true) }
    }

    /// Only of requests of that method whose path holds that text.
    pub fn on(self, method: &'static str, path: &str) -> Self {
        let path = path.to_owned();
        self.when(move |ask| ask.method == method && ask.path().contains(&path))
    }

    /// Only of those for which this holds.
    pub fn when(mut self, predicate: impl Fn(&Ask) -> bool + Send + 'static) -> Self {
        self.predicate = Box::new(predicate);
        self
    }

    /// For the next so many.
    pub fn next(self, times: u32) {
        self.put(Some(times), 1);
    }

    /// For every so manieth, until faults are cleared.
    pub fn every(self, nth: u32) {
        self.put(None, nth);
    }

    /// For all, until faults are cleared.
    pub fn always(self) {
        self.put(None, 1);
    }

    fn put(self, left: Option<u32>, every: u32) {
        let rule = Rule { fault: self.fault, predicate: self.predicate, left, every, seen: 0 };
        self.world.lock().unwrap().faults.push(rule);
    }
}
