//! `cep-tracker demo`: the demo world, in and out.

use clap::Subcommand;

use super::{Failure, with_database};
use crate::{
    clock::Clock,
    database::{DatabaseConfig, join},
    store,
    usecases::load_demo,
};

/// Arguments.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    database: DatabaseConfig,
}

#[derive(Debug, Clone, Copy, Subcommand)]
enum Verb {
    /// Load the demo world into an empty database.
    Load,
    /// Leave the demo: empty the database, so that real repositories can be imported.
    Leave,
}

/// Loads or leaves the demo.
pub async fn run(args: Args, clock: Clock) -> Result<(), Failure> {
    match args.verb {
        Verb::Load => {
            with_database(&args.database, clock, async |context| {
                load_demo::load_demo(&context).await.map_err(Failure::new)
            })
            .await?;
            println!("The demo world is loaded. Look at it with `cep-tracker serve`.");
        }
        Verb::Leave => {
            let database = join(&args.database).await?;
            let owner = store::connect(database.owner.clone()).await.map_err(Failure::new)?;
            let left = load_demo::leave_demo(&owner).await.map_err(Failure::new);
            owner.close().await;
            database.close().await;
            left?;
            println!("The demo is left; the database is empty. Fill it with `cep-tracker import`.");
        }
    }
    Ok(())
}
