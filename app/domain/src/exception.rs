//! Requests for an exception: what was asked, where each stands, and until when a grant runs (P-16 to P-18).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Event, Freeze, Recorded, ReleaseDates, ReleaseVersion, Request};

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

    /// The state after an event about this request. An event that does not apply leaves it as it is: the log may
    /// tell late what no longer matters.
    fn after(self, event: &Event, dates: &ReleaseDates) -> Self {
        let at_most_ga = |until: DateTime<Utc>| dates.ga.map_or(until, |ga| until.min(ga));
        match (event, &self) {
            (_, Self::Withdrawn) => self,
            (Event::ExceptionFiled { .. }, Self::Sent) => Self::Filed,
            (Event::ExceptionInReview { .. }, state) if state.undecided() => Self::InReview,
            (Event::ExceptionNeedsInformation { question, .. }, state) if state.undecided() => {
                Self::NeedsInformation { question: question.clone() }
            }
            (Event::ExceptionGranted { until, .. }, _) => Self::Granted { until: at_most_ga(*until) },
            (Event::ExceptionDenied { reason, .. }, state) if state.undecided() => {
                Self::Denied { reason: reason.clone() }
            }
            (Event::ExceptionWithdrawn { .. }, _) => Self::Withdrawn,
            _ => self,
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
}

/// All requests of one participation, in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Requests<'a> {
    /// The requests.
    pub all: Vec<RequestView<'a>>,
}

impl<'a> Requests<'a> {
    /// Folds the events that concern one release.
    pub(crate) fn collect(events: &[&'a Recorded], release: ReleaseVersion, dates: &ReleaseDates) -> Self {
        let mut requests = Self::default();
        for recorded in events {
            requests.apply(recorded, release, dates);
        }
        requests
    }

    fn apply(&mut self, recorded: &'a Recorded, release: ReleaseVersion, dates: &ReleaseDates) {
        match &recorded.event {
            Event::ExceptionSent { request, release: r, freeze, requester, until, .. } if *r == release => {
                self.all.push(RequestView {
                    number: *request,
                    freeze: *freeze,
                    requester,
                    sent_at: recorded.occurred_at,
                    asked_until: *until,
                    state: RequestState::Sent,
                    decided_at: None,
                });
            }
            Event::Removed { release: r, .. } if *r == release => self.cut_short(recorded.occurred_at),
            event => {
                let Some(number) = request_of(event) else { return };
                if let Some(request) = self.all.iter_mut().find(|request| request.number == number) {
                    request.state = request.state.clone().after(event, dates);
                    if matches!(event, Event::ExceptionGranted { .. } | Event::ExceptionDenied { .. }) {
                        request.decided_at = recorded.occurred_at;
                    }
                }
            }
        }
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
    pub fn grant_end(&self, freeze: Freeze) -> Option<DateTime<Utc>> {
        self.standing(freeze)
            .filter_map(|request| match request.state {
                RequestState::Granted { until } => Some(until),
                _ => None,
            })
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
