//! The release team or an approver hands a week's comments to the outbox, exactly as they were looked at (P-23).

use domain::{
    Action, Circumstances, Refusal, ReleaseVersion, Week,
    check_in::{CheckIn, check_in},
    outgoing::{Reported, check_in_comment},
    owning_sig, policy,
};

use super::{Context, keep_outbox::is_live, key::Key};
use crate::{
    store::{
        self, StoreError, blob, event,
        outbox::{self, Cause, Outgoing, OutgoingComment},
        person::Person,
    },
    verdicts::{ProposalRecord, Verdicts},
};

/// Why nothing was posted, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum PostError {
    /// They may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing was chosen, or nobody spoke.
    #[error("there is nothing to post")]
    Nothing,
    /// Somebody checked in after the preview was drawn.
    #[error("meanwhile {0} changed; nothing was posted. Look at the comments as they are now, and press again")]
    Meanwhile(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for PostError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl PostError {
    /// The HTTP status that goes with it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Refused(_) => 403,
            Self::Meanwhile(_) => 409,
            Self::Nothing => 422,
            Self::Store(_) => 503,
        }
    }
}

/// Key of the comment in the outbox: one for each participation and week.
pub fn slot(number: u32, release: ReleaseVersion, week: Week) -> String {
    format!("check-in/{number}/{release}/{week}")
}

/// The comment about a proposal, as it would go out; none while nobody spoke.
pub fn comment(
    base: &str,
    record: &ProposalRecord,
    sig: &str,
    release: ReleaseVersion,
    said: &CheckIn,
) -> Option<String> {
    let about = Reported {
        name: format!("{} {}", record.source.noun, record.history.number),
        title: &record.title,
        path: record.href(),
        sig,
        status: "",
        check_in: said,
    };
    check_in_comment(base, release, &about)
}

/// By what a press posts exactly the text that was looked at.
pub fn digest(body: &str) -> String {
    blob::address(body.as_bytes())
}

/// Hands the chosen comments, each with the digest of its preview, to the outbox: all or none.
///
/// # Errors
/// When the person may not speak about one of them, one has changed since, nothing was chosen, or the database fails.
pub async fn post_check_ins(
    context: &Context,
    verdicts: &Verdicts,
    person: &Person,
    (release, week): (ReleaseVersion, Week),
    chosen: &[(Key, String)],
) -> Result<usize, PostError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let now = context.clock.now();
    let held = !is_live(&mut tx, &context.config).await?;
    let (mut changed, mut posted) = (Vec::new(), 0);
    for (key, seen) in chosen {
        let Some(record) = world.proposals.get(&(key.source.clone(), key.number)) else { continue };
        let known = record.history.at(now);
        let standing = world.standing(Some((person, false)), record, &known, Some(release), now);
        policy::may(Action::CheckIn, &standing, &Circumstances::default())?;
        let said = check_in(&known, release, week);
        let sig = owning_sig(&record.source, &record.history, &known);
        let body = comment(context.config.address(), record, sig, release, &said);
        let Some(body) = body.filter(|body| digest(body) == *seen) else {
            changed.push(format!("{} {}", record.source.noun, key.number));
            continue;
        };
        let cause = Cause {
            source: &key.source,
            number: key.number,
            event: said.said.iter().map(|said| said.event).max().unwrap_or_default(),
            by: Some((&person.login, Some(person.id))),
        };
        let (slot, repository) = (slot(key.number, release, week), record.source.repository.clone());
        let what = OutgoingComment { repository, number: key.number, body, slot: slot.clone() };
        outbox::put(&mut tx, cause, &slot, &Outgoing::Comment(what), held, now).await?;
        posted += 1;
    }
    if !changed.is_empty() {
        return Err(PostError::Meanwhile(changed.join(", ")));
    }
    if posted == 0 {
        return Err(PostError::Nothing);
    }
    tx.commit().await.map_err(store::StoreError::from)?;
    Ok(posted)
}
