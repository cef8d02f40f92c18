//! What could not be read, and since when (P-8).

use chrono::{DateTime, Utc};

use crate::{Event, Reading, Recorded};

/// A reading that fails, from the first time it did until the repositories are read completely again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread<'a> {
    /// `owner/name`; `owner/name#n` where it is one linked pull request or bug.
    pub repository: &'a str,
    /// What of it.
    pub what: Reading,
    /// Since when.
    pub since: DateTime<Utc>,
    /// What happened last.
    pub reason: &'a str,
}

impl Unread<'_> {
    /// Whether it is one pull request or bug that the tracking issue links, rather than a repository.
    pub fn is_link(&self) -> bool {
        self.repository.contains('#')
    }

    /// Since when and why, as a sentence.
    pub fn sentence(&self) -> String {
        let since = self.since.format("%-d %b %Y, %H:%M");
        let of = if self.is_link() { "The linked".to_owned() } else { format!("The {} of", self.what.words()) };
        format!("{of} {} could not be read since {since} UTC: {}.", self.repository, self.reason)
    }
}

/// Learns of a failure, or that all is well again.
pub(super) fn learn<'a>(unread: &mut Vec<Unread<'a>>, recorded: &'a Recorded) {
    match &recorded.event {
        Event::RepositoriesRead => unread.clear(),
        Event::ReadingFailed { repository, what, reason } => {
            let since = recorded.occurred_at.unwrap_or(recorded.recorded_at);
            match unread.iter_mut().find(|known| (known.repository, known.what) == (repository, *what)) {
                Some(known) => known.reason = reason,
                None => unread.push(Unread { repository, what: *what, since, reason }),
            }
        }
        _ => {}
    }
}
