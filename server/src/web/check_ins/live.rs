//! What others record while a page of the week is open, as server-sent events. Every server hears of it from the
//! database, so that pages on another one see it too.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::features::check_ins::{mark, words};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use chrono::{DateTime, Utc};
use domain::{ReleaseVersion, Week};
use futures_util::stream;
use tokio::sync::{Mutex, broadcast};

use crate::{
    store::live::{CheckedIn, Ear},
    verdicts::{Moment, ProposalRecord, World},
    web::{AppState, views},
};

/// How many events a slow listener may be behind before it misses some.
const BACKLOG: usize = 256;

/// How often a quiet connection is kept from being closed on the way.
const ALIVE: Duration = Duration::from_secs(15);

/// How long a server waits before it listens to the database again.
const PAUSE: Duration = Duration::from_secs(1);

/// One check-in, drawn once for all who listen.
#[derive(Debug)]
struct Told {
    release: ReleaseVersion,
    week: Week,
    text: String,
}

/// The listeners of this server. Cheap to clone; begins to listen with the first of them.
#[derive(Debug, Clone)]
pub struct Live {
    sender: broadcast::Sender<Arc<Told>>,
    listening: Arc<Mutex<bool>>,
}

impl Default for Live {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG), listening: Arc::default() }
    }
}

impl Live {
    async fn listen(&self, state: &AppState) -> broadcast::Receiver<Arc<Told>> {
        let receiver = self.sender.subscribe();
        let mut listening = self.listening.lock().await;
        if !*listening {
            *listening = true;
            let (ear, state) = (Ear::open(&state.context.pool).await, state.clone());
            tokio::spawn(hear(state, ear.ok()));
        }
        receiver
    }
}

/// Hears from the database for as long as anybody listens here.
async fn hear(state: AppState, mut ear: Option<Ear>) {
    loop {
        let open = match ear.take() {
            Some(open) => Ok(open),
            None => Ear::open(&state.context.pool).await,
        };
        let failed = match open {
            Ok(open) => hear_with(&state, open).await,
            Err(error) => Some(error),
        };
        let Some(error) = failed else { return };
        tracing::warn!(%error, "listening for check-ins");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Until nobody listens any more, or the database is gone.
async fn hear_with(state: &AppState, mut ear: Ear) -> Option<crate::store::StoreError> {
    loop {
        let told = tokio::select! {
            told = ear.next() => told,
            () = tokio::time::sleep(ALIVE) => {
                let mut listening = state.live.listening.lock().await;
                if state.live.sender.receiver_count() > 0 {
                    continue;
                }
                *listening = false;
                return None;
            }
        };
        match told {
            Ok(Some(told)) => pass_on(state, &told).await,
            Ok(None) => {}
            Err(error) => return Some(error),
        }
    }
}

async fn pass_on(state: &AppState, what: &CheckedIn) {
    match state.verdicts.world().await {
        Ok(world) => {
            let Some(text) = draw(&world, what, state.context.clock.now()) else { return };
            // Nobody may listen at the moment.
            drop(state.live.sender.send(Arc::new(Told { release: what.release, week: what.week, text })));
        }
        Err(error) => tracing::warn!(%error, "reading a check-in"),
    }
}

/// Lines of "name value", as the island of the meeting reads them.
fn draw(world: &World, what: &CheckedIn, now: DateTime<Utc>) -> Option<String> {
    let record = world.proposals.get(&(what.source.clone(), what.number))?;
    let told = |record: &ProposalRecord| record.spoken((what.release, what.week), Moment::Now(now));
    let here = told(record);
    let said = &here.check_in;
    let (mut spoken, mut complete, mut all) = (0, 0, 0);
    let rows = views::rows_in(&world.rows(Moment::Now(now)), what.release);
    for row in rows.iter().filter(|row| row.verdict.tracked) {
        let Some(record) = world.proposals.get(&(row.source.clone(), row.number)) else { continue };
        let halves = told(record).check_in.halves();
        all += 1;
        spoken += usize::from(halves.any());
        complete += usize::from(halves.both());
    }
    let lines = [
        format!("key {}/{}", what.source, what.number),
        format!("mark {}", mark(said)),
        format!("words {}", words(said, now).replace(['\n', '\r'], " ")),
        format!("tally {spoken} of {all} spoken about, {complete} complete"),
        format!("seen {}", record.latest_decision_id()),
    ];
    Some(lines.join("\n"))
}

/// The stream of a week; ends with the connection.
pub async fn stream(State(state): State<AppState>, Path((release, week)): Path<(String, String)>) -> Response {
    let (Ok(release), Ok(week)) = (release.parse::<ReleaseVersion>(), week.parse::<Week>()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let receiver = state.live.listen(&state).await;
    let events = stream::unfold(receiver, move |mut receiver| async move {
        loop {
            match receiver.recv().await {
                Ok(told) if told.release == release && told.week == week => {
                    let event = Event::default().event("check-in").data(&told.text);
                    return Some((Ok::<_, Infallible>(event), receiver));
                }
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy that collects answers before it passes them on would make them late.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}
