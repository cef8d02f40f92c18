//! The settings a private PostgreSQL runs with.
//!
//! Left out on purpose: everything whose default serves a few dozen people. Whoever needs more sets `DATABASE_URL`.

use std::ffi::OsString;
use std::path::Path;

/// Whether committed data must survive a power cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// It must: a commit returns when it is on disk.
    Full,
    /// It need not: for tests, whose data is thrown away.
    None,
}

/// What may differ from one private PostgreSQL to another.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Connections at a time, those of maintenance included.
    pub max_connections: u16,
    /// Memory for shared buffers, in megabytes.
    pub shared_buffers_mb: u32,
    /// Whether data must survive a power cut.
    pub durability: Durability,
    /// Further settings of `postgresql.conf`, name and value; they win over all others.
    pub extra: Vec<(String, String)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { max_connections: 60, shared_buffers_mb: 64, durability: Durability::Full, extra: Vec::new() }
    }
}

impl Settings {
    /// For tests: many connections, nothing waits for the disk.
    pub fn fast() -> Self {
        Self { max_connections: 200, shared_buffers_mb: 32, durability: Durability::None, extra: Vec::new() }
    }

    /// The command line of `postgres` after its program name.
    pub(super) fn arguments(&self, cluster: &Path, socket_dir: &Path) -> Vec<OsString> {
        let flush = match self.durability {
            Durability::Full => "on",
            Durability::None => "off",
        };
        let ours = [
            ("listen_addresses", String::new()),
            ("port", super::paths::PORT.to_string()),
            ("max_connections", self.max_connections.to_string()),
            ("shared_buffers", format!("{}MB", self.shared_buffers_mb)),
            ("fsync", flush.to_owned()),
            ("synchronous_commit", flush.to_owned()),
            ("full_page_writes", flush.to_owned()),
            ("jit", "off".to_owned()),
            ("timezone", "UTC".to_owned()),
            ("log_timezone", "UTC".to_owned()),
            ("log_line_prefix", "%m [%p] ".to_owned()),
            ("logging_collector", "off".to_owned()),
        ];
        let mut arguments = vec!["-D".into(), cluster.into()];
        for (name, value) in ours {
            arguments.extend(["-c".into(), format!("{name}={value}").into()]);
        }
        let mut sockets = OsString::from("unix_socket_directories=");
        sockets.push(in_list(socket_dir));
        arguments.extend(["-c".into(), sockets]);
        for (name, value) in &self.extra {
            arguments.extend(["-c".into(), format!("{name}={value}").into()]);
        }
        arguments
    }
}

/// A path as one item of a comma-separated list, so that a comma in it does not make two.
fn in_list(path: &Path) -> OsString {
    let mut item = OsString::from("\"");
    // Our own folder names hold no quote; one above them would have to be doubled.
    item.push(path.to_string_lossy().replace('"', "\"\""));
    item.push("\"");
    item
}
