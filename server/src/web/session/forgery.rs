//! The check that a change was meant by whoever's browser sends it.

use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{Via, Viewer};
use crate::{secret, web::security};

/// Header in which requests with a JSON body carry what forms carry in the field `csrf`.
const HEADER: &str = "x-csrf-token";

/// Whether a request that changes something may have been made by another site behind the viewer's back. `field` is the
/// form's `csrf`. A request with a token of the API cannot be: browsers do not send those by themselves.
pub fn forged(headers: &HeaderMap, viewer: &Viewer, field: Option<&str>) -> bool {
    match viewer.via {
        Via::Token(_) => false,
        Via::Session => {
            let sent = field.or_else(|| headers.get(HEADER).and_then(|value| value.to_str().ok())).unwrap_or_default();
            !security::same_origin(headers) || viewer.csrf.is_empty() || !secret::same(sent, &viewer.csrf)
        }
    }
}

/// The answer to a request that is [`forged`].
pub fn refused() -> Response {
    (
        StatusCode::FORBIDDEN,
        "This form was sent by another site, or it is older than your session. Nothing was changed. Open the page \
         again and send it from there.",
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;
    use crate::store::{person::Person, token::Scope};

    fn viewer(via: Via) -> Viewer {
        let person = Person { id: 1, login: "ada".to_owned(), name: None, logins: vec!["ada".to_owned()] };
        Viewer { person, csrf: "secret".to_owned(), via }
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn a_form_needs_the_sessions_token_and_our_origin() {
        let viewer = viewer(Via::Session);
        let same = headers(&[("sec-fetch-site", "same-origin")]);
        assert!(!forged(&same, &viewer, Some("secret")));
        assert!(forged(&same, &viewer, Some("guess")));
        assert!(forged(&same, &viewer, None));
        assert!(forged(&headers(&[("sec-fetch-site", "cross-site")]), &viewer, Some("secret")));
    }

    #[test]
    fn json_carries_it_in_a_header() {
        let viewer = viewer(Via::Session);
        assert!(!forged(&headers(&[("x-csrf-token", "secret")]), &viewer, None));
        assert!(forged(&headers(&[("x-csrf-token", "guess")]), &viewer, None));
    }

    #[test]
    fn an_api_token_needs_none() {
        assert!(!forged(&headers(&[]), &viewer(Via::Token(Scope::Decide)), None));
    }
}
