//! What a record tells, as events.

mod times;

use std::mem::discriminant;

use chrono::{DateTime, Utc};
use domain::{Diagnostic, Event, diagnostic::codes, words::UNKNOWN_END};

use super::{NOBODY, NOT_RECORDED, READER, target::Target};
use crate::documents::exceptions::{self, ExceptionRecord, ListedStatus, Phase, StepKind};

/// An event to be recorded. Its request has no number yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// When it happened; none when that is unknown.
    pub at: Option<DateTime<Utc>>,
    /// Who recorded it.
    pub actor: String,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// What happened.
    pub event: Event,
}

impl Step {
    /// What a list says beside its requests.
    pub fn fact(event: Event) -> Self {
        Self { at: None, actor: READER.to_owned(), on_behalf_of: None, link: None, event }
    }

    /// Whether both are of one kind.
    pub fn is_like(&self, event: &Event) -> bool {
        discriminant(&self.event) == discriminant(event)
    }
}

/// What a record tells.
#[derive(Debug)]
pub struct Told {
    /// Events in their order, the sending first.
    pub steps: Vec<Step>,
    /// Whether the file states them itself, rather than a status from which they follow.
    pub exact: bool,
    /// What the record leaves out or contradicts.
    pub remarks: Vec<Diagnostic>,
}

/// What a record tells about a request.
///
/// # Errors
/// When something lies in the future, as a sentence without its end.
pub fn tell(record: &ExceptionRecord, target: &Target, now: DateTime<Utc>) -> Result<Told, String> {
    let mut teller = Teller { record, target, remarks: Vec::new() };
    let exact = !record.steps.is_empty();
    let steps = if exact { teller.exact() } else { teller.derived(now) };
    if let Some(late) = steps.iter().filter_map(|step| step.at).find(|at| *at > now) {
        return Err(format!("What happened to the request on {} lies ahead", late.format("%Y-%m-%d")));
    }
    Ok(Told { steps, exact, remarks: teller.remarks })
}

struct Teller<'a> {
    record: &'a ExceptionRecord,
    target: &'a Target,
    remarks: Vec<Diagnostic>,
}

