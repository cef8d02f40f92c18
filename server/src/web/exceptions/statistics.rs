//! What requests add up to, per release, freeze and SIG.

use app::features::exceptions::{
    ExceptionQuery, Kind,
    port::{StatRow, StatisticsView},
};
use app::query::ReleaseChoice;
use domain::{ReleaseVersion, exception::Statistics};

use super::found::Found;

/// All of it.
pub fn view(found: &[Found]) -> StatisticsView {
    let counted = || found.iter().map(|found| &found.counted);
    let row = |name: String, query: ExceptionQuery, counts| StatRow { name, href: query.href(), counts };
    let mut releases: Vec<_> = Statistics::by(counted(), |counted| counted.release)
        .into_iter()
        .map(|(release, counts)| row(release.to_string(), of_release(release), counts))
        .collect();
    releases.reverse();
    let freezes = Statistics::by(counted(), |counted| Kind::of(counted.freeze)).into_iter().map(|(kind, counts)| {
        let name = kind.freeze().map_or_else(|| "other".to_owned(), |freeze| freeze.name().to_owned());
        row(name, ExceptionQuery { freeze: Some(kind), ..ExceptionQuery::default() }, counts)
    });
    let sigs = Statistics::by(counted(), |counted| counted.sig.clone())
        .into_iter()
        .map(|(sig, counts)| row(sig.clone(), ExceptionQuery { sig: Some(sig), ..ExceptionQuery::default() }, counts));
    StatisticsView { all: Statistics::of(counted()), freezes: freezes.collect(), sigs: sigs.collect(), releases }
}

/// The requests of one release.
pub fn so_far(found: &[Found], release: ReleaseVersion) -> Statistics {
    Statistics::of(found.iter().map(|found| &found.counted).filter(|counted| counted.release == release))
}

fn of_release(release: ReleaseVersion) -> ExceptionQuery {
    ExceptionQuery { release: Some(ReleaseChoice::Version(release)), ..ExceptionQuery::default() }
}
