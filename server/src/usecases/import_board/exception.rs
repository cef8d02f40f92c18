//! A row's exception, as a request that was sent and perhaps decided.

use chrono::{DateTime, Utc};
use domain::{Diagnostic, Event, Freeze, RequestState, RequestView, diagnostic::codes, words::UNKNOWN_END};

use super::desk::Desk;
use crate::usecases::import_exceptions::NOBODY;

/// What a board leaves out.
const NOT_RECORDED: &str = "Not recorded on the release board.";

/// What a row says about an exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    None,
    Pending,
    /// Whether it was done in time is computed here.
    Accepted,
    Rejected,
}

impl Phase {
    fn of(word: &str) -> Option<Self> {
        Some(match word.trim().to_lowercase().as_str() {
            "none" => Self::None,
            "pending" => Self::Pending,
            "accepted" | "completed" => Self::Accepted,
            "rejected" => Self::Rejected,
            _ => return None,
        })
    }

    const fn is(self, state: &RequestState) -> bool {
        match self {
            Self::None => false,
            Self::Pending => state.undecided(),
            Self::Accepted => matches!(state, RequestState::Granted { .. }),
            Self::Rejected => matches!(state, RequestState::Denied { .. }),
        }
    }
}

impl Desk<'_> {
    /// Takes the exception, unless the log knows it already or otherwise.
    pub(super) fn exception(&mut self) {
        let Some(word) = self.row.exception.clone() else { return };
        let Some(phase) = Phase::of(&word) else { return self.unknown_word("the phase of an exception", &word) };
        let board = format!("that the exception is “{}”", word.trim());
        let all = &self.participation.requests.all;
        let standing: Vec<_> = all.iter().filter(|request| request.state != RequestState::Withdrawn).collect();
        if standing.iter().any(|request| phase.is(&request.state)) {
            return self.is_known();
        }
        match (phase, standing.last()) {
            (Phase::None, Some(RequestView { state: RequestState::Denied { .. }, .. }) | None) => {}
            (_, None) => self.ask_and_decide(phase, &board),
            (Phase::Accepted | Phase::Rejected, Some(request)) if request.state.undecided() => {
                let (number, at) = (request.number, self.after_all());
                if let Some(event) = self.decision(phase, number) {
                    self.take(Some(at), event);
                }
            }
            (_, Some(request)) => self.otherwise(&board, &format!("that it is {}", request.state.words())),
        }
    }

    /// A request that the log does not know, and how it was decided. Its times are unknown.
    fn ask_and_decide(&mut self, phase: Phase, board: &str) {
        if let Some(gone) = self.gone() {
            return self.otherwise(board, &format!("that it is {gone}"));
        }
        if !self.takes_part() {
            return self.no_target();
        }
        let Some(freeze) = self.freeze() else { return };
        self.not_stated("Who asked, when, why, for how long and what follows are not on the board.");
        let numbers = self.record.history.events.iter().filter_map(|recorded| recorded.event.request());
        let request = numbers.max().unwrap_or(0).saturating_add(1);
        let sent = Event::ExceptionSent {
            request,
            release: self.order.release,
            freeze: Some(freeze),
            requester: NOBODY.to_owned(),
            justification: NOT_RECORDED.to_owned(),
            until: self.end(),
            impact: NOT_RECORDED.to_owned(),
            covers: Vec::new(),
        };
        self.take(None, sent);
        if let Some(event) = self.decision(phase, request) {
            self.take(None, event);
        }
    }

    fn decision(&mut self, phase: Phase, request: u32) -> Option<Event> {
        let reason = NOT_RECORDED.to_owned();
        match phase {
            Phase::Accepted => {
                self.not_stated("Until when it was granted is not on the board; it counts until GA.");
                Some(Event::ExceptionGranted { request, until: self.end(), reason })
            }
            Phase::Rejected => Some(Event::ExceptionDenied { request, reason }),
            Phase::None | Phase::Pending => None,
        }
    }

    /// The freeze that the exception is about: as told, else the Enhancement Freeze until the Code Freeze has passed.
    fn freeze(&mut self) -> Option<Freeze> {
        if self.order.freeze.is_some() {
            return self.order.freeze;
        }
        let code = self.dates.passed(Freeze::Code, self.at) || self.dates.enhancement_freeze.is_none();
        let freeze = if code { Freeze::Code } else { Freeze::Enhancement };
        if self.dates.freeze(freeze).is_none() {
            let why =
                format!("{} has no dates, so nothing tells which freeze the exception is about.", self.order.release);
            self.not_taken(why, "Name it with --freeze.");
            return None;
        }
        let message = format!(
            "{}: which freeze the exception is about is not on the board; it counts as the {}.",
            self.key,
            freeze.name()
        );
        let mend = "Name another one with --freeze.";
        self.remark(Diagnostic::warning(self.row.line, codes::NOT_STATED, message, mend));
        Some(freeze)
    }

    fn end(&self) -> DateTime<Utc> {
        self.dates.ga.unwrap_or(UNKNOWN_END)
    }
}
