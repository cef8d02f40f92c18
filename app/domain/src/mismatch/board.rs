//! Disagreements of a release board with the tracker. The board is one more source, never the truth.

use super::{Matter, Mismatch, fix::Fix};
use crate::{Ending, Request, Status, Verdict, history::Board};

pub(super) fn all(matter: &Matter<'_>) -> Vec<Mismatch> {
    let of_release = |board: &Board<'_>| {
        let judged = matter.ahead().find(|judged| judged.verdict.release == board.release);
        let found = judged.map(|judged| [status(board, judged.verdict), exception(board, judged.verdict)]);
        let found = found.into_iter().flatten().chain([reviewer(matter, board)]).flatten();
        found.map(|mismatch| mismatch.in_way_of(vec![board.release])).collect::<Vec<_>>()
    };
    matter.known.boards.iter().flat_map(of_release).collect()
}

fn name(board: &Board<'_>) -> String {
    format!("board of {}", board.release)
}

/// What a value of the board's status field stands for. It has finer shades than are compared here.
#[derive(PartialEq, Eq)]
enum Says {
    Proposed,
    Tracked,
    ExceptionRequired,
    Gone,
    Complete,
}

impl Says {
    /// None for a word that nobody knows.
    fn of(status: &str) -> Option<Self> {
        match status.trim().to_lowercase().as_str() {
            "proposed for consideration" => Some(Self::Proposed),
            "tracked" | "unchanged" | "at risk" => Some(Self::Tracked),
            "exception required" => Some(Self::ExceptionRequired),
            "removed from milestone" | "deferred" => Some(Self::Gone),
            "complete" => Some(Self::Complete),
            _ => None,
        }
    }
}

/// What the board should say.
fn word(verdict: &Verdict) -> &'static str {
    match verdict.status {
        Status::Ended { ending: Ending::Deferred } => "Deferred",
        Status::Ended { .. } | Status::Departed { .. } => "Removed from Milestone",
        Status::Complete | Status::Shipped | Status::CompleteNotLanded | Status::CompleteLandingNotVerified => {
            "Complete"
        }
        Status::ExceptionRequired { .. } | Status::ExceptionDenied { .. } | Status::ExceptionPending { .. } => {
            "Exception Required"
        }
        _ if !verdict.tracked => "Proposed for consideration",
        _ if verdict.at_risk.is_some() => "At risk",
        _ => "Tracked",
    }
}

fn status(board: &Board<'_>, verdict: &Verdict) -> Option<Mismatch> {
    let should = word(verdict);
    let said = Says::of(board.status)?;
    if Some(said) == Says::of(should) {
        return None;
    }
    let text = format!("The board says {}, the tracker {}.", board.status.trim(), verdict.words);
    let fix = Fix::board(format!("Status: {should}"));
    Some(Mismatch::new("board-status-differs", (&name(board), "verdict"), board.observed, text, fix))
}

fn exception(board: &Board<'_>, verdict: &Verdict) -> Option<Mismatch> {
    let said = board.exception.map(str::trim).filter(|said| !said.is_empty())?;
    let any = |matching: fn(&Request) -> bool| verdict.judgements.iter().any(|j| matching(&j.request));
    let should = if any(|request| *request == Request::Undecided) {
        "Pending"
    } else if verdict.judgements.iter().any(|judgement| judgement.done_in_time.is_some()) {
        "Completed"
    } else if any(|request| matches!(request, Request::Granted(_))) {
        "Accepted"
    } else if any(|request| *request == Request::Denied) {
        "Rejected"
    } else {
        "None"
    };
    if said.eq_ignore_ascii_case(should) {
        return None;
    }
    let text = format!("The board says the exception is {said}, the tracker {should}.");
    let fix = Fix::board(format!("Exception phase: {should}"));
    Some(Mismatch::new("board-exception-differs", (&name(board), "requests"), board.observed, text, fix))
}

fn reviewer(matter: &Matter<'_>, board: &Board<'_>) -> Option<Mismatch> {
    let said = board.reviewer.map(|login| login.trim().trim_start_matches('@')).filter(|login| !login.is_empty())?;
    let known = matter.known;
    let named: Vec<_> = known.reviewers().into_iter().chain(known.approvers()).collect();
    let first = named.first().filter(|_| !named.iter().any(|login| login.eq_ignore_ascii_case(said)))?;
    let all = named.iter().map(|login| format!("@{login}")).collect::<Vec<_>>().join(", ");
    let text = format!("The board names @{said} as reviewer, the document names {all}.");
    let fix = Fix::board(format!("{} Reviewer: {first}", matter.source.noun));
    Some(Mismatch::new("board-reviewer-differs", (&name(board), "document"), board.observed, text, fix))
}
