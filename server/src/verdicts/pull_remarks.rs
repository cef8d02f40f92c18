//! What could not be read in the texts of pull requests: read once for every change of one, and kept.

use std::{collections::HashMap, sync::Arc};

use domain::Diagnostic;

use super::Verdicts;
use crate::{
    documents,
    store::{Result, github::item},
};

/// Items that are read from the database at a time.
const BATCH: i64 = 500;

/// What is said of pull requests, by repository in lower case and number; those of which nothing is said are left out.
pub type PullRemarks = Arc<HashMap<(String, u32), Vec<Diagnostic>>>;

/// What was read, and as of which change of the mirror.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    position: i64,
    found: PullRemarks,
}

impl Verdicts {
    /// What is said of the texts of all pull requests in the mirror.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn pull_remarks(&self) -> Result<PullRemarks> {
        let mut remarks = self.remarks.lock().await;
        let mut conn = self.pool.acquire().await?;
        let newest = item::newest(&mut conn).await?.unwrap_or_default();
        if newest < remarks.position {
            // The mirror was thrown away.
            *remarks = Remarks::default();
        }
        while remarks.position < newest {
            let changed = item::changed_since(&mut conn, remarks.position, BATCH).await?;
            let Some(last) = changed.last() else { break };
            let position = last.position;
            let found = Arc::make_mut(&mut remarks.found);
            for kept in changed.iter().filter(|kept| kept.item.is_pull) {
                let said = documents::read_pull_text(&kept.item.title, &kept.item.body).diagnostics;
                let key = (kept.repository.to_lowercase(), kept.item.number);
                if said.is_empty() {
                    found.remove(&key);
                } else {
                    found.insert(key, said);
                }
            }
            remarks.position = position;
        }
        Ok(remarks.found.clone())
    }
}
