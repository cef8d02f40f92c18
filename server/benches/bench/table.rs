//! The figures as a Markdown document, each beside its target.

use std::{fmt::Write as _, fs, thread, time::Duration};

use crate::{
    corpus::Corpus,
    cpu::Spent,
    decisions::{CLIENTS, Decided},
    meeting::{LISTENERS, Meeting},
    pages::Measured,
    reading::{Figures, OPEN, PULLS, Reading},
    seen::Seen,
    verdicts::{EVENTS, PARTICIPATIONS},
};

/// Targets, in the units of the table.
const DECISIONS: f64 = 300.0;
const VERDICTS: f64 = 1_000.0;
const IMPORT: f64 = 10.0;
const WARM: f64 = 2.6;
const AFTER_CHANGE: f64 = 5.2;
const MEMORY: f64 = 100.0;
const SEEN: f64 = 2_000.0;
const WORK_LIST: f64 = 5.0;
const MEETING: f64 = 5.0;

/// What was measured so far.
#[derive(Debug)]
pub struct Table {
    text: String,
    world: String,
    pages: Vec<Measured>,
}

impl Table {
    /// An empty one.
    pub fn new() -> Self {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split_whitespace().next().unwrap_or("unknown");
        let text = format!(
            "# Benchmarks\n\n{cores} cores; load of the machine before: {load}\n\n| what | measured | target | |\n| --- | ---: | ---: | --- |\n"
        );
        Self { text, world: String::new(), pages: Vec::new() }
    }

    fn row(&mut self, what: &str, measured: &str, target: &str, met: bool) {
        let met = if met { "met" } else { "**not met**" };
        _ = writeln!(self.text, "| {what} | {measured} | {target} | {met} |");
    }

    /// What nobody has set a target for.
    fn figure(&mut self, what: &str, measured: &str) {
        _ = writeln!(self.text, "| {what} | {measured} | none | |");
    }

    /// How long the verdicts took.
    pub fn verdicts(&mut self, took: Duration) {
        let what = format!("verdicts of {PARTICIPATIONS} participations, {EVENTS} events each");
        self.row(&what, &format!("{:.0} ms", ms(took)), "< 1000 ms", ms(took) < VERDICTS);
    }

    /// How long the import took.
    pub fn import(&mut self, took: Duration, cpu: Duration, (count, bytes, largest): (usize, usize, usize)) {
        let seconds = took.as_secs_f64();
        let what = format!(
            "import of {count} documents ({} kB each, one of {} kB) into an empty database, PostgreSQL's start and stop \
             included",
            bytes / count.max(1) / 1_000,
            largest / 1_000
        );
        let measured = format!("{seconds:.1} s, {:.1} s of CPU time", cpu.as_secs_f64());
        self.row(&what, &measured, "< 10 s", seconds < IMPORT);
    }

    /// How many decisions a second were recorded, each on disk before its answer.
    pub fn decisions(&mut self, decided: Decided) {
        let load = decided.load;
        let rate = f64::from(load.requests) / load.took.as_secs_f64();
        let what = format!(
            "decisions by form, signed in, {CLIENTS} clients, each on disk before its answer ({} answers, {} in the log)",
            load.requests, decided.recorded
        );
        let measured = format!(
            "{rate:.0}/s, p50 {:.1} ms, p99 {:.1} ms, {:.2} ms of CPU each",
            ms(load.p50),
            ms(load.p99),
            total(decided.cpu)
        );
        self.row(&what, &measured, "> 300/s", rate > DECISIONS);
    }

    /// What reading GitHub took, and what rests on it.
    pub fn github(&mut self, figures: &Figures) {
        let what = format!("reading GitHub: {} proposals, {PULLS} pull requests, from nothing", crate::PROPOSALS);
        self.figure(&what, &reading(&figures.first));
        let second = &figures.second;
        let quiet = second.run.requests == second.run.unchanged;
        self.row("the same again, without news", &reading(second), "only 304s", quiet);
        let mut seen = |what: &str, seen: &Seen| {
            let [p50, p99, most] = [50, 99, 100].map(|part| ms(seen.percentile(part)));
            let what = format!("{what} until its page shows it ({} webhooks)", seen.count());
            self.row(
                &what,
                &format!("p50 {p50:.0} ms, p99 {p99:.0} ms, at most {most:.0} ms"),
                "p99 < 2 s",
                p99 < SEEN,
            );
        };
        seen("from the change of an issue", &figures.issues);
        seen("from asking for a review", &figures.pulls);
        let warm = figures.list.runs.iter().map(|run| total(run.cpu)).fold(0.0, f64::max);
        let what = format!("CPU of `/pulls` with {OPEN} open pull requests ({} kB)", figures.list.bytes / 1_000);
        let after = total(figures.list.cpu_after_change);
        let measured = format!(
            "{warm:.2} ms warm, {after:.2} ms after a change, {:.2} ms compressed",
            total(figures.list.cpu_compressed)
        );
        self.row(&what, &measured, "≤ 5 ms warm", warm <= WORK_LIST);
    }

