//! What the template of a source asks for, as data.
//!
//! The readers know no source by name: noun, paths, sections, boxes and the template's own sentences are all here.
//! The sentences serve to recognise a section in which somebody removed the comment marks and wrote nothing else.

/// Everything the readers need to know about the documents of one source (PROCESS "source").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceTemplate {
    /// Id of the source, first segment of its addresses.
    pub id: &'static str,
    /// What one of its proposals is called.
    pub noun: &'static str,
    /// Directory under which the documents lie, segment by segment.
    pub root: &'static [&'static str],
    /// Whether a directory of the owning SIG stands between root and proposal.
    pub by_sig: bool,
    /// Name of the main document in the proposal's directory.
    pub main_file: &'static str,
    /// Sections in the order of the template.
    pub sections: &'static [SectionTemplate],
    /// Words that may stand before the colon of a target line in place of "This … targets … for version".
    pub target_labels: &'static [&'static str],
    /// Lines of the sign-off checklist.
    pub checklist: &'static [&'static str],
}

/// One section of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SectionTemplate {
    /// Its heading.
    pub name: &'static str,
    /// The section it belongs into, for the stages of graduation.
    pub parent: Option<&'static str>,
    /// Headings of older templates and common variants that mean the same.
    pub also: &'static [&'static str],
    /// The template's own sentences, which do not count as content.
    pub hints: &'static [&'static str],
}

