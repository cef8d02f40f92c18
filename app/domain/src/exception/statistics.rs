//! What requests add up to, per release, freeze or SIG (P-17).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Lapse, RequestState, RequestView};
use crate::{Freeze, ReleaseDates, ReleaseVersion, Share, words::UNKNOWN_END};

/// One request as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The release.
    pub release: ReleaseVersion,
    /// The freeze; none for "other".
    pub freeze: Option<Freeze>,
    /// The owning SIG.
    pub sig: String,
    /// The instant of the freeze, where there is one.
    pub freeze_at: Option<DateTime<Utc>>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was decided first.
    pub decided_at: Option<DateTime<Utc>>,
    /// Where it stands.
    pub state: RequestState,
    /// What became of it by the clock alone.
    pub lapse: Option<Lapse>,
}

impl Counted {
    /// A request of a proposal that `sig` owns, in a release with these dates.
    pub fn of(request: &RequestView<'_>, sig: &str, lapse: Option<Lapse>, dates: &ReleaseDates) -> Self {
        Self {
            release: request.release,
            freeze: request.freeze,
            sig: sig.to_owned(),
            freeze_at: request.freeze.and_then(|freeze| dates.freeze(freeze)),
            sent_at: request.sent_at,
            decided_at: request.first_decided_at,
            state: request.state.clone(),
            lapse,
        }
    }

    fn days_to_decision(&self) -> Option<f64> {
        days_between(self.sent_at?, self.decided_at?)
    }

    /// Granted days beyond the freeze; for "other" since it was sent.
    fn days_granted(&self) -> Option<f64> {
        match self.state {
            RequestState::Granted { until } if until < UNKNOWN_END => {
                days_between(self.freeze_at.or(self.sent_at)?, until)
            }
            _ => None,
        }
    }
}

/// What requests add up to. Each is granted, denied, withdrawn or undecided.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = ExceptionCounts))]
pub struct Statistics {
    /// All that were sent.
    pub requested: usize,
    /// Granted.
    pub granted: usize,
    /// Denied.
    pub denied: usize,
    /// Taken back.
    pub withdrawn: usize,
    /// Without a decision, the moot ones included.
    pub undecided: usize,
    /// Of the undecided: those on which no decision can come any more.
    pub moot: usize,
    /// Median of the days from the mail to the first decision, to a tenth; none without one that can be told.
    pub median_days_to_decision: Option<f64>,
    /// Median of the granted days beyond the freeze, to a tenth.
    pub median_days_granted: Option<f64>,
    /// Of the granted whose time is over or who are done: those done in time.
    pub done_in_time: Share,
}

impl Statistics {
    /// Of all that are given.
    pub fn of<'a>(counted: impl IntoIterator<Item = &'a Counted>) -> Self {
        let all: Vec<_> = counted.into_iter().collect();
        let number = |is: fn(&Counted) -> bool| all.iter().filter(|counted| is(counted)).count();
        let done = number(|counted| counted.lapse == Some(Lapse::DoneInTime));
        Self {
            requested: all.len(),
            granted: number(|counted| matches!(counted.state, RequestState::Granted { .. })),
            denied: number(|counted| matches!(counted.state, RequestState::Denied { .. })),
            withdrawn: number(|counted| counted.state == RequestState::Withdrawn),
            undecided: number(|counted| counted.state.undecided()),
            moot: number(|counted| counted.lapse == Some(Lapse::Moot)),
            median_days_to_decision: median(all.iter().filter_map(|counted| counted.days_to_decision())),
            median_days_granted: median(all.iter().filter_map(|counted| counted.days_granted())),
            done_in_time: Share { done, all: done + number(|counted| counted.lapse == Some(Lapse::Expired)) },
        }
    }

    /// Per release, freeze, SIG, or whatever else `key` tells.
    pub fn by<'a, K: Ord>(
        counted: impl IntoIterator<Item = &'a Counted>,
        key: impl Fn(&Counted) -> K,
    ) -> BTreeMap<K, Self> {
        let mut groups: BTreeMap<K, Vec<&Counted>> = BTreeMap::new();
        for counted in counted {
            groups.entry(key(counted)).or_default().push(counted);
        }
        groups.into_iter().map(|(key, group)| (key, Self::of(group))).collect()
    }
}

/// Days from one instant to a later one; none where the records contradict each other (FORMATS 5 has such).
#[allow(clippy::cast_precision_loss, reason = "seconds of a few years are exact")]
fn days_between(from: DateTime<Utc>, to: DateTime<Utc>) -> Option<f64> {
    let seconds = (to - from).num_seconds();
    (seconds >= 0).then_some(seconds as f64 / 86_400.0)
}

/// The middle value, or the mean of the two in the middle, to a tenth.
pub(crate) fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    let lower = if values.len() % 2 == 0 { *values.get(middle.checked_sub(1)?)? } else { upper };
    Some(((lower + upper) * 5.0).round() / 10.0)
}
