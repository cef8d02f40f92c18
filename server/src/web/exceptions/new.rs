//! The form for a new request, with what is known put in.

use app::features::exceptions::{
    Kind,
    port::{Mail, NewAsk, NewView},
};
use chrono::{DateTime, Utc};
use domain::{Event, Freeze, PullKind, PullState, ReleaseDates, ReleaseVersion, Timing, Verdict, outgoing::Asked};

use super::{form::Typed, found, mails::Subject, until, view::cover};
use crate::{
    config::Config,
    verdicts::{Moment, ProposalRecord, World},
    web::{forms::Fields, views},
};

/// The form. `would_send` is what would be recorded, where its preview is asked for.
pub fn view(world: &World, config: &Config, ask: &NewAsk, would_send: Option<&Event>, now: DateTime<Utc>) -> NewView {
    let moment = Moment::Now(now);
    let typed = Typed::of(|name| match name {
        "proposal" => ask.proposal.as_deref(),
        "release" => ask.release.as_deref(),
        "freeze" => ask.freeze.as_deref(),
        _ => None,
    });
    let record = typed.key.as_ref().ok().and_then(|key| world.proposals.get(&(key.source.clone(), key.number)));
    let rows = record.map(|record| world.rows_of(record, moment));
    let current = world.current(now);
    let row_of = |release: Option<ReleaseVersion>| {
        rows.as_ref().and_then(|rows| rows.iter().find(|row| release.is_some() && row.release == release))
    };
    let of_proposal = || row_of(current).or_else(|| rows.as_ref()?.last()).and_then(|row| row.release);
    let release = typed.release.ok().or_else(of_proposal).or(current);
    let row = row_of(release);
    let verdict = row.map(|row| &row.verdict);
    let dates =
        release.map(|release| dates_of(world, record.map(|record| &**record), release, now)).unwrap_or_default();
    let kind = typed.kind.unwrap_or_else(|| next_freeze(verdict, &dates, now));
    let named = match (record, &ask.proposal) {
        (Some(record), _) => format!("{}/{}", record.source.id, record.history.number),
        (None, named) => named.clone().unwrap_or_default(),
    };
    let proposals = current.map(|current| views::rows_in(&world.rows(moment), current)).unwrap_or_default();
    let mut view = NewView {
        proposal: record.map(|record| views::link(record)),
        named,
        release,
        releases: releases(world, record.map(|record| &**record), release, now),
        kind: Some(kind),
        freezes: Freeze::BOTH.map(|freeze| (freeze, day(dates.freeze(freeze), &dates, now))).to_vec(),
        ga: day(dates.ga, &dates, now),
        status: verdict.map(|verdict| (verdict.status, verdict.words.clone())),
        proposals: proposals.iter().map(|row| (format!("{}/{}", row.source, row.number), row.title.clone())).collect(),
        seen: record.map(|record| record.latest_decision_id()).unwrap_or_default(),
        ..NewView::default()
    };
    let fields = Fields(ask.typed.clone());
    view.until = release.and_then(|release| until::view(fields.raw("time"), kind.freeze(), release, &dates, now));
    if let (Some(record), Some(release)) = (record, release) {
        let about = About { world, config, record, release, dates: &dates, kind, now };
        about.fill(&mut view, verdict);
        view.preview = would_send.and_then(|event| about.preview(event));
    }
    view
}

/// The proposal and the release that the form is about.
struct About<'a> {
    world: &'a World,
    config: &'a Config,
    record: &'a ProposalRecord,
    release: ReleaseVersion,
    dates: &'a ReleaseDates,
    kind: Kind,
    now: DateTime<Utc>,
}

