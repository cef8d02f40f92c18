//! Freeze day is closed for every source at once, and whoever did so takes it back.

use std::sync::Arc;

use axum::{extract::Path, response::Response};

use super::{Names, OfDay};
use crate::{
    usecases::decide::{SourceDecision, decide_on_sources},
    verdicts::{ReleaseRecord, World},
    web::{
        forms::{Answer, Instead, Posted, problem, see_other},
        ports::freeze_day,
    },
};

/// A form about freeze day as a whole, with the release as it is known.
struct Day {
    form: OfDay,
    world: Arc<World>,
    release: Arc<ReleaseRecord>,
}

impl Day {
    async fn read(names: &Names, mut posted: Posted) -> Result<Self, Instead> {
        posted.fields = posted.fields.without("proposal");
        let form = OfDay::read(names, posted).await?;
        let world = match form.sent.state.verdicts.world().await {
            Ok(world) => world,
            Err(error) => return Err(form.sent.refused(error.into()).await.into()),
        };
        let release = world.release(form.address.release).cloned().ok_or_else(|| see_other("/releases"))?;
        Ok(Self { form, world, release })
    }

    /// Records a decision for each source, all or none, and says what was done.
    async fn record(self, decisions: Vec<(String, SourceDecision)>, done: &str) -> Response {
        let OfDay { sent, address } = self.form;
        let (context, verdicts, seen) = (&sent.state.context, &sent.state.verdicts, sent.fields.seen());
        match decide_on_sources(context, verdicts, &sent.by(), decisions, seen).await {
            Ok(_) => see_other(&format!("{}&done={done}", address.show("then"))),
            Err(error) => sent.refused(error).await,
        }
    }
}

/// Closes freeze day for every source that has not been closed. What was decided since the form was drawn is shown first.
pub(super) async fn close(Path(names): Path<Names>, posted: Posted) -> Answer {
    let day = Day::read(&names, posted).await?;
    let (release, freeze) = (day.release.version, day.form.address.freeze);
    let open = freeze_day::open_sources(&day.world, &day.release, freeze, day.form.sent.state.context.clock.now());
    // Where nothing is open, the rules say why.
    let fallback = || day.world.sources.keys().next().cloned().into_iter().collect();
    let sources: Vec<String> = if open.is_empty() { fallback() } else { open };
    let close = |source| (source, SourceDecision::CloseFreeze { release, freeze });
    let decisions = sources.into_iter().map(close).collect();
    Ok(day.record(decisions, "closed").await)
}

/// Takes back that it was closed: one's own last decision, for ten minutes.
pub(super) async fn undo(Path(names): Path<Names>, posted: Posted) -> Answer {
    let day = Day::read(&names, posted).await?;
    let closings = day.world.freeze_closings(&day.release, day.form.address.freeze);
    let (person, now) = (&day.form.sent.viewer.person, day.form.sent.state.context.clock.now());
    let own = freeze_day::undoable(&day.world, &closings, person, now);
    // Where nothing can be undone, the rules say why.
    let all = || closings.iter().map(|closing| (closing.source.to_owned(), closing.recorded.id)).collect();
    let events: Vec<(String, i64)> = own.map_or_else(all, |(events, _)| events);
    if events.is_empty() {
        let nothing = problem("close", "freeze day is not closed; there is nothing to undo");
        return Ok(day.form.sent.again(vec![nothing], 422).await);
    }
    let decisions = events.into_iter().map(|(source, event)| (source, SourceDecision::Undo { event })).collect();
    Ok(day.record(decisions, "reopened").await)
}
