//! The pages: hands the request to the app with its ports, and puts the policy with the page's nonce on the answer.

use std::sync::Arc;

use app::port::{SetStatus, Theme};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::{
    nonce::use_nonce,
    prelude::{expect_context, provide_context},
};
use leptos_axum::{ResponseOptions, render_app_async_with_context};

use super::{AppState, ports, security};

/// Any page; addresses that no page has get the 404 page.
pub async fn page(State(state): State<AppState>, request: Request<Body>) -> Response {
    let cookies = request.headers().get(header::COOKIE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let theme = Theme::from_cookies(cookies);
    let render = render_app_async_with_context(
        move || {
            provide_context(state.assets.links.clone());
            provide_context(theme);
            ports::provide(&state);
            let response = expect_context::<ResponseOptions>();
            if let Some(policy) = use_nonce().and_then(|nonce| security::content_security_policy(&nonce)) {
                response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
            }
            response.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            provide_context(SetStatus(Arc::new(move |code| {
                if let Ok(code) = StatusCode::from_u16(code) {
                    response.set_status(code);
                }
            })));
        },
        app::shell,
    );
    render(request).await
}
