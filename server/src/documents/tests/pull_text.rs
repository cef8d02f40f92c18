//! Texts of pull requests as a whole.

use domain::{ReferenceForm, ReferencePlace};

use super::super::read_pull_text;

#[test]
fn references_keep_place_and_line_in_the_order_of_the_text() {
    let body = "### VEP Metadata\r\n\r\n**Tracking issue**: #12\r\n\r\nSee kubevirt/enhancements#13 and \
                https://github.com/kubevirt/kubevirt/pull/14.\r\n\r\n<!-- kubevirt/enhancements#15 -->\r\n";
    let text = read_pull_text("VEP 11: Lanes", body);
    let found: Vec<_> = text.references.iter().map(|r| (r.number, r.place, r.line)).collect();
    let expected = [(11, ReferencePlace::Title, 0), (12, ReferencePlace::Label, 3), (13, ReferencePlace::Text, 5)];
    assert_eq!(found, expected);
    assert_eq!(text.pulls.iter().map(|r| (r.number, r.line)).collect::<Vec<_>>(), [(14, 5)]);
}

#[test]
fn a_second_tracking_issue_further_down_is_listed_too() {
    let text = read_pull_text("t", "Tracking issue: #12\n\nTracking issue: kubevirt/enhancements#150");
    let forms: Vec<_> = text.references.into_iter().map(|r| (r.form, r.number)).collect();
    assert_eq!(forms, [(ReferenceForm::Short, 12), (ReferenceForm::Qualified, 150)]);
}

#[test]
fn a_label_reaches_no_further_than_the_next_line() {
    let text = read_pull_text("t", "Tracking issue:\n\nsome prose\n\n#12\n");
    assert!(text.references.is_empty());
}

#[test]
fn an_automated_cherry_pick_names_branch_and_origin() {
    let body = "This is an automated cherry-pick of #17553\n\n/assign ada\n\n(cherry picked from commit \
                0123456789ABCDEF0123456789abcdef01234567)\n";
    let text = read_pull_text("[release-1.10] [WIP] VEP-12: Lanes", body);
    assert_eq!(text.branch.as_deref(), Some("release-1.10"));
    assert_eq!(text.picks.iter().map(|r| r.number).collect::<Vec<_>>(), [17553]);
    assert_eq!(text.picked_commits[0].value, "0123456789abcdef0123456789abcdef01234567");
    assert!(text.references.iter().all(|r| r.number == 12));
}

#[test]
fn a_mark_that_is_no_release_branch_is_none() {
    for title in ["[release-note] t", "[release-] t", "[main] t", "release-1.10: t"] {
        assert_eq!(read_pull_text(title, "").branch, None, "{title}");
    }
}

#[test]
fn a_reading_survives_being_stored() {
    let text = read_pull_text(
        "[release-1.10] VEP 12: t",
        "Fixes enhancements#3, o/r/issues/4, https://github.com/o/r/blob/main/a/b.md\ncherry-pick of #5",
    );
    let stored = serde_json::to_string(&text).unwrap();
    assert_eq!(serde_json::from_str::<domain::PullText>(&stored).unwrap(), text);
    assert_eq!((text.references.len(), text.documents.len(), text.picks.len()), (3, 1, 1));
}
