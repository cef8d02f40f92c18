//! People who record decisions through the use case, one after the other, until the database is gone.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use domain::{Decision, Recorded};
use server::{
    clock::Clock,
    store::event,
    usecases::{
        Context,
        decide::{By, DecideError, decide},
        key::Key,
    },
    verdicts::Verdicts,
};
use sqlx::PgPool;
use tokio::{runtime::Runtime, task::JoinSet};

use crate::{
    fixtures::{V1_10, V1_10_PATH, cep, cep_path},
    running,
};

/// People at once. Each decides on a proposal of their own, and all wait for one log.
const WRITERS: u32 = 4;

/// After the kill nothing can be acknowledged any more; whoever still waits for the database is let go.
const PATIENCE: Duration = Duration::from_millis(500);

/// Imports a proposal for each writer, and the schedule of their release.
pub fn import_proposals(data: &Path, work: &Path) {
    let mut files = vec![(work.join(V1_10_PATH), V1_10.to_owned())];
    files.extend((1..=WRITERS).map(|n| (work.join("cep").join(cep_path(n)), cep(n, &format!("Lane {n}")))));
    for (path, text) in files {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let source = format!("cep={}", work.join("cep").display());
    let releases = work.join("releases").display().to_string();
    running::run(data, &["import", "--source", &source, "--releases", &releases]).unwrap();
}

/// A decision that the use case reported as recorded.
pub type Acknowledged = (Key, Recorded);

/// Writers at work.
pub struct Writing {
    tasks: JoinSet<()>,
    log: Arc<Mutex<Vec<Acknowledged>>>,
}

/// What the writers of a round have seen.
pub struct Outcome {
    /// Decisions they were told are recorded.
    pub acknowledged: Vec<Acknowledged>,
    /// Decisions that they never heard of again: they may be there or not.
    pub cut_off: usize,
}

/// Lets the writers begin.
pub fn start(runtime: &Runtime, pool: &PgPool, round: u64) -> Writing {
    let log = Arc::new(Mutex::new(Vec::new()));
    let clock = Clock::system();
    let verdicts = Verdicts::new(pool.clone());
    let mut tasks = JoinSet::new();
    for number in 1..=WRITERS {
        let key = Key { source: "cep".to_owned(), number };
        let context = Context::new(pool.clone(), clock.clone());
        tasks.spawn_on(write(context, verdicts.clone(), key, round, log.clone()), runtime.handle());
    }
    Writing { tasks, log }
}

async fn write(context: Context, verdicts: Verdicts, key: Key, round: u64, log: Arc<Mutex<Vec<Acknowledged>>>) {
    let by = By::operator("killer");
    for n in 0_u32.. {
        let reviewers = vec![format!("rita-{round}-{n}")];
        let decision = Decision::Assign { reviewers, approvers: Vec::new() };
        match decide(&context, &verdicts, &by, &key, decision, None).await {
            Ok(recorded) => log.lock().unwrap().push((key.clone(), recorded)),
            Err(DecideError::Store(_)) => return,
            Err(refused) => panic!("{key}: {refused}"),
        }
    }
}

impl Writing {
    /// After the kill: what was acknowledged.
    pub fn outcome(mut self, runtime: &Runtime) -> Outcome {
        let mut cut_off = 0;
        runtime.block_on(async {
            let ended = tokio::time::timeout(PATIENCE, async {
                while let Some(ended) = self.tasks.join_next().await {
                    ended.unwrap();
                    cut_off += 1;
                }
            });
            if ended.await.is_err() {
                cut_off += self.tasks.len();
                self.tasks.shutdown().await;
            }
        });
        Outcome { acknowledged: std::mem::take(&mut *self.log.lock().unwrap()), cut_off }
    }
}

/// Checks that PostgreSQL runs with the settings under which a commit returns when it is on disk.
#[expect(clippy::disallowed_methods, reason = "the product never asks for a setting")]
pub async fn assert_durable(pool: &PgPool) {
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        let value: String =
            sqlx::query_scalar("select current_setting($1)").bind(setting).fetch_one(pool).await.unwrap();
        assert_eq!(value, "on", "{setting}");
    }
}

/// Checks that the log holds each decision exactly as it was acknowledged.
pub async fn assert_all_there(pool: &PgPool, acknowledged: &[Acknowledged], round: u64) {
    let mut conn = pool.acquire().await.unwrap();
    let mut there = std::collections::BTreeMap::new();
    let mut position = 0;
    loop {
        let events = event::after(&mut conn, position, 1_000).await.unwrap();
        let Some((.., last)) = events.last() else { break };
        position = last.id;
        there.extend(events.into_iter().map(|(source, number, recorded)| (recorded.id, (source, number, recorded))));
    }
    for (key, recorded) in acknowledged {
        let found = there.get(&recorded.id);
        let expected = (key.source.clone(), key.number, recorded.clone());
        assert_eq!(found, Some(&expected), "round {round}: lost or changed");
    }
}
