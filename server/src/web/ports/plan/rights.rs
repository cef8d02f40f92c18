//! What the viewer may do about a plan, asked of the one policy (PROCESS 7).

use std::collections::BTreeMap;

use app::features::plan::port::{PlanRow, Rights, SlippedRow};
use chrono::{DateTime, Utc};
use domain::{Action, Circumstances, Role, Source, Standing, policy};

use super::Desk;
use crate::{
    store::person::Person,
    verdicts::{ReleaseRecord, World},
};

/// What somebody is towards the proposals of a source, by owning SIG.
pub struct Standings<'a> {
    whole: Standing,
    source: &'a Source,
    released: bool,
}

impl<'a> Standings<'a> {
    /// Of a viewer; without one, of anyone.
    pub fn new(
        world: &World,
        viewer: Option<&Person>,
        source: &'a Source,
        release: &ReleaseRecord,
        now: DateTime<Utc>,
    ) -> Self {
        let whole = world.standing_on_source(viewer.map(|person| (person, false)), source, Some(release.version), now);
        Self { whole, source, released: release.dates_at(now).released(now) }
    }

    /// Why they may not do something about the source as a whole.
    ///
    /// # Errors
    /// The refusal in words.
    pub fn on_source(&self, action: Action) -> Result<(), String> {
        self.ask(action, &self.whole, self.source.owning_sig.as_deref())
    }

    /// The same about a proposal of a SIG, as far as its SIG tells.
    ///
    /// # Errors
    /// The refusal in words.
    pub fn on(&self, action: Action, sig: &str) -> Result<(), String> {
        let roles = self.whole.roles().filter(|role| *role != Role::SigMember);
        let member = self.whole.member_of(sig).then_some(Role::SigMember);
        let sigs = self.whole.sigs().map(str::to_owned);
        let standing =
            if self.whole.signed_in() { Standing::with(roles.chain(member), sigs) } else { Standing::default() };
        self.ask(action, &standing, Some(sig))
    }

    /// The same about a proposal of a SIG that they are not a member of.
    fn elsewhere(&self, action: Action) -> String {
        let roles = self.whole.roles().filter(|role| *role != Role::SigMember);
        let standing = if self.whole.signed_in() { Standing::with(roles, []) } else { Standing::default() };
        self.ask(action, &standing, self.source.owning_sig.as_deref()).err().unwrap_or_default()
    }

    fn ask(&self, action: Action, standing: &Standing, sig: Option<&str>) -> Result<(), String> {
        if self.released {
            return Err("The release is out; its record is closed.".to_owned());
        }
        let at = Circumstances { sig: sig.map(str::to_owned), ..Circumstances::default() };
        policy::may(action, standing, &at).map(|_| ()).map_err(|refusal| sentence(&refusal.to_string()))
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).chain(['.']).collect()).unwrap_or_default()
}

impl Desk<'_> {
    /// For each SIG, whether the viewer may accept and retarget its proposals.
    pub(super) fn may(&self) -> impl Fn(&str) -> bool + use<'_> {
        let known = std::cell::RefCell::new(BTreeMap::<String, bool>::new());
        move |sig| {
            if let Some(may) = known.borrow().get(sig) {
                return *may;
            }
            let may = self.standings.on(Action::Accept, sig).is_ok();
            known.borrow_mut().insert(sig.to_owned(), may);
            may
        }
    }

    pub(super) fn rights(&self, accepted: &[PlanRow], proposed: &[PlanRow], slipped: &[SlippedRow]) -> Rights {
        let of_one_sig = self.source.owning_sig.is_some() || self.sig.is_some();
        let own = accepted.iter().chain(proposed).any(|row| row.may) || slipped.iter().any(|row| row.may);
        let member = self.source.owning_sig.is_some() && self.standings.on_source(Action::Accept).is_ok();
        Rights {
            decide: own,
            order: of_one_sig && !accepted.is_empty() && accepted.iter().all(|row| row.may),
            close: self.standings.on_source(Action::ClosePlan).is_ok(),
            refusal: if own || member { String::new() } else { self.standings.elsewhere(Action::Accept) },
        }
    }
}
