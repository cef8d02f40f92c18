//! `cep-tracker inspect`: shows what the readers see in schedules and proposal documents.
//!
//! Nothing is judged here beyond what the readers report; for a verdict on a document see [`super::check`]. It needs
//! no database and no network.

pub(super) mod files;
mod json;
mod summary;

use std::{
    io::{self, Write},
    path::PathBuf,
};

use self::files::{Content, Input};

/// Read schedules and proposal documents and show what is in them.
///
/// A file ending in .yaml or .yml is read as a release schedule, any other as a proposal document. Directories are
/// searched for schedule.yaml and for proposal documents. Exit code: 0 when everything could be read, 2 when a file
/// could not; what is wrong inside a file is shown and does not change the exit code.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Files and directories to read.
    #[arg(required = true, value_name = "FILE")]
    pub paths: Vec<PathBuf>,
    /// Print one JSON object a line, for other programs.
    #[arg(long)]
    pub json: bool,
}

/// Prints every file named by `args` to `out`, in the order given, and returns the exit code.
///
/// # Errors
/// When `out` cannot be written. A file that cannot be read is named on standard error instead.
pub fn run(args: &Args, out: &mut impl Write) -> Result<u8, io::Error> {
    let mut exit = 0;
    for input in files::collect(&args.paths) {
        match input {
            Input::Read { shown, content } if args.json => writeln!(out, "{}", json::object(&shown, &content))?,
            Input::Read { shown, content } => summary::write(&shown, &content, out)?,
            Input::Unreadable { shown, reason } => {
                exit = 2;
                files::complain(&shown, &reason);
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

impl Content {
    /// What kind of file it is, as printed.
    fn kind(&self) -> &'static str {
        match self {
            Self::Proposal { .. } => "proposal",
            Self::Schedule(_) => "schedule",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CEP: &str =
        "# CEP #7: Faster lanes\n\n- This CEP targets beta for version: v1.10.\n\n## Design\n\nDo less.\n";
    const SCHEDULE: &str = "- when: 2026/04/30\n  milestone: KubeVirt Alpha 0\n  who: KubeVirt\n  what: Virtualization \
                            Enhancement Proposal (VEP) Freeze\n- when: 2026/06/24\n  milestone: KubeVirt Code Freeze\n  \
                            who: KubeVirt\n  what: Branch release-1.9\n- when: 2026-07-22\n  milestone: \"**KubeVirt \
                            GA**\"\n  who: KubeVirt\n  what: Tag v1.9.0 on release-1.9\n";

    fn repository() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in [
            ("docs/ci-enhancements/0008-lanes/cep.md", CEP),
            ("docs/notes.md", "# Notes\n"),
            ("releases/v1.9/schedule.yaml", SCHEDULE),
            (".git/schedule.yaml", SCHEDULE),
        ] {
            let file = root.path().join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        root
    }

    fn objects(paths: Vec<PathBuf>) -> (u8, Vec<serde_json::Value>) {
        let mut out = Vec::new();
        let exit = run(&Args { paths, json: true }, &mut out).unwrap();
        (exit, String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect())
    }

    #[test]
    fn a_directory_gives_its_documents_and_schedules_as_json() {
        let root = repository();
        let (exit, found) = objects(vec![root.path().to_owned()]);
        assert_eq!((exit, found.len()), (0, 2));
        let (cep, schedule) = (&found[0], &found[1]);
        assert_eq!(
            (&cep["kind"], &cep["number"], &cep["title"]),
            (&"proposal".into(), &7.into(), &"Faster lanes".into())
        );
        assert_eq!(
            cep["targets"][0],
            serde_json::json!({
                "stage": "beta", "raw": "v1.10.", "reading": "version", "version": "v1.10", "line": 3, "from": "line"
            })
        );
        assert!(cep["diagnostics"].as_array().unwrap().iter().any(|d| d["code"] == "number-differs" && d["line"] == 1));
        assert_eq!(schedule["version"], "v1.9");
        assert_eq!(schedule["enhancement_freeze"]["instant"], "2026-05-01T12:00:00Z");
        assert_eq!(schedule["enhancement_freeze"]["from"], "row");
        assert_eq!(schedule["ga"]["date"], "2026-07-22");
    }

    #[test]
    fn a_file_that_is_not_there_gives_exit_code_two_and_the_others_are_read() {
        let root = repository();
        let (exit, found) = objects(vec![root.path().join("missing.md"), root.path().join("docs/notes.md")]);
        assert_eq!((exit, found.len()), (2, 1));
    }

    #[test]
    fn the_summary_is_for_people() {
        let root = repository();
        let mut out = Vec::new();
        run(&Args { paths: vec![root.path().join("releases"), root.path().join("docs")], json: false }, &mut out)
            .unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("Enhancement Freeze  2026-04-30, over at 2026-05-01 12:00 UTC"), "{text}");
        assert!(text.contains("target   beta  v1.10"), "{text}");
    }
}
