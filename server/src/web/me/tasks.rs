//! From the verdicts of all proposals to what waits on one person, and what they wait on. Everything is in memory.

use std::sync::Arc;

use app::features::{
    me::port::{Awaited, MeView, Task},
    shared::Act,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{Concern, Freeze, ReleaseVersion, Waiting, Who};

use super::{act::act_on, announcements, check_ins, checklist, plans::Plans, representation};
use crate::{
    store::person::Person,
    verdicts::{Belongs, Moment, ProposalRecord, Row, World, asked_by},
    web::views,
};

/// How long before its Enhancement Freeze a release is spoken about beside the current one.
const NEAR: TimeDelta = TimeDelta::weeks(4);

/// Somebody who looks at what waits on them.
pub struct Looker<'a> {
    pub(super) world: &'a World,
    pub(super) person: &'a Person,
    pub(super) now: DateTime<Utc>,
    groups: Belongs<'a>,
}

impl<'a> Looker<'a> {
    /// Whoever is signed in, now.
    pub fn new(world: &'a World, person: &'a Person, now: DateTime<Utc>) -> Self {
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

    /// Whether the weekly meeting is about a release: the current one of its calendar, and one whose Enhancement Freeze
    /// is near.
    pub(super) fn meets_about(&self, calendar: &str, release: ReleaseVersion) -> bool {
        let known = self.world.releases.get(&(calendar.to_owned(), release));
        let freeze = known.and_then(|known| known.dates_at(self.now).freeze(Freeze::Enhancement));
        let near = freeze.is_some_and(|freeze| self.now < freeze && freeze - self.now <= NEAR);
        near || self.world.current_of(calendar, self.now) == Some(release)
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
            for waiting in &row.verdict.waiting {
                match self.role(waiting, record, release) {
                    Some(role) => self.take(&mut view, &mut plans, (record, &row), waiting, role),
                    None if waiting.who != Who::Nobody => self.await_it(&mut view, (record, &row), waiting, owns),
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

    /// What they do about a line; none where others act on it.
    pub fn act(&self, row: &Row, waiting: &Waiting) -> Option<Act> {
        let record = self.world.proposals.get(&(row.source.clone(), row.number))?;
        // Nobody decides a request of their own (P-18).
        let own = waiting.is_on_exception() && self.asked(record, waiting);
        self.role(waiting, record, row.release?).filter(|_| !own).map(|_| act_on(waiting, row))
    }

    /// The role in which a line is theirs, in words.
    fn role(&self, waiting: &Waiting, record: &ProposalRecord, release: ReleaseVersion) -> Option<String> {
        let source = &record.source;
        match &waiting.who {
            Who::Owner if self.is_any(&waiting.logins) => Some("owner".to_owned()),
            Who::Requester if self.is_any(&waiting.logins) => Some("requester".to_owned()),
            Who::Reviewers(_) if self.is_any(&waiting.logins) => Some("reviewer".to_owned()),
            Who::Sig(sig) if self.is_member(&source.id, sig) => Some(format!("member of {sig}")),
            Who::ReleaseTeam if self.in_team(&source.calendar, release) => Some("release team".to_owned()),
            _ => None,
        }
    }

    /// Whether they asked for the exception that a line is about.
    fn asked(&self, record: &ProposalRecord, waiting: &Waiting) -> bool {
        asked_by(record, waiting, |requester| self.person.is(requester))
    }

    fn take(
        &self,
        view: &mut MeView,
        plans: &mut Plans,
        (record, row): (&ProposalRecord, &Row),
        waiting: &Waiting,
        role: String,
    ) {
        match waiting.concern {
            // Told with its two buttons, among the check-ins.
            Concern::Confirmation => return,
            Concern::Acceptance => return plans.add(row, role),
            // Nobody decides a request of their own (P-18).
            Concern::Request { .. } if waiting.is_on_exception() && self.asked(record, waiting) => {
                return view.you_wait_on.push(awaited(waiting, row));
            }
            // Whoever is in both groups that decide is asked once.
            Concern::Request { .. }
                if matches!(waiting.who, Who::Sig(_)) && self.in_team(&record.source.calendar, row.verdict.release) =>
            {
                return;
            }
            _ => {}
        }
        view.waits_on_you.push(Task {
            what: waiting.what.clone(),
            why: waiting.why.clone(),
            proposal: Some(views::link_of(row)),
            release: row.release,
            role,
            since: waiting.since,
            deadline: waiting.deadline,
            act: act_on(waiting, row),
            or: None,
        });
    }

    /// A line that waits on others: theirs to wait for when they own the proposal or asked for the exception.
    fn await_it(&self, view: &mut MeView, (record, row): (&ProposalRecord, &Row), waiting: &Waiting, owns: bool) {
        if owns || self.asked(record, waiting) {
            view.you_wait_on.push(awaited(waiting, row));
        }
    }
}

fn awaited(waiting: &Waiting, row: &Row) -> Awaited {
    Awaited {
        what: waiting.what.clone(),
        whom: waiting.who.words(),
        logins: waiting.logins.clone(),
        proposal: views::link_of(row),
        release: row.release,
        since: waiting.since,
        href: match waiting.concern {
            Concern::Request { id } => Some(format!("/exceptions/{id}")),
            _ => None,
        },
    }
}
