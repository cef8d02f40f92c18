//! Whom a participation waits on: who can act, what is wrong, since when, until when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    Freeze, Outcome, PullKind, RequestState, RequestView, Requirement, Rule, Status, Timing, Who,
    check_in::to_confirm,
    history::{Known, Participation},
    missing_sign_offs,
    requirement::pull_url,
    verdict::{Subject, Verdict},
    words::day_of,
};

/// What there is to do, in a form that stays the same while its words change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Concern {
    /// An undecided request for an exception, or a question about it.
    Request {
        /// The position in the log at which it was sent.
        id: i64,
    },
    /// What a check-in proposed, for the owning SIG to confirm or to decline (P-21).
    Confirmation,
    /// Whether the owning SIG takes it for the release.
    Acceptance,
    /// A freeze that was missed; an exception may be asked for.
    Missed {
        /// Which.
        freeze: Freeze,
    },
    /// A freeze that was missed, the exception denied.
    Denied {
        /// Which.
        freeze: Freeze,
    },
    /// A requirement of the gate.
    Requirement {
        /// Which.
        rule: Rule,
    },
    /// Bringing it into the release branch.
    Landing,
}

/// One thing that somebody can do about a participation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// What it is about.
    pub concern: Concern,
    /// Who can act.
    pub who: Who,
    /// Their logins, where known.
    pub logins: Vec<String>,
    /// What to do, as a short sentence.
    pub what: String,
    /// What it rests on, as a sentence.
    pub why: String,
    /// Where, if there is a place.
    pub link: Option<String>,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
    /// Until when it should be done.
    pub deadline: Option<DateTime<Utc>>,
}

/// What is left, first what can be decided now; empty for what has ended or is done.
pub(crate) fn waiting(
    verdict: &Verdict,
    subject: Subject<'_>,
    participation: &Participation<'_>,
    known: &Known<'_>,
    sig: &str,
) -> Vec<Waiting> {
    if participation.ending.is_some() || participation.departure.is_some() {
        return Vec::new();
    }
    let owners: Vec<String> = known.owners().into_iter().map(str::to_owned).collect();
    let released = subject.dates.released(verdict.now);
    // After GA requests no longer count (P-12): what was undecided is moot.
    let mut all = if released { Vec::new() } else { requests(participation, subject, sig, verdict.now) };
    all.extend(confirmation(verdict, known, sig).filter(|_| !released));
    all.extend(acceptance(verdict, sig));
    all.extend(missed(verdict, &owners));
    let sign_offs = missing_sign_offs(subject.source, known, sig);
    all.extend(requirements(verdict, &owners, &sign_offs));
    all.extend(authors(verdict, known, &owners));
    if let Status::CompleteNotLanded = verdict.status {
        let why = verdict.facts.branch.as_ref().map_or_else(String::new, |b| format!("Not all of it is in {b}."));
        let sig = Who::Sig(sig.to_owned());
        all.push(Waiting::by(Concern::Landing, sig, Vec::new(), "Bring it into the release branch", why));
    }
    for waiting in &mut all {
        if waiting.link.is_none() {
            waiting.link = Some(subject.source.issue_url(subject.history.number));
        }
    }
    all
}

impl Waiting {
    /// Whether a request for an exception waits to be decided.
    pub fn is_on_exception(&self) -> bool {
        matches!(self.concern, Concern::Request { .. }) && self.who != Who::Requester
    }

    fn by(concern: Concern, who: Who, logins: Vec<String>, what: impl Into<String>, why: impl Into<String>) -> Self {
        Self { concern, who, logins, what: what.into(), why: why.into(), link: None, since: None, deadline: None }
    }
}

/// Undecided requests: the deciders owe a decision, or the requester an answer; before the freeze by then, after it before
/// the time that was asked for is over.
fn requests(participation: &Participation<'_>, subject: Subject<'_>, sig: &str, now: DateTime<Utc>) -> Vec<Waiting> {
    let undecided = participation.requests.all.iter().filter(|request| request.state.undecided());
    let of_request = |request: &RequestView<'_>| {
        let concern = Concern::Request { id: request.id };
        let instant = request.freeze.and_then(|freeze| subject.dates.freeze(freeze));
        let deadline = instant.filter(|instant| *instant > now).unwrap_or(request.asked_until);
        let deadline = Some(subject.dates.ga.map_or(deadline, |ga| ga.min(deadline)));
        let freeze = request.freeze.map_or("an edge case", |freeze| freeze.short());
        if let RequestState::NeedsInformation { question } = &request.state {
            let asked = request.exchanges.last().and_then(|exchange| exchange.asked.occurred_at);
            let logins = vec![request.requester.to_owned()];
            let what = format!("Answer on the exception for {freeze}");
            let answer = Waiting::by(concern, Who::Requester, logins, what, question.clone());
            return vec![Waiting { since: asked, deadline, ..answer }];
        }
        let until = day_of(request.asked_until, subject.dates.zone);
        let why = format!("Asked by @{} until {until}; {}.", request.requester, request.state.words());
        let what = format!("Decide the exception for {freeze}");
        let sig = subject.source.sig_decides_exceptions.then(|| Who::Sig(sig.to_owned()));
        let deciders = std::iter::once(Who::ReleaseTeam).chain(sig);
        let waiting = |who| Waiting::by(concern, who, Vec::new(), what.clone(), why.clone());
        deciders.map(|who| Waiting { since: request.sent_at, deadline, ..waiting(who) }).collect()
    };
    undecided.flat_map(of_request).collect()
}