impl About<'_> {
    /// Open pull requests, and what should be known before asking.
    fn fill(&self, view: &mut NewView, verdict: Option<&Verdict>) {
        let known = self.record.history.at(self.now);
        let open = known.pulls.iter().filter(|pull| pull.state == PullState::Open && pull.release == self.release);
        let open = open.filter(|pull| pull.kind != PullKind::Unrelated);
        let home = &self.record.source.repository;
        view.pulls = open.map(|pull| cover(&format!("{}#{}", pull.repository, pull.number), &known, home)).collect();
        let freeze = self.kind.freeze();
        if self.dates.released(self.now) {
            view.remarks.push(format!("{} is out; nothing can be granted for it any more.", self.release));
        } else if let Some((freeze, at)) = freeze.and_then(|freeze| Some((freeze, self.dates.freeze(freeze)?)))
            && at <= self.now
        {
            let age = app::words::countdown(self.now - at);
            let words =
                format!("{} passed {age} ago: the request is late. That is pointed out, not refused.", freeze.short());
            view.remarks.push(words);
        }
        let requests = known.participation(self.release, self.dates).requests;
        if let Some(before) = requests.all.iter().rev().find(|request| request.freeze == freeze) {
            let words = before.state.words();
            view.remarks
                .push(format!("There is a request for this already, which is {words}. A second one is pointed out."));
        }
        let missed = verdict.is_some_and(|verdict| {
            let judgement = verdict.judgement(Freeze::Enhancement);
            judgement.timing == Timing::Passed && !judgement.met()
        });
        if missed && freeze == Some(Freeze::Code) {
            view.remarks
                .push("The Enhancement Freeze is not met; a CF exception covers the Code Freeze only.".to_owned());
        }
    }

    /// The mail as it would go out.
    fn preview(&self, event: &Event) -> Option<Mail> {
        let Event::ExceptionSent { requester, justification, until, impact, covers, .. } = event else { return None };
        let subject = Subject {
            world: self.world,
            config: self.config,
            record: self.record,
            release: self.release,
            freeze: self.kind.freeze(),
            dates: self.dates,
            id: None,
        };
        Some(subject.request(&Asked { requester, justification, until: *until, impact, covers }))
    }
}

fn dates_of(
    world: &World,
    record: Option<&ProposalRecord>,
    release: ReleaseVersion,
    now: DateTime<Utc>,
) -> ReleaseDates {
    match record {
        Some(record) => found::dates(world, record, release, now),
        None => world.release(release).map(|release| release.dates_at(now)).unwrap_or_default(),
    }
}

/// The freeze that is next to be missed: the gate, else the first ahead.
fn next_freeze(verdict: Option<&Verdict>, dates: &ReleaseDates, now: DateTime<Utc>) -> Kind {
    let gate = verdict.and_then(Verdict::gate).map(|judgement| judgement.freeze);
    let ahead = || Freeze::BOTH.into_iter().find(|freeze| !dates.passed(*freeze, now));
    Kind::of(gate.or_else(ahead).or(Some(Freeze::Code)))
}

/// "21 Oct, in 13 days", "2 Sep, 36 days ago".
fn day(instant: Option<DateTime<Utc>>, dates: &ReleaseDates, now: DateTime<Utc>) -> Option<String> {
    instant.map(|at| {
        let day = app::words::day_near(domain::words::date_of(at, dates.zone), now);
        if at > now {
            format!("{day}, in {}", app::words::countdown(at - now))
        } else {
            format!("{day}, {} ago", app::words::countdown(now - at))
        }
    })
}

/// Releases that are not out: those with dates, those that the proposal names, and the one chosen.
fn releases(
    world: &World,
    record: Option<&ProposalRecord>,
    chosen: Option<ReleaseVersion>,
    now: DateTime<Utc>,
) -> Vec<ReleaseVersion> {
    let scheduled = world.main_releases().filter(|release| !release.versions.is_empty()).map(|release| release.version);
    let named = record.into_iter().flat_map(|record| record.named.iter().copied());
    let mut all: Vec<_> =
        scheduled.chain(named).filter(|release| !dates_of(world, record, *release, now).released(now)).collect();
    all.extend(chosen);
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.dedup();
    all
}
