//! What is imported: documents in the real formats, most of about 4 kB, one of 24 kB with tables, code and lists, and
//! the schedules around now. Schedules and the long document are the demo world's; the others are made here.

use std::{fmt::Write as _, fs, path::Path};

use chrono::{DateTime, Utc};
use domain::{ReleaseDates, ReleaseVersion};
use server::{
    demo::{self, CURRENT, NEXT, OLD, SHIPPED},
    documents,
    usecases::key::Key,
};

use crate::{facts, running::Outcome};

/// A proposal with its document.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Its key.
    pub key: Key,
    /// Path of its document.
    pub path: String,
    /// The document.
    pub text: String,
    /// The release it targets.
    pub release: ReleaseVersion,
}

/// All proposals and schedules.
#[derive(Debug)]
pub struct Corpus {
    /// The proposals; the first has the long document.
    pub proposals: Vec<Proposal>,
    schedules: Vec<(String, String)>,
}

/// SIGs that VEPs lie under.
const SIGS: [&str; 3] = ["sig-compute", "sig-network", "sig-storage"];

/// People who own, review and approve.
pub const PEOPLE: [&str; 12] =
    ["ada", "bo", "carla", "dmitri", "elif", "femi", "gita", "hugo", "ines", "jun", "kofi", "lena"];

impl Corpus {
    /// A world of so many proposals as of an instant. One in three takes part in the current release.
    pub fn around(now: DateTime<Utc>, count: usize) -> Self {
        let demo = demo::world(now);
        let mut schedules: Vec<(String, String)> = Vec::new();
        for schedule in demo.schedules {
            // Versions come in the order of their times; the last one holds.
            schedules.retain(|(path, _)| *path != schedule.path);
            schedules.push((schedule.path, schedule.text));
        }
        let long = demo.files.into_iter().filter(|file| file.source == "cep").max_by_key(|file| file.text.len());
        let mut proposals: Vec<Proposal> = long
            .and_then(|file| {
                let number = documents::locate(&documents::CEP, &file.path)?.number?;
                let key = Key { source: "cep".to_owned(), number };
                Some(Proposal { key, path: file.path, text: file.text, release: CURRENT })
            })
            .into_iter()
            .collect();
        let numbers = (10_000_u32..).take(count.saturating_sub(proposals.len()));
        proposals.extend(numbers.map(proposal));
        Self { proposals, schedules }
    }

