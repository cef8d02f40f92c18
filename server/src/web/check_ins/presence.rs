//! Who is in the meeting of a week: the pages that listen here, and those of other servers as far as they tell.
//!
//! Left out on purpose: any trace of it. It is in memory only, and gone with the pages.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use domain::{ReleaseVersion, Week};

use crate::{secret, store::live::Present};

/// The meeting of a week.
pub type Key = (ReleaseVersion, Week);

/// A server that has not told for so many rounds counts as gone.
const ROUNDS: u8 = 3;

/// Everybody in a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Everybody {
    /// Logins, each once.
    pub people: BTreeSet<String>,
    /// Pages of those who are not signed in.
    pub guests: usize,
}

/// The meetings that this server knows of. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Presence {
    /// What tells this server from others.
    server: Arc<str>,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    /// Pages that were ever opened.
    pages: u64,
    /// Those that listen here, with who looks.
    here: BTreeMap<Key, BTreeMap<u64, Option<String>>>,
    /// What others told, with the rounds since.
    elsewhere: HashMap<(String, Key), (Everybody, u8)>,
}

impl Default for Presence {
    fn default() -> Self {
        // Without randomness two servers would take each other's pages for their own: a matter of show.
        let server = secret::random().unwrap_or_default();
        Self { server: server.into(), known: Arc::default() }
    }
}

impl Presence {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page was opened: its number, and whether that changed who is here.
    pub fn enter(&self, key: Key, login: Option<String>) -> (u64, bool) {
        let mut known = self.known();
        let before = known.on_this(key);
        known.pages += 1;
        let page = known.pages;
        known.here.entry(key).or_default().insert(page, login);
        (page, known.on_this(key) != before)
    }

    /// A page was closed. Whether that changed who is here.
    pub fn leave(&self, key: Key, page: u64) -> bool {
        let mut known = self.known();
        let before = known.on_this(key);
        if let Some(pages) = known.here.get_mut(&key) {
            pages.remove(&page);
            if pages.is_empty() {
                known.here.remove(&key);
            }
        }
        known.on_this(key) != before
    }

    /// Everybody in a meeting, on all servers.
    pub fn everybody(&self, key: Key) -> Everybody {
        let known = self.known();
        let mut all = known.on_this(key);
        for ((_, at), (others, _)) in &known.elsewhere {
            if *at == key {
                all.people.extend(others.people.iter().cloned());
                all.guests += others.guests;
            }
        }
        all
    }

    /// What this server tells of a meeting.
    pub fn told(&self, key: Key) -> Present {
        let Everybody { people, guests } = self.known().on_this(key);
        Present { server: self.server.to_string(), release: key.0, week: key.1, people, guests }
    }

    /// The meetings in which anybody is here.
    pub fn meetings(&self) -> Vec<Key> {
        self.known().here.keys().copied().collect()
    }

    /// Takes in what a server told. Whether it was another one, and news.
    pub fn hear(&self, present: Present) -> bool {
        let Present { server, release, week, people, guests } = present;
        if *server == *self.server {
            return false;
        }
        let (key, everybody) = ((server, (release, week)), Everybody { people, guests });
        let mut known = self.known();
        if everybody == Everybody::default() {
            return known.elsewhere.remove(&key).is_some();
        }
        let news = known.elsewhere.get(&key).is_none_or(|(before, _)| *before != everybody);
        known.elsewhere.insert(key, (everybody, 0));
        news
    }

    /// A round is over: forgets servers that have not told for long. The meetings in which that changed who is there.
    pub fn round(&self) -> BTreeSet<Key> {
        let mut changed = BTreeSet::new();
        self.known().elsewhere.retain(|(_, key), (_, rounds)| {
            *rounds += 1;
            let stays = *rounds <= ROUNDS;
            if !stays {
                changed.insert(*key);
            }
            stays
        });
        changed
    }

    /// Nobody listens here any more, so nothing is heard of others.
    pub fn forget_others(&self) {
        self.known().elsewhere.clear();
    }
}

impl Known {
    fn on_this(&self, key: Key) -> Everybody {
        let pages = self.here.get(&key).into_iter().flat_map(BTreeMap::values);
        let mut everybody = Everybody::default();
        for login in pages {
            match login {
                Some(login) => drop(everybody.people.insert(login.clone())),
                None => everybody.guests += 1,
            }
        }
        everybody
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        ("v1.10".parse().unwrap(), "2026-W31".parse().unwrap())
    }

    fn people(of: &Presence) -> Vec<String> {
        of.everybody(key()).people.into_iter().collect()
    }

    #[test]
    fn two_pages_of_one_person_count_once_and_are_left_one_by_one() {
        let here = Presence::default();
        let (first, news) = here.enter(key(), Some("rex".to_owned()));
        assert!(news);
        let (second, news) = here.enter(key(), Some("rex".to_owned()));
        assert!(!news);
        assert!(!here.leave(key(), first));
        assert_eq!(people(&here), ["rex"]);
        assert!(here.leave(key(), second));
        assert_eq!((people(&here).len(), here.meetings().len()), (0, 0));
    }

    #[test]
    fn a_server_hears_of_others_and_forgets_those_that_fall_silent() {
        let (here, there) = (Presence::default(), Presence::default());
        there.enter(key(), Some("ada".to_owned()));
        there.enter(key(), None);
        assert!(here.hear(there.told(key())));
        assert!(!here.hear(there.told(key())), "it is no news");
        assert!(!there.hear(there.told(key())), "its own words are no news");
        assert_eq!((people(&here), here.everybody(key()).guests), (vec!["ada".to_owned()], 1));
        for _ in 0..ROUNDS {
            assert!(here.round().is_empty());
        }
        assert_eq!(here.round().into_iter().collect::<Vec<_>>(), [key()]);
        assert_eq!(people(&here).len(), 0);
    }
}
