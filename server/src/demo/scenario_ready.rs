//! Proposals that are ready for the Code Freeze of the current release, each after a way of its own.

use domain::{CheckInOutcome, Event, Freeze, RetargetReason, Rule, Stage};

use super::{
    calendar::{
        CURRENT, Calendar, NEXT, OLD, SHIPPED,
        When::{Ago, Cf, Ef, Ga},
    },
    documents::{Boxes, Heading},
    long_text,
    phrases::Kind,
    story::{Story, cep, vep},
    story_decisions::Halves,
    story_exceptions::Ask,
    story_facts::{INFRA, KUBEVIRT, PROVIDERS},
};

/// All of them.
pub fn stories(c: &Calendar) -> Vec<Story<'_>> {
    vec![
        bare_metal_autoscaling(c),
        image_cache_proxy(c),
        release_automation(c),
        flake_report(c),
        junit_artifacts(c),
        arm64_unit_lane(c),
        build_cache(c),
        alert_routing(c),
        prow_canary(c),
        service_accounts(c),
        release_sign_off(c),
        image_pre_pull(c),
        nested_check(c),
        ipv6_lane(c),
    ]
}

/// Shipped as Alpha, ready as Beta, proposed as GA.
fn bare_metal_autoscaling(c: &Calendar) -> Story<'_> {
    cep(c, 4655, "bare-metal-autoscaling", "Cluster autoscaling for bare-metal lanes")
        .text(Kind::Lane, include_str!("texts/cep-4655.md"))
        .people("freya-demo", &["samir-demo", "tove-demo"], &["wanda-demo"])
        .planned(SHIPPED, Stage::Alpha, 2)
        .past_weeks(SHIPPED)
        .merged(SHIPPED, (INFRA, 4714), "Power lanes' nodes on and off", Cf(SHIPPED, -30), Cf(SHIPPED, -12))
        .docs(SHIPPED, 861, Cf(SHIPPED, -20), Cf(SHIPPED, -3))
        .landed(SHIPPED, Ga(SHIPPED, -1), true)
        .planned(CURRENT, Stage::Beta, 2)
        .merged(CURRENT, (INFRA, 5061), "Scale by queue length", Ago(32), Ago(17))
        .merged(CURRENT, (INFRA, 5089), "Hold nodes while a debug session is open", Ago(21), Ago(9))
        .docs(CURRENT, 897, Ago(14), Ago(6))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(1)
        .check_in(0, CheckInOutcome::Done, Halves::Both, "All merged; two quiet weekends with the lanes powered off.")
        .proposed_on(NEXT, Stage::Ga, Ago(5))
}

/// Slipped twice, with reasons, and is ready now.
fn image_cache_proxy(c: &Calendar) -> Story<'_> {
    cep(c, 4671, "image-cache-proxy", "Cache proxy for container image pulls")
        .text(Kind::Prow, include_str!("texts/cep-4671.md"))
        .people("otto-demo", &["levi-demo"], &["ines-demo"])
        .planned(OLD, Stage::Alpha, 3)
        .late_weeks(OLD)
        .retargeted(
            Cf(OLD, -9),
            OLD,
            SHIPPED,
            RetargetReason::NoConvergence,
            "Pull-through cache or mirror is still open after four rounds of review.",
        )
        .closed(OLD, (INFRA, 4391), "Mirror the upstream registries", Ef(OLD, 12), Cf(OLD, -4))
        .planned(SHIPPED, Stage::Alpha, 5)
        .retargeted(
            Cf(SHIPPED, -6),
            SHIPPED,
            CURRENT,
            RetargetReason::ApproverWithdrew,
            "The approver moved to another team; the new one wants to see the eviction numbers first.",
        )
        .planned(CURRENT, Stage::Alpha, 1)
        .merged(CURRENT, (INFRA, 5024), "Pull-through cache in the build cluster", Ago(31), Ago(20))
        .merged(CURRENT, (INFRA, 5047), "Evict by last use, keep providers", Ago(24), Ago(12))
        .merged(CURRENT, (PROVIDERS, 1702), "Pull through the cache where there is one", Ago(18), Ago(8))
        .no_docs_needed(CURRENT, Ago(13), "Nothing changes for users of KubeVirt; the runbook is in the repository.")
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(1)
        .check_in(
            0,
            CheckInOutcome::Done,
            Halves::Both,
            "Third time lucky: 71 % fewer pulls from outside, nothing left.",
        )
}

