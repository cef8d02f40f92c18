//! What people decide in a story.

use domain::{CheckInOutcome, Event, Proposed, ReleaseVersion, RetargetReason, Rule, Stage, Week};

use super::{
    calendar::{CURRENT, NEXT, When},
    people::{RELEASE_TEAM, pick},
    phrases::QUIET_WEEKS,
    story::Story,
};

/// Which halves of a check-in were done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Halves {
    /// The release team's and the approver's.
    Both,
    /// The release team's.
    Release,
    /// The approver's.
    Approver,
}

/// The SIGs whose sign-off VEPs ask for.
const SIGNING: [&str; 3] = ["sig-compute", "sig-network", "sig-storage"];

impl Story<'_> {
    /// The usual way into a release: stated, accepted, committed, signed off where that is asked.
    pub fn planned(self, release: ReleaseVersion, stage: Stage, rank: u32) -> Self {
        let story = self.proposed(release, stage).accepted(release, rank).committed(release);
        story.signed_off(release, &SIGNING)
    }

    /// Accepted by the owning SIG before the Enhancement Freeze.
    pub fn accepted(self, release: ReleaseVersion, rank: u32) -> Self {
        let when = Self::before(release, 9);
        self.accepted_on(release, Some(rank), when)
    }

    /// Accepted on a day of its own.
    pub fn accepted_on(mut self, release: ReleaseVersion, rank: Option<u32>, when: When) -> Self {
        let member = self.member();
        self.push(when, member, Event::Accepted { release, rank });
        let link = self.issue_address();
        self.link(link)
    }

    /// The owner commits before the Enhancement Freeze.
    pub fn committed(self, release: ReleaseVersion) -> Self {
        let when = Self::before(release, 7);
        self.committed_on(release, when)
    }

    /// The owner commits on a day of its own.
    pub fn committed_on(mut self, release: ReleaseVersion, when: When) -> Self {
        let on = self.instant(when).date_naive();
        self.push(when, self.owner, Event::Committed { release, on });
        self
    }

    /// SIGs sign a VEP off, the owning one aside.
    pub fn signed_off(mut self, release: ReleaseVersion, sigs: &[&str]) -> Self {
        let when = Self::before(release, 5);
        let own = self.sig;
        for sig in sigs.iter().filter(|sig| self.source == "vep" && **sig != own).collect::<Vec<_>>() {
            let member = pick(super::people::members(sig), self.number);
            self.push(when, member, Event::SignedOff { sig: (*sig).to_owned() });
        }
        self
    }

    /// The SIG assigns reviewers and approvers.
    pub fn assigned(self, when: When, reviewers: &[&str], approvers: &[&str]) -> Self {
        let list = |logins: &[&str]| logins.iter().map(|login| (*login).to_owned()).collect();
        let event = Event::Assigned { reviewers: list(reviewers), approvers: list(approvers) };
        self.by_sig(when, event)
    }

    /// Any decision of a member of the owning SIG.
    pub fn by_sig(mut self, when: When, event: Event) -> Self {
        let member = self.member();
        self.push(when, member, event);
        self
    }

    /// Any decision of the owner.
    pub fn by_owner(mut self, when: When, event: Event) -> Self {
        self.push(when, self.owner, event);
        self
    }

    /// Any decision of the release team.
    pub fn by_release_team(mut self, when: When, event: Event) -> Self {
        self.push(when, pick(&RELEASE_TEAM[..3], self.number), event);
        self
    }

    /// The last event was recorded for somebody else, who becomes the requester of a request.
    pub fn on_behalf_of(mut self, login: &str) -> Self {
        if let Some(last) = self.entries.last_mut() {
            if let Event::ExceptionSent { requester, .. } = &mut last.event.event {
                login.clone_into(requester);
            }
            last.event.on_behalf_of = Some(login.to_owned());
        }
        self
    }

    /// Where the last event was said.
    pub fn link(mut self, link: impl Into<String>) -> Self {
        if let Some(last) = self.entries.last_mut() {
            last.event.link = Some(link.into());
        }
        self
    }

    /// Somebody else owns it from then on.
    pub fn handed_over(mut self, when: When, to: &'static str) -> Self {
        self.push(when, self.owner, Event::HandedOver { to: to.to_owned() });
        self.owner = to;
        self
    }

    /// Moved to another release.
    pub fn retargeted(
        self,
        when: When,
        from: ReleaseVersion,
        to: ReleaseVersion,
        reason: RetargetReason,
        sentence: &str,
    ) -> Self {
        self.by_sig(when, Event::Retargeted { from, to, reason, sentence: sentence.to_owned() })
    }

    /// A requirement is waived by the owning SIG.
    pub fn waived(self, release: ReleaseVersion, rule: Rule, when: When, reason: &str) -> Self {
        self.by_sig(when, Event::Waived { release, rule, reason: reason.to_owned() })
    }

    /// Signed: users need no documentation of it.
    pub fn no_docs_needed(self, release: ReleaseVersion, when: When, reason: &str) -> Self {
        self.by_sig(when, Event::NoDocsNeeded { release, reason: reason.to_owned() })
    }

    /// A check-in of the current release, so many weeks ago.
    pub fn check_in(mut self, weeks_ago: i64, outcome: CheckInOutcome, halves: Halves, sentence: &str) -> Self {
        self.speak(CURRENT, When::Monday(weeks_ago), outcome, halves, sentence);
        self
    }

    /// Quiet check-ins of the current release from seven weeks ago until so many.
    pub fn quiet_weeks(mut self, until: i64) -> Self {
        for week in (until..=7).rev() {
            let nth = self.number.wrapping_add(u32::try_from(week).unwrap_or_default().wrapping_mul(7));
            // Now and then nobody speaks, or only one side does.
            let halves = match nth % 9 {
                0 => continue,
                1 | 2 => Halves::Release,
                3 => Halves::Approver,
                _ => Halves::Both,
            };
            self.speak(CURRENT, When::Monday(week), CheckInOutcome::OnTrack, halves, pick(&QUIET_WEEKS, nth));
        }
        self
    }

    /// The check-ins of a release that is past: weekly from freeze to freeze, done at the end.
    pub fn past_weeks(self, release: ReleaseVersion) -> Self {
        self.weeks_of(release, CheckInOutcome::Done, "Everything that was planned is merged.")
    }

    /// The same for one that did not make it.
    pub fn late_weeks(self, release: ReleaseVersion) -> Self {
        self.weeks_of(release, CheckInOutcome::AtRisk, "Will hardly make the freeze; the open questions remain.")
    }

    fn weeks_of(mut self, release: ReleaseVersion, last: CheckInOutcome, words: &str) -> Self {
        for week in 0..6_u32 {
            let nth = self.number.wrapping_add(week * 5);
            let halves = if nth.is_multiple_of(4) { Halves::Release } else { Halves::Both };
            let (outcome, sentence) =
                if week == 5 { (last, words) } else { (CheckInOutcome::OnTrack, pick(&QUIET_WEEKS, nth)) };
            self.speak(release, When::Ef(release, 5 + 7 * i64::from(week)), outcome, halves, sentence);
        }
        self
    }

    fn speak(&mut self, release: ReleaseVersion, when: When, outcome: CheckInOutcome, halves: Halves, sentence: &str) {
        let week = Week::of(self.instant(when));
        let said = |release_team, sentence: &str| Event::CheckedIn {
            release,
            week,
            release_team,
            approver: !release_team,
            outcome,
            sentence: sentence.to_owned(),
            proposed: (outcome == CheckInOutcome::RetargetOrReject)
                .then_some(Proposed::Retarget { to: NEXT, reason: RetargetReason::NoConvergence }),
        };
        let lead = pick(&RELEASE_TEAM[..3], self.number);
        match halves {
            Halves::Release => _ = self.push(when, lead, said(true, sentence)),
            Halves::Approver => _ = self.push(when, self.approver(), said(false, sentence)),
            Halves::Both => {
                let at = self.push(when, lead, said(true, sentence));
                let approver = self.approver();
                // The approver's half follows within the meeting.
                self.push_at(at + chrono::TimeDelta::seconds(40), approver, said(false, sentence));
            }
        }
    }
}
