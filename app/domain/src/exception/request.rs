//! One request: what was asked, its steps, and where it stands (P-16, P-17).

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{Event, Freeze, Recorded, ReleaseDates, ReleaseVersion, Status, Verdict};

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
    pub(super) fn after(&self, event: &Event, dates: &ReleaseDates) -> Option<Self> {
        match event {
            Event::ExceptionFiled { .. } if *self == Self::Sent => Some(Self::Filed),
            Event::ExceptionInReview { .. } if self.undecided() => Some(Self::InReview),
            Event::ExceptionAnswered { .. } if matches!(self, Self::NeedsInformation { .. }) => Some(Self::InReview),
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

/// One request as it stands.
#[derive(Debug, Clone)]
pub struct RequestView<'a> {
    /// Place in the log at which it was sent; its address ends in it.
    pub id: i64,
    /// Number within the proposal.
    pub number: u32,
    /// The release.
    pub release: ReleaseVersion,
    /// The freeze; none for "other".
    pub freeze: Option<Freeze>,
    /// Who asks.
    pub requester: &'a str,
    /// Who recorded another's mail, when it was not the requester (P-17).
    pub recorder: Option<&'a str>,
    /// Where the mail is, as far as who recorded it said.
    pub link: Option<&'a str>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why (P-16).
    pub justification: &'a str,
    /// Until when is asked.
    pub asked_until: DateTime<Utc>,
    /// What happens if it is not granted (P-16).
    pub impact: &'a str,
    /// Covered pull requests as `owner/name#n`; work outside them is not covered (P-16).
    pub covers: &'a [String],
    /// Where it stands.
    pub state: RequestState,
    /// When it was decided first; the age of a decision counts to here.
    pub first_decided_at: Option<DateTime<Utc>>,
    /// When it was last decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was last decided so.
    pub reason: Option<&'a str>,
    /// The mail's archive link, once recorded; until then it is missing (P-17).
    pub thread: Option<&'a str>,
    /// What was asked of the requester, and the answers, in their order.
    pub exchanges: Vec<Exchange<'a>>,
    /// Its steps in the order in which they happened, the sending first.
    pub log: Vec<&'a Recorded>,
}

/// A question to the requester and its answer.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// What was asked.
    pub question: &'a str,
    /// Who asked, and when.
    pub asked: &'a Recorded,
    /// What was answered, by whom and when.
    pub answer: Option<(&'a str, &'a Recorded)>,
}

impl<'a> RequestView<'a> {
    /// The request as it was sent; none for an event that sends none.
    pub(super) fn sent(recorded: &'a Recorded) -> Option<Self> {
        let Event::ExceptionSent { request, release, freeze, requester, justification, until, impact, covers } =
            &recorded.event
        else {
            return None;
        };
        Some(Self {
            id: recorded.id,
            number: *request,
            release: *release,
            freeze: *freeze,
            requester,
            recorder: Some(recorded.actor.as_str()).filter(|actor| !actor.eq_ignore_ascii_case(requester)),
            link: recorded.link.as_deref(),
            sent_at: recorded.occurred_at,
            justification,
            asked_until: *until,
            impact,
            covers,
            state: RequestState::Sent,
            first_decided_at: None,
            decided_at: None,
            reason: None,
            thread: None,
            exchanges: Vec::new(),
            log: vec![recorded],
        })
    }

    /// Learns of a step; tells whether it applied.
    pub(super) fn step(&mut self, recorded: &'a Recorded, dates: &ReleaseDates) -> bool {
        self.log.push(recorded);
        // After GA grants no longer count (P-12): one given then reaches nothing.
        let late = recorded.occurred_at.is_some_and(|at| dates.released(at));
        if late && matches!(recorded.event, Event::ExceptionGranted { .. }) {
            return false;
        }
        if let Event::ExceptionFiled { thread, .. } = &recorded.event {
            self.thread = Some(thread);
        }
        let Some(state) = self.state.after(&recorded.event, dates) else { return false };
        self.state = state;
        match &recorded.event {
            Event::ExceptionGranted { reason, .. } | Event::ExceptionDenied { reason, .. } => {
                self.first_decided_at = self.first_decided_at.or(recorded.occurred_at);
                self.decided_at = recorded.occurred_at;
                self.reason = Some(reason);
            }
            Event::ExceptionNeedsInformation { question, .. } => {
                self.exchanges.push(Exchange { question, asked: recorded, answer: None });
            }
            Event::ExceptionAnswered { answer, .. } => {
                if let Some(last) = self.exchanges.last_mut() {
                    last.answer = Some((answer, recorded));
                }
            }
            _ => {}
        }
        true
    }

    /// Until when time is granted.
    pub const fn granted_until(&self) -> Option<DateTime<Utc>> {
        match self.state {
            RequestState::Granted { until } => Some(until),
            _ => None,
        }
    }

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