/// Complete in an older release whose GA row was lost; ready as Beta.
fn release_automation(c: &Calendar) -> Story<'_> {
    cep(c, 4612, "release-automation", "Release job automation for release branches")
        .text(Kind::Release, include_str!("texts/cep-4612.md"))
        .people("yara-demo", &["bruno-demo", "petra-demo"], &["tove-demo"])
        .paper(|paper| paper.boxes = Boxes::Capital)
        .planned(OLD, Stage::Alpha, 1)
        .past_weeks(OLD)
        .merged(OLD, (INFRA, 4340), "Create jobs for a new branch from a template", Ef(OLD, 9), Cf(OLD, -15))
        .docs(OLD, 812, Cf(OLD, -18), Cf(OLD, -6))
        .landed(OLD, Ga(OLD, -1), true)
        .planned(CURRENT, Stage::Beta, 3)
        .merged(CURRENT, (INFRA, 5012), "Retire jobs when a branch ends", Ago(33), Ago(24))
        .merged(CURRENT, (INFRA, 5055), "Dry run against a fork every night", Ago(22), Ago(11))
        .docs(CURRENT, 899, Ago(12), Ago(5))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// Merged for the last release, but not in its branch; ready as Beta.
fn flake_report(c: &Calendar) -> Story<'_> {
    cep(c, 4640, "flake-report-per-sig", "Flake report per SIG")
        .text(Kind::Observe, include_str!("texts/cep-4640.md"))
        .people("rosa-demo", &["wanda-demo"], &["bruno-demo"])
        .planned(SHIPPED, Stage::Alpha, 4)
        .past_weeks(SHIPPED)
        .merged(SHIPPED, (INFRA, 4747), "Attribute each test to its SIG", Cf(SHIPPED, -35), Cf(SHIPPED, -21))
        .merged(SHIPPED, (KUBEVIRT, 17_912), "Label tests that have no SIG", Cf(SHIPPED, -16), Cf(SHIPPED, -1))
        .no_docs_needed(SHIPPED, Cf(SHIPPED, -8), "The report explains itself.")
        .landed(SHIPPED, Ga(SHIPPED, -1), false)
        .planned(CURRENT, Stage::Beta, 6)
        .merged(CURRENT, (INFRA, 5033), "One page per SIG with three tests to look at", Ago(28), Ago(15))
        .merged(CURRENT, (INFRA, 5077), "Weekly mail to the SIG's list", Ago(19), Ago(10))
        .docs(CURRENT, 893, Ago(17), Ago(9))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// Nobody looked whether the last release contains it.
fn junit_artifacts(c: &Calendar) -> Story<'_> {
    cep(c, 4718, "structured-junit", "Structured JUnit artefacts for every e2e lane")
        .text(Kind::Observe, include_str!("texts/cep-4718.md"))
        .people("nils-demo", &["ines-demo", "levi-demo"], &["samir-demo"])
        .planned(SHIPPED, Stage::Alpha, 7)
        .past_weeks(SHIPPED)
        .merged(SHIPPED, (KUBEVIRT, 17_870), "Write one JUnit file per Ginkgo node", Cf(SHIPPED, -28), Cf(SHIPPED, -14))
        .docs(SHIPPED, 855, Cf(SHIPPED, -20), Cf(SHIPPED, -5))
        .planned(CURRENT, Stage::Beta, 8)
        .merged(CURRENT, (KUBEVIRT, 18_233), "Add owner and feature gate to each case", Ago(26), Ago(13))
        .merged(CURRENT, (INFRA, 5040), "Schema check as a presubmit", Ago(23), Ago(16))
        .docs_begun(CURRENT, 901, Ago(10))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(1)
        .check_in(0, CheckInOutcome::OnTrack, Halves::Release, "Code is in, documentation follows until GA.")
}

