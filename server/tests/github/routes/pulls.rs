//! Pull requests, their reviews, files and commits.

use super::{
    super::{
        ask::Reply,
        page::page,
        shape::{Shape, commit, pull},
        world::World,
    },
    About, address, issues,
};

/// Answers below `/pulls`.
pub fn answer(world: &World, about: &About, rest: &[&str]) -> Reply {
    let shape = Shape::new(world, about.repository);
    let ask = about.ask;
    let [number, rest @ ..] = rest else { return list(&shape, about) };
    let found = number.parse().ok().and_then(|number| shape.repository.issues.get(&number));
    let Some((of, pull)) = found.and_then(|of| of.pull.as_ref().map(|pull| (of, pull))) else {
        return Reply::not_found();
    };
    let list = |what: &str| address(&shape, &format!("pulls/{number}/{what}"));
    match rest {
        [] => Reply::ok(pull::whole(&shape, of)),
        ["reviews"] => page(ask, &list("reviews"), &pull.reviews, |review| pull::review(&shape, of, review)),
        ["files"] => page(ask, &list("files"), &pull::changes(&shape, pull), |change| pull::file(&shape, pull, change)),
        ["commits"] => {
            page(ask, &list("commits"), &pull.commits, |sha| commit::commit(&shape, &shape.repository.git.commits[sha]))
        }
        _ => Reply::not_found(),
    }
}

fn list(shape: &Shape, about: &About) -> Reply {
    let ask = about.ask;
    let branches = |of: &super::super::world::Pull| {
        let base = ask.parameter("base").is_none_or(|base| of.base == base);
        let head = format!("{}:{}", of.head_owner.as_deref().unwrap_or(""), of.head);
        base && ask.parameter("head").is_none_or(|wanted| wanted == head || wanted == of.head)
    };
    let issues = shape.repository.issues.values();
    let mut rows: Vec<_> =
        issues.filter(|of| of.pull.as_ref().is_some_and(branches) && issues::in_state(ask, of)).collect();
    issues::sort(ask, &mut rows);
    page(ask, &address(shape, "pulls"), &rows, |of| pull::simple(shape, of))
}
