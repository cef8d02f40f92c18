//! The settings page.

use app::{
    features::settings::port::{
        CalendarView, DiagnosticCount, HealthLine, ReadSummary, SettingsPort, SettingsView, SourceView,
    },
    port::Answer,
};

use super::{Ports, unavailable};
use crate::{
    demo,
    store::{Result, import_run, import_run::ImportRun, instance::LEFT_OUT, setting},
    usecases::export_instance::may_export,
    web::health,
};

impl SettingsPort for Ports {
    fn settings(&self) -> Answer<'_, SettingsView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let runs = self.runs().await.map_err(unavailable)?;
            let run_of = |origin: String| runs.iter().find(|run| run.origin == origin).map(summary);
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            let health = health::health(&self.0).await;
            let admins = self.admins().await.map_err(unavailable)?;
            let exports = self.exports().await.map_err(unavailable)?;
            Ok(SettingsView {
                admins,
                exports,
                left_out: LEFT_OUT.iter().map(|(what, _)| (*what).to_owned()).collect(),
                sources: world
                    .sources
                    .values()
                    .map(|source| SourceView {
                        source: (**source).clone(),
                        proposals: count(world.proposals.keys().filter(|(id, _)| *id == source.id).count()),
                        last_read: run_of(format!("source:{}", source.id)),
                    })
                    .collect(),
                calendars: world
                    .calendars
                    .iter()
                    .map(|calendar| CalendarView {
                        id: calendar.id.clone(),
                        repository: calendar.repository.clone(),
                        zone: calendar.zone.label(),
                        releases: count(world.releases.keys().filter(|(id, _)| *id == calendar.id).count()),
                        last_read: run_of(format!("calendar:{}", calendar.id)),
                    })
                    .collect(),
                health: health
                    .checks
                    .into_iter()
                    .map(|check| HealthLine { what: check.what.to_owned(), outcome: check.outcome, words: check.words })
                    .collect(),
            })
        })
    }
}

impl Ports {
    /// The configured administrators; in the demo one of its people too.
    async fn admins(&self) -> Result<Vec<String>> {
        let configured = self.0.context.config.admins.iter().map(|admin| match admin.trim().parse::<i64>() {
            Ok(id) => format!("number {id} at GitHub"),
            Err(_) => format!("@{}", admin.trim()),
        });
        let mut conn = self.0.context.pool.acquire().await?;
        let demo = setting::is_demo(&mut conn).await?;
        let personas = demo::personas().into_iter().filter(|persona| demo && persona.id == demo::ADMIN);
        Ok(configured.chain(personas.map(|persona| format!("@{}", persona.login))).collect())
    }

    async fn exports(&self) -> Result<bool> {
        let Some(person) = self.1.as_ref() else { return Ok(false) };
        let mut conn = self.0.context.pool.acquire().await?;
        Ok(may_export(&mut conn, &self.0.context, person).await?.is_ok())
    }

    async fn runs(&self) -> Result<Vec<ImportRun>> {
        let mut conn = self.0.context.pool.acquire().await?;
        import_run::latest(&mut conn).await
    }
}

fn summary(run: &ImportRun) -> ReadSummary {
    let count = |n: i32| u32::try_from(n).unwrap_or_default();
    ReadSummary {
        at: run.finished_at,
        from: "files on disk".to_owned(),
        read: count(run.read),
        changed: count(run.changed),
        unchanged: count(run.unchanged),
        diagnostics: run
            .diagnostics
            .iter()
            .map(|diagnostic| DiagnosticCount {
                code: diagnostic.code.clone(),
                severity: diagnostic.severity,
                count: diagnostic.count,
                mend: diagnostic.mend.clone(),
                places: diagnostic.places.clone(),
            })
            .collect(),
    }
}
