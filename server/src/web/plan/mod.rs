//! What is done on the planning page: accept, order, carry over, close; and its exports.

mod accept;
mod carry;
mod export;
mod order;

use app::{features::plan::PlanAddress, ui::Problem};
use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use domain::{Recorded, ReleaseVersion};

use super::{
    AppState,
    forms::{self, Fields, again, guard, problem_of, see_other, sign_in_first, words_of},
    session::{MaybeViewer, Viewer},
};
use crate::{
    usecases::{
        decide::{By, DecideError, SourceDecision, decide_on_source},
        key::Key,
    },
    verdicts::World,
};

/// The addresses.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/releases/{version}/plan.csv", get(export::csv))
        .route("/releases/{version}/plan.json", get(export::json))
        .route("/releases/{version}/plan/accept", post(accept::accept))
        .route("/releases/{version}/plan/order", post(order::order))
        .route("/releases/{version}/plan/carry", post(carry::carry))
        .route("/releases/{version}/plan/close", post(close))
}

/// A form of the page, by whoever may send one.
struct Sent {
    state: AppState,
    viewer: Viewer,
    headers: HeaderMap,
    fields: Fields,
    address: PlanAddress,
}

impl Sent {
    /// Reads it. Whoever is not signed in is led there and back to the page; what was forged is refused.
    fn read(
        state: AppState,
        viewer: Option<Viewer>,
        version: &str,
        headers: HeaderMap,
        fields: Fields,
    ) -> Result<Self, Box<Response>> {
        let Ok(release) = version.parse::<ReleaseVersion>() else { return Err(Box::new(see_other("/releases"))) };
        let text = |name| fields.get(name).map(str::to_owned);
        let address = PlanAddress { release, source: text("source"), sig: text("sig") };
        let Some(viewer) = viewer else { return Err(Box::new(sign_in_first(&address.page()))) };
        guard(&headers, &viewer, &fields)?;
        Ok(Self { state, viewer, headers, fields, address })
    }

    fn source(&self) -> &str {
        self.address.source.as_deref().unwrap_or_default()
    }

    fn key(&self, number: u32) -> Key {
        Key { source: self.source().to_owned(), number }
    }

    fn by(&self) -> By {
        By::person(self.viewer.person.clone())
    }

    /// The latest decision on a proposal that the form knew.
    fn seen(&self, number: u32) -> Option<i64> {
        self.fields.get(&format!("seen-{number}")).and_then(|seen| seen.parse().ok())
    }

    /// To the page, which says what was done.
    fn done(&self, what: &str) -> Response {
        see_other(&self.address.with("done", what))
    }

    /// The page again.
    async fn again(self, problems: Vec<Problem>, status: u16) -> Response {
        let Self { state, viewer, headers, fields, address } = self;
        again(state, Some(viewer), &address.page(), &headers, fields, problems, status).await
    }

    /// The page again, with what others decided in words that name their proposals.
    async fn refused(self, error: DecideError) -> Response {
        let status = error.status();
        let problems = match &error {
            DecideError::Meanwhile(events) => match self.state.verdicts.world().await {
                Ok(world) => vec![meanwhile(&world, self.source(), events)],
                Err(_) => vec![problem_of(&error)],
            },
            _ => vec![problem_of(&error)],
        };
        self.again(problems, status).await
    }
}

/// What others decided after the page was drawn.
fn meanwhile(world: &World, source: &str, events: &[Recorded]) -> Problem {
    let told: Vec<_> = events.iter().map(|recorded| told(world, source, recorded)).collect();
    let words = format!(
        "Others decided after you opened the page: {}. What you chose is kept below; send it again if it still holds.",
        told.join("; ")
    );
    Problem { field: None, words }
}

fn told(world: &World, source: &str, recorded: &Recorded) -> String {
    let mut records = world.proposals.values().filter(|record| record.source.id == source);
    let about = records.find(|record| record.history.events.iter().any(|known| known.id == recorded.id));
    let name = about.map(|record| format!("{} {}: ", record.source.noun, record.history.number)).unwrap_or_default();
    format!("{name}{} (@{})", recorded.event.tell(), recorded.person())
}

/// Results of several decisions at once: what was recorded, and what was refused, each in words.
#[derive(Default)]
struct Results {
    done: Vec<u32>,
    refused: Vec<(u32, String)>,
    status: u16,
}

impl Results {
    fn add(&mut self, number: u32, result: Result<Recorded, DecideError>) {
        match result {
            Ok(_) => self.done.push(number),
            Err(error) => {
                if self.status == 0 {
                    self.status = error.status();
                }
                self.refused.push((number, words_of(&error)));
            }
        }
    }

    /// To the page when all went well; else the page again, which tells both and keeps what was refused ticked.
    async fn answer(self, mut sent: Sent, done: &str, ticks: &str, verb: &str) -> Response {
        if self.refused.is_empty() {
            return sent.done(&format!("{done}-{}", self.done.len()));
        }
        let noun = match sent.state.verdicts.world().await {
            Ok(world) => world.sources.get(sent.source()).map(|source| source.noun.clone()).unwrap_or_default(),
            Err(_) => String::new(),
        };
        let name = |number: &u32| format!("{noun} {number}");
        let problems = self
            .refused
            .iter()
            .map(|(number, words)| Problem { field: None, words: format!("{}: {words}", name(number)) });
        let problems = problems.collect();
        let mut fields = std::mem::take(&mut sent.fields);
        fields.0.retain(|(field, _)| !field.starts_with("seen") && field != ticks && field != "only");
        fields.0.extend(self.refused.iter().map(|(number, _)| (ticks.to_owned(), number.to_string())));
        if !self.done.is_empty() {
            let names = self.done.iter().map(name).collect::<Vec<_>>().join(", ");
            fields.0.push(("done".to_owned(), format!("{verb}: {names}.")));
        }
        sent.fields = fields;
        sent.again(problems, self.status).await
    }
}

/// Most proposals that one form decides on; a release has fewer.
const MOST: usize = 300;

/// Numbers chosen in a field; what is none is left out.
fn numbers(fields: &Fields, name: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    for number in fields.all(name).iter().filter_map(|value| value.parse().ok()) {
        if !numbers.contains(&number) && numbers.len() < MOST {
            numbers.push(number);
        }
    }
    numbers
}

/// Closes the plan: a snapshot (P-5).
async fn close(
    State(state): State<AppState>,
    MaybeViewer(viewer): MaybeViewer,
    Path(version): Path<String>,
    headers: HeaderMap,
    fields: Fields,
) -> Response {
    let sent = match Sent::read(state, viewer, &version, headers, fields) {
        Ok(sent) => sent,
        Err(answer) => return *answer,
    };
    let decision = SourceDecision::ClosePlan { release: sent.address.release };
    let (context, verdicts) = (&sent.state.context, &sent.state.verdicts);
    match decide_on_source(context, verdicts, &sent.by(), sent.source(), decision, sent.fields.seen()).await {
        Ok(_) => sent.done("closed"),
        Err(error) => sent.refused(error).await,
    }
}

/// A problem with the whole form.
fn whole(words: &str) -> Problem {
    Problem { field: None, words: words.to_owned() }
}

/// A problem with one field.
fn of_field(name: &str, words: &str) -> Problem {
    forms::problem(name, words)
}