/// A new lane, handed over on the way.
fn arm64_unit_lane(c: &Calendar) -> Story<'_> {
    cep(c, 4725, "arm64-unit-lane", "Arm64 unit-test lane on native nodes")
        .text(Kind::Lane, include_str!("texts/cep-4725.md"))
        .people("kaya-demo", &["samir-demo"], &["tove-demo"])
        .planned(CURRENT, Stage::Alpha, 9)
        .handed_over(Ago(27), "emil-demo")
        .link("https://github.com/kubevirt/project-infra/issues/4725#issuecomment-demo-2")
        .committed_on(CURRENT, Ago(26))
        .merged(CURRENT, (INFRA, 5050), "Add two native arm64 nodes to the pool", Ago(24), Ago(18))
        .merged(CURRENT, (INFRA, 5072), "Run unit tests on them, optional", Ago(17), Ago(7))
        .docs(CURRENT, 904, Ago(9), Ago(4))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// The long one; removed by mistake once, and undone.
fn build_cache(c: &Calendar) -> Story<'_> {
    cep(c, 4659, "shared-build-cache", "Build cache shared between presubmits")
        .text(Kind::Release, long_text::build_cache())
        .people("amina-demo", &["tove-demo", "bruno-demo"], &["ines-demo", "wanda-demo"])
        .planned(SHIPPED, Stage::Alpha, 1)
        .past_weeks(SHIPPED)
        .merged(SHIPPED, (INFRA, 4768), "Read-only cache for presubmits", Cf(SHIPPED, -33), Cf(SHIPPED, -18))
        .merged(
            SHIPPED,
            (KUBEVIRT, 17_845),
            "Make the build reproducible per target",
            Cf(SHIPPED, -29),
            Cf(SHIPPED, -9),
        )
        .no_docs_needed(SHIPPED, Cf(SHIPPED, -10), "Documented with the job, users see no difference.")
        .landed(SHIPPED, Ga(SHIPPED, -1), true)
        .planned(CURRENT, Stage::Beta, 4)
        .by_sig(Ago(22), Event::Removed { release: CURRENT, reason: "Meant for CEP 4695.".to_owned() })
        .undone()
        .merged(CURRENT, (INFRA, 5019), "Postsubmits write, presubmits read", Ago(30), Ago(19))
        .merged(CURRENT, (INFRA, 5066), "Poisoning guard: verify by sampling", Ago(20), Ago(8))
        .merged(CURRENT, (KUBEVIRT, 18_251), "Pin the toolchain by digest", Ago(18), Ago(10))
        .docs(CURRENT, 890, Ago(16), Ago(11))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(1)
        .check_in(0, CheckInOutcome::Done, Halves::Both, "Median presubmit build is down from 31 to 12 minutes.")
}

