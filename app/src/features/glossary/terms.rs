//! The terms and what they mean here.

/// A term with its explanation.
pub(super) struct Term {
    /// Its id within the page.
    pub id: &'static str,
    /// The term.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A group of terms under one heading.
pub(super) struct Group {
    /// Id of its heading.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its terms.
    pub terms: &'static [Term],
}

const fn term(id: &'static str, name: &'static str, meaning: &'static str) -> Term {
    Term { id, name, meaning }
}

/// All groups.
pub(super) const GROUPS: &[Group] = &[
    Group {
        id: "things",
        title: "Proposals and releases",
        terms: &[
            term(
                "cep",
                "CEP",
                "CI Enhancement Proposal. A change to the CI that is written down before it is built: a document in kubevirt/project-infra, numbered by its tracking issue.",
            ),
            term(
                "vep",
                "VEP",
                "KubeVirt's enhancement proposal, in kubevirt/enhancements. CI work also runs as a VEP when it concerns the product.",
            ),
            term(
                "source",
                "Source",
                "A place that proposals come from, with its repository, its template, its labels and its calendar. Its id is the first part of every address of its proposals.",
            ),
            term("proposal", "Proposal", "One CEP or VEP, known by its source and the number of its tracking issue."),
            term(
                "participation",
                "Participation",
                "A proposal in one release. Stages, acceptance, commitment, exceptions and status belong to it, not to the proposal as a whole.",
            ),
            term("candidate", "Candidate", "A proposal that has a pull request and no tracking issue yet."),
            term(
                "document",
                "Document",
                "The proposal's text in its repository. For design and state it is the source of truth.",
            ),
            term(
                "tracking-issue",
                "Tracking issue",
                "The GitHub issue that follows a proposal: progress, stages, linked pull requests and bugs.",
            ),
            term(
                "calendar",
                "Calendar",
                "The repository that states when releases happen; by default kubevirt/sig-release.",
            ),
            term(
                "release",
                "Release",
                "One minor version of a calendar, such as v1.10. The current one is the earliest whose GA is ahead.",
            ),
            term("stage", "Maturity stage", "Alpha, Beta or GA; a change of tools or process takes a single step."),
        ],
    },
    Group {
        id: "cycle",
        title: "The cycle of a release",
        terms: &[
            term(
                "ef",
                "EF, Enhancement Freeze",
                "By then a proposal that wants into the release has to be agreed: merged, targeted, accepted, with people named and an owner who has committed.",
            ),
            term(
                "cf",
                "CF, Code Freeze",
                "By then what was agreed has to be merged, documentation under way, and no blocking bug open.",
            ),
            term("thaw", "Thaw", "The release branch is cut and main takes new work again."),
            term(
                "rc",
                "RC, release candidate",
                "A build that becomes the release when nobody finds a reason against it.",
            ),
            term("ga", "GA, general availability", "The release is out. Also the name of the last maturity stage."),
            term(
                "aoe",
                "AoE, Anywhere on Earth",
                "A freeze lasts until its day has ended everywhere: the next day at 12:00 UTC.",
            ),
            term(
                "phase",
                "Phase",
                "Planning until EF, Implementation until CF, Code freeze until the thaw, Stabilization until GA, then Released. A date that the schedule does not state is skipped.",
            ),
        ],
    },
    Group {
        id: "people",
        title: "People",
        terms: &[
            term(
                "owner",
                "Owner",
                "Wrote the proposal or took it over, and has promised to build it before the Code Freeze and to keep it up to date.",
            ),
            term("reviewer", "Reviewer", "Named to read the proposal and its pull requests."),
            term("approver", "Approver", "Named to say yes; also speaks for the SIG in the weekly check-in."),
            term(
                "owning-sig",
                "Owning SIG",
                "Accepts proposals for a release, orders them, and assigns reviewers and approvers. For every CEP this is SIG-CI.",
            ),
            term("release-team", "Release team", "Runs the weekly check-ins and decides on exceptions."),
        ],
    },
    Group {
        id: "state",
        title: "State",
        terms: &[
            term("accepted", "Accepted", "The owning SIG took the proposal into the release."),
            term(
                "tracked",
                "Tracked",
                "Accepted, and not ended since. A proposal that misses a freeze stays tracked until somebody ends it.",
            ),
            term("ready", "Ready", "Computed: every requirement of the gate is met. Nobody types it in."),
            term("gate", "Gate", "The freeze that counts now: one that passed unmet, else the next."),
            term(
                "requirement",
                "Requirement",
                "Something a freeze asks for. Its result is pass, fail or unknown, with evidence and with who can act.",
            ),
            term(
                "unknown",
                "Unknown",
                "Could not be checked. It counts neither as pass nor as fail, and is always shown as unknown.",
            ),
            term(
                "waived",
                "Waived",
                "Somebody entitled set a requirement aside, with name, reason and link. Counts as pass and is shown as waived.",
            ),
            term(
                "exception",
                "Exception",
                "Leave to go on after a freeze until a date, asked for with reasons and decided by the release team.",
            ),
            term(
                "at-risk",
                "At risk",
                "A flag beside the status: a check-in said so, a review lags, or the gate is less than a week ahead and something is open.",
            ),
            term(
                "mismatch",
                "Mismatch",
                "Two sources that disagree, such as document and issue, with a text that mends it.",
            ),
            term("landed", "Landed", "Contained in the branch that the release is built from."),
        ],
    },
];
