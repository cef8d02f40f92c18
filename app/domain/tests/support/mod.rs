//! Proposals to judge: a release cycle counted in days, and histories told event by event.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    CheckInOutcome, DocumentReading, DocumentStatus, DocumentVersion, Event, Freeze, FreezeZone, History, Origin, Pull,
    PullKind, PullState, Reading, Recorded, ReleaseDates, ReleaseVersion, RetargetReason, Rule, Section, SectionState,
    Source, Stage, Stated, Subject, Target, TargetReading, Verdict, verdict,
};

pub mod deciding;
pub mod generator;

/// Days of the cycle: Enhancement Freeze, Code Freeze, thaw, general availability.
pub const EF: i64 = 100;
pub const CF: i64 = 150;
pub const THAW: i64 = 157;
pub const GA: i64 = 178;

/// The release that is judged, and the one after.
pub const V: ReleaseVersion = ReleaseVersion::new(1, 10);
pub const NEXT: ReleaseVersion = ReleaseVersion::new(1, 11);

pub const DOCUMENT: &str = "docs/ci-enhancements/4702-flaky/cep.md";

/// Noon of a day, day 0 being the first of January 2026.
pub fn on(day: i64) -> DateTime<Utc> {
    day_of(day).and_hms_opt(12, 0, 0).unwrap().and_utc()
}

pub fn day_of(day: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + TimeDelta::days(day)
}

pub fn cycle() -> ReleaseDates {
    ReleaseDates {
        zone: FreezeZone::ANYWHERE_ON_EARTH,
        enhancement_freeze: Some(on(EF)),
        code_freeze: Some(on(CF)),
        thaw: Some(on(THAW)),
        ga: Some(on(GA)),
    }
}

pub fn cep() -> Source {
    Source {
        id: "cep".to_owned(),
        noun: "CEP".to_owned(),
        repository: "kubevirt/project-infra".to_owned(),
        template: "cep".to_owned(),
        owning_sig: Some("sig-ci".to_owned()),
        sign_off: Vec::new(),
        target_label: Some("target/{version}".to_owned()),
        approved_label: Some("approved-vep".to_owned()),
        blocking_labels: vec!["priority/critical-urgent".to_owned()],
        work_after_code_freeze: false,
        sig_decides_exceptions: false,
        long_exception_days: 14,
        calendar: "kubevirt".to_owned(),
    }
}

pub fn stated<T>(value: T) -> Stated<T> {
    Stated { value, line: 3, from: Origin::Line }
}

pub fn logins(names: &[&str]) -> Vec<Stated<String>> {
    names.iter().map(|name| stated((*name).to_owned())).collect()
}

pub fn target(stage: Stage, reading: TargetReading) -> Target {
    Target { stage_text: String::new(), stage, raw: "v1.10".to_owned(), reading, line: 9, from: Origin::Line }
}

/// A document that lacks nothing for v1.10.
pub fn document() -> DocumentReading {
    DocumentReading {
        number: Some(stated(4702)),
        title: Some(stated("Flaky tests by lane".to_owned())),
        targets: vec![target(Stage::Alpha, TargetReading::Version(V))],
        sections: vec![Section { name: "Graduation Requirements".to_owned(), state: SectionState::Filled, line: 40 }],
        owners: logins(&["ada"]),
        reviewers: logins(&["bob"]),
        approvers: logins(&["cyd"]),
        ..DocumentReading::default()
    }
}

pub fn with_status(status: DocumentStatus) -> DocumentReading {
    DocumentReading { status: Some(stated(status)), ..document() }
}

/// A tracking issue that lacks nothing.
pub fn issue() -> Event {
    Event::IssueObserved {
        title: "CEP 4702: Flaky tests by lane".to_owned(),
        open: true,
        labels: vec!["sig/ci".to_owned(), "target/v1.10".to_owned()],
        assignees: vec!["ada".to_owned()],
        linked_document: Some("docs/ci-enhancements/4702-flaky".to_owned()),
        targets: vec![(Stage::Alpha, V)],
        links: Vec::new(),
    }
}

