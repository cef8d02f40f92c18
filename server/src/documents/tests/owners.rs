//! OWNERS and `OWNERS_ALIASES` in all their layouts.

use super::{
    super::{EVERYTHING, read_aliases, read_owners},
    codes,
};

const ALIASES: &str = "aliases:\n  ci-maintainers:\n  - Ada # 2024-03-15\n  - bob\n\n  - ADA\n  leads:\n  none: []\n  deep:\n      - cy\n";

#[test]
fn aliases_keep_the_spelling_and_compare_without_case() {
    let reading = read_aliases(ALIASES.as_bytes());
    let sizes: Vec<(&str, usize)> = reading.aliases.iter().map(|a| (a.name.as_str(), a.members.len())).collect();
    assert_eq!(sizes, [("ci-maintainers", 2), ("leads", 0), ("none", 0), ("deep", 1)]);
    assert_eq!(reading.aliases[0].members[0].name, "Ada");
    assert!(reading.is_member("CI-maintainers", "aDA") && !reading.is_member("leads", "ada"));
    assert_eq!(codes(&reading.diagnostics), [("login-twice", 6)]);
}

#[test]
fn flat_and_filtered_owners_read_alike() {
    let flat =
        read_owners(b"# see the docs\napprovers:\n  - Ada\nreviewers:\n  - leads\nemeritus_approvers:\n- bob # 2025\n");
    let filtered = read_owners(b"filters:\n  \".*\":\n    approvers:\n    - Ada\n    reviewers:\n    - leads\n    emeritus_approvers:\n    - bob\n");
    for reading in [&flat, &filtered] {
        assert_eq!(reading.filters.len(), 1);
        let lists = &reading.filters[0];
        assert_eq!((lists.pattern.as_str(), lists.approvers[0].key.as_str()), (EVERYTHING, "ada"));
        assert_eq!((lists.reviewers.len(), lists.emeritus_approvers.len()), (1, 1));
        assert_eq!(codes(&reading.diagnostics), []);
    }
}

#[test]
fn owners_may_hold_nothing_but_labels_or_nothing_at_all() {
    assert_eq!(read_owners(b"labels:\n  - sig/compute\n").filters[0].labels, ["sig/compute"]);
    assert_eq!(read_owners(b"approvers:\n").filters.len(), 0);
    assert_eq!(codes(&read_owners(b"").diagnostics), [("empty-file", 0)]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let reading = read_owners(b"approvers: ada\nreviewer:\n- bob\nreviewers:\n- [x]\n-\nfilters: 3\n");
    assert_eq!(
        codes(&reading.diagnostics),
        [("odd-value", 1), ("unknown-key", 2), ("odd-value", 5), ("odd-value", 6), ("odd-value", 7)]
    );
    let reading = read_aliases(b"aliases:\n  a: [ada lovelace]\n  A: [bob]\nother: 1\n");
    assert_eq!(codes(&reading.diagnostics), [("bad-login", 2), ("duplicate-key", 3), ("unknown-key", 4)]);
    assert_eq!(codes(&read_aliases(b"- a\n").diagnostics), [("odd-value", 1)]);
    assert_eq!(codes(&read_aliases(b"aliases: {a: [\n").diagnostics).len(), 1);
}
