//! The list of candidates and the page of one.

use app::{
    features::{
        candidates::{
            CandidateQuery,
            port::{CandidateListView, CandidateView, CandidatesPort},
        },
        proposal::port::{DocumentView, Heading, InReview},
        start::{StartQuery, port::IssueText},
    },
    port::{Answer, PageError},
    query::ReleaseChoice,
};
use domain::history::stated;

use super::{Ports, beginning, unavailable};
use crate::{
    render,
    start::{Beginning, new_issue},
    store::{self, blob, github::candidate::Candidate},
    verdicts::{Moment, ProposalRecord, World},
    web::{
        candidates::{Found, all, remarks, row, select},
        views,
    },
};

impl CandidatesPort for Ports {
    fn candidates(&self, query: CandidateQuery) -> Answer<'_, CandidateListView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let found = all(&self.0, &world).await.map_err(unavailable)?;
            let selection = select(&world, found, &query, self.0.context.clock.now());
            let github = &self.0.context.config.github;
            Ok(CandidateListView {
                reads_github: github.token().is_some() || github.app().is_some(),
                all: u32::try_from(selection.all).unwrap_or(u32::MAX),
                rows: selection.rows,
                sources: selection.sources,
                releases: selection.releases,
            })
        })
    }

    fn candidate(&self, repository: String, pull: u32, path: Option<String>) -> Answer<'_, CandidateView> {
        Box::pin(async move {
            let world = self.0.verdicts.world().await.map_err(unavailable)?;
            let found = all(&self.0, &world).await.map_err(unavailable)?;
            let of_pull = |found: &&Found| {
                found.document.pull == pull && found.document.repository.eq_ignore_ascii_case(&repository)
            };
            let documents: Vec<&Found> = found.iter().filter(of_pull).collect();
            let wanted = |found: &&&Found| path.as_ref().is_none_or(|path| *path == found.document.path);
            let shown = documents.iter().find(wanted).ok_or_else(|| {
                PageError::NotFound(format!("An open pull request {repository}#{pull} with a document"))
            })?;
            let others = documents.iter().filter(|other| other.document.path != shown.document.path);
            let others = others.map(|other| (other.document.path.clone(), row(other).href())).collect();
            let document = self.text(shown).await.map_err(unavailable)?;
            Ok(self.candidate_view(&world, shown, document, others))
        })
    }
}

impl Ports {
    fn candidate_view(
        &self,
        world: &World,
        found: &Found,
        document: DocumentView,
        others: Vec<(String, String)>,
    ) -> CandidateView {
        let Candidate { reading, sig, pull_title, .. } = &found.document;
        let query = query_of(found);
        let issue = found.is_candidate().then(|| {
            let issue = |beginning: &Beginning<'_>| (issue(beginning, &found.document.path), beginning.labels());
            beginning(world, &query, self.0.context.clock.now(), |beginning, _| issue(beginning))
        });
        let (issue, labels) = issue.flatten().unzip();
        let owning = found.source.owning_sig.clone();
        CandidateView {
            row: row(found),
            pull_title: pull_title.clone(),
            sig: sig.clone().or_else(|| reading.owning_sig.as_ref().map(|stated| stated.value.clone())).or(owning),
            proposal: found.proposal.as_ref().map(|record| views::link(record)),
            document,
            issue,
            labels: labels.unwrap_or_default(),
            others,
        }
    }

    /// The document as it stands in the pull request.
    async fn text(&self, found: &Found) -> store::Result<DocumentView> {
        let Candidate { path, head, content, reading, repository, .. } = &found.document;
        let mut conn = self.0.context.pool.acquire().await?;
        let text = match content {
            Some(content) => blob::find(&mut conn, &content.blob).await?.unwrap_or_default(),
            None => Vec::new(),
        };
        let rendered = render::render(&String::from_utf8_lossy(&text), &found.source, path);
        let heading = |h: store::document::Heading| Heading { level: h.level, id: h.id, text: h.text };
        Ok(DocumentView {
            path: path.clone(),
            url: format!("https://github.com/{repository}/blob/{head}/{path}"),
            html: rendered.html,
            contents: rendered.contents.into_iter().map(heading).collect(),
            sections: reading.sections.clone(),
            diagnostics: reading.diagnostics.clone(),
            versions: Vec::new(),
        })
    }

    /// Open pull requests that add or change documents of a proposal, at the present.
    pub(super) async fn in_review(
        &self,
        world: &World,
        record: &ProposalRecord,
        moment: Moment,
    ) -> store::Result<Vec<InReview>> {
        if !matches!(moment, Moment::Now(_)) {
            return Ok(Vec::new());
        }
        let number = record.history.number;
        let of_it = |found: &Found| {
            let proposal = found.proposal.as_ref();
            proposal.is_some_and(|of| of.history.number == number && of.source.id == record.source.id)
        };
        let found = all(&self.0, world).await?;
        Ok(found
            .iter()
            .filter(|found| of_it(found))
            .map(|found| {
                let row = row(found);
                InReview {
                    reference: row.reference(),
                    title: found.document.pull_title.clone(),
                    href: row.href(),
                    draft: row.draft,
                    remarks: remarks(&found.document.reading.diagnostics),
                }
            })
            .collect())
    }
}

/// What the document fills into the text of its issue.
fn query_of(found: &Found) -> StartQuery {
    let Candidate { reading, sig, author, .. } = &found.document;
    let target = stated(reading).next();
    let own = |people: &[domain::Stated<String>]| people.iter().map(|who| who.value.clone()).collect::<Vec<_>>();
    StartQuery {
        source: Some(found.source.id.clone()),
        title: row(found).title,
        sig: sig.clone().or_else(|| reading.owning_sig.as_ref().map(|stated| stated.value.clone())),
        release: target.map(|(_, release)| ReleaseChoice::Version(release)),
        stage: target.map(|(stage, _)| stage.clone()),
        owner: own(&reading.owners).into_iter().next().or_else(|| author.clone()),
        number: None,
        reviewers: own(&reading.reviewers),
        approvers: own(&reading.approvers),
    }
}

/// The issue to open: it links the directory in which the pull request has the document.
fn issue(beginning: &Beginning<'_>, path: &str) -> IssueText {
    let source = beginning.source;
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    let directory = format!("https://github.com/{}/tree/main/{directory}", source.repository);
    let (title, body) = (beginning.bare_heading(), beginning.issue_linking(&directory));
    let (form, empty_form) = new_issue(&source.repository, &title, &body, &beginning.labels());
    IssueText { title, body, form, empty_form, url: None, directory: None }
}
