//! The weekly meeting: the list of a week with 200 tracked participations, and a hundred pages that listen while outcomes
//! are recorded. Each listener is a connection of this process; the tracker is one of its own, so that memory and CPU time
//! are the tracker's alone.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
    time::{Duration, Instant},
};

use domain::Week;
use nix::sys::signal::Signal;
use server::{clock::Clock, demo::CURRENT};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    runtime::Runtime,
    sync::mpsc,
    task::JoinSet,
    time::timeout,
};

use crate::{
    corpus::{self, Corpus, PEOPLE},
    cpu::{Processes, Spent},
    decisions, facts,
    pages::{self, Measured, Page},
    running::{self, Outcome, Tracker},
    seen::Seen,
};

/// Documents of this world; a third of them takes part in the current release, five of six of those are tracked.
const PROPOSALS: usize = 720;

/// Pages that listen.
pub const LISTENERS: usize = 100;

/// Outcomes that are recorded, and those before them.
const OUTCOMES: usize = 300;
const WARMING: usize = 20;

/// An event that has not come by then never will.
const LONGEST: Duration = Duration::from_secs(20);

/// What was measured.
#[derive(Debug)]
pub struct Meeting {
    /// Participations on the list.
    pub tracked: usize,
    /// The list.
    pub view: Measured,
    /// The listeners.
    pub told: Told,
}

/// What was measured with listeners.
#[derive(Debug)]
pub struct Told {
    /// From sending an outcome until the last listener was told.
    pub seen: Seen,
    /// CPU time of an outcome: recording it and telling everybody.
    pub cpu: Spent,
    /// Present and highest resident memory of the server, in megabytes.
    pub memory: (f64, f64),
    /// Connections to PostgreSQL before anybody listened and with all listeners.
    pub connections: (usize, usize),
}

/// Measures both under a directory.
pub fn measure(work: &Path, runtime: &Runtime, clock: &Clock) -> Outcome<Meeting> {
    let corpus = Corpus::around(clock.now(), PROPOSALS);
    let (data, files) = (work.join("data-of-meeting"), work.join("files-of-meeting"));
    fs::create_dir_all(&files)?;
    corpus.write(&files)?;
    running::run(&data, &["migrate"])?;
    running::run(&data, &corpus::import_arguments(&files))?;
    let mut tracker = Tracker::start(&data, work)?;
    runtime.block_on(facts::record(&tracker, clock, &corpus))?;
    tracker.end(Signal::SIGTERM)?;

    let address = format!("/check-ins/{CURRENT}/{}", Week::of(clock.now()));
    let keys = corpus.current().filter(|proposal| facts::accepted(proposal.key.number));
    let keys: Vec<_> = keys.map(|proposal| proposal.key.clone()).collect();
    let page = Page::new("check-ins of a week", &address, keys.clone());
    let mut tracker = pages::with_static_page(&page, &data, work, "")?;
    let view = pages::measure(&page, std::slice::from_ref(&page), &tracker, runtime, (clock, ""))?;
    let tracked = tracker.get_as(&address, "")?.matches("data-check-in=").count();
    tracker.end(Signal::SIGTERM)?;

    let mut tracker = Tracker::start(&data, work)?;
    let (cookie, csrf) = runtime.block_on(decisions::session_of(&tracker, clock, 1, PEOPLE[0]))?;
    let forms: Vec<_> = keys.iter().map(|key| format!("{address}/{key}")).collect();
    let told = listen(&tracker, runtime, &address, &forms, (&cookie, &csrf))?;
    tracker.end(Signal::SIGTERM)?;
    Ok(Meeting { tracked, view, told })
}

/// Records outcomes one after another, each once all listeners were told of the one before.
fn listen(
    tracker: &Tracker,
    runtime: &Runtime,
    address: &str,
    forms: &[String],
    session: (&str, &str),
) -> Outcome<Told> {
    let processes = Processes::of(tracker)?;
    tracker.get_as(address, session.0)?;
    let alone = processes.connections()?;
    let (sender, mut told) = mpsc::unbounded_channel();
    let mut listeners = JoinSet::new();
    for _ in 0..LISTENERS {
        let stream = runtime.block_on(open(&tracker.address, &format!("{address}/live")))?;
        listeners.spawn_on(hear(stream, sender.clone()), runtime.handle());
    }
    let mut times = Vec::new();
    let mut before = processes.spent()?;
    for (place, form) in forms.iter().cycle().take(WARMING + OUTCOMES).enumerate() {
        if place == WARMING {
            before = processes.spent()?;
        }
        let begun = Instant::now();
        post(tracker, form, &format!("Outcome {place} of many."), session)?;
        let mut last = begun;
        for _ in 0..LISTENERS {
            let heard = runtime.block_on(async { timeout(LONGEST, told.recv()).await });
            last = last.max(heard?.ok_or("a listener has gone")?);
        }
        times.push(last - begun);
    }
    let cpu = processes.since(before)? / u32::try_from(OUTCOMES)?;
    let connections = (alone, processes.connections()?);
    let memory = processes.memory()?;
    runtime.block_on(listeners.shutdown());
    Ok(Told { seen: Seen::after(WARMING, times), cpu, memory, connections })
}

/// Opens a stream of events, once the server has begun to answer.
async fn open(host: &str, path: &str) -> Outcome<TcpStream> {
    let mut stream = TcpStream::connect(host).await?;
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    if head.starts_with(b"HTTP/1.1 200") { Ok(stream) } else { Err("the stream of events does not open".into()) }
}

/// Tells when each check-in came.
async fn hear(mut stream: TcpStream, sender: mpsc::UnboundedSender<Instant>) {
    let (mut text, mut piece) = (Vec::new(), [0; 16 * 1024]);
    while let Ok(count @ 1..) = stream.read(&mut piece).await {
        let now = Instant::now();
        text.extend(piece.iter().take(count));
        // An event ends with an empty line.
        while let Some(end) = text.windows(2).position(|pair| pair == b"\n\n") {
            let event: Vec<u8> = text.drain(..end + 2).collect();
            let is_one = event.windows(15).any(|part| part == b"event: check-in");
            if is_one && sender.send(now).is_err() {
                return;
            }
        }
    }
}

/// Sends the form of a check-in.
fn post(tracker: &Tracker, path: &str, sentence: &str, (cookie, csrf): (&str, &str)) -> Outcome<()> {
    let body = format!("csrf={csrf}&outcome=on-track&then=stay&sentence={}", sentence.replace(' ', "+"));
    let mut stream = std::net::TcpStream::connect(&tracker.address)?;
    stream.set_read_timeout(Some(LONGEST))?;
    write!(
        stream,
        "POST {path} HTTP/1.0\r\nHost: {}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        tracker.address,
        body.len(),
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let status = answer.split_whitespace().nth(1).unwrap_or_default();
    if status == "303" { Ok(()) } else { Err(format!("{path} answered {status}").into()) }
}
