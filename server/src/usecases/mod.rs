//! What can be done, one verb a file. Web, jobs and command line call these, so no rule hides behind the web.
//!
//! A use case reads as a story: authorise, load, decide (pure, in `domain`), write, all in one transaction. The command
//! line acts for whoever runs it.

pub mod announce;
pub mod ask_sync;
pub mod comment_freeze;
pub mod decide;
pub mod export_exceptions;
pub mod export_instance;
pub mod house;
pub mod import;
pub mod import_board;
pub mod import_exceptions;
pub mod import_instance;
pub mod keep_list;
pub mod keep_meetings;
pub mod keep_outbox;
pub mod keep_roster;
pub mod key;
pub mod load_demo;
pub mod observe;
pub mod personal_mail;
pub mod post_check_ins;
pub mod process_again;
pub mod process_webhooks;
pub mod remind;
pub mod replay;
pub mod represent;
pub mod set_labels;
pub mod sign_in;
pub mod subscribe;
pub mod sync;
pub mod token;

use std::sync::Arc;

use sqlx::PgPool;

use crate::{clock::Clock, config::Config};

/// What every use case works with. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Context {
    /// The database.
    pub pool: PgPool,
    /// The clock.
    pub clock: Clock,
    /// The configuration.
    pub config: Arc<Config>,
}

impl Context {
    /// A context with the configuration that a server has when nothing is configured.
    pub fn new(pool: PgPool, clock: Clock) -> Self {
        Self { pool, clock, config: Arc::default() }
    }

    /// The same with another configuration.
    #[must_use]
    pub fn with_config(mut self, config: Config) -> Self {
        self.config = Arc::new(config);
        self
    }
}
