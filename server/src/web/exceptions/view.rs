//! The page of one request, put together.

use app::features::exceptions::port::{Cover, ExceptionAsk, ExceptionView, ExchangeView};
use chrono::{DateTime, Utc};
use domain::{
    Event, Known, PullState, ReleaseDates, RequestView,
    exception::findings,
    outgoing::{Answer, Asked, Ruling},
    words::date_of,
};

use super::{
    Desk, found,
    mails::{self, Subject},
    statistics, until,
};
use crate::{
    config::Config,
    store::outbox::Entry,
    verdicts::{Moment, ProposalRecord, World},
    web::views,
};

/// What the page is put together from.
pub struct Parts<'a> {
    /// Everything known.
    pub world: &'a World,
    /// The configuration.
    pub config: &'a Config,
    /// The proposal.
    pub record: &'a ProposalRecord,
    /// What was known about it.
    pub known: &'a Known<'a>,
    /// Dates of the release.
    pub dates: &'a ReleaseDates,
    /// The instant shown.
    pub moment: Moment,
    /// What the viewer may do.
    pub desk: Desk,
    /// What decisions on the proposal sent out.
    pub outbox: Vec<Entry>,
}

/// The page; `None` when there was no such request at the instant.
pub fn view(parts: Parts<'_>, ask: &ExceptionAsk) -> Option<ExceptionView> {
    let Parts { world, config, record, known, dates, moment, desk, outbox } = parts;
    let now = moment.instant();
    let all = found::all(world, moment);
    let row = all.iter().find(|found| found.row.id == ask.id)?.row.clone();
    let participation = known.participation(row.release, dates);
    let request = participation.requests.all.iter().find(|request| request.id == ask.id)?;
    let subject =
        Subject { world, config, record, release: row.release, freeze: request.freeze, dates, id: Some(request.id) };
    let rows = world.rows_of(record, moment);
    let verdict = rows.iter().find(|shown| shown.release == Some(row.release)).map(|shown| &shown.verdict);
    let long = record.source.long_exception_days;
    let of_proposal = |found: &&found::Found| {
        found.row.proposal.href() == row.proposal.href() && (found.row.sent_at, found.row.id) < (row.sent_at, row.id)
    };
    let mut earlier: Vec<_> = all.iter().filter(of_proposal).map(|found| found.row.clone()).collect();
    earlier.reverse();
    let mut mail = subject.request(&Asked::from(request));
    mail.sending = mails::sending(&outbox, request.id, now);
    let answer = Answer::latest(request).map(|answer| {
        let (mut mail, _) = subject.answer(&answer);
        mail.sending = mails::decided_by(request).and_then(|id| mails::sending(&outbox, id, now));
        mail
    });
    let decides = desk.may.contains(&domain::Action::Deny) || desk.may.contains(&domain::Action::Extend);
    let typed = Typed::of(request, ask, (dates, desk.login.as_deref()));
    let until = until::view(&typed.until, request.freeze, row.release, dates, now).filter(|_| decides);
    let preview = decides.then(|| typed.preview(&subject, request, now)).flatten();
    Some(ExceptionView {
        number: request.number,
        issue_url: record.source.issue_url(record.history.number),
        dates: *dates,
        recorded: request.recorder.map(|who| (who.to_owned(), request.link.map(str::to_owned))),
        thread: request.thread.map(str::to_owned),
        justification: request.justification.to_owned(),
        impact: request.impact.to_owned(),
        covers: request.covers.iter().map(|name| cover(name, known, &record.source.repository)).collect(),
        exchanges: request.exchanges.iter().map(exchange).collect(),
        reason: request.reason.map(str::to_owned),
        steps: request.log.iter().rev().map(|recorded| views::history_item(recorded, None)).collect(),
        findings: verdict
            .map(|verdict| findings(request, &participation.requests, verdict, dates, long))
            .unwrap_or_default(),
        status: verdict.map(|verdict| (verdict.status, verdict.words.clone())),
        earlier,
        so_far: statistics::so_far(&all, row.release),
        may: desk.may,
        for_another: desk.for_another,
        may_not: desk.may_not,
        role: desk.role,
        seen: record.latest_decision_id(),
        mail,
        preview,
        answer,
        until,
        row,
    })
}

fn exchange(exchange: &domain::exception::Exchange<'_>) -> ExchangeView {
    let asked = exchange.asked;
    ExchangeView {
        question: (exchange.question.to_owned(), asked.person().to_owned(), asked.occurred_at),
        answer: exchange
            .answer
            .map(|(answer, recorded)| (answer.to_owned(), recorded.person().to_owned(), recorded.occurred_at)),
    }
}

/// A covered pull request as last observed; `home` is the repository that needs no name.
pub fn cover(name: &str, known: &Known<'_>, home: &str) -> Cover {
    let (repository, number) = name.rsplit_once('#').unwrap_or((name, ""));
    let pull = known.pulls.iter().find(|pull| pull.repository == repository && pull.number.to_string() == number);
    let state = pull.map(|pull| match pull.state {
        PullState::Merged => "merged".to_owned(),
        PullState::Closed => "closed".to_owned(),
        PullState::Open if pull.waiting_on.is_empty() => "open".to_owned(),
        PullState::Open => {
            let what = if pull.waiting_on_review { "review by" } else { "changes by" };
            format!("open, waits on {what} {}", app::words::handles(&pull.waiting_on))
        }
    });
    Cover {
        name: name.to_owned(),
        short: if repository == home { format!("#{number}") } else { name.to_owned() },
        href: format!("https://github.com/{repository}/pull/{number}"),
        title: pull.map(|pull| pull.title.clone()),
        state,
    }
}

/// What the form of a decision says, or would say as it is offered.
struct Typed {
    by: String,
    choice: String,
    until: String,
    reason: String,
}

impl Typed {
    fn of(request: &RequestView<'_>, ask: &ExceptionAsk, (dates, login): (&ReleaseDates, Option<&str>)) -> Self {
        let text = |name: &str| ask.typed.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        let end = request.granted_until().unwrap_or(request.asked_until);
        let other = text("on_behalf_of").map(|login| login.trim().trim_start_matches('@').to_owned());
        Self {
            by: other.filter(|login| !login.is_empty()).or(login.map(str::to_owned)).unwrap_or_default(),
            choice: text("choice").unwrap_or_else(|| "grant".to_owned()),
            until: text("until").unwrap_or_else(|| date_of(end, dates.zone).to_string()),
            reason: text("reason").filter(|reason| !reason.trim().is_empty()).unwrap_or_else(|| "…".to_owned()),
        }
    }

    /// The answer and the comment; a question sends neither.
    fn preview(
        &self,
        subject: &Subject<'_>,
        request: &RequestView<'_>,
        now: DateTime<Utc>,
    ) -> Option<(app::features::exceptions::port::Mail, String)> {
        let freeze = request.freeze.and_then(|freeze| subject.dates.freeze(freeze));
        let until = domain::decision::asked_until(&self.until, freeze, subject.dates.zone, now).ok();
        let extended = request.log.iter().any(|recorded| matches!(recorded.event, Event::ExceptionGranted { .. }));
        let ruling = match (self.choice.as_str(), until) {
            ("deny", _) => Ruling::Denied,
            ("grant", Some(until)) if extended => Ruling::Extended(until),
            ("grant", Some(until)) => Ruling::Granted(until),
            _ => return None,
        };
        let answer = Answer {
            requester: request.requester,
            ruling,
            reason: &self.reason,
            by: &self.by,
            covers_named: !request.covers.is_empty(),
            thread: request.thread,
        };
        Some(subject.answer(&answer))
    }
}
