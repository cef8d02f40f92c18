//! Contents of documents and schedules, addressed by what they are.

use std::collections::HashMap;

use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use super::Result;

/// SHA-256 of a text, hexadecimal.
pub fn address(content: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(content).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Keeps a content; keeping it twice is keeping it once.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, content: &[u8]) -> Result<String> {
    let sha256 = address(content);
    sqlx::query!("insert into blob (sha256, content) values ($1, $2) on conflict do nothing", sha256, content)
        .execute(conn)
        .await?;
    Ok(sha256)
}

/// The content at an address.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut PgConnection, sha256: &str) -> Result<Option<Vec<u8>>> {
    Ok(sqlx::query_scalar!("select content from blob where sha256 = $1", sha256).fetch_optional(conn).await?)
}

/// The contents at some addresses, by address.
///
/// # Errors
/// When the database fails.
pub async fn find_all(conn: &mut PgConnection, addresses: &[String]) -> Result<HashMap<String, Vec<u8>>> {
    let rows = sqlx::query!("select sha256, content from blob where sha256 = any($1)", addresses);
    Ok(rows.fetch_all(conn).await?.into_iter().map(|row| (row.sha256, row.content)).collect())
}
