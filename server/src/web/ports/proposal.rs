//! The page of one proposal.

use std::sync::Arc;

use app::{
    features::proposal::port::{
        DocumentVersion, DocumentView, FurtherDocument, Heading, Participation, People, Person, ProposalAsk,
        ProposalPort, ProposalView, PullView, ToConfirm,
    },
    port::{Answer, PageError},
};
use chrono::{DateTime, Utc};
use domain::{Action, Known, PullState, ReleaseDates, ReleaseVersion, check_in, checklist, slip::Stay};

use super::{Ports, around, checklist_summary, unavailable};
use crate::{
    render,
    store::{self, blob, document},
    verdicts::{Mismatches, Moment, ProposalRecord, Row, World},
    web::{
        confirm,
        decisions::Desk,
        reminders,
        slips::{self, Life},
        views,
    },
};

/// Lines of history that the page shows.
const HISTORY: usize = 50;

impl ProposalPort for Ports {
    fn proposal(&self, ask: ProposalAsk) -> Answer<'_, ProposalView> {
        Box::pin(async move {
            let moment = views::moment(ask.at, self.0.context.clock.now());
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let record = find(&world, &ask.source, ask.number)?;
            let known = record.history.at(moment.instant());
            let document = self.document(record, &known).await.map_err(unavailable)?;
            let found = self.0.verdicts.mismatches(&world, &[record], moment).await.map_err(unavailable)?;
            let in_review = self.in_review(&world, record, moment).await.map_err(unavailable)?;
            let view = view(&world, record, &known, (&ask, moment), (self.1.as_ref(), document, &found));
            let reminded = match (moment, &view.verdict) {
                (Moment::Now(_), Some(verdict)) => {
                    reminders::of_participation(&self.0, record, verdict.release).await.map_err(unavailable)?
                }
                _ => Vec::new(),
            };
            Ok(ProposalView { in_review, reminded, ..view })
        })
    }
}

/// A proposal by its address.
pub fn find<'w>(world: &'w World, source: &str, number: u32) -> Result<&'w ProposalRecord, PageError> {
    let name = world
        .sources
        .get(source)
        .map_or_else(|| format!("{source}/{number}"), |source| format!("{} {number}", source.noun));
    world.proposals.get(&(source.to_owned(), number)).map(|record| &**record).ok_or(PageError::NotFound(name))
}

fn view(
    world: &World,
    record: &ProposalRecord,
    known: &Known<'_>,
    (ask, moment): (&ProposalAsk, Moment),
    (person, document, mismatches): (Option<&store::person::Person>, Option<DocumentView>, &[Mismatches]),
) -> ProposalView {
    let now = moment.instant();
    let rows = world.rows_of(record, moment);
    let current = world.current(now);
    let asked = ask.release.and_then(|choice| views::meant(world, choice, moment));
    let shown = shown(&rows, asked, current);
    let release = shown.and_then(|row| row.release);
    let dates = release
        .and_then(|version| world.release(version))
        .map_or_else(ReleaseDates::default, |release| release.dates_at(now));
    let life = Life::of(world, record, known, moment);
    let mut history: Vec<_> = record.history.events.iter().filter(|event| event.happened_by(now)).collect();
    history.sort_by_key(|recorded| std::cmp::Reverse((recorded.occurred_at, recorded.id)));
    ProposalView {
        proposal: views::link(record),
        issue_url: record.source.issue_url(record.history.number),
        document_status: known.document.and_then(|version| version.reading.status.as_ref()).map(|stated| stated.value),
        participations: rows.iter().rev().map(|row| participation(row, release)).collect(),
        verdict: shown.filter(|row| row.release.is_some()).map(|row| row.verdict.clone()),
        dates,
        checked_at: record.history.events.iter().map(|event| event.recorded_at).max(),
        pulls: release.map(|release| pulls(known, release)).unwrap_or_default(),
        targets: known.document.map(|version| version.reading.targets.clone()).unwrap_or_default(),
        people: people(record, known, shown.map(|row| &**row), release, &dates),
        requests: around::requests(world, record, known, &rows, now),
        check_ins: release
            .map(|release| check_in::with_answers(known, release).into_values().rev().collect())
            .unwrap_or_default(),
        to_confirm: shown.and_then(|row| to_confirm(world, (record, row), known, person, moment)),
        support: around::support(known),
        feedback: around::feedback(known),
        actions: matches!(moment, Moment::Now(_)).then(|| {
            let verdict = shown.filter(|row| row.release.is_some()).map(|row| &row.verdict);
            around::actions(&Desk::of(person, (world, record, known), (release, verdict), now), person.is_some())
        }),
        checklist: shown
            .filter(|row| checklist::due(&row.verdict))
            .map(|row| checklist_summary(world, record, known, &row.verdict, moment)),
        moves: life.moves.iter().map(slips::move_view).collect(),
        stays: life.stays(world, moment).iter().map(Stay::sentence).collect(),
        mismatches: mismatches.iter().flat_map(|found| found.iter()).map(|mismatch| (**mismatch).clone()).collect(),
        history: history.iter().take(HISTORY).map(|recorded| views::history_item(recorded, None)).collect(),
        history_total: u32::try_from(history.len()).unwrap_or(u32::MAX),
        document,
        further: known
            .further
            .iter()
            .map(|version| FurtherDocument {
                path: version.path.clone(),
                url: record.source.file_url(&version.path),
                title: version.reading.title.as_ref().map_or_else(
                    || version.path.rsplit('/').next().unwrap_or_default().to_owned(),
                    |title| title.value.clone(),
                ),
            })
            .collect(),
        in_review: Vec::new(),
        reminded: Vec::new(),
        may_remind: matches!(moment, Moment::Now(_))
            && Desk::of(person, (world, record, known), (release, None), now).allowed(Action::Remind).is_ok(),
    }
}

