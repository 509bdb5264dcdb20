//! What a process remembers of a vault on a server, so that it need not ask there for each value.
//!
//! Whoever has a few values asks for each. Whoever has many fetches once which tag has which code - keyed hashes and codes, no
//! value, sealed or not - and from then on only what others added since: before it takes a value for new, and again when it is
//! the only writer. As it then knows all tags and codes, it makes new ones without asking, and sends them together.
//!
//! A row whose proof is wrong is not taken into it: its value is asked for as ever, which ends in the error. What is changed in
//! other ways than by adding (a rotation, something forgotten) changes the vault's state, upon which all of this is forgotten.

use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher as _;

use crate::codes::check_proof;
use crate::database::Database;
use crate::error::Result;
use crate::rows::{Entry, Tag};
use crate::vault::{Known, REMEMBERED, Vault};

/// Questions to a server before it is looked whether fetching all is worth it.
const FEW: u64 = 16;
/// Rows that are as quickly fetched as one question is answered.
const ROWS: u64 = 500;
/// Rows fetched at once.
const PAGE: usize = 20_000;

/// How many values the server was asked for, and when to look again.
#[derive(Default)]
pub(crate) struct Questions {
    asked: u64,
    enough: u64,
}

impl Questions {
    /// Counts one. Says whether to look how many rows there are.
    pub(crate) fn count(&mut self) -> bool {
        self.asked += 1;
        self.asked >= self.enough.max(FEW)
    }

    /// Whether fetching so many rows costs less than was spent on asking. If not, it is looked again later.
    fn pay_for(&mut self, rows: u64) -> bool {
        self.enough = if rows > REMEMBERED as u64 { u64::MAX } else { rows / ROWS };
        self.asked >= self.enough
    }
}

/// What is known of all entries, beside the codes.
pub(crate) struct Mirror {
    /// The last entry that was fetched.
    last: i64,
    /// All codes, hashed: one that is taken for given without being so is only not given.
    taken: HashSet<u64>,
    hasher: RandomState,
    /// Tags of rows that are not as they were written.
    doubtful: HashSet<Tag>,
}

impl Mirror {
    fn new() -> Self {
        Self { last: 0, taken: HashSet::new(), hasher: RandomState::new(), doubtful: HashSet::new() }
    }

    /// Whether nobody has the code, which is given with this.
    pub(crate) fn give(&mut self, code: &str) -> bool {
        self.taken.insert(self.hasher.hash_one(code))
    }

    /// Whether a value whose code is not known has none.
    pub(crate) fn is_sure(&self, tag: &Tag) -> bool {
        !self.doubtful.contains(tag)
    }

    /// How many entries there are or were.
    pub(crate) fn entries(&self) -> u64 {
        u64::try_from(self.last).unwrap_or(0).max(self.taken.len() as u64)
    }
}

impl Vault {
    /// Whether this process knows all entries of the vault, as of some moment.
    pub(crate) fn has_mirror(&self) -> bool {
        self.known().mirror.is_some()
    }

    /// Fetches all entries, if that costs less than was spent on asking for single ones.
    pub(crate) fn mirror_if_worth(&self, rows: &Database, questions: &mut Questions) -> Result<()> {
        if self.has_mirror() || self.known().state.leaving != 0 || !questions.count() || !questions.pay_for(rows.last_entry()?) {
            return Ok(());
        }
        self.change(|known| known.mirror = Some(Mirror::new()));
        self.catch_up(rows)
    }

    /// Fetches what was added since.
    pub(crate) fn catch_up(&self, rows: &Database) -> Result<()> {
        loop {
            let last = self.known().mirror.as_ref().map(|mirror| mirror.last);
            let Some(last) = last else { return Ok(()) };
            let page = rows.bare_entries_after(last, PAGE)?;
            let count = page.len();
            self.change(|known| known.learn(page));
            if count < PAGE {
                return Ok(());
            }
        }
    }
}

impl Known {
    fn learn(&mut self, page: Vec<Entry>) {
        for entry in page {
            // Another process changes all keys, or there is more than can be remembered: as before, without a mirror.
            let foreign = entry.epoch != self.state.epoch || self.codes.len() >= REMEMBERED;
            let Some(mirror) = self.mirror.as_mut().filter(|_| !foreign) else {
                self.mirror = None;
                return;
            };
            mirror.last = entry.id;
            mirror.give(&entry.code);
            let Some(lookup) = self.lookup(&entry.category) else { continue };
            if check_proof(&lookup, &self.state.id, &entry).is_ok() {
                self.codes.insert(entry.tag, entry.code.into_boxed_str());
            } else if let Some(mirror) = &mut self.mirror {
                mirror.doubtful.insert(entry.tag);
            }
        }
    }
}
