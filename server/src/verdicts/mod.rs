//! The verdict cache: what the log says, in memory, and the verdicts that follow.
//!
//! Nothing here is truth. Every request asks the database for the position of the log's head; when it has moved, only the
//! proposals that the new events touch are read again. A proposal's verdicts are kept until the next instant that can
//! change them. All of it can be thrown away at any time, and a second server on the same database has its own.

mod announcements;
mod check_ins;
mod course;
mod events;
mod freeze;
mod groups;
mod mismatches;
mod people;
mod pull_remarks;
mod pulls;
mod refresh;
mod representation;
mod row;
mod texts;
mod world;

use std::sync::Arc;

use domain::Recorded;
use sqlx::{PgConnection, PgPool};
use tokio::sync::{Mutex, MutexGuard, RwLock};

pub use announcements::Due;
pub use check_ins::Spoken;
pub use events::ExceptionKey;
pub use freeze::{Closing, Judged};
pub use groups::{Belongs, Memberships};
pub use mismatches::Mismatches;
pub use people::{Able, asked_by};
pub use pull_remarks::PullRemarks;
pub use pulls::{Holding, JudgedPull, JudgedPulls, Sighting};
pub use row::Row;
pub use texts::IssueTexts;
pub use world::{Moment, ProposalRecord, ReleaseRecord, Rows, World};

use crate::store::{self, event};

/// The cache. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Verdicts {
    pool: PgPool,
    world: Arc<RwLock<Arc<World>>>,
    refreshing: Arc<Mutex<()>>,
    deciding: Arc<Mutex<()>>,
    texts: Arc<Mutex<texts::Texts>>,
    remarks: Arc<Mutex<pull_remarks::Remarks>>,
}

impl Verdicts {
    /// An empty cache over a database.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            world: Arc::default(),
            refreshing: Arc::default(),
            deciding: Arc::default(),
            texts: Arc::default(),
            remarks: Arc::default(),
        }
    }

    /// The world as of the log's head.
    ///
    /// # Errors
    /// When the database fails, or the log holds a shape of a newer version.
    pub async fn world(&self) -> store::Result<Arc<World>> {
        let head = event::head(&mut *self.pool.acquire().await?).await?;
        let known = self.world.read().await.clone();
        if known.head == Some(head) {
            return Ok(known);
        }
        // No connection is held while waiting, so that those who wait do not keep others from the database.
        let (at_once, before) = (self.refreshing.try_lock(), known.head);
        let waited = at_once.is_err();
        let _one_at_a_time = match at_once {
            Ok(turn) => turn,
            Err(_) => self.refreshing.lock().await,
        };
        let mut conn = self.pool.acquire().await?;
        let known = self.world.read().await.clone();
        // Whoever refreshed it meanwhile may have gone further than the head that was read.
        let head = if waited || known.head != before { event::head(&mut conn).await? } else { head };
        if known.head == Some(head) {
            return Ok(known);
        }
        let same_log = known.head.is_some_and(|known| known.generation == head.generation);
        let base = if same_log { known } else { Arc::default() };
        let fresh = Arc::new(base.refreshed(&mut conn, head).await?);
        *self.world.write().await = fresh.clone();
        Ok(fresh)
    }

    /// Where those who decide in this process line up before they take a connection and the log's lock, so that they
    /// leave the other connections to those who read.
    pub async fn line_up(&self) -> MutexGuard<'_, ()> {
        self.deciding.lock().await
    }

    /// Takes in what was appended about one proposal on the basis of `base` and is committed, so that nobody has to read
    /// it again.
    pub async fn learned(&self, base: &World, source: &str, number: u32, appended: &[Recorded]) {
        let Some(next) = base.after(source, number, appended) else { return };
        let mut world = self.world.write().await;
        if world.head == base.head {
            *world = Arc::new(next);
        }
    }

    /// The world as the transaction of `conn` sees it, which holds the log's lock: nobody can add to it meanwhile. Uses
    /// no other connection and waits for no one, so that it cannot stand in its own way.
    ///
    /// # Errors
    /// When the database fails, or the log holds a shape of a newer version.
    pub async fn world_under_lock(&self, conn: &mut PgConnection) -> store::Result<Arc<World>> {
        let head = event::head(conn).await?;
        let known = self.world.read().await.clone();
        if known.head == Some(head) {
            return Ok(known);
        }
        let same_log = known.head.is_some_and(|known| known.generation == head.generation);
        let base = if same_log { known } else { Arc::default() };
        let fresh = Arc::new(base.refreshed(conn, head).await?);
        *self.world.write().await = fresh.clone();
        Ok(fresh)
    }
}
