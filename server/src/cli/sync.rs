//! `cep-tracker sync`: reads GitHub.

use std::{io::IsTerminal, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, with_database};
use crate::{
    clock::Clock,
    config::Config,
    database::DatabaseConfig,
    github::{Api, Patience},
    store::github::run::Run,
    usecases::{
        Context,
        sync::{Extent, sync},
    },
    verdicts::Verdicts,
};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Read once and stop; without it, again and again until Ctrl-C.
    #[arg(long)]
    once: bool,

    /// Read everything, not only what changed; shows what was deleted or transferred too.
    #[arg(long)]
    full: bool,

    #[command(flatten)]
    database: DatabaseConfig,

    #[command(flatten)]
    config: Config,
}

/// Reads GitHub once, or every so many minutes.
pub async fn run(args: Args, clock: Clock) -> Result<u8, Failure> {
    args.config.check().map_err(Failure::new)?;
    let api = Api::new(&args.config.github, clock.clone(), Patience::default()).map_err(Failure::new)?;
    let api = api.ok_or_else(|| {
        Failure::new("there is nothing to read GitHub with; set CEP_TRACKER_GITHUB_TOKEN to a token that may read the repositories")
    })?;
    let extent = if args.full { Extent::Everything } else { Extent::News };
    let pause = Duration::from_secs(60 * u64::from(args.config.github.every));
    let config = args.config.clone();
    with_database(&args.database, clock, async |context| {
        let context = context.with_config(config);
        let verdicts = Verdicts::new(context.pool.clone());
        let code = once(&context, &api, &verdicts, extent).await?;
        if args.once {
            return Ok(code);
        }
        loop {
            tokio::time::sleep(pause).await;
            once(&context, &api, &verdicts, Extent::News).await?;
        }
    })
    .await
}

/// Exit code 0 when everything was read, 1 when something was not.
async fn once(context: &Context, api: &Api, verdicts: &Verdicts, extent: Extent) -> Result<u8, Failure> {
    let bar = bar();
    let told = |run: &Run| bar.set_message(line(run));
    let run = sync(context, api, verdicts, ("command", extent), &told).await.map_err(Failure::new)?;
    bar.finish_and_clear();
    let Some(run) = run else {
        println!("Another server is reading GitHub; nothing was done.");
        return Ok(0);
    };
    print(&run);
    Ok(u8::from(!run.errors.is_empty()))
}

fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// How far a run is, in one line.
fn line(run: &Run) -> String {
    let parts = run.progress.iter().map(|(what, (done, all))| match all {
        Some(all) => format!("{what} {done}/{all}"),
        None => format!("{what} {done}"),
    });
    format!("{} requests · {}", run.requests, parts.collect::<Vec<_>>().join(" · "))
}

fn print(run: &Run) {
    println!(
        "Read GitHub: {} requests, {} of them answered with “the same”; {} things changed, {} events followed.",
        run.requests, run.unchanged, run.changed, run.events
    );
    for odd in &run.odd {
        println!("odd: {}: {}", odd.row, odd.what);
    }
    for error in &run.errors {
        eprintln!("not read: {} of {}: {}", error.what, error.repository, error.why);
    }
}
