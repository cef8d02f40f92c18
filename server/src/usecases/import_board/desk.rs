//! One row on the desk: what it says, what is known, and what follows.

use chrono::{DateTime, Utc};
use domain::{
    Case, Decision, Diagnostic, Ending, Event, Halves, Known, Participation, ReleaseDates, RuleError, diagnostic::codes,
};

use super::{BOARD, Order, READER, reviewer};
use crate::{
    documents::BoardRow,
    store::event::NewEvent,
    usecases::{decide::dates_of, key::Key},
    verdicts::{ProposalRecord, World},
};

/// An event to be recorded.
#[derive(Debug)]
pub(super) struct Step {
    /// When it happened; none when that is unknown.
    at: Option<DateTime<Utc>>,
    event: Event,
}

impl Step {
    pub(super) fn event(self, key: &Key, link: &str) -> NewEvent {
        NewEvent {
            source: key.source.clone(),
            number: key.number,
            actor: READER.to_owned(),
            actor_id: None,
            on_behalf_of: self.event.is_decision().then(|| BOARD.to_owned()),
            link: Some(link.to_owned()),
            occurred_at: self.at,
            event: self.event,
        }
    }
}

/// What follows from a row.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// What is to be recorded, in this order.
    pub(super) steps: Vec<Step>,
    /// How much of it the log knows already.
    pub(super) known: usize,
    /// What was not taken, and why.
    pub(super) remarks: Vec<Diagnostic>,
}

/// A row and the proposal that it is about.
pub(super) struct Desk<'a> {
    pub(super) world: &'a World,
    pub(super) order: &'a Order,
    pub(super) row: &'a BoardRow,
    pub(super) key: &'a Key,
    pub(super) record: &'a ProposalRecord,
    pub(super) known: &'a Known<'a>,
    pub(super) participation: &'a Participation<'a>,
    pub(super) dates: ReleaseDates,
    /// When the board was so.
    pub(super) at: DateTime<Utc>,
    pub(super) now: DateTime<Utc>,
    outcome: Outcome,
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        world: &'a World,
        order: &'a Order,
        row: &'a BoardRow,
        (key, record): (&'a Key, &'a ProposalRecord),
        (known, participation): (&'a Known<'a>, &'a Participation<'a>),
        (dates, at, now): (ReleaseDates, DateTime<Utc>, DateTime<Utc>),
    ) -> Self {
        let outcome = Outcome::default();
        Self { world, order, row, key, record, known, participation, dates, at, now, outcome }
    }

    pub(super) fn outcome(self) -> Outcome {
        self.outcome
    }

    /// The fact that the board says so, unless that is what it said when last looked at, or that look was later.
    pub(super) fn observe(&mut self) {
        let status = self.row.status.clone().unwrap_or_default();
        let reviewer = reviewer::logins(self.row.reviewer.as_deref().unwrap_or_default()).into_iter().flatten().next();
        let exception = self.row.exception.clone();
        let last = self.known.boards.iter().find(|board| board.release == self.order.release);
        let same = last.is_some_and(|board| {
            board.observed > Some(self.at)
                || (board.status, board.reviewer, board.exception)
                    == (status.as_str(), reviewer.as_deref(), exception.as_deref())
        });
        if !same {
            let event = Event::BoardObserved { release: self.order.release, status, reviewer, exception };
            self.take(Some(self.at), event);
        }
    }

    /// The decisions that the row stands for.
    pub(super) fn decide(&mut self) {
        if self.dates.released(self.at) {
            let message = format!(
                "{} was out on {}; nothing is decided about it any more.",
                self.order.release,
                self.at.format("%Y-%m-%d")
            );
            self.not_taken(message, "Say with --at when the board was so.");
            return;
        }
        self.status();
        self.reviewer();
        self.exception();
    }

    pub(super) fn take(&mut self, at: Option<DateTime<Utc>>, event: Event) {
        self.outcome.steps.push(Step { at, event });
    }

    pub(super) fn is_known(&mut self) {
        self.outcome.known += 1;
    }

    pub(super) fn remark(&mut self, remark: Diagnostic) {
        self.outcome.remarks.push(remark);
    }

    /// The log says otherwise, and is left as it is.
    pub(super) fn otherwise(&mut self, board: &str, tracker: &str) {
        let message = format!("{}: the board says {board}, the tracker {tracker}; that was left as it is.", self.key);
        let mend = "Correct the board, or decide anew in the tracker.";
        self.remark(Diagnostic::warning(self.row.line, codes::DECIDED_OTHERWISE, message, mend));
    }

    pub(super) fn not_taken(&mut self, why: String, mend: &str) {
        let message = format!("{}: {why}", self.key);
        self.remark(Diagnostic::warning(self.row.line, codes::NOT_TAKEN, message, mend));
    }

    /// What the board leaves out, and what stands in for it.
    pub(super) fn not_stated(&mut self, what: &str) {
        let message = format!("{}: {what}", self.key);
        self.remark(Diagnostic::note(self.row.line, codes::NOT_STATED, message, "Nothing, unless it is known."));
    }

    pub(super) fn unknown_word(&mut self, column: &str, word: &str) {
        let message =
            format!("{}: “{word}” means nothing here as {column}; it was kept as what the board says.", self.key);
        let mend = "Use one of the words of the release boards.";
        self.remark(Diagnostic::warning(self.row.line, codes::BOARD_WORD_UNKNOWN, message, mend));
    }

    /// Whether target or decision names the release, or this row just did.
    pub(super) fn takes_part(&self) -> bool {
        let accepted = |step: &Step| matches!(step.event, Event::Accepted { .. });
        self.participation.targeted || self.participation.linked || self.outcome.steps.iter().any(accepted)
    }

    /// What keeps it out of the release, in words.
    pub(super) fn gone(&self) -> Option<String> {
        let ended = self.participation.ending.map(Ending::words).map(str::to_owned);
        ended.or_else(|| self.participation.departure.map(|departure| departure_words(departure, self.order)))
    }

    /// A time for a decision that comes after all that the log has.
    pub(super) fn after_all(&self) -> DateTime<Utc> {
        let last = self.record.latest_decision(self.now).and_then(|decision| decision.occurred_at);
        last.map_or(self.at, |last| last.max(self.at))
    }

    /// What the rules make of a decision.
    pub(super) fn ask(&self, decision: Decision) -> Result<Event, RuleError> {
        let dates = |release| dates_of(self.world, self.record, release, self.now);
        let case = Case {
            source: &self.record.source,
            history: &self.record.history,
            known: self.known,
            dates: &dates,
            extra_lines: &|_| Vec::new(),
            recorder: &|_| false,
            person: BOARD,
            halves: Halves::default(),
            now: self.at,
        };
        case.decide(decision)
    }
}

fn departure_words(departure: domain::Departure, order: &Order) -> String {
    match departure {
        domain::Departure::Removed => format!("removed from {}", order.release),
        domain::Departure::Retargeted(to) => format!("retargeted to {to}"),
    }
}
