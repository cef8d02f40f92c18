//! Freeze day is closed for every source at once, and whoever did so takes it back.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use std::sync::Arc;

use super::{Names, Sent};
use crate::{
    usecases::decide::{SourceDecision, decide_on_source},
    verdicts::{ReleaseRecord, World},
    web::{
        AppState,
        forms::{Fields, problem, see_other},
        ports::freeze_day,
        session::{MaybeViewer, Viewer},
    },
};

/// A form about freeze day as a whole, with the release as it is known.
struct Day {
    sent: Sent,
    world: Arc<World>,
    release: Arc<ReleaseRecord>,
}

impl Day {
    async fn read(
        state: AppState,
        viewer: Option<Viewer>,
        names: &Names,
        headers: HeaderMap,
        fields: Fields,
    ) -> Result<Self, Box<Response>> {
        let sent = Sent::read(state, viewer, names, headers, fields.without("proposal")).await?;
        let world = match sent.state.verdicts.world().await {
            Ok(world) => world,
            Err(error) => return Err(Box::new(sent.refused(error.into()).await)),
        };
        match world.release(sent.address.release).cloned() {
            Some(release) => Ok(Self { sent, world, release }),
            None => Err(Box::new(see_other("/releases"))),
        }
    }

    /// Records a decision for each source and says what was done.
    async fn record(self, decisions: Vec<(String, SourceDecision)>, done: &str) -> Response {
        let sent = self.sent;
        let (context, verdicts, seen) = (&sent.state.context, &sent.state.verdicts, sent.fields.seen());
        for (source, decision) in decisions {
            if let Err(error) = decide_on_source(context, verdicts, &sent.by(), &source, decision, seen).await {
                return sent.refused(error).await;
            }
        }
        see_other(&format!("{}&done={done}", sent.address.show("then")))
    }
}

/// Closes freeze day for every source that has not been closed. What was decided since the form was drawn is shown first.
pub(super) async fn close(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let day = match Day::read(state, viewer, &names, headers, fields).await {
        Ok(day) => day,
        Err(answer) => return *answer,
    };
    let (release, freeze) = (day.release.version, day.sent.address.freeze);
    let open = freeze_day::open_sources(&day.world, &day.release, freeze, day.sent.state.context.clock.now());
    // Where nothing is open, the rules say why.
    let fallback = || day.world.sources.keys().next().cloned().into_iter().collect();
    let sources: Vec<String> = if open.is_empty() { fallback() } else { open };
    let close = |source| (source, SourceDecision::CloseFreeze { release, freeze });
    let decisions = sources.into_iter().map(close).collect();
    day.record(decisions, "closed").await
}

/// Takes back that it was closed: one's own last decision, for ten minutes.
pub(super) async fn undo(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let day = match Day::read(state, viewer, &names, headers, fields).await {
        Ok(day) => day,
        Err(answer) => return *answer,
    };
    let closings = day.world.freeze_closings(&day.release, day.sent.address.freeze);
    let (person, now) = (&day.sent.viewer.person, day.sent.state.context.clock.now());
    let own = freeze_day::undoable(&day.world, &closings, person, now);
    // Where nothing can be undone, the rules say why.
    let all = || closings.iter().map(|closing| (closing.source.to_owned(), closing.recorded.id)).collect();
    let events: Vec<(String, i64)> = own.map_or_else(all, |(events, _)| events);
    if events.is_empty() {
        let nothing = problem("close", "freeze day is not closed; there is nothing to undo");
        return day.sent.again(vec![nothing], 422).await;
    }
    let decisions = events.into_iter().map(|(source, event)| (source, SourceDecision::Undo { event })).collect();
    day.record(decisions, "reopened").await
}
