//! Words that many proposals share: sections that a text leaves to the house, and sentences of quiet check-ins.

/// What a proposal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Prow, its jobs and plugins.
    Prow,
    /// A test lane.
    Lane,
    /// kubevirtci and its providers.
    Provider,
    /// Building and releasing.
    Release,
    /// Reports, dashboards, alerts.
    Observe,
}

/// A section that nobody has written yet.
pub const UNFILLED: &str = "<!--\nTo be written. For example:\n### Alpha\n- [ ] First lane runs nightly\n-->";

/// API examples of proposals that change no API.
pub const API: &str = "The proposal changes no API of KubeVirt. The only new surface is the label by which tests are selected:\n\n\
```go\nvar _ = Describe(\"[sig-compute] lane\", decorators.RequiresDedicatedLane, func() {\n\tIt(\"runs only where the lane \
asks for it\", func() { /* … */ })\n})\n```";

/// Who is meant to use it.
pub const fn users(kind: Kind, number: u32) -> &'static str {
    match kind {
        Kind::Prow if number.is_multiple_of(2) => {
            "- **Contributor**: opens a pull request and reads its results.\n- **Job owner**: maintains the job's \
             configuration and answers for its failures.\n- **CI maintainer**: operates Prow and is called when it stands still."
        }
        Kind::Prow => {
            "Contributors who change job configuration without knowing Prow, reviewers who have to trust what they see, and \
             the CI maintainers who clean up when both were wrong."
        }
        Kind::Lane => {
            "- **Feature developer**: needs to know before merge whether the feature works on this platform.\n- **SIG on \
             duty**: triages failures of the lane within two working days.\n- **Release team**: reads the lane's record \
             before a tag."
        }
        Kind::Provider => {
            "- **Developer** with a laptop who runs `make cluster-up`.\n- **CI maintainer** who bumps the provider.\n- \
             **Vendor** whose hardware lane builds on it."
        }
        Kind::Release => {
            "Release managers, who today follow a list by hand; maintainers of release branches, who do the same for patch \
             releases; and everybody who consumes what is released."
        }
        Kind::Observe => {
            "- **SIG lead**: wants one number per week and the three tests to look at.\n- **CI maintainer**: wants to know \
             before the contributors do.\n- **Contributor**: wants to know whether the failure is theirs."
        }
    }
}

/// What they want to do.
pub const fn stories(kind: Kind) -> &'static str {
    match kind {
        Kind::Prow => {
            "1. As a contributor I see within minutes what is wrong with my change, in the pull request and not in a log.\n\
             2. As a job owner I change one job without being afraid for the others.\n3. As a CI maintainer I can switch \
             it off with one line while everybody sleeps."
        }
        Kind::Lane => {
            "1. As a developer I start the lane on my pull request with `/test` and get a result the same morning.\n2. As \
             the SIG on duty I can tell a broken platform from a broken test.\n3. As the release team I see the lane's \
             last fourteen runs on one page."
        }
        Kind::Provider => {
            "1. As a developer I get the same cluster on my laptop that CI uses.\n2. As a CI maintainer I move all lanes \
             to a new version by one pull request, and back by one revert."
        }
        Kind::Release => {
            "1. As a release manager I start a release from one place and see how far it is.\n2. As a maintainer I can \
             repeat a step that failed without repeating the others.\n3. As a user I can verify what I download."
        }
        Kind::Observe => {
            "1. As a SIG lead I open one page on Monday and know what broke.\n2. As a contributor I find the tracking issue \
             of a flake from the failing run.\n3. As a CI maintainer I am paged for what needs a person, and for nothing else."
        }
    }
}

