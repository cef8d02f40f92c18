//! The part of the demo world that is no event: what a sync would have put into the mirror.

use super::DemoError;
use crate::{
    demo::{DemoCandidate, DemoReference},
    documents,
    store::{
        blob, calendar,
        github::{
            candidate::{self, Candidate, Content},
            reference::{self, Reference},
        },
        source,
    },
    usecases::Context,
};

/// Writes what the demo shows of GitHub itself, as the sync keeps it.
///
/// # Errors
/// When the database fails.
pub async fn write(
    context: &Context,
    candidates: Vec<DemoCandidate>,
    references: &[DemoReference],
) -> Result<(), DemoError> {
    let mut tx = context.pool.begin().await?;
    let (sources, calendars) = (source::all(&mut tx).await?, calendar::all(&mut tx).await?);
    for demo in candidates {
        let Some(source) = sources.iter().find(|source| source.id == demo.source) else { continue };
        let Some(template) = documents::SOURCES.iter().find(|template| template.id == source.template) else {
            continue;
        };
        let Some(located) = documents::locate(template, &demo.path) else { continue };
        let text = demo.text.as_bytes();
        let address = blob::address(text);
        blob::keep(&mut tx, text).await?;
        let kept = Candidate {
            source: source.id.clone(),
            repository: source.repository.clone(),
            pull: demo.pull,
            head: "main".to_owned(),
            content: Some(Content { git_sha: address.clone(), blob: address }),
            main: located.main,
            number: located.number,
            sig: located.sig,
            reading: documents::read_proposal(template, &demo.path, text),
            path: demo.path,
            pull_title: demo.title,
            author: Some(demo.author.to_owned()),
            draft: demo.draft,
            observed_at: demo.read_at,
        };
        candidate::keep(&mut tx, &kept).await?;
    }
    for built in calendars.iter().filter_map(|calendar| calendar.built_in.as_ref()) {
        let listed =
            |demo: &DemoReference| Reference { name: demo.name.clone(), sha: demo.name.clone(), annotated: true };
        let all: Vec<Reference> = references.iter().map(listed).collect();
        reference::keep(&mut tx, &built.repository, "", &all).await?;
        for demo in references {
            reference::date(&mut tx, &built.repository, &demo.name, demo.at).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}
