//! The list of disagreements.

use app::{
    features::mismatches::{
        MismatchQuery,
        port::{MismatchLine, MismatchListView, MismatchesPort},
    },
    port::Answer,
};

use super::{Ports, unavailable};
use crate::web::{
    mismatches::{Found, select},
    views,
};

impl MismatchesPort for Ports {
    fn mismatches(&self, query: MismatchQuery) -> Answer<'_, MismatchListView> {
        Box::pin(async move {
            let moment = views::moment(query.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let found = select(&self.0, &world, &query, moment).await.map_err(unavailable)?;
            let count = |found: &[Found]| u32::try_from(found.len()).unwrap_or(u32::MAX);
            let (in_the_way, others) = (count(&found.first), count(&found.rest));
            let pages = (in_the_way + others).div_ceil(MismatchQuery::PAGE_SIZE).max(1);
            let page = query.page.clamp(1, pages);
            let size = MismatchQuery::PAGE_SIZE as usize;
            let skipped = (page as usize - 1) * size;
            let on_page = |found: &[Found], skipped: usize, size: usize| -> Vec<MismatchLine> {
                found.iter().skip(skipped).take(size).map(line).collect()
            };
            let first = on_page(&found.first, skipped, size);
            let rest = on_page(&found.rest, skipped.saturating_sub(found.first.len()), size - first.len());
            Ok(MismatchListView {
                any_proposal: !world.proposals.is_empty(),
                any: found.any,
                release: found.release,
                in_the_way,
                others,
                first,
                rest,
                page,
                pages,
                kinds: found.kinds,
                sources: found.sources,
                releases: found.releases,
            })
        })
    }
}

fn line(found: &Found) -> MismatchLine {
    MismatchLine { proposal: views::link(&found.record), mismatch: (*found.mismatch).clone() }
}
