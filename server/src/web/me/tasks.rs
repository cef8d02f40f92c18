//! From the verdicts of all proposals to what waits on one person, and what they wait on.
//!
//! Everything is in memory; histories are folded only where a line is theirs and about a request.

use std::{iter::repeat_n, sync::Arc};

use app::features::me::port::{Awaited, MeView, Task};
use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, RequestState, Rule, Waiting, Who};

use super::{
    announcements, check_ins, checklist,
    matter::Matter,
    plans::{Plans, is_acceptance},
    representation,
};
use crate::{
    store::person::Person,
    verdicts::{Belongs, Moment, ProposalRecord, Row, World},
    web::views,
};

/// Somebody who looks at what waits on them.
pub(super) struct Looker<'a> {
    pub(super) world: &'a World,
    pub(super) person: &'a Person,
    pub(super) now: DateTime<Utc>,
    groups: Belongs<'a>,
}

impl<'a> Looker<'a> {
    pub(super) fn new(world: &'a World, person: &'a Person, now: DateTime<Utc>) -> Self {
        Self { world, person, now, groups: Belongs::of(world, person, now) }
    }

    /// Whether one of the logins means them.
    pub(super) fn is_any(&self, logins: &[String]) -> bool {
        self.groups.is_any(logins)
    }

    /// Whether they are in the team of a release.
    pub(super) fn in_team(&self, calendar: &str, release: ReleaseVersion) -> bool {
        self.groups.in_team(calendar, release)
    }

    /// Whether they are a member of a SIG of a source.
    pub(super) fn is_member(&self, source: &str, sig: &str) -> bool {
        self.groups.is_member(source, sig)
    }

    /// All proposals with their rows, in the order of their keys.
    fn rows(&self) -> Vec<(&'a ProposalRecord, Arc<Row>)> {
        let all = self.world.rows(Moment::Now(self.now));
        let records = self.world.proposals.values().zip(all.iter());
        records.flat_map(|(record, rows)| rows.iter().map(move |row| (&**record, row.clone()))).collect()
    }

    /// What waits on them, and what they wait on.
    pub(super) fn look(&self) -> MeView {
        let mut view = MeView::default();
        let mut plans = Plans::default();
        let mut due = checklist::Due::default();
        let mut weekly = check_ins::Weekly::default();
        for (record, row) in self.rows() {
            let Some(release) = row.release else { continue };
            let owns = self.is_any(&row.owners);
            for (place, waiting) in row.verdict.waiting.iter().enumerate() {
                match self.role(waiting, record, &row, release) {
                    Some(role) => self.take(&mut view, &mut plans, (record, &row), (place, waiting), role),
                    None if waiting.who != Who::Nobody => {
                        self.await_it(&mut view, (record, &row), (place, waiting), owns);
                    }
                    None => {}
                }
            }
            due.count(self, record, &row, release);
            weekly.count(self, record, &row, release);
        }
        view.waits_on_you.extend(plans.tasks());
        view.waits_on_you.extend(due.tasks());
        view.waits_on_you.extend(announcements::tasks(self));
        view.waits_on_you.extend(representation::tasks(self));
        view.waits_on_you.extend(weekly.tasks(self));
        view.waits_on_you
            .sort_by_key(|task| (task.deadline.is_none(), task.deadline, task.since.is_none(), task.since));
        view.you_wait_on.sort_by_key(|awaited| (awaited.since.is_none(), awaited.since));
        view
    }

    /// The role in which a line is theirs, in words.
    fn role(&self, waiting: &Waiting, record: &ProposalRecord, row: &Row, release: ReleaseVersion) -> Option<String> {
        let source = &record.source;
        match &waiting.who {
            Who::Owner if self.is_any(&waiting.logins) => Some("owner".to_owned()),
            Who::Requester if self.is_any(&waiting.logins) => Some("requester".to_owned()),
            Who::Reviewers(_) if self.is_any(&waiting.logins) => Some("reviewer".to_owned()),
            Who::Sig(sig) if self.is_member(&source.id, sig) => Some(format!("member of {sig}")),
            Who::Sig(sig) => self.owed_sign_off(waiting, record, row, sig).map(|sig| format!("member of {sig}")),
            Who::ReleaseTeam if self.in_team(&source.calendar, release) => Some("release team".to_owned()),
            _ => None,
        }
    }

