//! The forms of the meetings.

use app::ui::Problem;
use axum::{Router, response::Response, routing::post};
use chrono::{NaiveDate, NaiveTime};
use domain::{meeting::ZONES, representation::Seat};

use super::{
    AppState,
    forms::{Answer, Fields, Posted, Sent, problem, whole},
    kept_list,
};
use crate::usecases::keep_meetings::{Change, Wanted, keep_meetings};

const PAGE: &str = "/meetings";

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/meetings/set", post(set))
        .route("/meetings/remove", post(remove))
        .route("/meetings/undo", post(undo))
}

/// Adds a meeting, or changes one.
async fn set(posted: Posted) -> Answer {
    let page = kept_list::page(PAGE, &posted);
    let sent = posted.from_page(page).await?;
    let change = read(&sent.fields);
    Ok(keep(sent, change).await)
}

/// Takes a meeting off.
async fn remove(posted: Posted) -> Answer {
    let sent = posted.from_page(PAGE).await?;
    let change = sent.fields.get("key").map(|key| Change::Remove(key.to_owned()));
    let change = change.ok_or_else(|| vec![whole("the form does not say which meeting")]);
    Ok(keep(sent, change).await)
}

/// Goes back to the list before one's own last change.
async fn undo(posted: Posted) -> Answer {
    Ok(keep(posted.from_page(PAGE).await?, Ok(Change::Undo)).await)
}

async fn keep(sent: Sent, change: Result<Change, Vec<Problem>>) -> Response {
    let done = match change {
        Ok(Change::Remove(_)) => "removed",
        Ok(Change::Undo) => "undone",
        _ => "kept",
    };
    kept_list::keep(sent, (PAGE, done), change, async |sent, change| {
        let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
        keep_meetings(context, verdicts, &sent.viewer.person, change, sent.fields.seen()).await
    })
    .await
}

/// What the form says, or what is wrong with it.
fn read(fields: &Fields) -> Result<Change, Vec<Problem>> {
    let mut form = Reader { fields, problems: Vec::new() };
    let title = form.need("title", "a title is needed, such as “Weekly sync”", |text| Ok(text.to_owned()));
    let of = form.need("of", "choose the SIG, or the release team", |text| Ok(Seat::of_slug(text)));
    let first_day = form.need("first", "the first day is needed, such as 2026-10-05", |text| {
        text.parse::<NaiveDate>().map_err(|_| format!("`{text}` is no day; write it as 2026-10-05"))
    });
    let begins = form.need("begins", "the time is needed, such as 10:00", |text| {
        let time = NaiveTime::parse_from_str(text, "%H:%M");
        time.map_err(|_| format!("`{text}` is no time of day; write it as 10:00"))
    });
    let zone = form.need("zone", "choose the time zone", |text| {
        let zone = ZONES.iter().find(|zone| zone.name().eq_ignore_ascii_case(text));
        zone.copied().ok_or_else(|| format!("`{text}` is no time zone; write it as Europe/Berlin"))
    });
    let weeks = form.need("weeks", "after how many weeks does it come again?", number);
    let minutes = form.may("minutes", number);
    let place = form.may("place", |text| Ok(text.to_owned()));
    match (title, of, first_day, begins, zone, weeks) {
        (Some(title), Some(of), Some(first_day), Some(begins), Some(zone), Some(every_weeks))
            if form.problems.is_empty() =>
        {
            let wanted = Wanted { of, title, zone, first_day, begins, minutes, every_weeks, place };
            Ok(Change::Set { key: fields.get("key").map(str::to_owned), wanted })
        }
        _ => Err(form.problems),
    }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is no whole number"))
}

/// Reads fields, and collects what is wrong with them.
struct Reader<'f> {
    fields: &'f Fields,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// A field that may be empty.
    fn may<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let wrong = |words| self.problems.push(problem(name, words));
        parse(self.fields.get(name)?).map_err(wrong).ok()
    }

    /// A field that must be filled in.
    fn need<T>(&mut self, name: &str, missing: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        if self.fields.get(name).is_none() {
            self.problems.push(problem(name, missing));
        }
        self.may(name, parse)
    }
}
