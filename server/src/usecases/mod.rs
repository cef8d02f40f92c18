//! What can be done, one verb a file. Web, jobs and command line call these, so no rule hides behind the web.
//!
//! A use case reads as a story: load, decide (pure, in `domain`), write, all in one transaction. Who may do what joins
//! with signing in; the command line acts for whoever runs it.

pub mod accept;
pub mod assign;
pub mod commit;
pub mod decision;
pub mod import;
pub mod load_demo;
pub mod remove;
pub mod replay;
pub mod retarget;

use sqlx::PgPool;

use crate::clock::Clock;

/// What every use case works with. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Context {
    /// The database.
    pub pool: PgPool,
    /// The clock.
    pub clock: Clock,
}
