//! Validators of what is read again and again: an `ETag` on every answer of the API and of the feeds, and 304 for whoever
//! has it already.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::store::blob;

/// How much of the hash makes the tag: half of SHA-256 tells texts apart as well as anybody needs.
const TAG: usize = 32;

/// Puts an `ETag` on a good answer to a GET, or answers 304 where the reader has the same. The tag is a weak one: the
/// body is the same in meaning, and compressed or not.
pub async fn validators(request: Request, next: Next) -> Response {
    let asked = request.headers().get_all(header::IF_NONE_MATCH).iter().cloned().collect::<Vec<_>>();
    let reads = request.method() == Method::GET;
    let response = next.run(request).await;
    if !reads || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let hash = blob::address(undated(&bytes));
    let tag = format!("W/\"{}\"", hash.get(..TAG).unwrap_or(&hash));
    let same = asked.iter().filter_map(|value| value.to_str().ok()).any(|value| names(value, &tag));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    parts.headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    if same { unchanged(&parts.headers) } else { Response::from_parts(parts, Body::from(bytes)) }
}

fn unchanged(headers: &HeaderMap) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    for name in [header::ETAG, header::CACHE_CONTROL, header::LAST_MODIFIED, header::VARY, header::LINK] {
        if let Some(value) = headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

/// The instant at which something was judged comes first in the objects that tell it, and is later with every request;
/// what follows is what a reader wants to know to be the same.
fn undated(body: &[u8]) -> &[u8] {
    if !body.starts_with(br#"{"at":"2"#) {
        return body;
    }
    body.iter().position(|byte| *byte == b',').map_or(body, |comma| &body[comma..])
}

/// Whether an `If-None-Match` names the tag, compared weakly (RFC 9110, 13.1.2).
fn names(value: &str, tag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    value.trim() == "*" || value.split(',').any(|one| bare(one) == bare(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_found_among_others_strong_or_weak() {
        assert!(names("\"a\", W/\"b\"", "W/\"a\""));
        assert!(names("*", "W/\"a\""));
        assert!(!names("\"ab\"", "W/\"a\""));
    }

    #[test]
    fn the_instant_of_judging_makes_no_difference_and_all_else_does() {
        let body = |at: &str, total: u32| format!(r#"{{"at":"{at}","total":{total}}}"#).into_bytes();
        assert_eq!(undated(&body("2026-10-08T12:00:00Z", 1)), undated(&body("2026-10-08T12:01:00Z", 1)));
        assert_ne!(undated(&body("2026-10-08T12:00:00Z", 1)), undated(&body("2026-10-08T12:00:00Z", 2)));
        assert_eq!(undated(b"[1,2]"), b"[1,2]");
    }
}
