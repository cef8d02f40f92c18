//! What is open and due soon, of all participations: what reminders and their mails are made of. What somebody had people
//! reminded of before it was time is among it. What is overdue is kept apart: it is shown, and mails that go out anyway tell
//! it too, but it is no reason for one.

use chrono::{DateTime, Utc};
use domain::{
    Concern, FreezeZone,
    outgoing::DigestLine,
    reminder::{self, Audience, Due, Reminded},
};

use super::Earlier;
use crate::{
    store::{
        outbox::Topic,
        person::Person,
        reminder::{ParticipationKey, Reminder},
    },
    verdicts::{Able, Moment, ProposalRecord, Row, World, asked_by},
};

/// Something that is due soon, or overdue.
#[derive(Debug, Clone)]
pub struct DueLine {
    /// The participation.
    pub key: ParticipationKey,
    /// What it is about.
    pub concern: Concern,
    /// What to do.
    pub what: String,
    /// What it rests on, as a sentence; may be empty.
    pub why: String,
    /// Until when.
    pub deadline: DateTime<Utc>,
    /// The one of [`reminder::DAYS_BEFORE`] that it has come to; none while there is more time.
    pub days: Option<u8>,
    /// Who can act.
    pub able: Vec<Able>,
    /// Who is reminded at this step; none where there is more time, or that is done.
    pub audience: Option<Audience>,
    /// Who is reminded whenever somebody is.
    pub whom: Audience,
    /// Who hears for the owning SIG, once it was reminded too or is now.
    pub sig: Vec<Able>,
    /// How often it was reminded of before.
    pub times: usize,
    /// Whether somebody had people reminded of it.
    pub by_hand: bool,
    /// "CEP 4702: title".
    pub proposal: String,
    /// Where it is done.
    pub href: String,
    /// Zone of the release's freezes.
    pub zone: FreezeZone,
}

/// Everything that is due soon and on which somebody can act, the first deadline first. `earlier` is what was sent.
pub fn due_lines(world: &World, earlier: &Earlier, now: DateTime<Utc>) -> Vec<DueLine> {
    let mut lines = each(world, now, |place| lines_of(world, earlier, place, now));
    lines.retain(|line| line.days.is_some() || line.by_hand);
    lines
}

/// Everything whose deadline has passed and on which somebody can still act, the longest overdue first; nothing of releases
/// before the current one, whether or not it is known when they came out.
pub fn overdue_lines(world: &World, earlier: &Earlier, now: DateTime<Utc>) -> Vec<DueLine> {
    let current = world.current(now);
    each(world, now, |(record, row)| {
        if row.release < current {
            return Vec::new();
        }
        lines(world, earlier, (record, row), reminder::overdue(&row.verdict, now), now)
    })
}

/// The lines of every participation, the first deadline first.
fn each(world: &World, now: DateTime<Utc>, lines_of: impl Fn((&ProposalRecord, &Row)) -> Vec<DueLine>) -> Vec<DueLine> {
    let all = world.rows(Moment::Now(now));
    let records = world.proposals.values().zip(all.iter());
    let rows = records.flat_map(|(record, rows)| rows.iter().map(move |row| (&**record, &**row)));
    let mut lines: Vec<DueLine> = rows.flat_map(lines_of).collect();
    lines.sort_by(|one, other| one.deadline.cmp(&other.deadline).then_with(|| one.key.cmp(&other.key)));
    lines
}

/// What is open in one participation with its deadline ahead.
pub fn lines_of(
    world: &World,
    earlier: &Earlier,
    (record, row): (&ProposalRecord, &Row),
    now: DateTime<Utc>,
) -> Vec<DueLine> {
    lines(world, earlier, (record, row), reminder::due(&row.verdict, now), now)
}

