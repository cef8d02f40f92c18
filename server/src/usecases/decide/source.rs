//! Decisions about a source as a whole: its plan of a release, the lines of its checklist, the snapshot of a freeze.

use chrono::{DateTime, Utc};
use domain::{
    Action, Circumstances, Decision, Event, Freeze, Planned, Recorded, ReleaseVersion, RuleError,
    decision::undo_minutes_left, policy,
};
use serde::{Deserialize, Serialize};

use super::{By, DecideError, Word, find, freeze, judge, record_one, unseen_on};
use crate::{
    store::event,
    usecases::{Context, key::Key},
    verdicts::{Moment, Verdicts, World},
};

/// Longest text of a checklist line, in characters.
const MAX_LINE: usize = 200;

/// Most lines that a SIG adds to the checklist of a release.
const MAX_LINES: usize = 30;

/// Everything that a SIG, or the release team, decides about the proposals of a release together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "action", rename_all = "kebab-case")]
pub enum SourceDecision {
    /// Close the plan: a snapshot of what is accepted, kept for ever (P-5).
    ClosePlan {
        /// The release.
        release: ReleaseVersion,
    },
    /// Put the accepted proposals in this order (P-5).
    Reorder {
        /// The release.
        release: ReleaseVersion,
        /// Their numbers; what is not named stays behind them as it was. Where each document names its own SIG, the
        /// order is that of one SIG's proposals, and those of others keep their places.
        order: Vec<u32>,
    },
    /// Add a line to the post-freeze checklist of a release (P-14).
    AddLine {
        /// The release.
        release: ReleaseVersion,
        /// What is asked.
        text: String,
    },
    /// Take such a line off again.
    RemoveLine {
        /// The release.
        release: ReleaseVersion,
        /// Its key.
        line: String,
    },
    /// Close freeze day: a snapshot of how each was judged at the freeze, kept for ever (P-5, P-26).
    CloseFreeze {
        /// The release.
        release: ReleaseVersion,
        /// Which freeze.
        freeze: Freeze,
    },
    /// Undo one's own last decision about the source.
    Undo {
        /// Its place in the log.
        event: i64,
    },
}

impl SourceDecision {
    /// What is done, for the question who may.
    pub const fn action(&self) -> Action {
        match self {
            Self::ClosePlan { .. } => Action::ClosePlan,
            Self::Reorder { .. } => Action::Rank,
            Self::AddLine { .. } | Self::RemoveLine { .. } => Action::EditChecklist,
            Self::CloseFreeze { .. } => Action::CloseFreeze,
            Self::Undo { .. } => Action::Undo,
        }
    }

    const fn release(&self) -> Option<ReleaseVersion> {
        match self {
            Self::ClosePlan { release }
            | Self::Reorder { release, .. }
            | Self::AddLine { release, .. }
            | Self::RemoveLine { release, .. }
            | Self::CloseFreeze { release, .. } => Some(*release),
            Self::Undo { .. } => None,
        }
    }
}

/// Records a decision about a source as a whole; an order is one event for each proposal that moves. `seen` is the
/// position of the latest decision that its form knew: about the plan ([`World::latest_on_plan`]), or to close freeze day, about
/// any of its proposals ([`World::decided_for_freeze`]).
///
/// # Errors
/// As [`super::decide`]. Nothing is recorded then.
pub async fn decide_on_source(
    context: &Context,
    verdicts: &Verdicts,
    by: &By,
    source: &str,
    decision: SourceDecision,
    seen: Option<i64>,
) -> Result<Vec<Recorded>, DecideError> {
    decide_on_sources(context, verdicts, by, vec![(source.to_owned(), decision)], seen).await
}

