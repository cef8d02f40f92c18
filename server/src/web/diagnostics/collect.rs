//! Collects the diagnostics of all proposals, by proposal: of its documents, then of its issue, then of comments there, then
//! of its pull requests.

use std::{collections::HashMap, sync::Arc};

use app::features::diagnostics::Place;
use domain::Diagnostic;

use super::{AppState, Found};
use crate::{
    documents,
    github::rows::Comment,
    store::{Result, github::comment},
    verdicts::{Moment, ProposalRecord, PullRemarks, World},
};

/// Everything at a moment. Issues, comments and pull requests are known as they are now only; what came later is left out.
pub(super) async fn all(state: &AppState, world: &World, moment: Moment) -> Result<Vec<Found>> {
    let texts = state.verdicts.issue_texts(world).await?;
    let remarks = state.verdicts.pull_remarks().await?;
    let mut comments = comments(state, world, moment).await?;
    let mut all = Vec::new();
    for (key, record) in &world.proposals {
        of_documents(record, moment, &mut all);
        if let Some(reading) = texts.get(key) {
            all.extend(reading.diagnostics.iter().map(|diagnostic| of_issue(record, diagnostic)));
        }
        let issue = (record.source.repository.clone(), record.history.number);
        for comment in comments.remove(&issue).into_iter().flatten() {
            all.extend(documents::ignored_commands(&comment.body).into_iter().map(|d| of_comment(record, &comment, d)));
        }
        of_pulls(record, moment, &remarks, &mut all);
    }
    Ok(all)
}

fn of_pulls(record: &Arc<ProposalRecord>, moment: Moment, remarks: &PullRemarks, all: &mut Vec<Found>) {
    let known = record.history.at(moment.instant());
    let mut pulls: Vec<_> = known.pulls.iter().map(|pull| (pull.repository.as_str(), pull.number)).collect();
    pulls.sort_unstable();
    pulls.dedup();
    for (repository, number) in pulls {
        for diagnostic in remarks.get(&(repository.to_lowercase(), number)).into_iter().flatten() {
            all.push(Found {
                record: record.clone(),
                place: Place::Pull,
                text: format!("{repository}#{number}"),
                href: format!("https://github.com/{repository}/pull/{number}"),
                diagnostic: diagnostic.clone(),
            });
        }
    }
}

/// Comments that may hold what looks like a command, by tracking issue.
async fn comments(state: &AppState, world: &World, moment: Moment) -> Result<HashMap<(String, u32), Vec<Comment>>> {
    let issue = |record: &Arc<ProposalRecord>| (record.source.repository.clone(), record.history.number);
    let issues: Vec<(String, u32)> = world.proposals.values().map(issue).collect();
    let found = comment::with_command(&mut *state.context.pool.acquire().await?, &issues).await?;
    let mut by_issue: HashMap<(String, u32), Vec<Comment>> = HashMap::new();
    for (repository, comment) in found {
        if comment.created_at.is_none_or(|at| at <= moment.instant()) {
            by_issue.entry((repository, comment.number)).or_default().push(comment);
        }
    }
    Ok(by_issue)
}

fn of_documents(record: &Arc<ProposalRecord>, moment: Moment, all: &mut Vec<Found>) {
    let known = record.history.at(moment.instant());
    for version in known.document.into_iter().chain(known.further.iter().copied()) {
        let url = record.source.file_url(&version.path);
        let name = version.path.rsplit('/').next().unwrap_or(&version.path);
        for diagnostic in &version.reading.diagnostics {
            // Without `plain` GitHub shows the rendered text, which has no lines.
            let href = match diagnostic.line {
                0 => url.clone(),
                line => format!("{url}?plain=1#L{line}"),
            };
            let (text, diagnostic) = (name.to_owned(), diagnostic.clone());
            all.push(Found { record: record.clone(), place: Place::Document, text, href, diagnostic });
        }
    }
}

fn of_issue(record: &Arc<ProposalRecord>, diagnostic: &Diagnostic) -> Found {
    let number = record.history.number;
    Found {
        record: record.clone(),
        place: Place::Issue,
        text: format!("issue #{number}"),
        href: record.source.issue_url(number),
        diagnostic: diagnostic.clone(),
    }
}

fn of_comment(record: &Arc<ProposalRecord>, comment: &Comment, diagnostic: Diagnostic) -> Found {
    let number = record.history.number;
    let by = comment.author.as_ref().map_or_else(String::new, |login| format!(" of @{login}"));
    Found {
        record: record.clone(),
        place: Place::Comment,
        text: format!("comment{by} on #{number}"),
        href: format!("{}#issuecomment-{}", record.source.issue_url(number), comment.id),
        diagnostic,
    }
}
