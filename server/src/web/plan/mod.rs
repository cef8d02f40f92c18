//! What is done on the planning page: accept, order, carry over, close; and its exports.

mod accept;
mod carry;
mod export;
mod order;

use app::{features::plan::PlanAddress, ui::Problem};
use axum::{
    Router,
    extract::Path,
    response::Response,
    routing::{get, post},
};
use domain::{Recorded, ReleaseVersion};

use super::{
    AppState,
    forms::{Answer, Fields, Instead, Posted, Sent, see_other, whole, words_of},
};
use crate::{
    usecases::{
        decide::{DecideError, SourceDecision, decide_on_source},
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
struct OfPlan {
    sent: Sent,
    address: PlanAddress,
}

impl OfPlan {
    async fn read(version: &str, posted: Posted) -> Result<Self, Instead> {
        let release = version.parse::<ReleaseVersion>().map_err(|_| see_other("/releases"))?;
        let text = |name| posted.fields.get(name).map(str::to_owned);
        let address = PlanAddress { release, source: text("source"), sig: text("sig") };
        Ok(Self { sent: posted.from_page(address.page()).await?, address })
    }

    fn source(&self) -> &str {
        self.address.source.as_deref().unwrap_or_default()
    }

    fn key(&self, number: u32) -> Key {
        Key { source: self.source().to_owned(), number }
    }

    /// The latest decision on a proposal that the form knew.
    fn seen(&self, number: u32) -> Option<i64> {
        self.sent.fields.get(&format!("seen-{number}")).and_then(|seen| seen.parse().ok())
    }

    /// To the page, which says what was done.
    fn done(&self, what: &str) -> Response {
        see_other(&self.address.with("done", what))
    }

    /// Decides on what is about the whole source.
    async fn decide(&self, decision: SourceDecision) -> Result<(), DecideError> {
        let Sent { state, fields, .. } = &self.sent;
        let (context, verdicts) = (&state.context, &state.verdicts);
        decide_on_source(context, verdicts, &self.sent.by(), self.source(), decision, fields.seen()).await?;
        Ok(())
    }

    /// The page again, with what others decided in words that name their proposals.
    async fn refused(self, error: DecideError) -> Response {
        let DecideError::Meanwhile(events) = &error else { return self.sent.refused(error).await };
        match self.sent.state.verdicts.world().await {
            Ok(world) => {
                let problem = meanwhile(&world, self.source(), events);
                self.sent.again(vec![problem], error.status()).await
            }
            Err(_) => self.sent.refused(error).await,
        }
    }
}

/// What others decided after the page was drawn.
fn meanwhile(world: &World, source: &str, events: &[Recorded]) -> Problem {
    let told: Vec<_> = events.iter().map(|recorded| told(world, source, recorded)).collect();
    let words = format!(
        "Others decided after you opened the page: {}. What you chose is kept below; send it again if it still holds.",
        told.join("; ")
    );
    whole(words)
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
    async fn answer(self, mut form: OfPlan, done: &str, ticks: &str, verb: &str) -> Response {
        if self.refused.is_empty() {
            return form.done(&format!("{done}-{}", self.done.len()));
        }
        let noun = match form.sent.state.verdicts.world().await {
            Ok(world) => world.sources.get(form.source()).map(|source| source.noun.clone()).unwrap_or_default(),
            Err(_) => String::new(),
        };
        let name = |number: &u32| format!("{noun} {number}");
        let refused = self.refused.iter();
        let problems = refused.map(|(number, words)| whole(format!("{}: {words}", name(number)))).collect();
        let fields = &mut form.sent.fields;
        fields.0.retain(|(field, _)| !field.starts_with("seen") && field != ticks && field != "only");
        fields.0.extend(self.refused.iter().map(|(number, _)| (ticks.to_owned(), number.to_string())));
        if !self.done.is_empty() {
            let names = self.done.iter().map(name).collect::<Vec<_>>().join(", ");
            fields.0.push(("done".to_owned(), format!("{verb}: {names}.")));
        }
        form.sent.again(problems, self.status).await
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
async fn close(Path(version): Path<String>, posted: Posted) -> Answer {
    let form = OfPlan::read(&version, posted).await?;
    let decision = SourceDecision::ClosePlan { release: form.address.release };
    Ok(match form.decide(decision).await {
        Ok(()) => form.done("closed"),
        Err(error) => form.refused(error).await,
    })
}
