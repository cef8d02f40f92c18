//! The demo world judged by the rules, at many instants of showing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, TimeDelta, Weekday};
use domain::{
    DocumentVersion, Event, Freeze, FreezeZone, History, Matter, Phase, Recorded, ReleaseDates, Source, Subject,
    Verdict, current_release, decision, mismatches, verdict,
};

use super::{
    story_facts::{ENHANCEMENTS, INFRA},
    *,
};
use crate::documents::{CEP, VEP, locate, read_aliases, read_proposal, read_schedule};

/// A proposal's source and number.
type Key = (&'static str, u32);

/// The world as the tracker would know it.
struct Loaded {
    now: DateTime<Utc>,
    world: DemoWorld,
    histories: BTreeMap<Key, History>,
    dates: BTreeMap<ReleaseVersion, ReleaseDates>,
}

fn shown_at(text: &str) -> Loaded {
    load(text.parse().unwrap())
}

/// Six instants over a year, at changing hours and on changing days of the week.
fn instants() -> impl Iterator<Item = DateTime<Utc>> {
    let first: DateTime<Utc> = "2026-10-09T14:00:00Z".parse().unwrap();
    (0..6).map(move |n| first + TimeDelta::days(61 * n) + TimeDelta::minutes(n * 173))
}

fn load(now: DateTime<Utc>) -> Loaded {
    let world = world(now);
    let mut histories: BTreeMap<Key, History> = BTreeMap::new();
    for (place, event) in (1..).zip(&world.events) {
        history(&mut histories, (event.source, event.number)).events.push(Recorded {
            id: place,
            occurred_at: Some(event.occurred_at),
            recorded_at: now,
            actor: event.actor.clone(),
            on_behalf_of: event.on_behalf_of.clone(),
            link: event.link.clone(),
            event: event.event.clone(),
        });
    }
    for file in &world.files {
        let template = if file.source == "cep" { CEP } else { VEP };
        let place = locate(&template, &file.path).unwrap();
        let history = history(&mut histories, (file.source, place.number.unwrap()));
        history.directory_sig = place.sig;
        history.documents.push(DocumentVersion {
            path: file.path.clone(),
            main: place.main,
            blob: "there".to_owned(),
            occurred_at: Some(file.occurred_at),
            recorded_at: now,
            reading: read_proposal(&template, &file.path, file.text.as_bytes()),
        });
    }
    let mut dates = BTreeMap::new();
    for schedule in &world.schedules {
        let reading = read_schedule(&schedule.path, schedule.text.as_bytes());
        assert_eq!(reading.version, Some(schedule.version));
        dates.insert(schedule.version, ReleaseDates::from_reading(&reading, FreezeZone::default()));
    }
    Loaded { now, world, histories, dates }
}

fn history(histories: &mut BTreeMap<Key, History>, key: Key) -> &mut History {
    histories.entry(key).or_insert_with(|| History { number: key.1, ..History::default() })
}

fn source(id: &str) -> Source {
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let vep = id == "vep";
    Source {
        id: id.to_owned(),
        noun: id.to_uppercase(),
        repository: if vep { ENHANCEMENTS } else { INFRA }.to_owned(),
        template: id.to_owned(),
        owning_sig: (!vep).then(|| "sig-ci".to_owned()),
        sign_off: if vep { list(&["sig-compute", "sig-network", "sig-storage"]) } else { Vec::new() },
        target_label: (!vep).then(|| "target/{version}".to_owned()),
        approved_label: Some("approved-vep".to_owned()),
        blocking_labels: list(&["priority/critical-urgent"]),
        work_after_code_freeze: vep,
        sig_decides_exceptions: false,
        long_exception_days: 14,
        calendar: "kubevirt".to_owned(),
    }
}

impl Loaded {
    fn dates(&self, release: ReleaseVersion) -> ReleaseDates {
        self.dates.get(&release).copied().unwrap_or_default()
    }

    fn verdicts(&self) -> Vec<(Key, Verdict)> {
        let mut all = Vec::new();
        for (key, history) in &self.histories {
            for release in history.releases() {
                let (source, dates) = (source(key.0), self.dates(release));
                let subject = Subject { source: &source, history, release, dates: &dates };
                all.push((*key, verdict(subject, self.now)));
            }
        }
        all
    }

    fn slugs(&self, release: ReleaseVersion) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for (_, verdict) in self.verdicts().iter().filter(|(_, verdict)| verdict.release == release) {
            *counts.entry(verdict.status.slug()).or_default() += 1;
        }
        counts
    }
}

