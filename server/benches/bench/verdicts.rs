//! Verdicts of 10,000 participations with 30 events each, in process, on one core.

use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use domain::{DocumentVersion, History, Recorded, Source, Subject, verdict};
use server::{demo::CURRENT, documents};

use crate::{
    corpus::{Corpus, Proposal},
    facts,
    running::Outcome,
};

/// Participations judged.
pub const PARTICIPATIONS: usize = 10_000;

/// Events of each.
pub const EVENTS: usize = 30;

/// Times it is done; the fastest counts.
const ROUNDS: usize = 3;

/// How long all verdicts take.
pub fn measure(corpus: &Corpus, now: DateTime<Utc>) -> Outcome<Duration> {
    let source = cep();
    let dates = corpus.dates();
    // As many participations as there are histories to tell, told again and again.
    let histories: Vec<History> = corpus.current().map(|proposal| history(proposal, now)).collect();
    let mut fastest = Duration::MAX;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let open: usize = histories
            .iter()
            .cycle()
            .take(PARTICIPATIONS)
            .map(|history| verdict(Subject { source: &source, history, release: CURRENT, dates: &dates }, now))
            .map(|verdict| verdict.waiting.len())
            .sum();
        fastest = fastest.min(begun.elapsed());
        if open == 0 {
            return Err("the verdicts say that nothing is open, so something else was measured".into());
        }
    }
    Ok(fastest)
}

fn history(proposal: &Proposal, now: DateTime<Utc>) -> History {
    let mut told = facts::of(proposal, now);
    if let Some((at, actor, _)) = told.last().cloned() {
        told.resize(EVENTS, (at, actor, facts::check_in(at)));
    }
    let recorded = (1..).zip(told).map(|(id, (at, actor, event))| Recorded {
        id,
        occurred_at: Some(at),
        recorded_at: at,
        actor: actor.to_owned(),
        on_behalf_of: None,
        link: None,
        event,
    });
    let document = DocumentVersion {
        path: proposal.path.clone(),
        main: true,
        blob: "0".repeat(64),
        occurred_at: None,
        recorded_at: now,
        reading: documents::read_proposal(&documents::CEP, &proposal.path, proposal.text.as_bytes()),
    };
    History { number: proposal.key.number, directory_sig: None, events: recorded.collect(), documents: vec![document] }
}

fn cep() -> Source {
    Source {
        id: "cep".to_owned(),
        noun: "CEP".to_owned(),
        repository: "kubevirt/project-infra".to_owned(),
        template: "cep".to_owned(),
        owning_sig: Some("sig-ci".to_owned()),
        sign_off: vec!["sig-compute".to_owned(), "sig-network".to_owned(), "sig-storage".to_owned()],
        target_label: Some("target/{version}".to_owned()),
        approved_label: Some("approved-vep".to_owned()),
        blocking_labels: vec!["priority/critical-urgent".to_owned()],
        work_after_code_freeze: false,
        sig_decides_exceptions: false,
        long_exception_days: 14,
        calendar: "kubevirt".to_owned(),
    }
}
