//! What the release team owes the list (P-26): one task for each text, from when it can be sent.

use app::features::{announcements::href, me::port::Task, shared::Act};

use super::tasks::Looker;

/// The tasks of somebody in the team of a release.
pub(super) fn tasks(looker: &Looker<'_>) -> Vec<Task> {
    let due = looker.world.announcements_due(looker.now).into_iter();
    due.filter(|due| looker.in_team(&due.calendar, due.release))
        .map(|due| Task {
            what: format!("Send the {} of {}", due.what.title(), due.release),
            why: "It counts as announced once its link in the archive is recorded.".to_owned(),
            proposal: None,
            release: Some(due.release),
            role: "release team".to_owned(),
            since: due.from,
            deadline: due.until,
            act: Act { label: "Open the draft".to_owned(), href: href(due.release, due.what) },
            or: None,
        })
        .collect()
}
