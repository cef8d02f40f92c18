//! The private PostgreSQL against the real programs: what is left behind by kills must never keep it from starting.

use std::error::Error;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, geteuid};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::time::{Instant, sleep};

use super::leftovers::running_on;
use super::{DATABASE, PrivatePostgres, Settings, StartError, percent_encoded};

type TestResult = Result<(), Box<dyn Error>>;

async fn start(data: &Path) -> Result<PrivatePostgres, StartError> {
    PrivatePostgres::start_with(data, &Settings::fast()).await
}

/// Opens the database over the socket as a client would; true when PostgreSQL lets us in.
async fn lets_in(postgres: &PrivatePostgres) -> Result<bool, Box<dyn Error>> {
    let mut stream = UnixStream::connect(postgres.socket_dir.join(".s.PGSQL.5432")).await?;
    let parameters = format!("user\0{DATABASE}\0database\0{DATABASE}\0\0");
    let mut message = u32::try_from(parameters.len() + 8)?.to_be_bytes().to_vec();
    message.extend(196_608_u32.to_be_bytes());
    message.extend(parameters.as_bytes());
    stream.write_all(&message).await?;
    let mut answer = [0; 9];
    stream.read_exact(&mut answer).await?;
    Ok(answer == *b"R\0\0\0\x08\0\0\0\0")
}

