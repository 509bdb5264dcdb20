//! The file of an open vault, and groups of writes.
//!
//! A transaction for every code would be slow, so codes are written in groups: the first opens a transaction, which ends after
//! [`GROUP`] codes, when anything else is asked of the file, or when nobody asked for [`LINGER`], so that other processes need
//! not wait for one that is busy elsewhere. A thread of its own sees to the last.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use subrosa_core::key::Key;

use crate::database::Database;
use crate::error::{Result, VaultError};
use crate::mirror::Questions;
use crate::rows::Entry;
use crate::seals::Seals;
use crate::vault::Vault;

/// Most codes in a transaction.
const GROUP: u32 = 512;
/// How long a transaction stays open for more.
const LINGER: Duration = Duration::from_millis(10);

/// The file, and what this process wrote in it.
pub(crate) struct Desk {
    pub(crate) database: Database,
    /// The seals this process put its rows under, with their keys, by epoch and category.
    seals: HashMap<(u32, String), (i64, Key)>,
    /// Keys of seals, as far as opened.
    opened: HashMap<i64, Key>,
    /// How many writes there were, and how many of them the disk has for sure.
    pub(crate) written: u64,
    pub(crate) flushed: u64,
    /// How many codes the open group has.
    pub(crate) group: Option<u32>,
    /// Entries of the open group that are still to be sent to a server.
    pub(crate) pending: Vec<Entry>,
    /// Questions to a server so far.
    pub(crate) questions: Questions,
    /// Tells groups apart.
    groups: u64,
    /// Why codes that were given are not in the file.
    lost: Option<String>,
    closing: bool,
}

impl Desk {
    pub(crate) fn new(database: Database) -> Self {
        Self {
            database,
            seals: HashMap::new(),
            opened: HashMap::new(),
            written: 0,
            flushed: 0,
            group: None,
            pending: Vec::new(),
            questions: Questions::default(),
            groups: 0,
            lost: None,
            closing: false,
        }
    }

    /// The file, and the keys that its rows are sealed with.
    pub(crate) fn parts<'a>(&'a mut self, vault: &'a Vault) -> (&'a Database, Seals<'a>) {
        (&self.database, Seals::new(vault, &mut self.seals, &mut self.opened))
    }

    /// Counts a code of the open group, and ends the group when it is large.
    pub(crate) fn count(&mut self) -> Result<()> {
        self.written += 1;
        match &mut self.group {
            Some(count) => {
                *count += 1;
                if *count >= GROUP { self.settle() } else { Ok(()) }
            }
            None => Ok(()),
        }
    }

    /// Ends the open group, if one is.
    pub(crate) fn settle(&mut self) -> Result<()> {
        let Some(count) = self.group.take() else { return Ok(()) };
        let pending = std::mem::take(&mut self.pending);
        let ended = self.database.add_entries(&pending).and_then(|()| self.database.commit());
        ended.inspect_err(|error| self.lose(count, error))
    }

    /// After an error in the open group: ends it where the database rolled it back.
    pub(crate) fn failed(&mut self, error: &VaultError) {
        if self.group.is_some() && !self.database.is_writing() {
            let count = self.group.take().unwrap_or_default();
            self.lose(count, error);
        }
    }

    fn lose(&mut self, count: u32, error: &VaultError) {
        self.database.roll_back();
        self.seals.clear();
        self.pending.clear();
        if count > 0 {
            self.lost = Some(error.to_string());
        }
    }

    /// Fails where codes that were given are not in the file.
    pub(crate) fn whole(&self) -> Result<()> {
        self.lost.as_ref().map_or(Ok(()), |why| Err(VaultError::Lost(why.clone())))
    }
}

/// A desk that threads share, with the thread that ends groups.
pub(crate) struct Shared {
    desk: Arc<(Mutex<Desk>, Condvar)>,
    watcher: Mutex<Option<JoinHandle<()>>>,
}

impl Shared {
    pub(crate) fn new(desk: Desk) -> Self {
        Self { desk: Arc::new((Mutex::new(desk), Condvar::new())), watcher: Mutex::new(None) }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Desk> {
        lock(&self.desk.0)
    }

    /// Sees to it that the group that was just begun ends, at once where there can be no thread.
    pub(crate) fn watch(&self, desk: &mut Desk) {
        desk.groups += 1;
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        if watcher.is_none() {
            let shared = Arc::clone(&self.desk);
            let thread = std::thread::Builder::new().name("vault".to_owned());
            *watcher = thread.spawn(move || watch(&shared)).ok();
        }
        if watcher.is_none() {
            desk.group = Some(GROUP - 1);
        }
        self.desk.1.notify_one();
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        {
            let mut desk = self.lock();
            // Nobody flushed it, so nothing goes out that needs it.
            let _ = desk.settle();
            desk.closing = true;
            self.desk.1.notify_one();
        }
        let watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(watcher) = watcher {
            let _ = watcher.join();
        }
    }
}

fn watch(shared: &(Mutex<Desk>, Condvar)) {
    let mut desk = lock(&shared.0);
    while !desk.closing {
        if desk.group.is_none() {
            desk = shared.1.wait(desk).unwrap_or_else(PoisonError::into_inner);
            continue;
        }
        let seen = desk.groups;
        (desk, _) = shared.1.wait_timeout(desk, LINGER).unwrap_or_else(PoisonError::into_inner);
        if desk.groups == seen {
            let _ = desk.settle();
        }
    }
}

fn lock(desk: &Mutex<Desk>) -> MutexGuard<'_, Desk> {
    // A panic elsewhere left a group open at most, which is ended as any other; what is remembered is only ever added whole.
    desk.lock().unwrap_or_else(PoisonError::into_inner)
}