impl Teller<'_> {
    /// The steps as the file states them.
    fn exact(&mut self) -> Vec<Step> {
        let steps = &self.record.steps;
        let mut told: Vec<_> = steps.iter().map(|step| self.step(step)).collect();
        // A request is sent once, whatever a list says.
        if let Some(place) = steps.iter().position(|step| step.kind == StepKind::Sent) {
            let first = told.remove(place);
            told.retain(|step| !matches!(step.event, Event::ExceptionSent { .. }));
            told.insert(0, first);
        } else {
            self.note("The steps do not state when and by whom the request was sent");
            let at = steps.first().and_then(|step| step.at);
            told.insert(0, self.sent(at));
        }
        told
    }

    fn step(&mut self, step: &exceptions::Step) -> Step {
        let words = step.words.clone();
        let request = 0;
        let event = match step.kind {
            StepKind::Sent => self.request(step.at),
            StepKind::Filed => Event::ExceptionFiled { request, thread: words },
            StepKind::InReview => Event::ExceptionInReview { request },
            StepKind::NeedsInformation => Event::ExceptionNeedsInformation { request, question: words },
            StepKind::Answered => Event::ExceptionAnswered { request, answer: words },
            StepKind::Granted => {
                Event::ExceptionGranted { request, until: step.until.unwrap_or(UNKNOWN_END), reason: words }
            }
            StepKind::Denied => Event::ExceptionDenied { request, reason: words },
            StepKind::Withdrawn => Event::ExceptionWithdrawn { request },
        };
        Step {
            at: step.at,
            actor: step.by.clone(),
            on_behalf_of: step.on_behalf_of.clone(),
            link: step.link.clone(),
            event,
        }
    }

    /// The steps that follow from dates and status.
    fn derived(&mut self, now: DateTime<Utc>) -> Vec<Step> {
        let record = self.record;
        if record.phase == Phase::Docs {
            self.note("The process has no Docs Freeze; the request counts as one without a freeze");
        }
        let sent = record.requested.map(|on| self.instant(on, now));
        if sent.is_none() {
            self.note("When it was asked is not stated; it counts as always so");
        }
        let mut steps = vec![self.sent(sent)];
        if let Some(thread) = &record.thread {
            steps.push(self.recorded(sent, None, Event::ExceptionFiled { request: 0, thread: thread.clone() }));
        }
        if let Some(event) = self.outcome(sent) {
            let decides = matches!(event, Event::ExceptionGranted { .. } | Event::ExceptionDenied { .. });
            let at = if decides { self.decided_at(sent, now) } else { sent };
            let person = if decides { record.decided_by.clone() } else { record.requester.clone() };
            steps.push(self.recorded(at, person, event));
        }
        steps
    }

    fn sent(&mut self, at: Option<DateTime<Utc>>) -> Step {
        let event = self.request(at);
        self.recorded(at, self.record.requester.clone(), event)
    }

    fn recorded(&self, at: Option<DateTime<Utc>>, person: Option<String>, event: Event) -> Step {
        let link = self.record.thread.clone();
        Step { at, actor: READER.to_owned(), on_behalf_of: person, link, event }
    }

    /// What was asked, as far as it is stated.
    fn request(&mut self, sent: Option<DateTime<Utc>>) -> Event {
        let record = self.record;
        let exact = !record.steps.is_empty();
        let stated = |text: &Option<String>| text.clone().filter(|text| exact || !text.trim().is_empty());
        if record.requester.is_none() {
            self.note("Who asked is not stated");
        }
        let mut justification = stated(&record.justification).unwrap_or_else(|| {
            self.note("Why it was asked is not stated");
            NOT_RECORDED.to_owned()
        });
        if !exact && !record.notes.is_empty() {
            justification = format!("{justification}\n\nThe list says further: {}.", record.notes.join("; "));
        }
        Event::ExceptionSent {
            request: 0,
            release: self.target.release,
            freeze: record.phase.freeze(),
            requester: record.requester.clone().unwrap_or_else(|| NOBODY.to_owned()),
            justification,
            until: self.asked_until(sent),
            impact: stated(&record.impact).unwrap_or_else(|| NOT_RECORDED.to_owned()),
            covers: record.pulls.clone(),
        }
    }

    fn outcome(&mut self, sent: Option<DateTime<Utc>>) -> Option<Event> {
        let request = 0;
        let reason = self.record.reason.clone().filter(|reason| !reason.trim().is_empty());
        let reason = reason.unwrap_or_else(|| NOT_RECORDED.to_owned());
        let taken_out =
            |words: &str| format!("{reason} The list calls it {words}: granted, and taken out again later.");
        Some(match self.record.status.as_ref()? {
            ListedStatus::Approved => Event::ExceptionGranted { request, until: self.granted_until(sent), reason },
            status @ (ListedStatus::Reverted | ListedStatus::Removed) => {
                let reason = taken_out(status.word());
                self.note("It was granted and taken out again on a day that is not stated; that is said in the reason");
                Event::ExceptionGranted { request, until: self.granted_until(sent), reason }
            }
            ListedStatus::Denied => Event::ExceptionDenied { request, reason },
            ListedStatus::Withdrawn => Event::ExceptionWithdrawn { request },
            ListedStatus::InReview => Event::ExceptionInReview { request },
            ListedStatus::NeedsInformation => {
                Event::ExceptionNeedsInformation { request, question: NOT_RECORDED.to_owned() }
            }
            ListedStatus::Sent | ListedStatus::Filed | ListedStatus::Other(_) => return None,
        })
    }

    fn note(&mut self, words: &str) {
        let mend = "Nothing, unless it is known.";
        let note = Diagnostic::note(self.record.line, codes::NOT_STATED, format!("{words}."), mend);
        if !self.remarks.contains(&note) {
            self.remarks.push(note);
        }
    }
}
