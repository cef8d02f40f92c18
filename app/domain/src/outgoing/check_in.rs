//! What leaves the tracker about a week's check-in: the comment on the tracking issue (P-23) and the minutes.

use std::fmt::Write as _;

use crate::{
    CheckInOutcome, ReleaseVersion, Week,
    check_in::{CheckIn, Said},
    words::{capital, one_line},
};

/// A participation in a week, as texts name it.
#[derive(Debug, Clone)]
pub struct Reported<'a> {
    /// What its source calls one, with its number: "CEP 4702".
    pub name: String,
    /// Its title.
    pub title: &'a str,
    /// Its path on the tracker: "/cep/4702".
    pub path: String,
    /// Its owning SIG.
    pub sig: &'a str,
    /// Its status in words.
    pub status: &'a str,
    /// What was said.
    pub check_in: &'a CheckIn,
}

/// The comment for the tracking issue, in Markdown; none while nobody spoke. It says nothing that changes with time
/// alone, so that what is posted is what was looked at.
pub fn check_in_comment(base: &str, release: ReleaseVersion, about: &Reported<'_>) -> Option<String> {
    let outcome = about.check_in.outcome()?;
    let week = about.check_in.week;
    let days = format!("{} to {}", week.monday().format("%-d %b"), week.sunday().format("%-d %b %Y"));
    let head = format!("**Check-in {week} ({days}) for {release}: {}**", outcome.outcome.words());
    let spoken = [about.check_in.release_team(), about.check_in.approver()];
    let mut said: Vec<&Said> = spoken.into_iter().flatten().collect();
    said.sort_by_key(|said| said.event);
    said.dedup_by_key(|said| said.event);
    // What both sides say in the same words is told once, with both names.
    let word = |said: &Said| (said.outcome, said.sentence.clone(), said.proposed, said.declined.clone());
    let lines = said.chunk_by(|one, other| word(one) == word(other)).flat_map(|same| {
        let Some(said) = same.first() else { return Vec::new() };
        let people: Vec<_> = same.iter().map(|said| format!("@{} ({})", said.by, said.halves.words())).collect();
        let who = format!("{} – {}.", capital(said.outcome.words()), people.join(", "));
        let proposed = said.proposed.map(|proposed| format!(" Proposed to {}: {}.", about.sig, proposed.words()));
        let declined = said
            .declined
            .as_ref()
            .map(|declined| [quote(&declined.reason), format!("Declined – @{} (for {}).", declined.by, about.sig)]);
        let word = [quote(&said.sentence), format!("{who}{}", proposed.unwrap_or_default())];
        word.into_iter().chain(declined.into_iter().flatten()).collect()
    });
    let answers = about
        .check_in
        .answers
        .iter()
        .flat_map(|answer| [quote(&answer.sentence), format!("– @{} (owner).", answer.by)]);
    let lines = lines.chain(answers);
    let missing = about.check_in.halves().missing();
    let missing = (!missing.is_empty()).then(|| format!("The {missing} has not spoken yet."));
    let links =
        format!("[Proposal]({base}{}?release={release}) · [Week]({base}/check-ins/{release}/{week})", about.path);
    let paragraphs = std::iter::once(head).chain(lines).chain(missing).chain([links]);
    Some(format!("{}\n", paragraphs.collect::<Vec<_>>().join("\n\n")))
}

fn quote(sentence: &str) -> String {
    let lines = sentence.trim().lines().map(|line| format!("> {line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// The minutes of a week in Markdown: by outcome, gravest first, then who was not spoken about.
pub fn minutes(base: &str, release: ReleaseVersion, week: Week, all: &[Reported<'_>]) -> String {
    let count = |wanted: fn(&CheckIn) -> bool| all.iter().filter(|one| wanted(one.check_in)).count();
    let both = count(|check_in| check_in.halves().both());
    let none = count(|check_in| !check_in.halves().any());
    let half = all.len() - both - none;
    let mut text = format!(
        "# Check-in {week}, {release}\n\n{} to {}. {} tracked: {both} complete, {half} half done, {none} not spoken about.\n",
        week.monday().format("%-d %b"),
        week.sunday().format("%-d %b %Y"),
        all.len(),
    );
    let mut people: Vec<_> = all.iter().flat_map(|one| one.check_in.said.iter().map(|said| said.by.as_str())).collect();
    people.sort_unstable();
    people.dedup();
    if !people.is_empty() {
        let handles: Vec<_> = people.iter().map(|login| format!("@{login}")).collect();
        _ = writeln!(text, "\nSpoke: {}.", handles.join(", "));
    }
    for outcome in GRAVEST_FIRST {
        let lines: Vec<_> = all
            .iter()
            .filter(|one| one.check_in.outcome().is_some_and(|said| said.outcome == outcome))
            .map(|one| spoken(base, release, one))
            .collect();
        text.push_str(&section(&capital(outcome.words()), &lines));
    }
    let silent: Vec<_> = all
        .iter()
        .filter(|one| !one.check_in.halves().any())
        .map(|one| format!("- {} – {}\n", title(base, release, one), one.status))
        .collect();
    text.push_str(&section("Not spoken about", &silent));
    text
}

const GRAVEST_FIRST: [CheckInOutcome; 5] = [
    CheckInOutcome::RetargetOrReject,
    CheckInOutcome::Blocked,
    CheckInOutcome::AtRisk,
    CheckInOutcome::OnTrack,
    CheckInOutcome::Done,
];

fn title(base: &str, release: ReleaseVersion, one: &Reported<'_>) -> String {
    let title = one.title.replace(['[', ']'], "");
    format!("[{} {title}]({base}{}?release={release})", one.name, one.path)
}

fn spoken(base: &str, release: ReleaseVersion, one: &Reported<'_>) -> String {
    let mut text = format!("- {} – {}\n", title(base, release, one), one.status);
    let halves = [one.check_in.release_team(), one.check_in.approver()];
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for said in halves.into_iter().flatten() {
        let line = format!("{}: {}", said.outcome.words(), one_line(&said.sentence));
        let who = format!("@{}, {}", said.by, said.halves.words());
        // What both halves say in the same words is told once, with both names.
        match told.iter_mut().find(|(known, _)| *known == line) {
            Some((_, people)) if people.contains(&who) => {}
            Some((_, people)) => people.push(who),
            None => told.push((line, vec![who])),
        }
    }
    for (line, people) in told {
        _ = writeln!(text, "  - {line} ({})", people.join("; "));
    }
    for said in halves.into_iter().flatten() {
        if let Some(proposed) = said.proposed {
            let line = format!("  - proposed to {}: {}\n", one.sig, proposed.words());
            if !text.contains(&line) {
                text.push_str(&line);
            }
        }
        if let Some(declined) = &said.declined {
            let line = format!("  - declined: {} (@{})\n", one_line(&declined.reason), declined.by);
            if !text.contains(&line) {
                text.push_str(&line);
            }
        }
    }
    for answer in &one.check_in.answers {
        _ = writeln!(text, "  - owner: {} (@{})", one_line(&answer.sentence), answer.by);
    }
    let missing = one.check_in.halves().missing();
    if !missing.is_empty() {
        _ = writeln!(text, "  - the {missing} has not spoken");
    }
    text
}

/// A heading with its lines; nothing where there are none.
fn section(heading: &str, lines: &[String]) -> String {
    if lines.is_empty() { String::new() } else { format!("\n## {heading} ({})\n\n{}", lines.len(), lines.concat()) }
}
