//! Which pull request belongs to which proposal, as what, and in which release.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    Belonging, Claimant, Classified, Ground, LinkedPull, Mention, MentionForm, Placement, ProposalKey, PullKey,
    PullKind, PullState, ReleaseDates, ReleaseVersion, Stage, Submission, place, place_all,
};
use proptest::{prelude::*, sample::select};

use crate::support::{CF, GA, NEXT, V, cycle, on};

const ENHANCEMENTS: &str = "kubevirt/enhancements";
const KUBEVIRT: &str = "kubevirt/kubevirt";
const DOCS: &str = "kubevirt/user-guide";
const V1_9: ReleaseVersion = ReleaseVersion::new(1, 9);

/// Everything that a ground borrows.
#[derive(Debug, Clone, Default)]
struct Place {
    claimants: Vec<Claimant>,
    redirects: BTreeMap<ProposalKey, u32>,
    classified: Vec<Classified>,
    releases: Vec<(ReleaseVersion, ReleaseDates)>,
}

impl Place {
    fn with<T>(&self, then: impl FnOnce(&Ground<'_>) -> T) -> T {
        then(&Ground {
            claimants: &self.claimants,
            redirects: &self.redirects,
            classified: &self.classified,
            releases: &self.releases,
            current: Some(V),
            docs_repositories: &[DOCS.to_owned()],
            bug_labels: &["kind/bug".to_owned()],
        })
    }

    fn of(claimants: Vec<Claimant>) -> Self {
        let before = ReleaseDates { code_freeze: Some(on(0)), ..ReleaseDates::default() };
        let releases = vec![(NEXT, ReleaseDates::default()), (V, cycle()), (V1_9, before)];
        Self { claimants, releases, ..Self::default() }
    }

    fn place(&self, pull: &Submission) -> Placement {
        self.with(|ground| place(pull, ground, None))
    }
}

fn vep(number: u32) -> ProposalKey {
    ProposalKey { source: "vep".to_owned(), number }
}

fn claimant(number: u32) -> Claimant {
    Claimant {
        key: vep(number),
        noun: "VEP".to_owned(),
        repository: ENHANCEMENTS.to_owned(),
        directory: Some(format!("veps/sig-compute/{number}-thing")),
        links: Vec::new(),
        targets: vec![(Stage::Alpha, V1_9), (Stage::Beta, V)],
    }
}

fn linking(number: u32, links: Vec<LinkedPull>) -> Claimant {
    Claimant { links, ..claimant(number) }
}

fn link(repository: &str, number: u32, kind: Option<PullKind>, stage: Option<Stage>) -> LinkedPull {
    LinkedPull { repository: repository.to_owned(), number, kind, stage, line: 20 }
}

fn key(repository: &str, number: u32) -> PullKey {
    PullKey { repository: repository.to_owned(), number }
}

fn pull(repository: &str, number: u32) -> Submission {
    Submission {
        key: key(repository, number),
        title: "Add the thing".to_owned(),
        author: "ada".to_owned(),
        base: "main".to_owned(),
        state: PullState::Open,
        created_at: Some(on(105)),
        merged_at: None,
        labels: Vec::new(),
        paths: None,
        references: Vec::new(),
        cherry_pick_of: None,
    }
}

fn merged(at: DateTime<Utc>, pull: Submission) -> Submission {
    Submission { state: PullState::Merged, merged_at: Some(at), ..pull }
}

fn reference(repository: Option<&str>, number: u32, form: MentionForm, line: u32) -> Mention {
    Mention { repository: repository.map(str::to_owned), number, form, line }
}

fn naming(references: Vec<Mention>) -> Submission {
    Submission { references, ..pull(KUBEVIRT, 900) }
}

fn word(number: u32, day: i64, kind: PullKind, release: ReleaseVersion) -> Classified {
    Classified { proposal: vep(number), pull: key(KUBEVIRT, 900), kind, release, at: Some(on(day)), event: day }
}

fn owner(placement: &Placement) -> Option<(u32, Option<Belonging>)> {
    placement.owner.as_ref().map(|key| (key.number, placement.belonging))
}

#[test]
fn what_nothing_claims_belongs_nowhere() {
    let placement = Place::of(vec![claimant(10)]).place(&pull(KUBEVIRT, 900));
    assert_eq!((placement.owner.as_ref(), placement.kind), (None, PullKind::Unrelated));
    assert_eq!(placement.why(), "No proposal claims it.");
}

#[test]
fn the_strongest_reason_wins_and_the_others_are_told() {
    let url = |number, line| reference(Some(ENHANCEMENTS), number, MentionForm::Url, line);
    let linked = linking(10, vec![link(KUBEVIRT, 900, Some(PullKind::Implementation), Some(Stage::Beta))]);
    let place = Place::of(vec![claimant(20), linked]);
    let placement = place.place(&naming(vec![url(20, 3)]));
    assert_eq!(owner(&placement), Some((10, Some(Belonging::Issue))));
    assert_eq!(
        placement.others.iter().map(|claim| (claim.proposal.number, claim.why)).collect::<Vec<_>>(),
        [(20, Belonging::Text)]
    );
    assert_eq!(
        placement.why(),
        "It belongs to the proposal because the tracking issue links it; another proposal claims it too."
    );
}

#[test]
fn of_two_issues_that_link_it_the_one_that_it_names_has_it() {
    let both = |number| linking(number, vec![link(KUBEVIRT, 900, None, None)]);
    let place = Place::of(vec![both(10), both(20)]);
    let named = naming(vec![reference(Some(ENHANCEMENTS), 20, MentionForm::Url, 3)]);
    assert_eq!(owner(&place.place(&named)), Some((20, Some(Belonging::Issue))));
    assert_eq!(owner(&place.place(&pull(KUBEVIRT, 900))), Some((10, Some(Belonging::Issue))), "else the lower number");
    let section = linking(20, vec![link(KUBEVIRT, 900, Some(PullKind::Docs), None)]);
    let place = Place::of(vec![both(10), section]);
    assert_eq!(owner(&place.place(&pull(KUBEVIRT, 900))), Some((20, Some(Belonging::Issue))), "a section says more");
}

#[test]
fn each_documented_form_names_the_proposal() {
    let place = Place::of(vec![claimant(10)]);
    for (repository, form, belongs) in [
        (Some("kubevirt/enhancements"), MentionForm::Url, true),
        (Some("KubeVirt/Enhancements"), MentionForm::OwnerRepository, true),
        (Some("enhancements"), MentionForm::Repository, true),
        (Some("someone/enhancements"), MentionForm::OwnerRepository, false),
        (Some("project-infra"), MentionForm::Repository, false),
        // A short number means an issue of the pull request's own repository.
        (None, MentionForm::TrackingIssue, false),
    ] {
        let placement = place.place(&naming(vec![reference(repository, 10, form, 3)]));
        assert_eq!(owner(&placement), belongs.then_some((10, Some(Belonging::Text))), "{repository:?} {form:?}");
    }
    let own =
        Submission { references: vec![reference(None, 10, MentionForm::TrackingIssue, 3)], ..pull(ENHANCEMENTS, 900) };
    assert_eq!(owner(&place.place(&own)), Some((10, Some(Belonging::Text))));
}

#[test]
fn the_noun_in_the_title_tells_the_source() {
    let cep =
        Claimant { key: ProposalKey { source: "cep".to_owned(), number: 10 }, noun: "CEP".to_owned(), ..claimant(10) };
    let place = Place::of(vec![cep, claimant(10)]);
    for (title, source) in [("VEP-10: the thing", Some("vep")), ("cep 10: the thing", Some("cep")), ("veps 10", None)] {
        let references = vec![reference(None, 10, MentionForm::Title, 0)];
        let placement = place.place(&Submission { title: title.to_owned(), ..naming(references) });
        assert_eq!(placement.owner.as_ref().map(|key| key.source.as_str()), source, "{title}");
        assert_eq!(placement.belonging, source.map(|_| Belonging::Title));
    }
}

#[test]
fn an_old_number_leads_to_the_proposal_only_through_a_redirect() {
    let named = naming(vec![reference(Some("enhancements"), 181, MentionForm::Repository, 3)]);
    let mut place = Place::of(vec![claimant(183)]);
    assert_eq!(owner(&place.place(&named)), None);
    place.redirects.insert(vep(181), 183);
    assert_eq!(owner(&place.place(&named)), Some((183, Some(Belonging::Text))));
    place.claimants.push(claimant(181));
    assert_eq!(owner(&place.place(&named)), Some((183, Some(Belonging::Text))), "the redirect is the later word");
}

#[test]
fn what_is_named_first_in_the_text_is_meant() {
    let url = |number, line| reference(Some(ENHANCEMENTS), number, MentionForm::Url, line);
    let place = Place::of(vec![claimant(10), claimant(20)]);
    let placement = place.place(&naming(vec![url(10, 9), url(20, 3)]));
    assert_eq!(owner(&placement), Some((20, Some(Belonging::Text))));
}

#[test]
fn it_belongs_to_the_proposal_whose_document_it_changes_most() {
    let paths = |paths: &[&str]| Some(paths.iter().map(|path| (*path).to_owned()).collect());
    let place = Place::of(vec![claimant(10), claimant(20)]);
    let of = |changed: &[&str], repository| place.place(&Submission { paths: paths(changed), ..pull(repository, 5) });
    let (ten, twenty) = ("veps/sig-compute/10-thing/vep.md", "veps/sig-compute/20-thing/vep.md");
    let one = of(&[ten], ENHANCEMENTS);
    assert_eq!((owner(&one), one.kind), (Some((10, Some(Belonging::Document))), PullKind::Proposal));
    let more = of(&[ten, twenty, "veps/sig-compute/20-thing/design.md"], ENHANCEMENTS);
    assert_eq!(owner(&more), Some((20, Some(Belonging::Document))));
    assert_eq!(more.kind, PullKind::Implementation, "it changes other things too");
    assert_eq!(owner(&of(&["veps/sig-compute/10-thing-else/vep.md"], ENHANCEMENTS)), None);
    assert_eq!(owner(&of(&[ten], KUBEVIRT)), None, "the same path elsewhere is another file");
}

#[test]
fn the_kind_is_told_by_section_then_place_then_label() {
    let kind = |pull: &Submission, links| Place::of(vec![linking(10, links)]).place(pull).kind;
    let text = || vec![reference(Some(ENHANCEMENTS), 10, MentionForm::Url, 3)];
    let in_docs = Submission { references: text(), ..pull(DOCS, 4) };
    assert_eq!(kind(&in_docs, vec![link(DOCS, 4, Some(PullKind::Bug), None)]), PullKind::Bug);
    assert_eq!(kind(&in_docs, vec![link(DOCS, 4, None, None)]), PullKind::Docs);
    assert_eq!(kind(&naming(text()), Vec::new()), PullKind::Implementation);
    let fix = Submission { labels: vec!["kind/bug".to_owned()], ..naming(text()) };
    assert_eq!(kind(&fix, Vec::new()), PullKind::Bug);
    let title = vec![reference(None, 10, MentionForm::Title, 0)];
    let titled = Submission { title: "VEP 10: the thing".to_owned(), references: title, ..pull(ENHANCEMENTS, 6) };
    assert_eq!(kind(&titled, Vec::new()), PullKind::Proposal, "its paths are not known");
    let tooling = Submission { references: text(), paths: Some(vec!["hack/x.sh".to_owned()]), ..pull(ENHANCEMENTS, 6) };
    assert_eq!(kind(&tooling, Vec::new()), PullKind::Implementation);
}

#[test]
fn the_release_is_that_of_the_stage_then_of_the_branch_then_of_the_window() {
    let code = Some(PullKind::Implementation);
    let release = |pull: &Submission, claimant: Claimant| Place::of(vec![claimant]).place(pull).release;
    let staged = |stage| linking(10, vec![link(KUBEVIRT, 900, code, stage)]);
    let open = pull(KUBEVIRT, 900);
    assert_eq!(release(&open, staged(Some(Stage::Alpha))), Some(V1_9));
    assert_eq!(release(&open, staged(Some(Stage::Ga))), Some(V), "no target for that stage: the current one");
    let late = merged(on(CF), open.clone());
    assert_eq!(release(&late, staged(Some(Stage::Alpha))), Some(V1_9));
    assert_eq!(release(&late, staged(None)), Some(NEXT));
    let one = Claimant { targets: vec![(Stage::Alpha, V1_9)], ..staged(None) };
    assert_eq!(release(&late, one), Some(V1_9), "a section of the only release planned");
    let backport = Submission { base: "release-1.9".to_owned(), ..late };
    assert_eq!(release(&backport, staged(None)), Some(V1_9));
}

#[test]
fn the_merge_window_ends_with_the_code_freeze_and_begins_with_the_one_before() {
    let text = vec![reference(Some(ENHANCEMENTS), 10, MentionForm::Url, 3)];
    let release = |at| Place::of(vec![claimant(10)]).place(&merged(at, naming(text.clone()))).release;
    let second = chrono::TimeDelta::seconds(1);
    assert_eq!(release(on(0) - second), Some(V1_9));
    assert_eq!(release(on(0)), Some(V));
    assert_eq!(release(on(CF) - second), Some(V));
    assert_eq!(release(on(CF)), Some(NEXT), "from its instant on the freeze has passed");
    assert_eq!(release(on(GA + 300)), Some(NEXT), "whatever comes after the last date known");
    let mut nowhere = Place::of(vec![claimant(10)]);
    nowhere.releases.clear();
    assert_eq!(nowhere.place(&merged(on(3), naming(text))).release, None);
}

#[test]
fn while_open_it_is_for_the_current_release_or_for_the_one_planned() {
    let text = vec![reference(Some(ENHANCEMENTS), 10, MentionForm::Url, 3)];
    let release = |targets: &[ReleaseVersion]| {
        let targets = targets.iter().map(|release| (Stage::Alpha, *release)).collect();
        Place::of(vec![Claimant { targets, ..claimant(10) }]).place(&naming(text.clone())).release
    };
    assert_eq!(release(&[V1_9, V, NEXT]), Some(V));
    assert_eq!(release(&[V1_9, NEXT]), Some(NEXT));
    assert_eq!(release(&[V1_9]), Some(V));
    assert_eq!(release(&[]), Some(V));
}

#[test]
fn a_persons_word_wins_and_the_latest_counts() {
    let linked = linking(10, vec![link(KUBEVIRT, 900, Some(PullKind::Implementation), Some(Stage::Beta))]);
    let mut place = Place::of(vec![linked, claimant(20)]);
    place.classified = vec![word(20, 6, PullKind::Docs, NEXT), word(20, 5, PullKind::Bug, V)];
    let placement = place.place(&pull(KUBEVIRT, 900));
    assert_eq!((owner(&placement), placement.decided), (Some((20, None)), Some(6)));
    assert_eq!((placement.kind, placement.release), (PullKind::Docs, Some(NEXT)));
    assert_eq!(placement.others.len(), 1, "the issue still links it");
    assert_eq!(
        placement.why(),
        "It belongs to the proposal because somebody classified it; another proposal claims it too."
    );
}

#[test]
fn who_gives_it_up_loses_it_to_the_next_or_keeps_it_as_unrelated() {
    let both = |number| linking(number, vec![link(KUBEVIRT, 900, None, None)]);
    let mut place = Place::of(vec![both(10), both(20)]);
    place.classified = vec![word(10, 5, PullKind::Unrelated, V)];
    let placement = place.place(&pull(KUBEVIRT, 900));
    assert_eq!(owner(&placement), Some((20, Some(Belonging::Issue))));
    assert_eq!((placement.others, placement.decided), (Vec::new(), None));
    place.claimants.pop();
    let alone = place.place(&pull(KUBEVIRT, 900));
    assert_eq!((owner(&alone), alone.kind, alone.decided), (Some((10, None)), PullKind::Unrelated, Some(5)));
}

#[test]
fn what_carries_over_another_belongs_where_that_one_does() {
    let original = naming(vec![reference(Some(ENHANCEMENTS), 10, MentionForm::Url, 3)]);
    let carry = |number, of| Submission {
        base: "release-1.10".to_owned(),
        cherry_pick_of: Some(of),
        ..merged(on(GA), pull(KUBEVIRT, number))
    };
    let place = Place::of(vec![claimant(10), claimant(20)]);
    let placed = place.with(|ground| place_all(&[carry(902, 901), carry(901, 900), original.clone()], ground));
    for number in [901, 902] {
        let placement = &placed[&key(KUBEVIRT, number)];
        assert_eq!(owner(placement), Some((10, Some(Belonging::CherryPick))), "{number}");
        assert_eq!((placement.kind, placement.release), (PullKind::Implementation, Some(V)), "{number}");
    }
    let own = Submission {
        references: vec![reference(Some("enhancements"), 20, MentionForm::Repository, 1)],
        ..carry(903, 900)
    };
    let placed = place.with(|ground| place_all(&[original, own], ground));
    let placement = &placed[&key(KUBEVIRT, 903)];
    assert_eq!((owner(placement), placement.others.len()), (Some((20, Some(Belonging::Text))), 1));
    let ring = place.with(|ground| place_all(&[carry(1, 2), carry(2, 1)], ground));
    assert!(ring.values().all(|placement| placement.owner.is_none()));
}

fn any_reference() -> impl Strategy<Value = Mention> {
    let forms = vec![
        (Some(ENHANCEMENTS), MentionForm::Url),
        (Some("enhancements"), MentionForm::Repository),
        (None, MentionForm::TrackingIssue),
        (None, MentionForm::Title),
    ];
    (select(forms), 1..5_u32, 0..9_u32)
        .prop_map(|((repository, form), number, line)| reference(repository, number, form, line))
}

fn any_pull(number: u32) -> impl Strategy<Value = Submission> {
    let states = select(vec![PullState::Open, PullState::Merged, PullState::Closed]);
    let paths = prop::option::of(prop::collection::vec(
        (1..5_u32).prop_map(|n| format!("veps/sig-compute/{n}-thing/vep.md")),
        0..3,
    ));
    let repository = select(vec![KUBEVIRT, ENHANCEMENTS, DOCS]);
    let references = prop::collection::vec(any_reference(), 0..4);
    (repository, states, 0..200_i64, paths, references, prop::option::of(1..7_u32)).prop_map(
        move |(repository, state, day, paths, references, cherry_pick_of)| Submission {
            title: "VEP 1: the thing".to_owned(),
            state,
            merged_at: (state == PullState::Merged).then(|| on(day)),
            paths,
            references,
            cherry_pick_of,
            ..pull(repository, number)
        },
    )
}

fn any_claimant(number: u32) -> impl Strategy<Value = Claimant> {
    let kinds = select(vec![None, Some(PullKind::Implementation), Some(PullKind::Docs)]);
    let stages = select(vec![None, Some(Stage::Alpha), Some(Stage::Beta)]);
    let repositories = select(vec![KUBEVIRT, ENHANCEMENTS]);
    let links =
        (repositories, 1..7_u32, kinds, stages, 1..9_u32).prop_map(|(repository, number, kind, stage, line)| {
            LinkedPull { line, ..link(repository, number, kind, stage) }
        });
    prop::collection::vec(links, 0..4).prop_map(move |links| linking(number, links))
}

fn any_word(day: i64) -> impl Strategy<Value = Classified> {
    let kinds = select(vec![PullKind::Implementation, PullKind::Unrelated, PullKind::Docs]);
    (1..5_u32, 1..7_u32, kinds).prop_map(move |(proposal, number, kind)| Classified {
        pull: key(KUBEVIRT, number),
        ..word(proposal, day, kind, V)
    })
}

fn anything() -> impl Strategy<Value = (Place, Vec<Submission>)> {
    let claimants = (1..5_u32).map(any_claimant).collect::<Vec<_>>();
    let pulls = (1..7_u32).map(any_pull).collect::<Vec<_>>();
    let words = (1..4_i64).map(any_word).collect::<Vec<_>>();
    let redirected = prop::option::of(1..5_u32);
    (claimants, pulls, words, redirected).prop_map(|(claimants, pulls, classified, redirected)| {
        let redirects = redirected.map(|to| (vep(9), to)).into_iter().collect();
        (Place { redirects, classified, ..Place::of(claimants) }, pulls)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_answer_is_the_same_whatever_the_order_of_what_is_known(
        (place, pulls) in anything(),
        turn in 0..6_usize,
    ) {
        let answer = place.with(|ground| place_all(&pulls, ground));
        let (mut other, mut turned) = (place.clone(), pulls.clone());
        turned.rotate_left(turn % pulls.len());
        for pull in &mut turned {
            pull.references.reverse();
        }
        other.claimants.reverse();
        other.claimants.rotate_left(turn % place.claimants.len());
        other.claimants.iter_mut().for_each(|claimant| claimant.links.reverse());
        other.classified.reverse();
        other.releases.reverse();
        prop_assert_eq!(other.with(|ground| place_all(&turned, ground)), answer);
    }

    #[test]
    fn one_proposal_owns_a_pull_request_and_never_claims_it_besides((place, pulls) in anything()) {
        for (key, placement) in place.with(|ground| place_all(&pulls, ground)) {
            prop_assert!(placement.others.iter().all(|claim| Some(&claim.proposal) != placement.owner.as_ref()));
            prop_assert!(placement.owner.is_some() || placement.others.is_empty(), "{key:?}");
            let reasons: Vec<_> = placement.others.iter().map(|claim| claim.why).collect();
            prop_assert!(reasons.is_sorted());
            prop_assert!(placement.decided.is_some() || placement.belonging <= reasons.first().copied().or(Some(Belonging::CherryPick)));
            prop_assert!(placement.owner.is_none() || placement.belonging.is_some() || placement.decided.is_some());
        }
    }
}
