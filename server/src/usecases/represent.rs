//! Somebody keeps the roster of representatives: names somebody for a seat, changes a line, takes one off, undoes their own
//! last change (P-25, PROCESS 7).

use domain::{
    Action, Week,
    representation::{Representative, Seat},
};

use super::{
    Context,
    keep_list::{KeepError, Keeping, known_seat, may},
};
use crate::{
    documents::is_login,
    store::{
        calendar::{CalendarEvent, KeptList, RecordedCalendarEvent},
        person::Person,
    },
    verdicts::{Verdicts, World},
};

/// Names a line: seat and first week.
pub type Key = (Seat, Week);

/// What is done to the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Name somebody; in the place of a line, when one is named.
    Set {
        /// The line.
        was: Option<Key>,
        /// Who, for what, when.
        one: Representative,
    },
    /// Take a line off.
    Remove(Key),
    /// Go back to the roster before one's own last change.
    Undo,
}

/// Changes the roster of the main calendar. `seen` is the position of the latest change that the form knew.
///
/// # Errors
/// When the person may not, the change cannot be, somebody else changed it meanwhile, or the database fails.
pub async fn represent(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    change: Change,
    seen: Option<i64>,
) -> Result<(), KeepError> {
    let keeping = Keeping::begin(context, verdicts, by, KeptList::Representation, seen).await?;
    let may = |seat: &Seat| may(Action::Represent, &keeping.standing, seat);
    let before = keeping.history.last().map(roster_of).unwrap_or_default();
    let undoing = change == Change::Undo;
    let mut roster = match &change {
        Change::Undo => {
            keeping.undoable(by)?;
            let earlier = keeping.history.len().checked_sub(2).and_then(|place| keeping.history.get(place));
            earlier.map(roster_of).unwrap_or_default()
        }
        Change::Remove(key) => {
            may(&key.0)?;
            without(before.clone(), key)?
        }
        Change::Set { was, one } => {
            may(&one.seat)?;
            let mut rest = before.clone();
            if let Some(key) = was {
                may(&key.0)?;
                rest = without(rest, key)?;
            }
            check(&keeping.world, &rest, one)?;
            rest.push(one.clone());
            rest
        }
    };
    roster.sort_by(|a, b| (&a.seat, a.from, &a.login).cmp(&(&b.seat, b.from, &b.login)));
    let changed = (roster != before).then_some(CalendarEvent::RepresentationSet { roster, undoing });
    keeping.end(by, changed).await
}

/// What a change set.
fn roster_of(recorded: &RecordedCalendarEvent) -> Vec<Representative> {
    match &recorded.event {
        CalendarEvent::RepresentationSet { roster, .. } => roster.clone(),
        _ => Vec::new(),
    }
}

fn without(mut roster: Vec<Representative>, key: &Key) -> Result<Vec<Representative>, KeepError> {
    let before = roster.len();
    roster.retain(|one| (&one.seat, one.from) != (&key.0, key.1));
    if roster.len() == before { Err(KeepError::Gone) } else { Ok(roster) }
}

fn check(world: &World, others: &[Representative], one: &Representative) -> Result<(), KeepError> {
    if !is_login(&one.login) {
        return Err(KeepError::of_field("login", format!("`{}` is not a GitHub login", one.login)));
    }
    known_seat(world, "seat", &one.seat)?;
    if one.to.is_some_and(|to| to < one.from) {
        return Err(KeepError::of_field("to", "the last week lies before the first"));
    }
    let taken = others.iter().find(|other| other.overlaps(one));
    taken.map_or(Ok(()), |other| {
        let Representative { login, seat, .. } = other;
        let words = format!("@{login} is {seat} {} already; end that line first", other.weeks());
        Err(KeepError::of_field("from", words))
    })
}
