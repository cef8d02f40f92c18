//! Whose turn it is: the state of a pull request on the table, step by step.

use std::collections::{BTreeMap, BTreeSet};

use super::{ClockRules, Occasion, ReviewState, Step, Votes, WaitsOn};

/// A pull request between its author and its reviewers.
pub(super) struct Table<'a> {
    author: &'a str,
    rules: &'a ClockRules,
    open: bool,
    draft: bool,
    /// What the author owes.
    owes: Debt,
    /// People whose review is asked for: the login as it is compared, and as it is written.
    asked: BTreeMap<String, String>,
    /// People whose latest review wants changes; they see it again when the author is done.
    wanting: BTreeMap<String, String>,
    /// Everybody who was asked or gave a review.
    reviewers: BTreeSet<String>,
    labels: BTreeSet<&'a str>,
}

/// What the author owes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Debt {
    Nothing,
    /// An answer to what a reviewer wrote.
    Answer,
    /// Changes that a reviewer asked for.
    Changes,
}

impl<'a> Table<'a> {
    pub fn new(author: &'a str, rules: &'a ClockRules) -> Self {
        Self {
            author,
            rules,
            open: false,
            draft: false,
            owes: Debt::Nothing,
            asked: BTreeMap::new(),
            wanting: BTreeMap::new(),
            reviewers: BTreeSet::new(),
            labels: BTreeSet::new(),
        }
    }

    pub fn take(&mut self, step: &'a Step) {
        match &step.what {
            Occasion::Opened { draft } => (self.open, self.draft) = (true, *draft),
            Occasion::Reopened => self.open = true,
            Occasion::Draft => self.draft = true,
            Occasion::Ready => (self.draft, self.owes) = (false, Debt::Nothing),
            Occasion::ReviewRequested { of } => self.request(of, &step.by),
            Occasion::RequestRemoved { of } => {
                self.asked.remove(&of.to_lowercase());
            }
            Occasion::Commented => self.comment(&step.by),
            Occasion::Reviewed { state } => self.review(*state, &step.by),
            // Whoever pushes, the work goes on; who wanted changes is asked to look again.
            Occasion::Pushed => self.hand_back(),
            Occasion::Labelled { label } => {
                self.labels.insert(label);
            }
            Occasion::Unlabelled { label } => {
                self.labels.remove(label.as_str());
            }
            Occasion::Closed | Occasion::Merged => self.open = false,
        }
    }

    /// A robot names reviewers when it is opened, which gives nobody the turn; a person who asks says it is ready.
    fn request(&mut self, of: &str, by: &str) {
        if self.is_author(of) || self.rules.is_robot(of) {
            return;
        }
        self.asked.insert(of.to_lowercase(), of.to_owned());
        self.reviewers.insert(of.to_lowercase());
        if self.is_author(by) || !self.rules.is_robot(by) {
            self.owes = Debt::Nothing;
        }
    }

    /// An answer settles a question, never changes that are owed. What others write than the two sides changes nothing.
    fn comment(&mut self, by: &str) {
        if self.is_author(by) {
            if self.owes == Debt::Answer {
                self.owes = Debt::Nothing;
            }
        } else if self.reviewers.contains(&by.to_lowercase()) && self.owes == Debt::Nothing {
            self.owes = Debt::Answer;
        }
    }

    fn review(&mut self, state: ReviewState, by: &str) {
        // GitHub tells the author's replies within a review as reviews of the author.
        if self.is_author(by) {
            return self.comment(by);
        }
        if self.rules.is_robot(by) {
            return;
        }
        let login = by.to_lowercase();
        self.reviewers.insert(login.clone());
        match state {
            ReviewState::ChangesRequested => {
                self.asked.remove(&login);
                self.wanting.insert(login, by.to_owned());
                self.owes = Debt::Changes;
            }
            ReviewState::Commented => self.owes = self.owes.or(Debt::Answer),
            ReviewState::Approved => {
                self.asked.remove(&login);
                let wanted = self.wanting.remove(&login).is_some();
                // The last one who wanted changes takes them back.
                if self.owes == Debt::Answer || (wanted && self.wanting.is_empty()) {
                    self.owes = Debt::Nothing;
                }
            }
        }
    }

    fn hand_back(&mut self) {
        self.owes = Debt::Nothing;
        self.asked.append(&mut self.wanting);
    }

    fn is_author(&self, login: &str) -> bool {
        self.author.eq_ignore_ascii_case(login)
    }

    pub fn waits_on(&self) -> WaitsOn {
        let votes = self.votes();
        let author = || WaitsOn::Author(self.author.to_owned());
        if !self.open {
            WaitsOn::Nobody
        } else if self.draft || self.labels.contains(self.rules.work_in_progress.as_str()) {
            author()
        } else if votes.lgtm && votes.approved {
            // A hold asks for nothing while it is reviewed; afterwards it is all that is in the way.
            if votes.held { author() } else { WaitsOn::Nobody }
        } else if self.owes == Debt::Nothing {
            WaitsOn::Reviewers(self.asked.values().cloned().collect())
        } else {
            author()
        }
    }

    pub fn votes(&self) -> Votes {
        Votes::of(self.labels.iter().copied(), self.rules)
    }
}

impl Debt {
    /// The greater of two.
    fn or(self, other: Self) -> Self {
        if self == Self::Nothing { other } else { self }
    }
}
