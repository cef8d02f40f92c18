//! Weekly check-ins (PROCESS 5): who spoke in which week and role, what changed since, what one would expect to be said.
//!
//! Left out on purpose: who may speak ([`crate::policy`]) and whether it is possible ([`crate::decision`]).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{CheckInOutcome, Event, Known, Recorded, ReleaseVersion, RetargetReason, Role, Standing};

mod changes;
mod suggestion;
mod week;

pub use changes::{Change, changes};
pub use suggestion::{Suggestion, suggest};
pub use week::{NoWeek, Week};

/// The two sides that check in (P-21). One person in both roles fills both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Halves {
    /// The release team.
    pub release_team: bool,
    /// An approver, or another member of the owning SIG.
    pub approver: bool,
}

impl Halves {
    /// The sides for which somebody can speak.
    pub fn of(standing: &Standing) -> Self {
        Self {
            release_team: standing.has(Role::ReleaseTeam),
            approver: standing.has(Role::Approver) || standing.has(Role::SigMember),
        }
    }

    /// Whether any is there.
    pub const fn any(self) -> bool {
        self.release_team || self.approver
    }

    /// Whether both are.
    pub const fn both(self) -> bool {
        self.release_team && self.approver
    }

    /// Who spoke, in words; empty for nobody.
    pub const fn words(self) -> &'static str {
        match (self.release_team, self.approver) {
            (true, true) => "release team and approver",
            (true, false) => "release team",
            (false, true) => "approver",
            (false, false) => "",
        }
    }

    /// Who has not spoken yet, in words; empty when both have.
    pub const fn missing(self) -> &'static str {
        Self { release_team: !self.release_team, approver: !self.approver }.words()
    }
}

/// What a check-in proposes, for the owning SIG to confirm (P-21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Proposed {
    /// To move it to another release (P-15).
    Retarget {
        /// Where to.
        to: ReleaseVersion,
        /// Kind of reason.
        reason: RetargetReason,
    },
    /// To reject it.
    Reject,
}

impl Proposed {
    /// In words: "retarget to v1.11, new blocker".
    pub fn words(self) -> String {
        match self {
            Self::Retarget { to, reason } => format!("retarget to {to}, {}", reason.words()),
            Self::Reject => "reject".to_owned(),
        }
    }
}

/// What somebody said in a check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Said {
    /// Place in the log.
    pub event: i64,
    /// Login of the person whose word it is.
    pub by: String,
    /// Who recorded it, if another.
    pub recorded_by: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// In which roles.
    pub halves: Halves,
    /// The outcome.
    pub outcome: CheckInOutcome,
    /// In a sentence.
    pub sentence: String,
    /// What it proposes to the owning SIG.
    pub proposed: Option<Proposed>,
    /// The SIG's word against what it proposes.
    pub declined: Option<Declined>,
}

impl Said {
    /// What the owning SIG is asked for: "Confirm or decline: retarget to v1.11, new blocker".
    pub fn asks(&self) -> Option<String> {
        self.proposed.map(|proposed| format!("Confirm or decline: {}", proposed.words()))
    }

    /// Who asks, and why.
    pub fn argues(&self) -> String {
        format!("@{} proposed it: {}", self.by, self.sentence)
    }
}

/// The owning SIG's word that a participation stays, although a check-in proposed that it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Declined {
    /// Login of the person whose word it is.
    pub by: String,
    /// Who recorded it, if another.
    pub recorded_by: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Why it stays.
    pub reason: String,
}

/// The check-in of one participation in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// The week.
    pub week: Week,
    /// Everything that was said, in the order of the log: what was amended is kept.
    pub said: Vec<Said>,
    /// What owners said to it, in the order of the log.
    #[serde(default)]
    pub answers: Vec<Answer>,
}

/// What an owner said to a check-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Answer {
    /// Place in the log.
    pub event: i64,
    /// Login of the person whose word it is.
    pub by: String,
    /// Who recorded it, if another.
    pub recorded_by: Option<String>,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// What they said.
    pub sentence: String,
}

impl CheckIn {
    /// A week in which nobody spoke.
    pub const fn gap(week: Week) -> Self {
        Self { week, said: Vec::new(), answers: Vec::new() }
    }

    /// What holds for the release team: its latest word.
    pub fn release_team(&self) -> Option<&Said> {
        self.said.iter().rev().find(|said| said.halves.release_team)
    }

    /// What holds for the approver: the latest word of that side.
    pub fn approver(&self) -> Option<&Said> {
        self.said.iter().rev().find(|said| said.halves.approver)
    }

    /// The sides that spoke.
    pub fn halves(&self) -> Halves {
        Halves { release_team: self.release_team().is_some(), approver: self.approver().is_some() }
    }

    /// What holds: the graver of what the two sides say, so that a cheerful word hides no warning; among equals the later.
    pub fn outcome(&self) -> Option<&Said> {
        [self.release_team(), self.approver()]
            .into_iter()
            .flatten()
            .max_by_key(|said| (said.outcome.gravity(), said.event))
    }

