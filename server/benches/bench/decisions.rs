//! Decisions through the front door: eight people, each signed in, post forms with their session and its token as fast as
//! they are answered. Every answer comes after the decision is on disk.

use std::{path::Path, sync::Arc, time::Duration};

use server::{
    clock::Clock,
    demo::CURRENT,
    usecases::{Context, sign_in::sign_in},
    web::session,
};
use tokio::runtime::Runtime;
use tower_sessions::Session;

use crate::{
    corpus::Corpus,
    cpu::{Processes, Spent},
    load::{self, Load},
    running::{Outcome, Tracker},
};

/// People at once.
pub const CLIENTS: u8 = 8;

/// How long they decide.
const RUN: Duration = Duration::from_secs(5);

/// A member of the SIG that owns every proposal of the corpus (see the corpus' aliases).
const MEMBER: &str = "ada";

/// What was measured.
#[derive(Debug, Clone, Copy)]
pub struct Decided {
    /// What the load generator saw.
    pub load: Load,
    /// CPU time of one decision.
    pub cpu: Spent,
    /// Decisions that the log has grown by.
    pub recorded: i64,
}

/// Signs somebody in; returns cookie and token of the session.
pub async fn session_of(tracker: &Tracker, clock: &Clock, id: i64, login: &str) -> Outcome<(String, String)> {
    let pool = tracker.pool().await?;
    let context = Context::new(pool.clone(), clock.clone());
    let who = sign_in(&context, id, login, None).await?;
    let session = Session::new(None, Arc::new(session::Sessions::new(context.clone())), None);
    let csrf = session::begin(&session, &who, clock.now()).await?;
    session.save().await?;
    let id = session.id().ok_or("a session without id")?;
    let cookie = format!("{}={id}", session::cookie_name(&context.config));
    pool.close().await;
    Ok((cookie, csrf))
}

/// Lets them decide. Each decision ranks a proposal of the current release anew, at a place that it does not have.
pub fn measure(work: &Path, tracker: &Tracker, runtime: &Runtime, clock: &Clock, corpus: &Corpus) -> Outcome<Decided> {
    let (cookie, csrf) = runtime.block_on(session_of(tracker, clock, 1, MEMBER))?;
    let keys: Vec<String> = corpus.accepted().map(|proposal| format!("\"{}\"", proposal.key)).collect();
    let script = format!(
        "local keys = {{ {} }}\nlocal n = 0\n\
         function request()\n  n = n + 1\n  local key = keys[n % #keys + 1]\n\
         return wrk.format('POST', '/' .. key .. '/decide/rank', {{\n\
         ['Cookie'] = '{cookie}', ['Content-Type'] = 'application/x-www-form-urlencoded',\n\
         ['Sec-Fetch-Site'] = 'same-origin' }},\n\
         'csrf={csrf}&release={CURRENT}&rank=' .. (100000 + n))\nend\n",
        keys.join(", ")
    );
    let url = format!("http://{}/", tracker.address);
    load::post(work, &url, CLIENTS, Duration::from_secs(1), &script)?;
    let processes = Processes::of(tracker)?;
    let (before, events) = (processes.spent()?, runtime.block_on(count(tracker))?);
    let load = load::post(work, &url, CLIENTS, RUN, &script.replace("100000", "9000000"))?;
    let cpu = processes.since(before)? / load.requests;
    let recorded = runtime.block_on(count(tracker))? - events;
    Ok(Decided { load, cpu, recorded })
}

async fn count(tracker: &Tracker) -> Outcome<i64> {
    let pool = tracker.pool().await?;
    let row = sqlx::query!(r#"select count(*) as "count!" from event"#).fetch_one(&pool).await?;
    pool.close().await;
    Ok(row.count)
}
