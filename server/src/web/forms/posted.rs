//! What was posted, before anybody has looked whether it is meant.

use std::sync::Arc;

use app::ui::{FormState, Problem};
use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::provide_context;

use super::{Fields, Sent, see_other, whole};
use crate::web::{
    AppState, page,
    security::same_origin,
    session::{MaybeViewer, Viewer, forged, refused},
    sign_in,
};

/// A form as it was posted, by whoever it was.
pub struct Posted {
    /// The server.
    pub state: AppState,
    /// Whoever sent it, if they are signed in.
    pub viewer: Option<Viewer>,
    /// The headers it came with.
    pub headers: HeaderMap,
    /// What it says.
    pub fields: Fields,
}

/// What a form is answered with: what its handler says, or what stopped it before.
pub type Answer = Result<Response, Instead>;

/// The answer that is given instead of going on.
#[derive(Debug)]
pub struct Instead(Box<Response>);

impl From<Response> for Instead {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl FromRequest<AppState> for Posted {
    type Rejection = Instead;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Instead> {
        let (mut parts, body) = request.into_parts();
        let viewer = MaybeViewer::from_request_parts(&mut parts, state).await;
        let MaybeViewer(viewer) = viewer.map_err(IntoResponse::into_response)?;
        let headers = parts.headers.clone();
        let fields = Fields::from_request(Request::from_parts(parts, body), state).await;
        Ok(Self { state: state.clone(), viewer, headers, fields: fields.map_err(IntoResponse::into_response)? })
    }
}

impl Posted {
    /// The same from a page of whoever is signed in; `page` is its address. Who is not signed in reads that nothing was
    /// recorded. Where our own page was drawn for an earlier session, it is drawn again with what was typed, so that
    /// pressing again goes through; what another site sent is refused.
    ///
    /// # Errors
    /// The answer to give instead.
    pub async fn from_page(self, page: impl Into<String>) -> Result<Sent, Instead> {
        let page = page.into();
        let Self { state, viewer, headers, fields } = self;
        let Some(viewer) = viewer else { return Err(sign_in::instead(&state, &headers, &page).await.into()) };
        let meant = !forged(&headers, &viewer, fields.get("csrf"));
        let sent = Sent { state, viewer, fields, page, headers };
        if meant {
            return Ok(sent);
        }
        if !same_origin(&sent.headers) {
            return Err(refused().into());
        }
        let words = "this page was drawn before you signed in the last time, or without you; send it again if it still \
                     holds";
        Err(sent.again(vec![whole(words)], 403).await.into())
    }

    /// The same from a page that needs nobody: somebody who is not signed in has no token, the origin alone tells then.
    ///
    /// # Errors
    /// The answer to give instead.
    pub fn from_anybody(self) -> Result<Self, Instead> {
        let meant = match &self.viewer {
            Some(viewer) => !forged(&self.headers, viewer, self.fields.get("csrf")),
            None => same_origin(&self.headers),
        };
        if meant { Ok(self) } else { Err(refused().into()) }
    }

    /// Draws the page of this address again, with what was typed and why it was not taken. After a conflict the form knows
    /// what was decided meanwhile, so that pressing again goes through.
    pub async fn again(self, page: &str, problems: Vec<Problem>, status: u16) -> Response {
        let Self { state, viewer, headers, fields } = self;
        let mut request = Request::new(Body::empty());
        *request.method_mut() = Method::GET;
        *request.headers_mut() = headers;
        for name in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::TRANSFER_ENCODING] {
            request.headers_mut().remove(name);
        }
        match page.parse() {
            Ok(uri) => *request.uri_mut() = uri,
            Err(_) => return see_other("/"),
        }
        let fields = if status == 409 { fields.without("seen") } else { fields };
        let form = Arc::new(FormState { fields: fields.0, problems });
        let mut response = page::render(state, viewer, request, move || provide_context(form.clone())).await;
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        if response.status().is_success() {
            *response.status_mut() = status;
        }
        response
    }
}
