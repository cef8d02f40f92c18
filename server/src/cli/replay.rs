//! `cep-tracker replay`: every table anew from the log.

use super::{Failure, with_database};
use crate::{clock::Clock, database::DatabaseConfig, usecases::replay};

/// Replays the log.
pub async fn run(config: &DatabaseConfig, clock: Clock) -> Result<(), Failure> {
    let done =
        with_database(config, clock, async |context| replay::replay(&context).await.map_err(Failure::new)).await?;
    println!("Replayed {} events about proposals and {} about releases.", done.events, done.calendar_events);
    Ok(())
}