    /// A sign-off waits on every SIG that has not given it; the verdict names the first.
    fn owed_sign_off(&self, waiting: &Waiting, record: &ProposalRecord, row: &Row, first: &str) -> Option<String> {
        let asked = record.source.sign_off.iter().filter(|sig| *sig != first && **sig != row.sig);
        let mut mine = asked.filter(|sig| self.is_member(&record.source.id, sig)).peekable();
        mine.peek()?;
        let is_sign_off = matches!(Matter::of(waiting, row), Matter::Requirement(r) if r.rule == Rule::SignOff);
        let given = |sig: &str| record.history.at(self.now).signed_off.contains(&sig);
        mine.find(|sig| is_sign_off && !given(sig)).cloned()
    }

    /// The request that a line is about. Lines about requests come first, in the order of the requests: one for whoever
    /// owes an answer, or one for each group that decides.
    fn request(&self, record: &ProposalRecord, row: &Row, place: usize) -> Option<Asked> {
        let release = row.release?;
        let dates = self.world.releases.get(&(record.source.calendar.clone(), release))?.dates_at(self.now);
        let known = record.history.at(self.now);
        let participation = known.participation(release, &dates);
        let lines = |state: &RequestState| match state {
            RequestState::NeedsInformation { .. } => 1,
            _ => 1 + usize::from(record.source.sig_decides_exceptions),
        };
        let undecided = participation.requests.all.iter().filter(|request| request.state.undecided());
        let request = undecided.flat_map(|request| repeat_n(request, lines(&request.state))).nth(place)?;
        let before = request.freeze.and_then(|freeze| dates.freeze(freeze)).filter(|freeze| *freeze > self.now);
        Some(Asked {
            id: request.id,
            own: self.person.is(request.requester),
            // Before the freeze it should be decided by then, after it before the time that was asked for is over.
            deadline: before.unwrap_or(request.asked_until),
        })
    }

    fn take(
        &self,
        view: &mut MeView,
        plans: &mut Plans,
        (record, row): (&ProposalRecord, &Row),
        (place, waiting): (usize, &Waiting),
        role: String,
    ) {
        let matter = Matter::of(waiting, row);
        let mut deadline = waiting.deadline;
        let mut request = None;
        match matter {
            Matter::Acceptance => return plans.add(row, role),
            // Said with the plan already.
            Matter::Requirement(_) if is_acceptance(matter, waiting, row) => return,
            Matter::Exception(freeze) => deadline = row.verdict.judgement(freeze).deadline,
            Matter::Denied => deadline = waiting.since,
            Matter::Request => {
                request = self.request(record, row, place);
                deadline = request.as_ref().map(|request| request.deadline);
                let own = request.as_ref().is_some_and(|request| request.own);
                // Nobody decides a request of their own (P-18).
                if own && waiting.who != Who::Requester {
                    view.you_wait_on.push(awaited(waiting, row, request.map(|request| request.id)));
                    return;
                }
                // Whoever is in both groups that decide is asked once.
                if matches!(waiting.who, Who::Sig(_)) && self.in_team(&record.source.calendar, row.verdict.release) {
                    return;
                }
            }
            Matter::Requirement(_) | Matter::Landing => {}
        }
        view.waits_on_you.push(Task {
            what: waiting.what.clone(),
            why: waiting.why.clone(),
            proposal: Some(views::link_of(row)),
            release: row.release,
            role,
            since: waiting.since,
            deadline,
            act: matter.act(waiting, row, request.map(|request| request.id)),
        });
    }

    /// A line that waits on others: theirs to wait for when they own the proposal or asked for the exception.
    fn await_it(
        &self,
        view: &mut MeView,
        (record, row): (&ProposalRecord, &Row),
        (place, waiting): (usize, &Waiting),
        owns: bool,
    ) {
        let about_request = match waiting.who {
            Who::ReleaseTeam | Who::Requester => true,
            Who::Sig(_) => owns && Matter::of(waiting, row) == Matter::Request,
            _ => false,
        };
        if (!owns && !about_request) || is_acceptance(Matter::of(waiting, row), waiting, row) {
            return;
        }
        let request = about_request.then(|| self.request(record, row, place)).flatten();
        if owns || request.as_ref().is_some_and(|request| request.own) {
            view.you_wait_on.push(awaited(waiting, row, request.map(|request| request.id)));
        }
    }
}

/// What is to be known of a request.
struct Asked {
    id: i64,
    own: bool,
    deadline: DateTime<Utc>,
}

fn awaited(waiting: &Waiting, row: &Row, request: Option<i64>) -> Awaited {
    Awaited {
        what: waiting.what.clone(),
        whom: waiting.who.words(),
        logins: waiting.logins.clone(),
        proposal: views::link_of(row),
        release: row.release,
        since: waiting.since,
        href: request.map(|id| format!("/exceptions/{id}")),
    }
}
