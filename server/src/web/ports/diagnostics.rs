//! The list of diagnostics.

use app::{
    features::diagnostics::{
        DiagnosticQuery,
        port::{DiagnosticLine, DiagnosticListView, DiagnosticsPort},
    },
    port::Answer,
};

use super::{Ports, unavailable};
use crate::web::{
    diagnostics::{Found, select},
    views,
};

impl DiagnosticsPort for Ports {
    fn diagnostics(&self, query: DiagnosticQuery) -> Answer<'_, DiagnosticListView> {
        Box::pin(async move {
            let moment = views::moment(query.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let selection = select(&self.0, &world, &query, moment).await.map_err(unavailable)?;
            let total = u32::try_from(selection.found.len()).unwrap_or(u32::MAX);
            let pages = total.div_ceil(DiagnosticQuery::PAGE_SIZE).max(1);
            let page = query.page.clamp(1, pages);
            let size = DiagnosticQuery::PAGE_SIZE as usize;
            let lines = selection.found.iter().skip((page as usize - 1) * size).take(size).map(line);
            Ok(DiagnosticListView {
                any_proposal: !world.proposals.is_empty(),
                any: selection.any,
                total,
                lines: lines.collect(),
                page,
                pages,
                severities: selection.severities,
                kinds: selection.kinds,
                places: selection.places,
                sources: selection.sources,
                releases: selection.releases,
            })
        })
    }
}

fn line(found: &Found) -> DiagnosticLine {
    DiagnosticLine {
        proposal: views::link(&found.record),
        place: found.place,
        text: found.text.clone(),
        href: found.href.clone(),
        diagnostic: found.diagnostic.clone(),
    }
}
