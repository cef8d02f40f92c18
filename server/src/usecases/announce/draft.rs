//! A text with its values: built from the same verdicts and snapshots as the pages.

use chrono::{DateTime, Utc};
use domain::{
    Announcement, Freeze, ReleaseVersion, RequestState, Status,
    announcement::{Decided, Facts, Standing, Template, Value, values},
    outgoing::Mail,
};
use sqlx::PgConnection;

use crate::{
    config::Config,
    store::{
        self,
        announcement::{self, Kept},
    },
    verdicts::{Moment, ReleaseRecord, Row, World},
};

/// A text as it would go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Subject and text.
    pub mail: Mail,
    /// The template that it is made of.
    pub template: Template,
    /// Who changed that and when, if anybody did.
    pub changed: Option<(String, DateTime<Utc>)>,
    /// What went in.
    pub values: Vec<Value>,
}

/// The text of a release.
///
/// # Errors
/// When the database fails.
pub async fn draft(
    conn: &mut PgConnection,
    world: &World,
    config: &Config,
    (release, what): (&ReleaseRecord, Announcement),
    now: DateTime<Utc>,
) -> store::Result<Draft> {
    let kept = announcement::templates(conn).await?;
    let values = values_of(world, config, Some(release), now);
    let Filled { mail, template, changed } = filled(&kept, what, &values);
    Ok(Draft { mail, template, changed, values })
}

/// A template with its values put in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Subject and text.
    pub mail: Mail,
    /// The template.
    pub template: Template,
    /// Who changed that and when, if anybody did.
    pub changed: Option<(String, DateTime<Utc>)>,
}

/// Puts values into the template of a text: the one that was kept, else the one that the program brings.
pub fn filled(kept: &[Kept], what: Announcement, values: &[Value]) -> Filled {
    let own = kept.iter().find(|kept| kept.what == what).and_then(|Kept { template, by, at, .. }| {
        // A template from a version that knew other values gives way to the one that the program brings.
        let mail = template.filled(what, values).ok()?;
        Some(Filled { mail, template: template.clone(), changed: Some((by.clone(), *at)) })
    });
    let brought = || {
        let template = what.template();
        let mail = template.filled(what, values).ok()?;
        Some(Filled { mail, template, changed: None })
    };
    let none = || Filled {
        mail: Mail { subject: String::new(), body: String::new() },
        template: what.template(),
        changed: None,
    };
    own.or_else(brought).unwrap_or_else(none)
}

/// Every value of a release; without one, their names alone.
pub fn values_of(world: &World, config: &Config, release: Option<&ReleaseRecord>, now: DateTime<Utc>) -> Vec<Value> {
    let version = release.map_or(ReleaseVersion::new(0, 0), |release| release.version);
    let dates = release.map(|release| release.dates_at(now)).unwrap_or_default();
    let proposals = release.map(|release| standings(world, config, release, now)).unwrap_or_default();
    let groups = Freeze::BOTH.map(|freeze| world.announced_groups(release?, freeze, now));
    let exceptions = release.map(|release| decided(world, release, now)).unwrap_or_default();
    let [enhancement, code] = &groups;
    values(&Facts {
        release: version,
        dates: &dates,
        base: config.address(),
        proposals: &proposals,
        groups: [enhancement.as_deref(), code.as_deref()],
        exceptions: &exceptions,
    })
}

fn standings(world: &World, config: &Config, release: &ReleaseRecord, now: DateTime<Utc>) -> Vec<Standing> {
    let all = world.rows(Moment::Now(now));
    let in_release = all.iter().filter_map(|rows| rows.iter().find(|row| row.release == Some(release.version)));
    let here = |row: &Row| {
        let source = world.sources.get(&row.source);
        let out = matches!(row.verdict.status, Status::Ended { .. } | Status::Departed { .. });
        source.is_some_and(|source| source.calendar == release.calendar) && !out
    };
    let mut rows: Vec<_> = in_release.filter(|row| here(row)).collect();
    rows.sort_by_key(|row| (row.verdict.status.urgency(), row.number));
    let base = config.address().trim_end_matches('/');
    let standing = |row: &Row| Standing {
        name: format!("{} {}", row.noun, row.number),
        title: row.title.clone(),
        status: row.verdict.status,
        words: row.verdict.words.clone(),
        tracked: row.verdict.tracked,
        owners: row.owners.clone(),
        link: format!("{base}/{}/{}", row.source, row.number),
    };
    rows.into_iter().map(|row| standing(row)).collect()
}

/// Decisions on exceptions of a release, in the order in which they were taken.
fn decided(world: &World, release: &ReleaseRecord, now: DateTime<Utc>) -> Vec<Decided> {
    let dates = release.dates_at(now);
    let records = world.proposals.values().filter(|record| record.source.calendar == release.calendar);
    let mut all = Vec::new();
    for record in records.filter(|record| record.named.contains(&release.version)) {
        let known = record.history.at(now);
        for request in known.participation(release.version, &dates).requests.all {
            let until = match &request.state {
                RequestState::Granted { .. } => request.granted_until(),
                RequestState::Denied { .. } => None,
                _ => continue,
            };
            all.push(Decided {
                name: format!("{} {}", record.source.noun, record.history.number),
                title: record.title.clone(),
                freeze: request.freeze,
                until,
                reason: request.reason.unwrap_or_default().to_owned(),
                at: request.decided_at,
            });
        }
    }
    all.sort_by_key(|decided| decided.at);
    all
}
