//! Judging a freeze at the instant J (P-11).

use chrono::{DateTime, Utc};

use super::{Judgement, Subject, owning_sig};
use crate::{
    Freeze, Outcome, Requirement, Timing,
    history::{Known, Participation},
    requirement::{Case, sum},
};

/// Where one participation is judged.
pub(super) struct Court<'a, 'k> {
    pub subject: Subject<'a>,
    /// What is known now.
    pub today: &'k Known<'a>,
    /// What was decided by now.
    pub participation: &'k Participation<'a>,
    pub now: DateTime<Utc>,
}

impl<'a> Court<'a, '_> {
    pub fn sig(&self) -> &'a str {
        owning_sig(self.subject.source, self.subject.history, self.today)
    }

    /// One freeze, judged at J: now while its deadline is ahead, then the deadline.
    pub fn judge(&self, freeze: Freeze) -> Judgement {
        let instant = self.subject.dates.freeze(freeze);
        let grant_end = self.participation.requests.grant_end(freeze);
        let deadline = instant.map(|instant| grant_end.map_or(instant, |end| end.max(instant)));
        let timing = match instant {
            None => Timing::NoDate,
            Some(instant) if instant <= self.now => Timing::Passed,
            Some(_) => Timing::Ahead,
        };
        let judged_at = deadline.map_or(self.now, |deadline| deadline.min(self.now));
        let under_grant = instant.filter(|_| grant_end.is_some() && timing == Timing::Passed);
        let (judged_at, requirements) = match under_grant {
            Some(instant) => self.first_pass(freeze, instant, judged_at),
            None => (judged_at, self.requirements_at(freeze, judged_at)),
        };
        let result = sum(&requirements);
        let passed_late = under_grant.is_some_and(|instant| judged_at > instant) && result == Outcome::Pass;
        Judgement {
            freeze,
            timing,
            deadline,
            judged_at,
            done_in_time: passed_late.then_some(judged_at),
            result,
            requirements,
            request: self.participation.requests.standing_at(freeze, self.now),
        }
    }

    /// Under a grant a pass at any instant since the freeze counts: the first such, else J itself. Only what happened
    /// can change a result, so only those instants are tried.
    fn first_pass(
        &self,
        freeze: Freeze,
        instant: DateTime<Utc>,
        judged_at: DateTime<Utc>,
    ) -> (DateTime<Utc>, Vec<Requirement>) {
        let tries = std::iter::once(instant).chain(self.today.instants_between(instant, judged_at));
        let passed = tries.into_iter().find_map(|at| {
            let requirements = self.requirements_at(freeze, at);
            (sum(&requirements) == Outcome::Pass).then_some((at, requirements))
        });
        passed.unwrap_or_else(|| (judged_at, self.requirements_at(freeze, judged_at)))
    }

    /// The requirements by what had happened at an instant, as known now.
    fn requirements_at(&self, freeze: Freeze, instant: DateTime<Utc>) -> Vec<Requirement> {
        match self.today.earlier(instant) {
            None => self.case(self.today, self.participation, instant).requirements(freeze),
            Some(known) => {
                let participation = known.participation(self.subject.release, self.subject.dates);
                self.case(&known, &participation, instant).requirements(freeze)
            }
        }
    }

    fn case<'k>(
        &'k self,
        known: &'k Known<'a>,
        participation: &'k Participation<'a>,
        judged_at: DateTime<Utc>,
    ) -> Case<'a, 'k> {
        Case {
            source: self.subject.source,
            number: self.subject.history.number,
            // The SIG that owned it at that instant: a later change of hands does not touch what was judged.
            sig: owning_sig(self.subject.source, self.subject.history, known),
            release: self.subject.release,
            dates: self.subject.dates,
            known,
            participation,
            today: self.today,
            now: self.now,
            judged_at,
        }
    }
}
