//! Files of a repository checked out on disk, or made up by the demo, as the import takes them.

use std::{collections::HashMap, fs, io, path::Path, process::Command};

use chrono::{DateTime, Utc};

/// A file with its path in the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Path relative to the root of the repository, with `/`.
    pub path: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// Since when it has been so, when that is known.
    pub occurred_at: Option<DateTime<Utc>>,
    /// When its repository last changed it, when that is known.
    pub changed_at: Option<DateTime<Utc>>,
    /// Whether it stands in a pull request only.
    pub proposed: bool,
}

/// Deepest directory that is read, as a guard against links that lead in circles.
const MAX_DEPTH: usize = 12;

/// Files larger than this are read only up to one byte more, so that their reader can say that they are too large.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// Reads the files below `root` whose name `wanted` takes, in the order of their paths. Hidden directories and symbolic
/// links are passed over.
///
/// # Errors
/// When a directory or file cannot be read; the message names it.
pub fn below(root: &Path, wanted: &dyn Fn(&str) -> bool) -> io::Result<Vec<File>> {
    let mut found = Vec::new();
    walk(root, "", 0, wanted, &mut found)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let mut changes = changes(root);
    for file in &mut found {
        file.changed_at = changes.remove(&file.path);
    }
    Ok(found)
}

/// One file right under `root`, when it is there.
///
/// # Errors
/// When it is there and cannot be read.
pub fn one(root: &Path, name: &str) -> io::Result<Option<File>> {
    match fs::read(root.join(name)) {
        Ok(content) => {
            let changed_at = changes(root).remove(name);
            Ok(Some(File { path: name.to_owned(), content, occurred_at: None, changed_at, proposed: false }))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// When the main line of a git checkout last changed each path; empty where there is no git, or no history.
fn changes(root: &Path) -> HashMap<String, DateTime<Utc>> {
    let mut latest = HashMap::new();
    if !root.join(".git").exists() {
        return latest;
    }
    // Merges count as changes of the main line: a document is there from its merge on, not from its first commit.
    let output = Command::new("git")
        .args(["-c", "core.quotepath=off", "log", "--first-parent", "-m", "--name-only", "--format=%x00%cI"])
        .current_dir(root)
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else { return latest };
    for commit in String::from_utf8_lossy(&output.stdout).split('\0').skip(1) {
        let mut lines = commit.lines().filter(|line| !line.is_empty());
        let Some(at) = lines.next().and_then(|at| DateTime::parse_from_rfc3339(at).ok()) else { continue };
        for path in lines {
            latest.entry(path.to_owned()).or_insert_with(|| at.with_timezone(&Utc));
        }
    }
    latest
}

/// Files that matter to a source: Markdown and aliases.
pub fn is_source_file(name: &str) -> bool {
    name == "OWNERS_ALIASES" || Path::new(name).extension().is_some_and(|ext| ext.eq_ignore_ascii_case("md"))
}

/// Files that matter to a calendar.
pub fn is_schedule(name: &str) -> bool {
    name == "schedule.yaml"
}

fn walk(
    directory: &Path,
    prefix: &str,
    depth: usize,
    wanted: &dyn Fn(&str) -> bool,
    found: &mut Vec<File>,
) -> io::Result<()> {
    let named = |path: &Path| {
        let path = path.display().to_string();
        move |error: io::Error| io::Error::new(error.kind(), format!("{path}: {error}"))
    };
    for entry in std::fs::read_dir(directory).map_err(named(directory))? {
        let entry = entry.map_err(named(directory))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(named(&entry.path()))?;
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}/{name}") };
        if kind.is_dir() && !name.starts_with('.') && name != "node_modules" && depth < MAX_DEPTH {
            walk(&entry.path(), &path, depth + 1, wanted, found)?;
        } else if kind.is_file() && wanted(&name) {
            let content = read(&entry.path()).map_err(named(&entry.path()))?;
            found.push(File { path, content, occurred_at: None, changed_at: None, proposed: false });
        }
    }
    Ok(())
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    use io::Read;
    let mut content = Vec::new();
    std::fs::File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut content)?;
    Ok(content)
}
