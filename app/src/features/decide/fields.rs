//! The fields of each decision. Their names are those of `domain::Decision`.

use domain::{Action, PullKind, RetargetReason, words::capital};
use leptos::prelude::*;

use super::port::{DecideView, LineOffer, Offers, RuleOffer};
use crate::{
    query::Parameters,
    ui::{
        self, FormState, Input, date_input, number_input, people_input, radio_group, select_input, text_area,
        text_input,
    },
    words,
};

/// What a form is drawn from: the view, what was typed, what the address chose.
pub(super) struct Form<'a> {
    pub view: &'a DecideView,
    pub state: &'a FormState,
    pub chosen: &'a Parameters,
}

impl Form<'_> {
    /// The fields of the decision; hidden ones included.
    pub(super) fn fields(&self, action: Action) -> AnyView {
        let offers = &self.view.offers;
        match action {
            Action::Accept => view! { {self.release()}{self.rank(offers)} }.into_any(),
            Action::Rank => view! { {self.fixed_release()}{self.rank(offers)} }.into_any(),
            Action::Assign => self.assign(offers),
            Action::Commit => view! { {self.fixed_release()}{self.day()} }.into_any(),
            Action::Retarget => self.retarget(offers),
            Action::Defer | Action::Reject | Action::Withdraw | Action::Deprecate | Action::PutOnAgenda => {
                self.reason()
            }
            Action::Decline => view! { {proposed(offers)}{self.fixed_release()}{self.reason()} }.into_any(),
            Action::Remove | Action::Readmit | Action::NoDocsNeeded | Action::NothingToMerge => {
                view! { {self.fixed_release()}{self.reason()} }.into_any()
            }
            Action::Replace => view! { {self.replaced_by()}{self.reason()} }.into_any(),
            Action::HandOver => self.hand_over(offers),
            Action::Waive => self.waive(offers),
            Action::SignOff => self.sign_off(offers),
            Action::Classify => self.classify(offers),
            Action::SignLine => self.sign_line(offers),
            Action::Acknowledge => acknowledge(offers),
            Action::Support => self.support(),
            Action::Feedback => self.feedback(),
            Action::AnswerCheckIn => self.answer(),
            Action::TakeOffAgenda => self.dealt_with(),
            Action::Undo => undo(offers),
            _ => ().into_any(),
        }
    }

    /// What the address chose for a field, else a default.
    fn default(&self, name: &str, otherwise: impl FnOnce() -> String) -> String {
        self.chosen.first(name).map_or_else(otherwise, str::to_owned)
    }

    fn fixed_release(&self) -> Option<AnyView> {
        self.view.release.map(|release| ui::hidden_field("release".to_owned(), release.to_string()))
    }

    /// A select of the releases that it can go to.
    fn release(&self) -> AnyView {
        let options: Vec<_> = self.view.offers.releases.iter().map(|v| (v.to_string(), v.to_string())).collect();
        let value = self.view.release.map(|release| release.to_string()).unwrap_or_default();
        let input = Input { name: "release", label: "Release", hint: None, value, required: true };
        select_input(self.state, input, &options)
    }

    fn rank(&self, offers: &Offers) -> AnyView {
        let hint = Some("A place in the SIG's order, from 1. Empty puts it at the end.");
        let value = offers.rank.map(|rank| rank.to_string()).unwrap_or_default();
        number_input(self.state, Input { name: "rank", label: "Rank", hint, value, required: false })
    }

    fn reason(&self) -> AnyView {
        let hint = Some("One sentence that others will understand later.");
        let value = self.default("reason", String::new);
        text_area(self.state, Input { name: "reason", label: "Reason", hint, value, required: true }, 3)
    }

    fn day(&self) -> AnyView {
        let hint = Some("When the owner gave their word.");
        let value = self.view.today.to_string();
        date_input(self.state, Input { name: "on", label: "Day of the commitment", hint, value, required: true })
    }

    fn assign(&self, offers: &Offers) -> AnyView {
        let hint = Some("GitHub logins, separated by commas. TBD does not count.");
        let list = |name, label, logins: &[String]| {
            people_input(self.state, Input { name, label, hint, value: logins.join(", "), required: false })
        };
        view! {
            {list("reviewers", "Reviewers", &offers.reviewers)}
            {list("approvers", "Approvers", &offers.approvers)}
        }
        .into_any()
    }

    fn retarget(&self, offers: &Offers) -> AnyView {
        let options: Vec<_> =
            offers.releases.iter().map(|release| (release.to_string(), release.to_string())).collect();
        let next = offers.releases.first().map(ToString::to_string).unwrap_or_default();
        let value = self.default("to", || next);
        let hint = Some("Releases whose Enhancement Freeze is ahead: it starts as proposed there.");
        let to = Input { name: "to", label: "To", hint, value, required: true };
        let reasons: Vec<_> = REASONS
            .iter()
            .map(|(slug, reason, hint)| ((*slug).to_owned(), capital(reason.words()), Some((*hint).to_owned())))
            .collect();
        let value = self.default("reason", String::new);
        let reason = Input { name: "reason", label: "Reason", hint: None, value, required: true };
        let hint = Some("What others should know. Needed when the reason is another one.");
        let value = self.default("sentence", String::new);
        let sentence = Input { name: "sentence", label: "In a sentence", hint, value, required: false };
        view! {
            {self.fixed_release()}
            {select_input(self.state, to, &options)}
            {radio_group(self.state, reason, &reasons)}
            {text_area(self.state, sentence, 3)}
        }
        .into_any()
    }

    fn replaced_by(&self) -> AnyView {
        let hint = Some("Number of the other proposal, of the same source.");
        let value = self.default("by", String::new);
        number_input(self.state, Input { name: "by", label: "Replaced by", hint, value, required: true })
    }

    fn hand_over(&self, offers: &Offers) -> AnyView {
        let hint = match offers.owners.as_slice() {
            [] => "A GitHub login. Nobody owns it at present.".to_owned(),
            owners => format!("A GitHub login. At present: {}.", words::handles(owners)),
        };
        let value = self.default("to", String::new);
        text_input(self.state, Input { name: "to", label: "New owner", hint: Some(&hint), value, required: true })
    }

    fn waive(&self, offers: &Offers) -> AnyView {
        let words = |offer: &RuleOffer| {
            let open = if offer.open.is_empty() { String::new() } else { format!(": {}", offer.open) };
            (offer.slug.clone(), format!("{} · {}{open}", offer.rule.freeze().short(), offer.rule.title()))
        };
        let options: Vec<_> = offers.rules.iter().map(words).collect();
        let value = self.default("rule", String::new);
        let hint = Some("Those that fail or are not verified.");
        let rule = Input { name: "rule", label: "Requirement", hint, value, required: true };
        view! { {self.fixed_release()}{select_input(self.state, rule, &options)}{self.reason()} }.into_any()
    }

    fn sign_off(&self, offers: &Offers) -> AnyView {
        let options: Vec<_> = offers.sigs.iter().map(|sig| (sig.clone(), sig.clone())).collect();
        let value = self.default("sig", String::new);
        let hint = Some("Those whose sign-off is missing and that you are a member of.");
        select_input(self.state, Input { name: "sig", label: "SIG", hint, value, required: true }, &options)
    }

    fn classify(&self, offers: &Offers) -> AnyView {
        let pulls: Vec<_> = offers
            .pulls
            .iter()
            .map(|pull| {
                let name = format!("{}#{}", pull.repository, pull.number);
                let words = format!("{name} {} ({}, {})", pull.title, pull.kind.words(), pull.release);
                (name, words)
            })
            .collect();
        let pull = Input {
            name: "pull",
            label: "Pull request",
            hint: None,
            value: self.default("pull", String::new),
            required: true,
        };
        let kinds: Vec<_> = KINDS
            .iter()
            .map(|(slug, kind, hint)| ((*slug).to_owned(), capital(kind.words()), Some((*hint).to_owned())))
            .collect();
        let value = self.default("kind", String::new);
        let kind = Input { name: "kind", label: "What it is for", hint: None, value, required: true };
        view! { {select_input(self.state, pull, &pulls)}{radio_group(self.state, kind, &kinds)}{self.release()} }
            .into_any()
    }

    fn sign_line(&self, offers: &Offers) -> AnyView {
        let hint = |line: &LineOffer| {
            let signed = line.signed.as_ref().map(|who| format!("signed by @{who}"));
            line.locked.as_ref().map(|why| format!("not yet: {why}")).or(signed)
        };
        let lines: Vec<_> = offers.lines.iter().map(|line| (line.key.clone(), line.text.clone(), hint(line))).collect();
        let value = self.default("line", String::new);
        let line = Input { name: "line", label: "Line", hint: None, value, required: true };
        let hint = Some("What you state: none known, or where you verified it.");
        let statement = Input { name: "statement", label: "Statement", hint, value: String::new(), required: false };
        view! { {self.fixed_release()}{radio_group(self.state, line, &lines)}{text_area(self.state, statement, 2)} }
            .into_any()
    }

    fn support(&self) -> AnyView {
        let hint = Some("Where it was said, a link a line.");
        let links = Input { name: "links", label: "Links", hint, value: String::new(), required: true };
        let hint = Some("Who supports it and why.");
        let note = Input { name: "note", label: "Note", hint, value: String::new(), required: false };
        view! { {text_area(self.state, links, 3)}{text_area(self.state, note, 2)} }.into_any()
    }

    fn dealt_with(&self) -> AnyView {
        let hint = Some("What came of it, in a sentence; may stay empty.");
        text_area(self.state, Input { name: "note", label: "Note", hint, value: String::new(), required: false }, 3)
    }

    fn answer(&self) -> AnyView {
        let hint = Some("How it goes, what holds it up, what you need and from whom.");
        let input = Input { name: "sentence", label: "In a sentence", hint, value: String::new(), required: true };
        view! { {self.fixed_release()}{text_area(self.state, input, 3)} }.into_any()
    }

    fn feedback(&self) -> AnyView {
        let hint = Some("Who said what, in a sentence or two.");
        let note = Input { name: "note", label: "Note", hint, value: String::new(), required: true };
        let hint = Some("Where it was said, a link a line.");
        let links = Input { name: "links", label: "Links", hint, value: String::new(), required: false };
        view! { {text_area(self.state, note, 3)}{text_area(self.state, links, 2)} }.into_any()
    }
}