#[test]
fn the_phases_hold_whenever_it_is_shown() {
    for now in instants() {
        let loaded = load(now);
        let phase = |release| loaded.dates(release).phase(now);
        assert_eq!(phase(SHIPPED), Phase::Released, "{now}");
        assert_eq!(phase(CURRENT), Phase::Implementation, "{now}");
        assert_eq!(phase(NEXT), Phase::Planning, "{now}");
        assert_eq!(loaded.dates(AHEAD), ReleaseDates::default());
        let releases = loaded.dates.iter().map(|(version, dates)| (*version, dates));
        assert_eq!(current_release(releases, now), Some(CURRENT));
        let left = loaded.dates(CURRENT).code_freeze.unwrap() - now;
        assert!((8..=15).contains(&left.num_days()), "{now}: {} days to Code Freeze", left.num_days());
    }
}

#[test]
fn freezes_are_on_wednesdays_and_one_of_them_moved_by_a_week() {
    let loaded = shown_at("2026-10-09T14:00:00Z");
    let mut freezes: BTreeMap<ReleaseVersion, Vec<_>> = BTreeMap::new();
    for schedule in &loaded.world.schedules {
        let reading = read_schedule(&schedule.path, schedule.text.as_bytes());
        assert!(reading.diagnostics.is_empty() || schedule.version == OLD, "{:?}", reading.diagnostics);
        let (enhancement, code) = (reading.enhancement_freeze.date.unwrap(), reading.code_freeze.date.unwrap());
        assert!([enhancement, code].iter().all(|day| day.weekday() == Weekday::Wed));
        assert_eq!(reading.ga.date.is_none(), schedule.version == OLD);
        freezes.entry(schedule.version).or_default().push(code);
    }
    let [first, second] = freezes[&CURRENT][..] else { panic!("two versions of the current schedule") };
    assert_eq!(second - first, TimeDelta::days(7));
    assert_eq!(freezes.values().map(Vec::len).sum::<usize>(), 5);
}

#[test]
fn every_status_that_can_occur_does_whenever_it_is_shown() {
    // Only "No date (CF)" does not: it needs a schedule that states EF and not CF.
    let expected: BTreeSet<_> = [
        "rejected",
        "withdrawn",
        "replaced",
        "deprecated",
        "deferred",
        "retargeted",
        "removed",
        "proposed",
        "not-accepted",
        "exception-denied-ef",
        "exception-denied-cf",
        "exception-required-ef",
        "exception-required-cf",
        "missed-ef",
        "missed-cf",
        "not-verified-due-ef",
        "not-verified-due-cf",
        "never-verified-ef",
        "never-verified-cf",
        "exception-pending-ef",
        "exception-pending-cf",
        "exception-until-ef",
        "exception-until-cf",
        "no-date-ef",
        "ready-ef",
        "ready-cf",
        "not-ready-ef",
        "not-ready-cf",
        "not-targeted",
        "not-verified-ef",
        "not-verified-cf",
        "complete",
        "shipped",
        "complete-not-landed",
        "complete-landing-not-verified",
    ]
    .into();
    for now in instants() {
        let occurring: BTreeSet<_> = load(now).verdicts().iter().map(|(_, verdict)| verdict.status.slug()).collect();
        assert_eq!(occurring, expected, "{now}");
    }
}

#[test]
fn the_current_release_is_believable_whenever_it_is_shown() {
    for now in instants() {
        let loaded = load(now);
        let counts = loaded.slugs(CURRENT);
        let count = |slug| counts.get(slug).copied().unwrap_or_default();
        let expected = [
            ("ready-cf", 14),
            ("not-ready-cf", 6),
            ("not-verified-cf", 2),
            ("not-verified-due-ef", 1),
            ("exception-required-ef", 2),
            ("exception-pending-cf", 1),
            ("exception-until-cf", 1),
            ("exception-until-ef", 1),
            ("exception-denied-ef", 1),
            ("exception-pending-ef", 1),
            ("not-accepted", 3),
        ];
        for (slug, number) in expected {
            assert_eq!(count(slug), number, "{slug} at {now}");
        }
        let current: Vec<_> = loaded.verdicts().into_iter().filter(|(_, verdict)| verdict.release == CURRENT).collect();
        assert_eq!(current.iter().filter(|(_, verdict)| verdict.tracked).count(), 29);
        let at_risk = current.iter().filter(|(_, verdict)| verdict.at_risk.is_some()).count();
        assert!((3..=6).contains(&at_risk), "{at_risk} at risk at {now}");
    }
}

