//! Exceptions in a story: asked for, filed, reviewed, decided (P-16 to P-18).

use domain::{Event, Freeze, ReleaseVersion};

use super::{
    calendar::When,
    people::{RELEASE_TEAM, pick},
    story::Story,
};

/// A request for an exception.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// The release.
    pub release: ReleaseVersion,
    /// The freeze; none for "other".
    pub freeze: Option<Freeze>,
    /// When the mail went out.
    pub sent: When,
    /// The last day asked for.
    pub until: When,
    /// Why.
    pub justification: &'static str,
    /// What happens if it is not granted.
    pub impact: &'static str,
    /// Pull requests it covers, as `owner/name#n`.
    pub covers: &'static [&'static str],
}

impl Story<'_> {
    /// The owner asks.
    pub fn asks(mut self, ask: Ask) -> Self {
        self.request += 1;
        let event = Event::ExceptionSent {
            request: self.request,
            release: ask.release,
            freeze: ask.freeze,
            requester: self.owner.to_owned(),
            justification: ask.justification.to_owned(),
            until: self.calendar.end_of(ask.until),
            impact: ask.impact.to_owned(),
            covers: ask.covers.iter().map(|pull| (*pull).to_owned()).collect(),
        };
        self.by_owner(ask.sent, event)
    }

    /// The link to the mail is recorded by a member of the release team.
    pub fn filed(self, when: When) -> Self {
        let request = self.request;
        let thread =
            format!("https://groups.google.com/g/kubevirt-dev/c/demo-{}-{}-{request}", self.source, self.number);
        self.by_release_team(when, Event::ExceptionFiled { request, thread })
    }

    /// Review begins.
    pub fn in_review(self, when: When) -> Self {
        let request = self.request;
        self.by_decider(when, Event::ExceptionInReview { request })
    }

    /// The release team asks for more.
    pub fn needs_information(self, when: When, question: &str) -> Self {
        let request = self.request;
        self.by_decider(when, Event::ExceptionNeedsInformation { request, question: question.to_owned() })
    }

    /// Granted until the end of a day.
    pub fn granted(self, when: When, until: When, reason: &str) -> Self {
        let (request, until) = (self.request, self.calendar.end_of(until));
        self.by_decider(when, Event::ExceptionGranted { request, until, reason: reason.to_owned() })
    }

    /// Denied.
    pub fn denied(self, when: When, reason: &str) -> Self {
        let request = self.request;
        self.by_decider(when, Event::ExceptionDenied { request, reason: reason.to_owned() })
    }

    /// Taken back by the requester.
    pub fn took_back(self, when: When) -> Self {
        let request = self.request;
        self.by_owner(when, Event::ExceptionWithdrawn { request })
    }

    fn by_decider(self, when: When, event: Event) -> Self {
        let decider = pick(&RELEASE_TEAM[..3], self.number + self.request);
        let mut story = self;
        story.push(when, decider, event);
        story
    }
}
