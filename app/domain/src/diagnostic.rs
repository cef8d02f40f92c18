//! What a reader of files could not understand, or understood but finds wrong: where, why, and how to mend it.

use serde::{Deserialize, Serialize};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing; nothing has to change.
    Note,
    /// Somebody should mend the file.
    Warning,
    /// A value could not be read, or the file as a whole.
    Error,
}

/// One remark on one line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Diagnostic {
    /// Line in the file, counted from 1; 0 when it concerns the file as a whole.
    pub line: u32,
    /// Stable name of the kind, kebab-case, e.g. `no-target` (see [`crate::diagnostic::codes`]).
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, as a sentence.
    pub message: String,
    /// What to change so that it goes away, as a sentence.
    pub mend: String,
}

impl Diagnostic {
    /// A remark worth knowing; nothing has to change.
    pub fn note(line: u32, code: &str, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::of(Severity::Note, line, code, message.into(), mend.into())
    }

    /// Something that somebody should mend.
    pub fn warning(line: u32, code: &str, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::of(Severity::Warning, line, code, message.into(), mend.into())
    }

    /// A value, or a whole file, that could not be read.
    pub fn error(line: u32, code: &str, message: impl Into<String>, mend: impl Into<String>) -> Self {
        Self::of(Severity::Error, line, code, message.into(), mend.into())
    }

    fn of(severity: Severity, line: u32, code: &str, message: String, mend: String) -> Self {
        Self { line, code: code.to_owned(), severity, message, mend }
    }
}