fn because() -> String {
    "because".to_owned()
}

pub fn accepted() -> Event {
    Event::Accepted { release: V, rank: Some(1) }
}

pub fn committed() -> Event {
    Event::Committed { release: V, on: day_of(10) }
}

pub fn removed() -> Event {
    Event::Removed { release: V, reason: because() }
}

pub fn readmitted() -> Event {
    Event::Readmitted { release: V, reason: because() }
}

pub fn moved(from: ReleaseVersion, to: ReleaseVersion) -> Event {
    Event::Retargeted { from, to, reason: RetargetReason::Other, sentence: because() }
}

pub fn deferred() -> Event {
    Event::Deferred { reason: because() }
}

pub fn rejected() -> Event {
    Event::Rejected { reason: because() }
}

pub fn withdrawn() -> Event {
    Event::Withdrawn { reason: because() }
}

pub fn replaced() -> Event {
    Event::Replaced { by: 4711, reason: because() }
}

pub fn deprecated() -> Event {
    Event::Deprecated { reason: because() }
}

pub fn handed_to(login: &str) -> Event {
    Event::HandedOver { to: login.to_owned() }
}

pub fn waived(rule: Rule) -> Event {
    Event::Waived { release: V, rule, reason: because() }
}

pub fn nothing_to_merge() -> Event {
    Event::NothingToMerge { release: V, reason: because() }
}

pub fn no_docs_needed() -> Event {
    Event::NoDocsNeeded { release: V, reason: because() }
}

pub fn check_in(outcome: CheckInOutcome) -> Event {
    Event::CheckedIn {
        release: V,
        week: "2026-W20".parse().unwrap(),
        release_team: true,
        approver: true,
        outcome,
        sentence: "Bob is away.".to_owned(),
        proposed: None,
    }
}

pub fn pull(number: u32, kind: PullKind, state: PullState) -> Pull {
    Pull {
        repository: "kubevirt/project-infra".to_owned(),
        number,
        title: "Lane report".to_owned(),
        author: "ada".to_owned(),
        kind,
        release: V,
        state,
        waiting_on: Vec::new(),
        waiting_on_review: false,
        waiting_since: None,
        labels: Vec::new(),
        draft: false,
        base: String::new(),
        belonging: None,
    }
}

/// An open implementation pull request that has waited on bob's review since a day.
pub fn in_review(number: u32, since: i64) -> Event {
    Event::PullObserved(Pull {
        waiting_on: vec!["bob".to_owned()],
        waiting_on_review: true,
        waiting_since: Some(on(since)),
        labels: Vec::new(),
        draft: false,
        base: String::new(),
        belonging: None,
        ..pull(number, PullKind::Implementation, PullState::Open)
    })
}

pub fn code(number: u32, state: PullState) -> Event {
    Event::PullObserved(pull(number, PullKind::Implementation, state))
}

pub fn docs(number: u32, state: PullState) -> Event {
    Event::PullObserved(pull(number, PullKind::Docs, state))
}

pub fn bug(number: u32, open: bool, label: &str) -> Event {
    let repository = "kubevirt/project-infra".to_owned();
    Event::BugObserved { repository, number, title: "It breaks".to_owned(), open, labels: vec![label.to_owned()] }
}

pub fn landing(number: u32, branch: &str, contained: bool) -> Event {
    let repository = "kubevirt/project-infra".to_owned();
    Event::LandingObserved { repository, number, branch: branch.to_owned(), contained }
}

/// GitHub does not answer for the repository of the CEPs.
pub fn unreadable(what: Reading) -> Event {
    let repository = "kubevirt/project-infra".to_owned();
    Event::ReadingFailed { repository, what, reason: "GitHub answered 502".to_owned() }
}