/// The reasons of P-15 as a form sends them, each with what it means.
const REASONS: [(&str, RetargetReason, &str); 5] = [
    ("no-convergence", RetargetReason::NoConvergence, "owner and reviewers do not agree in time"),
    ("new-blocker", RetargetReason::NewBlocker, "something came up that has to be solved first"),
    ("community-pushback", RetargetReason::CommunityPushback, "the community does not want it like this"),
    ("approver-withdrew", RetargetReason::ApproverWithdrew, "nobody is left to approve it"),
    ("other", RetargetReason::Other, "tell it in the sentence below"),
];

/// What a pull request can be for, as a form sends it.
const KINDS: [(&str, PullKind, &str); 5] = [
    ("implementation", PullKind::Implementation, "has to be merged before the Code Freeze"),
    ("docs", PullKind::Docs, "documents it for users"),
    ("bug", PullKind::Bug, "fixes a bug of it"),
    ("proposal", PullKind::Proposal, "adds or changes the document"),
    ("unrelated", PullKind::Unrelated, "merely mentions it"),
];

fn acknowledge(offers: &Offers) -> AnyView {
    let document = offers.document.clone().map(|(path, url)| {
        view! { <p>"The document as it was last read: "<a class="link" href=url><code>{path}</code></a></p> }
    });
    view! { {document} }.into_any()
}

/// What a check-in proposed.
fn proposed(offers: &Offers) -> Option<AnyView> {
    let words = offers.proposed.clone()?;
    Some(view! { <p>{words}</p> }.into_any())
}

fn undo(offers: &Offers) -> AnyView {
    let Some(undo) = &offers.undo else { return ().into_any() };
    let left = words::count(usize::try_from(undo.minutes).unwrap_or_default(), "minute");
    view! {
        {ui::hidden_field("event".to_owned(), undo.event.to_string())}
        <p><b>{undo.what.clone()}</b>" "<small>{format!("{left} left")}</small></p>
    }
    .into_any()
}