#[test]
fn there_are_documents_of_realistic_length_and_one_long_one() {
    let loaded = shown_at("2026-11-20T09:30:00Z");
    assert!((45..=50).contains(&loaded.histories.len()), "{} proposals", loaded.histories.len());
    let latest: BTreeMap<_, _> = loaded.world.files.iter().map(|file| (&file.path, &file.text)).collect();
    for (path, text) in latest.iter().filter(|(path, _)| !path.ends_with("lanes.md")) {
        let lines = text.lines().count();
        assert!(lines >= 60 && (lines <= 160 || path.contains("/4659-")), "{path} has {lines} lines");
    }
    let longest = latest.values().map(|text| text.len()).max().unwrap();
    assert!((22_000..28_000).contains(&longest), "the long document has {longest} bytes");
}

#[test]
fn documents_state_what_their_stories_say_and_disagree_where_they_should() {
    let loaded = shown_at("2026-11-20T09:30:00Z");
    let mut codes = BTreeSet::new();
    for (key, history) in &loaded.histories {
        let known = history.at(loaded.now);
        let source = source(key.0);
        codes.extend(mismatches(&Matter::new(&source, history, &known)).into_iter().map(|mismatch| mismatch.code));
        let Some(document) = known.document else { continue };
        let errors: Vec<_> =
            document.reading.diagnostics.iter().filter(|d| d.severity == domain::Severity::Error).collect();
        assert!(errors.is_empty(), "{}: {errors:?}", document.path);
        assert!(!document.reading.targets.is_empty() && !document.reading.checklist.is_empty(), "{}", document.path);
    }
    let expected = [
        "assignee-differs",
        "checkbox-disagrees",
        "document-still-says",
        "documents-disagree",
        "issue-target-differs",
        "number-differs",
        "owner-differs",
        "sig-label-differs",
        "status-differs",
        "title-differs",
    ];
    assert_eq!(codes, expected.map(str::to_owned).into());
}

#[test]
fn events_are_in_order_and_none_is_ahead() {
    for now in instants() {
        let world = world(now);
        assert!(world.events.is_sorted_by_key(|event| event.occurred_at));
        assert!(world.files.is_sorted_by_key(|file| file.occurred_at));
        let latest =
            world.events.iter().map(|event| event.occurred_at).chain(world.files.iter().map(|f| f.occurred_at));
        assert!(latest.max().unwrap() <= now);
        assert_eq!(world, super::world(now));
    }
}

#[test]
fn nobody_decides_on_what_is_not_there_yet_whatever_the_hour() {
    let first: DateTime<Utc> = "2026-11-23T00:20:00Z".parse().unwrap();
    for hours in 0..24 * 15 {
        let world = world(first + TimeDelta::hours(hours));
        let mut there: BTreeSet<(&str, u32)> = BTreeSet::new();
        for event in &world.events {
            let key = (event.source, event.number);
            let documented =
                world.files.iter().any(|file| file.source == event.source && number_of(file) == event.number);
            let found = documented || there.contains(&key) || !event.event.is_decision();
            assert!(found, "{key:?} at {}: {:?}", first + TimeDelta::hours(hours), event.event);
            there.insert(key);
        }
    }
}

fn number_of(file: &super::DemoFile) -> u32 {
    let template = if file.source == "cep" { CEP } else { VEP };
    locate(&template, &file.path).and_then(|located| located.number).unwrap_or_default()
}

#[test]
fn what_was_undone_is_a_decision_of_the_same_person_minutes_before() {
    let world = world("2026-11-20T09:30:00Z".parse().unwrap());
    let undone: Vec<_> = world
        .events
        .iter()
        .filter_map(|event| match event.event {
            Event::Undone { event: place } => Some((event, &world.events[usize::try_from(place).unwrap() - 1])),
            _ => None,
        })
        .collect();
    assert_eq!(undone.len(), 1);
    for (undoing, decision) in undone {
        assert!(matches!(decision.event, Event::Removed { release: CURRENT, .. }));
        assert_eq!((undoing.number, &undoing.actor), (decision.number, &decision.actor));
        assert!(undoing.occurred_at - decision.occurred_at < TimeDelta::minutes(10));
    }
}

