//! The check-ins of the release shown, week by week.

use domain::Action;
use leptos::prelude::*;

use super::port::ProposalView;
use crate::{
    features::{
        check_ins::{CheckInAddress, words},
        decide::label,
        frame::Context,
        shared::act_buttons,
    },
    ui::{self, Icon, Panel, Tone},
};

/// How many weeks are open; the others are folded.
const OPEN: usize = 2;

/// Where an owner answers, for those who may.
fn answer_link(view: &ProposalView) -> Option<AnyView> {
    let groups = &view.actions.as_ref()?.groups;
    let wanted = label(Action::AnswerCheckIn);
    let link = groups.iter().flat_map(|(_, links)| links).find(|link| link.label == wanted)?;
    Some(view! { <a class="link" href=link.href.clone()>"Answer"</a>" · " }.into_any())
}

/// What a check-in proposed for the owning SIG to confirm; nothing where nothing waits.
pub(super) fn to_confirm(view: &ProposalView) -> Option<AnyView> {
    let confirm = view.to_confirm.as_ref()?;
    let by = format!("For {} to decide.", confirm.sig);
    let line = view! {
        <p><b>{confirm.what.clone()}</b>" "{ui::prose(&confirm.why)}" "<small>{by}</small></p>
        <p class="acts">{act_buttons(&confirm.acts, &view.proposal.name())}</p>
    };
    Some(ui::notice(Tone::Warn, Icon::Hourglass, line))
}

/// The panel; nothing where nobody has checked in.
pub(super) fn check_ins(view: &ProposalView, context: &Context) -> Option<AnyView> {
    let release = view.verdict.as_ref()?.release;
    if view.check_ins.is_empty() {
        return None;
    }
    let week = |one: &domain::CheckIn| {
        let href = context.href(&CheckInAddress { release, week: one.week }.sheet());
        let html = words(one, context.now());
        view! { <li><a class="link" href=href>{one.week.to_string()}</a><div inner_html=html></div></li> }
    };
    let (first, rest) = view.check_ins.split_at(view.check_ins.len().min(OPEN));
    let first: Vec<_> = first.iter().map(week).collect();
    let folded = (!rest.is_empty()).then(|| {
        let lines: Vec<_> = rest.iter().map(week).collect();
        view! { <details class="more"><summary>{format!("{} earlier weeks", rest.len())}</summary><ul class="check-in-weeks">{lines}</ul></details> }
    });
    let all = context.href(&format!("/check-ins/{release}"));
    let end = view! { {answer_link(view)}<a class="link" href=all>{format!("All of {release}")}</a> };
    Some(
        view! {
            <Panel title="Check-ins" id="check-ins" end=end.into_any()>
                <ul class="check-in-weeks">{first}</ul>
                {folded}
            </Panel>
        }
        .into_any(),
    )
}
