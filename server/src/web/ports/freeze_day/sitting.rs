//! One proposal on freeze day: its verdict of now, what the viewer can do, its comment.

use app::{
    features::{
        decide::port::RuleOffer,
        freeze_day::port::{Comment, FreezeAsk, JudgedRow, Offers, OpenRequest, Sitting},
        shared::ProposalLink,
    },
    port::PageError,
};
use domain::{Action, Circumstances, Decision, Known, RequestView, Verdict, policy};

use super::Bench;
use crate::{
    store::outbox,
    usecases::{
        comment_freeze::{Draft, draft},
        keep_outbox::is_live,
    },
    verdicts::ProposalRecord,
    web::{
        AppState,
        decisions::{Desk, slug_of},
        ports::unavailable,
    },
};

/// The proposal asked for, else the first that is not settled; none where none comes up.
///
/// # Errors
/// When the one asked for does not come up, or the database fails.
pub(super) async fn sitting(
    state: &AppState,
    bench: &Bench<'_>,
    ask: &FreezeAsk,
    rows: &[JudgedRow],
) -> Result<Option<Sitting>, PageError> {
    let up: Vec<&JudgedRow> = rows.iter().filter(|row| row.comes_up).collect();
    let place = |(source, number): &(String, u32)| {
        up.iter().position(|row| row.proposal.source == *source && row.proposal.number == *number)
    };
    let shown = match (&ask.proposal, &ask.after) {
        (Some(key), _) => Some(place(key).ok_or_else(|| {
            PageError::NotFound(format!(
                "{}/{} at the {} of {}",
                key.0,
                key.1,
                ask.freeze.name(),
                bench.release.version
            ))
        })?),
        (None, after) => next_open(&up, after.as_ref().and_then(place)),
    };
    let Some(place) = shown else { return Ok(None) };
    let link = |place: Option<usize>| -> Option<ProposalLink> { Some(up.get(place?)?.proposal.clone()) };
    let around = (link(place.checked_sub(1)), link(place.checked_add(1)));
    let Some(row) = up.get(place) else { return Ok(None) };
    let key = (row.proposal.source.clone(), row.proposal.number);
    let Some(record) = bench.world.proposals.get(&key) else { return Ok(None) };
    let comment = comment(state, bench, record).await?;
    Ok(Some(one(bench, record, row.proposal.clone(), comment, around)))
}

/// The next that is not settled after a place, from the beginning again; else the next at all.
fn next_open(up: &[&JudgedRow], after: Option<usize>) -> Option<usize> {
    let from = after.map_or(0, |place| place + 1);
    let places = || (from..up.len()).chain(0..from);
    let open = places().find(|place| up.get(*place).is_some_and(|row| !row.settled));
    open.or_else(|| places().next())
}

fn one(
    bench: &Bench<'_>,
    record: &ProposalRecord,
    proposal: ProposalLink,
    comment: Comment,
    around: (Option<ProposalLink>, Option<ProposalLink>),
) -> Sitting {
    let today = bench.today(record);
    let known = record.history.at(bench.now);
    let dates = bench.release.dates_at(bench.now);
    let participation = known.participation(bench.release.version, &dates);
    let open = |request: &&RequestView<'_>| {
        request.state.undecided() && request.freeze.is_some_and(|freeze| freeze <= bench.freeze)
    };
    let request = participation.requests.all.iter().find(open);
    Sitting {
        proposal,
        issue: record.source.issue_url(record.history.number),
        owners: known.owners().into_iter().map(str::to_owned).collect(),
        status: (today.status, today.words.clone()),
        judgement: today.judgement(bench.freeze).clone(),
        seen: record.latest_decision_id(),
        offers: offers(bench, (record, &known), &today, request),
        request: request.map(|request| OpenRequest {
            id: request.id,
            number: request.number,
            requester: request.requester.to_owned(),
            until: request.asked_until,
            justification: request.justification.to_owned(),
            impact: request.impact.to_owned(),
        }),
        comment,
        around,
    }
}

/// What would be taken, whatever reason is typed.
fn offers(
    bench: &Bench<'_>,
    (record, known): (&ProposalRecord, &Known<'_>),
    today: &Verdict,
    request: Option<&RequestView<'_>>,
) -> Offers {
    let release = bench.release.version;
    let desk = Desk::of(bench.viewer, (bench.world, record, known), (Some(release), Some(today)), bench.now);
    let of_freeze = desk.open_rules().filter(|(rule, _)| rule.freeze() <= bench.freeze && desk.can_waive(*rule));
    let waive = of_freeze.map(|(rule, open)| RuleOffer { slug: slug_of(rule), rule, open: open.to_owned() });
    let decide = request.is_some_and(|request| {
        let viewer = bench.viewer.map(|person| (person, false));
        let standing = bench.world.standing(viewer, record, known, Some(release), bench.now);
        let at = Circumstances {
            sig_decides_exceptions: record.source.sig_decides_exceptions,
            requester: bench.viewer.is_some_and(|person| person.is(request.requester)),
            ..Circumstances::default()
        };
        policy::may(Action::Grant, &standing, &at).is_ok()
    });
    let remove = desk.can_decide(Decision::Remove { release, reason: "…".to_owned() }).is_ok();
    Offers { waive: waive.collect(), decide, remove }
}

/// What would go out, and what is in the outbox.
async fn comment(state: &AppState, bench: &Bench<'_>, record: &ProposalRecord) -> Result<Comment, PageError> {
    let config = &state.context.config;
    let Draft { slot, body } = draft(bench.world, config, (record, bench.release), bench.freeze, bench.now);
    let unreadable = |error: sqlx::Error| unavailable(crate::store::StoreError::from(error));
    let mut conn = state.context.pool.acquire().await.map_err(unreadable)?;
    let entry = outbox::find(&mut conn, &record.source.id, &slot).await.map_err(unavailable)?;
    let posted = entry.map(|entry| {
        let text = match &entry.what {
            Ok(outbox::Outgoing::Comment(comment)) => comment.body.clone(),
            _ => String::new(),
        };
        let href = format!("/outbox/{}/{slot}", record.source.id);
        (text, entry.state.slug().to_owned(), href)
    });
    let held = !is_live(&mut conn, config).await.map_err(unavailable)?;
    Ok(Comment { draft: body, posted, held })
}