#[test]
fn every_decision_was_possible_when_it_was_made() {
    let loaded = shown_at("2026-11-20T09:30:00Z");
    for (key, history) in &loaded.histories {
        for (place, recorded) in history.events.iter().enumerate() {
            let release = match &recorded.event {
                Event::Accepted { .. } | Event::Committed { .. } | Event::Removed { .. } | Event::Retargeted { .. } => {
                    recorded.event.release().unwrap()
                }
                _ => continue,
            };
            let mut before = history.clone();
            before.events.truncate(place);
            let (at, dates) = (recorded.occurred_at.unwrap(), loaded.dates(release));
            let known = before.at(at);
            let participation = known.participation(release, &dates);
            let docket = decision::Docket { participation: &participation, release, dates: &dates, now: at };
            let possible = match &recorded.event {
                Event::Accepted { rank, .. } => docket.accept(*rank),
                Event::Committed { on, .. } => docket.commit(recorded.person(), &known.owners(), *on),
                Event::Removed { reason, .. } => docket.remove(reason),
                Event::Retargeted { to, reason, sentence, .. } => {
                    docket.retarget((*to, &loaded.dates(*to)), *reason, sentence)
                }
                _ => continue,
            };
            assert_eq!(possible.as_ref(), Ok(&recorded.event), "{key:?}, {}", recorded.actor);
            assert!(recorded.on_behalf_of.is_none() || recorded.link.is_some());
        }
    }
}

#[test]
fn decisions_are_made_by_those_who_may() {
    let world = world("2026-11-20T09:30:00Z".parse().unwrap());
    let team: BTreeSet<&str> = RELEASE_TEAM.into();
    for event in &world.events {
        let actor = event.actor.as_str();
        match &event.event {
            Event::ExceptionGranted { .. }
            | Event::ExceptionDenied { .. }
            | Event::ExceptionInReview { .. }
            | Event::ExceptionNeedsInformation { .. }
            | Event::CheckedIn { release_team: true, .. } => assert!(team.contains(actor), "{event:?}"),
            Event::Accepted { .. } | Event::Waived { .. } if event.source == "cep" => {
                assert!(CI_MAINTAINERS.contains(&actor), "{event:?}");
            }
            _ => {}
        }
    }
    for aliases in &world.aliases {
        let reading = read_aliases(aliases.text.as_bytes());
        for group in ["ci-maintainers", "sig-release-approvers"] {
            assert!(reading.aliases.iter().any(|alias| alias.name == group), "{}: {group}", aliases.source);
        }
    }
}

#[test]
fn no_two_proposals_share_a_pull_request_or_a_rank() {
    let loaded = shown_at("2026-11-20T09:30:00Z");
    let mut pulls: BTreeMap<(String, u32), Key> = BTreeMap::new();
    let mut ranks: BTreeMap<(&str, Option<String>, ReleaseVersion, u32), Key> = BTreeMap::new();
    let numbers: BTreeSet<Key> = loaded.histories.keys().copied().collect();
    for (key, history) in &loaded.histories {
        for recorded in &history.events {
            match &recorded.event {
                Event::PullObserved(pull) => {
                    let owner = *pulls.entry((pull.repository.clone(), pull.number)).or_insert(*key);
                    assert_eq!(owner, *key, "{}#{}", pull.repository, pull.number);
                    let issue = pull.repository == source(key.0).repository && numbers.contains(&(key.0, pull.number));
                    assert!(!issue, "{}#{} is a proposal", pull.repository, pull.number);
                }
                Event::Accepted { release, rank: Some(rank) } => {
                    let place = (key.0, history.directory_sig.clone(), *release, *rank);
                    assert_eq!(*ranks.entry(place).or_insert(*key), *key, "rank {rank} of {release}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn a_proposal_slipped_twice_and_a_late_one_was_done_in_time() {
    let loaded = shown_at("2026-11-20T09:30:00Z");
    let slips = loaded.histories[&("cep", 4671)].events.iter().filter_map(|recorded| match &recorded.event {
        Event::Retargeted { from, to, .. } => Some((*from, *to)),
        _ => None,
    });
    assert_eq!(slips.collect::<Vec<_>>(), [(OLD, SHIPPED), (SHIPPED, CURRENT)]);
    let late = loaded.verdicts().into_iter().find(|(key, verdict)| *key == ("cep", 4663) && verdict.release == CURRENT);
    assert!(late.unwrap().1.judgement(Freeze::Enhancement).done_in_time.is_some());
}

#[test]
fn the_log_reaches_back_nine_months_and_fills_them() {
    let loaded = shown_at("2026-11-20T09:30:00Z");
    let mut months: BTreeMap<i64, usize> = BTreeMap::new();
    for event in &loaded.world.events {
        *months.entry((loaded.now - event.occurred_at).num_days() / 30).or_default() += 1;
    }
    assert!((0..9).all(|month| months.get(&month).is_some_and(|count| *count >= 10)), "{months:?}");
}
