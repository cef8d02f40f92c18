//! Where everything lies, and with which permissions.
//!
//! Left out on purpose: the choice of the data directory itself, which is the configuration's.

use std::fs::{self, DirBuilder, Permissions};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::StartError;
use super::account::Account;

/// Only part of the socket's name: nothing listens on TCP.
pub(super) const PORT: u16 = 5432;

/// The system allows 108 bytes for a socket's address, less on some; clients add to it.
const LONGEST_SOCKET: usize = 99;

/// The files and folders of one data directory, all absolute.
#[derive(Debug)]
pub(super) struct Paths {
    pub(super) lock: PathBuf,
    pub(super) cluster: PathBuf,
    /// The cluster while it is being made.
    pub(super) unfinished: PathBuf,
    pub(super) log: PathBuf,
    pub(super) socket_dir: PathBuf,
}

impl Paths {
    /// Makes the data directory and the socket's folder, and sees to it that PostgreSQL's user can reach them.
    pub(super) fn prepare(data_dir: &Path, account: &Account) -> Result<Self, StartError> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(data_dir)
            .map_err(StartError::file("make the folder", data_dir))?;
        let data = fs::canonicalize(data_dir).map_err(StartError::file("look at", data_dir))?;
        if account.is_other() {
            let mode = fs::metadata(&data).map_err(StartError::file("look at", &data))?.mode() & 0o7777;
            // Passing through, not listing: the folder is ours, the folders above it are not ours to open.
            set_mode(&data, mode | 0o011)?;
            account.check_may_enter(&data)?;
        }
        let socket_dir = socket_folder(&data, account);
        make_private(&socket_dir, account)?;
        Ok(Self {
            lock: data.join("lock"),
            cluster: data.join("postgres"),
            unfinished: data.join("postgres.unfinished"),
            log: data.join("postgres.log"),
            socket_dir,
        })
    }

    /// The socket itself.
    pub(super) fn socket(&self) -> PathBuf {
        socket_in(&self.socket_dir)
    }

    /// PostgreSQL's note of who owns the socket.
    pub(super) fn socket_lock(&self) -> PathBuf {
        self.socket_dir.join(format!(".s.PGSQL.{PORT}.lock"))
    }

    /// PostgreSQL's own note of its process and state.
    pub(super) fn pid_file(&self) -> PathBuf {
        self.cluster.join("postmaster.pid")
    }
}

/// Makes `dir` so that only PostgreSQL's user may enter it; refuses one that is somebody else's or a link.
pub(super) fn make_private(dir: &Path, account: &Account) -> Result<(), StartError> {
    match DirBuilder::new().mode(0o700).create(dir) {
        Ok(()) => account.own(dir)?,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(StartError::file("make the folder", dir)(error)),
    }
    let meta = fs::symlink_metadata(dir).map_err(StartError::file("look at", dir))?;
    if !meta.is_dir() || meta.uid() != account.uid() {
        return Err(StartError::ForeignSocketFolder { dir: dir.to_owned() });
    }
    set_mode(dir, 0o700)
}

fn set_mode(path: &Path, mode: u32) -> Result<(), StartError> {
    fs::set_permissions(path, Permissions::from_mode(mode)).map_err(StartError::file("change the permissions of", path))
}

fn socket_in(dir: &Path) -> PathBuf {
    dir.join(format!(".s.PGSQL.{PORT}"))
}

/// In the data directory, or in `/tmp` under a name made of user and data directory where the path would be too long.
fn socket_folder(data: &Path, account: &Account) -> PathBuf {
    let near = data.join("run");
    if socket_in(&near).as_os_str().as_bytes().len() <= LONGEST_SOCKET {
        return near;
    }
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    PathBuf::from(format!("/tmp/cep-tracker-{}-{:016x}", account.uid(), hasher.finish()))
}