    /// What a meeting takes.
    pub fn meeting(&mut self, figures: &Meeting) {
        let view = &figures.view;
        let warm = view.runs.iter().map(|run| total(run.cpu)).fold(0.0, f64::max);
        let after = total(view.cpu_after_change);
        let what = format!(
            "CPU of `/check-ins/{{release}}/{{week}}` with {} tracked participations ({} kB)",
            figures.tracked,
            view.bytes / 1_000
        );
        let measured = format!(
            "{warm:.2} ms warm, {after:.2} ms after a change, {:.2} ms compressed; {:.2} and {:.2} ms of it PostgreSQL",
            total(view.cpu_compressed),
            view.runs.iter().map(|run| ms(run.cpu.postgres)).fold(0.0, f64::max),
            ms(view.cpu_after_change.postgres),
        );
        self.row(&what, &measured, "≤ 5 ms", warm.max(after) <= MEETING);
        let told = &figures.told;
        let [p50, p99, most] = [50, 99, 100].map(|part| ms(told.seen.percentile(part)));
        let what = format!(
            "from sending an outcome until the last of {LISTENERS} listeners is told ({} outcomes)",
            told.seen.count()
        );
        let measured = format!(
            "p50 {p50:.1} ms, p99 {p99:.1} ms, at most {most:.1} ms; {:.2} ms of CPU each, {:.2} ms of it PostgreSQL; server \
             {:.0} MB, at most {:.0} MB; {} connections to PostgreSQL, {} before anybody listened",
            total(told.cpu),
            ms(told.cpu.postgres),
            told.memory.0,
            told.memory.1,
            told.connections.1,
            told.connections.0,
        );
        self.figure(&what, &measured);
    }

    /// What the pages are measured at.
    pub fn world(&mut self, corpus: &Corpus, events: usize) {
        self.world = format!(
            "{} proposals, {} of them in the current release with {events} decisions and facts.",
            corpus.proposals.len(),
            corpus.current().count(),
        );
    }

    /// What was measured of a page.
    pub fn page(&mut self, page: Measured) {
        self.pages.push(page);
    }

    /// The whole document.
    pub fn finish(mut self) -> String {
        if self.pages.is_empty() {
            return self.text;
        }
        let highest = |of: fn(&Measured) -> f64| self.pages.iter().map(of).fold(0.0, f64::max);
        let (resident, peak) = (highest(|page| page.memory.0), highest(|page| page.memory.1));
        let what = "resident memory of the server after all that follows";
        self.row(what, &format!("{resident:.0} MB, at most {peak:.0} MB"), "< 100 MB", peak < MEMORY);
        let Self { mut text, world, pages } = self;
        _ = write!(
            text,
            "\n## Pages\n\n{world} CPU time is that of server and PostgreSQL together, for one request; *static* is a file \
             of the same size from the same server.\n\n\
             | page | size | clients | CPU warm | ≤ {WARM} ms | of it PostgreSQL | static | ratio | requests/s | p50 | p95 | p99 |\n\
             | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        );
        for page in &pages {
            for run in &page.runs {
                let load = run.load;
                _ = writeln!(
                    text,
                    "| {} | {} kB | {} | {:.2} ms | {} | {:.2} ms | {:.2} ms | {:.1} | {:.0} | {:.1} ms | {:.1} ms | {:.1} ms |",
                    page.name,
                    page.bytes / 1_000,
                    run.clients,
                    total(run.cpu),
                    met(total(run.cpu), WARM),
                    ms(run.cpu.postgres),
                    total(run.cpu_static),
                    total(run.cpu) / total(run.cpu_static),
                    f64::from(load.requests) / load.took.as_secs_f64(),
                    ms(load.p50),
                    ms(load.p95),
                    ms(load.p99),
                );
            }
        }
        _ = write!(
            text,
            "\n*After a change*: one decision is recorded before every request; its own cost is measured apart and not \
             counted in. *Compressed*: as a browser asks, warm.\n\n\
             | page | CPU after a change | ≤ {AFTER_CHANGE} ms | of it PostgreSQL | wait | the change alone | compressed |\n\
             | --- | ---: | --- | ---: | ---: | ---: | ---: |\n"
        );
        for page in &pages {
            _ = writeln!(
                text,
                "| {} | {:.2} ms | {} | {:.2} ms | {:.1} ms | {:.2} ms | {:.2} ms |",
                page.name,
                total(page.cpu_after_change),
                met(total(page.cpu_after_change), AFTER_CHANGE),
                ms(page.cpu_after_change.postgres),
                ms(page.wait_after_change),
                total(page.cpu_change),
                total(page.cpu_compressed),
            );
        }
        text
    }
}

/// What a reading of GitHub took.
fn reading(reading: &Reading) -> String {
    let run = &reading.run;
    let took = run.finished_at.map(|end| end - run.started_at).and_then(|time| time.to_std().ok());
    format!(
        "{} requests ({} × 304), {:.1} s, {:.1} s of CPU time, server at most {:.0} MB",
        run.requests,
        run.unchanged,
        took.unwrap_or_default().as_secs_f64(),
        reading.cpu.total().as_secs_f64(),
        reading.peak,
    )
}

const fn met(measured: f64, target: f64) -> &'static str {
    if measured <= target { "met" } else { "**not met**" }
}

fn total(spent: Spent) -> f64 {
    ms(spent.total())
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
