//! Proposals of the current release that need an exception, have asked for one, or were not accepted.

use domain::{CheckInOutcome, Event, Freeze, Stage};

use super::{
    calendar::{
        CURRENT, Calendar,
        When::{Ago, Cf, Ef, In},
    },
    documents::{Boxes, Heading},
    phrases::Kind,
    story::{Story, cep, vep},
    story_decisions::Halves,
    story_exceptions::Ask,
    story_facts::{INFRA, KUBEVIRT, PROVIDERS, Waits},
};

/// All of them.
pub fn stories(c: &Calendar) -> Vec<Story<'_>> {
    vec![
        quarantine_dashboard(c),
        vtpm_lane(c),
        retest_budget(c),
        provider_bump_bot(c),
        windows_images(c),
        merge_queue(c),
        preview_namespaces(c),
        cost_report(c),
        suite_by_gate(c),
        chat_notices(c),
    ]
}

/// No reviewer was named before the Enhancement Freeze, and nobody has asked for an exception.
fn quarantine_dashboard(c: &Calendar) -> Story<'_> {
    cep(c, 4688, "quarantine-dashboard", "Quarantine dashboard from JUnit history")
        .text(Kind::Observe, include_str!("texts/cep-4688.md"))
        .people("mira-demo", &[], &["bruno-demo"])
        .people_lines(&["- Owner: @mira-demo", "- Reviewers: TBD", "- Approvers: @bruno-demo"])
        .planned(CURRENT, Stage::Alpha, 18)
        .merged(CURRENT, (INFRA, 5038), "Collect JUnit results of two weeks", Ago(26), Ago(13))
        .open(CURRENT, (INFRA, 5084), "Page per test", Ago(14), Waits::Author(Ago(8)))
        .open(CURRENT, (INFRA, 5095), "Link from the pull request", Ago(11), Waits::Nobody)
        .check_in(4, CheckInOutcome::AtRisk, Halves::Both, "No reviewer at the freeze; who takes it?")
        .check_in(2, CheckInOutcome::AtRisk, Halves::Release, "Still no reviewer; asked on the issue twice.")
}

/// One sign-off is missing.
fn vtpm_lane(c: &Calendar) -> Story<'_> {
    vep(c, "sig-storage", 277, "vtpm-persistence-lane", "Persistent vTPM lane")
        .text(Kind::Lane, include_str!("texts/vep-277.md"))
        .people("lena-demo", &["marek-demo"], &["gwen-demo"])
        .proposed(CURRENT, Stage::Alpha)
        .accepted(CURRENT, 3)
        .committed(CURRENT)
        .signed_off(CURRENT, &["sig-network"])
        .merged(CURRENT, (KUBEVIRT, 18_223), "Tests for restart with a persistent vTPM", Ago(25), Ago(11))
        .docs(CURRENT, 898, Ago(12), Ago(9))
        .check_in(
            1,
            CheckInOutcome::OnTrack,
            Halves::Both,
            "Code is merged. SIG Compute has not signed off, asked again.",
        )
}

/// Waits for the release team's decision.
fn retest_budget(c: &Calendar) -> Story<'_> {
    cep(c, 4731, "retest-budget", "Flake-aware retest budget")
        .text(Kind::Prow, include_str!("texts/cep-4731.md"))
        .people("ada-demo", &["bruno-demo"], &["wanda-demo"])
        .planned(CURRENT, Stage::Beta, 19)
        .merged(CURRENT, (INFRA, 5022), "Count retests per pull request", Ago(32), Ago(25))
        .merged(CURRENT, (INFRA, 5049), "Know the flakes of the last two weeks", Ago(24), Ago(16))
        .merged(CURRENT, (INFRA, 5070), "Comment when the budget is used up", Ago(19), Ago(10))
        .open(CURRENT, (INFRA, 5141), "Stop retests after the budget", Ago(9), Waits::Review("bruno-demo", Ago(4)))
        .open(CURRENT, (INFRA, 5150), "Budget per repository", Ago(7), Waits::Review("wanda-demo", Ago(3)))
        .docs_begun(CURRENT, 905, Ago(9))
        .asks(Ask {
            release: CURRENT,
            freeze: Some(Freeze::Code),
            sent: Ago(3),
            until: Cf(CURRENT, 6),
            justification: "The provider bump moved by a week; both pull requests are reviewed and wait on its lanes. \
                            They touch only the retest plugin and can be switched off by one line.",
            impact: "Retests stay unbounded for the whole cycle, about 340 node hours a week; graduation to Beta moves \
                     to the next release.",
            covers: &["kubevirt/project-infra#5141", "kubevirt/project-infra#5150"],
        })
        .filed(Ago(3))
        .in_review(Ago(2))
        .quiet_weeks(1)
        .check_in(
            0,
            CheckInOutcome::OnTrack,
            Halves::Release,
            "Exception asked for; both pull requests have a first approval.",
        )
}

