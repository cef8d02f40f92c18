//! Weeks in which nobody represents a SIG or leads the release team (P-25): a task for those who can name somebody.

use app::features::{me::port::Task, shared::Act};
use domain::representation::Seat;

use super::tasks::Looker;

/// The tasks of a member of the SIG, or of the release team.
pub(super) fn tasks(looker: &Looker<'_>) -> Vec<Task> {
    let calendar = looker.world.main_calendar().map_or("", |calendar| calendar.id.as_str());
    let role = |seat: &Seat| match seat {
        Seat::ReleaseTeam => {
            let current = looker.world.current(looker.now)?;
            looker.in_team(calendar, current).then(|| "release team".to_owned())
        }
        Seat::Sig(sig) => {
            let member = looker.world.sources.keys().any(|source| looker.is_member(source, sig));
            member.then(|| format!("member of {sig}"))
        }
    };
    let gaps = looker.world.representation_gaps(looker.now).into_iter();
    gaps.filter_map(|gap| {
        let role = role(&gap.seat)?;
        Some(Task {
            what: format!("Name the {} for {}", gap.seat, gap.weeks()),
            why: "Every week somebody has to be on record.".to_owned(),
            proposal: None,
            release: None,
            role,
            since: None,
            deadline: Some(gap.from.begins()),
            act: Act { label: "Open the roster".to_owned(), href: "/representation".to_owned() },
            or: None,
        })
    })
    .collect()
}
