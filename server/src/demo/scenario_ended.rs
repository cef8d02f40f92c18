//! Proposals that a decision ended, for good or for one release.

use domain::{CheckInOutcome, Event, RetargetReason, Stage};

use super::{
    calendar::{
        CURRENT, Calendar, NEXT, SHIPPED,
        When::{Ago, Cf, Ef, Ga},
    },
    documents::Boxes,
    phrases::Kind,
    story::{Story, cep, vep},
    story_decisions::Halves,
    story_facts::{INFRA, KUBEVIRT, Waits},
};

/// All of them.
pub fn stories(c: &Calendar) -> Vec<Story<'_>> {
    vec![
        jenkins_mirror(c),
        full_matrix(c),
        per_lane_thresholds(c),
        bazel_only(c),
        emulated_lanes(c),
        upgrade_lane(c),
        cloud_burst(c),
    ]
}

fn jenkins_mirror(c: &Calendar) -> Story<'_> {
    cep(c, 4634, "jenkins-mirror", "Jenkins mirror of release jobs")
        .text(Kind::Release, include_str!("texts/cep-4634.md"))
        .people("website-demo", &["bruno-demo"], &["ines-demo"])
        .paper(|paper| paper.unfilled = &["Alternatives", "Graduation Requirements"])
        .proposed(CURRENT, Stage::Alpha)
        .by_sig(
            Ef(CURRENT, -6),
            Event::Rejected {
                reason: "Two systems that release mean two that have to be secured; discussed in the SIG meeting."
                    .to_owned(),
            },
        )
        .link("https://groups.google.com/g/kubevirt-dev/c/demo-cep-4634")
}

fn full_matrix(c: &Calendar) -> Story<'_> {
    cep(c, 4677, "nightly-full-matrix", "Nightly full-matrix run on one provider")
        .text(Kind::Lane, include_str!("texts/cep-4677.md"))
        .people("tariq-demo", &["wanda-demo"], &["tove-demo"])
        .planned(CURRENT, Stage::Alpha, 23)
        .closed(CURRENT, (INFRA, 5008), "Full matrix, once a night", Ago(31), Ago(20))
        .check_in(4, CheckInOutcome::AtRisk, Halves::Both, "One run takes eleven hours; the night has nine.")
        .by_owner(
            Ago(19),
            Event::Withdrawn {
                reason:
                    "Measured: the matrix does not fit into a night, and the storage matrix covers the useful part."
                        .to_owned(),
            },
        )
}

fn per_lane_thresholds(c: &Calendar) -> Story<'_> {
    cep(c, 4620, "flake-thresholds", "Flake thresholds per lane")
        .text(Kind::Observe, include_str!("texts/cep-4620.md"))
        .people("ada-demo", &["bruno-demo"], &["wanda-demo"])
        .planned(SHIPPED, Stage::Alpha, 11)
        .retargeted(
            Cf(SHIPPED, -12),
            SHIPPED,
            CURRENT,
            RetargetReason::CommunityPushback,
            "Nobody wants forty thresholds to argue about.",
        )
        .proposed(CURRENT, Stage::Alpha)
        .by_sig(
            Ef(CURRENT, -12),
            Event::Replaced { by: 4731, reason: "A budget per pull request needs no thresholds.".to_owned() },
        )
}

/// Shipped as Alpha, then given up; what was released stays released.
fn bazel_only(c: &Calendar) -> Story<'_> {
    cep(c, 4605, "bazel-unit-tests", "Bazel as the only way to run unit tests")
        .text(Kind::Release, include_str!("texts/cep-4605.md"))
        .people("viktor-demo", &["tove-demo"], &["ines-demo"])
        .planned(SHIPPED, Stage::Alpha, 3)
        .past_weeks(SHIPPED)
        .merged(
            SHIPPED,
            (KUBEVIRT, 17_801),
            "Run unit tests with Bazel in presubmit",
            Cf(SHIPPED, -38),
            Cf(SHIPPED, -24),
        )
        .docs(SHIPPED, 849, Cf(SHIPPED, -26), Cf(SHIPPED, -19))
        .landed(SHIPPED, Ga(SHIPPED, -1), true)
        .planned(CURRENT, Stage::Beta, 24)
        .by_sig(
            Ago(15),
            Event::Deprecated {
                reason: "The shared build cache makes plain `go test` as fast; Bazel stays for images.".to_owned(),
            },
        )
        .check_in(
            3,
            CheckInOutcome::RetargetOrReject,
            Halves::Both,
            "With the cache nobody needs it; the SIG decides next week.",
        )
}

