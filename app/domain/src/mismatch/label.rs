//! Disagreements of the issue's labels with the owning SIG and the targets.

use super::{Matter, Mismatch, fix::Fix};
use crate::{NO_SIG, ReleaseVersion, Source};

pub(super) fn all(matter: &Matter<'_>) -> Vec<Mismatch> {
    sig(matter).into_iter().chain(target(matter)).collect()
}

/// The issue carries the label of the owning SIG (P-28, R002-47).
fn sig(matter: &Matter<'_>) -> Option<Mismatch> {
    let issue = matter.known.issue?;
    let owning = matter.sig();
    let label = Source::sig_label(owning);
    if owning == NO_SIG || issue.labels.contains(&label) {
        return None;
    }
    let of_others = issue.labels.iter().filter(|label| label.starts_with("sig/")).map(|label| format!("`{label}`"));
    let of_others = of_others.collect::<Vec<_>>().join(", ");
    let carried = if of_others.is_empty() { "no label of a SIG".to_owned() } else { format!("only {of_others}") };
    let text = format!("{owning} owns it, the issue carries {carried}.");
    let fix = match label.strip_prefix("sig/") {
        Some(name) => format!("/sig {name}"),
        None => format!("/label {label}"),
    };
    let found = Mismatch::new("sig-label-differs", ("labels", "owning SIG"), issue.observed, text, Fix::command(fix));
    Some(found.in_way_of(matter.wanted()))
}

/// The target labels are those of the releases that the proposal is in, or wants to be in (R002-48).
fn target(matter: &Matter<'_>) -> Option<Mismatch> {
    let issue = matter.known.issue?;
    let (before, after) = matter.source.target_label.as_deref()?.split_once("{version}")?;
    let version = |label: &String| label.strip_prefix(before)?.strip_suffix(after)?.parse::<ReleaseVersion>().ok();
    let carried: Vec<_> = issue.labels.iter().filter_map(|label| version(label).map(|v| (label, v))).collect();
    let wanted = matter.wanted();
    // The label of a release that is out tells where it shipped.
    let out = |release: &ReleaseVersion| {
        let mut judged = matter.judged.iter().filter(|judged| judged.verdict.release == *release);
        judged.any(|judged| judged.dates.released(judged.verdict.now))
    };
    let judged = !matter.judged.is_empty();
    let wrong = carried.iter().filter(|(_, release)| judged && !wanted.contains(release) && !out(release));
    let wrong: Vec<String> = wrong.map(|(label, _)| (*label).clone()).collect();
    let has = |release: &ReleaseVersion| carried.iter().any(|(_, carried)| carried == release);
    let missing: Vec<_> = wanted.iter().filter(|release| !has(release)).copied().collect();
    if wrong.is_empty() && missing.is_empty() {
        return None;
    }
    let quoted = |labels: &[String]| labels.iter().map(|l| format!("`{l}`")).collect::<Vec<_>>().join(", ");
    let lacking: Vec<String> = missing.iter().filter_map(|release| matter.source.label_for(*release)).collect();
    let text = match (wrong.is_empty(), lacking.is_empty()) {
        (false, false) => format!("The issue carries {} in place of {}.", quoted(&wrong), quoted(&lacking)),
        (false, true) => format!("The issue carries {}, for which it is not planned.", quoted(&wrong)),
        (true, _) => format!("The issue lacks {}.", quoted(&lacking)),
    };
    let commands = wrong.iter().map(|label| format!("/remove-label {label}"));
    let commands: Vec<_> = commands.chain(lacking.iter().map(|label| format!("/label {label}"))).collect();
    let fix = Fix::command(commands.join("\n"));
    let found = Mismatch::new("target-label-differs", ("labels", "targets"), issue.observed, text, fix);
    Some(found.in_way_of(missing))
}