async fn wait_until_gone(cluster: &Path) -> Result<(), String> {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !running_on(cluster).is_empty() {
        if Instant::now() > deadline {
            return Err(format!("still running: {:?}", running_on(cluster)));
        }
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

fn cluster_in(data: &TempDir) -> std::io::Result<PathBuf> {
    Ok(fs::canonicalize(data.path())?.join("postgres"))
}

#[tokio::test]
async fn starts_as_somebody_who_is_not_root_and_lets_us_in() -> TestResult {
    let data = TempDir::new()?;
    let postgres = start(data.path()).await?;
    assert!(lets_in(&postgres).await?);
    let owner = fs::metadata(format!("/proc/{}", postgres.pid()))?.uid();
    assert_ne!(owner, 0);
    assert!(geteuid().is_root() || owner == geteuid().as_raw());
    assert_eq!(fs::metadata(&postgres.socket_dir)?.mode() & 0o777, 0o700);
    postgres.stop().await;
    assert!(running_on(&cluster_in(&data)?).is_empty());
    assert!(!cluster_in(&data)?.join("postmaster.pid").exists());
    Ok(())
}

#[tokio::test]
async fn starts_again_after_postgresql_was_killed() -> TestResult {
    let data = TempDir::new()?;
    let mut first = start(data.path()).await?;
    kill(Pid::from_raw(first.pid()), Signal::SIGKILL)?;
    first.died().await;
    assert!(cluster_in(&data)?.join("postmaster.pid").exists());
    drop(first);
    let second = start(data.path()).await?;
    assert!(lets_in(&second).await?);
    second.stop().await;
    Ok(())
}

#[tokio::test]
async fn stops_a_postgresql_that_outlived_its_server_and_goes_on() -> TestResult {
    let data = TempDir::new()?;
    let first = start(data.path()).await?;
    let orphan = first.pid();
    // As after a kill of the server and of the shell that would have ended PostgreSQL.
    let group = Pid::from_raw(nix::unistd::getpgid(Some(Pid::from_raw(orphan)))?.as_raw());
    for process in members_of(group)?.into_iter().filter(|pid| *pid != orphan) {
        if fs::read_to_string(format!("/proc/{process}/comm")).is_ok_and(|name| name.trim() == "sh") {
            kill(Pid::from_raw(process), Signal::SIGKILL)?;
        }
    }
    drop(first);
    sleep(Duration::from_millis(200)).await;
    assert!(running_on(&cluster_in(&data)?).contains(&orphan), "the orphan should live on");
    let second = start(data.path()).await?;
    assert_ne!(second.pid(), orphan);
    assert!(!running_on(&cluster_in(&data)?).contains(&orphan));
    assert!(lets_in(&second).await?);
    second.stop().await;
    Ok(())
}

fn members_of(group: Pid) -> Result<Vec<i32>, Box<dyn Error>> {
    Ok(fs::read_dir("/proc")?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter(|pid| nix::unistd::getpgid(Some(Pid::from_raw(*pid))) == Ok(group))
        .collect())
}

#[tokio::test]
async fn ignores_a_note_whose_process_number_is_now_somebody_elses() -> TestResult {
    let data = TempDir::new()?;
    start(data.path()).await?.stop().await;
    let note = format!("{}\n/somewhere\n0\n5432\n/tmp\n\n0 0\nready\n", std::process::id());
    fs::write(cluster_in(&data)?.join("postmaster.pid"), note)?;
    let postgres = start(data.path()).await?;
    assert!(lets_in(&postgres).await?);
    postgres.stop().await;
    Ok(())
}

#[tokio::test]
async fn makes_a_half_made_cluster_anew() -> TestResult {
    let data = TempDir::new()?;
    fs::create_dir(data.path().join("postgres.unfinished"))?;
    fs::write(data.path().join("postgres.unfinished/PG_VERSION"), "15\n")?;
    let postgres = start(data.path()).await?;
    assert!(lets_in(&postgres).await?);
    postgres.stop().await;
    Ok(())
}

#[tokio::test]
async fn refuses_a_second_copy_and_names_the_first() -> TestResult {
    let data = TempDir::new()?;
    let first = start(data.path()).await?;
    let refusal = start(data.path()).await.expect_err("two servers on one data directory");
    let StartError::InUse { pid, .. } = &refusal else { return Err(refusal.into()) };
    assert_eq!(*pid, i32::try_from(std::process::id()).ok());
    assert!(refusal.to_string().contains(&format!("another CEP Tracker, process {}", std::process::id())));
    assert!(lets_in(&first).await?, "the first one must not notice");
    first.stop().await;
    Ok(())
}

#[tokio::test]
async fn ends_when_its_owner_is_dropped() -> TestResult {
    let data = TempDir::new()?;
    drop(start(data.path()).await?);
    wait_until_gone(&cluster_in(&data)?).await?;
    Ok(())
}

#[tokio::test]
async fn puts_the_socket_elsewhere_when_the_path_is_too_long() -> TestResult {
    let data = TempDir::new()?;
    let long = data.path().join("a folder, with a \"long\" name/".repeat(4));
    fs::create_dir_all(&long)?;
    if geteuid().is_root() {
        open_to_all(data.path(), &long)?;
    }
    let postgres = start(&long).await?;
    assert!(postgres.socket_dir.starts_with("/tmp"));
    assert!(lets_in(&postgres).await?);
    let socket_dir = postgres.socket_dir.clone();
    postgres.stop().await;
    fs::remove_dir_all(socket_dir)?;
    Ok(())
}

fn open_to_all(top: &Path, bottom: &Path) -> std::io::Result<()> {
    for folder in bottom.ancestors().take_while(|folder| folder.starts_with(top)) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

#[tokio::test]
async fn names_the_folder_that_keeps_postgresql_out() -> TestResult {
    if !geteuid().is_root() {
        return Ok(()); // Only root runs PostgreSQL as somebody else.
    }
    let closed = TempDir::new()?;
    fs::set_permissions(closed.path(), fs::Permissions::from_mode(0o700))?;
    let refusal = start(&closed.path().join("data")).await.expect_err("a closed folder");
    let StartError::ClosedFolder { dir } = refusal else { return Err(refusal.into()) };
    assert_eq!(dir, fs::canonicalize(closed.path())?);
    Ok(())
}

#[tokio::test]
async fn names_the_version_that_made_the_data() -> TestResult {
    let data = TempDir::new()?;
    fs::create_dir(data.path().join("postgres"))?;
    fs::write(data.path().join("postgres/PG_VERSION"), "9\n")?;
    let refusal = start(data.path()).await.expect_err("a version nobody has");
    assert!(refusal.to_string().contains("was made by PostgreSQL 9"), "{refusal}");
    Ok(())
}

#[test]
fn a_path_becomes_part_of_an_address() {
    assert_eq!(percent_encoded(Path::new("/home/é b/run")), "/home/%C3%A9%20b/run");
}
