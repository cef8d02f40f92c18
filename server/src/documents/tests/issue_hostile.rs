//! Texts of issues and pull requests that were made to hurt: nothing may panic, and every reading stays within bounds.

use domain::diagnostic::codes as known;
use proptest::prelude::*;

use super::super::{MAX_DIAGNOSTICS, MAX_ENTRIES, MAX_ISSUE_BYTES, VEP, commands, read_issue, read_pull_text};

/// Size of the large inputs, in bytes.
const LARGE: usize = 10_000;

fn read_as_everything(title: &str, body: &str) {
    let lines = u32::try_from(body.split(['\n', '\r']).count()).unwrap();
    let issue = read_issue(&VEP, "kubevirt/enhancements", 12, title, body);
    let pull = read_pull_text(title, body);
    assert!(issue.pulls.iter().all(|pull| pull.number > 0 && pull.line <= lines));
    assert!(pull.references.iter().all(|reference| reference.number > 0 && reference.line <= lines));
    assert!(commands(body).iter().all(|command| command.line <= lines && !command.name.is_empty()));
    assert!(!serde_json::to_string(&(&issue, &pull)).unwrap().contains("\\u0000"));
    for diagnostic in issue.diagnostics.iter().chain(&pull.diagnostics) {
        assert!(diagnostic.line <= lines, "line {} of {lines}", diagnostic.line);
        assert!(known::ALL.contains(&diagnostic.code.as_str()), "{}", diagnostic.code);
        assert!(diagnostic.message.ends_with('.') && diagnostic.mend.ends_with('.'), "{diagnostic:?}");
    }
}

#[test]
fn repetitions_of_anything_are_read() {
    let heads = ["", "**Timeline**:\n\n", "**Responsible SIGs**:\n\n", "**Feature Gate**:\n\n", "Tracking issue: "];
    let units = [
        "#1 ",
        "#",
        "[",
        "](",
        "[#1](https://github.com/o/r/pull/1)",
        "https://github.com/",
        "o/r#1,",
        "http",
        "`",
        "@a,",
        "**",
        "/assign @a\n",
        "/sig a,",
        "/sig a\n",
        "Additional SIGs:\n/sig b\nPrimary SIG:\nc\n",
        "* [ ] Alpha (v1.9)\n",
        "* Alpha release target (1.9):\n",
        "1.9 Alpha / ",
        "* [x] Code PRs: #7\n",
        "v1.9 ",
        "cherry-pick of ",
        "cherry picked from commit abcdef0",
        "vep-1 ",
        "\0",
    ];
    for head in heads {
        for unit in units {
            let text = head.to_owned() + &unit.repeat(LARGE / unit.len());
            read_as_everything(&text, &text);
        }
    }
}

#[test]
fn deep_nesting_is_read() {
    let lists: String = (0..300).flat_map(|depth| [" ".repeat(depth), "* [ ] Code PRs: #7\n".to_owned()]).collect();
    for text in [format!("**Timeline**:\n{lists}"), "> ".repeat(10_000), "* ".repeat(10_000)] {
        read_as_everything("VEP 12: t", &text);
    }
}

#[test]
fn a_line_of_five_megabytes_is_refused_and_its_commands_are_still_looked_for() {
    let body = "a".repeat(5 * 1024 * 1024) + "\n/hold";
    let issue = read_issue(&VEP, "kubevirt/enhancements", 12, "VEP 12: t", &body);
    assert!(issue.diagnostics.iter().any(|diagnostic| diagnostic.code == known::TOO_LARGE));
    assert_eq!(issue.number, Some(12));
    assert!(read_pull_text("t", &body).diagnostics.iter().any(|diagnostic| diagnostic.code == known::TOO_LARGE));
    assert_eq!(commands(&body).len(), 1);
    read_as_everything("VEP 12: t", &"b".repeat(MAX_ISSUE_BYTES));
}

#[test]
fn more_of_anything_than_is_kept_is_named() {
    let pulls: String = (1..MAX_ENTRIES + 10)
        .flat_map(|number| ["* [ ] Code PRs: o/r#".to_owned(), number.to_string(), "\n".to_owned()])
        .collect();
    let issue = read_issue(&VEP, "kubevirt/enhancements", 12, "VEP 12: t", &format!("**Timeline**:\n{pulls}"));
    assert_eq!((issue.pulls.len(), issue.boxes.len()), (MAX_ENTRIES, MAX_ENTRIES));
    assert!(issue.diagnostics.iter().any(|diagnostic| diagnostic.code == known::TOO_LARGE));
    let broken = "* https://github.com/o/r/pull/TBD\n".repeat(MAX_DIAGNOSTICS + 5);
    let issue = read_issue(&VEP, "kubevirt/enhancements", 12, "VEP 12: t", &broken);
    assert_eq!(issue.diagnostics.len(), MAX_DIAGNOSTICS + 1);
}

