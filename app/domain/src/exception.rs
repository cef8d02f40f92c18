//! Requests for an exception: what was asked, where each stands, and until when a grant runs (P-16 to P-18).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Event, Freeze, Recorded, ReleaseDates, ReleaseVersion, Request, Status, Verdict};

/// Where a request stands (P-17). A draft is nobody's business but its author's and is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum RequestState {
    /// The mail went out.
    Sent,
    /// Its archive link is recorded.
    Filed,
    /// Somebody who decides looks at it.
    InReview,
    /// The requester owes an answer.
    NeedsInformation {
        /// What is asked.
        question: String,
    },
    /// Granted.
    Granted {
        /// Until when: at most GA, and cut short by a removal.
        until: DateTime<Utc>,
    },
    /// Denied.
    Denied {
        /// Why.
        reason: String,
    },
    /// Taken back.
    Withdrawn,
}

impl RequestState {
    /// Sent and without a decision; "Needs information" included (P-12).
    pub const fn undecided(&self) -> bool {
        matches!(self, Self::Sent | Self::Filed | Self::InReview | Self::NeedsInformation { .. })
    }

    /// The state in words.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Filed => "filed",
            Self::InReview => "in review",
            Self::NeedsInformation { .. } => "needs information",
            Self::Granted { .. } => "granted",
            Self::Denied { .. } => "denied",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state after an event about this request; none when the event does not apply, since the log may tell late
    /// what no longer matters.
    fn after(&self, event: &Event, dates: &ReleaseDates) -> Option<Self> {
        match event {
            Event::ExceptionFiled { .. } if *self == Self::Sent => Some(Self::Filed),
            Event::ExceptionInReview { .. } if self.undecided() => Some(Self::InReview),
            Event::ExceptionNeedsInformation { question, .. } if self.undecided() => {
                Some(Self::NeedsInformation { question: question.clone() })
            }
            Event::ExceptionDenied { reason, .. } if self.undecided() => Some(Self::Denied { reason: reason.clone() }),
            Event::ExceptionWithdrawn { .. } if self.undecided() => Some(Self::Withdrawn),
            Event::ExceptionGranted { until, .. } if *self != Self::Withdrawn => {
                let until = dates.ga.map_or(*until, |ga| ga.min(*until));
                Some(Self::Granted { until })
            }
            _ => None,
        }
    }
}

/// One request as it stands.
#[derive(Debug, Clone)]
pub struct RequestView<'a> {
    /// Number within the proposal.
    pub number: u32,
    /// The freeze; none for "other".
    pub freeze: Option<Freeze>,
    /// Who asks.
    pub requester: &'a str,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Until when is asked.
    pub asked_until: DateTime<Utc>,
    /// Where it stands.
    pub state: RequestState,
    /// When it was last decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was last decided so.
    pub reason: Option<&'a str>,
    /// The mail's archive link, once recorded; until then it is missing (P-17).
    pub thread: Option<&'a str>,
    /// Covered pull requests as `owner/name#n`; work outside them is not covered (P-16).
    pub covers: &'a [String],
}

/// What became of a request by the clock alone (P-17): computed, never recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lapse {
    /// Granted, and the freeze was met within the granted time.
    DoneInTime,
    /// Granted, and the time is over without that.
    Expired,
    /// Undecided when the participation ended or GA came.
    Moot,
}

impl RequestView<'_> {
    /// What became of it by the instant of the verdict on its participation; none while it is open or settled.
    pub fn lapse(&self, verdict: &Verdict, dates: &ReleaseDates) -> Option<Lapse> {
        let ended = matches!(verdict.status, Status::Ended { .. } | Status::Departed { .. });
        match self.state {
            RequestState::Granted { until } => {
                let judgement = self.freeze.map(|freeze| verdict.judgement(freeze)).filter(|j| j.met());
                let done = judgement.is_some_and(|j| j.done_in_time.unwrap_or(j.judged_at) <= until);
                let over = (until <= verdict.now).then_some(Lapse::Expired);
                if done { Some(Lapse::DoneInTime) } else { over }
            }
            _ if !self.state.undecided() => None,
            _ => (ended || dates.released(verdict.now)).then_some(Lapse::Moot),
        }
    }
}

/// All requests of one participation, in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Requests<'a> {
    /// The requests.
    pub all: Vec<RequestView<'a>>,
    dates: ReleaseDates,
}

