//! One server per data directory: a lock on a file, which the system takes back however its holder ends.
//!
//! Left out on purpose: deleting the file (a second server could hold the deleted one) and locking across machines.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

use super::StartError;

/// Held as long as this value lives.
#[derive(Debug)]
pub(super) struct DataLock {
    _file: Flock<File>,
}

impl DataLock {
    /// Takes the lock without waiting and notes our process in it; refused, tells who holds it.
    pub(super) fn take(path: &Path) -> Result<Self, StartError> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(StartError::file("open", path))?;
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(mut file) => {
                note_our_process(&mut file).map_err(StartError::file("write", path))?;
                Ok(Self { _file: file })
            }
            Err((mut file, Errno::EWOULDBLOCK)) => {
                let data_dir = path.parent().unwrap_or(path).to_owned();
                Err(StartError::InUse { data_dir, pid: noted_process(&mut file) })
            }
            Err((_, errno)) => Err(StartError::file("lock", path)(errno.into())),
        }
    }
}

fn note_our_process(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn noted_process(file: &mut File) -> Option<i32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
