//! Somebody decides something: the one way by which a decision gets into the log, for forms, API and command line.
//!
//! Authorise, load, decide (pure, in `domain`), write: one transaction, one decision at a time. The histories come from
//! the verdict cache, brought up to date under the log's lock, so that nothing is read twice.

mod error;
mod freeze;
mod outgoing;
mod source;
mod tell;
mod who;

use chrono::{DateTime, Utc};
use domain::{Case, Circumstances, Decision, Event, Freeze, Known, Recorded, ReleaseDates, ReleaseVersion, RuleError};
use sqlx::{Postgres, Transaction};

pub use error::DecideError;
pub use source::{SourceDecision, decide_on_source, decide_on_sources, plan, undoable};
pub use who::{By, Recorder, Word};

use super::{Context, key::Key};
use crate::{
    store::{
        event::{self, NewEvent},
        project,
    },
    verdicts::{ProposalRecord, Verdicts, World},
};
use who::{authorise, halves};

/// Records a decision about a proposal. `seen` is the position of the latest decision on it that its form knew; a later
/// one is told instead of being passed over.
///
/// # Errors
/// When there is no such proposal, the person may not, the rules do not allow it, somebody else decided meanwhile, or
/// the database fails. Nothing is recorded then.
pub async fn decide(
    context: &Context,
    verdicts: &Verdicts,
    by: &By,
    key: &Key,
    decision: Decision,
    seen: Option<i64>,
) -> Result<Recorded, DecideError> {
    decide_if(context, verdicts, by, key, decision, |_, record| unseen(record, seen)).await
}

/// Records a decision that is taken on freeze day of a release, as long as that is not closed for the proposal's source.
///
/// # Errors
/// As [`decide`], and when freeze day is closed.
pub async fn decide_on_freeze_day(
    context: &Context,
    verdicts: &Verdicts,
    by: &By,
    key: &Key,
    of: (ReleaseVersion, Freeze),
    decision: Decision,
    seen: Option<i64>,
) -> Result<Recorded, DecideError> {
    let check = |world: &World, record: &ProposalRecord| {
        freeze::still_open(world, &record.source, of)?;
        unseen(record, seen)
    };
    decide_if(context, verdicts, by, key, decision, check).await
}

/// Records a decision if a check passes, which sees what the log says while nobody else can append to it.
async fn decide_if(
    context: &Context,
    verdicts: &Verdicts,
    by: &By,
    key: &Key,
    decision: Decision,
    check: impl FnOnce(&World, &ProposalRecord) -> Result<(), DecideError> + Send,
) -> Result<Recorded, DecideError> {
    let word = Word::of(&mut *context.pool.acquire().await?, context, by).await?;
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let now = context.clock.now();
    // Its ten minutes count by the clock, whenever somebody says it was (PROCESS 7).
    let at = if matches!(decision, Decision::Undo { .. }) { now } else { word.at(by, now)? };
    let record = find(&world, key)?;
    check(&world, record)?;
    let event = judge(&world, record, &word, decision, (at, now))?;
    let new = word.event(key, event, at);
    let recorded = record_one(&mut tx, &new, now).await?;
    let mut appended = vec![recorded.clone()];
    // Another's mail that is recorded stands in the archive already (P-17).
    if let (Event::ExceptionSent { request, .. }, Some(link)) = (&recorded.event, word.others_link()) {
        let filed = Event::ExceptionFiled { request: *request, thread: link.to_owned() };
        appended.push(record_one(&mut tx, &word.event(key, filed, at), now).await?);
    }
    tell::tell(&mut tx, record, &recorded.event, now).await?;
    tell::hold_back(&mut tx, record, &recorded, now).await?;
    outgoing::queue(&mut tx, context, (&world, record), &recorded, &word, now).await?;
    tx.commit().await?;
    verdicts.learned(&world, &key.source, key.number, &appended).await;
    Ok(recorded)
}

/// What would be recorded, without recording it: for previews, and to offer only what is possible.
///
/// # Errors
/// As [`decide`].
pub fn try_out(
    world: &World,
    record: &ProposalRecord,
    word: &Word,
    decision: Decision,
    now: DateTime<Utc>,
) -> Result<Event, DecideError> {
    judge(world, record, word, decision, (now, now))
}

fn find<'w>(world: &'w World, key: &Key) -> Result<&'w ProposalRecord, DecideError> {
    if !world.sources.contains_key(&key.source) {
        return Err(DecideError::NoSource(key.source.clone()));
    }
    let record = world.proposals.get(&(key.source.clone(), key.number));
    record.map(|record| &**record).ok_or_else(|| DecideError::NoProposal(key.clone()))
}

/// What others decided after the form was drawn is told, not passed over.
fn unseen(record: &ProposalRecord, seen: Option<i64>) -> Result<(), DecideError> {
    let Some(seen) = seen else { return Ok(()) };
    let later: Vec<_> = record
        .history
        .events
        .iter()
        .filter(|recorded| recorded.id > seen && recorded.event.is_decision())
        .cloned()
        .collect();
    if later.is_empty() { Ok(()) } else { Err(DecideError::Meanwhile(later)) }
}