impl<'a> Requests<'a> {
    /// No request yet, in a release with these dates.
    pub(crate) fn new(dates: &ReleaseDates) -> Self {
        Self { all: Vec::new(), dates: *dates }
    }

    /// Learns of what concerns one release; tells whether it was a grant that counts.
    pub(crate) fn learn(&mut self, recorded: &'a Recorded, release: ReleaseVersion) -> bool {
        match &recorded.event {
            Event::ExceptionSent { request, release: r, freeze, requester, until, covers, .. } if *r == release => {
                if self.all.iter().all(|known| known.number != *request) {
                    self.all.push(RequestView {
                        number: *request,
                        freeze: *freeze,
                        requester,
                        sent_at: recorded.occurred_at,
                        asked_until: *until,
                        state: RequestState::Sent,
                        decided_at: None,
                        reason: None,
                        thread: None,
                        covers,
                    });
                }
                false
            }
            Event::Removed { release: r, .. } if *r == release => {
                self.cut_short(recorded.occurred_at);
                false
            }
            event => request_of(event).is_some_and(|number| self.advance(number, recorded)),
        }
    }

    /// An event about a request that was sent before.
    fn advance(&mut self, number: u32, recorded: &'a Recorded) -> bool {
        let granted = matches!(recorded.event, Event::ExceptionGranted { .. });
        // After GA grants no longer count (P-12): one given then reaches nothing.
        if granted && recorded.occurred_at.is_some_and(|at| self.dates.released(at)) {
            return false;
        }
        let Some(request) = self.all.iter_mut().find(|request| request.number == number) else { return false };
        if let Event::ExceptionFiled { thread, .. } = &recorded.event {
            request.thread = Some(thread);
        }
        let Some(state) = request.state.after(&recorded.event, &self.dates) else { return false };
        request.state = state;
        if let Event::ExceptionGranted { reason, .. } | Event::ExceptionDenied { reason, .. } = &recorded.event {
            request.decided_at = recorded.occurred_at;
            request.reason = Some(reason);
        }
        granted
    }

    /// A removal ends a running grant (P-18).
    fn cut_short(&mut self, removed_at: Option<DateTime<Utc>>) {
        let Some(removed_at) = removed_at else { return };
        for request in &mut self.all {
            if let RequestState::Granted { until } = &mut request.state {
                *until = (*until).min(removed_at);
            }
        }
    }

    /// Requests for one freeze that were not withdrawn.
    fn standing(&self, freeze: Freeze) -> impl DoubleEndedIterator<Item = &RequestView<'a>> {
        self.all.iter().filter(move |r| r.freeze == Some(freeze) && r.state != RequestState::Withdrawn)
    }

    /// Where the requests for a freeze stand at `now`, as the status table sees them.
    pub fn standing_at(&self, freeze: Freeze, now: DateTime<Utc>) -> Request {
        if let Some(end) = self.grant_end(freeze).filter(|end| *end > now) {
            return Request::Granted(end);
        }
        if self.standing(freeze).any(|request| request.state.undecided()) {
            return Request::Undecided;
        }
        match self.standing(freeze).next_back().map(|request| &request.state) {
            Some(RequestState::Denied { .. }) => Request::Denied,
            _ => Request::None,
        }
    }

    /// The latest end of a grant for a freeze, running or over.
    ///
    /// Grants reach beyond the freeze (P-18): there is none for a freeze without a date, and one that ends before a
    /// freeze that was moved since gives no time.
    pub fn grant_end(&self, freeze: Freeze) -> Option<DateTime<Utc>> {
        let instant = self.dates.freeze(freeze)?;
        self.standing(freeze)
            .filter_map(|request| match request.state {
                RequestState::Granted { until } => Some(until),
                _ => None,
            })
            .filter(|until| *until > instant)
            .max()
    }
}

/// The request that an event is about, when it is about one already sent.
fn request_of(event: &Event) -> Option<u32> {
    match event {
        Event::ExceptionFiled { request, .. }
        | Event::ExceptionInReview { request }
        | Event::ExceptionNeedsInformation { request, .. }
        | Event::ExceptionGranted { request, .. }
        | Event::ExceptionDenied { request, .. }
        | Event::ExceptionWithdrawn { request } => Some(*request),
        _ => None,
    }
}