#[test]
fn an_unterminated_comment_hides_the_rest_and_is_told() {
    let body = "/assign @ada\n<!-- Uncomment\n**Timeline**:\n* Alpha release target (x.y): 1.9\n/hold\n";
    let issue = read_issue(&VEP, "kubevirt/enhancements", 12, "VEP 12: t", body);
    assert!(issue.targets.is_empty() && issue.contacts.len() == 1);
    assert!(issue.diagnostics.iter().any(|d| d.code == known::UNTERMINATED_COMMENT && d.line == 2));
    assert_eq!(commands(body).len(), 1);
}

/// Fragments that mean something to one of the readers.
fn fragment() -> impl Strategy<Value = String> {
    let known = vec![
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\t",
        "    ",
        "* ",
        "- ",
        "> ",
        "[ ] ",
        "[X ]",
        "[",
        "](",
        ")",
        "<!--",
        "-->",
        "```",
        "`",
        "~",
        "**",
        "__",
        ":",
        "# ",
        "(x.y)",
        "(1.9)",
        "v1.9",
        "1.10?",
        "TBD",
        "Alpha",
        "Beta",
        "GA",
        " release target ",
        "Code PRs:",
        "Bugs",
        "**Timeline**:\n",
        "**Feature Gate**:",
        "**Responsible SIGs**:\n",
        "Primary SIG:",
        "**Enhancement link**:\n",
        "**Current Feature Stage**:\n",
        "/assign ",
        "/sig ",
        "/hold",
        "$SIG",
        "@a",
        "#7",
        "o/r#7",
        "enh#7",
        "https://github.com/",
        "o/r/pull/",
        "o/r/blob/main/veps/",
        "/issues/",
        "7",
        "VEP-",
        "CEP ",
        "Tracking issue:",
        "cherry-pick of ",
        "[release-1.9]",
        "\0",
        "\u{2028}",
        "😀",
        "ß",
        "İ",
    ];
    prop_oneof![9 => proptest::sample::select(known).prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

proptest! {
    #[test]
    fn arbitrary_text_is_read(title in "\\PC{0,60}", body in "(?s).{0,300}") {
        read_as_everything(&title, &body);
    }

    #[test]
    fn arbitrary_fragments_are_read(
        title in proptest::collection::vec(fragment(), 0..8),
        body in proptest::collection::vec(fragment(), 0..60),
    ) {
        read_as_everything(&title.concat(), &body.concat());
    }

    #[test]
    fn a_mutated_form_is_read_and_survives_being_stored(
        edits in proptest::collection::vec((any::<proptest::sample::Index>(), 0usize..40, fragment()), 1..8),
    ) {
        let mut chars: Vec<char> = include_str!("../fixtures/issue_filled.md").chars().collect();
        for (at, length, new) in edits {
            let start = at.index(chars.len() + 1);
            let end = (start + length).min(chars.len());
            chars.splice(start..end, new.chars());
        }
        let body: String = chars.into_iter().collect();
        read_as_everything("VEP 12: t", &body);
        let reading = read_issue(&VEP, "kubevirt/enhancements", 12, "VEP 12: t", &body);
        let stored = serde_json::to_string(&reading).unwrap();
        prop_assert_eq!(serde_json::from_str::<domain::IssueReading>(&stored).unwrap(), reading);
    }

    #[test]
    fn a_reference_is_read_back_whatever_its_form(
        owner in "[a-z][a-z0-9]{0,8}", name in "[a-z][a-z0-9.-]{1,8}[a-z0-9]", number in 1u32..99_999,
    ) {
        let forms = [
            format!("https://github.com/{owner}/{name}/issues/{number}"),
            format!("see {owner}/{name}#{number}."),
            format!("[x](https://github.com/{owner}/{name}/issues/{number}/)"),
        ];
        for body in forms {
            let found = read_pull_text("t", &body).references;
            prop_assert_eq!(found.len(), 1, "{}", &body);
            let read = (found[0].owner.as_deref(), found[0].repository.as_deref(), found[0].number);
            prop_assert_eq!(read, (Some(owner.as_str()), Some(name.as_str()), number));
        }
    }
}
