//! The work list, and one pull request.

use app::{
    features::pulls::{
        PullQuery,
        port::{
            HeldView, LooseView, OtherHolder, PullAsk, PullListView, PullRow, PullView, PullsPort, Read, SightingView,
        },
    },
    port::{Answer, PageError},
};
use domain::{Event, PullKind, PullState};

use super::{Ports, unavailable};
use crate::{
    store::{
        self,
        github::{item, repository},
    },
    verdicts::{Holding, JudgedPull, World},
    web::{pulls::select, views},
};

impl PullsPort for Ports {
    fn pulls(&self, query: PullQuery) -> Answer<'_, PullListView> {
        Box::pin(async move {
            let moment = views::moment(query.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let selection = select::select(&world, &query, moment);
            let total = count(selection.found.len());
            let pages = total.div_ceil(PullQuery::PAGE_SIZE).max(1);
            let page = query.page.clamp(1, pages);
            let size = PullQuery::PAGE_SIZE as usize;
            let shown = selection.found.iter().skip((page as usize - 1) * size).take(size);
            Ok(PullListView {
                any_proposal: !world.proposals.is_empty(),
                any_pull: any_pull(&world),
                reads_github: self.reads_github(),
                of_release: count(selection.of_release),
                total,
                rows: shown.filter_map(|judged| row(&world, judged, query.label.is_some())).collect(),
                page,
                pages,
                release: selection.release,
                current: world.current(moment.instant()),
                facets: selection.facets,
                load: selection.load,
            })
        })
    }

    fn pull(&self, ask: PullAsk) -> Answer<'_, PullView> {
        Box::pin(async move {
            let moment = views::moment(ask.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let holdings = world.holdings((&ask.repository, ask.number), moment);
            match holdings.split_first() {
                Some((first, rest)) => held(&world, first, rest),
                None => self.loose(&world, &ask).await.map(PullView::Loose).map_err(unavailable),
            }
        })
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn any_pull(world: &World) -> bool {
    let mut events = world.proposals.values().flat_map(|record| &record.history.events);
    events.any(|recorded| matches!(recorded.event, Event::PullObserved(_)))
}

/// A row of the list; none for a proposal that is not known, which there is not.
fn row(world: &World, judged: &JudgedPull, with_label: bool) -> Option<PullRow> {
    let item = &judged.item;
    let record = world.proposals.get(&(item.proposal.source.clone(), item.proposal.number))?;
    Some(PullRow {
        pull: item.pull.clone(),
        proposal: views::link(record),
        rank: item.rank,
        votes: item.votes,
        lags: item.lags,
        freeze: item.freeze,
        deadline: item.deadline,
        frozen: item.frozen,
        label: judged.label.clone().filter(|_| with_label),
    })
}

fn held(world: &World, first: &Holding<'_>, rest: &[Holding<'_>]) -> Result<PullView, PageError> {
    let missing = || PageError::NotFound("Its proposal".to_owned());
    let (others, unrelated): (Vec<_>, Vec<_>) = rest.iter().partition(|other| other.pull().kind != PullKind::Unrelated);
    let other = |other: &&Holding<'_>| OtherHolder {
        proposal: views::link(other.record),
        release: other.pull().release,
        why: other.why(),
    };
    Ok(PullView::Held(Box::new(HeldView {
        row: row(world, &first.judged, true).ok_or_else(missing)?,
        tracked: first.judged.listed,
        issue_url: first.record.source.issue_url(first.record.history.number),
        why: first.why(),
        classified: first.classified,
        others: others.iter().map(other).collect(),
        unrelated: unrelated.iter().map(|other| views::link(other.record)).collect(),
        sightings: first
            .sightings
            .iter()
            .map(|seen| SightingView {
                at: seen.at,
                state: seen.state,
                draft: seen.draft,
                waiting_on: if seen.state == PullState::Open { seen.waiting_on.clone() } else { Vec::new() },
                waiting_on_review: seen.waiting_on_review,
            })
            .collect(),
        landings: first.landings.clone(),
    })))
}

impl Ports {
    /// Whether this server is configured to read GitHub.
    pub(super) fn reads_github(&self) -> bool {
        self.0.context.config.github.has_account()
    }

    async fn loose(&self, world: &World, ask: &PullAsk) -> store::Result<LooseView> {
        let mut conn = self.0.context.pool.acquire().await?;
        let found = item::find(&mut conn, &ask.repository, ask.number).await?;
        let read = found.filter(|kept| kept.item.is_pull && kept.gone.is_none()).map(|kept| Read {
            title: kept.item.title,
            author: kept.item.author,
            labels: kept.item.labels,
        });
        let code = repository::code(&mut conn).await?.into_iter().map(|code| code.name);
        let sources = world.sources.values().map(|source| source.repository.clone());
        let mut repositories: Vec<_> = code.chain(sources).collect();
        repositories.sort_unstable();
        repositories.dedup();
        let mut labels: Vec<_> = world.sources.values().filter_map(|source| source.approved_label.clone()).collect();
        labels.sort_unstable();
        labels.dedup();
        Ok(LooseView {
            repository: ask.repository.clone(),
            number: ask.number,
            read,
            reads_github: self.reads_github(),
            repositories,
            labels,
        })
    }
}
