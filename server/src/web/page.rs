//! The pages: hands the request to the app with its ports, and puts the policy with the page's nonce on the answer.

use std::sync::Arc;

use app::port::{self, AddHeader, PageError, SetStatus, Theme};
use axum::{
    body::Body,
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    response::Response,
};
use leptos::{
    nonce::use_nonce,
    prelude::{expect_context, provide_context},
};
use leptos_axum::{ResponseOptions, render_app_async_with_context};

use super::{
    AppState, ports, security,
    session::{MaybeViewer, Viewer},
    sign_in,
};

/// Any page; addresses that no page has get the 404 page.
pub async fn page(State(state): State<AppState>, request: Request<Body>) -> Response {
    let (mut parts, body) = request.into_parts();
    // Without a database the page itself says so, in its frame.
    let viewer = MaybeViewer::from_request_parts(&mut parts, &state).await.ok().and_then(|MaybeViewer(viewer)| viewer);
    render(state, viewer, Request::from_parts(parts, body), || ()).await
}

/// The page that says why an address without a page of its own cannot be answered.
pub async fn refuse(state: AppState, viewer: Option<Viewer>, headers: &HeaderMap, error: PageError) -> Response {
    let mut request = Request::new(Body::empty());
    *request.headers_mut() = headers.clone();
    // No page has this address, so that the one for errors is drawn.
    *request.uri_mut() = Uri::from_static("/errors");
    render(state, viewer, request, move || provide_context(error.clone())).await
}

/// The page at the address of `request`, which has to be a GET. `provide` puts more into its context, e.g. what was wrong
/// with a form that is shown again.
pub async fn render(
    state: AppState,
    viewer: Option<Viewer>,
    request: Request<Body>,
    provide: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let cookies = request.headers().get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let theme = Theme::from_cookies(cookies);
    let cached = match viewer {
        // The link of a mail shows an address to whoever has it.
        _ if request.uri().path().starts_with("/reminders/") => "no-store",
        Some(_) => "private, no-cache",
        None => "no-cache",
    };
    let person = viewer.as_ref().map(|viewer| viewer.person.clone());
    let viewer =
        viewer.map(|viewer| port::Viewer { login: viewer.person.login, name: viewer.person.name, csrf: viewer.csrf });
    let forms_to = (request.uri().path() == sign_in::PATH)
        .then(|| state.github.as_ref().map(|github| github.web_origin().to_owned()))
        .flatten()
        .unwrap_or_default();
    let render = render_app_async_with_context(
        move || {
            provide_context(state.assets.links.clone());
            provide_context(theme);
            provide_context(viewer.clone());
            ports::provide(&state, person.as_ref());
            let response = expect_context::<ResponseOptions>();
            if let Some(policy) =
                use_nonce().and_then(|nonce| security::content_security_policy(&nonce, forms_to.trim()))
            {
                response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            }
            response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static(cached));
            let headers = response.clone();
            provide_context(AddHeader(Arc::new(move |name, value| {
                if let Ok(value) = HeaderValue::from_str(value) {
                    headers.append_header(HeaderName::from_static(name), value);
                }
            })));
            provide_context(SetStatus(Arc::new(move |code| {
                if let Ok(code) = StatusCode::from_u16(code) {
                    response.set_status(code);
                }
            })));
            provide();
        },
        app::shell,
    );
    render(request).await
}
