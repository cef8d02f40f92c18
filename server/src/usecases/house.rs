//! What somebody is towards the tracker itself, where nothing is asked about a proposal: an admin, or signed in.

use domain::{Action, Circumstances, Groups, Refusal, Role, Standing, policy};
use sqlx::PgConnection;

use super::Context;
use crate::{
    config::is_admin,
    store::{self, person::Person, setting},
};

/// Whether somebody may do something with the tracker itself, and in which role. `at` says whether it is their own.
///
/// # Errors
/// When the database fails.
pub async fn may(
    conn: &mut PgConnection,
    context: &Context,
    person: &Person,
    action: Action,
    at: &Circumstances,
) -> store::Result<Result<Role, Refusal>> {
    let demo = setting::is_demo(conn).await?;
    let admin = is_admin(&context.config, demo, person);
    let standing = Standing::of(|login| person.is(login), admin, &Groups::default(), None);
    Ok(policy::may(action, &standing, at))
}
