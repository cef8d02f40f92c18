//! Proposals for releases to come.

use domain::Stage;

use super::{
    calendar::{
        AHEAD, Calendar, NEXT,
        When::{Ago, In},
    },
    phrases::Kind,
    story::{Story, cep, vep},
    story_exceptions::Ask,
};

/// All of them.
pub fn stories(c: &Calendar) -> Vec<Story<'_>> {
    vec![
        gitops_secrets(c),
        hardware_inventory(c),
        performance_baseline(c),
        test_impact(c),
        riscv_lane(c),
        job_catalogue(c),
    ]
}

/// Everything is there two months before the freeze.
fn gitops_secrets(c: &Calendar) -> Story<'_> {
    cep(c, 5113, "gitops-secrets", "GitOps for CI secrets")
        .text(Kind::Prow, include_str!("texts/cep-5113.md"))
        .people("tariq-demo", &["ines-demo", "levi-demo"], &["samir-demo"])
        .planned(NEXT, Stage::Alpha, 1)
}

/// Accepted, but without commitment and approver.
fn hardware_inventory(c: &Calendar) -> Story<'_> {
    cep(c, 5135, "hardware-inventory", "Hardware inventory as code")
        .text(Kind::Provider, include_str!("texts/cep-5135.md"))
        .people("freya-demo", &["tove-demo"], &[])
        .people_lines(&["- Owner: @freya-demo", "- Reviewers: @tove-demo", "- Approvers: TBD"])
        .proposed(NEXT, Stage::Alpha)
        .accepted(NEXT, 2)
}

/// Its issue has not been read yet.
fn performance_baseline(c: &Calendar) -> Story<'_> {
    vep(c, "sig-compute", 302, "performance-baseline", "Nightly performance baseline")
        .text(Kind::Observe, include_str!("texts/vep-302.md"))
        .people("suki-demo", &["bram-demo"], &["noor-demo"])
        .issue_unread()
        .planned(NEXT, Stage::Alpha, 1)
}

/// Proposed; asks beforehand for more time.
fn test_impact(c: &Calendar) -> Story<'_> {
    cep(c, 5124, "test-impact", "Choose tests by what a change touches")
        .text(Kind::Prow, include_str!("texts/cep-5124.md"))
        .people("chidi-demo", &["bruno-demo"], &["wanda-demo"])
        .written(&[(Stage::Beta, "TBD")])
        .proposed_on(NEXT, Stage::Alpha, Ago(13))
        .asks(Ask {
            release: NEXT,
            freeze: None,
            sent: Ago(7),
            until: In(60),
            justification: "Asks whether lanes may be skipped at all while a release branch is cut.",
            impact: "The design has to assume the worst.",
            covers: &[],
        })
        .filed(Ago(6))
        .took_back(Ago(4))
}

/// Accepted for a release that has no dates yet.
fn riscv_lane(c: &Calendar) -> Story<'_> {
    cep(c, 5128, "riscv-build-lane", "RISC-V build lane")
        .text(Kind::Lane, include_str!("texts/cep-5128.md"))
        .people("emil-demo", &["samir-demo"], &["tove-demo"])
        .proposed_on(AHEAD, Stage::Alpha, Ago(16))
        .accepted_on(AHEAD, None, Ago(8))
}

/// Proposed for a release that has no dates yet.
fn job_catalogue(c: &Calendar) -> Story<'_> {
    cep(c, 5143, "job-catalogue", "Catalogue of jobs and who answers for them")
        .text(Kind::Observe, include_str!("texts/cep-5143.md"))
        .people("rosa-demo", &["wanda-demo"], &["ines-demo"])
        .proposed_on(AHEAD, Stage::Single, Ago(10))
}
