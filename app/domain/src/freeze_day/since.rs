//! What came after the snapshot of a freeze: told beside what was kept, and never instead of it.
//!
//! Left out on purpose: work towards the next freeze, which changes nothing about how this one was met.

use serde::{Deserialize, Serialize};

use super::{Frozen, Group};
use crate::{Freeze, Status, Verdict};

/// What became of a proposal since a freeze: how it stands with that by now, and what later freezes and decisions did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    /// Its group now.
    pub group: Group,
    /// The status of now in words with what is open.
    pub words: String,
    /// What is news of it: "EF met with a waiver; then Exception required (CF)".
    pub told: String,
}

impl Frozen {
    /// What became of it by the verdict of now, where that is news beside what was kept: evidence learned late, a waiver,
    /// a grant, an end (P-11); and of what met the freeze, how a later one judged it and where it landed.
    pub fn since(&self, today: &Verdict, freeze: Freeze) -> Option<Since> {
        let group = Group::of(today, freeze);
        let later = || later(today, freeze).filter(|words| *words != self.words);
        let told = match (self.group, group) {
            (Group::Met, Group::Met) => later()?.to_owned(),
            (_, Group::Met) => {
                let then = later().map(|words| format!("; then {words}")).unwrap_or_default();
                format!("{}{then}", met(today, freeze))
            }
            _ if group == self.group && today.words == self.words => return None,
            _ => today.words.clone(),
        };
        Some(Since { group, words: today.words.clone(), told })
    }
}

/// How it came to meet the freeze after all.
fn met(today: &Verdict, freeze: Freeze) -> String {
    let judgement = today.judgement(freeze);
    let how = if judgement.done_in_time.is_some() {
        " in time under its exception"
    } else if judgement.requirements.iter().any(|requirement| requirement.waived.is_some()) {
        " with a waiver"
    } else {
        ""
    };
    format!("{} met{how}", freeze.short())
}

/// The status of what met a freeze, where it tells of more than of the way to the next one.
fn later(today: &Verdict, freeze: Freeze) -> Option<&str> {
    match today.status {
        Status::NoDate { .. } | Status::Ready { .. } | Status::NotReady { .. } | Status::NotVerified { .. } => None,
        // That both freezes are met says no more than that this one is.
        Status::Complete if freeze == Freeze::Code => None,
        _ => Some(&today.words),
    }
}
