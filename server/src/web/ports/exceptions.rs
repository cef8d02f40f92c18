//! The pages of exceptions.

use app::{
    features::exceptions::{
        ExceptionQuery, Group,
        port::{ExceptionAsk, ExceptionListView, ExceptionView, ExceptionsPort, NewAsk, NewView, StatisticsView},
    },
    port::{Answer, PageError},
    query::At,
};

use super::{Ports, unavailable};
use crate::{
    store::{self, outbox},
    usecases::decide::DecideError,
    verdicts::Moment,
    web::{
        exceptions::{
            Case, Desk, Parts, exception_view, found, new_view,
            select::{self, Selection},
            statistics, would_send,
        },
        views,
    },
};

impl ExceptionsPort for Ports {
    fn exceptions(&self, query: ExceptionQuery) -> Answer<'_, ExceptionListView> {
        Box::pin(async move {
            let moment = views::moment(query.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let selection = select::select(&world, &query, moment);
            Ok(list(selection, &query, world.current(moment.instant())))
        })
    }

    fn exception(&self, ask: ExceptionAsk) -> Answer<'_, ExceptionView> {
        Box::pin(async move {
            let none = || PageError::NotFound(format!("Request {}", ask.id));
            let moment = views::moment(ask.at, self.0.context.clock.now());
            let now = moment.instant();
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let key = world.exceptions.get(&ask.id).ok_or_else(none)?;
            let record = world.proposals.get(&(key.source.clone(), key.number)).ok_or_else(none)?;
            let known = record.history.at(now);
            let dates = found::dates(&world, record, key.release, now);
            let participation = known.participation(key.release, &dates);
            let request = participation.requests.all.iter().find(|request| request.id == ask.id).ok_or_else(none)?;
            let case = Case { world: &world, record, known: &known, request, ga: dates.ga, now };
            let (desk, outbox) = self.around(case, matches!(moment, Moment::Now(_))).await.map_err(unavailable)?;
            let (config, dates) = (&self.0.context.config, &dates);
            let parts = Parts { world: &world, config, record, known: &known, dates, moment, desk, outbox };
            exception_view(parts, &ask).ok_or_else(none)
        })
    }

    fn new_exception(&self, ask: NewAsk) -> Answer<'_, NewView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let context = &self.0.context;
            let login = self.1.as_ref().map_or("you", |person| person.login.as_str());
            let event = would_send(context, &world, &ask, login).await.map_err(unavailable)?;
            Ok(new_view(&world, &context.config, &ask, event.as_ref(), context.clock.now()))
        })
    }

    fn exception_statistics(&self, at: At) -> Answer<'_, StatisticsView> {
        Box::pin(async move {
            let moment = views::moment(at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            Ok(statistics::view(&found::all(&world, moment)))
        })
    }
}

impl Ports {
    /// What the viewer may do now, and what went out.
    async fn around(&self, case: Case<'_>, now: bool) -> store::Result<(Desk, Vec<outbox::Entry>)> {
        let context = &self.0.context;
        let mut conn = context.pool.acquire().await?;
        let source = &case.record.source.id;
        let outbox = outbox::of_proposal(&mut conn, source, case.record.history.number).await?;
        let desk = match self.1.as_ref().filter(|_| now) {
            Some(person) => match Desk::of(&mut conn, context, person, case).await {
                Ok(desk) => desk,
                Err(DecideError::Store(error)) => return Err(error),
                Err(_) => Desk::default(),
            },
            None => Desk::default(),
        };
        Ok((desk, outbox))
    }
}

fn list(selection: Selection, query: &ExceptionQuery, current: Option<domain::ReleaseVersion>) -> ExceptionListView {
    let Selection { found, facets, any } = selection;
    let total = u32::try_from(found.len()).unwrap_or(u32::MAX);
    let pages = total.div_ceil(ExceptionQuery::PAGE_SIZE).max(1);
    let page = query.page.clamp(1, pages);
    let first = ((page - 1) * ExceptionQuery::PAGE_SIZE) as usize;
    let count = |group: Group| {
        u32::try_from(found.iter().filter(|found| found.row.stand.group() == group).count()).unwrap_or(u32::MAX)
    };
    let counts = [Group::Undecided, Group::Running, Group::Settled].map(|group| (group, count(group))).to_vec();
    let rows = found.into_iter().skip(first).take(ExceptionQuery::PAGE_SIZE as usize).map(|found| found.row).collect();
    ExceptionListView { any, rows, counts, page, pages, current, facets }
}
