//! Headers that keep a page to itself, and the check that a form was sent by one of our pages.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Policy of a page whose scripts carry `nonce`: nothing inline, wasm allowed, pictures from the repositories. Its forms
/// go to ourselves, and to `forms_to`: browsers ask for that even of an address that our answer sends them on to.
pub fn content_security_policy(nonce: &str, forms_to: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' https:; connect-src 'self'; font-src 'self'; form-action 'self' {forms_to}; base-uri 'none'; \
         frame-ancestors 'none'"
    ))
    .ok()
}

/// An address within this server to go on to after signing in: a path and no other host's, else the dashboard.
pub fn local_path(next: &str) -> &str {
    let is_local = next.len() <= MAX_PATH
        && next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && next.chars().all(|c| !c.is_control() && !c.is_whitespace());
    if is_local { next } else { "/" }
}

/// Longest address that is gone back to, in bytes: it is kept in the session of whoever signs in.
const MAX_PATH: usize = 2_000;

/// Policy of everything that is not a page.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Adds the headers that every answer carries.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether a request that changes something comes from one of our own pages. Browsers say so; a tool that says nothing
/// carries no one's session and may pass.
pub fn same_origin(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(&HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(&header::ORIGIN), text(&header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, rest)| rest == host),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers_of(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        assert!(!same_origin(&headers_of(&[("sec-fetch-site", "cross-site")])));
        assert!(!same_origin(&headers_of(&[("origin", "https://evil.example"), ("host", "127.0.0.1:3000")])));
        assert!(!same_origin(&headers_of(&[("origin", "null"), ("host", "127.0.0.1:3000")])));
    }

    #[test]
    fn only_paths_of_our_own_are_gone_on_to() {
        for foreign in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "cep/1", "/\t/evil", "/a\r\nb: c"]
        {
            assert_eq!(local_path(foreign), "/", "{foreign:?}");
        }
        assert_eq!(local_path("/cep/4702?at=now"), "/cep/4702?at=now");
    }

    #[test]
    fn our_own_forms_and_tools_pass() {
        assert!(same_origin(&headers_of(&[("sec-fetch-site", "same-origin")])));
        assert!(same_origin(&headers_of(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")])));
        assert!(same_origin(&headers_of(&[])));
    }
}
