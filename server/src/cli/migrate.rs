//! `cep-tracker migrate`: brings the database to the shape this version needs.

use super::Failure;
use crate::database::{DatabaseConfig, open};

/// Migrates and stops.
pub async fn run(config: &DatabaseConfig) -> Result<(), Failure> {
    open(config).await?.close().await;
    println!("The database is up to date.");
    Ok(())
}
