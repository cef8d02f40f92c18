//! The texts with which a proposal begins: tracking issue, document, pull request.
//!
//! Skeletons are text files beside this one, in the shape that the readers of [`crate::documents`] know; what was filled in
//! goes into the gaps. Left out on purpose: sending anything to GitHub, and any memory of what was begun.

mod links;
mod skeleton;
mod slug;

#[cfg(test)]
mod tests;

use app::features::start::StartQuery;
use domain::{Source, Stage};

use crate::documents::SourceTemplate;

pub use links::{new_file, new_issue};
use skeleton::{PULL_REQUEST, fill};
pub use skeleton::{Skeleton, skeleton};

/// What stands where something is not known yet.
const NO_NUMBER: &str = "NNNN";

/// Longest title that goes into the texts, in characters.
const MAX_TITLE: usize = 150;

/// A proposal that begins.
#[derive(Debug, Clone, Copy)]
pub struct Beginning<'a> {
    /// Where.
    pub source: &'a Source,
    /// How documents lie there.
    pub template: &'static SourceTemplate,
    /// What it is written from.
    pub skeleton: &'static Skeleton,
    /// What was filled in.
    pub query: &'a StartQuery,
}

impl Beginning<'_> {
    /// The owning SIG, once it is known.
    pub fn sig(&self) -> Option<&str> {
        self.source.owning_sig.as_deref().or(self.query.sig.as_deref())
    }

    /// What still has to be chosen, as words for a list.
    pub fn lacks(&self) -> Vec<String> {
        let query = self.query;
        let all = [
            (self.sig().is_none(), "the owning SIG"),
            (query.version().is_none(), "the release"),
            (query.stage.is_none(), "the stage"),
            (query.owner.is_none(), "the owner"),
        ];
        all.into_iter().filter(|(missing, _)| *missing).map(|(_, words)| words.to_owned()).collect()
    }

    /// Labels of the issue.
    pub fn labels(&self) -> Vec<String> {
        let sig = self.sig().map(Source::sig_label);
        let target = self.query.version().and_then(|release| self.source.label_for(release));
        let own = self.skeleton.labels.iter().map(|label| (*label).to_owned());
        own.chain(sig).chain(target).collect()
    }

    /// "CEP 4702: title".
    pub fn heading(&self) -> String {
        format!("{} {}: {}", self.source.noun, self.number(), self.title())
    }

    /// The same before the issue has given it a number: "CEP: title".
    pub fn bare_heading(&self) -> String {
        format!("{}: {}", self.source.noun, self.title())
    }

    /// Body of the tracking issue.
    pub fn issue(&self) -> String {
        self.issue_linking(&self.directory_url())
    }

    /// Body of the tracking issue of a document that lies in a directory of its own choice.
    pub fn issue_linking(&self, directory_url: &str) -> String {
        let release = self.query.version().map(|release| release.to_string()).unwrap_or_default();
        let stage = self.query.stage.as_ref();
        let target = |of: Stage, label: &str| {
            let value = if stage == Some(&of) { format!(" {release}") } else { String::new() };
            format!("* {label} release target (x.y):{}", value.trim_end())
        };
        let targets = if stage == Some(&Stage::Single) {
            target(Stage::Single, "Single step").replace("Single step release", "Release")
        } else {
            [(Stage::Alpha, "Alpha"), (Stage::Beta, "Beta"), (Stage::Ga, "Stable")]
                .map(|(of, label)| target(of, label))
                .join("\n")
        };
        let assign =
            self.query.owner.as_ref().map_or_else(|| "/assign".to_owned(), |owner| format!("/assign @{owner}"));
        let stage_box = stage.map_or_else(|| Stage::Alpha.name(), Stage::name);
        fill(
            self.skeleton.issue,
            &[
                ("assign", &assign),
                ("stage", "New"),
                ("sig", &self.sig_command()),
                ("directory", directory_url),
                ("targets", &targets),
                ("stage_box", &stage_box),
                ("noun", &self.source.noun),
            ],
        )
    }

    /// The document.
    pub fn document(&self) -> String {
        let query = self.query;
        let handles = |logins: &[String]| app::words::handles(logins);
        let is_target = |stage: &Stage| query.version().is_some() && query.stage.as_ref() == Some(stage);
        let tick = |ticked: bool| if ticked { "x" } else { " " };
        let targeted = query.version().is_some() && query.stage.is_some();
        let owner: Vec<String> = query.owner.iter().cloned().collect();
        fill(
            self.skeleton.document,
            &[
                ("noun", &self.source.noun),
                ("number", &self.number()),
                ("title", &self.title()),
                ("owner", &handles(&owner)),
                ("reviewers", &handles(&query.reviewers)),
                ("approvers", &handles(&query.approvers)),
                ("owning_sig", self.sig().unwrap_or_default()),
                ("targets", &self.target_lines()),
                ("target_box", tick(targeted)),
                ("alpha_box", tick(is_target(&Stage::Alpha))),
                ("beta_box", tick(is_target(&Stage::Beta))),
                ("ga_box", tick(is_target(&Stage::Ga))),
            ],
        )
    }

    /// Body of the pull request.
    pub fn pull_request(&self) -> String {
        let asked: Vec<String> = self.query.reviewers.iter().chain(&self.query.approvers).cloned().collect();
        let cc = asked.iter().map(|login| format!("/cc @{login}")).collect::<Vec<_>>().join("\n");
        let issue_url = self.query.number.map(|number| self.source.issue_url(number)).unwrap_or_default();
        fill(
            PULL_REQUEST,
            &[
                ("issue_url", &issue_url),
                ("sig", &self.sig_command()),
                ("cc", &cc),
                ("noun", &self.source.noun),
                ("number", &self.number()),
                ("title", &self.title()),
            ],
        )
    }

    /// Path of the document in the repository: `docs/ci-enhancements/4702-short-title/cep.md`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.directory(), self.template.main_file)
    }

    /// Address of the directory that the issue has to link (P-9 a).
    pub fn directory_url(&self) -> String {
        format!("https://github.com/{}/tree/main/{}", self.source.repository, self.directory())
    }

    fn directory(&self) -> String {
        let mut path: Vec<String> = self.template.root.iter().map(|part| (*part).to_owned()).collect();
        if self.template.by_sig {
            path.push(self.sig().map_or_else(|| "sig-NAME".to_owned(), str::to_owned));
        }
        path.push(format!("{}-{}", self.number(), slug::slug(&self.query.title)));
        path.join("/")
    }

    fn number(&self) -> String {
        self.query.number.map_or_else(|| NO_NUMBER.to_owned(), |number| number.to_string())
    }

    fn title(&self) -> String {
        self.query.title.chars().take(MAX_TITLE).collect::<String>().trim().to_owned()
    }

    fn sig_command(&self) -> String {
        let sig = self.sig().unwrap_or("NAME");
        format!("/sig {}", sig.strip_prefix("sig-").unwrap_or(sig))
    }

    /// A line for each stage that the template has, the chosen one with its release; one line for a single step.
    fn target_lines(&self) -> String {
        let noun = &self.source.noun;
        let release = self.query.version().map(|release| release.to_string()).unwrap_or_default();
        match &self.query.stage {
            None => format!("- This {noun} targets alpha for version:"),
            Some(Stage::Single) => format!("- This {noun} targets version: {release}").trim_end().to_owned(),
            Some(chosen) => {
                let line = |stage: Stage| {
                    let release = if stage == *chosen { release.as_str() } else { "" };
                    let word = if stage == Stage::Ga { "GA".to_owned() } else { stage.name().to_lowercase() };
                    format!("- This {noun} targets {word} for version: {release}").trim_end().to_owned()
                };
                [Stage::Alpha, Stage::Beta, Stage::Ga].map(line).join("\n")
            }
        }
    }
}
