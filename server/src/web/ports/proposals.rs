//! The list of proposals.

use app::{
    features::proposals::port::{ProposalListPort, ProposalListView},
    port::Answer,
    query::ListQuery,
};

use super::{Ports, unavailable};
use crate::web::{candidates, selection, views};

impl ProposalListPort for Ports {
    fn proposals(&self, query: ListQuery) -> Answer<'_, ProposalListView> {
        Box::pin(async move {
            let moment = views::moment(query.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let selection = selection::select(&self.0, &world, &query, moment).await.map_err(unavailable)?;
            let candidates =
                candidates::count(&self.0, &world, query.q.as_deref(), moment).await.map_err(unavailable)?;
            let total = u32::try_from(selection.rows.len()).unwrap_or(u32::MAX);
            let pages = total.div_ceil(ListQuery::PAGE_SIZE).max(1);
            let page = query.page.clamp(1, pages);
            let first = ((page - 1) * ListQuery::PAGE_SIZE) as usize;
            let rows = selection.rows.iter().skip(first).take(ListQuery::PAGE_SIZE as usize);
            Ok(ProposalListView {
                any_proposal: !world.proposals.is_empty(),
                rows: rows.map(|row| views::proposal_row(row)).collect(),
                total,
                page,
                pages,
                current: world.current(moment.instant()),
                facets: selection.facets,
                candidates,
            })
        })
    }
}