fn lines<'a>(
    world: &World,
    earlier: &Earlier,
    (record, row): (&ProposalRecord, &Row),
    dues: impl Iterator<Item = Due<'a>>,
    now: DateTime<Utc>,
) -> Vec<DueLine> {
    let Some(release) = row.release else { return Vec::new() };
    let key = (record.source.id.clone(), record.history.number, release);
    let before = earlier.get(&key).map(Vec::as_slice).unwrap_or_default();
    let reminded: Vec<_> = before.iter().map(|reminder| reminder.of.clone()).collect();
    let mut lines: Vec<DueLine> = Vec::new();
    for due in dues {
        let able = world.who_can_act(record, row, due.waiting, now);
        let concern = due.waiting.concern;
        // A request that two groups may decide stands there twice.
        if let Some(same) = lines.iter_mut().find(|line| line.concern == concern) {
            same.able.extend(able);
            continue;
        }
        let audience = due.audience(&reminded);
        let whom = due.whom(&reminded);
        let with_sig = whom == Audience::WithSig
            || before.iter().any(|reminder| reminder.of.concern == concern && reminder.with_sig);
        let role = format!("member of {}", row.sig);
        let voices = if with_sig { world.voices_of(&record.source, &row.sig, now) } else { Vec::new() };
        let is_able = |login: &String| able.iter().any(|able| able.login.eq_ignore_ascii_case(login));
        let asked = |login: &String| asked_by(record, due.waiting, |requester| requester.eq_ignore_ascii_case(login));
        let voices = voices.into_iter().filter(|login| !is_able(login) && !asked(login));
        let sig = voices.map(|login| Able { login, role: role.clone() }).collect();
        lines.push(DueLine {
            key: key.clone(),
            concern,
            what: due.waiting.what.clone(),
            why: due.waiting.why.clone(),
            deadline: due.deadline,
            days: due.days,
            able,
            audience,
            whom,
            sig,
            by_hand: before.iter().any(|reminder| reminder.of.concern == concern && reminder.by.is_some()),
            times: reminded.iter().filter(|reminded| reminded.concern == concern).count(),
            proposal: format!("{} {}: {}", row.noun, row.number, row.title),
            href: href(concern, &key),
            zone: world.dates_of(record, release, now).zone,
        });
    }
    lines.retain(|line| !(line.able.is_empty() && line.sig.is_empty()));
    lines
}

fn href(concern: Concern, (source, number, release): &ParticipationKey) -> String {
    match concern {
        Concern::Request { id } => format!("/exceptions/{id}"),
        _ => format!("/{source}/{number}?release={release}"),
    }
}

impl DueLine {
    /// What it is about, as a mail remembers it.
    pub fn topic(&self) -> Topic {
        let (source, number, release) = self.key.clone();
        Topic { source, number, release, concern: self.concern }
    }

    /// The reminder of it. `by` is who has it sent; none where the time has come.
    pub fn reminder(&self, days: u8, audience: Audience, by: Option<&str>, now: DateTime<Utc>) -> Reminder {
        let (source, number, release) = self.key.clone();
        Reminder {
            source,
            number,
            release,
            of: Reminded { concern: self.concern, deadline: self.deadline, days },
            what: self.what.clone(),
            logins: self.logins(),
            with_sig: audience == Audience::WithSig,
            by: by.map(str::to_owned),
            at: now,
        }
    }

    /// Logins of everybody whom it reaches.
    pub fn logins(&self) -> Vec<String> {
        let mut logins: Vec<_> = self.able.iter().chain(&self.sig).map(|able| able.login.clone()).collect();
        logins.sort_unstable();
        logins.dedup();
        logins
    }

    /// The same as somebody reads it in their mail; none where it is not theirs.
    pub fn for_person(&self, person: &Person) -> Option<DigestLine> {
        let own = self.able.iter().find(|able| person.is(&able.login));
        let able = own.or_else(|| self.sig.iter().find(|able| person.is(&able.login)))?;
        let after = if own.is_some() { Vec::new() } else { self.able.iter().map(|able| able.login.clone()).collect() };
        Some(DigestLine {
            proposal: self.proposal.clone(),
            release: self.key.2,
            what: self.what.clone(),
            why: self.why.clone(),
            deadline: self.deadline,
            role: able.role.clone(),
            after,
            href: self.href.clone(),
        })
    }
}