/// A single step; issue and document have different titles.
fn alert_routing(c: &Calendar) -> Story<'_> {
    cep(c, 4736, "alert-routing", "Alert routing by SIG for CI monitoring")
        .text(Kind::Observe, include_str!("texts/cep-4736.md"))
        .people("hugo-demo", &["wanda-demo"], &["samir-demo"])
        .paper(|paper| paper.heading = Heading::Plain)
        .issue_called("Route CI alerts to whoever can act")
        .planned(CURRENT, Stage::Single, 11)
        .merged(CURRENT, (INFRA, 5058), "Label alerts by owning SIG", Ago(25), Ago(16))
        .no_docs_needed(CURRENT, Ago(12), "Internal to CI operations.")
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// With a request that is about no freeze.
fn prow_canary(c: &Calendar) -> Story<'_> {
    cep(c, 4698, "prow-canary", "Prow upgrades by pull request, with a canary")
        .text(Kind::Prow, include_str!("texts/cep-4698.md"))
        .people("tariq-demo", &["levi-demo"], &["bruno-demo"])
        .written(&[(Stage::Single, "1.10")])
        .planned(CURRENT, Stage::Single, 10)
        .merged(CURRENT, (INFRA, 5029), "Canary instance for one repository", Ago(30), Ago(23))
        .merged(CURRENT, (INFRA, 5081), "Promote after two quiet days", Ago(15), Ago(7))
        .no_docs_needed(CURRENT, Ago(8), "Operators' runbook only.")
        .asks(Ask {
            release: CURRENT,
            freeze: None,
            sent: Ago(11),
            until: Cf(CURRENT, 20),
            justification: "Prow itself is upgraded during the freeze week; the merge queue stands still for about ten \
                            minutes. Asked because the freeze rules do not say whether that is allowed.",
            impact: "The upgrade waits three weeks, and with it a fix for lost status updates.",
            covers: &["kubevirt/project-infra#5081"],
        })
        .filed(Ago(10))
        .granted(Ago(9), Cf(CURRENT, 20), "On a Tuesday morning, announced a day before.")
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// A process change: nothing to merge.
fn service_accounts(c: &Calendar) -> Story<'_> {
    cep(c, 4744, "service-account-review", "Yearly review of CI service accounts")
        .text(Kind::Release, include_str!("texts/cep-4744.md"))
        .people("lena-demo", &["ines-demo"], &["tove-demo"])
        .paper(|paper| paper.left_out = &["Scalability"])
        .planned(CURRENT, Stage::Single, 12)
        .by_sig(
            Ago(14),
            Event::NothingToMerge {
                release: CURRENT,
                reason: "The review is done by people; the list is kept outside the repository.".to_owned(),
            },
        )
        .no_docs_needed(CURRENT, Ago(14), "Nothing that users see.")
        .quiet_weeks(0)
}

/// Denied in an older release, then planned anew; a further document was forgotten.
fn release_sign_off(c: &Calendar) -> Story<'_> {
    vep(c, "sig-release", 194, "periodic-sign-off", "Release sign-off from periodic lanes")
        .text(Kind::Release, include_str!("texts/vep-194.md"))
        .people("dario-demo", &["alba-demo", "bruno-demo"], &["petra-demo"])
        .planned(OLD, Stage::Alpha, 2)
        .late_weeks(OLD)
        .merged(OLD, (INFRA, 4402), "Collect the last fourteen runs", Ef(OLD, 20), Cf(OLD, 9))
        .docs(OLD, 818, Cf(OLD, -10), Cf(OLD, -2))
        .asks(Ask {
            release: OLD,
            freeze: Some(Freeze::Code),
            sent: Cf(OLD, 2),
            until: Cf(OLD, 14),
            justification: "The collector is reviewed and waits for its node pool.",
            impact: "The first release candidate is signed off by hand once more.",
            covers: &["kubevirt/project-infra#4402"],
        })
        .filed(Cf(OLD, 3))
        .denied(Cf(OLD, 5), "Nothing of it is needed for the release candidate; it can land on main.")
        .further(
            "lanes.md",
            Ef(OLD, -15),
            "# VEP #194: Lanes that count\n\n- This VEP targets alpha for version: v1.8\n\n| lane | runs | limit |\n| --- | --- | \
             --- |\n| e2e-sig-compute | 14 | 13 pass |\n| e2e-sig-network | 14 | 13 pass |\n| e2e-sig-storage | 14 | 12 pass |\n",
        )
        .planned(CURRENT, Stage::Alpha, 1)
        .merged(CURRENT, (INFRA, 5036), "Verdict per lane as a status of the tag", Ago(27), Ago(14))
        .docs(CURRENT, 895, Ago(15), Ago(12))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// Missed the last Enhancement Freeze: nobody had committed.
