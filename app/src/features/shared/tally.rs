//! What a total of a release counts, in the same words on every page, each number with the list it counts.

use domain::{ReleaseDates, ReleaseVersion};
use leptos::prelude::*;

use crate::{
    features::frame::Context,
    query::{ListQuery, ReleaseChoice},
};

/// How many proposals of a release are tracked, which is accepted and not ended, of how many that name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The release.
    pub release: ReleaseVersion,
    /// Those that it tracks.
    pub tracked: usize,
    /// Those that name it, by themselves or by a decision.
    pub named: usize,
}

impl Tally {
    /// "29 tracked of 40 that name v1.10".
    pub fn words(&self) -> String {
        let Self { release, tracked, named } = self;
        format!("{tracked} tracked of {named} that {} {release}", self.verb())
    }

    /// The same with a link to each list; what is tracked is listed for its check-in, until the release is out.
    pub fn draw(&self, dates: &ReleaseDates, context: &Context) -> AnyView {
        let Self { release, tracked, .. } = *self;
        let tracked = format!("{tracked} tracked");
        let tracked = if dates.released(context.now()) {
            tracked.into_any()
        } else {
            let href = context.href(&format!("/check-ins/{release}/now"));
            view! { <a class="link" href=href>{tracked}</a> }.into_any()
        };
        view! { {tracked}" of "{self.list(context)} }.into_any()
    }

    /// "40 that name v1.10", with their list.
    fn list(&self, context: &Context) -> AnyView {
        let release = Some(ReleaseChoice::Version(self.release));
        let href = ListQuery { release, at: context.at, ..ListQuery::default() }.href();
        view! { <a class="link" href=href>{format!("{} that {} {}", self.named, self.verb(), self.release)}</a> }
            .into_any()
    }

    /// The same as [`Self::draw`] on the list of what is tracked.
    pub fn on_list(&self, context: &Context) -> AnyView {
        view! { {format!("{} tracked of ", self.tracked)}{self.list(context)} }.into_any()
    }

    const fn verb(&self) -> &'static str {
        if self.named == 1 { "names" } else { "name" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_says_what_it_counts() {
        let tally = |tracked, named| Tally { release: ReleaseVersion::new(1, 10), tracked, named }.words();
        assert_eq!(tally(29, 40), "29 tracked of 40 that name v1.10");
        assert_eq!(tally(0, 1), "0 tracked of 1 that names v1.10");
    }
}
