//! What is read from GitHub.

use std::collections::BTreeMap;

use app::{
    features::sync::port::{
        AskedLine, DeliveryLine, DeliveryState, ListLine, RepositoryLine, RunLine, SyncPort, SyncView, Way,
    },
    port::Answer,
};
use sqlx::PgConnection;

use super::{Ports, unavailable};
use crate::{
    store::{
        self,
        github::{
            delivery, item, page, repository,
            run::{self, Run},
        },
        setting,
    },
    usecases::ask_sync::{asked, may_read_github},
    verdicts::World,
};

/// Runs that the page shows.
const RUNS: i64 = 20;

/// Deliveries that the page shows.
const DELIVERIES: i64 = 50;

impl SyncPort for Ports {
    fn sync(&self, deliveries: Option<DeliveryState>) -> Answer<'_, SyncView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            self.sync_view(&world, deliveries).await.map_err(unavailable)
        })
    }
}

impl Ports {
    async fn sync_view(&self, world: &World, shown: Option<DeliveryState>) -> store::Result<SyncView> {
        let mut conn = self.0.context.pool.acquire().await?;
        let github = &self.0.context.config.github;
        let demo = setting::is_demo(&mut conn).await?;
        let may_ask = match &self.1 {
            Some(person) => may_read_github(&mut conn, &self.0.context, person).await?.is_ok(),
            None => false,
        };
        let asked = asked(&mut conn).await?;
        Ok(SyncView {
            way: match (demo, github.has_account()) {
                (true, _) => Way::Demo,
                (false, true) => Way::Open,
                (false, false) => Way::None,
            },
            takes_webhooks: github.webhook_secret().is_some(),
            every: github.every,
            may_ask,
            asked: asked.map(|asked| AskedLine { by: asked.by, at: asked.at, everything: asked.everything }),
            last_good: run::last_good(&mut conn).await?,
            repositories: if demo { Vec::new() } else { repositories(&mut conn, world).await? },
            runs: runs(run::latest(&mut conn, RUNS).await?),
            shown,
            deliveries: delivery::heads(&mut conn, shown.map(DeliveryState::word), DELIVERIES)
                .await?
                .into_iter()
                .map(delivery_line)
                .collect(),
            delivered: delivery::counts(&mut conn).await?,
            forged: setting::get(&mut conn, setting::WEBHOOKS_FORGED)
                .await?
                .and_then(|count| count.as_i64())
                .unwrap_or(0),
        })
    }
}

/// Every repository that is read: first those of sources and calendars, as the sync does.
async fn repositories(conn: &mut PgConnection, world: &World) -> store::Result<Vec<RepositoryLine>> {
    let mut holds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in world.sources.values() {
        let what = format!("issues and documents of {}", source.id);
        holds.entry(source.repository.clone()).or_default().push(what);
    }
    for calendar in &world.calendars {
        holds.entry(calendar.repository.clone()).or_default().push("schedules".to_owned());
    }
    for code in repository::code(conn).await? {
        let what = if code.docs { "user documentation" } else { "code" };
        let of_it = holds.entry(code.name).or_default();
        if !of_it.iter().any(|known| known == what) {
            of_it.push(what.to_owned());
        }
    }
    let names: Vec<String> = holds.keys().cloned().collect();
    let good = run::last_good_of(conn, &names).await?;
    let reaches = page::reaches(conn).await?;
    let counts = item::counts(conn).await?;
    let known = repository::known(conn).await?;
    let line = |(name, holds): (String, Vec<String>)| {
        let counted = counts.iter().find(|counted| counted.repository == name);
        let lists = reaches.iter().filter(|reach| reach.repository == name).map(|list| ListLine {
            name: list.list.clone(),
            up_to: list.reach.cursor,
            empty: list.reach.cursor == Some(page::NOTHING),
            walking: list.reach.walking,
        });
        RepositoryLine {
            renamed_to: known.iter().find(|known| known.name == name).and_then(|known| known.renamed_to.clone()),
            lists: lists.collect(),
            issues: counted.map_or(0, |counted| counted.issues),
            pulls: counted.map_or(0, |counted| counted.pulls),
            last_good: good.get(&name).copied(),
            holds,
            name,
        }
    };
    Ok(holds.into_iter().map(line).collect())
}

/// Runs, the latest first, as the page shows them. One without an end was cut short when a later one began: they run one at a time.
pub fn runs(latest: Vec<Run>) -> Vec<RunLine> {
    let line = |(place, run): (usize, Run)| RunLine {
        id: run.id,
        cut_short: run.finished_at.is_none() && place > 0,
        reason: run.reason,
        started_at: run.started_at,
        finished_at: run.finished_at,
        progress: run.progress.into_iter().map(|(what, (done, all))| (what, done, all)).collect(),
        requests: run.requests,
        unchanged: run.unchanged,
        changed: run.changed,
        events: run.events,
        odd: run.odd.into_iter().map(|odd| (odd.row, odd.what)).collect(),
        errors: run
            .errors
            .into_iter()
            .map(|error| (format!("{}, {}", error.repository, error.what), error.why))
            .collect(),
    };
    latest.into_iter().enumerate().map(line).collect()
}

fn delivery_line(head: delivery::Head) -> DeliveryLine {
    let delivery::Head { id, event, action, received_at, state, attempts, note } = head;
    let event = action.map_or_else(|| event.clone(), |action| format!("{event} {action}"));
    DeliveryLine { id, event, received_at, state, attempts, note }
}
