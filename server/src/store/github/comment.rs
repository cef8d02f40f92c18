//! Comments and reviews in the mirror.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, types::Json};

use crate::{
    github::rows::{Comment, Review},
    store::{Result, to_i32, to_u32},
};

/// Keeps a comment; the newer fact wins. Says whether anything changed.
///
/// # Errors
/// When the database fails.
pub async fn keep(conn: &mut PgConnection, repository: &str, comment: &Comment) -> Result<bool> {
    let done = sqlx::query!(
        "insert into github_comment as known (repository, id, number, updated_at, facts) values ($1, $2, $3, $4, $5)
         on conflict (repository, id) do update
         set number = excluded.number, updated_at = excluded.updated_at, facts = excluded.facts
         where known.updated_at < excluded.updated_at
             or (known.updated_at = excluded.updated_at and known.facts <> excluded.facts)",
        repository,
        comment.id,
        to_i32(comment.number),
        comment.updated_at,
        Json(comment) as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a comment was deleted. What was deleted does not come back.
///
/// # Errors
/// When the database fails.
pub async fn gone(conn: &mut PgConnection, repository: &str, comment: &Comment) -> Result<()> {
    sqlx::query!(
        "insert into github_comment (repository, id, number, updated_at, facts, gone) values ($1, $2, $3, $4, $5, true)
         on conflict (repository, id) do update set gone = true",
        repository,
        comment.id,
        to_i32(comment.number),
        comment.updated_at,
        Json(comment) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Comments on an issue or pull request, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn of_item(conn: &mut PgConnection, repository: &str, number: u32) -> Result<Vec<Comment>> {
    let rows = sqlx::query_scalar!(
        r#"select facts as "facts: Json<Comment>" from github_comment
           where repository = $1 and number = $2 and not gone order by id"#,
        repository,
        to_i32(number),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Comments on some issues that have a line which looks like a command, by repository, number and id.
///
/// # Errors
/// When the database fails.
pub async fn with_command(conn: &mut PgConnection, issues: &[(String, u32)]) -> Result<Vec<(String, Comment)>> {
    let (repositories, numbers) = super::item::columns(issues);
    // The pattern is that of the index.
    let rows = sqlx::query!(
        r#"select comment.repository, comment.facts as "facts: Json<Comment>"
           from unnest($1::text[], $2::integer[]) as key (repository, number)
           join github_comment comment on comment.repository = key.repository and comment.number = key.number
           where not comment.gone and comment.facts ->> 'body' ~ '(^|\n)[^[:alnum:]\n]*/[a-z]'
           order by comment.repository, comment.number, comment.id"#,
        &repositories,
        &numbers,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.repository, row.facts.0)).collect())
}

/// When people commented on the issues of a repository after an instant: number of the issue, login, time.
///
/// # Errors
/// When the database fails.
pub async fn since(
    conn: &mut PgConnection,
    repositories: &[String],
    after: DateTime<Utc>,
) -> Result<Vec<(String, u32, String, DateTime<Utc>)>> {
    let rows = sqlx::query!(
        r#"select repository, number, facts ->> 'author' as "author?",
                  (facts ->> 'created_at')::timestamptz as "created_at?"
           from github_comment where repository = any($1) and updated_at > $2 and not gone"#,
        repositories,
        after,
    )
    .fetch_all(conn)
    .await?;
    let known =
        rows.into_iter().filter_map(|row| Some((row.repository, to_u32(row.number), row.author?, row.created_at?)));
    Ok(known.filter(|(.., at)| *at > after).collect())
}

/// Keeps a review; a later state of the same review wins over what is known.
///
/// # Errors
/// When the database fails.
pub async fn keep_review(conn: &mut PgConnection, repository: &str, review: &Review) -> Result<bool> {
    let done = sqlx::query!(
        "insert into github_review as known (repository, id, number, facts) values ($1, $2, $3, $4)
         on conflict (repository, id) do update set facts = excluded.facts
         where known.facts <> excluded.facts and known.facts ->> 'state' <> 'dismissed'",
        repository,
        review.id,
        to_i32(review.number),
        Json(review) as _,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
