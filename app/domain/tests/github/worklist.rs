//! The work list: what is to be reviewed, in which order, and by whom (R002-3, R002-20).

use domain::{
    ClockRules, Event, Freeze, ProposalKey, Pull, PullKind, PullState, REVIEW_LAG_DAYS, Votes, WorkItem, Workload,
    load, work_list,
};

use crate::support::*;

fn review(number: u32, since: i64, on_: &[&str]) -> Pull {
    let Event::PullObserved(pull) = in_review(number, since) else { unreachable!() };
    Pull { waiting_on: on_.iter().map(|login| (*login).to_owned()).collect(), ..pull }
}

fn list(proposals: &[(u32, World, Vec<Pull>)], day: i64) -> Vec<WorkItem> {
    let verdicts: Vec<_> = proposals.iter().map(|(_, world, _)| world.verdict(on(day))).collect();
    let workloads: Vec<_> = proposals
        .iter()
        .zip(&verdicts)
        .map(|((number, _, pulls), verdict)| Workload {
            proposal: ProposalKey { source: "cep".to_owned(), number: *number },
            title: "Lanes",
            verdict,
            pulls: pulls.iter().collect(),
        })
        .collect();
    work_list(&workloads, &ClockRules::default(), REVIEW_LAG_DAYS)
}

fn numbers(items: &[WorkItem]) -> Vec<u32> {
    items.iter().map(|item| item.pull.number).collect()
}

fn ranked(rank: Option<u32>) -> World {
    World::ready().then(11, Event::Ranked { release: V, rank })
}

#[test]
fn it_holds_exactly_the_open_pull_requests_of_the_tracked() {
    let pulls = vec![
        review(1, 110, &["bob"]),
        pull(2, PullKind::Docs, PullState::Open),
        pull(3, PullKind::Implementation, PullState::Merged),
        pull(4, PullKind::Unrelated, PullState::Open),
        Pull { release: NEXT, ..review(5, 110, &[]) },
    ];
    let untracked = World::ready().then(12, moved(V, NEXT));
    let items = list(&[(10, World::ready(), pulls), (11, untracked, vec![review(6, 110, &["bob"])])], 120);
    assert_eq!(numbers(&items), [1, 2]);
}

#[test]
fn it_is_ordered_by_rank_then_freeze_then_wait() {
    let excused = ranked(Some(2)).then(145, asked(1, Freeze::Code)).then(146, granted(1, CF + 6));
    let proposals = [
        (10, ranked(None), vec![review(1, 101, &[])]),
        (11, excused, vec![review(2, 101, &[])]),
        (12, ranked(Some(2)), vec![pull(4, PullKind::Docs, PullState::Open), review(5, 120, &[]), review(3, 110, &[])]),
        (13, ranked(Some(1)), vec![review(6, 140, &[])]),
    ];
    assert_eq!(numbers(&list(&proposals, 148)), [6, 3, 5, 4, 2, 1]);
}

#[test]
fn an_item_says_what_is_needed_to_act() {
    let held = ["lgtm", "do-not-merge/hold"].map(str::to_owned).to_vec();
    let pulls = vec![Pull { labels: held, ..review(1, 110, &["bob"]) }, review(2, 113, &["bob"])];
    let items = list(&[(10, World::ready(), pulls)], 120);
    let [first, second] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(first.votes, Votes { lgtm: true, approved: false, held: true });
    assert_eq!((first.lags, first.days_in_review), (true, Some(10)));
    assert_eq!((second.lags, second.days_in_review), (false, Some(7)), "seven days are not more than seven");
    assert_eq!((first.freeze, first.deadline, first.frozen), (Some(Freeze::Code), Some(on(CF)), false));
    assert_eq!((first.pull.author.as_str(), first.rank), ("ada", Some(1)));
    let late = list(&[(10, World::ready(), vec![review(1, 110, &["bob"])])], CF + 1);
    assert_eq!((late[0].freeze, late[0].frozen), (Some(Freeze::Code), true));
}

#[test]
fn what_waits_on_its_author_neither_lags_nor_loads_anybody() {
    let owed = Pull { waiting_on_review: false, ..review(1, 101, &["ada"]) };
    let items = list(&[(10, World::ready(), vec![owed])], 140);
    assert_eq!((items[0].lags, items[0].days_in_review), (false, None));
    assert_eq!(load(&items), []);
}

#[test]
fn the_load_counts_what_waits_on_each_reviewer() {
    let pulls =
        vec![review(1, 101, &["bob", "cyd"]), review(2, 119, &["Bob"]), review(3, 119, &["eve"]), review(4, 118, &[])];
    let load = load(&list(&[(10, World::ready(), pulls)], 120));
    let told: Vec<_> = load.iter().map(|l| (l.login.as_str(), l.waiting, l.lagging, l.oldest)).collect();
    assert_eq!(told, [("bob", 2, 1, Some(on(101))), ("cyd", 1, 1, Some(on(101))), ("eve", 1, 0, Some(on(119))),]);
}
