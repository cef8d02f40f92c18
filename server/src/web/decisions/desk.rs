//! What a person can decide about a proposal as it stands: what is offered in menus and forms, and why the rest is not.
//!
//! Nothing is decided here. The use case asks the same rules again when something is.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Action, Case, Circumstances, Decision, Event, Halves, Known, Outcome, Recorded, Refusal, ReleaseDates,
    ReleaseVersion, Role, Rule, RuleError, Standing, Verdict, checklist,
    decision::{UNDO_MINUTES, undo_minutes_left},
    owning_sig, policy,
};

use crate::{
    store::person::Person,
    verdicts::{ProposalRecord, World},
};

/// A proposal on somebody's desk.
pub struct Desk<'a> {
    /// Everything known.
    pub world: &'a World,
    /// The proposal.
    pub record: &'a ProposalRecord,
    /// What is known about it now.
    pub known: &'a Known<'a>,
    /// The release that decisions on one release are about.
    pub release: Option<ReleaseVersion>,
    /// The verdict on the proposal in that release, where it takes part in it.
    pub verdict: Option<&'a Verdict>,
    /// Now.
    pub now: DateTime<Utc>,
    person: Option<&'a Person>,
    standing: Standing,
}

/// Why somebody cannot decide something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// They may not.
    Refused(Refusal),
    /// It is not possible where the proposal stands, in words.
    Rule(String),
}

