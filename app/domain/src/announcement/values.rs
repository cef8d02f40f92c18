//! The values that go into the texts, all of them built from facts.

use chrono::{DateTime, Utc};

use crate::{
    Freeze, ReleaseDates, ReleaseVersion, Status, Tone,
    outgoing::{Announced, groups_text, moment_in},
    words::{day_of, one_line},
};

/// How a proposal stands in the release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// "CEP 4702".
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Status,
    /// The status in words.
    pub words: String,
    /// Whether the release tracks it.
    pub tracked: bool,
    /// Logins of its owners.
    pub owners: Vec<String>,
    /// Address of its page.
    pub link: String,
}

/// A decision on an exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// "CEP 4702".
    pub name: String,
    /// Title of the proposal.
    pub title: String,
    /// The freeze; none for another edge case.
    pub freeze: Option<Freeze>,
    /// Granted until then; none when it was denied.
    pub until: Option<DateTime<Utc>>,
    /// Why.
    pub reason: String,
    /// When it was decided.
    pub at: Option<DateTime<Utc>>,
}

/// What the texts tell.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The release.
    pub release: ReleaseVersion,
    /// Its dates.
    pub dates: &'a ReleaseDates,
    /// Address of the tracker.
    pub base: &'a str,
    /// Proposals of the release, in the order of pages.
    pub proposals: &'a [Standing],
    /// The groups of each freeze that has passed.
    pub groups: [Option<&'a [Announced]>; 2],
    /// Decisions on exceptions, in the order in which they were taken.
    pub exceptions: &'a [Decided],
}

/// A value with its name and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What stands between the braces.
    pub name: &'static str,
    /// What it is, for who writes a template.
    pub what: &'static str,
    /// What goes in.
    pub text: String,
}

/// Every value that can go into a text.
pub fn values(facts: &Facts<'_>) -> Vec<Value> {
    let value = |name, what, text| Value { name, what, text };
    let Facts { release, dates, .. } = *facts;
    let moment = |at: Option<DateTime<Utc>>| {
        at.map_or_else(|| "a day that is not set yet".to_owned(), |at| moment_in(at, dates.zone))
    };
    let all = facts.proposals;
    let of = |which: &dyn Fn(&&Standing) -> bool| all.iter().filter(which).collect::<Vec<_>>();
    let proposed = of(&|one| one.status == Status::Proposed);
    let accepted = of(&|one| one.tracked);
    let ready = of(&|one| one.tracked && matches!(one.status.tone(), Tone::Good));
    let open = of(&|one| one.tracked && !matches!(one.status.tone(), Tone::Good));
    let (excepted, unready): (Vec<_>, Vec<_>) =
        open.iter().copied().partition(|one| matches!(one.status, Status::ExceptionUntil { .. }));
    let landed = of(&|one| matches!(one.status, Status::Shipped | Status::Complete));
    let [enhancement, code] = facts.groups;
    let groups = |freeze: Freeze, of: Option<&[Announced]>| {
        let ahead = || format!("The three groups stand here once the {} has passed.", freeze.name());
        of.map_or_else(ahead, |of| groups_text(freeze, of))
    };
    let result = |freeze: Freeze, of: Option<&[Announced]>| {
        let (name, at) = (freeze.name(), moment(dates.freeze(freeze)));
        match of {
            Some(_) => {
                format!("the {name} of {release} passed on {at}. This is how its proposals stood at that instant.")
            }
            None => format!("the {name} of {release} is on {at}; it has not passed yet."),
        }
    };
    vec![
        value("release", "the release", release.to_string()),
        value("next", "the release after it", release.next().to_string()),
        value("base", "address of this tracker", facts.base.trim_end_matches('/').to_owned()),
        value("ef", "Enhancement Freeze, with day and instant", moment(dates.enhancement_freeze)),
        value("cf", "Code Freeze, with day and instant", moment(dates.code_freeze)),
        value("thaw", "end of the freeze of main", moment(dates.thaw)),
        value("ga", "general availability", moment(dates.ga)),
        value("tracked", "how many proposals the release tracks", accepted.len().to_string()),
        value("proposed", "proposals that wait to be accepted", listed(&proposed, title_line)),
        value("accepted", "proposals that are accepted", listed(&accepted, title_line)),
        value("ready", "tracked ones whose next freeze is ready, or that are complete", listed(&ready, title_line)),
        value("open", "tracked ones that are not, with status and owners", listed(&open, open_line)),
        value("unready", "of those, the ones without a granted exception", listed(&unready, open_line)),
        value("excepted", "of those, the ones with a granted exception, and until when", listed(&excepted, open_line)),
        value("ef-result", "that the Enhancement Freeze passed, and when; before it, when it is", {
            result(Freeze::Enhancement, enhancement)
        }),
        value("cf-result", "that the Code Freeze passed, and when; before it, when it is", result(Freeze::Code, code)),
        value("ef-groups", "the three groups of the Enhancement Freeze", groups(Freeze::Enhancement, enhancement)),
        value("cf-groups", "the three groups of the Code Freeze", groups(Freeze::Code, code)),
        value("exceptions", "decisions on exceptions, with reasons", exceptions(facts)),
        value("highlights", "a section for each complete or shipped proposal, in Markdown", highlights(&landed)),
    ]
}

fn listed(all: &[&Standing], line: fn(&Standing) -> String) -> String {
    if all.is_empty() { "None.".to_owned() } else { all.iter().map(|one| line(one)).collect::<Vec<_>>().join("\n") }
}

fn title_line(one: &Standing) -> String {
    format!("- {}: {}", one.name, one_line(&one.title))
}

fn open_line(one: &Standing) -> String {
    let owners: Vec<_> = one.owners.iter().map(|login| format!("@{login}")).collect();
    let owners = if owners.is_empty() { String::new() } else { format!(" ({})", owners.join(", ")) };
    format!("{}. {}{owners}", title_line(one), one.words)
}

fn exceptions(facts: &Facts<'_>) -> String {
    let line = |decided: &Decided| {
        let freeze = decided.freeze.map_or("edge case", Freeze::short);
        let ruling = decided
            .until
            .map_or_else(|| "denied".to_owned(), |until| format!("granted until {}", day_of(until, facts.dates.zone)));
        let (name, title, reason) = (&decided.name, one_line(&decided.title), one_line(&decided.reason));
        format!("- {name}: {title} ({freeze}): {ruling}. {reason}")
    };
    let lines: Vec<_> = facts.exceptions.iter().map(line).collect();
    if lines.is_empty() { "None was decided.".to_owned() } else { lines.join("\n") }
}

fn highlights(landed: &[&Standing]) -> String {
    let section = |one: &&Standing| {
        let (title, name, link) = (one_line(&one.title), &one.name, &one.link);
        format!(
            "### {title}\n\nTo do: what users can do now that they could not before, in two sentences. ([{name}]({link}))"
        )
    };
    if landed.is_empty() {
        return "Nothing is complete yet.".to_owned();
    }
    landed.iter().map(section).collect::<Vec<_>>().join("\n\n")
}
