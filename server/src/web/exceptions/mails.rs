//! The mails of a request as pages show them: to whom, what, and whether the tracker sends them itself.

use app::{features::exceptions::port::Mail, words};
use chrono::{DateTime, Utc};
use domain::{
    Freeze, ReleaseDates, ReleaseVersion, RequestView,
    outgoing::{self, About, Answer, Asked},
};

use crate::{
    config::Config,
    store::outbox::{Entry, Outgoing, State},
    verdicts::{ProposalRecord, World},
};

/// What the mails of a request are about.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Everything known.
    pub world: &'a World,
    /// The configuration.
    pub config: &'a Config,
    /// The proposal.
    pub record: &'a ProposalRecord,
    /// The release.
    pub release: ReleaseVersion,
    /// The freeze; none for "other".
    pub freeze: Option<Freeze>,
    /// Dates of the release.
    pub dates: &'a ReleaseDates,
    /// The request's address, once it was sent.
    pub id: Option<i64>,
}

/// Where mails go when the calendar names no list.
const NO_LIST: &str = "kubevirt-dev@googlegroups.com";

impl<'a> Subject<'a> {
    fn about(&self) -> About<'a> {
        About {
            source: &self.record.source,
            number: self.record.history.number,
            title: &self.record.title,
            release: self.release,
            freeze: self.freeze,
            dates: self.dates,
            base: self.config.address(),
            id: self.id,
        }
    }

    fn addressed(&self, mail: outgoing::Mail) -> Mail {
        let calendar = self.world.calendars.iter().find(|calendar| calendar.id == self.record.source.calendar);
        let list = calendar.and_then(|calendar| calendar.mailing_list.clone());
        let to = list.unwrap_or_else(|| NO_LIST.to_owned());
        Mail { to, subject: mail.subject, body: mail.body, sending: None }
    }

    /// The mail that asks.
    pub fn request(&self, asked: &Asked<'_>) -> Mail {
        self.addressed(outgoing::request_mail(&self.about(), asked))
    }

    /// The answer in its thread, and the comment on the tracking issue.
    pub fn answer(&self, answer: &Answer<'_>) -> (Mail, String) {
        let about = self.about();
        (self.addressed(outgoing::answer_mail(&about, answer)), outgoing::decision_comment(&about, answer))
    }
}

/// Position in the log of the latest decision on a request.
pub fn decided_by(request: &RequestView<'_>) -> Option<i64> {
    use domain::Event::{ExceptionDenied, ExceptionGranted};
    let decides = |event: &domain::Event| matches!(event, ExceptionGranted { .. } | ExceptionDenied { .. });
    request.log.iter().rev().find(|recorded| decides(&recorded.event)).map(|recorded| recorded.id)
}

/// What is known of the sending of the mail that an event causes.
pub fn sending(outbox: &[Entry], event: i64, now: DateTime<Utc>) -> Option<String> {
    let mut caused = outbox.iter().filter(|entry| entry.event == event);
    let (entry, to) = caused.find_map(|entry| match &entry.what {
        Ok(Outgoing::Mail(mail)) => Some((entry, &mail.to)),
        _ => None,
    })?;
    Some(match (entry.state, &entry.last_error) {
        (State::Sent, _) => {
            let when = entry.sent_at.map(|at| words::ago(at, now)).unwrap_or_default();
            format!("The tracker sent it to {to} {when}.")
        }
        (State::Cancelled, _) => "It was cancelled in the outbox.".to_owned(),
        (State::Uncertain, _) => {
            "Nobody knows whether the mail server took it. Look into the archive; an admin says so in the outbox."
                .to_owned()
        }
        (State::Failed, why) => {
            let why = why.as_deref().unwrap_or("no reason is given");
            format!("The tracker cannot send it ({why}). Send it yourself.")
        }
        (State::Waiting, Some(why)) => {
            format!("The tracker could not send it yet ({why}); it tries again. If it is urgent, send it yourself.")
        }
        (State::Waiting | State::Held | State::Sending, _) => "The tracker sends it within a minute.".to_owned(),
    })
}
