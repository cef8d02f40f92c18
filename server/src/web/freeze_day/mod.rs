//! What is done on freeze day: decide about one proposal, comment on its issue, close it; and the announcement as a file.

use app::{
    features::freeze_day::{
        FreezeAddress,
        port::{FreezeAsk, Show},
    },
    query::{At, ReleaseChoice},
    ui::Problem,
};
use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::{Decision, Freeze, ReleaseVersion, Rule};

use super::{
    AppState,
    forms::{Fields, again, guard, problem, problem_of, refused_form, see_other, sign_in_first},
    ports::freeze_day,
    session::{MaybeViewer, Viewer},
};
use crate::usecases::{
    comment_freeze::{Handed, comment_freeze},
    decide::{By, DecideError, SourceDecision, decide as record, decide_on_source},
    key::Key,
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/releases/{version}/freeze/{freeze}/decide", post(decide))
        .route("/releases/{version}/freeze/{freeze}/comment", post(comment))
        .route("/releases/{version}/freeze/{freeze}/close", post(close))
        .route("/releases/{version}/freeze/{freeze}/undo", post(undo))
        .route("/releases/{version}/freeze/{freeze}/announcement.txt", get(announcement))
}

/// A form of the page, by whoever may send one.
struct Sent {
    state: AppState,
    viewer: Viewer,
    headers: HeaderMap,
    fields: Fields,
    address: FreezeAddress,
    page: String,
}

type Names = (String, String);

fn address((version, freeze): &Names) -> Option<FreezeAddress> {
    Some(FreezeAddress { release: version.parse::<ReleaseVersion>().ok()?, freeze: Freeze::of_slug(freeze)? })
}

impl Sent {
    /// Reads it. Whoever is not signed in is led there and back to the page.
    async fn read(
        state: AppState,
        viewer: Option<Viewer>,
        names: &Names,
        headers: HeaderMap,
        fields: Fields,
    ) -> Result<Self, Box<Response>> {
        let Some(address) = address(names) else { return Err(Box::new(see_other("/releases"))) };
        let page = match fields.get("proposal").and_then(|key| key.parse::<Key>().ok()) {
            Some(key) => address.proposal(&key.source, key.number),
            None => address.show("announcement"),
        };
        let Some(viewer) = viewer else { return Err(Box::new(sign_in_first(&page))) };
        if let Err(forged) = guard(&headers, &viewer, &fields) {
            return Err(Box::new(refused_form(state, viewer, &page, &headers, fields, forged).await));
        }
        Ok(Self { state, viewer, headers, fields, address, page })
    }

    fn by(&self) -> By {
        By::person(self.viewer.person.clone())
    }

    /// The proposal that the form is about.
    fn key(&self) -> Result<Key, Problem> {
        let key = self.fields.get("proposal").and_then(|key| key.parse().ok());
        key.ok_or_else(|| Problem { field: None, words: "the form names no proposal".to_owned() })
    }

    /// The page again.
    async fn again(self, problems: Vec<Problem>, status: u16) -> Response {
        let Self { state, viewer, headers, fields, page, .. } = self;
        again(state, Some(viewer), &page, &headers, fields, problems, status).await
    }

    async fn refused(self, error: DecideError) -> Response {
        let (problem, status) = (problem_of(&error), error.status());
        self.again(vec![problem], status).await
    }
}

/// Decides about one proposal, and stays with it so that its comment can be posted; leaving it goes on.
async fn decide(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &names, headers, fields).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let key = match sent.key() {
        Ok(key) => key,
        Err(problem) => return sent.again(vec![problem], 422).await,
    };
    let choice = sent.fields.get("choice").unwrap_or_default().to_owned();
    if choice != "leave"
        && let Err(error) = still_open(&sent, &key.source).await
    {
        return sent.refused(error).await;
    }
    let decision = match decision(&choice, &sent) {
        Ok(Some(decision)) => decision,
        Ok(None) => return see_other(&format!("{}&done=left", sent.address.after(&key.source, key.number))),
        Err(problem) => return sent.again(vec![problem], 422).await,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    match record(context, verdicts, &sent.by(), &key, decision, sent.fields.seen()).await {
        Ok(_) => see_other(&format!("{}&done={choice}", sent.page)),
        Err(error) => sent.refused(error).await,
    }
}

/// Once freeze day is closed, nothing is decided on its page any more.
async fn still_open(sent: &Sent, source: &str) -> Result<(), DecideError> {
    let world = sent.state.verdicts.world().await?;
    let FreezeAddress { release, freeze } = sent.address;
    let closings = world.release(release).map(|known| world.freeze_closings(known, freeze)).unwrap_or_default();
    if closings.iter().any(|closing| closing.source == source) {
        let words = "freeze day is closed, and its snapshot stays; decide on the page of the proposal instead";
        return Err(DecideError::Rule(domain::RuleError::Already(words.to_owned())));
    }
    Ok(())
}

