//! The outbox: rows as pages show them, and what the viewer may do with each.

use app::{
    features::outbox::{
        Act, OutboxQuery, Stand,
        port::{OutboxPort, OutboxView, OutgoingRow, Sending},
    },
    port::{Answer, PageError},
};

use super::{Ports, unavailable};
use crate::{
    store::{
        self,
        outbox::{self, Entry},
        setting,
    },
    usecases::keep_outbox::{self, is_live, may_cancel, may_keep, no_way},
    verdicts::World,
    web::outbox::{pages_of, row, rows_of},
};

impl OutboxPort for Ports {
    fn outbox(&self, query: OutboxQuery) -> Answer<'_, OutboxView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            self.outbox_view(&world, &query).await.map_err(unavailable)
        })
    }

    fn outgoing(&self, source: String, key: String) -> Answer<'_, OutgoingRow> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let found = self.outgoing_row(&world, &source, &key).await.map_err(unavailable)?;
            found.ok_or_else(|| PageError::NotFound(format!("Outgoing {source}/{key}")))
        })
    }
}

impl Ports {
    async fn outbox_view(&self, world: &World, query: &OutboxQuery) -> store::Result<OutboxView> {
        let context = &self.0.context;
        let (entries, total, page) = rows_of(&self.0, query, OutboxQuery::PAGE_SIZE).await?;
        let mut conn = context.pool.acquire().await?;
        let counts = outbox::counts(&mut conn).await?;
        let count = |stand: Stand| {
            let counted = counts.iter().find(|counted| counted.state == stand.slug())?;
            Some((stand, u32::try_from(counted.count).unwrap_or(u32::MAX)))
        };
        let keeps = match &self.1 {
            Some(person) => may_keep(&mut conn, context, person).await?.is_ok(),
            None => false,
        };
        let sending = Sending {
            github: is_live(&mut conn, &context.config).await?,
            no_way: no_way(&mut conn, &context.config).await?.map(str::to_owned),
            labels: setting::is_on(&mut conn, setting::LABELS_LIVE).await?,
            mail: context.config.mail.is_configured(),
        };
        drop(conn);
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            rows.push(self.with_acts(world, entry).await?);
        }
        let counts: Vec<_> = Stand::ALL.into_iter().filter_map(count).collect();
        Ok(OutboxView { any: !counts.is_empty(), rows, total, page, pages: pages_of(total), counts, sending, keeps })
    }

    async fn outgoing_row(&self, world: &World, source: &str, key: &str) -> store::Result<Option<OutgoingRow>> {
        let entry = outbox::find(&mut *self.0.context.pool.acquire().await?, source, key).await?;
        match entry {
            Some(entry) => self.with_acts(world, entry).await.map(Some),
            None => Ok(None),
        }
    }

    /// A row with what the viewer may do.
    async fn with_acts(&self, world: &World, entry: Entry) -> store::Result<OutgoingRow> {
        let context = &self.0.context;
        let mut acts = Vec::new();
        if let Some(person) = &self.1 {
            let mut conn = context.pool.acquire().await?;
            let keeps = may_keep(&mut conn, context, person).await?.is_ok();
            let cancels = may_cancel(&mut conn, context, person, &entry).await?.is_ok();
            let possible = keep_outbox::Act::possible(&entry).into_iter();
            let may = |act: &keep_outbox::Act| if *act == keep_outbox::Act::Cancel { cancels } else { keeps };
            acts = possible.filter(may).map(shown).collect();
        }
        Ok(OutgoingRow { acts, ..row(world, &context.config, entry) })
    }
}

const fn shown(act: keep_outbox::Act) -> Act {
    match act {
        keep_outbox::Act::Send => Act::Send,
        keep_outbox::Act::Cancel => Act::Cancel,
        keep_outbox::Act::Again => Act::Again,
        keep_outbox::Act::Arrived => Act::Arrived,
    }
}
