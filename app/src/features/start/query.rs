//! What was filled in, as the address says it.

use domain::{ReleaseVersion, Stage};

use crate::query::{BadParameter, Parameters, ReleaseChoice, encode};

/// What was filled in so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StartQuery {
    /// Id of the source.
    pub source: Option<String>,
    /// Title.
    pub title: String,
    /// Owning SIG, where each document names its own.
    pub sig: Option<String>,
    /// The release to aim at.
    pub release: Option<ReleaseChoice>,
    /// The stage for it.
    pub stage: Option<Stage>,
    /// Login of the owner.
    pub owner: Option<String>,
    /// Number of the tracking issue, once there is one.
    pub number: Option<u32>,
    /// Logins of reviewers.
    pub reviewers: Vec<String>,
    /// Logins of approvers.
    pub approvers: Vec<String>,
}

/// Stages to choose from: as the address says them, with their words.
pub(super) const STAGES: [(&str, Stage, &str); 4] = [
    ("alpha", Stage::Alpha, "Alpha: first release, off by default"),
    ("beta", Stage::Beta, "Beta: on by default, may still change"),
    ("ga", Stage::Ga, "GA: stable"),
    ("single", Stage::Single, "Single step: tooling or process, without stages"),
];

impl StartQuery {
    /// Reads a query string; what cannot be used is reported and left out.
    pub fn parse(query: &str) -> (Self, Vec<BadParameter>) {
        let parameters = Parameters::parse(query);
        let mut bad = Vec::new();
        let mut refuse = |name: &str, value: &str, hint: &'static str| {
            bad.push(BadParameter { name: name.to_owned(), value: value.to_owned(), hint });
        };
        let text = |name: &str| parameters.first(name).map(str::to_owned);
        let release = parameters.first("release").and_then(|value| {
            let release = value.parse().ok();
            if release.is_none() {
                refuse("release", value, ReleaseChoice::HINT);
            }
            release
        });
        let stage = parameters.first("stage").and_then(|value| {
            let known = STAGES.iter().find(|(slug, ..)| *slug == value);
            if known.is_none() {
                refuse("stage", value, "alpha, beta, ga or single");
            }
            known.map(|(_, stage, _)| stage.clone())
        });
        let number = parameters.first("number").and_then(|value| {
            let number = value.trim_start_matches('#').parse().ok().filter(|number| (1..=MAX_NUMBER).contains(number));
            if number.is_none() {
                refuse("number", value, "the number of an issue, such as 4702");
            }
            number
        });
        let mut logins = |name: &str| -> Vec<String> {
            let mut found: Vec<String> = Vec::new();
            let words = parameters.all(name).flat_map(|value| value.split([',', ' '])).filter(|word| !word.is_empty());
            for word in words {
                let login = word.trim_start_matches('@');
                if !is_login(login) {
                    refuse(name, word, "logins at GitHub, such as @octocat, separated by commas");
                } else if !found.iter().any(|known| known.eq_ignore_ascii_case(login)) {
                    found.push(login.to_owned());
                }
            }
            found
        };
        let (owner, reviewers, approvers) =
            (logins("owner").into_iter().next(), logins("reviewers"), logins("approvers"));
        let title = text("title").unwrap_or_default();
        let (source, sig) = (text("source"), text("sig"));
        (Self { source, title, sig, release, stage, owner, number, reviewers, approvers }, bad)
    }

    /// An address with all of it in its query.
    pub fn href(&self, path: &str) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        let mut add = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        let joined = |logins: &[String]| (!logins.is_empty()).then(|| logins.join(","));
        add("source", self.source.clone());
        add("title", Some(self.title.clone()).filter(|title| !title.is_empty()));
        add("sig", self.sig.clone());
        add("release", self.release.map(|release| release.to_string()));
        add("stage", self.stage_slug().map(str::to_owned));
        add("owner", self.owner.clone());
        add("number", self.number.map(|number| number.to_string()));
        add("reviewers", joined(&self.reviewers));
        add("approvers", joined(&self.approvers));
        let query: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    /// The release, where it is told by its version.
    pub fn version(&self) -> Option<ReleaseVersion> {
        match self.release? {
            ReleaseChoice::Version(version) => Some(version),
            ReleaseChoice::Current | ReleaseChoice::Next => None,
        }
    }

    /// The stage as the address says it.
    pub(super) fn stage_slug(&self) -> Option<&'static str> {
        STAGES.iter().find(|(_, stage, _)| Some(stage) == self.stage.as_ref()).map(|(slug, ..)| *slug)
    }
}

/// No repository has as many issues.
const MAX_NUMBER: u32 = 9_999_999;

/// GitHub's rule for logins.
fn is_login(name: &str) -> bool {
    let fits = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits && (1..=39).contains(&name.len()) && !name.starts_with('-') && !name.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_filled_in_survives_the_address() {
        let query = StartQuery {
            source: Some("vep".to_owned()),
            title: "Größe & more: 50 % of jobs?".to_owned(),
            sig: Some("sig-network".to_owned()),
            release: "v1.11".parse().ok(),
            stage: Some(Stage::Single),
            owner: Some("ada".to_owned()),
            number: Some(4702),
            reviewers: vec!["bob".to_owned(), "cy".to_owned()],
            approvers: vec!["dee".to_owned()],
        };
        let href = query.href("/start");
        assert_eq!(StartQuery::parse(href.trim_start_matches("/start")), (query, Vec::new()), "{href}");
        assert_eq!(StartQuery::default().href("/start"), "/start");
    }

    #[test]
    fn what_cannot_be_is_reported_and_left_out() {
        let (query, bad) =
            StartQuery::parse("?number=soon&release=x&stage=gold&owner=not+a+login!&reviewers=@Bob,bob,,-x-");
        let names: Vec<_> = bad.iter().map(|bad| (bad.name.as_str(), bad.value.as_str())).collect();
        assert_eq!(
            names,
            [("release", "x"), ("stage", "gold"), ("number", "soon"), ("owner", "login!"), ("reviewers", "-x-")]
        );
        assert_eq!(query.reviewers, ["Bob"]);
        assert_eq!((query.number, query.release, query.stage), (None, None, None));
    }

    #[test]
    fn a_number_may_carry_its_hash() {
        assert_eq!(StartQuery::parse("?number=%234702").0.number, Some(4702));
        assert_eq!(StartQuery::parse("?number=0").0.number, None);
    }
}
