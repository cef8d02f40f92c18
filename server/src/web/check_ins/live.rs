//! What others record while a meeting is open, and who else is in it, as server-sent events. Every server hears of it from
//! the database, so that pages on another one see it too.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::features::check_ins::{mark, present, sides, words};
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
use futures_util::{StreamExt as _, stream};
use tokio::sync::{Mutex, broadcast};

use super::presence::{Everybody, Key, Presence};
use crate::{
    store::{
        self,
        live::{self, CheckedIn, Ear, Told},
    },
    verdicts::{Moment, ProposalRecord, World},
    web::{AppState, session::MaybeViewer, views},
};

/// How many events a slow listener may be behind before it misses some.
const BACKLOG: usize = 256;

/// How often a quiet connection is kept from being closed on the way.
const ALIVE: Duration = Duration::from_secs(15);

/// How long a server waits before it listens to the database again.
const PAUSE: Duration = Duration::from_secs(1);

/// How long somebody whose page is closed still counts as present: they may be on their way to the next proposal.
const GRACE: Duration = Duration::from_secs(5);

/// What the pages of a meeting are shown.
#[derive(Debug)]
struct News {
    of: Key,
    what: What,
}

#[derive(Debug)]
enum What {
    /// A check-in, drawn once for all who listen.
    CheckIn(String),
    /// Who is there, drawn for each.
    Present(Everybody),
}

/// The listeners of this server. Cheap to clone; begins to listen with the first of them.
#[derive(Debug, Clone)]
pub struct Live {
    sender: broadcast::Sender<Arc<News>>,
    listening: Arc<Mutex<bool>>,
    presence: Presence,
}

impl Default for Live {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG), listening: Arc::default(), presence: Presence::default() }
    }
}

impl Live {
    async fn listen(&self, state: &AppState) -> broadcast::Receiver<Arc<News>> {
        let receiver = self.sender.subscribe();
        let mut listening = self.listening.lock().await;
        if !*listening {
            *listening = true;
            let (ear, state) = (Ear::open(&state.context.pool).await, state.clone());
            tokio::spawn(hear(state, ear.ok()));
        }
        receiver
    }

    /// Shows the pages of a meeting who is there.
    fn show_present(&self, of: Key) {
        let what = What::Present(self.presence.everybody(of));
        // Nobody may listen at the moment.
        drop(self.sender.send(Arc::new(News { of, what })));
    }
}

/// A page that listens; whoever looks at it is present until it is dropped, and a little longer.
struct Seat {
    state: AppState,
    of: Key,
    page: u64,
}

impl Seat {
    async fn take(state: AppState, of: Key, login: Option<String>) -> Self {
        let (page, news) = state.live.presence.enter(of, login);
        let seat = Self { state, of, page };
        if news {
            tell_present(&seat.state, of).await;
        }
        seat
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let (state, of, page) = (self.state.clone(), self.of, self.page);
        // Without a runtime the server is ending, and with it everything here.
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            tokio::time::sleep(GRACE).await;
            if state.live.presence.leave(of, page) {
                tell_present(&state, of).await;
            }
        });
    }
}

/// Shows the pages here who is there, and tells other servers.
async fn tell_present(state: &AppState, of: Key) {
    state.live.show_present(of);
    tell(state, &Told::Present(state.live.presence.told(of))).await;
}

async fn tell(state: &AppState, what: &Told) {
    let told = async { live::tell(&mut *state.context.pool.acquire().await?, what).await };
    let told: store::Result<()> = told.await;
    if let Err(error) = told {
        tracing::warn!(%error, "telling other servers who is in a meeting");
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
async fn hear_with(state: &AppState, mut ear: Ear) -> Option<store::StoreError> {
    let presence = &state.live.presence;
    let mut rounds = tokio::time::interval(ALIVE);
    tell(state, &Told::WhoIsThere).await;
    loop {
        let told = tokio::select! {
            told = ear.next() => told,
            _ = rounds.tick() => {
                let mut listening = state.live.listening.lock().await;
                if state.live.sender.receiver_count() == 0 {
                    *listening = false;
                    presence.forget_others();
                    return None;
                }
                drop(listening);
                tell_meetings(state).await;
                presence.round().into_iter().for_each(|of| state.live.show_present(of));
                continue;
            }
        };
        match told {
            Ok(Some(Told::CheckedIn(what))) => pass_on(state, &what).await,
            Ok(Some(Told::Present(present))) => {
                let of = (present.release, present.week);
                if presence.hear(present) {
                    state.live.show_present(of);
                }
            }
            Ok(Some(Told::WhoIsThere)) => tell_meetings(state).await,
            Ok(None) => {}
            Err(error) => return Some(error),
        }
    }
}

/// Tells other servers who is in the meetings here.
async fn tell_meetings(state: &AppState) {
    for of in state.live.presence.meetings() {
        tell(state, &Told::Present(state.live.presence.told(of))).await;
    }
}

async fn pass_on(state: &AppState, what: &CheckedIn) {
    match state.verdicts.world().await {
        Ok(world) => {
            let Some(text) = draw(&world, what, state.context.clock.now()) else { return };
            let news = News { of: (what.release, what.week), what: What::CheckIn(text) };
            // Nobody may listen at the moment.
            drop(state.live.sender.send(Arc::new(news)));
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
        format!("sides {}", said.said.last().map(|said| sides(said.halves)).unwrap_or_default()),
        format!("seen {}", record.latest_decision_id()),
    ];
    Some(lines.join("\n"))
}

/// The stream of a week; ends with the connection.
pub async fn stream(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path((release, week)): Path<(String, String)>,
) -> Response {
    let (Ok(release), Ok(week)) = (release.parse::<ReleaseVersion>(), week.parse::<Week>()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let of = (release, week);
    let login = viewer.map(|viewer| viewer.person.login);
    let signed_in = login.is_some();
    let receiver = state.live.listen(&state).await;
    let presence = state.live.presence.clone();
    let seat = Seat::take(state, of, login).await;
    let here = What::Present(presence.everybody(of));
    let first = stream::once(async move { Ok::<_, Infallible>(event(&here, signed_in)) });
    let rest = stream::unfold((receiver, seat), move |(mut receiver, seat)| async move {
        loop {
            match receiver.recv().await {
                Ok(news) if news.of == of => return Some((Ok(event(&news.what, signed_in)), (receiver, seat))),
                Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    let alive = KeepAlive::new().interval(ALIVE);
    let mut response = Sse::new(first.chain(rest)).keep_alive(alive).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy that collects answers before it passes them on would make them late.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// An event as the island of the meeting reads it. Names are for those who are signed in.
fn event(what: &What, signed_in: bool) -> Event {
    match what {
        What::CheckIn(text) => Event::default().event("check-in").data(text),
        What::Present(all) => Event::default().event("present").data(present(&all.people, all.guests, signed_in)),
    }
}
