//! As whom PostgreSQL runs: as ourselves, or, since it refuses root, as the user `postgres`.
//!
//! Left out on purpose: a configurable name. Debian, Fedora and the official images all call that user `postgres`.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::Path;

use nix::unistd::{User, geteuid};
use tokio::process::Command;

use super::StartError;

/// The user PostgreSQL's programs run as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
    switch: Switch,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Switch {
    No,
    FromRoot,
}

impl Account {
    pub(super) fn find() -> Result<Self, StartError> {
        let me = geteuid();
        if !me.is_root() {
            return Ok(Self { uid: me.as_raw(), gid: nix::unistd::getegid().as_raw(), switch: Switch::No });
        }
        match User::from_name("postgres") {
            Ok(Some(user)) => Ok(Self { uid: user.uid.as_raw(), gid: user.gid.as_raw(), switch: Switch::FromRoot }),
            Ok(None) | Err(_) => Err(StartError::NoAccount),
        }
    }

    pub(super) fn uid(&self) -> u32 {
        self.uid
    }

    /// True when PostgreSQL runs as somebody else than we do.
    pub(super) fn is_other(&self) -> bool {
        self.switch == Switch::FromRoot
    }

    /// A command that will run as this user, in the folder `/`, without PostgreSQL's variables of whoever called us.
    pub(super) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env("LC_ALL", "C");
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PG") {
                command.env_remove(name);
            }
        }
        if self.is_other() {
            // Setting the user also drops root's further groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Gives a file or folder to this user.
    pub(super) fn own(&self, path: &Path) -> Result<(), StartError> {
        if !self.is_other() {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid)).map_err(StartError::file("change the owner of", path))
    }

    /// Checks that this user may pass through `dir` and every folder above it. Access control lists are not read.
    pub(super) fn check_may_enter(&self, dir: &Path) -> Result<(), StartError> {
        if !self.is_other() {
            return Ok(());
        }
        for folder in dir.ancestors() {
            let meta = fs::metadata(folder).map_err(StartError::file("look at", folder))?;
            let needed = if meta.uid() == self.uid {
                0o100
            } else if meta.gid() == self.gid {
                0o010
            } else {
                0o001
            };
            if meta.mode() & needed == 0 {
                return Err(StartError::ClosedFolder { dir: folder.to_owned() });
            }
        }
        Ok(())
    }
}
