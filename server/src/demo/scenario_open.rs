//! Proposals that are not ready for the Code Freeze, or of which nobody can tell.

use domain::{CheckInOutcome, RetargetReason, Stage};

use super::{
    calendar::{
        CURRENT, Calendar, OLD, SHIPPED,
        When::{Ago, Cf, Ef},
    },
    documents::{Boxes, Heading},
    phrases::Kind,
    story::{Story, cep, vep},
    story_decisions::Halves,
    story_facts::{CDI, INFRA, KUBEVIRT, PROVIDERS, Waits},
};

/// All of them.
pub fn stories(c: &Calendar) -> Vec<Story<'_>> {
    vec![
        job_linting(c),
        s390x_platform(c),
        network_isolation(c),
        gpu_lane(c),
        stream10_providers(c),
        migration_soak(c),
        quarantine_expiry(c),
        csi_matrix(c),
        provenance(c),
    ]
}

/// Two pull requests left, one of which lags.
fn job_linting(c: &Calendar) -> Story<'_> {
    cep(c, 4702, "job-config-linting", "Prow job config linting in presubmit")
        .text(Kind::Prow, include_str!("texts/cep-4702.md"))
        .people("chidi-demo", &["bruno-demo", "wanda-demo"], &["ines-demo"])
        .issue_says(Stage::Beta, SHIPPED)
        .planned(SHIPPED, Stage::Beta, 8)
        .late_weeks(SHIPPED)
        .retargeted(
            Cf(SHIPPED, -7),
            SHIPPED,
            CURRENT,
            RetargetReason::NoConvergence,
            "Rules and exceptions to them are still argued about; better late than ignored.",
        )
        .planned(CURRENT, Stage::Beta, 5)
        .merged(CURRENT, (INFRA, 5098), "Walk the job configuration once", Ago(33), Ago(26))
        .merged(CURRENT, (INFRA, 5104), "Report findings as a check", Ago(27), Ago(20))
        .merged(CURRENT, (INFRA, 5111), "Example of a correct job per rule", Ago(24), Ago(15))
        .merged(CURRENT, (INFRA, 5118), "Parser with line numbers", Ago(20), Ago(4))
        .open(CURRENT, (INFRA, 5120), "Lint changed jobs", Ago(16), Waits::Review("bruno-demo", Ago(9)))
        .open(CURRENT, (INFRA, 5133), "Rule catalogue", Ago(6), Waits::Author(Ago(2)))
        .docs(CURRENT, 902, Ago(15), Ago(6))
        .quiet_weeks(2)
        .check_in(1, CheckInOutcome::OnTrack, Halves::Both, "Reviews promised by Thursday.")
        .check_in(
            0,
            CheckInOutcome::AtRisk,
            Halves::Release,
            "Review of #5120 promised by Wednesday, else an exception.",
        )
}

/// Two of five pull requests open, one needs a rebase.
fn s390x_platform(c: &Calendar) -> Story<'_> {
    vep(c, "sig-storage", 146, "s390x-cdi-e2e", "s390x end-to-end platform for CDI")
        .text(Kind::Lane, include_str!("texts/vep-146.md"))
        .people("nils-demo", &["marek-demo"], &["gwen-demo"])
        .written(&[(Stage::Beta, "TBD (after two releases without a red week)"), (Stage::Ga, "N/A")])
        .planned(CURRENT, Stage::Alpha, 1)
        .merged(CURRENT, (CDI, 4420), "Build the importer for s390x", Ago(33), Ago(27))
        .merged(CURRENT, (CDI, 4437), "Test images for s390x", Ago(28), Ago(19))
        .merged(CURRENT, (PROVIDERS, 1695), "Provider on a single s390x node", Ago(25), Ago(12))
        .open(CURRENT, (CDI, 4491), "Skip what needs nested virtualisation", Ago(14), Waits::Author(Ago(4)))
        .open(CURRENT, (INFRA, 5101), "Nightly lane on s390x", Ago(10), Waits::Review("samir-demo", Ago(3)))
        .docs_begun(CURRENT, 896, Ago(18))
        .quiet_weeks(1)
        .check_in(0, CheckInOutcome::OnTrack, Halves::Both, "Rebase today, the lane itself is ready to merge after it.")
}

/// Code is in, documentation is not; the box disagrees with the target.
fn network_isolation(c: &Calendar) -> Story<'_> {
    cep(c, 4681, "network-isolation", "Network isolation of CI workloads")
        .text(Kind::Prow, include_str!("texts/cep-4681.md"))
        .people("priska-demo", &["levi-demo"], &["samir-demo"])
        .paper(|paper| paper.boxes = Boxes::Empty)
        .planned(CURRENT, Stage::Alpha, 14)
        .merged(CURRENT, (INFRA, 5031), "Default-deny policies for test namespaces", Ago(29), Ago(16))
        .merged(CURRENT, (INFRA, 5069), "Allow list per job", Ago(21), Ago(5))
        .quiet_weeks(1)
        .check_in(
            0,
            CheckInOutcome::OnTrack,
            Halves::Both,
            "Only the documentation is missing, the owner writes it this week.",
        )
}