/// Records decisions about several sources, each about one: all or none of them.
///
/// # Errors
/// As [`decide_on_source`].
pub async fn decide_on_sources(
    context: &Context,
    verdicts: &Verdicts,
    by: &By,
    decisions: Vec<(String, SourceDecision)>,
    seen: Option<i64>,
) -> Result<Vec<Recorded>, DecideError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let now = context.clock.now();
    let word = Word::of(&mut tx, context, by).await?;
    let at = word.at(by, now)?;
    let mut recorded = Vec::new();
    for (source, decision) in decisions {
        authorise(&world, &source, &word, &decision, now)?;
        if let (Some(release), Some(seen)) = (decision.release(), seen) {
            match decision {
                SourceDecision::CloseFreeze { .. } => freeze::unseen(&world, &source, release, seen)?,
                _ => unseen_on(&world, &source, release, seen)?,
            }
        }
        for (key, event) in events(&world, &source, &word, decision, (at, now))? {
            recorded.push(record_one(&mut tx, &word.event(&key, event, at), now).await?);
        }
    }
    tx.commit().await?;
    Ok(recorded)
}

fn authorise(
    world: &World,
    source: &str,
    word: &Word,
    decision: &SourceDecision,
    now: DateTime<Utc>,
) -> Result<(), DecideError> {
    let known = world.sources.get(source).ok_or_else(|| DecideError::NoSource(source.to_owned()))?;
    if !word.is_operator() {
        let standing = world.standing_on_source(word.signed_in(), known, decision.release(), now);
        policy::may(decision.action(), &standing, &Circumstances::default())?;
    }
    Ok(())
}

