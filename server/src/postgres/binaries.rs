//! Finds PostgreSQL's programs: on PATH, where `pg_config` says, and where distributions put them off the PATH.
//!
//! Left out on purpose: installing or downloading them; the error says how to install.

use std::fs;
use std::path::{Path, PathBuf};

use tokio::process::Command;

use super::StartError;

/// The oldest major version we start.
pub(super) const OLDEST: u32 = 13;

/// One installation of PostgreSQL.
#[derive(Debug)]
pub(super) struct Binaries {
    pub(super) postgres: PathBuf,
    pub(super) initdb: PathBuf,
    pub(super) major: u32,
}

impl Binaries {
    /// The installation that made the cluster (`made_by`, a major version), or for a new one the first that is found.
    pub(super) async fn find(made_by: Option<&str>, cluster: &Path) -> Result<Self, StartError> {
        let mut installed = Vec::new();
        for dir in folders().await {
            if let Some(binaries) = Self::in_folder(&dir).await {
                installed.push(binaries);
            }
        }
        if installed.is_empty() {
            return Err(StartError::NotInstalled);
        }
        installed
            .into_iter()
            .find(|binaries| made_by.is_none_or(|made_by| made_by == binaries.major.to_string()))
            .ok_or_else(|| StartError::OtherVersion {
                cluster: cluster.to_owned(),
                made_by: made_by.unwrap_or_default().to_owned(),
            })
    }

    async fn in_folder(dir: &Path) -> Option<Self> {
        // PATH may hold links; PostgreSQL finds its own files beside the real program.
        let postgres = fs::canonicalize(dir.join("postgres")).ok()?;
        let initdb = postgres.with_file_name("initdb");
        if !initdb.exists() {
            return None;
        }
        let printed = output_of(Command::new(&postgres).arg("--version")).await?;
        let major = major_version(&printed).filter(|major| *major >= OLDEST)?;
        Some(Self { postgres, initdb, major })
    }
}

/// The folders to look into, best first.
async fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    if let Some(printed) = output_of(Command::new("pg_config").arg("--bindir")).await {
        folders.push(PathBuf::from(printed.trim()));
    }
    // Debian and Ubuntu, then Fedora and its kin.
    folders.extend(versioned("/usr/lib/postgresql", ""));
    folders.extend(versioned("/usr", "pgsql-"));
    folders
}

/// `<parent>/<prefix><version>/bin` for every version there, newest first.
fn versioned(parent: &str, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.strip_prefix(prefix)?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    found.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    found.into_iter().map(|(_, path)| path).collect()
}

async fn output_of(command: &mut Command) -> Option<String> {
    let output = command.current_dir("/").output().await.ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

/// `15` of `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`; also of `18beta1`.
fn major_version(printed: &str) -> Option<u32> {
    let version = printed.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn reads_the_major_version_of_releases_betas_and_distributions() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("something else"), None);
    }
}
