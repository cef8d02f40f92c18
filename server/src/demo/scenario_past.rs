//! Proposals that matter only for releases that are out.

use domain::Stage;

use super::{
    calendar::{
        Calendar, OLD, SHIPPED,
        When::{Cf, Ef, Ga},
    },
    phrases::Kind,
    story::{Story, cep},
    story_facts::INFRA,
};

/// All of them.
pub fn stories(c: &Calendar) -> Vec<Story<'_>> {
    vec![stale_images(c), selinux_denials(c)]
}

/// Late in an older release, and nobody asked; shipped with the last one.
fn stale_images(c: &Calendar) -> Story<'_> {
    cep(c, 4588, "stale-images", "Periodic clean-up of stale images")
        .text(Kind::Release, include_str!("texts/cep-4588.md"))
        .people("lena-demo", &["samir-demo"], &["bruno-demo"])
        .planned(OLD, Stage::Alpha, 5)
        .late_weeks(OLD)
        .merged(OLD, (INFRA, 4410), "Find images that nothing refers to", Ef(OLD, 25), Cf(OLD, 12))
        .no_docs_needed(OLD, Cf(OLD, -5), "Nothing that users see.")
        .planned(SHIPPED, Stage::Beta, 6)
        .past_weeks(SHIPPED)
        .merged(SHIPPED, (INFRA, 4733), "Delete them after a notice of a week", Cf(SHIPPED, -31), Cf(SHIPPED, -20))
        .no_docs_needed(SHIPPED, Cf(SHIPPED, -9), "Nothing that users see.")
        .landed(SHIPPED, Ga(SHIPPED, -1), true)
        .revised(Ga(SHIPPED, 6))
}

/// Its tracking issue was never read, so nobody can tell.
fn selinux_denials(c: &Calendar) -> Story<'_> {
    cep(c, 4599, "selinux-denials", "SELinux denials as a result of a lane")
        .text(Kind::Observe, include_str!("texts/cep-4599.md"))
        .people("hugo-demo", &["levi-demo"], &["tove-demo"])
        .issue_unread()
        .planned(SHIPPED, Stage::Alpha, 12)
        .merged(SHIPPED, (INFRA, 4751), "Collect denials after each run", Cf(SHIPPED, -26), Cf(SHIPPED, -13))
        .docs(SHIPPED, 851, Cf(SHIPPED, -22), Cf(SHIPPED, -16))
}
