//! Fixes of a document as patches of its text.

use domain::{ChecklistLine, DocumentReading, DocumentStatus, FixKind, Matter, Mismatch, mismatches};

use crate::support::*;

const TEXT: &str = "---\nstatus: implementable\n# CEP #4700: Flaky tests by lane\n\nOwner: @ada\n\n- [x] Target version is set\n\n- This CEP targets alpha for version: v1.10\n- last line";

fn found(world: &World, text: Option<&str>) -> Vec<Mismatch> {
    let known = world.history.at(on(50));
    mismatches(&Matter { document_text: text, ..Matter::new(&world.source, &world.history, &known) })
}

fn fix(world: &World, code: &str) -> (FixKind, String) {
    let mismatch = found(world, Some(TEXT)).into_iter().find(|mismatch| mismatch.code == code).unwrap();
    (mismatch.fix_kind, mismatch.fix)
}

/// The lines that a patch takes out and puts in.
fn changes(patch: &str) -> Vec<&str> {
    let body = patch.lines().skip(2);
    body.filter(|line| line.starts_with('-') || line.starts_with('+')).collect()
}

fn written(change: impl FnOnce(&mut DocumentReading)) -> World {
    let mut reading = document();
    change(&mut reading);
    World::new().document(1, reading).then(2, issue())
}

#[test]
fn a_patch_is_a_unified_diff_with_the_path_and_three_lines_around() {
    let (kind, patch) = fix(&World::ready().then(20, moved(V, NEXT)), "document-still-says");
    assert_eq!(kind, FixKind::Patch);
    let expected = "--- a/docs/ci-enhancements/4702-flaky/cep.md\n\
                    +++ b/docs/ci-enhancements/4702-flaky/cep.md\n\
                    @@ -6,5 +6,5 @@\n \n \
                    - [x] Target version is set\n \n\
                    -- This CEP targets alpha for version: v1.10\n\
                    +- This CEP targets alpha for version: v1.11\n \
                    - last line\n\
                    \\ No newline at end of file\n";
    assert_eq!(patch, expected);
}

#[test]
fn each_kind_of_change_hits_its_line() {
    let number = written(|reading| reading.number = Some(stated(4700)));
    let patch = fix(&number, "number-differs").1;
    assert_eq!(changes(&patch), ["-# CEP #4700: Flaky tests by lane", "+# CEP #4702: Flaky tests by lane"]);

    let ticked = written(|reading| {
        let text = "Target version is set".to_owned();
        reading.checklist = vec![ChecklistLine { text, checked: true, struck: false, required: false, line: 7 }];
        reading.targets.clear();
    });
    let patch = fix(&ticked, "checkbox-disagrees").1;
    assert_eq!(changes(&patch), ["-- [x] Target version is set", "+- [ ] Target version is set"]);

    let status = domain::Stated { line: 2, ..stated(DocumentStatus::Implementable) };
    let deferred_ = written(|reading| reading.status = Some(status)).then(10, deferred());
    let patch = fix(&deferred_, "status-differs").1;
    assert_eq!(changes(&patch), ["-status: implementable", "+status: deferred"]);

    let owner = domain::Stated { line: 5, ..stated("ada".to_owned()) };
    let handed = written(|reading| reading.owners = vec![owner]).then(10, handed_to("eve"));
    let patch = fix(&handed, "owner-differs").1;
    assert_eq!(changes(&patch), ["-Owner: @ada", "+Owner: @eve"]);
}

#[test]
fn without_the_text_or_with_another_the_fix_is_told_in_words() {
    let world = World::ready().then(20, moved(V, NEXT));
    for text in [None, Some(""), Some("a\nb\nc\nd\ne\nf\ng\nh\nnothing of it\n")] {
        let all = found(&world, text);
        let mismatch = all.iter().find(|mismatch| mismatch.code == "document-still-says").unwrap();
        assert_eq!((mismatch.fix_kind, mismatch.fix.as_str()), (FixKind::Document, "Line 9: replace v1.10 by v1.11"));
    }
}