/// Its front matter has not followed the decision.
fn emulated_lanes(c: &Calendar) -> Story<'_> {
    vep(c, "sig-compute", 248, "emulated-lanes", "Multi-arch functional lanes by emulation")
        .text(Kind::Lane, include_str!("texts/vep-248.md"))
        .people("kaya-demo", &["bram-demo"], &["noor-demo"])
        .paper(|paper| {
            paper.front_matter = "vep-number: 248\ntitle: Multi-arch functional lanes by emulation\nstatus: implementable\n\
                                  authors:\n  - \"@kaya-demo\"\nowning-sig: sig-compute\nmilestone:\n  alpha: \"v1.10\"";
            paper.boxes = Boxes::All;
        })
        .planned(CURRENT, Stage::Alpha, 4)
        .open(CURRENT, (INFRA, 5015), "Emulated arm64 cluster", Ago(30), Waits::Author(Ago(24)))
        .check_in(4, CheckInOutcome::Blocked, Halves::Both, "A test of nine minutes takes three hours under emulation.")
        .by_sig(Ago(18), Event::Deferred { reason: "Until native nodes can be had for a functional lane.".to_owned() })
}

/// Moved to the next release; the document still says the current one.
fn upgrade_lane(c: &Calendar) -> Story<'_> {
    vep(c, "sig-compute", 210, "upgrade-from-n-2", "Upgrade lane from two releases back")
        .text(Kind::Lane, include_str!("texts/vep-210.md"))
        .people("mira-demo", &["noor-demo"], &["bram-demo"])
        .planned(CURRENT, Stage::Alpha, 5)
        .merged(CURRENT, (KUBEVIRT, 18_176), "Install two releases back", Ago(31), Ago(19))
        .open(CURRENT, (KUBEVIRT, 18_229), "Upgrade in one step", Ago(17), Waits::Author(Ago(10)))
        .check_in(3, CheckInOutcome::OnTrack, Halves::Both, "First half is merged.")
        .check_in(
            1,
            CheckInOutcome::RetargetOrReject,
            Halves::Both,
            "Storage versions have to be migrated in between, that is new.",
        )
        .retargeted(
            Ago(2),
            CURRENT,
            NEXT,
            RetargetReason::NewBlocker,
            "An upgrade over two releases needs a migration of stored versions that does not exist yet.",
        )
}

/// Removed, taken back, and removed again.
fn cloud_burst(c: &Calendar) -> Story<'_> {
    cep(c, 4695, "cloud-burst", "Burst to a public cloud when lanes queue")
        .text(Kind::Prow, include_str!("texts/cep-4695.md"))
        .people("freya-demo", &["samir-demo"], &["wanda-demo"])
        .planned(CURRENT, Stage::Alpha, 25)
        .by_release_team(
            Ago(29),
            Event::Removed { release: CURRENT, reason: "No budget confirmed at the freeze.".to_owned() },
        )
        .by_release_team(
            Ago(25),
            Event::Readmitted {
                release: CURRENT,
                reason: "Budget until the end of the year was confirmed.".to_owned(),
            },
        )
        .check_in(3, CheckInOutcome::AtRisk, Halves::Both, "Back in, three weeks of work left for four weeks of time.")
        .by_release_team(
            Ago(11),
            Event::Removed { release: CURRENT, reason: "The budget was spent on the GPU node instead.".to_owned() },
        )
        .link("https://github.com/kubevirt/project-infra/issues/4695#issuecomment-demo-9")
}
