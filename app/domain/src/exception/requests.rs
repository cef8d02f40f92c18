//! All requests of one participation, and where they stand for each freeze (P-12, P-18).

use chrono::{DateTime, Utc};

use super::{RequestState, RequestView};
use crate::{Event, Freeze, Recorded, ReleaseDates, ReleaseVersion, Request};

/// All requests of one participation, in the order they were sent.
#[derive(Debug, Clone, Default)]
pub struct Requests<'a> {
    /// The requests.
    pub all: Vec<RequestView<'a>>,
    dates: ReleaseDates,
}

impl<'a> Requests<'a> {
    /// No request yet, in a release with these dates.
    pub(crate) fn new(dates: &ReleaseDates) -> Self {
        Self { all: Vec::new(), dates: *dates }
    }

    /// Learns of what concerns one release; tells whether it was a grant that counts.
    pub(crate) fn learn(&mut self, recorded: &'a Recorded, release: ReleaseVersion) -> bool {
        match &recorded.event {
            Event::ExceptionSent { request, release: r, .. }
                if *r == release && self.all.iter().all(|known| known.number != *request) =>
            {
                self.all.extend(RequestView::sent(recorded));
                false
            }
            Event::Removed { release: r, .. } if *r == release => {
                self.cut_short(recorded.occurred_at);
                false
            }
            // Of another release, or sent twice under one number.
            Event::ExceptionSent { .. } => false,
            event => {
                let number = event.request();
                let request = self.all.iter_mut().find(|request| Some(request.number) == number);
                let applied = request.is_some_and(|request| request.step(recorded, &self.dates));
                applied && matches!(event, Event::ExceptionGranted { .. })
            }
        }
    }

    /// A removal ends a running grant (P-18).
    fn cut_short(&mut self, removed_at: Option<DateTime<Utc>>) {
        let Some(removed_at) = removed_at else { return };
        for request in &mut self.all {
            if let RequestState::Granted { until } = &mut request.state {
                *until = (*until).min(removed_at);
            }
        }
    }

    /// Requests for one freeze that were not withdrawn.
    fn standing(&self, freeze: Freeze) -> impl DoubleEndedIterator<Item = &RequestView<'a>> {
        self.all.iter().filter(move |r| r.freeze == Some(freeze) && r.state != RequestState::Withdrawn)
    }

    /// Where the requests for a freeze stand at `now`, as the status table sees them.
    pub fn standing_at(&self, freeze: Freeze, now: DateTime<Utc>) -> Request {
        if let Some(end) = self.grant_end(freeze).filter(|end| *end > now) {
            return Request::Granted(end);
        }
        if self.standing(freeze).any(|request| request.state.undecided()) {
            return Request::Undecided;
        }
        match self.standing(freeze).next_back().map(|request| &request.state) {
            Some(RequestState::Denied { .. }) => Request::Denied,
            _ => Request::None,
        }
    }

    /// The latest end of a grant for a freeze, running or over.
    ///
    /// Grants reach beyond the freeze (P-18): there is none for a freeze without a date, and one that ends before a
    /// freeze that was moved since gives no time.
    pub fn grant_end(&self, freeze: Freeze) -> Option<DateTime<Utc>> {
        let instant = self.dates.freeze(freeze)?;
        self.standing(freeze).filter_map(RequestView::granted_until).filter(|until| *until > instant).max()
    }
}
