//! Input that was made to hurt: nothing may panic, and nothing may take longer than its size explains.

use std::time::{Duration, Instant};

use domain::diagnostic::codes as known;
use proptest::prelude::*;

use super::super::{
    CEP, MAX_DIAGNOSTICS, MAX_DOCUMENT_BYTES, MAX_ENTRIES, MAX_SCHEDULE_BYTES, VEP, read_aliases, read_owners,
    read_proposal, read_schedule,
};

/// Size of the large inputs, in bytes: enough for a reader with quadratic time to lose its patience.
const LARGE: usize = 20_000;
/// Far above what a linear reader needs, even unoptimised on a busy machine.
const PATIENCE: Duration = Duration::from_secs(4);

const PATH: &str = "veps/sig-compute/12-x/vep.md";

fn read_as_everything(bytes: &[u8]) {
    let lines = u32::try_from(bytes.split(|b| matches!(b, b'\n' | b'\r')).count()).unwrap();
    let proposal = read_proposal(&VEP, PATH, bytes);
    let schedule = read_schedule("releases/v1.9/schedule.yaml", bytes);
    let mut diagnostics = [proposal.diagnostics, schedule.diagnostics].concat();
    diagnostics.extend(read_owners(bytes).diagnostics);
    diagnostics.extend(read_aliases(bytes).diagnostics);
    for diagnostic in diagnostics {
        assert!(diagnostic.line <= lines, "line {} of {lines}", diagnostic.line);
        assert!(known::ALL.contains(&diagnostic.code.as_str()), "{}", diagnostic.code);
        assert!(diagnostic.message.ends_with('.') && diagnostic.mend.ends_with('.'), "{diagnostic:?}");
    }
}

#[test]
fn repetitions_of_anything_take_time_in_proportion() {
    let heads =
        ["", "## Release Signoff Checklist\n- [ ] a\n", "## Implementation History\n", "Reviewers:\n", "---\nx: "];
    let units = [
        "a",
        "[",
        "](",
        "<!--",
        "<!-- -->",
        "-->",
        "`",
        "` ",
        "```\n",
        "> ",
        "- ",
        "# a\n",
        "# Goals\n",
        "\n",
        "a\n",
        "- a\n",
        "- [ ] (R) a\n",
        "|a|b\n",
        "---\n",
        "a\n===\n",
        "@a,",
        "This VEP targets alpha for version: zz\n",
        "~",
        "*",
        "\0",
    ];
    for head in heads {
        for unit in units {
            let start = Instant::now();
            read_as_everything((head.to_owned() + &unit.repeat(LARGE / unit.len())).as_bytes());
            assert!(start.elapsed() < PATIENCE, "{head:?} {unit:?} took {:?}", start.elapsed());
        }
    }
}

#[test]
fn nesting_and_runs_take_time_in_proportion() {
    let lists: String = (0..1_000).flat_map(|depth| [" ".repeat(depth), "- a\n".to_owned()]).collect();
    let runs: String = (1..1_000).flat_map(|length| ["`".repeat(length), " ".to_owned()]).collect();
    for text in [
        lists,
        runs.clone(),
        format!("<!-- -->{runs}"),
        "- ".repeat(100_000) + &"\n".repeat(25 * LARGE),
        ">".repeat(100_000),
    ] {
        let start = Instant::now();
        read_as_everything(text.as_bytes());
        assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    }
}

#[test]
fn what_is_too_large_is_refused_and_named() {
    let code = |diagnostics: &[domain::Diagnostic]| diagnostics.iter().any(|d| d.code == known::TOO_LARGE);
    assert!(code(&read_proposal(&VEP, PATH, &vec![b'a'; MAX_DOCUMENT_BYTES + 1]).diagnostics));
    assert!(code(&read_schedule("v1.9/schedule.yaml", &vec![b'a'; MAX_SCHEDULE_BYTES + 1]).diagnostics));
    let many = read_proposal(&VEP, PATH, "This VEP targets alpha for version: zz\n".repeat(MAX_ENTRIES + 1).as_bytes());
    assert!(code(&many.diagnostics));
    assert_eq!((many.targets.len(), many.diagnostics.len()), (MAX_ENTRIES, MAX_DIAGNOSTICS + 1));
}

#[test]
fn an_empty_document_lacks_every_section() {
    assert_eq!(read_proposal(&CEP, PATH, b"").sections.len(), CEP.sections.len());
}

/// Fragments that mean something to one of the readers.
fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&[u8]> = vec![
        b"\n",
        b"\n\n",
        b"\r\n",
        b"\r",
        b"\t",
        b"    ",
        b"# ",
        b"## Goals\n",
        b"- ",
        b"* ",
        b"> ",
        b"[ ] ",
        b"[x]",
        b"[",
        b"](",
        b"<!--",
        b"-->",
        b"<!-->",
        b"```",
        b"~~~\n",
        b"`",
        b"~",
        b"**",
        b"---\n",
        b"===\n",
        b"...\n",
        b": ",
        b"? ",
        b"&a ",
        b"*a",
        b"!!str ",
        b"|\n",
        b">-\n",
        b"{",
        b"}",
        b"\"",
        b"'",
        b"%YAML 1.1\n",
        b"when: ",
        b"2025/02/30",
        b"milestone: ",
        b"status: ",
        b"Reviewers: ",
        b"@a",
        b"TBD",
        b"v1.9",
        b"This VEP targets alpha for version:",
        b"Target version:",
        b"# VEP #",
        b"aliases:\n",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"\xf0\x9f\x98\x80",
    ];
    prop_oneof![9 => proptest::sample::select(known).prop_map(<[u8]>::to_vec), 1 => proptest::collection::vec(any::<u8>(), 0..6)]
}

fn mutated(fixture: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let edits = proptest::collection::vec((any::<proptest::sample::Index>(), 0usize..40, fragment()), 1..8);
    edits.prop_map(move |edits| {
        let mut bytes = fixture.as_bytes().to_vec();
        for (at, length, new) in edits {
            let start = at.index(bytes.len() + 1);
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new);
        }
        bytes
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        read_as_everything(&bytes);
    }

    #[test]
    fn arbitrary_fragments_are_read(parts in proptest::collection::vec(fragment(), 0..60)) {
        read_as_everything(&parts.concat());
    }

    #[test]
    fn mutated_files_are_read(bytes in prop_oneof![
        mutated(include_str!("../fixtures/vep_with_front_matter.md")),
        mutated(include_str!("../fixtures/schedule_with_thaw.yaml")),
        mutated(include_str!("../fixtures/schedule_without_freeze_row.yaml")),
    ]) {
        read_as_everything(&bytes);
    }

    #[test]
    fn a_reading_survives_being_stored(bytes in mutated(include_str!("../fixtures/vep_with_front_matter.md"))) {
        let reading = read_proposal(&VEP, PATH, &bytes);
        let stored = serde_json::to_string(&reading).unwrap();
        prop_assert_eq!(serde_json::from_str::<domain::DocumentReading>(&stored).unwrap(), reading);
    }
}
