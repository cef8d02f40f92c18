//! Who can act on what a participation waits on.

use chrono::{DateTime, Utc};
use domain::{Concern, Event, Source, Waiting, Week, Who, representation::Seat};

use super::{ProposalRecord, Row, World};

/// Somebody who can act.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Able {
    /// Login.
    pub login: String,
    /// As what, in words: "owner", "member of sig-ci".
    pub role: String,
}

impl World {
    /// Everybody who can act on a line. Of a SIG it is the representative of the week, where one is named.
    pub fn who_can_act(&self, record: &ProposalRecord, row: &Row, waiting: &Waiting, now: DateTime<Utc>) -> Vec<Able> {
        let source = &record.source;
        let as_role = |logins: Vec<String>, role: &str| {
            logins.into_iter().map(|login| Able { login, role: role.to_owned() }).collect::<Vec<_>>()
        };
        let of_sig = |sig: &str| as_role(self.voices_of(source, sig, now), &format!("member of {sig}"));
        let mut all = match &waiting.who {
            Who::Owner => as_role(waiting.logins.clone(), "owner"),
            Who::Requester => as_role(waiting.logins.clone(), "requester"),
            Who::Reviewers(_) => as_role(waiting.logins.clone(), "reviewer"),
            Who::Sig(sig) => of_sig(sig),
            Who::ReleaseTeam => {
                as_role(self.release_team(&source.calendar, row.release, now), "member of the release team")
            }
            Who::Nobody => Vec::new(),
        };
        // Nobody decides a request of their own (P-18).
        if waiting.who != Who::Requester {
            all.retain(|able| !asked_by(record, waiting, |requester| requester.eq_ignore_ascii_case(&able.login)));
        }
        all.sort_unstable();
        all.dedup_by(|one, other| one.login.eq_ignore_ascii_case(&other.login));
        all
    }

    /// Who hears for a SIG: its representative of the week, where one is named, else all of its members.
    pub fn voices_of(&self, source: &Source, sig: &str, now: DateTime<Utc>) -> Vec<String> {
        let week = Week::of(now);
        let seat = Seat::Sig(sig.to_owned());
        let here = self.representatives().iter().filter(|one| one.seat == seat && one.in_week(week));
        let named: Vec<_> = here.map(|one| one.login.clone()).collect();
        if named.is_empty() { self.groups(source, None, now).sigs.remove(sig).unwrap_or_default() } else { named }
    }
}

/// Whether the request for an exception that a line is about was made by somebody.
pub fn asked_by(record: &ProposalRecord, waiting: &Waiting, is: impl Fn(&str) -> bool) -> bool {
    let Concern::Request { id } = waiting.concern else { return false };
    let sent = record.history.events.iter().find(|recorded| recorded.id == id);
    sent.is_some_and(|sent| matches!(&sent.event, Event::ExceptionSent { requester, .. } if is(requester)))
}