/// An exception for the Code Freeze is granted, asked for on behalf of the owner.
fn provider_bump_bot(c: &Calendar) -> Story<'_> {
    cep(c, 4690, "provider-bump-bot", "Provider bump bot")
        .text(Kind::Provider, include_str!("texts/cep-4690.md"))
        .people("viktor-demo", &["tove-demo"], &["samir-demo"])
        .planned(CURRENT, Stage::Beta, 20)
        .merged(CURRENT, (PROVIDERS, 1685), "Open a bump when all lanes are green", Ago(31), Ago(19))
        .open(
            CURRENT,
            (PROVIDERS, 1716),
            "Roll back when a lane turns red",
            Ago(12),
            Waits::Review("tove-demo", Ago(2)),
        )
        .no_docs_needed(CURRENT, Ago(17), "Developers see a pull request, nothing else.")
        .asks(Ask {
            release: CURRENT,
            freeze: Some(Freeze::Code),
            sent: Ago(8),
            until: Cf(CURRENT, 6),
            justification: "Roll-back can only be tried with a real provider release, and the next one is due two days \
                            after the freeze.",
            impact: "Without roll-back the bot stays off; providers are bumped by hand, 40 minutes each.",
            covers: &["kubevirt/kubevirtci#1716"],
        })
        .filed(Ago(7))
        .needs_information(Ago(6), "What happens to lanes that pin the old provider?")
        .in_review(Ago(5))
        .granted(Ago(2), Cf(CURRENT, 6), "Low risk, reviewed, ends before the thaw. Pinned lanes are not touched.")
        .link("https://groups.google.com/g/kubevirt-dev/c/demo-cep-4690-1")
        .quiet_weeks(1)
        .check_in(
            0,
            CheckInOutcome::OnTrack,
            Halves::Both,
            "Granted until the day before the thaw, one pull request left.",
        )
}

/// Late for the Enhancement Freeze; granted, extended, still running.
fn windows_images(c: &Calendar) -> Story<'_> {
    cep(c, 4760, "windows-guest-images", "Windows guest image build pipeline")
        .text(Kind::Release, include_str!("texts/cep-4760.md"))
        .people("emil-demo", &["levi-demo"], &["tove-demo"])
        .paper(|paper| paper.unfilled = &["Graduation Requirements"])
        .planned(CURRENT, Stage::Alpha, 21)
        .asks(Ask {
            release: CURRENT,
            freeze: Some(Freeze::Enhancement),
            sent: Ef(CURRENT, -1),
            until: Ago(14),
            justification: "Graduation depends on what the licence allows us to keep; legal answers in two weeks.",
            impact: "Windows tests go on with an image from two years ago.",
            covers: &["kubevirt/project-infra#4761"],
        })
        .filed(Ef(CURRENT, 0))
        .granted(Ef(CURRENT, 1), Ago(14), "Two weeks for the criteria, the rest of the document is fine.")
        .granted(Ago(16), In(5), "Extended: the answer came late, and asks for one more change.")
        .open(
            CURRENT,
            (INFRA, 5064),
            "Build without keeping the installation medium",
            Ago(20),
            Waits::Review("levi-demo", Ago(5)),
        )
        .docs_begun(CURRENT, 906, Ago(7))
        .quiet_weeks(1)
        .check_in(0, CheckInOutcome::AtRisk, Halves::Both, "Criteria have to be merged this week, the grant ends.")
}

