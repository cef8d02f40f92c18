//! Whose word a decision is, and whether they may give it (PROCESS 7).

use chrono::{DateTime, Utc};
use domain::{Circumstances, Decision, Event, Halves, ReleaseVersion, Role, Standing, policy};
use sqlx::PgConnection;

use super::{DecideError, Matter};
use crate::{
    config::is_admin,
    store::{
        event::NewEvent,
        person::{self, Person},
        setting,
    },
    usecases::{Context, key::Key},
};

/// Who records a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorder {
    /// Somebody who is signed in.
    Person(Person),
    /// Whoever runs the command line on the server, under the login they give: no role is asked there.
    Operator(String),
    /// Nobody who is known: may decide nothing, and is told so in words.
    Anyone,
}

/// Who decides, and since when it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Who records it.
    pub recorder: Recorder,
    /// The person whose decision it is, if another.
    pub on_behalf_of: Option<String>,
    /// Where it was said.
    pub link: Option<String>,
    /// When it was decided; now, when `None`.
    pub at: Option<DateTime<Utc>>,
}

impl By {
    /// A decision of one's own, now.
    pub fn person(person: Person) -> Self {
        Self { recorder: Recorder::Person(person), on_behalf_of: None, link: None, at: None }
    }

    /// A decision recorded on the server's command line.
    pub fn operator(login: impl Into<String>) -> Self {
        Self { recorder: Recorder::Operator(login.into()), on_behalf_of: None, link: None, at: None }
    }
}

/// A word given: who says it, who writes it down.
#[derive(Debug, Clone)]
pub struct Word {
    recorder: Recorder,
    admin: bool,
    actor: String,
    other: Option<Other>,
    link: Option<String>,
}

/// Somebody on whose behalf a decision is recorded.
#[derive(Debug, Clone)]
struct Other {
    login: String,
    person: Option<Person>,
}

impl Other {
    fn is(&self, login: &str) -> bool {
        let known = self.person.as_ref().is_some_and(|person| person.is(login));
        known || (self.person.is_none() && self.login.eq_ignore_ascii_case(login))
    }
}

impl Word {
    /// Reads who says what: on behalf of another only with a link to where that person said it.
    ///
    /// # Errors
    /// When the link is missing or none, the login is none, or the database fails.
    pub async fn of(conn: &mut PgConnection, context: &Context, by: &By) -> Result<Self, DecideError> {
        let (actor, admin) = match &by.recorder {
            Recorder::Person(person) => {
                let demo = setting::is_demo(&mut *conn).await?;
                (acting_login(person)?, is_admin(&context.config, demo, person))
            }
            Recorder::Operator(login) => (login.clone(), false),
            Recorder::Anyone => (String::new(), false),
        };
        let link = by.link.as_deref().map(str::trim).filter(|link| !link.is_empty()).map(read_link).transpose()?;
        let named = by.on_behalf_of.as_deref().map(|login| login.trim().trim_start_matches('@'));
        let own = |login: &str| match &by.recorder {
            Recorder::Person(person) => person.is(login),
            _ => login.eq_ignore_ascii_case(&actor),
        };
        let other = match named.filter(|login| !login.is_empty() && !own(login)) {
            None => None,
            Some(login) if !crate::documents::is_login(login) => return Err(DecideError::NoLogin(login.to_owned())),
            Some(login) if link.is_none() => return Err(DecideError::NoLink(login.to_owned())),
            Some(login) => {
                let person = person::by_login(conn, login).await?;
                Some(Other { login: login.to_owned(), person })
            }
        };
        Ok(Self { recorder: by.recorder.clone(), admin, actor, other, link })
    }

    /// Since when it holds. One's own word counts from the moment it is recorded; only another's, which stands behind its
    /// link, and what the server's operator enters can be dated.
    pub(super) fn at(&self, by: &By, now: DateTime<Utc>) -> Result<DateTime<Utc>, DecideError> {
        match by.at {
            None => Ok(now),
            Some(at) if at > now => Err(DecideError::InFuture(at)),
            Some(_) if self.other.is_none() && !self.is_operator() => Err(DecideError::OwnPast),
            Some(at) => Ok(at),
        }
    }

