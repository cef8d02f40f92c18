//! The requests of one proposal that are known, and which of them a record is.

use chrono::{DateTime, Utc};
use domain::{Event, Freeze, ReleaseVersion, words::date_of};

use super::{NOBODY, target::Target, told::Step};
use crate::{
    documents::exceptions::{ExceptionRecord, On},
    verdicts::ProposalRecord,
};

/// What is known about the requests of a proposal; grows while a list is imported.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Whether something has named the proposal.
    pub titled: bool,
    known: Vec<Known>,
    /// The highest number ever given, also to what was undone.
    last: u32,
}

/// One known request.
#[derive(Debug)]
struct Known {
    number: u32,
    release: ReleaseVersion,
    freeze: Option<Freeze>,
    requester: String,
    sent: Option<DateTime<Utc>>,
    /// Everything that happened to it, numbers included.
    steps: Vec<Step>,
    /// Whether a record of this import is this request; no second one is.
    taken: bool,
}

/// Which request a record is.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A new one, which gets this number.
    New(u32),
    /// This one.
    Known(u32),
}

impl Ledger {
    /// What the log knows about a proposal.
    pub fn of(record: Option<&ProposalRecord>) -> Self {
        let Some(record) = record else { return Self::default() };
        let mut ledger = Self { titled: record.title != "Untitled", ..Self::default() };
        for recorded in &record.history.events {
            let Some(number) = recorded.event.request() else { continue };
            let step = Step {
                at: recorded.occurred_at,
                actor: recorded.actor.clone(),
                on_behalf_of: recorded.on_behalf_of.clone(),
                link: recorded.link.clone(),
                event: recorded.event.clone(),
            };
            ledger.learn(number, step);
        }
        ledger
    }

    fn learn(&mut self, number: u32, step: Step) {
        self.last = self.last.max(number);
        if let Some(known) = self.known.iter_mut().find(|known| known.number == number) {
            known.steps.push(step);
        } else if let Event::ExceptionSent { release, freeze, requester, .. } = &step.event {
            self.known.push(Known {
                number,
                release: *release,
                freeze: *freeze,
                requester: requester.clone(),
                sent: step.at,
                steps: vec![step],
                taken: false,
            });
        }
    }

    /// The request that a record is: one for the same release and freeze that agrees best, each once in an import.
    pub fn find(&mut self, target: &Target, record: &ExceptionRecord, steps: &[Step]) -> Found {
        let sent = steps.first().and_then(|step| step.at);
        let likeness = |known: &Known| known.likeness(target, record, sent);
        let free = self.known.iter_mut().filter(|known| !known.taken);
        // Of equals the first: lists and logs keep the order of time.
        let best = free.filter_map(|known| Some((likeness(known)?, known))).rev().max_by_key(|(likeness, _)| *likeness);
        if let Some((_, known)) = best {
            known.taken = true;
            return Found::Known(known.number);
        }
        let asked = record.request.filter(|number| self.known.iter().all(|known| known.number != *number));
        Found::New(asked.unwrap_or_else(|| self.last.saturating_add(1)))
    }

    /// Adds a new request; its steps with their number.
    pub fn add(&mut self, number: u32, target: &Target, steps: Vec<Step>) -> Vec<Step> {
        let steps: Vec<_> = steps.into_iter().map(|step| numbered(step, number)).collect();
        for step in &steps {
            self.learn(number, step.clone());
        }
        if let Some(known) = self.known.iter_mut().find(|known| known.number == number) {
            known.taken = true;
            debug_assert_eq!(known.release, target.release);
        }
        steps
    }

    /// The steps of a known request that are not known, with their number; and how it was decided, when the list says
    /// otherwise. A list that states steps adds those that differ; one that states a status adds what has no like, and
    /// never a second decision.
    pub fn missing(&mut self, number: u32, steps: Vec<Step>, exact: bool) -> (Vec<Step>, Option<String>) {
        let Some(known) = self.known.iter_mut().find(|known| known.number == number) else {
            return (Vec::new(), None);
        };
        let mut missing = Vec::new();
        let mut otherwise = None;
        for step in steps.into_iter().skip(1).map(|step| numbered(step, number)) {
            let decided = known.steps.iter().rev().find(|known| decides(&known.event));
            let unknown = match decided {
                _ if exact => !known.steps.contains(&step),
                Some(decision) if decides(&step.event) => {
                    let same = step.is_like(&decision.event);
                    otherwise = otherwise.or((!same).then(|| decision.event.tell()));
                    false
                }
                Some(_) => matches!(step.event, Event::ExceptionFiled { .. }) && known.lacks(&step),
                None => known.lacks(&step),
            };
            if unknown {
                known.steps.push(step.clone());
                missing.push(step);
            }
        }
        (missing, otherwise)
    }
}

impl Known {
    fn lacks(&self, step: &Step) -> bool {
        !self.steps.iter().any(|known| step.is_like(&known.event))
    }

    /// How well a record agrees with this request; none when it is another.
    ///
    /// A thread that both name settles it. Else the day has to agree, to the instant where the record states one, and
    /// the requester where both name one. Agreement beyond that tells apart what is alike.
    fn likeness(
        &self,
        target: &Target,
        record: &ExceptionRecord,
        sent: Option<DateTime<Utc>>,
    ) -> Option<(bool, bool, bool, bool)> {
        if (self.release, self.freeze) != (target.release, record.phase.freeze()) {
            return None;
        }
        let requester = record.requester.as_deref().unwrap_or(NOBODY);
        let same_requester = self.requester.eq_ignore_ascii_case(requester);
        let open = self.requester == NOBODY || requester == NOBODY;
        let same_time =
            if record.steps.is_empty() { self.on_same_day(target, record, sent) } else { self.sent == sent };
        let same_thread = record.thread.as_deref().is_some_and(|thread| {
            let filed = |step: &Step| matches!(&step.event, Event::ExceptionFiled { thread: t, .. } if t == thread);
            self.steps.iter().any(filed)
        });
        let other_mail = !record.steps.is_empty() && !same_time;
        let same = (same_thread && !other_mail) || (same_time && (same_requester || open));
        let same_number = record.request == Some(self.number);
        same.then_some((same_thread, same_time, same_requester, same_number))
    }

    fn on_same_day(&self, target: &Target, record: &ExceptionRecord, sent: Option<DateTime<Utc>>) -> bool {
        match (self.sent, record.requested) {
            (Some(at), Some(On::Day(day))) => date_of(at, target.zone) == day || at.date_naive() == day,
            (at, _) => at == sent,
        }
    }
}

const fn decides(event: &Event) -> bool {
    matches!(event, Event::ExceptionGranted { .. } | Event::ExceptionDenied { .. } | Event::ExceptionWithdrawn { .. })
}

fn numbered(mut step: Step, number: u32) -> Step {
    match &mut step.event {
        Event::ExceptionSent { request, .. }
        | Event::ExceptionFiled { request, .. }
        | Event::ExceptionInReview { request }
        | Event::ExceptionNeedsInformation { request, .. }
        | Event::ExceptionAnswered { request, .. }
        | Event::ExceptionGranted { request, .. }
        | Event::ExceptionDenied { request, .. }
        | Event::ExceptionWithdrawn { request } => *request = number,
        _ => {}
    }
    step
}
