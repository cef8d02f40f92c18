//! The whole instance as a file to be downloaded, by admins.

use std::{io, time::Duration};

use app::port::PageError;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::words::capital;
use futures_util::stream;
use tokio::{sync::mpsc, time::timeout};

use super::{
    AppState, page,
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
async fn export(State(state): State<AppState>, SignedIn(viewer): SignedIn, headers: HeaderMap) -> Response {
    let refused = match allowed(&state, &viewer).await {
        Ok(None) => None,
        Ok(Some(refusal)) => Some(PageError::Forbidden(refusal)),
        Err(error) => {
            tracing::error!(%error, "exporting the instance");
            Some(PageError::Unavailable("The database does not answer at the moment.".to_owned()))
        }
    };
    if let Some(error) = refused {
        return page::refuse(state, Some(viewer), &headers, error).await;
    }
    let Ok(turn) = state.exporting.clone().try_acquire_owned() else {
        let busy = PageError::Unavailable("The instance is being exported for somebody else.".to_owned());
        let mut answer = page::refuse(state, Some(viewer), &headers, busy).await;
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        return answer;
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
    let public = "What is public is in the files of each page and in /api/v1/docs.";
    Ok(may.err().map(|refusal| format!("{}. {public}", capital(&refusal.to_string()))))
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
