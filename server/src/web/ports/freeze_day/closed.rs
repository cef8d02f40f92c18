//! The snapshot of a freeze, with what stands otherwise by what came since.

use app::features::{
    freeze_day::port::{Closed, Kept},
    shared::ProposalLink,
};
use domain::{Frozen, Group, Verdict};

use super::Bench;
use crate::{
    verdicts::{Closing, Judged},
    web::views,
};

/// The snapshot; none before it was taken. What sources closed at different times is one to the reader.
pub(super) fn closed(bench: &Bench<'_>, closings: &[Closing<'_>], judged: &[Judged]) -> Option<Closed> {
    let last = closings.iter().max_by_key(|closing| closing.recorded.id)?;
    let kept = |closing: &Closing<'_>, frozen: &Frozen| {
        let since = bench.world.since(bench.release, bench.freeze, (closing.source, frozen), bench.now);
        let noun = bench.world.sources.get(closing.source).map(|source| source.noun.clone()).unwrap_or_default();
        Kept {
            proposal: ProposalLink {
                source: closing.source.to_owned(),
                noun,
                number: frozen.number,
                title: frozen.title.clone(),
            },
            group: frozen.group,
            status: frozen.status.clone(),
            words: frozen.words.clone(),
            since,
        }
    };
    let rows = closings.iter().flat_map(|closing| closing.judged.iter().map(move |frozen| kept(closing, frozen)));
    let mut rows: Vec<Kept> = rows.collect();
    rows.sort_by_key(|row| row.group);
    let of_closed = |source: &str| closings.iter().find(|closing| closing.source == source);
    let added = judged.iter().filter(|(record, _)| {
        of_closed(&record.source.id)
            .is_some_and(|closing| closing.judged.iter().all(|frozen| frozen.number != record.history.number))
    });
    let stood = |verdict: &Verdict| Group::of(verdict, bench.freeze).stood(bench.freeze, &verdict.words);
    Some(Closed {
        at: last.recorded.occurred_at.unwrap_or(last.recorded.recorded_at),
        by: last.recorded.person().to_owned(),
        judged_at: last.at,
        decisions: closings.iter().map(|closing| closing.recorded.id).collect(),
        added: added.map(|(record, verdict)| (views::link(record), stood(verdict))).collect(),
        rows,
    })
}
