//! A member of the owning SIG or the release team has those reminded who can act on a proposal, before it is time. It counts
//! like any other reminder, so that the SIG hears of it after two.

use domain::{Action, Circumstances, Refusal, ReleaseVersion, policy, reminder::PAUSE_BY_HAND};

use super::{Context, due_lines, earlier, lines_of, write_digests};
use crate::{
    store::{StoreError, person::Person, reminder},
    usecases::key::Key,
    verdicts::{Moment, Verdicts},
};

/// Why nobody was reminded, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum RemindError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such proposal in that release.
    #[error("{0} takes no part in {1}")]
    Unknown(Key, ReleaseVersion),
    /// There is nothing to remind of.
    #[error("nothing with a deadline ahead waits on anybody")]
    Nothing,
    /// It was done just now.
    #[error("everybody who can act was reminded of all of it within the last day")]
    Lately,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for RemindError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl RemindError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::Unknown(..) => 404,
            Self::Nothing | Self::Lately => 422,
            Self::Store(_) => 503,
        }
    }
}

/// Reminds of everything that is open, has its deadline ahead, and was not reminded of within the last day; tells how much.
///
/// # Errors
/// When the person may not, there is nothing to remind of, or the database fails.
pub async fn remind_now(
    context: &Context,
    verdicts: &Verdicts,
    person: &Person,
    key: &Key,
    release: ReleaseVersion,
) -> Result<u32, RemindError> {
    let world = verdicts.world().await?;
    let now = context.clock.now();
    let unknown = || RemindError::Unknown(key.clone(), release);
    let record = world.proposals.get(&(key.source.clone(), key.number)).ok_or_else(unknown)?;
    let known = record.history.at(now);
    let standing = world.standing(Some((person, false)), record, &known, Some(release), now);
    policy::may(Action::Remind, &standing, &Circumstances::default())?;
    let rows = world.rows_of(record, Moment::Now(now));
    let row = rows.iter().find(|row| row.release == Some(release)).ok_or_else(unknown)?;
    let mut tx = context.pool.begin().await?;
    reminder::wait_for_lock(&mut tx).await?;
    let mut sent = earlier(&mut tx, now).await?;
    let lines = lines_of(&world, &sent, (record, row), now);
    if lines.is_empty() {
        return Err(RemindError::Nothing);
    }
    let mut count = 0;
    for line in &lines {
        let before = sent.entry(line.key.clone()).or_default();
        if before.iter().any(|one| one.of.concern == line.concern && now - one.at < PAUSE_BY_HAND) {
            continue;
        }
        let left = u8::try_from((line.deadline - now).num_days()).unwrap_or(u8::MAX);
        let one = line.reminder(line.days.unwrap_or(left), line.whom, Some(&person.login), now);
        reminder::put(&mut tx, &one).await?;
        before.push(one);
        count += 1;
    }
    if count == 0 {
        return Err(RemindError::Lately);
    }
    let all = due_lines(&world, &sent, now);
    write_digests(&mut tx, context, &world, (&all, &sent), now).await?;
    tx.commit().await?;
    Ok(count)
}
