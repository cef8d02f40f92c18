//! Freeze day, put together from verdicts at the freeze, verdicts of now, and the snapshot.

mod closed;
mod sitting;

use app::{
    features::freeze_day::port::{FreezeAsk, FreezePort, FreezeView, JudgedRow, Show},
    port::{Answer, PageError},
};
use chrono::{DateTime, Utc};
use domain::{
    Action, Announcement, Circumstances, Freeze, Frozen, Judgement, ReleaseVersion, Verdict,
    decision::undo_minutes_left,
    freeze_day::{comes_up, settled},
    policy,
};

use super::{Ports, releases::chosen, unavailable};
use crate::{
    store::{StoreError, person::Person},
    usecases::{announce::draft, decide::undoable as undoable_on},
    verdicts::{Closing, Judged, ProposalRecord, ReleaseRecord, World},
    web::{AppState, views},
};

impl FreezePort for Ports {
    fn freeze_day(&self, ask: FreezeAsk) -> Answer<'_, FreezeView> {
        Box::pin(async move { view(&self.0, &ask, self.1.as_ref()).await })
    }
}

/// A release at an instant, in front of somebody.
pub(super) struct Bench<'a> {
    pub world: &'a World,
    pub release: &'a ReleaseRecord,
    pub freeze: Freeze,
    pub now: DateTime<Utc>,
    pub viewer: Option<&'a Person>,
}

/// Freeze day as an address asks for it, for whoever looks.
///
/// # Errors
/// When the release or the proposal is not known, or the database fails.
pub async fn view(state: &AppState, ask: &FreezeAsk, viewer: Option<&Person>) -> Result<FreezeView, PageError> {
    let moment = views::moment(ask.at, state.context.clock.now());
    let now = moment.instant();
    let world = state.verdicts.world().await.map_err(unavailable)?;
    let version = chosen(&world, ask.release, moment)?;
    let release = world.release(version).ok_or_else(|| PageError::NotFound(format!("Release {version}")))?;
    let freeze = ask.freeze;
    let bench = Bench { world: &world, release, freeze, now, viewer };
    let dates = release.dates_at(now);
    let passed = dates.passed(freeze, now);
    let judged = match world.at_freeze(release, freeze, now).filter(|_| passed) {
        Some(judged) => judged,
        None => world.if_frozen(release, freeze, now),
    };
    let rows: Vec<JudgedRow> = judged.iter().map(|judged| bench.row(judged, passed)).collect();
    let closings = world.freeze_closings(release, freeze);
    let closings: Vec<_> = closings.into_iter().filter(|closing| closing.recorded.happened_by(now)).collect();
    let closed = passed.then(|| closed::closed(&bench, &closings, &judged)).flatten();
    // What happened earlier and was told late can be undone too, but nobody is asked about it.
    let is_fresh =
        |closing: &&Closing<'_>| closing.recorded.occurred_at.is_none_or(|at| undo_minutes_left(at, now).is_some());
    let fresh: Vec<_> = closings.iter().filter(is_fresh).copied().collect();
    let sitting = match ask.show {
        Show::Day if passed => sitting::sitting(state, &bench, ask, &rows).await?,
        _ => None,
    };
    let mail = match ask.show {
        Show::Announcement if passed => Some(mail(state, &bench).await?),
        _ => None,
    };
    let open = open_sources(&world, release, freeze, now);
    Ok(FreezeView {
        release: version,
        freeze,
        dates,
        passed,
        show: ask.show,
        sitting,
        mail,
        barred: bench.barred(),
        seen: open.iter().map(|source| latest(&world, source, version)).max().unwrap_or(0),
        sources: open,
        undo: viewer.and_then(|viewer| undoable(&world, &fresh, viewer, now)).map(|(_, minutes)| minutes),
        closed,
        judged: rows,
    })
}

/// Place in the log of the latest decision that whoever closes the part of a source sees.
fn latest(world: &World, source: &str, release: ReleaseVersion) -> i64 {
    world.decided_for_freeze(source, release).map(|recorded| recorded.id).max().unwrap_or(0)
}

/// The announcement as it would go out.
async fn mail(state: &AppState, bench: &Bench<'_>) -> Result<(String, String), PageError> {
    let what = match bench.freeze {
        Freeze::Enhancement => Announcement::Enhancement,
        Freeze::Code => Announcement::Code,
    };
    let mut conn = state.context.pool.acquire().await.map_err(|error| unavailable(StoreError::from(error)))?;
    let of = (bench.release, what);
    let draft = draft(&mut conn, bench.world, &state.context.config, of, bench.now).await.map_err(unavailable)?;
    Ok((draft.mail.subject, draft.mail.body))
}

/// Sources with proposals in the release whose part of the freeze is not closed.
pub fn open_sources(world: &World, release: &ReleaseRecord, freeze: Freeze, now: DateTime<Utc>) -> Vec<String> {
    let closed: Vec<Closing<'_>> = world.freeze_closings(release, freeze);
    let judged = world.at_freeze(release, freeze, now).unwrap_or_default();
    let mut sources: Vec<String> = judged.iter().map(|(record, _)| record.source.id.clone()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.retain(|source| closed.iter().all(|closing| closing.source != source));
    sources
}

/// What somebody can still undo of a freeze that they closed: the decisions, and the minutes left; none where there is
/// nothing.
pub fn undoable(
    world: &World,
    closings: &[Closing<'_>],
    person: &Person,
    now: DateTime<Utc>,
) -> Option<(Vec<(String, i64)>, i64)> {
    let mut minutes = Vec::new();
    let mut decisions = Vec::new();
    for closing in closings {
        match undoable_on(world, closing.source, |login| person.is(login), now) {
            Some((last, left)) if last.id == closing.recorded.id => {
                decisions.push((closing.source.to_owned(), last.id));
                minutes.push(left);
            }
            _ => {}
        }
    }
    Some((decisions, minutes.into_iter().min()?))
}

impl Bench<'_> {
    fn row(&self, (record, then): &Judged, passed: bool) -> JudgedRow {
        let today = passed.then(|| self.today(record));
        let since = today.as_ref().filter(|today| today.words != then.words);
        let then_kept = Frozen::of(record.history.number, &record.title, then, self.freeze);
        JudgedRow {
            proposal: views::link(record),
            group: then_kept.group,
            status: then.status,
            words: then.words.clone(),
            // The gate: what missed an earlier freeze waits on that one.
            open: then.gate().map(Judgement::open).unwrap_or_default(),
            since: since.map(|today| (today.status, today.words.clone())),
            news: today.as_ref().and_then(|today| then_kept.since(today, self.freeze)),
            tracked: then.tracked,
            comes_up: comes_up(then, self.freeze),
            settled: today.is_some_and(|today| settled(&today, self.freeze)),
        }
    }

    pub(super) fn today(&self, record: &ProposalRecord) -> Verdict {
        self.world.verdict_in(record, self.release, self.now)
    }

    /// Why the viewer cannot run freeze day.
    fn barred(&self) -> Option<String> {
        let source = self.world.sources.values().find(|source| source.calendar == self.release.calendar)?;
        let viewer = self.viewer.map(|person| (person, false));
        let standing = self.world.standing_on_source(viewer, source, Some(self.release.version), self.now);
        let refusal = policy::may(Action::CloseFreeze, &standing, &Circumstances::default()).err()?.to_string();
        let mut letters = refusal.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect())
    }
}