/// Its exception was denied.
fn merge_queue(c: &Calendar) -> Story<'_> {
    cep(c, 4766, "kubevirtci-merge-queue", "Merge queue for kubevirtci")
        .text(Kind::Prow, include_str!("texts/cep-4766.md"))
        .people("hugo-demo", &["samir-demo"], &["bruno-demo"])
        .issue_labelled(&["kind/tracker", "kind/enhancement"])
        .planned(CURRENT, Stage::Alpha, 22)
        .asks(Ask {
            release: CURRENT,
            freeze: Some(Freeze::Enhancement),
            sent: Ef(CURRENT, 3),
            until: Ef(CURRENT, 20),
            justification: "The issue was opened without labels, otherwise everything is there.",
            impact: "The queue comes one release later.",
            covers: &[],
        })
        .filed(Ef(CURRENT, 5))
        .in_review(Ef(CURRENT, 6))
        .denied(Ef(CURRENT, 8), "Two of the three reviewers asked for a different design; take the next release.")
        .open(CURRENT, (INFRA, 5027), "Batch of three", Ago(30), Waits::Author(Ago(21)))
        .docs_begun(CURRENT, 883, Ago(29))
        .check_in(
            3,
            CheckInOutcome::RetargetOrReject,
            Halves::Release,
            "Denied; the owner thinks about the next release.",
        )
}

/// Not accepted; asks to be taken after the freeze.
fn preview_namespaces(c: &Calendar) -> Story<'_> {
    cep(c, 4775, "preview-namespaces", "Ephemeral namespaces for preview deployments")
        .text(Kind::Prow, include_str!("texts/cep-4775.md"))
        .people("priska-demo", &["levi-demo"], &["samir-demo"])
        .proposed_on(CURRENT, Stage::Alpha, Ef(CURRENT, -2))
        .asks(Ask {
            release: CURRENT,
            freeze: Some(Freeze::Enhancement),
            sent: Ago(6),
            until: Ago(-9),
            justification: "The website team can lend a person for three weeks, now or next year.",
            impact: "Previews of the website stay a manual step for another year.",
            covers: &["kubevirt/project-infra#4776"],
        })
        .on_behalf_of("website-demo")
        .link("https://groups.google.com/g/kubevirt-dev/c/demo-cep-4775-0")
        .filed(Ago(5))
        .needs_information(Ago(2), "Who looks after it when the three weeks are over?")
}

/// Proposed, and left where it was.
fn cost_report(c: &Calendar) -> Story<'_> {
    cep(c, 4771, "cost-report", "Cost report per lane and SIG")
        .text(Kind::Observe, include_str!("texts/cep-4771.md"))
        .people("dario-demo", &["ines-demo"], &[])
        .people_lines(&["- Owner: @dario-demo", "- Reviewers: @ines-demo", "- Approvers: TBD"])
        .paper(|paper| paper.boxes = Boxes::All)
        .proposed(CURRENT, Stage::Alpha)
        .bug((INFRA, 4990), "Billing export misses two weeks", Ago(18), true, &["kind/bug"])
}

/// Proposed late.
fn suite_by_gate(c: &Calendar) -> Story<'_> {
    vep(c, "sig-compute", 291, "suite-by-feature-gate", "e2e suite split by feature gate")
        .text(Kind::Lane, include_str!("texts/vep-291.md"))
        .people("ada-demo", &["noor-demo"], &["bram-demo"])
        .people_lines(&[])
        .paper(|paper| paper.heading = Heading::Bare)
        .proposed_on(CURRENT, Stage::Alpha, Ef(CURRENT, 4))
        .assigned(Ef(CURRENT, 7), &["noor-demo"], &["bram-demo"])
}

/// Without a document; only the issue speaks of the release.
fn chat_notices(c: &Calendar) -> Story<'_> {
    cep(c, 4779, "chat-notices", "Chat notices for broken periodics")
        .people("website-demo", &[], &[])
        .issue_links("")
        .announced(CURRENT, Stage::Single, Ago(24))
        .by_owner(Ago(23), Event::Committed { release: CURRENT, on: c.day(Ago(23)) })
}
