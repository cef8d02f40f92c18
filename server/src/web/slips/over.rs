//! What became of the plans of all releases.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use app::features::slips::port::{Counts, Often, PostOver, ReleaseCounts, SigOver, SlipsView};
use domain::{
    Freeze,
    slip::{Move, PostMove, Stay, median_days},
};

use super::{
    Life, in_release, lives, move_view,
    release::{per_sig, posts, total},
};
use crate::{
    verdicts::{Moment, World},
    web::{exceptions::found, views},
};

/// Everything on the page.
pub fn over(world: &World, moment: Moment) -> SlipsView {
    let Some(calendar) = world.main_calendar() else {
        return SlipsView { releases: Vec::new(), sigs: Vec::new(), often: Vec::new(), posts: Vec::new() };
    };
    let lives = lives(world, &calendar.id, moment);
    let requests = found::all(world, moment);
    let current = world.current(moment.instant());
    let mut releases = Vec::new();
    let mut by_release: Vec<BTreeMap<String, Counts>> = Vec::new();
    for release in world.main_releases().rev() {
        let (parts, _) = in_release(world, release, &lives, moment);
        let sigs = per_sig(&parts, &requests, release);
        if sigs.is_empty() && release.versions.is_empty() {
            continue;
        }
        releases.push(ReleaseCounts {
            release: release.version,
            current: current == Some(release.version),
            counts: total(sigs.values()),
            posts: posts(release, moment),
        });
        by_release.push(sigs);
    }
    let posts = post_over(&releases);
    SlipsView { releases, sigs: per_sig_over(&by_release), often: often(world, &lives, moment), posts }
}

fn per_sig_over(by_release: &[BTreeMap<String, Counts>]) -> Vec<SigOver> {
    let names: BTreeSet<&String> = by_release.iter().flat_map(BTreeMap::keys).collect();
    let of = |name: &String| {
        let releases: Vec<_> = by_release.iter().map(|sigs| sigs.get(name).copied().unwrap_or_default()).collect();
        SigOver { sig: name.clone(), total: total(releases.iter()), releases }
    };
    names.into_iter().map(of).collect()
}

/// Proposals that slipped or stay long in a stage; the most slips first, then by key.
fn often(world: &World, lives: &[Life<'_>], moment: Moment) -> Vec<Often> {
    let mut often: Vec<_> = lives
        .iter()
        .map(|life| Often {
            proposal: views::link(life.record),
            sig: life.sig().to_owned(),
            slips: u32::try_from(life.moves.iter().filter(|told| Move::is_slip(told)).count()).unwrap_or(u32::MAX),
            moves: life.moves.iter().map(move_view).collect(),
            stays: life.stays(world, moment).iter().map(Stay::sentence).collect(),
        })
        .filter(|often| often.slips > 0 || !often.stays.is_empty())
        .collect();
    often.sort_by_key(|often| Reverse(often.slips));
    often
}

/// How far freezes and GA moved, by post.
fn post_over(releases: &[ReleaseCounts]) -> Vec<PostOver> {
    let of = |freeze: Option<Freeze>| {
        let all: Vec<PostMove> =
            releases.iter().flat_map(|release| &release.posts).filter(|post| post.freeze == freeze).copied().collect();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Some(PostOver {
            name: all.first()?.name().to_owned(),
            dated: count(all.len()),
            moved: count(all.iter().filter(|post| post.days() != Some(0)).count()),
            median: median_days(all.iter().copied()),
        })
    };
    [Some(Freeze::Enhancement), Some(Freeze::Code), None].into_iter().filter_map(of).collect()
}