impl SectionTemplate {
    const fn main(name: &'static str, also: &'static [&'static str], hints: &'static [&'static str]) -> Self {
        Self { name, parent: None, also, hints }
    }

    const fn within(parent: &'static str, name: &'static str, hints: &'static [&'static str]) -> Self {
        Self { name, parent: Some(parent), also: &[], hints }
    }
}

const OVERVIEW: SectionTemplate =
    SectionTemplate::main("Overview", &["Summary"], &["Provide a brief overview of the topic"]);
const MOTIVATION: SectionTemplate = SectionTemplate::main(
    "Motivation",
    &[],
    &["Why this enhancement is important", "Why this enhancement is important for the CI system"],
);
const GOALS: SectionTemplate = SectionTemplate::main("Goals", &[], &["The desired outcome"]);
const NON_GOALS: SectionTemplate = SectionTemplate::main(
    "Non Goals",
    &["Nongoals"],
    &[
        "Limitations to the scope of the design",
        "Why this enhancement is important Limitations to the scope of the design",
    ],
);
const USERS: SectionTemplate = SectionTemplate::main(
    "Definition of Users",
    &["Definition of User"],
    &[
        "Who is this feature set intended for",
        "Who is this enhancement intended for (e.g., developers, release managers, etc.)",
    ],
);
const STORIES: SectionTemplate =
    SectionTemplate::main("User Stories", &["User Story"], &["List of user stories this design aims to solve"]);
const REPOS: SectionTemplate = SectionTemplate::main(
    "Repos",
    &["Repositories"],
    &["List of repos this design impacts", "List of repose this design impacts"],
);
const DESIGN: SectionTemplate = SectionTemplate::main(
    "Design",
    &[],
    &[
        "This should be brief and concise. We want just enough to get the point across",
        "This should be brief and concise. We want just enough to get the point across. Describe the changes to the CI \
         system, including any new jobs, scripts, or configurations.",
    ],
);
const API_EXAMPLES: SectionTemplate =
    SectionTemplate::main("API Examples", &["API Example"], &["Tangible API examples used for discussion"]);
const ALTERNATIVES: SectionTemplate = SectionTemplate::main(
    "Alternatives",
    &["Alternatives considered", "Alternative designs"],
    &["Outline any alternative designs that have been considered"],
);
const SCALABILITY: SectionTemplate = SectionTemplate::main(
    "Scalability",
    &[],
    &["Overview of how the design scales", "Overview of how the design scales and impacts CI resources"],
);
const COMPATIBILITY: SectionTemplate = SectionTemplate::main(
    "Update/Rollback Compatibility",
    &["Upgrade/Rollback Compatibility", "Update/Rollback"],
    &[
        "Does this impact update compatibility and how?",
        "Does this impact update compatibility of the CI system and how?",
    ],
);
const TESTING: SectionTemplate = SectionTemplate::main(
    "Functional Testing Approach",
    &["Functional Testing"],
    &[
        "An overview on the approaches used to functional test this design",
        "An overview on the approaches used to functionally test this design",
    ],
);
const HISTORY: SectionTemplate = SectionTemplate::main(
    super::history::SECTION,
    &[],
    &[
        "For example:",
        "01-02-1921: Implemented mechanism for doing great stuff. PR: <LINK>.",
        "03-04-1922: Added support for doing even greater stuff. PR: <LINK>.",
    ],
);
/// Name of the section that holds the graduation criteria, in every template.
pub const GRADUATION: &str = "Graduation Requirements";

const CRITERIA: SectionTemplate = SectionTemplate::main(
    GRADUATION,
    &["Graduation Criteria", "Feature lifecycle Phases", "Graduation"],
    &[
        "The requirements for graduating to each stage.",
        "Example:",
        "Feature gate guards all code changes",
        "Initial implementation supporting only X and Y use-cases",
        "Implementation supports all X use-cases",
        "It is not necessary to have all the requirements for all stages in the initial VEP.",
        "It is not necessary to have all the requirements for all stages in the initial CEP.",
        "They can be added later as the feature progresses, and there is more clarity towards its future.",
        "Refer to https://github.com/kubevirt/community/blob/main/design-proposals/feature-lifecycle.md#releases for \
         more details",
    ],
);
const ALPHA: SectionTemplate = SectionTemplate::within(GRADUATION, "Alpha", CRITERIA.hints);
const BETA: SectionTemplate = SectionTemplate::within(GRADUATION, "Beta", CRITERIA.hints);
const ON_BY_DEFAULT: SectionTemplate = SectionTemplate::within(
    "Beta",
    "On-By-Default Readiness",
    &[
        "Beta features are enabled by default.",
        "In this section, please specify what needs to be done in order for the VEP to be ready to be enabled by default.",
    ],
);
const STABLE: SectionTemplate = SectionTemplate::within(GRADUATION, "GA", CRITERIA.hints);

/// CI enhancement proposals in `kubevirt/project-infra` (R002T).
pub const CEP: SourceTemplate = SourceTemplate {
    id: "cep",
    noun: "CEP",
    root: &["docs", "ci-enhancements"],
    by_sig: false,
    main_file: "cep.md",
    sections: &[
        OVERVIEW,
        MOTIVATION,
        GOALS,
        NON_GOALS,
        USERS,
        STORIES,
        REPOS,
        DESIGN,
        ALTERNATIVES,
        SCALABILITY,
        COMPATIBILITY,
        TESTING,
        HISTORY,
        CRITERIA,
        ALPHA,
        BETA,
        STABLE,
    ],
    target_labels: &["target version", "target release", "ship target version"],
    checklist: &[
        "(R) Enhancement issue created, which links to CEP dir in [kubevirt/project-infra] (not the initial CEP PR)",
        "(R) Target version is explicitly mentioned and approved",
        "(R) Graduation criteria filled",
    ],
};

/// Virtualization enhancement proposals in `kubevirt/enhancements`.
pub const VEP: SourceTemplate = SourceTemplate {
    id: "vep",
    noun: "VEP",
    root: &["veps"],
    by_sig: true,
    main_file: "vep.md",
    sections: &[
        OVERVIEW,
        MOTIVATION,
        GOALS,
        NON_GOALS,
        USERS,
        STORIES,
        REPOS,
        DESIGN,
        API_EXAMPLES,
        ALTERNATIVES,
        SCALABILITY,
        COMPATIBILITY,
        TESTING,
        HISTORY,
        CRITERIA,
        ALPHA,
        BETA,
        ON_BY_DEFAULT,
        STABLE,
    ],
    target_labels: &[],
    checklist: &[
        "(R) Enhancement issue created, which links to VEP dir in [kubevirt/enhancements] (not the initial VEP PR)",
        "(R) Alpha target version is explicitly mentioned and approved",
        "(R) Beta target version is explicitly mentioned and approved",
        "(R) GA target version is explicitly mentioned and approved",
    ],
};

/// The sources known by default.
pub const SOURCES: &[SourceTemplate] = &[CEP, VEP];