    /// Documents, aliases and schedules under a directory: `cep`, `vep` and `releases`.
    pub fn write(&self, directory: &Path) -> Outcome<()> {
        for source in ["cep", "vep"] {
            fs::create_dir_all(directory.join(source))?;
            fs::write(directory.join(source).join("OWNERS_ALIASES"), aliases())?;
        }
        let documents = self.proposals.iter().map(|p| (format!("{}/{}", p.key.source, p.path), &p.text));
        let schedules = self.schedules.iter().map(|(path, text)| (path.clone(), text));
        for (path, text) in documents.chain(schedules) {
            let path = directory.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }

    /// The schedules: paths with texts.
    pub fn schedules(&self) -> impl Iterator<Item = (&str, &str)> {
        self.schedules.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many documents there are, their size in all, and that of the largest.
    pub fn documents(&self) -> (usize, usize, usize) {
        let sizes = || self.proposals.iter().map(|proposal| proposal.text.len());
        (self.proposals.len(), sizes().sum(), sizes().max().unwrap_or_default())
    }

    /// Proposals of the current release.
    pub fn current(&self) -> impl Iterator<Item = &Proposal> {
        self.proposals.iter().filter(|proposal| proposal.release == CURRENT)
    }

    /// Those that are accepted for it and belong to SIG-CI.
    pub fn accepted(&self) -> impl Iterator<Item = &Proposal> {
        self.current().filter(|proposal| proposal.key.source == "cep" && facts::accepted(proposal.key.number))
    }

    /// Dates of the current release.
    pub fn dates(&self) -> ReleaseDates {
        let wanted = format!("releases/{CURRENT}/");
        let schedule = self.schedules.iter().find(|(path, _)| path.starts_with(&wanted));
        schedule.map_or_else(ReleaseDates::default, |(path, text)| {
            ReleaseDates::from_reading(&documents::read_schedule(path, text.as_bytes()), ReleaseDates::default().zone)
        })
    }
}

/// Arguments of the command that imports what [`Corpus::write`] wrote.
pub fn import_arguments(directory: &Path) -> Vec<String> {
    let source = |id: &str| format!("{id}={}", directory.join(id).display());
    let releases = directory.join("releases").display().to_string();
    let words = ["import", "--source", &source("cep"), "--source", &source("vep"), "--releases", &releases];
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The first of the people is in every group, so that one session can do everything.
pub fn aliases() -> String {
    let groups = ["ci-maintainers", "sig-release-approvers", "sig-compute-approvers", "sig-network-approvers"];
    let mut text = "aliases:\n".to_owned();
    for group in groups {
        _ = writeln!(text, "  {group}:\n  - {}\n  - {}", PEOPLE[0], PEOPLE[1]);
    }
    text
}

/// The one of several that belongs to a number.
pub fn pick<T: Copy>(from: &[T], number: u32) -> Option<T> {
    from.get(usize::try_from(number).ok()?.checked_rem(from.len())?).copied()
}

fn person(number: u32) -> &'static str {
    pick(&PEOPLE, number).unwrap_or("ada")
}

fn proposal(number: u32) -> Proposal {
    let release = match number % 6 {
        0 | 3 => CURRENT,
        1 => NEXT,
        2 => SHIPPED,
        _ => OLD,
    };
    let (source, noun, path) = if number % 5 < 2 {
        ("cep", "CEP", format!("docs/ci-enhancements/{number}-lane-budget/cep.md"))
    } else {
        let sig = pick(&SIGS, number).unwrap_or("sig-compute");
        ("vep", "VEP", format!("veps/{sig}/{number}-lane-budget/vep.md"))
    };
    let text = document(noun, number, release);
    Proposal { key: Key { source: source.to_owned(), number }, path, text, release }
}

const SECTIONS: [&str; 13] = [
    "Overview",
    "Motivation",
    "Goals",
    "Non Goals",
    "Definition of Users",
    "User Stories",
    "Repos",
    "Design",
    "API Examples",
    "Alternatives",
    "Scalability",
    "Update/Rollback Compatibility",
    "Functional Testing Approach",
];

const SENTENCES: [&str; 8] = [
    "Each lane gets a *budget* of minutes per week, and what exceeds it is reported to its owners before it is cut.",
    "A lane that nobody has looked at for a quarter is listed in [the report](https://storage.googleapis.com/report), \
     with the last person who touched its configuration.",
    "- Jobs declare what they need in `spec.containers[0].resources`, nothing is guessed from their names.",
    "- Rehearsals run on the same nodes as the real thing; see `robots/cmd/rehearse` and [#2817](https://github.com/kubevirt/project-infra/pull/2817).",
    "Contributors should not have to know **which** cluster a job runs on; maintainers should never have to guess.",
    "We measured four weeks: 31 % of all runs repeated work whose inputs had not changed since the run before.",
    "Nothing changes for jobs that do not opt in, and opting out again is one line.",
    "The controller reads its state from the cluster at start, so that an upgrade or a rollback loses nothing.",
];

fn document(noun: &str, number: u32, release: ReleaseVersion) -> String {
    let mut text = format!(
        "# {noun} #{number}: Lane budget {number} for flaky and slow presubmits\n\n- Owner: @{}\n- Reviewers: @{}, @{}\n\
         - Approvers: @{}\n\n## {noun} Status Metadata\n\n### Target releases\n\n<!-- One line per stage. -->\n\n\
         - This {noun} targets alpha for version: {release}\n- This {noun} targets beta for version:\n\n\
         ### Release Signoff Checklist\n\nItems marked with (R) are required *prior to targeting*.\n\n\
         - [x] (R) Enhancement issue created, which links to {noun} dir\n\
         - [x] (R) Target version is explicitly mentioned and approved\n- [ ] (R) Graduation criteria filled\n",
        person(number),
        person(number + 1),
        person(number + 5),
        person(number + 7),
    );
    let mut sentence = number;
    for section in SECTIONS {
        _ = write!(text, "\n## {section}\n\n");
        for _ in 0..3 {
            _ = writeln!(text, "{}", pick(&SENTENCES, sentence).unwrap_or_default());
            sentence = sentence.wrapping_mul(5).wrapping_add(3);
        }
    }
    _ = write!(
        text,
        "\n```yaml\n- name: pull-lane-{number}\n  always_run: false\n  decorate: true\n```\n\n\
         ## Graduation Requirements\n\n### Alpha\n\n- [x] Ten lanes have a budget\n- [ ] Reports are read weekly\n\n\
         ### Beta\n\n- [ ] Every lane has one\n"
    );
    text
}