/// What is to be recorded, each with the proposal it is about; number 0 is the source as a whole.
fn events(
    world: &World,
    source: &str,
    word: &Word,
    decision: SourceDecision,
    times: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(Key, Event)>, DecideError> {
    let whole = Key { source: source.to_owned(), number: 0 };
    let one = |event| Ok(vec![(whole, event)]);
    match decision {
        SourceDecision::ClosePlan { release } => {
            let plan = plan(world, source, release, times.1);
            let latest = world.decided_on_source(source).rev().find_map(|recorded| match &recorded.event {
                Event::PlanClosed { release: r, plan } if *r == release => Some(plan),
                _ => None,
            });
            match latest {
                _ if plan.is_empty() => {
                    Err(already(format!("nothing is accepted for {release}; there is no plan to close")))
                }
                Some(latest) if *latest == plan => {
                    Err(already(format!("the plan for {release} is closed as it stands; nothing has changed since")))
                }
                _ => one(Event::PlanClosed { release, plan }),
            }
        }
        SourceDecision::Reorder { release, order } => reorder(world, source, word, (release, &order), times),
        SourceDecision::AddLine { release, text } => {
            let text = text.trim().to_owned();
            let lines = world.extra_lines(source, release);
            if !world.releases.keys().any(|(_, known)| *known == release) {
                let known = world.main_releases().map(|known| known.version.to_string()).collect::<Vec<_>>();
                return Err(DecideError::Rule(RuleError::UnknownRelease(release, known.join(", "))));
            }
            if lines.len() >= MAX_LINES {
                return Err(already(format!(
                    "the checklist has {MAX_LINES} lines of the SIG already; take one off first"
                )));
            }
            if text.is_empty() || text.chars().count() > MAX_LINE {
                return Err(already(format!("write the line in 1 to {MAX_LINE} characters")));
            }
            if lines.iter().any(|(_, known)| known.eq_ignore_ascii_case(&text)) {
                return Err(already("the checklist has this line already".to_owned()));
            }
            let line = free_key(world, source, release);
            one(Event::ChecklistLineAdded { release, line, text })
        }
        SourceDecision::RemoveLine { release, line } => {
            let known = world.extra_lines(source, release).iter().any(|(key, _)| *key == line);
            if !known {
                return Err(DecideError::Rule(RuleError::NoLine(release, line)));
            }
            one(Event::ChecklistLineRemoved { release, line })
        }
        SourceDecision::CloseFreeze { release, freeze } => {
            freeze::close(world, source, (release, freeze), times.1).and_then(one)
        }
        SourceDecision::Undo { event } => undo(world, source, word, event, times.1).and_then(one),
    }
}

pub(super) fn already(words: String) -> DecideError {
    DecideError::Rule(RuleError::Already(words))
}

/// What is accepted for a release and not ended, in the SIG's order; without rank at the end, by number.
pub fn plan(world: &World, source: &str, release: ReleaseVersion, now: DateTime<Utc>) -> Vec<Planned> {
    let records = world.proposals.iter().filter(|((id, _), _)| id == source);
    let mut plan: Vec<_> = records
        .filter_map(|((_, number), record)| {
            let rows = world.rows_of(record, Moment::Now(now));
            let row = rows.iter().find(|row| row.release == Some(release) && row.verdict.tracked)?;
            Some(Planned { number: *number, rank: row.verdict.facts.accepted.and_then(|accepted| accepted.rank) })
        })
        .collect();
    plan.sort_by_key(|planned| (planned.rank.unwrap_or(u32::MAX), planned.number));
    plan
}

/// One new rank for each proposal that moves.
fn reorder(
    world: &World,
    source: &str,
    word: &Word,
    (release, order): (ReleaseVersion, &[u32]),
    times: (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(Key, Event)>, DecideError> {
    let before = plan(world, source, release, times.1);
    let one_sig = world.sources.get(source).is_some_and(|source| source.owning_sig.is_some());
    let rest = before.iter().map(|planned| planned.number).filter(|number| one_sig && !order.contains(number));
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    if sorted.windows(2).any(|pair| pair.first() == pair.last()) {
        return Err(already("an order names each proposal once".to_owned()));
    }
    let mut events = Vec::new();
    for (place, number) in order.iter().copied().chain(rest).enumerate() {
        let rank = u32::try_from(place).ok().map(|place| place.saturating_add(1));
        if before.iter().any(|planned| planned.number == number && planned.rank == rank) {
            continue;
        }
        let key = Key { source: source.to_owned(), number };
        let record = find(world, &key)?;
        events.push((key, judge(world, record, word, Decision::Rank { release, rank }, times)?));
    }
    if events.is_empty() { Err(already("they stand in this order already".to_owned())) } else { Ok(events) }
}

/// A key that no line of the release ever had, so that signatures never come to belong to another line.
fn free_key(world: &World, source: &str, release: ReleaseVersion) -> String {
    let events = world.source_events.get(source).into_iter().flatten();
    let added = events
        .filter(|recorded| matches!(recorded.event, Event::ChecklistLineAdded { release: r, .. } if r == release));
    format!("extra-{}", added.count() + 1)
}

/// Somebody's last decision about a source, with the minutes for which it can still be undone, while it can.
pub fn undoable<'w>(
    world: &'w World,
    source: &str,
    mine: impl Fn(&str) -> bool,
    now: DateTime<Utc>,
) -> Option<(&'w Recorded, i64)> {
    let last = world.decided_on_source(source).rfind(|recorded| mine(&recorded.actor))?;
    Some((last, undo_minutes_left(last.recorded_at, now)?))
}

fn undo(world: &World, source: &str, word: &Word, id: i64, now: DateTime<Utc>) -> Result<Event, DecideError> {
    let mut mine = world.decided_on_source(source).filter(|recorded| word.is_recorder(&recorded.actor)).rev();
    let refuse = |words: &str| Err(DecideError::Rule(RuleError::NotUndoable(words.to_owned())));
    match mine.next() {
        Some(last) if last.id == id && undo_minutes_left(last.recorded_at, now).is_some() => {
            Ok(Event::Undone { event: id })
        }
        Some(last) if last.id == id => {
            refuse("the ten minutes in which it could be undone are over; decide anew instead")
        }
        Some(_) if mine.any(|earlier| earlier.id == id) => {
            refuse("you decided something else on this source since; undo that first")
        }
        _ => Err(DecideError::Rule(RuleError::NothingToUndo(id))),
    }
}