fn confirmation(verdict: &Verdict, known: &Known<'_>, sig: &str) -> Option<Waiting> {
    let (_, said) = to_confirm(known, verdict.release).filter(|_| verdict.tracked)?;
    let waiting = Waiting::by(Concern::Confirmation, Who::Sig(sig.to_owned()), Vec::new(), said.asks()?, said.argues());
    Some(Waiting { since: said.at, ..waiting })
}

fn acceptance(verdict: &Verdict, sig: &str) -> Option<Waiting> {
    let what = format!("Decide whether {} takes it", verdict.release);
    let sig = Who::Sig(sig.to_owned());
    let waiting = || Waiting::by(Concern::Acceptance, sig, Vec::new(), what, "Proposed for consideration.");
    let deadline = verdict.judgement(Freeze::Enhancement).deadline;
    (verdict.status == Status::Proposed).then(|| Waiting { deadline, ..waiting() })
}

/// A freeze that was missed needs an exception, or the proposal leaves.
fn missed(verdict: &Verdict, owners: &[String]) -> Option<Waiting> {
    let (Status::ExceptionRequired { freeze } | Status::ExceptionDenied { freeze }) = verdict.status else {
        return None;
    };
    let judgement = verdict.judgement(freeze);
    let (concern, what) = match verdict.status {
        Status::ExceptionDenied { .. } => (Concern::Denied { freeze }, "Retarget it; its exception was denied"),
        _ => (Concern::Missed { freeze }, "Ask for an exception, or leave the milestone"),
    };
    let why = format!("Missed the {}: {}.", freeze.name(), judgement.open());
    let mut waiting = Waiting::by(concern, Who::Owner, owners.to_vec(), what, why);
    (waiting.since, waiting.deadline) = (judgement.deadline, judgement.deadline);
    Some(waiting)
}

/// Open requirements of the gate; a sign-off that is missing waits on each SIG that owes it.
fn requirements(verdict: &Verdict, owners: &[String], sign_offs: &[&str]) -> Vec<Waiting> {
    let judged = matches!(
        verdict.status,
        Status::Ready { .. }
            | Status::NotReady { .. }
            | Status::NotVerified { .. }
            | Status::NotVerifiedDue { .. }
            | Status::NoDate { .. }
            | Status::ExceptionUntil { .. }
            | Status::ExceptionPending { .. }
            | Status::ExceptionRequired { .. }
            | Status::Proposed
    );
    let Some(gate) = verdict.gate().filter(|_| judged) else { return Vec::new() };
    let open = gate.requirements.iter().filter(|requirement| requirement.outcome != Outcome::Pass);
    // Whether the SIG accepts it is asked for by itself.
    let asked = |requirement: &&Requirement| {
        let acceptance = requirement.rule == Rule::Target && matches!(requirement.who, Who::Sig(_));
        !(acceptance && verdict.status == Status::Proposed)
    };
    let each = open.filter(asked).flat_map(|requirement| {
        let owe = sign_offs.iter().map(|sig| Who::Sig((*sig).to_owned()));
        let who: Vec<Who> = match requirement.rule {
            Rule::SignOff => owe.collect(),
            _ => vec![requirement.who.clone()],
        };
        who.into_iter().map(move |who| (requirement, who))
    });
    let mut all: Vec<_> = each
        .map(|(requirement, who)| {
            let first = requirement.evidence.first();
            let logins = match &requirement.who {
                Who::Owner => owners.to_vec(),
                Who::Reviewers(logins) => logins.clone(),
                _ => Vec::new(),
            };
            Waiting {
                concern: Concern::Requirement { rule: requirement.rule },
                since: first.and_then(|evidence| evidence.observed).filter(|_| who != Who::Nobody),
                who,
                logins,
                what: requirement.to_do(),
                why: first.map_or_else(String::new, |evidence| evidence.text.clone()),
                link: first.and_then(|evidence| evidence.link.clone()),
                deadline: if gate.timing == Timing::NoDate { None } else { gate.deadline },
            }
        })
        .collect();
    all.sort_by_key(|waiting| waiting.who == Who::Nobody);
    all
}

/// Pull requests that wait on their authors while others wait on review: the requirement names the reviewers alone.
fn authors(verdict: &Verdict, known: &Known<'_>, owners: &[String]) -> Option<Waiting> {
    let concern = Concern::Requirement { rule: Rule::Implementation };
    let gate = verdict.gate().filter(|gate| gate.freeze == Freeze::Code)?;
    let requirement = gate.requirements.iter().find(|requirement| requirement.rule == Rule::Implementation)?;
    let reviewed = matches!(requirement.who, Who::Reviewers(_)) && requirement.outcome != Outcome::Pass;
    let of_release = known.open_pulls(verdict.release).filter(|pull| pull.kind == PullKind::Implementation);
    let theirs: Vec<_> = of_release.filter(|pull| !pull.waiting_on_review).collect();
    let first = theirs.first().filter(|_| reviewed)?;
    let mut logins: Vec<String> = theirs.iter().flat_map(|pull| pull.waiting_on.iter().cloned()).collect();
    logins.sort_unstable();
    logins.dedup();
    let logins = if logins.is_empty() { owners.to_vec() } else { logins };
    let link = pull_url(&first.repository, first.number);
    let evidence = requirement.evidence.iter().find(|evidence| evidence.link.as_ref() == Some(&link))?;
    let what = match theirs.len() {
        1 => "Answer the review of 1 PR".to_owned(),
        more => format!("Answer the reviews of {more} PRs"),
    };
    Some(Waiting {
        link: Some(link),
        since: evidence.observed,
        deadline: if gate.timing == Timing::NoDate { None } else { gate.deadline },
        ..Waiting::by(concern, Who::Owner, logins, what, evidence.text.clone())
    })
}
