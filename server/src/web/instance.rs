//! The whole instance as a file to be downloaded, by admins.

use std::{io, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use futures_util::stream;
use tokio::{sync::mpsc, time::timeout};

use super::{
    AppState,
    session::{SignedIn, Viewer},
};
use crate::{
    store::StoreError,
    usecases::{
        Context,
        export_instance::{Sink, export_instance, may_export},
    },
};

/// Media type of the file; it is compressed as it is.
pub const MEDIA_TYPE: &str = "application/gzip";

/// Pieces that may be ready before the reader takes them.
const AHEAD: usize = 4;

/// How long a reader may take none: the database keeps a state for them meanwhile.
const STALLED: Duration = Duration::from_secs(30);

/// How long all of it may take.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// The address.
pub fn routes() -> Router<AppState> {
    Router::new().route("/export", get(export))
}

/// The file, written while it is sent.
async fn export(State(state): State<AppState>, SignedIn(viewer): SignedIn) -> Response {
    match allowed(&state, &viewer).await {
        Ok(None) => {}
        Ok(Some(refusal)) => return (StatusCode::FORBIDDEN, refusal).into_response(),
        Err(error) => {
            tracing::error!(%error, "exporting the instance");
            let words = "The database does not answer at the moment; try again in a minute.";
            return (StatusCode::SERVICE_UNAVAILABLE, words).into_response();
        }
    }
    let Ok(turn) = state.exporting.clone().try_acquire_owned() else {
        let words = "The instance is being exported for somebody else; try again in a minute.";
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "60")], words).into_response();
    };
    let name = format!("cep-tracker-{}.jsonl.gz", state.context.clock.now().format("%Y-%m-%d"));
    let (sender, receiver) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        write(&state.context, sender).await;
        drop(turn);
    });
    let pieces = stream::unfold(receiver, async |mut receiver| Some((receiver.recv().await?, receiver)));
    let headers = [
        (header::CONTENT_TYPE, MEDIA_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, Body::from_stream(pieces)).into_response()
}

/// Why the viewer may not, in words; nothing where they may.
async fn allowed(state: &AppState, viewer: &Viewer) -> Result<Option<String>, StoreError> {
    let mut conn = state.context.pool.acquire().await?;
    let may = may_export(&mut conn, &state.context, &viewer.person).await?;
    Ok(may.err().map(|refusal| format!("{refusal}. What is public is in the files of each page and in /api/v1/docs.")))
}

type Piece = io::Result<Bytes>;

/// A file that was cut short has no end, by which whoever takes it in knows; the connection breaks off besides.
async fn write(context: &Context, sender: mpsc::Sender<Piece>) {
    let sink = Sending(sender.clone());
    let failed = match timeout(LONGEST, export_instance(context, sink)).await {
        Ok(Ok(_)) => return,
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it took too long".to_owned(),
    };
    tracing::warn!(error = failed, "exporting the instance");
    // Whoever has gone away does not hear of it.
    drop(timeout(STALLED, sender.send(Err(io::Error::other(failed)))).await);
}

/// To whoever downloads it.
struct Sending(mpsc::Sender<Piece>);

impl Sink for Sending {
    async fn take(&mut self, piece: Vec<u8>) -> io::Result<()> {
        match timeout(STALLED, self.0.send(Ok(Bytes::from(piece)))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::Error::new(io::ErrorKind::BrokenPipe, "the reader has gone away")),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the reader takes nothing any more")),
        }
    }
}
