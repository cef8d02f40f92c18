//! What the list of a week tells of a participation besides its verdict: folded from its history, and kept until
//! something new is learned of the proposal.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::{
    Pull, ReleaseVersion, Said, Week,
    check_in::{Change, CheckIn, changes, check_in, check_ins, to_confirm},
    owning_sig,
};

use super::{
    Moment, ProposalRecord,
    world::{Kept, locked},
};

/// A participation as it is spoken about in a week.
#[derive(Debug)]
pub struct Spoken {
    /// Of which release, in which week.
    of: (ReleaseVersion, Week),
    /// What was said in the week.
    pub check_in: Arc<CheckIn>,
    /// The latest word of an earlier week.
    pub last: Option<Arc<(Week, Said)>>,
    /// What was proposed to the SIG and is not confirmed.
    pub to_confirm: Option<(Week, Said)>,
    /// Since when changes are told.
    pub since: DateTime<Utc>,
    /// What changed since, oldest first.
    pub changes: Arc<Vec<Change>>,
    /// Its open pull requests.
    pub pulls: Vec<Pull>,
    /// Logins of approvers.
    pub approvers: Vec<String>,
    /// Owning SIG.
    pub sig: String,
}

impl ProposalRecord {
    /// What is known by a moment; of the present what is kept, as long as nobody asks for another week.
    pub fn spoken(&self, of: (ReleaseVersion, Week), moment: Moment) -> Arc<Spoken> {
        let now = moment.instant();
        let fold = || Arc::new(Spoken::fold(self, of, now));
        if matches!(moment, Moment::At(_)) {
            return fold();
        }
        let mut kept = locked(&self.spoken);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.what.of == of && kept.holds_at(now)) {
            return kept.what.clone();
        }
        let times = self.history.events.iter().map(|recorded| recorded.occurred_at);
        let times = times.chain(self.history.documents.iter().map(|version| version.occurred_at));
        let (what, until) = (fold(), times.flatten().filter(|at| *at > now).min());
        *kept = Some(Kept { from: now, until, what: what.clone() });
        what
    }
}

impl Spoken {
    fn fold(record: &ProposalRecord, of: (ReleaseVersion, Week), now: DateTime<Utc>) -> Self {
        let (release, week) = of;
        let known = record.history.at(now);
        let check_in = check_in(&known, release, week);
        let earlier = check_ins(&known, release).into_iter().rev().find(|(earlier, _)| *earlier < week);
        let spoken = earlier.as_ref().and_then(|(_, one)| one.said.iter().filter_map(|said| said.at).max());
        let since = spoken.unwrap_or_else(|| week.previous().begins());
        let about = (&*record.source, record.history.number);
        Self {
            of,
            check_in: Arc::new(check_in),
            last: earlier.and_then(|(week, one)| one.outcome().map(|said| Arc::new((week, said.clone())))),
            to_confirm: to_confirm(&known, release),
            since,
            changes: Arc::new(changes(about, &known, release, (since, now.min(week.ends())))),
            pulls: known.open_pulls(release).cloned().collect(),
            approvers: known.approvers().into_iter().map(str::to_owned).collect(),
            sig: owning_sig(&record.source, &record.history, &known).to_owned(),
        }
    }
}