/// A blocking bug.
fn gpu_lane(c: &Calendar) -> Story<'_> {
    cep(c, 4749, "gpu-passthrough-lane", "GPU passthrough lane")
        .text(Kind::Lane, include_str!("texts/cep-4749.md"))
        .people("kaya-demo", &["tove-demo"], &["wanda-demo"])
        .proposed(SHIPPED, Stage::Alpha)
        .planned(CURRENT, Stage::Alpha, 15)
        .merged(CURRENT, (PROVIDERS, 1699), "Bind the card to vfio before the cluster starts", Ago(26), Ago(14))
        .merged(CURRENT, (INFRA, 5074), "Optional lane on the GPU node", Ago(19), Ago(9))
        .docs(CURRENT, 903, Ago(13), Ago(7))
        .bug(
            (KUBEVIRT, 18_277),
            "GPU is not released when the launcher is killed",
            Ago(6),
            true,
            &["kind/bug", "priority/critical-urgent"],
        )
        .quiet_weeks(1)
        .check_in(
            0,
            CheckInOutcome::AtRisk,
            Halves::Both,
            "The bug blocks every second run; a fix is in review at SIG Compute.",
        )
}

/// Missed the last Code Freeze; blocked this time.
fn stream10_providers(c: &Calendar) -> Story<'_> {
    cep(c, 4708, "stream10-providers", "kubevirtci providers from CentOS Stream 10")
        .text(Kind::Provider, include_str!("texts/cep-4708.md"))
        .people("emil-demo", &["tove-demo", "samir-demo"], &["bruno-demo"])
        .planned(SHIPPED, Stage::Alpha, 9)
        .late_weeks(SHIPPED)
        .merged(SHIPPED, (PROVIDERS, 1640), "Base image from Stream 10", Cf(SHIPPED, -25), Cf(SHIPPED, 8))
        .docs(SHIPPED, 858, Cf(SHIPPED, -15), Cf(SHIPPED, -9))
        .planned(CURRENT, Stage::Beta, 7)
        .merged(CURRENT, (PROVIDERS, 1690), "Second provider on Stream 10", Ago(30), Ago(22))
        .open(CURRENT, (PROVIDERS, 1707), "Move the default provider", Ago(21), Waits::Author(Ago(11)))
        .open(CURRENT, (PROVIDERS, 1713), "Drop the Stream 9 kickstart", Ago(12), Waits::Nobody)
        .open(CURRENT, (INFRA, 5092), "Move lanes to the new default", Ago(12), Waits::Review("samir-demo", Ago(5)))
        .docs_begun(CURRENT, 892, Ago(19))
        .quiet_weeks(2)
        .check_in(
            1,
            CheckInOutcome::AtRisk,
            Halves::Both,
            "The new kernel breaks nested SEV; waiting for an upstream answer.",
        )
        .check_in(0, CheckInOutcome::Blocked, Halves::Both, "No answer yet. Without it the default cannot move.")
}

/// The author owes changes.
fn migration_soak(c: &Calendar) -> Story<'_> {
    vep(c, "sig-compute", 259, "migration-soak", "Live-migration soak lane")
        .text(Kind::Lane, include_str!("texts/vep-259.md"))
        .people("suki-demo", &["noor-demo", "bram-demo"], &["bram-demo"])
        .paper(|paper| paper.heading = Heading::Number(257))
        .planned(CURRENT, Stage::Alpha, 3)
        .merged(CURRENT, (KUBEVIRT, 18_215), "Migrate in a loop and count", Ago(27), Ago(13))
        .open(CURRENT, (INFRA, 5096), "Run it on Saturdays", Ago(13), Waits::Author(Ago(6)))
        .docs(CURRENT, 900, Ago(12), Ago(8))
        .quiet_weeks(0)
}

/// Nobody knows of any pull request, in the last release or in this one.
fn quarantine_expiry(c: &Calendar) -> Story<'_> {
    cep(c, 4720, "quarantine-expiry", "Quarantine with an expiry date")
        .text(Kind::Observe, include_str!("texts/cep-4720.md"))
        .people("rosa-demo", &["wanda-demo"], &["ines-demo"])
        .unread()
        .planned(SHIPPED, Stage::Alpha, 10)
        .planned(CURRENT, Stage::Beta, 16)
        .check_in(3, CheckInOutcome::OnTrack, Halves::Release, "Work has begun, pull requests to follow.")
        .check_in(1, CheckInOutcome::OnTrack, Halves::Approver, "Seen a draft on a branch.")
}

/// Its repositories could not be read; an older release was never judged.
fn csi_matrix(c: &Calendar) -> Story<'_> {
    vep(c, "sig-storage", 268, "csi-lane-matrix", "Storage lane matrix by CSI capability")
        .text(Kind::Lane, include_str!("texts/vep-268.md"))
        .people("otto-demo", &["gwen-demo"], &["marek-demo"])
        .paper(|paper| paper.heading = Heading::Zeros)
        .unread()
        .planned(OLD, Stage::Alpha, 4)
        .planned(CURRENT, Stage::Beta, 2)
        .merged(CURRENT, (KUBEVIRT, 18_241), "Select tests by capability", Ago(22), Ago(10))
        .quiet_weeks(1)
}

/// Its tracking issue could not be read before the freeze, nor since.
fn provenance(c: &Calendar) -> Story<'_> {
    cep(c, 4753, "signed-provenance", "Signed provenance for images built by CI")
        .text(Kind::Release, include_str!("texts/cep-4753.md"))
        .people("amina-demo", &["levi-demo", "petra-demo"], &["ines-demo"])
        .issue_unread()
        .planned(CURRENT, Stage::Alpha, 17)
        .merged(CURRENT, (INFRA, 5053), "Sign with a short-lived key", Ago(24), Ago(17))
        .open(CURRENT, (INFRA, 5087), "Verify before promotion", Ago(13), Waits::Review("levi-demo", Ago(4)))
        .docs_begun(CURRENT, 894, Ago(16))
        .check_in(2, CheckInOutcome::OnTrack, Halves::Both, "Signing works, verification is in review.")
        .check_in(0, CheckInOutcome::OnTrack, Halves::Approver, "Reviewing today.")
        .revised(Ef(CURRENT, 16))
}
