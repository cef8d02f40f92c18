//! What somebody may do with a request now: tried out by the rules that record it, so that nothing is offered in vain.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Action, Circumstances, Decision, Known, RequestView, RuleError, policy};
use sqlx::PgConnection;

use crate::{
    store::person::Person,
    usecases::{
        Context,
        decide::{By, DecideError, Word, try_out},
    },
    verdicts::{ProposalRecord, World},
};

/// A request in front of somebody.
#[derive(Debug, Default)]
pub struct Desk {
    /// What they may do.
    pub may: Vec<Action>,
    /// What they may record as the requester's word.
    pub for_another: Vec<Action>,
    /// Why they may not decide, where somebody has to.
    pub may_not: Option<String>,
    /// The role in which they decide: "as a member of the release team".
    pub role: Option<String>,
    /// The login under which they act.
    pub login: Option<String>,
}

/// A request with the proposal it belongs to.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// Everything known.
    pub world: &'a World,
    /// The proposal.
    pub record: &'a ProposalRecord,
    /// What is known about it.
    pub known: &'a Known<'a>,
    /// The request.
    pub request: &'a RequestView<'a>,
    /// When GA comes.
    pub ga: Option<DateTime<Utc>>,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Desk {
    /// The desk of somebody who is signed in.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of(
        conn: &mut PgConnection,
        context: &Context,
        person: &Person,
        case: Case<'_>,
    ) -> Result<Self, DecideError> {
        let own = match Word::of(conn, context, &By::person(person.clone())).await {
            Ok(own) => own,
            Err(error @ DecideError::Store(_)) => return Err(error),
            Err(error) => return Ok(Self { may_not: Some(error.to_string()), ..Self::default() }),
        };
        let may: Vec<_> = ACTIONS.into_iter().filter(|action| case.can(&own, *action).is_ok()).collect();
        let own_request = case.role(person, true).is_none() && case.role(person, false).is_some();
        let may_not = (own_request && case.request.state.undecided()).then(|| OWN_REQUEST.to_owned());
        let theirs = By {
            on_behalf_of: Some(case.request.requester.to_owned()),
            link: Some("https://example.org".to_owned()),
            ..By::person(person.clone())
        };
        let for_another = match Word::of(conn, context, &theirs).await {
            Ok(word) => {
                let recorded = [Action::Answer, Action::TakeBack].into_iter().filter(|action| !may.contains(action));
                recorded.filter(|action| case.can(&word, *action).is_ok()).collect()
            }
            Err(_) => Vec::new(),
        };
        Ok(Self { role: case.role(person, true), login: Some(own.person().to_owned()), may, for_another, may_not })
    }
}

/// What a decider reads on a request of their own (P-18).
const OWN_REQUEST: &str =
    "This is your own request. Nobody decides on their own request; another member of the release team has to.";

const ACTIONS: [Action; 8] = [
    Action::File,
    Action::Review,
    Action::AskMore,
    Action::Answer,
    Action::Grant,
    Action::Extend,
    Action::Deny,
    Action::TakeBack,
];

impl Case<'_> {
    /// Whether a word would be recorded, whatever is typed into its form.
    fn can(&self, word: &Word, action: Action) -> Result<(), DecideError> {
        let mut why = None;
        for decision in self.candidates(action) {
            match try_out(self.world, self.record, word, decision, self.now) {
                Ok(_) => return Ok(()),
                Err(error) => why = Some(error),
            }
        }
        Err(why.unwrap_or(DecideError::Rule(RuleError::NoRequest(self.request.number))))
    }

    /// What could be recorded, with every field filled in.
    fn candidates(&self, action: Action) -> Vec<Decision> {
        let request = self.request.number;
        let said = || "…".to_owned();
        let later = self.request.granted_until().unwrap_or(self.request.asked_until) + TimeDelta::days(1);
        let ends = [Some(self.request.asked_until), self.ga, Some(later), Some(self.now + TimeDelta::days(1))];
        let ends = ends.into_iter().flatten().map(|end| end.to_rfc3339());
        match action {
            Action::File => vec![Decision::File { request, thread: "https://example.org".to_owned() }],
            Action::Review => vec![Decision::Review { request }],
            Action::AskMore => vec![Decision::AskMore { request, question: said() }],
            Action::Answer => vec![Decision::Answer { request, answer: said() }],
            Action::Grant => ends.map(|until| Decision::Grant { request, until, reason: said() }).collect(),
            Action::Extend => ends.map(|until| Decision::Extend { request, until, reason: said() }).collect(),
            Action::Deny => vec![Decision::Deny { request, reason: said() }],
            Action::TakeBack => vec![Decision::TakeBack { request }],
            _ => Vec::new(),
        }
    }

    /// The role in which somebody decides; whether the request is their own may be left aside.
    fn role(&self, person: &Person, own_counts: bool) -> Option<String> {
        let release = Some(self.request.release);
        let standing = self.world.standing(Some((person, false)), self.record, self.known, release, self.now);
        let at = Circumstances {
            sig_decides_exceptions: self.record.source.sig_decides_exceptions,
            requester: own_counts && person.is(self.request.requester),
            ..Circumstances::default()
        };
        policy::may(Action::Grant, &standing, &at).ok().map(|role| format!("as {}", role.words()))
    }
}
