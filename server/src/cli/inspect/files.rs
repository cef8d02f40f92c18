//! Finds the files that a command line names, and reads them.
//!
//! Shared by `inspect` and `check`. Symbolic links and hidden directories are passed over while searching, so that a
//! search ends; a link that is named on the command line is read.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
};

use domain::{DocumentReading, ScheduleReading};

use crate::documents::{
    CEP, Located, MAX_DOCUMENT_BYTES, SOURCES, SourceTemplate, locate, read_proposal, read_schedule, source_of,
};

/// A file and what became of it.
pub enum Input {
    /// It was read.
    Read {
        /// Its path as shown to people.
        shown: String,
        /// What is in it.
        content: Content,
    },
    /// It could not be read at all.
    Unreadable {
        /// Its path as shown to people.
        shown: String,
        /// Why, in the words of the operating system.
        reason: String,
    },
}

/// What the readers made of a file.
pub enum Content {
    /// A proposal document.
    Proposal {
        /// The source whose template it was compared with.
        source: &'static SourceTemplate,
        /// Where it lies within its source.
        located: Option<Located>,
        /// What it states.
        reading: Box<DocumentReading>,
    },
    /// A release schedule.
    Schedule(Box<ScheduleReading>),
}

/// Reads all files named by `paths`, one after the other; directories in the order of their names.
pub fn collect(paths: &[PathBuf]) -> impl Iterator<Item = Input> {
    paths.iter().flat_map(|path| expand(path)).map(|found| match found {
        Ok(path) => read(&path),
        Err((path, error)) => Input::Unreadable { shown: shown(&path), reason: error.to_string() },
    })
}

/// Says on standard error that a file could not be read.
pub fn complain(shown: &str, reason: &str) {
    // Nothing sensible is left to do when standard error itself is closed.
    let _ = writeln!(io::stderr(), "{shown}: could not be read: {reason}");
}

/// `text` without control characters, so that no file can drive the reader's terminal.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

type Found = Result<PathBuf, (PathBuf, io::Error)>;

fn expand(path: &Path) -> Vec<Found> {
    let mut found = Vec::new();
    match fs::metadata(path) {
        Ok(data) if data.is_dir() => search(path.to_owned(), &mut found),
        Ok(_) => found.push(Ok(path.to_owned())),
        Err(error) => found.push(Err((path.to_owned(), error))),
    }
    found
}

fn search(root: PathBuf, found: &mut Vec<Found>) {
    let mut open = vec![root];
    while let Some(path) = open.pop() {
        if !path.is_dir() {
            found.push(Ok(path));
            continue;
        }
        match entries(&path) {
            Ok(mut inside) => {
                inside.sort_unstable_by(|a, b| b.cmp(a));
                open.append(&mut inside);
            }
            Err(error) => found.push(Err((path, error))),
        }
    }
}

fn entries(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut inside = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if (kind.is_dir() && !hidden) || (kind.is_file() && is_wanted(&entry.path())) {
            inside.push(entry.path());
        }
    }
    Ok(inside)
}

fn is_wanted(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let place = place_of(path);
    matches!(name.as_str(), "schedule.yaml" | "schedule.yml")
        || SOURCES.iter().any(|source| name == source.main_file || locate(source, &place).is_some())
}

/// The path by which a file is located: absolute, without `..`, so that it does not matter from where the command
/// runs.
fn place_of(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut place = PathBuf::new();
    for part in absolute.components() {
        if part == Component::ParentDir {
            place.pop();
        } else {
            place.push(part);
        }
    }
    shown(&place)
}

fn read(path: &Path) -> Input {
    let mut bytes = Vec::new();
    // One byte beyond the limit is enough for the reader to refuse the file.
    let limit = u64::try_from(MAX_DOCUMENT_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    if let Err(error) = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
        return Input::Unreadable { shown: shown(path), reason: error.to_string() };
    }
    let place = place_of(path);
    let is_yaml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"));
    let content = if is_yaml {
        Content::Schedule(Box::new(read_schedule(&place, &bytes)))
    } else {
        let source = source_of(&place, &String::from_utf8_lossy(&bytes)).unwrap_or(&CEP);
        let reading = Box::new(read_proposal(source, &place, &bytes));
        Content::Proposal { source, located: locate(source, &place), reading }
    };
    Input::Read { shown: shown(path), content }
}