    /// Whether a word was amended by a later one of the same side.
    pub fn is_amended(&self, said: &Said) -> bool {
        let holds = |latest: Option<&Said>| latest.is_some_and(|latest| latest.event == said.event);
        !holds(self.release_team()) && !holds(self.approver())
    }
}

impl CheckInOutcome {
    /// How grave it is, from 0.
    pub const fn gravity(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::OnTrack => 1,
            Self::AtRisk => 2,
            Self::Blocked => 3,
            Self::RetargetOrReject => 4,
        }
    }
}

fn said(recorded: &Recorded, release: ReleaseVersion) -> Option<(Week, Said)> {
    let Event::CheckedIn { release: of, week, release_team, approver, outcome, sentence, proposed } = &recorded.event
    else {
        return None;
    };
    (*of == release).then(|| {
        let said = Said {
            event: recorded.id,
            by: recorded.person().to_owned(),
            recorded_by: recorded.on_behalf_of.as_ref().map(|_| recorded.actor.clone()),
            at: recorded.occurred_at,
            halves: Halves { release_team: *release_team, approver: *approver },
            outcome: *outcome,
            sentence: sentence.clone(),
            proposed: *proposed,
            declined: None,
        };
        (*week, said)
    })
}

/// Everything that was said of a participation, in the order of the log. Declining is about the latest proposal before it.
fn all_said(known: &Known<'_>, release: ReleaseVersion) -> Vec<(Week, Said)> {
    let mut all: Vec<_> = known.events.iter().filter_map(|recorded| said(recorded, release)).collect();
    all.sort_by_key(|(_, said)| said.event);
    for recorded in &known.events {
        let Event::Declined { release: of, reason } = &recorded.event else { continue };
        let before = all.iter_mut().rev().find(|(_, said)| said.event < recorded.id && said.proposed.is_some());
        if let Some((_, said)) = before.filter(|_| *of == release) {
            said.declined = Some(Declined {
                by: recorded.person().to_owned(),
                recorded_by: recorded.on_behalf_of.as_ref().map(|_| recorded.actor.clone()),
                at: recorded.occurred_at,
                reason: reason.clone(),
            });
        }
    }
    all
}

fn answer(recorded: &Recorded, release: ReleaseVersion) -> Option<(Week, Answer)> {
    let Event::CheckInAnswered { release: of, week, sentence } = &recorded.event else { return None };
    (*of == release).then(|| {
        let answer = Answer {
            event: recorded.id,
            by: recorded.person().to_owned(),
            recorded_by: recorded.on_behalf_of.as_ref().map(|_| recorded.actor.clone()),
            at: recorded.occurred_at,
            sentence: sentence.clone(),
        };
        (*week, answer)
    })
}

/// The check-ins of a participation, by week; weeks in which neither side spoke are left out, whatever an owner answered.
pub fn check_ins(known: &Known<'_>, release: ReleaseVersion) -> BTreeMap<Week, CheckIn> {
    let mut all = with_answers(known, release);
    all.retain(|_, check_in| !check_in.said.is_empty());
    all
}

/// The same with the weeks in which only an owner spoke.
pub fn with_answers(known: &Known<'_>, release: ReleaseVersion) -> BTreeMap<Week, CheckIn> {
    let mut all: BTreeMap<Week, CheckIn> = BTreeMap::new();
    for (week, said) in all_said(known, release) {
        all.entry(week).or_insert_with(|| CheckIn::gap(week)).said.push(said);
    }
    for (week, answer) in known.events.iter().filter_map(|recorded| answer(recorded, release)) {
        all.entry(week).or_insert_with(|| CheckIn::gap(week)).answers.push(answer);
    }
    for check_in in all.values_mut() {
        check_in.answers.sort_by_key(|answer| answer.event);
    }
    all
}

/// The check-in of one week.
pub fn check_in(known: &Known<'_>, release: ReleaseVersion, week: Week) -> CheckIn {
    with_answers(known, release).remove(&week).unwrap_or_else(|| CheckIn::gap(week))
}

/// What a check-in proposed and the owning SIG has still to confirm: as long as the participation is tracked and the
/// SIG's side has not said otherwise since. Confirming is retargeting or rejecting; declining is a decision of its own, or
/// another outcome.
pub fn to_confirm(known: &Known<'_>, release: ReleaseVersion) -> Option<(Week, Said)> {
    let mut all = all_said(known, release);
    let place = all.iter().rposition(|(_, said)| said.proposed.is_some())?;
    let otherwise = all.iter().skip(place + 1).any(|(_, later)| later.halves.approver && later.proposed.is_none());
    let proposal = all.swap_remove(place);
    (!otherwise && proposal.1.declined.is_none()).then_some(proposal)
}

/// The weeks in which a participation had to be checked: from the week of its acceptance to that of `until`, at most to
/// that of GA.
pub fn weeks(
    accepted: Option<DateTime<Utc>>,
    first: DateTime<Utc>,
    until: DateTime<Utc>,
    ga: Option<DateTime<Utc>>,
) -> Vec<Week> {
    let from = accepted.map_or(first, |at| at.max(first));
    let last = ga.map_or(until, |ga| ga.min(until));
    if from > last { Vec::new() } else { Week::of(from).until(Week::of(last)).collect() }
}