/// What a check-in proposed, with what the viewer can do about it.
fn to_confirm(
    world: &World,
    (record, row): (&ProposalRecord, &Row),
    known: &Known<'_>,
    person: Option<&store::person::Person>,
    moment: Moment,
) -> Option<ToConfirm> {
    let confirm = confirm::ToConfirm::of(world, (record, row), known, moment)?;
    let release = Some(row.verdict.release);
    let desk = Desk::of(person, (world, record, known), (release, Some(&row.verdict)), moment.instant());
    let may = matches!(moment, Moment::Now(_)) && desk.can(Action::Decline).is_ok();
    Some(ToConfirm {
        what: confirm.what(),
        why: confirm.why(),
        sig: row.sig.clone(),
        acts: if may { vec![confirm.confirm(), confirm.decline()] } else { Vec::new() },
    })
}

/// The row to be shown: of the release asked for, else of the current one, else the latest.
pub fn shown(rows: &[Arc<Row>], asked: Option<ReleaseVersion>, current: Option<ReleaseVersion>) -> Option<&Arc<Row>> {
    let of = |version: Option<ReleaseVersion>| rows.iter().find(|row| version.is_some() && row.release == version);
    of(asked).or_else(|| of(current)).or_else(|| rows.last())
}

fn participation(row: &Row, shown: Option<ReleaseVersion>) -> Participation {
    Participation {
        release: row.release,
        stages: row.verdict.stages.clone(),
        status: row.verdict.status,
        words: row.verdict.words.clone(),
        at_risk: row.verdict.at_risk.clone(),
        shown: row.release == shown,
    }
}

/// Pull requests of a release: open ones first, then by repository and number.
fn pulls(known: &Known<'_>, release: ReleaseVersion) -> Vec<PullView> {
    let mut pulls: Vec<_> = known.pulls.iter().filter(|pull| pull.release == release).collect();
    pulls.sort_by_key(|pull| (pull.state != PullState::Open, &pull.repository, pull.number));
    let landed = |pull: &domain::Pull| {
        let of_pull = |landing: &&domain::Landing<'_>| {
            (landing.repository, landing.number) == (pull.repository.as_str(), pull.number)
        };
        known.landings.iter().rev().find(of_pull).map(|landing| (landing.branch.to_owned(), landing.contained))
    };
    pulls.into_iter().map(|pull| PullView { pull: pull.as_ref().clone(), landed: landed(pull) }).collect()
}

fn people(
    record: &ProposalRecord,
    known: &Known<'_>,
    row: Option<&Row>,
    release: Option<ReleaseVersion>,
    dates: &ReleaseDates,
) -> People {
    let committed = release.and_then(|release| known.participation(release, dates).committed);
    let readers = |logins: Vec<&str>| -> Vec<Person> {
        let note = |login: &str| around::acknowledged(known, login).map(str::to_owned);
        logins.into_iter().map(|login| Person { login: login.to_owned(), note: note(login) }).collect()
    };
    let owners = known.owners().into_iter().map(|login| Person {
        login: login.to_owned(),
        note: committed.filter(|(who, _)| *who == login).map(|(_, on)| format!("committed {}", on.format("%-d %b"))),
    });
    let sig = row.map(|row| row.sig.clone()).filter(|sig| sig != domain::NO_SIG);
    let others = record.source.sign_off.iter().filter(|other| Some(*other) != sig.as_ref()).map(|other| Person {
        login: other.clone(),
        note: Some(if known.signed_off.contains(&other.as_str()) { "signed off" } else { "not signed off" }.to_owned()),
    });
    People {
        owners: owners.collect(),
        reviewers: readers(known.reviewers()),
        approvers: readers(known.approvers()),
        other_sigs: others.collect(),
        sig,
    }
}

impl Ports {
    /// The main document as it was at the instant shown: the kept rendering, or one made for an older version.
    async fn document(&self, record: &ProposalRecord, known: &Known<'_>) -> store::Result<Option<DocumentView>> {
        let Some(version) = known.document else { return Ok(None) };
        let source = &record.source;
        let mut conn = self.0.context.pool.acquire().await?;
        let kept = document::rendered(&mut conn, &source.id, &version.path)
            .await?
            .filter(|kept| kept.blob == version.blob && kept.renderer == render::RENDERER);
        let (html, contents) = if let Some(kept) = kept {
            (kept.html, kept.contents)
        } else {
            let content = blob::find(&mut conn, &version.blob).await?.unwrap_or_default();
            let rendered = render::render(&String::from_utf8_lossy(&content), source, &version.path);
            (rendered.html, rendered.contents)
        };
        let contents = contents.into_iter().map(|h| Heading { level: h.level, id: h.id, text: h.text }).collect();
        let versions = record.history.documents.iter().rev().filter(|v| v.path == version.path && v.present());
        Ok(Some(DocumentView {
            path: version.path.clone(),
            url: source.file_url(&version.path),
            html,
            contents,
            sections: version.reading.sections.clone(),
            diagnostics: version.reading.diagnostics.clone(),
            versions: versions
                .map(|v| DocumentVersion {
                    read_at: v.recorded_at,
                    blob: v.blob.clone(),
                    href: Some(version_href(record, v.occurred_at.unwrap_or(v.recorded_at))),
                })
                .collect(),
        }))
    }
}

/// The page of a proposal as it was when a version of its document was new.
fn version_href(record: &ProposalRecord, at: DateTime<Utc>) -> String {
    app::query::At::Instant(at).keep(&record.href())
}
