//! What the description says besides the addresses, and the description itself.

use axum::Json;
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, License, OpenApi, OpenApiBuilder,
    security::{Http, HttpAuthScheme, SecurityScheme},
    tag::TagBuilder,
};

use super::problem::ProblemObject;

/// Name of the way to say who one is, in the description.
pub const TOKEN: &str = "token";

/// Parts of the API in their order, with what they are about.
const PARTS: [(&str, &str); 10] = [
    ("Proposals", "Proposals with their verdicts: the same that pages, files and comments print."),
    ("Releases", "Releases with their deadlines, schedules, plans, checklists, freeze days and announcements."),
    ("Check-ins", "What is said about tracked proposals week by week, and who speaks for whom."),
    ("Exceptions", "Requests for exceptions from a freeze."),
    ("Decisions", "What people decided, and deciding."),
    ("Pull requests", "Open pull requests of proposals, and which should carry the label of approved work."),
    ("Mismatches", "Where sources of truth disagree."),
    ("Outbox", "What goes out to GitHub and by mail, and who was reminded of what."),
    ("Tracker", "What is configured, what was read from GitHub, and this description."),
    ("Me", "What waits on whose token it is."),
];

const ABOUT: &str = "Everything public of this tracker, to be read by programs, and the decisions of whoever sends a \
    token. Reading needs no token.\n\n\
    `at` shows any instant, past or ahead. Lists come in pages, and the header `Link` leads through them. Every answer \
    to a GET has an `ETag`; send it as `If-None-Match` and hear 304 where nothing changed. Errors are problem documents \
    (RFC 9457), whose `detail` is for people and whose `type` is for programs.\n\n\
    Tokens are made on `/me` and sent as `Authorization: Bearer …`. One for reading reads what waits on its person; one \
    for deciding records what they may decide, by the same rules as the pages.";

/// The description without addresses.
pub(super) fn about() -> OpenApi {
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let tag = |(name, about): (&str, &str)| TagBuilder::new().name(name).description(Some(about)).build();
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("CEP Tracker")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(ABOUT))
                .license(Some(License::new("Apache-2.0")))
                .build(),
        )
        .tags(Some(PARTS.map(tag)))
        // What may be answered instead is described without its shape.
        .components(Some(ComponentsBuilder::new().security_scheme(TOKEN, token).schema_from::<ProblemObject>().build()))
        .build()
}

/// This description
///
/// `OpenAPI` 3.1, made of the code that answers.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    tag = "Tracker",
    responses((status = 200, description = "The description.", body = Object), super::problem::Unreadable)
)]
pub(super) async fn openapi() -> Json<&'static OpenApi> {
    Json(super::description())
}