fn image_pre_pull(c: &Calendar) -> Story<'_> {
    vep(c, "sig-compute", 231, "image-pre-pull", "Node image pre-pull for e2e providers")
        .text(Kind::Provider, include_str!("texts/vep-231.md"))
        .people("suki-demo", &["noor-demo"], &["bram-demo"])
        .paper(|paper| paper.unfilled = &["API Examples"])
        .proposed(SHIPPED, Stage::Alpha)
        .accepted(SHIPPED, 6)
        .signed_off(SHIPPED, &["sig-network", "sig-storage"])
        .planned(CURRENT, Stage::Alpha, 2)
        .merged(CURRENT, (PROVIDERS, 1689), "Pre-pull the images of the next suite", Ago(29), Ago(21))
        .merged(CURRENT, (KUBEVIRT, 18_204), "List the images a suite needs", Ago(28), Ago(18))
        .docs_begun(CURRENT, 888, Ago(20))
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// Late for the Enhancement Freeze, done under an exception.
fn nested_check(c: &Calendar) -> Story<'_> {
    cep(c, 4663, "nested-virtualisation-check", "Nested virtualisation check before a lane starts")
        .text(Kind::Provider, include_str!("texts/cep-4663.md"))
        .people("viktor-demo", &[], &[])
        .people_lines(&["- Owner: @viktor-demo", "- Reviewers: TBD", "- Approvers: TBD"])
        .proposed(CURRENT, Stage::Alpha)
        .accepted(CURRENT, 13)
        .committed(CURRENT)
        .asks(Ask {
            release: CURRENT,
            freeze: Some(Freeze::Enhancement),
            sent: Ef(CURRENT, -2),
            until: Ef(CURRENT, 12),
            justification: "Both reviewers that were asked are on leave until after the freeze.",
            impact: "Lanes go on failing after forty minutes on nodes without nested virtualisation.",
            covers: &["kubevirt/project-infra#4664"],
        })
        .filed(Ef(CURRENT, -1))
        .granted(Ef(CURRENT, 0), Ef(CURRENT, 12), "Small, self-contained, and reviewers are promised.")
        .assigned(Ef(CURRENT, 6), &["samir-demo"], &["wanda-demo"])
        .merged(CURRENT, (PROVIDERS, 1711), "Refuse to start without nested virtualisation", Ago(20), Ago(12))
        .no_docs_needed(CURRENT, Ago(12), "The message says what to do.")
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}

/// With a waived requirement.
fn ipv6_lane(c: &Calendar) -> Story<'_> {
    vep(c, "sig-network", 205, "ipv6-single-stack", "IPv6 single-stack lane becomes voting")
        .text(Kind::Lane, include_str!("texts/vep-205.md"))
        .people("mira-demo", &["priya-demo"], &["elio-demo"])
        .paper(|paper| paper.struck = &[Stage::Alpha])
        .proposed(CURRENT, Stage::Beta)
        .accepted(CURRENT, 1)
        .committed(CURRENT)
        .signed_off(CURRENT, &["sig-compute"])
        .waived(CURRENT, Rule::SignOff, Ef(CURRENT, -2), "The lane runs no storage tests, SIG Storage abstains.")
        .link("https://groups.google.com/g/kubevirt-dev/c/demo-vep-205")
        .merged(CURRENT, (INFRA, 5044), "Make the lane voting on main", Ago(23), Ago(14))
        .merged(CURRENT, (KUBEVIRT, 18_190), "Fix the last two tests that assume IPv4", Ago(32), Ago(25))
        .docs(CURRENT, 886, Ago(22), Ago(19))
        .bug(
            (KUBEVIRT, 18_260),
            "Probe over IPv6 times out on slow nodes",
            Ago(13),
            false,
            &["kind/bug", "sig/network"],
        )
        .landed(CURRENT, Ago(2), true)
        .quiet_weeks(0)
}
