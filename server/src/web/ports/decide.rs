//! The forms of decisions: what each offers, or why there is none.

use app::{
    features::decide::port::{Barred, DecideAsk, DecidePort, DecideView, LineOffer, Offers, RuleOffer, Undoable},
    port::Answer,
};
use domain::{Action, Known, Refusal, ReleaseVersion, Role, check_in::to_confirm, words::capital};

use super::{Ports, proposal, unavailable};
use crate::{
    store::person::Person,
    verdicts::{Moment, ProposalRecord, Row, World},
    web::{
        decisions::{Desk, Why, slug_of},
        views,
    },
};

impl DecidePort for Ports {
    fn form(&self, ask: DecideAsk) -> Answer<'_, DecideView> {
        Box::pin(async move {
            let moment = Moment::Now(self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let record = proposal::find(&world, &ask.source, ask.number)?;
            let known = record.history.at(moment.instant());
            Ok(view(&world, record, &known, (&ask, moment), self.1.as_ref()))
        })
    }
}

fn view(
    world: &World,
    record: &ProposalRecord,
    known: &Known<'_>,
    (ask, moment): (&DecideAsk, Moment),
    person: Option<&Person>,
) -> DecideView {
    let now = moment.instant();
    let rows = world.rows_of(record, moment);
    let asked = ask.release.and_then(|choice| views::meant(world, choice, moment));
    let shown = proposal::shown(&rows, asked, world.current(now)).filter(|row| row.release.is_some());
    // Another release may be asked for than those it takes part in: to accept it there.
    let fallback = || shown.and_then(|row| row.release).or_else(|| world.current(now));
    let release = asked.or_else(fallback);
    let row = rows.iter().find(|row| row.release == release);
    let desk = Desk::of(person, (world, record, known), (release, row.map(|row| &row.verdict)), now);
    let can = desk.can(ask.action);
    let for_another = matches!(can, Err(Why::Refused(_))) && desk.can_record_for_another(ask.action);
    let barred = match &can {
        Ok(_) => None,
        Err(_) if person.is_none() => Some(Barred::SignIn),
        Err(Why::Refused(Refusal::SignIn(_))) => Some(Barred::SignIn),
        Err(Why::Refused(_)) if for_another => None,
        Err(Why::Refused(refusal)) => Some(Barred::Role(refusal.to_string())),
        Err(Why::Rule(why)) => Some(Barred::Rule(why.clone())),
    };
    let offers = offers(&desk, ask.action, row.map(|row| &**row));
    let on_a_release = is_on_a_release(ask.action);
    let others: Vec<ReleaseVersion> = match ask.action {
        _ if !on_a_release => Vec::new(),
        Action::Accept => offers.releases.clone(),
        _ => rows.iter().rev().filter_map(|row| row.release).collect(),
    };
    let standing = row.map(|row| &**row).or(shown.map(|row| &**row)).or(rows.last().map(|row| &**row));
    DecideView {
        proposal: views::link(record),
        release: release.filter(|_| on_a_release),
        others: others.into_iter().filter(|other| Some(*other) != release).collect(),
        status: standing.map(|row| (row.verdict.status, row.verdict.words.clone())),
        seen: record.latest_decision_id(),
        today: now.date_naive(),
        // What everybody may do is recorded in no role.
        role: can.ok().filter(|role| *role != Role::Contributor).map(|role| role.words().to_owned()),
        for_another,
        who_may: desk.who_may(ask.action),
        barred,
        offers,
    }
}

const fn is_on_a_release(action: Action) -> bool {
    matches!(
        action,
        Action::Accept
            | Action::Rank
            | Action::Commit
            | Action::Retarget
            | Action::Remove
            | Action::Readmit
            | Action::NoDocsNeeded
            | Action::NothingToMerge
            | Action::Waive
            | Action::SignLine
            | Action::AnswerCheckIn
            | Action::Decline
    )
}

fn offers(desk: &Desk<'_>, action: Action, row: Option<&Row>) -> Offers {
    let owned = |logins: Vec<&str>| logins.into_iter().map(str::to_owned).collect();
    let mut offers = Offers {
        owners: owned(desk.known.owners()),
        reviewers: owned(desk.known.reviewers()),
        approvers: owned(desk.known.approvers()),
        ..Offers::default()
    };
    match action {
        Action::Accept | Action::Rank => {
            offers.releases = open_releases(desk);
            offers.rank = row.and_then(|row| row.verdict.facts.accepted).and_then(|accepted| accepted.rank);
        }
        Action::Retarget => offers.releases = desk.targets(),
        Action::Waive => {
            let offer =
                |(rule, open): (domain::Rule, &str)| RuleOffer { slug: slug_of(rule), rule, open: open.to_owned() };
            offers.rules = desk.open_rules().map(offer).collect();
        }
        Action::SignOff => offers.sigs = desk.own_sign_offs().into_iter().map(str::to_owned).collect(),
        Action::Classify => {
            let open = desk.known.pulls.iter().filter(|pull| !desk.dates(pull.release).released(desk.now));
            offers.pulls = open.map(|pull| pull.as_ref().clone()).collect();
            offers.pulls.sort_by(|a, b| (&a.repository, a.number).cmp(&(&b.repository, b.number)));
            offers.releases = open_releases(desk);
        }
        Action::SignLine => {
            let offer = |line: domain::checklist::Line| LineOffer {
                key: line.key,
                text: line.text,
                locked: line.locked,
                signed: line.signed.map(|signature| signature.by),
            };
            offers.lines = desk.lines().into_iter().map(offer).collect();
        }
        Action::Acknowledge => {
            let file = |path: &String| (path.clone(), desk.record.source.file_url(path));
            offers.document = desk.known.document.map(|version| file(&version.path));
        }
        Action::Decline => offers.proposed = desk.release.and_then(|release| proposed(desk.known, release)),
        Action::Undo => offers.undo = undoable(desk),
        _ => {}
    }
    offers
}

/// What a check-in proposed, with who said so: "Retarget to v1.11, new blocker. @rex: The quota was refused."
fn proposed(known: &Known<'_>, release: ReleaseVersion) -> Option<String> {
    let (_, said) = to_confirm(known, release)?;
    Some(format!("{}. @{}: {}", capital(&said.proposed?.words()), said.by, said.sentence))
}

/// What the person can undo.
pub fn undoable(desk: &Desk<'_>) -> Option<Undoable> {
    let (recorded, minutes) = desk.undoable()?;
    Some(Undoable { event: recorded.id, what: recorded.event.tell(), minutes })
}

/// Releases of the proposal's calendar that are not out, those that it names, and the next two after the last
/// scheduled; newest first.
fn open_releases(desk: &Desk<'_>) -> Vec<ReleaseVersion> {
    let calendar = &desk.record.source.calendar;
    let all = desk.world.releases.values().filter(|release| release.calendar == *calendar);
    let scheduled = all.filter(|release| !release.versions.is_empty()).map(|release| release.version);
    let mut releases: Vec<_> = scheduled.collect();
    if let Some(last) = releases.iter().max().copied() {
        releases.extend([last.next(), last.next().next()]);
    }
    releases.extend(&desk.record.named);
    releases.retain(|release| !desk.dates(*release).released(desk.now));
    releases.sort_unstable_by(|a, b| b.cmp(a));
    releases.dedup();
    releases
}
