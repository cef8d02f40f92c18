//! `cep-tracker serve`: the pages.

use std::{io::IsTerminal, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    signal::unix::SignalKind,
    sync::{Notify, oneshot},
    task::JoinHandle,
};
use tracing_subscriber::EnvFilter;

use super::Failure;
use crate::{
    clock::Clock,
    config::Config,
    database::{Database, DatabaseConfig, open},
    github::{Api, GitHub, Patience},
    jobs::{
        keep_labels, read_github, remind,
        send_outbox::{self, Ways},
        take_webhooks,
    },
    mail::Mailer,
    usecases::{Context, load_demo::load_demo_at_start},
    web,
};

/// How long answers under way may take once the server was told to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Address to listen on.
    #[arg(long, env = "ADDR", default_value = "127.0.0.1:3000", value_name = "HOST:PORT")]
    addr: SocketAddr,

    /// Load the demo world first, if the database is empty.
    #[arg(long, env = "CEP_TRACKER_DEMO")]
    demo: bool,

    /// Directory with the browser part as built; without it pages are served without script.
    #[arg(long, env = "LEPTOS_SITE_ROOT", default_value = "target/site", value_name = "DIR")]
    site: PathBuf,

    /// What to log, e.g. info or server=debug.
    #[arg(long, env = "RUST_LOG", default_value = "info,sqlx=warn,tower_sessions_core=error", value_name = "FILTER")]
    log: String,

    /// Log as JSON, one object a line.
    #[arg(long, env = "CEP_TRACKER_LOG_JSON")]
    log_json: bool,

    #[command(flatten)]
    database: DatabaseConfig,

    #[command(flatten)]
    config: Config,
}

/// Serves until Ctrl-C, SIGTERM, or the end of the private PostgreSQL.
pub async fn run(args: Args, clock: Clock) -> Result<(), Failure> {
    start_log(&args)?;
    args.config.check().map_err(Failure::new)?;
    // Before anything slow: an address in use is the most common mistake.
    let listener = TcpListener::bind(args.addr).await.map_err(|error| {
        Failure::new(format!("{} cannot be listened on ({error}); choose another with --addr HOST:PORT", args.addr))
    })?;
    let mut database = open(&args.database).await?;
    let result = serve(listener, &args, &mut database, clock).await;
    database.close().await;
    result
}

async fn serve(listener: TcpListener, args: &Args, database: &mut Database, clock: Clock) -> Result<(), Failure> {
    let address = listener.local_addr()?;
    let config = Config { listens_at: Some(format!("http://{address}")), ..args.config.clone() };
    let context = Context::new(database.pool.clone(), clock).with_config(config);
    if args.demo {
        let loaded = load_demo_at_start(&context, database.owner.clone())
            .await
            .map_err(|error| Failure::new(format!("the demo world could not be loaded: {error}")))?;
        if loaded {
            tracing::info!("the demo world is loaded");
        }
    }
    let mut state = web::AppState::new(context, Some(database.owner.clone()), &args.site);
    state.loopback = address.ip().is_loopback();
    if let Some(app) = args.config.oauth_app() {
        let github = GitHub::new(&args.config.github, app)
            .map_err(|error| Failure::new(format!("signing in with GitHub cannot be set up: {error}")))?;
        state.github = Some(Arc::new(github));
    }
    let mailer = Mailer::new(&args.config.mail).map_err(Failure::new)?;
    let api = Api::new(&args.config.github, state.context.clock.clone(), Patience::default())
        .map_err(|error| Failure::new(format!("GitHub's API cannot be set up: {error}")))?;
    let jobs = start_jobs(&state, mailer, api);
    println!("ready: http://{address}");
    let (stop, stopping) = oneshot::channel::<()>();
    // As it is, so that no connection makes its own copy of all routes.
    let routes = web::router(state).into_make_service();
    let server = axum::serve(listener, routes).with_graceful_shutdown(async {
        // Either end of the channel going away means stop.
        stopping.await.ok();
    });
    let watch = async {
        stopped(database).await;
        drop(stop);
        tokio::time::sleep(GRACE).await;
    };
    let served = tokio::select! {
        served = server.into_future() => served.map_err(Failure::from),
        () = watch => Ok(()),
    };
    for job in jobs {
        job.abort();
    }
    served
}

/// Everything that goes on beside the pages.
fn start_jobs(state: &web::AppState, mailer: Option<Mailer>, api: Option<Api>) -> [JoinHandle<()>; 6] {
    let (context, verdicts) = (|| state.context.clone(), || state.verdicts.clone());
    let (came, doubt) = (state.webhook_came.clone(), Arc::<Notify>::default());
    [
        tokio::spawn(take_webhooks::run(context(), verdicts(), came, doubt.clone())),
        tokio::spawn(read_github::run(context(), api.clone(), verdicts(), doubt)),
        tokio::spawn(send_outbox::run(context(), verdicts(), Ways { mailer, api })),
        tokio::spawn(keep_labels::run(context(), verdicts())),
        tokio::spawn(remind::run(context(), verdicts())),
        tokio::spawn(web::session::sweep(context())),
    ]
}

/// Completes when the server has to stop.
async fn stopped(database: &mut Database) {
    let terminated = async {
        match tokio::signal::unix::signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    let died = async {
        match &mut database.private {
            Some(private) => private.died().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => tracing::info!("stopping"),
        () = terminated => tracing::info!("stopping"),
        () = died => tracing::error!("PostgreSQL ended by itself; its log is in the data directory"),
    }
}

fn start_log(args: &Args) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(&args.log)
        .map_err(|error| Failure::new(format!("--log `{}` is not a filter: {error}", args.log)))?;
    let colours = std::io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    let started = if args.log_json { builder.json().try_init() } else { builder.try_init() };
    started.map_err(Failure::new)
}
