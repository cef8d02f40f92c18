//! What a time that somebody types comes to: one reading of it for the form, its preview and the decision.

use app::{
    features::exceptions::{Kind, port::UntilView},
    words,
};
use axum::{
    extract::{RawQuery, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::{Freeze, ReleaseDates, ReleaseVersion, Terms, words::date_of};

use super::{form::Typed, found};
use crate::{verdicts::World, web::AppState};

/// What a time comes to for a request in a release; `None` when nothing is typed.
pub fn view(
    text: &str,
    freeze: Option<Freeze>,
    release: ReleaseVersion,
    dates: &ReleaseDates,
    now: DateTime<Utc>,
) -> Option<UntilView> {
    if text.trim().is_empty() {
        return None;
    }
    let terms = Terms {
        release,
        freeze,
        justification: String::new(),
        time: text.to_owned(),
        impact: String::new(),
        covers: Vec::new(),
    };
    Some(match terms.until(dates, now) {
        Ok(at) => UntilView::Instant { at, words: told(at, freeze, dates, now) },
        Err(rule) => UntilView::Refused(rule.to_string()),
    })
}

/// "until 27 Oct, 6 days after CF, 22 days before GA".
fn told(at: DateTime<Utc>, freeze: Option<Freeze>, dates: &ReleaseDates, now: DateTime<Utc>) -> String {
    let after = freeze
        .and_then(|freeze| Some((freeze, dates.freeze(freeze)?)))
        .map(|(freeze, instant)| format!(", {} after {}", words::countdown(at - instant), freeze.short()));
    let before = dates.ga.map(|ga| match ga - at {
        left if left.is_zero() => ", with GA".to_owned(),
        left => format!(", {} before GA", words::countdown(left)),
    });
    let day = words::day_near(date_of(at, dates.zone), now);
    format!("until {day}{}{}", after.unwrap_or_default(), before.unwrap_or_default())
}

/// The same for the browser: the words, and on a second line the instant; 422 with the rule when it cannot be.
pub async fn until(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let Ok(world) = state.verdicts.world().await else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let now = state.context.clock.now();
    let (status, text) = match asked(&world, query.as_deref().unwrap_or_default(), now) {
        Some(UntilView::Instant { at, words }) => {
            (StatusCode::OK, format!("{words} · {}\n{}", app::words::utc(at), app::words::machine(at)))
        }
        Some(UntilView::Refused(why)) => (StatusCode::UNPROCESSABLE_ENTITY, why),
        None => (StatusCode::OK, String::new()),
    };
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, text).into_response()
}

/// The time in a form as the browser sends it: that of a request there is, or of a new one.
fn asked(world: &World, query: &str, now: DateTime<Utc>) -> Option<UntilView> {
    let parameters = app::query::Parameters::parse(query);
    let text = parameters.first("until").or_else(|| parameters.first("time"))?;
    let (record, release, freeze) = if let Some(id) = parameters.first("request") {
        let key = world.exceptions.get(&id.parse().ok()?)?;
        let record = world.proposals.get(&(key.source.clone(), key.number))?;
        let freeze = record.history.events.iter().find_map(|recorded| match recorded.event {
            domain::Event::ExceptionSent { request, freeze, .. } if request == key.request => Some(freeze),
            _ => None,
        });
        (record, key.release, freeze?)
    } else {
        let typed = Typed::of(|name| parameters.first(name));
        let key = typed.key.ok()?;
        let record = world.proposals.get(&(key.source, key.number))?;
        (record, typed.release.ok()?, typed.kind.map_or(Some(Freeze::Code), Kind::freeze))
    };
    view(text, freeze, release, &found::dates(world, record, release, now), now)
}
