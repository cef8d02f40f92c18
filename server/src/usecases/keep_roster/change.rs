//! What a change makes of a roster, and what two rosters differ in. Pure.

use std::cmp::Ordering;

use chrono::NaiveDate;

use super::RosterError;
use crate::{documents::is_login, store::roster::RosterMember};

/// Names a line of a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Login.
    pub login: String,
    /// First day.
    pub from: NaiveDate,
}

impl Key {
    fn names(&self, member: &RosterMember) -> bool {
        member.from == self.from && member.login.eq_ignore_ascii_case(&self.login)
    }
}

impl std::str::FromStr for Key {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (login, from) = text.split_once(',').ok_or(())?;
        Ok(Self { login: login.to_owned(), from: from.parse().map_err(|_| ())? })
    }
}

/// What is done to a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RosterChange {
    /// Add somebody; in place of a line, when one is named.
    Set {
        /// The line.
        was: Option<Key>,
        /// Who.
        member: RosterMember,
    },
    /// Take a line off, as if it had never been. Whoever leaves gets a last day instead.
    Remove(Key),
}

impl RosterChange {
    /// The roster after it, leads first.
    ///
    /// # Errors
    /// When the line is not there, or cannot be: no login, days in the wrong order, the same person twice at a time.
    pub fn apply(&self, before: &[RosterMember]) -> Result<Vec<RosterMember>, RosterError> {
        let mut members = before.to_vec();
        let take = |members: &mut Vec<RosterMember>, key: &Key| {
            let at = members.iter().position(|member| key.names(member));
            at.map(|at| members.remove(at)).ok_or_else(|| RosterError::Gone(key.login.clone()))
        };
        match self {
            Self::Remove(key) => {
                take(&mut members, key)?;
            }
            Self::Set { was, member } => {
                if let Some(key) = was {
                    take(&mut members, key)?;
                }
                check(&members, member)?;
                members.push(member.clone());
            }
        }
        members.sort_by(order);
        Ok(members)
    }
}

fn check(others: &[RosterMember], member: &RosterMember) -> Result<(), RosterError> {
    if !is_login(&member.login) {
        return Err(RosterError::NoLogin(member.login.clone()));
    }
    if member.to.is_some_and(|to| to < member.from) {
        return Err(RosterError::Backwards);
    }
    let overlaps = |other: &&RosterMember| {
        other.login.eq_ignore_ascii_case(&member.login)
            && other.to.is_none_or(|to| member.from <= to)
            && member.to.is_none_or(|to| other.from <= to)
    };
    others.iter().find(overlaps).map_or(Ok(()), |other| Err(RosterError::Twice(other.clone())))
}

/// As the store returns them.
fn order(one: &RosterMember, other: &RosterMember) -> Ordering {
    (one.part, one.from, &one.login).cmp(&(other.part, other.from, &other.login))
}

/// "from 1 Sep 2026", "from 1 Sep 2026 to 5 Oct 2026".
pub(super) fn days(member: &RosterMember) -> String {
    let day = app::words::long_day;
    let to = member.to.map(|to| format!(" to {}", day(to))).unwrap_or_default();
    format!("from {}{to}", day(member.from))
}

/// What changed from one roster to the next, as words.
pub fn difference(before: &[RosterMember], after: &[RosterMember]) -> Vec<String> {
    let gone: Vec<_> = before.iter().filter(|member| !after.contains(member)).collect();
    let come: Vec<_> = after.iter().filter(|member| !before.contains(member)).collect();
    let same = |one: &RosterMember, other: &RosterMember| one.login.eq_ignore_ascii_case(&other.login);
    let new = come.iter().map(|member| match gone.iter().find(|old| same(old, member)) {
        Some(old) => format!("@{}: {}, was {}", member.login, told(member), told(old)),
        None => format!("added @{} as {}", member.login, told(member)),
    });
    let removed = gone.iter().filter(|old| !come.iter().any(|member| same(old, member)));
    new.chain(removed.map(|old| format!("removed @{}, {}", old.login, told(old)))).collect()
}

fn told(member: &RosterMember) -> String {
    format!("{} {}", member.part.word(), days(member))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::roster::Part;

    fn member(login: &str, part: Part, from: &str, to: Option<&str>) -> RosterMember {
        let day = |text: &str| text.parse().unwrap();
        RosterMember { login: login.to_owned(), part, from: day(from), to: to.map(day) }
    }

    fn add(member: RosterMember) -> RosterChange {
        RosterChange::Set { was: None, member }
    }

    #[test]
    fn leads_come_first() {
        let before = [member("ada", Part::Member, "2026-09-01", None)];
        let after = add(member("zoe", Part::Lead, "2026-09-02", None)).apply(&before).unwrap();
        assert_eq!(after.iter().map(|member| member.login.as_str()).collect::<Vec<_>>(), ["zoe", "ada"]);
    }

    #[test]
    fn the_same_person_may_come_back_but_not_be_there_twice() {
        let before = [member("ada", Part::Shadow, "2026-09-01", Some("2026-09-30"))];
        assert!(add(member("Ada", Part::Lead, "2026-10-01", None)).apply(&before).is_ok());
        let twice = add(member("Ada", Part::Lead, "2026-09-30", None)).apply(&before).unwrap_err();
        assert_eq!(twice.to_string(), "@ada is in it already from 1 Sep 2026 to 30 Sep 2026; change that line instead");
        let open = [member("ada", Part::Shadow, "2026-09-01", None)];
        assert!(add(member("ada", Part::Lead, "2026-12-01", None)).apply(&open).is_err());
    }

    #[test]
    fn a_line_is_changed_in_place() {
        let before = [member("ada", Part::Shadow, "2026-09-01", None)];
        let was = "ADA,2026-09-01".parse().ok();
        let after = RosterChange::Set { was, member: member("ada", Part::Lead, "2026-09-05", None) }.apply(&before);
        assert_eq!(after.unwrap(), [member("ada", Part::Lead, "2026-09-05", None)]);
        let gone = RosterChange::Remove(Key { login: "bob".to_owned(), from: "2026-09-01".parse().unwrap() });
        assert!(matches!(gone.apply(&before), Err(RosterError::Gone(_))));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refuse = |member| add(member).apply(&[]).unwrap_err();
        assert!(matches!(refuse(member("not a login", Part::Lead, "2026-09-01", None)), RosterError::NoLogin(_)));
        let backwards = refuse(member("ada", Part::Lead, "2026-09-02", Some("2026-09-01")));
        assert!(matches!(backwards, RosterError::Backwards));
        assert!(add(member("ada", Part::Lead, "2026-09-02", Some("2026-09-02"))).apply(&[]).is_ok(), "for one day");
    }

    #[test]
    fn a_change_is_told_in_words() {
        let ada = member("ada", Part::Shadow, "2026-09-01", None);
        let bob = member("bob", Part::Member, "2026-09-01", Some("2026-09-30"));
        let lead = member("ada", Part::Lead, "2026-09-01", None);
        assert_eq!(difference(&[], std::slice::from_ref(&ada)), ["added @ada as shadow from 1 Sep 2026"]);
        assert_eq!(
            difference(&[ada, bob], &[lead]),
            [
                "@ada: lead from 1 Sep 2026, was shadow from 1 Sep 2026",
                "removed @bob, member from 1 Sep 2026 to 30 Sep 2026",
            ]
        );
    }
}