/// What was chosen; none when it is left as it is.
fn decision(choice: &str, sent: &Sent) -> Result<Option<Decision>, Problem> {
    let (fields, release) = (&sent.fields, sent.address.release);
    let reason = fields.raw("reason").to_owned();
    let request = || {
        let number = fields.get("request").and_then(|number| number.parse().ok());
        number.ok_or_else(|| problem("choice", "no request of it waits for a decision"))
    };
    Ok(Some(match choice {
        "leave" => return Ok(None),
        "waive" => {
            let rule = serde_json::from_value::<Rule>(fields.raw("rule").into());
            let rule = rule.map_err(|_| problem("rule", "choose the requirement that is waived"))?;
            Decision::Waive { release, rule, reason }
        }
        "grant" => Decision::Grant { request: request()?, until: fields.raw("until").to_owned(), reason },
        "deny" => Decision::Deny { request: request()?, reason },
        "remove" => Decision::Remove { release, reason },
        _ => return Err(problem("choice", "choose what is decided: leave it, waive, grant, deny, or remove")),
    }))
}

/// Puts the comment into the outbox, and goes on.
async fn comment(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &names, headers, fields).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let key = match sent.key() {
        Ok(key) => key,
        Err(problem) => return sent.again(vec![problem], 422).await,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let of = (sent.address.release, sent.address.freeze);
    let posted = comment_freeze(context, verdicts, &sent.viewer.person, &key, of, sent.fields.raw("text")).await;
    match posted {
        Ok(handed) => {
            let done = match handed {
                Handed::Held => "held",
                Handed::OnItsWay => "posted",
            };
            see_other(&format!("{}&done={done}", sent.address.after(&key.source, key.number)))
        }
        Err(error) => sent.refused(error).await,
    }
}

/// Closes freeze day for every source that has not been closed.
async fn close(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &names, headers, fields.without("proposal")).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let FreezeAddress { release, freeze } = sent.address;
    let world = match verdicts.world().await {
        Ok(world) => world,
        Err(error) => return sent.refused(error.into()).await,
    };
    let Some(known) = world.release(release) else { return see_other("/releases") };
    let open = freeze_day::open_sources(&world, known, freeze, context.clock.now());
    // Where nothing is open, the rules say why.
    let fallback = world.sources.keys().next().cloned().into_iter().collect();
    let sources: Vec<String> = if open.is_empty() { fallback } else { open };
    for source in sources {
        let decision = SourceDecision::CloseFreeze { release, freeze };
        if let Err(error) = decide_on_source(context, verdicts, &sent.by(), &source, decision, None).await {
            return sent.refused(error).await;
        }
    }
    see_other(&format!("{}&done=closed", sent.address.show("then")))
}

/// Takes back that it was closed: one's own last decision, for ten minutes.
async fn undo(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(names): Path<Names>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &names, headers, fields.without("proposal")).await {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    let FreezeAddress { release, freeze } = sent.address;
    let world = match verdicts.world().await {
        Ok(world) => world,
        Err(error) => return sent.refused(error.into()).await,
    };
    let Some(known) = world.release(release) else { return see_other("/releases") };
    let closings = world.freeze_closings(known, freeze);
    let own = freeze_day::undoable(&world, &closings, &sent.viewer.person, context.clock.now());
    // Where nothing can be undone, the rules say why.
    let all = || closings.iter().map(|closing| (closing.source.to_owned(), closing.recorded.id)).collect();
    let decisions: Vec<(String, i64)> = own.map_or_else(all, |(decisions, _)| decisions);
    if decisions.is_empty() {
        return sent.again(vec![problem("close", "freeze day is not closed; there is nothing to undo")], 422).await;
    }
    for (source, event) in decisions {
        let decision = SourceDecision::Undo { event };
        if let Err(error) = decide_on_source(context, verdicts, &sent.by(), &source, decision, None).await {
            return sent.refused(error).await;
        }
    }
    see_other(&format!("{}&done=reopened", sent.address.show("then")))
}

/// The announcement as a text file.
async fn announcement(State(state): State<AppState>, Path(names): Path<Names>) -> Response {
    let Some(FreezeAddress { release, freeze }) = address(&names) else {
        return (StatusCode::NOT_FOUND, "There is no such freeze.").into_response();
    };
    let release = ReleaseChoice::Version(release);
    let ask = FreezeAsk { release, freeze, at: At::Now, show: Show::Announcement, proposal: None, after: None };
    match freeze_day::view(&state, &ask, None).await {
        Ok(view) => match view.mail {
            Some((subject, text)) => {
                let name = format!("attachment; filename=\"{}-{}.txt\"", view.release, freeze.slug());
                let head = [
                    (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                ];
                (head, format!("Subject: {subject}\n\n{text}")).into_response()
            }
            None => (StatusCode::NOT_FOUND, "The freeze has not passed; there is nothing to announce.").into_response(),
        },
        Err(error) => {
            let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, error.to_string()).into_response()
        }
    }
}