impl<'a> Desk<'a> {
    /// The desk of somebody; of nobody in particular without a person.
    pub fn of(
        person: Option<&'a Person>,
        (world, record, known): (&'a World, &'a ProposalRecord, &'a Known<'a>),
        (release, verdict): (Option<ReleaseVersion>, Option<&'a Verdict>),
        now: DateTime<Utc>,
    ) -> Self {
        // Admins decide nothing about a proposal by being one, so that it does not matter here who is.
        let standing = world.standing(person.map(|person| (person, false)), record, known, release, now);
        Self { world, record, known, release, verdict, now, person, standing }
    }

    /// The role in which the person may do something that is possible now.
    ///
    /// # Errors
    /// Why they may not, else why it is not possible.
    pub fn can(&self, action: Action) -> Result<Role, Why> {
        let mut why = None;
        for decision in self.candidates(action)? {
            match self.can_decide(decision) {
                Ok(role) => return Ok(role),
                // What is not possible says more than what is not allowed.
                Err(other) if why.is_none() || matches!(other, Why::Rule(_)) => why = Some(other),
                Err(_) => {}
            }
        }
        Err(why.unwrap_or_else(|| Why::Rule("there is nothing that it could be done to".to_owned())))
    }

    /// Whether the person may record something as another's word, which they may not give themselves (PROCESS 7).
    pub fn can_record_for_another(&self, action: Action) -> bool {
        let keeps_records = self.standing.has(Role::SigMember) || self.standing.has(Role::ReleaseTeam);
        let own_proposal = action == Action::Waive && self.standing.has(Role::Owner);
        if !keeps_records || own_proposal || action == Action::Undo {
            return false;
        }
        let whose = match action {
            Action::Acknowledge => self.known.approvers().into_iter().chain(self.known.reviewers()).next(),
            _ => self.known.owners().into_iter().next(),
        };
        let candidates = self.candidates(action).unwrap_or_default();
        candidates.into_iter().any(|decision| self.try_out(decision, whose.unwrap_or_default()).is_ok())
    }

    /// Whether somebody who can would think of it now: what has been done already is not offered in a menu.
    pub fn makes_sense(&self, action: Action) -> bool {
        let open = |rule| self.open_rules().any(|(open, _)| open == rule);
        match action {
            Action::Commit => open(Rule::Commitment),
            Action::NoDocsNeeded => open(Rule::Docs),
            Action::NothingToMerge => open(Rule::Implementation),
            Action::SignLine => self.verdict.is_some_and(checklist::due),
            _ => true,
        }
    }

    /// The same for one decision.
    ///
    /// # Errors
    /// Why they may not, else why it is not possible.
    pub fn can_decide(&self, decision: Decision) -> Result<Role, Why> {
        let role =
            policy::may(decision.action(), &self.standing, &self.circumstances(&decision)).map_err(Why::Refused)?;
        self.try_out(decision, self.own_login()).map(|_| role).map_err(|rule| Why::Rule(rule.to_string()))
    }

    /// Whether the person can waive a requirement of the release.
    pub fn can_waive(&self, rule: Rule) -> bool {
        self.release
            .is_some_and(|release| self.can_decide(Decision::Waive { release, rule, reason: "…".to_owned() }).is_ok())
    }

    /// Who may do something here, in words: "members of sig-ci".
    pub fn who_may(&self, action: Action) -> String {
        let stranger = Standing::with([], []);
        let sig = match action {
            Action::SignOff => self.missing_sign_offs().first().map(|sig| (*sig).to_owned()),
            _ => Some(owning_sig(&self.record.source, &self.record.history, self.known).to_owned()),
        };
        let at = Circumstances { sig, ..Circumstances::default() };
        match policy::may(action, &stranger, &at) {
            Err(Refusal::Role { may, .. }) => may,
            _ => "everybody who is signed in".to_owned(),
        }
    }

    /// Requirements of the release that are not met, with what is open.
    pub fn open_rules(&self) -> impl Iterator<Item = (Rule, &str)> {
        let judgements = self.verdict.into_iter().flat_map(|verdict| &verdict.judgements);
        let requirements = judgements.flat_map(|judgement| &judgement.requirements);
        requirements.filter(|r| r.outcome != Outcome::Pass).map(|r| (r.rule, r.open.as_str()))
    }

    /// Lines of the post-freeze checklist of the release.
    pub fn lines(&self) -> Vec<checklist::Line> {
        let Some(verdict) = self.verdict else { return Vec::new() };
        let extra = self.world.extra_lines(&self.record.source.id, verdict.release);
        checklist::checklist(self.known, verdict, &extra)
    }

    /// SIGs whose sign-off is asked for and missing.
    pub fn missing_sign_offs(&self) -> Vec<&str> {
        let owning = owning_sig(&self.record.source, &self.record.history, self.known);
        domain::missing_sign_offs(&self.record.source, self.known, owning)
    }

    /// Those of them that the person can sign off for.
    pub fn own_sign_offs(&self) -> Vec<&str> {
        self.missing_sign_offs().into_iter().filter(|sig| self.standing.member_of(sig)).collect()
    }

    /// The person's last decision on the proposal and for how many minutes it can be undone, while it can.
    pub fn undoable(&self) -> Option<(&Recorded, i64)> {
        let person = self.person?;
        let mine = |recorded: &&&Recorded| {
            recorded.event.is_decision()
                && !matches!(recorded.event, Event::Undone { .. })
                && person.is(&recorded.actor)
        };
        let last = self.known.events.iter().filter(mine).max_by_key(|recorded| recorded.id)?;
        // What happened earlier and was told late can be undone too, but nobody is asked about it.
        let fresh = last.occurred_at.is_none_or(|at| self.now - at <= TimeDelta::minutes(UNDO_MINUTES));
        self.can_decide(Decision::Undo { event: last.id }).ok().filter(|_| fresh)?;
        Some((last, undo_minutes_left(last.recorded_at, self.now)?))
    }

    /// Whether the person may do such a thing, whatever it is done to.
    ///
    /// # Errors
    /// Why they may not.
    pub fn allowed(&self, action: Action) -> Result<Role, Why> {
        policy::may(action, &self.standing, &Circumstances::default()).map_err(Why::Refused)
    }

    fn circumstances(&self, decision: &Decision) -> Circumstances {
        let (mut freeze_passed, mut sig) = (false, None);
        match decision {
            Decision::Waive { release, rule, .. } => {
                freeze_passed = self.dates(*release).passed(rule.freeze(), self.now);
            }
            Decision::SignOff { sig: named } => sig = Some(named.clone()),
            _ => {}
        }
        Circumstances { freeze_passed, sig, ..Circumstances::default() }
    }

    /// The dates of a release; none for one that no schedule states.
    pub fn dates(&self, release: ReleaseVersion) -> ReleaseDates {
        let calendar = &self.record.source.calendar;
        let known = self.world.releases.get(&(calendar.clone(), release));
        known.map(|known| known.dates_at(self.now)).unwrap_or_default()
    }

    /// Releases that it can move to, the nearest first: those that are scheduled and whose Enhancement Freeze is ahead, and
    /// the one after the last of them.
    pub fn targets(&self) -> Vec<ReleaseVersion> {
        let Some(release) = self.release else { return Vec::new() };
        let calendar = &self.record.source.calendar;
        let all =
            self.world.releases.values().filter(|known| known.calendar == *calendar && !known.versions.is_empty());
        let scheduled: Vec<_> = all.map(|known| known.version).collect();
        let last = scheduled.iter().max().copied().unwrap_or(release).max(release);
        let dates = self.dates(release);
        let participation = self.known.participation(release, &dates);
        let docket = domain::Docket { participation: &participation, release, dates: &dates, now: self.now };
        let mut targets: Vec<_> = scheduled.into_iter().chain([last.next()]).collect();
        targets.retain(|target| docket.takes_in(*target, &self.dates(*target)).is_ok());
        targets.sort_unstable();
        targets.dedup();
        targets
    }

    /// The login under which the person acts.
    fn own_login(&self) -> &str {
        self.person.map_or("", |person| match person.logins.first() {
            Some(login) if !person.is(&person.login) => login.as_str(),
            _ => person.login.as_str(),
        })
    }

    /// What would be recorded as somebody's word.
    fn try_out(&self, decision: Decision, whose: &str) -> Result<Event, RuleError> {
        let is_person = |login: &str| self.person.is_some_and(|person| person.is(login));
        let case = Case {
            source: &self.record.source,
            history: &self.record.history,
            known: self.known,
            dates: &|release| Ok(self.dates(release)),
            extra_lines: &|release| self.world.extra_lines(&self.record.source.id, release),
            recorder: &is_person,
            person: whose,
            halves: Halves::of(&self.standing),
            now: self.now,
        };
        case.decide(decision)
    }
}