/// The same for what was decided about the plan of a release.
fn unseen_on(world: &World, source: &str, release: ReleaseVersion, seen: i64) -> Result<(), DecideError> {
    if world.latest_on_plan(source, release) <= seen {
        return Ok(());
    }
    let later = |recorded: &&Recorded| recorded.id > seen && recorded.event.is_decision();
    let records = world.proposals.iter().filter(|((id, _), _)| id == source).map(|(_, record)| record);
    let own = records.flat_map(|record| &record.history.events).filter(later);
    let whole = world.source_events.get(source).into_iter().flatten().filter(later);
    Err(DecideError::Meanwhile(own.chain(whole).cloned().collect()))
}

/// May they, and is it possible?
fn judge(
    world: &World,
    record: &ProposalRecord,
    word: &Word,
    decision: Decision,
    (at, now): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Event, DecideError> {
    let known = record.history.at(at);
    let dates = |release| dates_of(world, record, release, now);
    let matter = Matter { world, record, known: &known, at, now };
    authorise(&matter, word, &decision)?;
    let halves = halves(&matter, word, &decision);
    let extra_lines = |release| world.extra_lines(&record.source.id, release);
    let recorder = |login: &str| word.is_recorder(login);
    let case = Case {
        source: &record.source,
        history: &record.history,
        known: &known,
        dates: &dates,
        extra_lines: &extra_lines,
        recorder: &recorder,
        person: word.person(),
        halves,
        now: at,
    };
    case.decide(decision).map_err(DecideError::Rule)
}

/// A proposal at the time of a decision.
struct Matter<'a> {
    world: &'a World,
    record: &'a ProposalRecord,
    known: &'a Known<'a>,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl Matter<'_> {
    /// The release that a decision is about: its own, else that of the request it names.
    fn release(&self, decision: &Decision) -> Option<ReleaseVersion> {
        decision.release().or_else(|| {
            let number = decision.request()?;
            self.known.events.iter().find_map(|recorded| match recorded.event {
                Event::ExceptionSent { request, release, .. } if request == number => Some(release),
                _ => None,
            })
        })
    }

    /// What matters besides roles; `is` tells whether a login means who is asked about.
    fn circumstances(&self, decision: &Decision, is: impl Fn(&str) -> bool) -> Circumstances {
        let requester = decision.request().and_then(|number| {
            self.known.events.iter().find_map(|recorded| match &recorded.event {
                Event::ExceptionSent { request, requester, .. } if *request == number => Some(requester),
                _ => None,
            })
        });
        let freeze_passed = match decision {
            Decision::Waive { release, rule, .. } => {
                let dates = dates_of(self.world, self.record, *release, self.now);
                dates.is_ok_and(|dates| dates.passed(rule.freeze(), self.at))
            }
            _ => false,
        };
        let sig = match decision {
            Decision::SignOff { sig } => Some(sig.clone()),
            _ => None,
        };
        let sig_decides_exceptions = self.record.source.sig_decides_exceptions;
        Circumstances { freeze_passed, sig_decides_exceptions, requester: requester.is_some_and(|r| is(r)), sig }
    }
}

/// The dates of a release of the proposal's calendar.
///
/// A release is known when a schedule or the proposal names it, or when it is one of the next two: those are planned
/// before they have dates. Anything else is a slip of the pen, which the log would keep for ever.
pub(super) fn dates_of(
    world: &World,
    record: &ProposalRecord,
    release: ReleaseVersion,
    now: DateTime<Utc>,
) -> Result<ReleaseDates, RuleError> {
    let calendar = &record.source.calendar;
    let known = world.releases.get(&(calendar.clone(), release));
    if let Some(known) = known.filter(|known| !known.versions.is_empty()) {
        return Ok(known.dates_at(now));
    }
    let scheduled = || world.releases.values().filter(|r| r.calendar == *calendar && !r.versions.is_empty());
    let planned = scheduled().next_back().is_none_or(|last| {
        let last = last.version;
        release.major == last.major && release > last && release.minor <= last.minor.saturating_add(2)
    });
    if planned || record.named.contains(&release) {
        let zone = world.calendars.iter().find(|known| known.id == *calendar).map(|known| known.zone);
        return Ok(ReleaseDates { zone: zone.unwrap_or_default(), ..ReleaseDates::default() });
    }
    let all = scheduled().map(|release| release.version.to_string()).collect::<Vec<_>>().join(", ");
    Err(RuleError::UnknownRelease(release, all))
}

/// Writes an event and what follows from it.
async fn record_one(
    tx: &mut Transaction<'_, Postgres>,
    new: &NewEvent,
    now: DateTime<Utc>,
) -> Result<Recorded, DecideError> {
    Ok(project::append(tx, new, now).await?)
}
