//! What a check-in proposed and the owning SIG has still to confirm (P-21): where that is done, and where it is declined.

use app::{features::shared::Act, query::encode};
use domain::{
    Known, Proposed, ReleaseVersion,
    check_in::{Said, to_confirm},
};

use crate::verdicts::{Moment, ProposalRecord, Row, World};

/// What waits to be confirmed for a participation.
#[derive(Debug, Clone)]
pub struct ToConfirm {
    /// What is proposed.
    pub proposed: Proposed,
    /// Who said so, and why.
    pub said: Said,
    release: ReleaseVersion,
    page: String,
}

impl ToConfirm {
    /// What waits to be confirmed; none where the release is out, or the proposal is not tracked.
    pub fn of(
        world: &World,
        (record, row): (&ProposalRecord, &Row),
        known: &Known<'_>,
        moment: Moment,
    ) -> Option<Self> {
        let now = moment.instant();
        let release = row.release?;
        if !row.verdict.tracked || world.dates_of(record, release, now).released(now) {
            return None;
        }
        let (_, said) = to_confirm(known, release)?;
        Some(Self { proposed: said.proposed?, said, release, page: record.href() })
    }

    /// What to do, as a short sentence.
    pub fn what(&self) -> String {
        self.said.asks().unwrap_or_default()
    }

    /// Who proposed it, and why.
    pub fn why(&self) -> String {
        self.said.argues()
    }

    /// The form of the decision that confirms it, filled in.
    pub fn confirm(&self) -> Act {
        let Self { page, release, .. } = self;
        let sentence = encode(&self.said.sentence);
        let href = match self.proposed {
            Proposed::Retarget { to, reason } => {
                let reason = reason.words().replace(' ', "-");
                format!("{page}/decide/retarget?release={release}&to={to}&reason={reason}&sentence={sentence}")
            }
            Proposed::Reject => format!("{page}/decide/reject?release={release}&reason={sentence}"),
        };
        Act { label: "Confirm".to_owned(), href }
    }

    /// The form that declines it.
    pub fn decline(&self) -> Act {
        Act { label: "Decline".to_owned(), href: format!("{}/decide/decline?release={}", self.page, self.release) }
    }
}
