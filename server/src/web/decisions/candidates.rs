//! What each action could do to a proposal as it stands, so that it can be tried out before it is offered.

use domain::{Action, Decision, PullKind, ReleaseVersion, RetargetReason, checklist, decision::UNDO_MINUTES};

use super::{Desk, Why};

impl Desk<'_> {
    /// What the action could do here, with every field that can be filled in; the rest stands for what people type.
    pub(super) fn candidates(&self, action: Action) -> Result<Vec<Decision>, Why> {
        const SAID: &str = "…";
        let said = || SAID.to_owned();
        let somewhere = || {
            let nowhere =
                "it takes part in no release; accept it for one, or state a version in a target line of its document";
            self.release.ok_or_else(|| Why::Rule(nowhere.to_owned()))
        };
        let one = |decision| Ok(vec![decision]);
        match action {
            Action::Accept => one(Decision::Accept { release: somewhere()?, rank: None }),
            Action::Rank => one(Decision::Rank { release: somewhere()?, rank: Some(u32::MAX) }),
            Action::Assign => one(Decision::Assign { reviewers: vec!["somebody".to_owned()], approvers: Vec::new() }),
            Action::Commit => one(Decision::Commit { release: somewhere()?, on: None }),
            Action::Retarget => {
                let release = somewhere()?;
                let to = self.targets().first().copied().unwrap_or_else(|| release.next());
                one(Decision::Retarget { release, to, reason: RetargetReason::NewBlocker, sentence: said() })
            }
            Action::Defer => one(Decision::Defer { reason: said() }),
            Action::Reject => one(Decision::Reject { reason: said() }),
            Action::Withdraw => one(Decision::Withdraw { reason: said() }),
            Action::Replace => {
                let by = self.record.history.number.saturating_add(1);
                one(Decision::Replace { by, reason: said() })
            }
            Action::Deprecate => one(Decision::Deprecate { reason: said() }),
            Action::Remove => one(Decision::Remove { release: somewhere()?, reason: said() }),
            Action::Readmit => one(Decision::Readmit { release: somewhere()?, reason: said() }),
            Action::HandOver => one(Decision::HandOver { to: "-".to_owned() }),
            Action::NoDocsNeeded => one(Decision::NoDocsNeeded { release: somewhere()?, reason: said() }),
            Action::NothingToMerge => one(Decision::NothingToMerge { release: somewhere()?, reason: said() }),
            Action::Waive => self.waivers(somewhere()?),
            Action::SignOff => self.sign_offs(),
            Action::Classify => self.classifications(),
            Action::SignLine => {
                let (release, line) = (somewhere()?, checklist::LINES[3].to_owned());
                one(Decision::SignLine { release, line, statement: said() })
            }
            Action::Acknowledge => one(Decision::Acknowledge {}),
            Action::Support => one(Decision::Support { links: vec!["https://example.org".to_owned()], note: said() }),
            Action::Feedback => one(Decision::Feedback { links: Vec::new(), note: said() }),
            Action::AnswerCheckIn => {
                one(Decision::AnswerCheckIn { release: somewhere()?, week: None, sentence: said() })
            }
            Action::Decline => one(Decision::Decline { release: somewhere()?, reason: said() }),
            Action::PutOnAgenda => one(Decision::PutOnAgenda { reason: said() }),
            Action::TakeOffAgenda => one(Decision::TakeOffAgenda { note: said() }),
            Action::Undo => self.undos(),
            _ => Err(Why::Rule("that is not decided here".to_owned())),
        }
    }

    fn waivers(&self, release: ReleaseVersion) -> Result<Vec<Decision>, Why> {
        let waivers: Vec<_> =
            self.open_rules().map(|(rule, _)| Decision::Waive { release, rule, reason: "…".to_owned() }).collect();
        // Who may is told before what is there to waive.
        if waivers.is_empty() {
            self.allowed(Action::Waive)?;
            return Err(Why::Rule("every requirement is met; there is nothing to waive".to_owned()));
        }
        Ok(waivers)
    }

    fn sign_offs(&self) -> Result<Vec<Decision>, Why> {
        let missing = self.missing_sign_offs();
        if missing.is_empty() {
            return Err(Why::Rule("no sign-off is asked for or missing".to_owned()));
        }
        Ok(missing.into_iter().map(|sig| Decision::SignOff { sig: sig.to_owned() }).collect())
    }

    fn classifications(&self) -> Result<Vec<Decision>, Why> {
        if self.known.pulls.is_empty() {
            self.allowed(Action::Classify)?;
            return Err(Why::Rule("no pull request of it is known".to_owned()));
        }
        let other = |kind| if kind == PullKind::Unrelated { PullKind::Docs } else { PullKind::Unrelated };
        let classified = self.known.pulls.iter().map(|pull| {
            let (repository, number, release) = (pull.repository.clone(), pull.number, pull.release);
            Decision::Classify { release, repository, number, kind: other(pull.kind) }
        });
        Ok(classified.collect())
    }

    fn undos(&self) -> Result<Vec<Decision>, Why> {
        self.allowed(Action::Undo)?;
        let undo = self.undoable().map(|(recorded, _)| Decision::Undo { event: recorded.id });
        let none =
            format!("you decided nothing on this proposal in the last {UNDO_MINUTES} minutes that could be undone");
        undo.map(|undo| vec![undo]).ok_or(Why::Rule(none))
    }
}