    /// Where it was said, when it is another's.
    pub(super) fn others_link(&self) -> Option<&str> {
        self.other.as_ref().and(self.link.as_deref())
    }

    /// Login of the person whose word it is.
    pub fn person(&self) -> &str {
        self.other.as_ref().map_or(&self.actor, |other| &other.login)
    }

    /// Whether a login means who records it.
    pub fn is_recorder(&self, login: &str) -> bool {
        match &self.recorder {
            Recorder::Person(person) => person.is(login),
            Recorder::Operator(operator) => operator.eq_ignore_ascii_case(login),
            Recorder::Anyone => false,
        }
    }

    /// Who records it, where they are signed in, and whether they administer the tracker.
    pub(super) fn signed_in(&self) -> Option<(&Person, bool)> {
        match &self.recorder {
            Recorder::Person(person) => Some((person, self.admin)),
            _ => None,
        }
    }

    /// Whether no role is asked.
    pub(super) fn is_operator(&self) -> bool {
        matches!(self.recorder, Recorder::Operator(_))
    }

    /// The event to be appended.
    pub(super) fn event(&self, key: &Key, event: Event, at: DateTime<Utc>) -> NewEvent {
        NewEvent {
            source: key.source.clone(),
            number: key.number,
            actor: self.actor.clone(),
            actor_id: self.signed_in().map(|(person, _)| person.id),
            on_behalf_of: self.other.as_ref().map(|other| other.login.clone()),
            link: self.link.clone(),
            occurred_at: Some(at),
            event,
        }
    }
}

/// The login under which somebody acts: the present one where it means them, else an earlier one that does.
fn acting_login(person: &Person) -> Result<String, DecideError> {
    if person.is(&person.login) {
        return Ok(person.login.clone());
    }
    person.logins.first().cloned().ok_or_else(|| DecideError::Unconfirmed(person.login.clone()))
}

fn read_link(text: &str) -> Result<String, DecideError> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let good = rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace);
    if good { Ok(text.to_owned()) } else { Err(DecideError::BadLink(text.to_owned())) }
}

/// Whether the word may be given; the role in which it is, where one is asked.
pub(super) fn authorise(matter: &Matter<'_>, word: &Word, decision: &Decision) -> Result<Option<Role>, DecideError> {
    if word.is_operator() {
        return Ok(None);
    }
    let action = decision.action();
    let release = matter.release(decision);
    let (world, record, known) = (matter.world, matter.record, matter.known);
    let recorder = world.standing(word.signed_in(), record, known, release, matter.now);
    let of_recorder = matter.circumstances(decision, |login| word.is_recorder(login));
    let role = match &word.other {
        None => policy::may(action, &recorder, &of_recorder)?,
        Some(other) => {
            let person = standing_of(matter, other, release);
            let of_person: Circumstances = matter.circumstances(decision, |login| other.is(login));
            policy::may_record_for(action, (&recorder, &of_recorder), (&person, &of_person))?
        }
    };
    Ok(Some(role))
}

fn standing_of(matter: &Matter<'_>, other: &Other, release: Option<ReleaseVersion>) -> Standing {
    let record = matter.record;
    let groups = matter.world.groups(&record.source, release, matter.now);
    Standing::of(|login| other.is(login), false, &groups, Some((&*record.source, &*record.history, matter.known)))
}

/// For which sides the person whose word it is speaks in a check-in (P-21). Whoever runs the command line on the server
/// speaks for the release team.
pub(super) fn halves(matter: &Matter<'_>, word: &Word, decision: &Decision) -> Halves {
    if !matches!(decision, Decision::CheckIn { .. }) {
        return Halves::default();
    }
    let release = matter.release(decision);
    match &word.other {
        Some(other) => Halves::of(&standing_of(matter, other, release)),
        None if word.is_operator() => Halves { release_team: true, approver: false },
        None => {
            let (record, known) = (matter.record, matter.known);
            Halves::of(&matter.world.standing(word.signed_in(), record, known, release, matter.now))
        }
    }
}
