//! What the texts of tracking issues state: read once for every change of an issue, and kept.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use domain::IssueReading;
use sqlx::PgConnection;

use super::{ProposalRecord, Verdicts, World};
use crate::{
    documents,
    store::{
        Result,
        event::Head,
        github::item::{self, Kept},
    },
};

/// Texts that are read from the database at a time.
const BATCH: usize = 200;

/// What tracking issues state, by source and number; those that are not in the mirror are left out.
pub type IssueTexts = Arc<BTreeMap<(String, u32), Arc<IssueReading>>>;

/// What was read, of which world, and as of which change of the mirror.
#[derive(Debug, Default)]
pub(super) struct Texts {
    head: Option<Head>,
    newest: Option<i64>,
    positions: HashMap<(String, u32), i64>,
    readings: IssueTexts,
}

impl Verdicts {
    /// What the tracking issues of all proposals state.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue_texts(&self, world: &World) -> Result<IssueTexts> {
        // Those who come at once wait for the one that reads; a connection is taken only then.
        let mut texts = self.texts.lock().await;
        let mut conn = self.pool.acquire().await?;
        let newest = item::newest(&mut conn).await?;
        if texts.newest != newest || texts.head != world.head {
            *texts = read(&mut conn, world, &texts, newest).await?;
        }
        Ok(texts.readings.clone())
    }
}

async fn read(conn: &mut PgConnection, world: &World, known: &Texts, newest: Option<i64>) -> Result<Texts> {
    let keys: Vec<(String, u32)> = world.proposals.values().map(|record| issue_of(record)).collect();
    let positions = item::positions(conn, &keys).await?;
    let mut readings = BTreeMap::new();
    let mut wanted: HashMap<(String, u32), Vec<&ProposalRecord>> = HashMap::new();
    for (key, record) in &world.proposals {
        let issue = issue_of(record);
        let Some(position) = positions.get(&issue) else { continue };
        match known.readings.get(key).filter(|_| known.positions.get(&issue) == Some(position)) {
            Some(reading) => {
                readings.insert(key.clone(), reading.clone());
            }
            None => wanted.entry(issue).or_default().push(record),
        }
    }
    let issues: Vec<(String, u32)> = wanted.keys().cloned().collect();
    for batch in issues.chunks(BATCH) {
        for kept in item::find_all(conn, batch).await? {
            let of_it = wanted.get(&(kept.repository.clone(), kept.item.number));
            for record in of_it.into_iter().flatten() {
                if let Some(reading) = reading(record, &kept) {
                    readings.insert((record.source.id.clone(), record.history.number), Arc::new(reading));
                }
            }
        }
    }
    Ok(Texts { head: world.head, newest, positions, readings: Arc::new(readings) })
}

fn issue_of(record: &ProposalRecord) -> (String, u32) {
    (record.source.repository.clone(), record.history.number)
}

fn reading(record: &ProposalRecord, kept: &Kept) -> Option<IssueReading> {
    // A number of which only a pull request is known has no tracking issue.
    if kept.item.is_pull {
        return None;
    }
    let template = documents::SOURCES.iter().find(|template| template.id == record.source.template)?;
    let (repository, item) = (&record.source.repository, &kept.item);
    Some(documents::read_issue(template, repository, record.history.number, &item.title, &item.body))
}