/// What it costs.
pub const fn scalability(kind: Kind, number: u32) -> &'static str {
    match kind {
        Kind::Prow => {
            "The work is proportional to the changed files of a pull request. Measured on the largest change of the last \
             half year (412 files) it took 38 seconds on one core and 210 MB."
        }
        Kind::Lane if number.is_multiple_of(2) => {
            "One run takes about 95 minutes on one node. At the usual forty pull requests a day, with the lane optional, two \
             nodes are enough; when it becomes voting it needs four."
        }
        Kind::Lane => {
            "The lane shares its nodes with two others. Runs queue for at most 40 minutes in the 95th percentile, measured \
             over four weeks; beyond 60 minutes the lane falls back to nightly."
        }
        Kind::Provider => {
            "Every provider adds about 4.2 GB to the registry and one build of 55 minutes per bump. Old ones are removed when \
             the release that needs them ends."
        }
        Kind::Release => {
            "It runs a handful of times a week. The cost is one small node for an hour per release and 3 GB of artefacts."
        }
        Kind::Observe => {
            "About 90,000 test results a day are kept for 90 days, 11 GB in all. Pages are rendered once an hour; nothing is \
             computed while somebody waits."
        }
    }
}

/// What happens when it is taken back.
pub const fn rollback(kind: Kind, number: u32) -> &'static str {
    match kind {
        Kind::Prow => {
            "Reverting the pull request that enables it restores the former behaviour at the next configuration update. No state is left behind."
        }
        Kind::Lane if number.is_multiple_of(3) => {
            "The job is optional until Beta. Taking it out of the required contexts is one line in `prow-deploy`; open \
             pull requests need no retest."
        }
        Kind::Lane => "Removing the job removes the lane. Test code stays behind its label and is simply not selected.",
        Kind::Provider => {
            "Providers are addressed by tag. Lanes pin the tag, so an old provider goes on working as long as its image exists."
        }
        Kind::Release => {
            "Each step can be done by hand as before; the old instructions stay in `docs/release.md` until GA. A half-done \
             release is finished by hand from the last step that reports success."
        }
        Kind::Observe => {
            "Nothing depends on it. When it is switched off, the pages show their age and the alerts fall silent after a notice."
        }
    }
}

/// How it is tested.
pub const fn testing(kind: Kind, number: u32) -> &'static str {
    match kind {
        Kind::Prow => {
            "- Unit tests over the job configuration of the last two years: each commit must give the result that \
             history gave.\n- An end-to-end run on the test instance with a pull request that must fail and one that must pass."
        }
        Kind::Lane if number.is_multiple_of(2) => {
            "The lane itself is the test. Before it votes it has to pass 50 of 50 runs on an unchanged main, and to fail on \
             three seeded faults."
        }
        Kind::Lane => {
            "| check | when | expected |\n| --- | --- | --- |\n| unchanged main, 30 runs | before Alpha | 28 pass |\n| unchanged \
             main, 50 runs | before Beta | 50 pass |\n| seeded faults | each release | all found |"
        }
        Kind::Provider => {
            "`check-up-kind` and the conformance subset run against every provider image before it is pushed, and nightly against the published tag."
        }
        Kind::Release => {
            "A dry run against a fork every night, including the failure of each step in turn. The last rehearsal before \
             a real release is done by somebody who did not write it."
        }
        Kind::Observe => {
            "Recorded results of two weeks are replayed; the pages are compared with those computed by hand for three tests. \
             Alerts are tested by a silenced copy for a month."
        }
    }
}

/// Sentences of check-ins in which nothing special was said.
pub const QUIET_WEEKS: [&str; 18] = [
    "Nothing new since last week, nothing in the way.",
    "Review is going on; the open comments are about names.",
    "The owner was away for three days, the plan holds.",
    "First half is merged, the second is in review.",
    "Tests are green on the feature branch, cleaning up.",
    "Rebased after the provider bump, no conflicts left.",
    "Reviewers promised by Thursday.",
    "Waits for a slot on the bare-metal nodes, booked for Friday.",
    "Split one pull request in two, at the reviewers' request.",
    "Documentation is drafted.",
    "Two runs failed for a known reason, tracked elsewhere.",
    "Small things left, on track for the freeze.",
    "Discussed in the SIG meeting, no objections.",
    "The lane has run green all week.",
    "Approver is back, catching up on Wednesday.",
    "One question on permissions, answered on the pull request.",
    "Numbers look as expected, a week more of data wanted.",
    "Waiting for the image build, then it can merge.",
];