/// The stable names of all kinds of diagnostic. Pages, the linter and exports refer to them; renaming one is a change
/// of the interface.
pub mod codes {
    macro_rules! codes {
        ($($(#[doc = $doc:expr])+ $name:ident = $text:literal;)+) => {
            $($(#[doc = $doc])+ pub const $name: &str = $text;)+
            /// Every code, in the order of this list.
            pub const ALL: &[&str] = &[$($text),+];
        };
    }

    codes! {
        // Any file.
        /// The file holds bytes that are not UTF-8; they were replaced.
        INVALID_UTF8 = "invalid-utf8";
        /// The file holds NUL bytes; they were replaced.
        NUL_BYTE = "nul-byte";
        /// The file begins with a byte-order mark, which was skipped.
        BYTE_ORDER_MARK = "byte-order-mark";
        /// The file, or what it expands to, is larger than a reader takes.
        TOO_LARGE = "too-large";
        /// Values are nested deeper than a reader takes.
        TOO_DEEP = "too-deep";
        /// There is nothing in the file.
        EMPTY_FILE = "empty-file";

        // YAML.
        /// The YAML cannot be parsed from this line on.
        YAML_BROKEN = "yaml-broken";
        /// More than one YAML document in one file; the first was read.
        YAML_SEVERAL = "yaml-several";
        /// A key that means nothing here.
        UNKNOWN_KEY = "unknown-key";
        /// A key stated twice in one map; the first was read.
        DUPLICATE_KEY = "duplicate-key";
        /// A value of another form than expected, e.g. a list for a text.
        ODD_VALUE = "odd-value";

        // Schedules.
        /// The file holds the target of a symbolic link in place of a schedule.
        SYMLINK_TEXT = "symlink-text";
        /// The file is YAML, but no list of rows.
        NOT_A_SCHEDULE = "not-a-schedule";
        /// The path names no release.
        NO_VERSION = "no-version";
        /// The rows speak of another release than the path.
        VERSION_DIFFERS = "version-differs";
        /// The text is no date, or no day of the calendar.
        BAD_DATE = "bad-date";
        /// A row states no day and was left out.
        ROW_WITHOUT_DATE = "row-without-date";
        /// A row could not be read and was left out.
        ROW_LOST = "row-lost";
        /// A row stands before an earlier one.
        ROWS_UNSORTED = "rows-unsorted";
        /// One deadline is stated with different days.
        DEADLINE_TWICE = "deadline-twice";
        /// Deadlines are in the wrong order.
        OUT_OF_ORDER = "out-of-order";
        /// No row gives the Enhancement Freeze.
        NO_ENHANCEMENT_FREEZE = "no-enhancement-freeze";
        /// No row gives the Code Freeze.
        NO_CODE_FREEZE = "no-code-freeze";
        /// No row cuts the release branch.
        NO_BRANCH_CUT = "no-branch-cut";
        /// No row gives general availability.
        NO_GA = "no-ga";
        /// The Enhancement Freeze was taken from the Alpha 0 row.
        FREEZE_FROM_ALPHA = "freeze-from-alpha";
        /// The Enhancement Freeze row and the Alpha 0 row name different days.
        FREEZE_DIFFERS_FROM_ALPHA = "freeze-differs-from-alpha";

        // Proposal documents: frame.
        /// A comment is opened and never closed.
        UNTERMINATED_COMMENT = "unterminated-comment";
        /// A code block is opened and never closed.
        UNTERMINATED_FENCE = "unterminated-fence";
        /// The file does not lie where proposals of a source lie.
        MISPLACED = "misplaced";
        /// There is no title line.
        NO_TITLE = "no-title";
        /// The title line is still the template's.
        TEMPLATE_TITLE = "template-title";
        /// The title line has no number.
        TITLE_WITHOUT_NUMBER = "title-without-number";
        /// What stands in the place of the number is not one.
        NUMBER_UNREADABLE = "number-unreadable";
        /// Title, front matter and path disagree about the number.
        NUMBER_DIFFERS = "number-differs";
        /// The title names another kind of proposal than the path.
        NOUN_DIFFERS = "noun-differs";

        // Proposal documents: targets and checklist.
        /// The document names no release.
        NO_TARGET = "no-target";
        /// What stands in the place of a version cannot be read.
        TARGET_UNREADABLE = "target-unreadable";
        /// The version was read, but its wording leaves doubt.
        TARGET_UNCLEAR = "target-unclear";
        /// A line speaks of a target in a form that is not read.
        TARGET_WORDING = "target-wording";
        /// The same stage has two target lines.
        DOUBLE_TARGET_BLOCK = "double-target-block";
        /// Two places state different targets for one stage.
        TARGET_DIFFERS = "target-differs";
        /// More than the upcoming release is targeted.
        ADVANCE_TARGET = "advance-target";
        /// A box of the checklist disagrees with the target line that it speaks of.
        CHECKBOX_DISAGREES = "checkbox-disagrees";
        /// A box of an older template disagrees with the target lines.
        OLD_BOX_DISAGREES = "old-box-disagrees";
        /// A box is written so that GitHub does not draw it.
        BOX_UNUSUAL = "box-unusual";
        /// A required box is open although a release is targeted.
        BOX_OPEN = "box-open";
        /// A line of the template's checklist is not in the document.
        BOX_MISSING = "box-missing";
        /// What stands between the brackets is neither a tick nor a blank.
        BOX_UNREADABLE = "box-unreadable";

        // Proposal documents: sections and people.
        /// A section of the template is not in the document.
        SECTION_MISSING = "section-missing";
        /// A section holds nothing beyond what the template gives.
        SECTION_EMPTY = "section-empty";
        /// A section goes by the name of an older template.
        SECTION_RENAMED = "section-renamed";
        /// A section of the template occurs twice.
        SECTION_TWICE = "section-twice";
        /// The front matter states a status that is none of the known ones.
        STATUS_UNKNOWN = "status-unknown";
        /// A reviewer, approver or owner is still to be determined.
        PEOPLE_TBD = "people-tbd";
        /// What stands in the place of a GitHub login is not one.
        BAD_LOGIN = "bad-login";
        /// A login occurs twice in one list.
        LOGIN_TWICE = "login-twice";
        /// Front matter and path disagree about the owning SIG.
        SIG_DIFFERS = "sig-differs";

        // Tracking issues, and the texts of pull requests.
        /// A field of the tracking issue's form that the process needs is empty.
        FIELD_MISSING = "field-missing";
        /// A placeholder or a sentence of the template was left in place.
        PLACEHOLDER_LEFT = "placeholder-left";
        /// A line looks like a command, but the bots do not take it as one.
        COMMAND_IGNORED = "command-ignored";
        /// What stands in the place of a stage is not one, or is more than one.
        STAGE_UNREADABLE = "stage-unreadable";
        /// What stands in the place of a feature gate is not the name of one.
        GATE_UNREADABLE = "gate-unreadable";
        /// More than one feature gate is named; the first was read.
        GATE_UNCLEAR = "gate-unclear";
        /// A SIG was read, or not, although its wording leaves doubt.
        SIG_UNCLEAR = "sig-unclear";
        /// The linked document lies in another repository or is no proposal.
        DOCUMENT_ELSEWHERE = "document-elsewhere";
        /// A link to an issue or pull request leads nowhere: it has no number, or is misspelt.
        LINK_BROKEN = "link-broken";
        /// A box is ticked although boxes below it are open.
        BOX_DISAGREES = "box-disagrees";
        /// Lines are indented so far that GitHub shows them as code; they were read all the same.
        INDENTED_CODE = "indented-code";

        // Lists of exceptions.
        /// The file is YAML, but no list of exceptions.
        NOT_AN_EXCEPTION_LIST = "not-an-exception-list";
        /// Lines that are no YAML were read as they were meant.
        YAML_REPAIRED = "yaml-repaired";
        /// A record could not be read and was left out.
        RECORD_LOST = "record-lost";
        /// A record states nothing and was left out.
        RECORD_EMPTY = "record-empty";
        /// The same issue asks twice for one freeze.
        RECORD_TWICE = "record-twice";
        /// Nothing tells which freeze a record is about.
        PHASE_UNKNOWN = "phase-unknown";
        /// A step of an exception could not be read and was left out.
        STEP_LOST = "step-lost";
        /// Days of a record contradict each other.
        DATES_CONTRADICT = "dates-contradict";
        /// A record leaves out what the tracker needs; what stands in for it says so.
        NOT_STATED = "not-stated";
        /// The tracker knows another decision than the file.
        DECIDED_OTHERWISE = "decided-otherwise";

        // Release boards.
        /// The file is no exported view of a project.
        NOT_A_BOARD = "not-a-board";
        /// The view leaves out a column.
        COLUMN_MISSING = "column-missing";
        /// A word that means nothing in its column.
        BOARD_WORD_UNKNOWN = "board-word-unknown";
        /// No proposal is known by what a row names.
        PROPOSAL_UNKNOWN = "proposal-unknown";
        /// A second row about the same proposal.
        ROW_TWICE = "row-twice";
        /// What the board says cannot be recorded where the proposal stands.
        NOT_TAKEN = "not-taken";

        // Linter, with the schedules at hand.
        /// The target is a release whose Enhancement Freeze has passed.
        FREEZE_PASSED = "freeze-passed";
        /// The target is a release without a schedule.
        UNKNOWN_RELEASE = "unknown-release";
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Diagnostic, Severity, codes};

    #[test]
    fn every_code_is_kebab_case_and_occurs_once() {
        let seen: BTreeSet<&str> = codes::ALL.iter().copied().collect();
        assert_eq!(seen.len(), codes::ALL.len());
        assert!(
            codes::ALL.iter().all(|c| c.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'))
        );
    }

    #[test]
    fn severities_order_from_note_to_error() {
        assert!(Severity::Note < Severity::Warning && Severity::Warning < Severity::Error);
        assert_eq!(Diagnostic::note(3, codes::NO_TARGET, "a", "b").severity, Severity::Note);
    }
}
