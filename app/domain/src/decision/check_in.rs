//! Checking in (P-21): one word of one person for a week.

use super::{Case, RuleError, sentence};
use crate::{CheckInOutcome, Event, Proposed, ReleaseVersion, Week, check_in::to_confirm};

impl Case<'_> {
    /// Only what is tracked is checked, and only for this week and the one before, so that what was forgotten can be made
    /// up for while people remember it.
    pub(super) fn check_in(
        &self,
        release: ReleaseVersion,
        week: Option<Week>,
        outcome: CheckInOutcome,
        words: &str,
        proposed: Option<Proposed>,
    ) -> Result<Event, RuleError> {
        let week = self.open_week(release, week)?;
        let proposed = match (outcome, proposed) {
            (CheckInOutcome::RetargetOrReject, None) => return Err(RuleError::NothingProposed),
            (CheckInOutcome::RetargetOrReject, Some(Proposed::Retarget { to, reason })) => {
                let dates = (self.dates)(to)?;
                self.on(release, |docket| docket.takes_in(to, &dates))?;
                Some(Proposed::Retarget { to, reason })
            }
            (CheckInOutcome::RetargetOrReject, reject) => reject,
            _ => None,
        };
        let (release_team, approver) = (self.halves.release_team, self.halves.approver);
        Ok(Event::CheckedIn { release, week, release_team, approver, outcome, sentence: sentence(words)?, proposed })
    }

    /// What an owner says to a week's check-in, before it or after.
    pub(super) fn answer_check_in(
        &self,
        release: ReleaseVersion,
        week: Option<Week>,
        words: &str,
    ) -> Result<Event, RuleError> {
        Ok(Event::CheckInAnswered { release, week: self.open_week(release, week)?, sentence: sentence(words)? })
    }

    /// The owning SIG keeps it in the release, although a check-in proposed that it leaves.
    pub(super) fn decline(&self, release: ReleaseVersion, reason: &str) -> Result<Event, RuleError> {
        self.on(release, |docket| {
            docket.tracked()?;
            to_confirm(self.known, release).ok_or(RuleError::NothingToDecline(release))
        })?;
        Ok(Event::Declined { release, reason: sentence(reason)? })
    }

    /// The week that is meant, while it can still be spoken about.
    fn open_week(&self, release: ReleaseVersion, week: Option<Week>) -> Result<Week, RuleError> {
        let present = self.on(release, |docket| {
            docket.tracked()?;
            Ok(Week::of(docket.now))
        })?;
        let week = week.unwrap_or(present);
        if week > present {
            return Err(RuleError::WrongWeek(format!("week {week} is still to come; this is week {present}")));
        }
        if week < present.previous() {
            let words = format!("week {week} is closed; check-ins are made for {present}, or up for the week before");
            return Err(RuleError::WrongWeek(words));
        }
        Ok(week)
    }
}
