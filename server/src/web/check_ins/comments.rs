//! The comments and the minutes of a week, as they go out.

use std::collections::HashMap;

use app::{
    features::check_ins::port::{CommentView, CommentsView, MinutesView, Posted, WeekView},
    query::encode,
};
use domain::outgoing::{self, Reported};
use sqlx::PgConnection;

use crate::{
    config::Config,
    store::{
        self,
        outbox::{self, Entry, Outgoing, State},
    },
    usecases::{
        keep_outbox::is_live,
        post_check_ins::{comment, digest, slot},
    },
    verdicts::World,
};

/// The comments about everything that was spoken about in a week.
///
/// # Errors
/// When the database fails.
pub async fn comments(
    conn: &mut PgConnection,
    config: &Config,
    world: &World,
    view: &WeekView,
) -> store::Result<CommentsView> {
    let address = view.address;
    let mut known: HashMap<(String, String), Entry> = HashMap::new();
    for source in world.sources.keys() {
        let of_source = view.rows.iter().filter(|row| row.proposal.source == *source);
        let keys: Vec<_> = of_source.map(|row| slot(row.proposal.number, address.release, address.week)).collect();
        for entry in outbox::by_keys(&mut *conn, source, &keys).await? {
            known.insert((entry.source.clone(), entry.key.clone()), entry);
        }
    }
    let mut comments = Vec::new();
    for row in &view.rows {
        let Some(record) = world.proposals.get(&(row.proposal.source.clone(), row.proposal.number)) else { continue };
        let Some(body) = comment(config.address(), record, &row.sig, address.release, &row.check_in) else { continue };
        let key = slot(row.proposal.number, address.release, address.week);
        let entry = known.get(&(row.proposal.source.clone(), key));
        comments.push(CommentView {
            proposal: row.proposal.clone(),
            issue: row.issue.clone(),
            digest: digest(&body),
            posted: posted(entry, &body),
            body,
            may: row.may.any(),
        });
    }
    let silent = view.rows.len() - comments.len();
    Ok(CommentsView { address, comments, silent, held: !is_live(conn, config).await? })
}

fn posted(entry: Option<&Entry>, body: &str) -> Posted {
    let Some(entry) = entry else { return Posted::Never };
    let key = format!("{}/{}", entry.source, encode(&entry.key));
    let same = matches!(&entry.what, Ok(Outgoing::Comment(known)) if known.body == body);
    if !same || entry.state == State::Cancelled {
        return Posted::Earlier(key, earlier(entry).to_owned());
    }
    Posted::Same(key, words_of(entry.state).to_owned(), entry.state == State::Sent)
}

/// What became of the earlier text. One that was posted once stays posted while a later one waits.
const fn earlier(entry: &Entry) -> &'static str {
    match entry.state {
        _ if entry.remote_id.is_some() => "changed since it was posted",
        State::Sent => "changed since it was posted",
        State::Held => "changed; an older text is held in the outbox, not posted",
        State::Waiting | State::Sending | State::Uncertain => "changed; an older text is on its way",
        State::Failed => "changed; GitHub refused an older text",
        State::Cancelled => "cancelled in the outbox, not posted",
    }
}

const fn words_of(state: State) -> &'static str {
    match state {
        State::Held => "held in the outbox",
        State::Waiting | State::Sending | State::Uncertain => "on its way",
        State::Sent => "posted",
        State::Failed => "refused by GitHub",
        State::Cancelled => "cancelled",
    }
}

/// The minutes of a week.
pub fn minutes(config: &Config, view: &WeekView) -> MinutesView {
    let reported: Vec<_> = view
        .rows
        .iter()
        .map(|row| Reported {
            name: row.proposal.name(),
            title: &row.proposal.title,
            path: row.proposal.href(),
            sig: &row.sig,
            status: &row.words,
            check_in: &row.check_in,
        })
        .collect();
    let address = view.address;
    MinutesView { address, text: outgoing::minutes(config.address(), address.release, address.week, &reported) }
}
