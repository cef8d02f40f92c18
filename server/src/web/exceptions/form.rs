//! What the form for a new request says, as far as it can be understood.

use app::{
    features::exceptions::{Kind, port::NewAsk},
    ui::Problem,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{Decision, Event, ReleaseVersion, Terms};

use crate::{
    store::{self, draft::DraftKey, person::Person},
    usecases::{
        Context,
        decide::{By, DecideError, Recorder, Word, try_out},
        key::Key,
    },
    verdicts::World,
    web::forms::{Fields, problem, words_of},
};

/// What a request is about, as typed.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The proposal, or why it names none.
    pub key: Result<Key, String>,
    /// The release, or why it names none.
    pub release: Result<ReleaseVersion, String>,
    /// From what.
    pub kind: Option<Kind>,
}

impl Typed {
    /// Reads the three fields.
    pub fn of<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Self {
        let proposal = field("proposal").unwrap_or_default();
        let release = field("release").unwrap_or_default();
        Self {
            key: if proposal.is_empty() { Err(NO_PROPOSAL.to_owned()) } else { read_key(proposal) },
            release: release.parse().map_err(|_| format!("`{release}` names no release; write it as v1.10")),
            kind: field("freeze").and_then(|kind| kind.parse().ok()),
        }
    }
}

const NO_PROPOSAL: &str = "name the proposal that needs more time, such as cep/4702";

/// "cep/4702", as people write it: any case, with a slash in front, or as "CEP 4702".
fn read_key(text: &str) -> Result<Key, String> {
    let text = text.trim().to_lowercase().replace([' ', '#'], "/").replace("//", "/");
    text.parse()
}

/// What the form posted.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is about.
    pub typed: Typed,
    terms: Option<Terms>,
    requester: Option<String>,
    link: Option<String>,
    sent_on: Result<Option<NaiveDate>, String>,
}

impl Form {
    /// Reads it.
    pub fn read(fields: &Fields) -> Self {
        let typed = Typed::of(|name| fields.get(name));
        let mut covers = fields.all("covers");
        covers.extend(fields.list("covers_more"));
        let terms = typed.release.as_ref().ok().map(|release| Terms {
            release: *release,
            freeze: typed.kind.and_then(Kind::freeze),
            justification: fields.raw("justification").to_owned(),
            time: fields.raw("time").to_owned(),
            impact: fields.raw("impact").to_owned(),
            covers,
        });
        let day = |text: &str| text.parse().map_err(|_| format!("`{text}` is no day; write it as 2026-10-06"));
        Self {
            typed,
            terms,
            requester: fields.get("requester").map(|login| login.trim_start_matches('@').to_owned()),
            link: fields.get("link").map(str::to_owned),
            sent_on: fields.get("sent_on").map(day).transpose(),
        }
    }

    /// Who asks, and since when: another's mail counts from its day (P-17).
    pub fn by(&self, recorder: Recorder, now: DateTime<Utc>) -> By {
        let day = self.sent_on.clone().ok().flatten().filter(|_| self.requester.is_some());
        // Noon lies within the day for nearly everybody on Earth; today counts from now.
        let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
        let at = day
            .map(|day| day.and_time(noon).and_utc())
            .map(|at| if at.date_naive() == now.date_naive() { at.min(now) } else { at });
        By { recorder, on_behalf_of: self.requester.clone(), link: self.link.clone(), at }
    }

    /// The decision; fields that cannot be read are told.
    pub fn decision(&self) -> Result<(Key, Decision), Vec<Problem>> {
        let problems = self.unread();
        match (&self.typed.key, &self.terms) {
            (Ok(key), Some(terms)) if problems.is_empty() => Ok((key.clone(), Decision::Ask(terms.clone()))),
            _ => Err(problems),
        }
    }

    fn unread(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        problems.extend(self.typed.key.as_ref().err().map(|words| problem("proposal", words)));
        problems.extend(self.typed.release.as_ref().err().map(|words| problem("release", words)));
        problems.extend(self.sent_on.as_ref().err().map(|words| problem("sent_on", words)));
        if self.typed.kind.is_none() {
            problems.push(problem("freeze", "choose from what an exception is asked"));
        }
        problems
    }

    /// Everything that the rules say against it, all at once: each field that is refused is set right to see the next.
    pub fn refused(&self, world: &World, word: &Word, now: DateTime<Utc>) -> Vec<Problem> {
        let mut problems = self.unread();
        let (Ok(key), Some(terms)) = (&self.typed.key, &self.terms) else { return problems };
        let Some(record) = world.proposals.get(&(key.source.clone(), key.number)) else {
            problems.push(problem("proposal", DecideError::NoProposal(key.clone()).to_string()));
            return problems;
        };
        let mut terms = terms.clone();
        for _ in 0..5 {
            let Err(error) = try_out(world, record, word, Decision::Ask(terms.clone()), now) else { break };
            let found = problem_of(&error);
            let field = found.field.clone().unwrap_or_default();
            problems.push(found);
            match field.as_str() {
                "justification" => "…".clone_into(&mut terms.justification),
                "impact" => "…".clone_into(&mut terms.impact),
                "covers_more" => terms.covers.clear(),
                // A day from now for no freeze is refused for nothing but the end of the release.
                "time" | "freeze" if terms.freeze.is_some() || terms.time != "1" => {
                    (terms.freeze, terms.time) = (None, "1".to_owned());
                }
                _ => break,
            }
        }
        problems
    }
}

/// What would be recorded if the form were sent, where it asks for a preview and the rules allow it. `login` is the
/// viewer's. Roles are not asked: a preview decides nothing.
///
/// # Errors
/// When the database fails.
pub async fn would_send(context: &Context, world: &World, ask: &NewAsk, login: &str) -> store::Result<Option<Event>> {
    let fields = Fields(ask.typed.clone());
    let form = Form::read(&fields);
    let (Some("preview"), Ok((key, decision))) = (fields.get("do"), form.decision()) else { return Ok(None) };
    let Some(record) = world.proposals.get(&(key.source, key.number)) else { return Ok(None) };
    let by = By::operator(form.requester.as_deref().unwrap_or(login));
    let mut conn = context.pool.acquire().await?;
    let Ok(word) = Word::of(&mut conn, context, &by).await else { return Ok(None) };
    Ok(try_out(world, record, &word, decision, context.clock.now()).ok())
}

/// What is wrong with a request, by the names of the form's fields.
pub fn problem_of(error: &DecideError) -> Problem {
    let field = match error {
        DecideError::NoProposal(_) | DecideError::NoSource(_) => Some("proposal"),
        _ => match error.field() {
            Some("until") => Some("time"),
            Some("covers") => Some("covers_more"),
            Some("on_behalf_of") => Some("requester"),
            Some("at") => Some("sent_on"),
            Some("to") => Some("release"),
            other => other,
        },
    };
    Problem { field: field.map(str::to_owned), words: words_of(error) }
}

/// What tells the draft of this form from its author's others.
pub fn draft_key(fields: &Fields) -> DraftKey {
    let typed = Typed::of(|name| fields.get(name));
    let (source, number) = typed.key.map(|key| (key.source, key.number)).unwrap_or_default();
    DraftKey {
        source,
        number,
        freeze: typed.kind.map(|kind| kind.slug().to_owned()).unwrap_or_default(),
        release: typed.release.map(|release| release.to_string()).unwrap_or_default(),
    }
}

/// The word of somebody who is signed in; rules alone are asked of somebody who is not yet.
pub fn recorder(person: Option<&Person>) -> Recorder {
    person.map_or_else(|| Recorder::Operator("you".to_owned()), |person| Recorder::Person(person.clone()))
}