pub fn asked(request: u32, freeze: Freeze) -> Event {
    Event::ExceptionSent {
        request,
        release: V,
        freeze: Some(freeze),
        requester: "ada".to_owned(),
        justification: because(),
        until: on(CF + 6),
        impact: because(),
        covers: Vec::new(),
    }
}

pub fn supported() -> Event {
    Event::SupportRecorded { links: vec!["https://groups.example/t/2".to_owned()], note: because() }
}

pub fn granted(request: u32, until: i64) -> Event {
    Event::ExceptionGranted { request, until: on(until), reason: because() }
}

pub fn denied(request: u32) -> Event {
    Event::ExceptionDenied { request, reason: because() }
}

pub fn withdrawn_request(request: u32) -> Event {
    Event::ExceptionWithdrawn { request }
}

/// A proposal with its history, in one release.
#[derive(Debug, Clone)]
pub struct World {
    pub source: Source,
    pub history: History,
    pub dates: ReleaseDates,
}

impl World {
    /// A proposal of which nothing is known.
    pub fn new() -> Self {
        let history = History { number: 4702, ..History::default() };
        Self { source: cep(), history, dates: cycle() }
    }

    /// It meets all that the Enhancement Freeze asks, from day 10 on.
    pub fn ready() -> Self {
        Self::new().document(1, document()).then(2, issue()).then(10, accepted()).then(10, committed())
    }

    /// It meets all that the Code Freeze asks too, from day 130 on.
    pub fn built() -> Self {
        Self::ready()
            .then(120, Event::RepositoriesRead)
            .then(130, code(7, PullState::Merged))
            .then(130, docs(8, PullState::Merged))
    }

    /// Something happens at noon of a day. Ada's word, where it is somebody's.
    pub fn then(self, day: i64, event: Event) -> Self {
        self.at(Some(on(day)), event)
    }

    pub fn at(self, occurred_at: Option<DateTime<Utc>>, event: Event) -> Self {
        self.said_by("ada", occurred_at, event)
    }

    /// The same as somebody's word.
    pub fn said_by(mut self, actor: &str, occurred_at: Option<DateTime<Utc>>, event: Event) -> Self {
        let id = i64::try_from(self.history.events.len()).unwrap() + 1;
        self.history.events.push(Recorded {
            id,
            occurred_at,
            recorded_at: occurred_at.unwrap_or_default(),
            actor: actor.to_owned(),
            on_behalf_of: None,
            link: None,
            event,
        });
        self
    }

    /// The latest event is undone.
    pub fn undone(self, day: i64) -> Self {
        let event = self.history.events.last().unwrap().id;
        self.then(day, Event::Undone { event })
    }

    /// A version of the main document is merged.
    pub fn document(self, day: i64, reading: DocumentReading) -> Self {
        self.version(day, DOCUMENT, true, reading)
    }

    pub fn version(mut self, day: i64, path: &str, main: bool, reading: DocumentReading) -> Self {
        self.history.documents.push(DocumentVersion {
            path: path.to_owned(),
            main,
            blob: format!("{day}"),
            occurred_at: Some(on(day)),
            recorded_at: on(day),
            reading,
        });
        self
    }

    pub fn gone(mut self, day: i64, path: &str) -> Self {
        self = self.version(day, path, true, DocumentReading::default());
        self.history.documents.last_mut().unwrap().blob.clear();
        self
    }

    pub fn dated(mut self, change: impl FnOnce(&mut ReleaseDates)) -> Self {
        change(&mut self.dates);
        self
    }

    pub fn of(self, source: Source) -> Self {
        Self { source, ..self }
    }

    pub fn subject(&self, release: ReleaseVersion) -> Subject<'_> {
        Subject { source: &self.source, history: &self.history, release, dates: &self.dates }
    }

    pub fn verdict(&self, now: DateTime<Utc>) -> Verdict {
        verdict(self.subject(V), now)
    }

    /// The status in words, at noon of a day.
    pub fn status(&self, day: i64) -> String {
        self.verdict(on(day)).words
    }
}
