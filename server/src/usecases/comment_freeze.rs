//! The comment of freeze day on a tracking issue: drafted from the verdict, put into the outbox when somebody of the
//! release team presses. One comment to a proposal, release and freeze; with another verdict it is edited in its place.

use chrono::{DateTime, Utc};
use domain::{
    Action, Circumstances, Freeze, ReleaseVersion, RuleError,
    outgoing::{About, freeze_comment},
    policy,
};

use super::{
    Context,
    decide::{By, DecideError, Word},
    keep_outbox::is_live,
    key::Key,
};
use crate::{
    config::Config,
    store::{
        event,
        outbox::{self, Cause, Outgoing, OutgoingComment},
        person::Person,
    },
    verdicts::{ProposalRecord, ReleaseRecord, Verdicts, World},
};

/// A comment as it would go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its slot, which is its key in the outbox.
    pub slot: String,
    /// Its text.
    pub body: String,
}

/// The comment on a proposal by what is known now.
pub fn draft(
    world: &World,
    config: &Config,
    (record, release): (&ProposalRecord, &ReleaseRecord),
    freeze: Freeze,
    now: DateTime<Utc>,
) -> Draft {
    let dates = release.dates_at(now);
    let number = record.history.number;
    let about = About {
        source: &record.source,
        number,
        title: &record.title,
        release: release.version,
        freeze: Some(freeze),
        dates: &dates,
        base: config.address(),
        id: None,
    };
    let verdict = world.verdict_in(record, release, now);
    let slot = format!("freeze/{number}/{}/{}", release.version, freeze.slug());
    Draft { slot, body: freeze_comment(&about, &verdict, freeze) }
}

/// What becomes of a comment that was handed to the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handed {
    /// Nothing goes to GitHub yet: it is held until an admin turns sending on.
    Held,
    /// It goes out.
    OnItsWay,
}

/// Puts the comment into the outbox, if it is still the text that was shown.
///
/// # Errors
/// When the person may not, the freeze has not passed, the text has changed since it was shown, or the database fails.
pub async fn comment_freeze(
    context: &Context,
    verdicts: &Verdicts,
    by: &Person,
    key: &Key,
    (release, freeze): (ReleaseVersion, Freeze),
    shown: &str,
) -> Result<Handed, DecideError> {
    let _turn = verdicts.line_up().await;
    let mut tx = context.pool.begin().await?;
    event::lock_log(&mut tx).await?;
    let world = verdicts.world_under_lock(&mut tx).await?;
    let now = context.clock.now();
    let record = world.proposals.get(&(key.source.clone(), key.number));
    let record = record.ok_or_else(|| DecideError::NoProposal(key.clone()))?;
    let word = Word::of(&mut tx, context, &By::person(by.clone())).await?;
    let standing = world.standing_on_source(Some((by, false)), &record.source, Some(release), now);
    policy::may(Action::CloseFreeze, &standing, &Circumstances::default())?;
    let known = world.releases.get(&(record.source.calendar.clone(), release));
    let known = known.filter(|known| known.dates_at(now).passed(freeze, now)).ok_or_else(|| {
        let words = format!("the {} of {release} has not passed; there is nothing to say about it yet", freeze.name());
        DecideError::Rule(RuleError::Already(words))
    })?;
    let Draft { slot, body } = draft(&world, &context.config, (record, known), freeze, now);
    if lines(&body) != lines(shown) {
        let words = "the verdict has changed since the text was shown; look at the text as it is now, and post that";
        return Err(DecideError::Rule(RuleError::Already(words.to_owned())));
    }
    let (repository, number) = (record.source.repository.clone(), key.number);
    let comment = OutgoingComment { repository, number, body, slot: slot.clone() };
    let cause = Cause {
        source: &key.source,
        number,
        event: record.latest_decision_id(),
        by: Some((word.person(), Some(by.id))),
    };
    let held = !is_live(&mut tx, &context.config).await?;
    outbox::put(&mut tx, cause, &slot, &Outgoing::Comment(comment), held, now).await?;
    tx.commit().await?;
    Ok(if held { Handed::Held } else { Handed::OnItsWay })
}

/// Browsers send line ends of their own.
fn lines(text: &str) -> Vec<&str> {
    text.trim().lines().map(str::trim_end).collect()
}
