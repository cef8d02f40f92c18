//! What an import did, counted while it runs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::{Diagnostic, Severity};

use super::source::Found;
use crate::{
    documents::{self, SourceTemplate},
    files::File,
    store::import_run::{DiagnosticCount, ImportRun},
};

/// Places kept per diagnostic.
const PLACES: usize = 5;

/// Counts while an import runs.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub read: i32,
    pub changed: i32,
    pub unchanged: i32,
    pub gone: i32,
    pub further: usize,
    pub skipped: usize,
    pub numbers: BTreeSet<u32>,
    diagnostics: BTreeMap<String, DiagnosticCount>,
}

impl Tally {
    /// The document of a proposal that a file is, if it is one.
    pub fn find<'a>(&mut self, template: &SourceTemplate, file: &'a File) -> Option<Found<'a>> {
        let located = documents::locate(template, &file.path)?;
        if located.template {
            self.skipped += 1;
            return None;
        }
        let Some(number) = located.number else {
            self.skipped += 1;
            self.diagnose(&file.path, &[no_number()]);
            return None;
        };
        self.read += 1;
        if located.main {
            self.numbers.insert(number);
        } else {
            self.further += 1;
        }
        Some(Found { file, number })
    }

    pub fn diagnose(&mut self, path: &str, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let count = self.diagnostics.entry(diagnostic.code.clone()).or_insert_with(|| DiagnosticCount {
                code: diagnostic.code.clone(),
                severity: diagnostic.severity,
                count: 0,
                mend: diagnostic.mend.clone(),
                places: Vec::new(),
            });
            count.count += 1;
            if count.places.len() < PLACES {
                count.places.push(format!("{path}:{}", diagnostic.line));
            }
        }
    }

    pub fn run(&mut self, origin: String, started_at: DateTime<Utc>, finished_at: DateTime<Utc>) -> ImportRun {
        ImportRun {
            origin,
            started_at,
            finished_at,
            read: self.read,
            changed: self.changed,
            unchanged: self.unchanged,
            gone: self.gone,
            diagnostics: std::mem::take(&mut self.diagnostics).into_values().collect(),
        }
    }
}

fn no_number() -> Diagnostic {
    Diagnostic {
        line: 0,
        code: "no-number-in-path".to_owned(),
        severity: Severity::Warning,
        message: "The directory's name does not begin with the number of the tracking issue.".to_owned(),
        mend: "Name the directory after the tracking issue: `4702-short-title`.".to_owned(),
    }
}
