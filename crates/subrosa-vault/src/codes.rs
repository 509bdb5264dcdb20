//! Giving codes: one value, one code, whoever asks and however often.

use std::fmt;

use subrosa_core::key::Key;
use subrosa_core::store::{Ask, CodeForm, Store, StoreError};
use zeroize::Zeroizing;

use crate::code;
use crate::database::Database;
use crate::desk::Desk;
use crate::error::{Result, VaultError};
use crate::mirror::Mirror;
use crate::role::Ability;
use crate::rows::{Entry, Tag};
use crate::seal::{open, seal};
use crate::seals::Seals;
use crate::vault::{Known, REMEMBERED, Vault};
use crate::wire::{Reader, Writer};

/// Values are padded to a multiple of this, so that their length tells less.
const BLOCK: usize = 64;
/// Longest identity or value.
const LONGEST: usize = 1 << 20;

impl Store for Vault {
    fn code(&self, ask: &Ask<'_>) -> Result<String, StoreError> {
        self.code_of(ask).map_err(|error| StoreError(format!("{}: {error}", self.location())))
    }
}

impl Vault {
    /// The code of a value, without brackets: the one it has, else a new one. The disk has it for sure after
    /// [`flush`](Self::flush). Where a value has a code already, word and form of the question make no difference.
    ///
    /// # Errors
    /// [`VaultError::NotAllowed`] or [`VaultError::NoKey`] where the role may not write the category; [`VaultError::Tampered`];
    /// whatever the disk says.
    pub fn code_of(&self, ask: &Ask<'_>) -> Result<String> {
        let category = ask.entity.id();
        {
            let known = self.known();
            if let Some(lookup) = known.lookups.get(category)
                && let Some(code) = known.codes.get(&tag_of(lookup, ask.identity))
            {
                return Ok(code.to_string());
            }
        }
        code::word(ask.word)?;
        if ask.identity.len() > LONGEST || ask.value.len() > LONGEST {
            return Err(VaultError::Invalid("a value of more than a mebibyte".to_owned()));
        }
        self.need(Ability::Write)?;
        let lookup = self.change(|known| known.lookup(category)).ok_or_else(|| self.no_key(category))?;
        let mut desk = self.open_desk();
        desk.whole()?;
        if desk.group.is_none() {
            // Mostly it is there: looked up without keeping other writers waiting.
            let tag = tag_of(&lookup, ask.identity);
            if desk.database.is_far() {
                let Desk { database, questions, .. } = &mut *desk;
                self.mirror_if_worth(database, questions)?;
                self.catch_up(database)?;
                if let Some(code) = self.known().codes.get(&tag) {
                    return Ok(code.to_string());
                }
            }
            if !self.has_mirror()
                && let Some(entry) = desk.database.entry_by_tag(&tag)?
            {
                check_proof(&lookup, &self.id(), &entry)?;
                return Ok(self.remember(tag, entry.code));
            }
            self.begin_group(&mut desk)?;
        }
        if !desk.pending.is_empty() && !self.has_mirror() {
            // What is not written yet is found in the store again.
            desk.settle()?;
            self.begin_group(&mut desk)?;
        }
        let (rows, mut seals) = desk.parts(self);
        let found = self.find_or_make(rows, &mut seals, ask).inspect_err(|error| desk.failed(error))?;
        desk.pending.extend(found.pending);
        desk.count()?;
        Ok(self.remember(found.tag, found.code))
    }

    fn remember(&self, tag: Tag, code: String) -> String {
        self.change(|known| {
            if known.codes.len() >= REMEMBERED {
                known.codes.clear();
                known.mirror = None;
            }
            known.codes.insert(tag, code.clone().into_boxed_str());
        });
        code
    }

    fn find_or_make(&self, rows: &Database, seals: &mut Seals<'_>, ask: &Ask<'_>) -> Result<Found> {
        let category = ask.entity.id();
        let lookup = self.change(|known| known.lookup(category)).ok_or_else(|| self.no_key(category))?;
        let known = self.known();
        let tag = tag_of(&lookup, ask.identity);
        let old = |code: String| Ok(Found { tag, code, pending: None });
        if let Some(code) = known.codes.get(&tag) {
            return old(code.to_string());
        }
        let is_new = known.mirror.as_ref().is_some_and(|mirror| mirror.is_sure(&tag));
        if !is_new && let Some(entry) = rows.entry_by_tag(&tag)? {
            check_proof(&lookup, &known.state.id, &entry)?;
            return old(entry.code);
        }
        // While a rotation is under way the row may still be in the epoch before.
        if let Some(before) = known.keyring.epoch(known.state.leaving).and_then(|epoch| epoch.lookup.key(category))
            && let Some(entry) = rows.entry_by_tag(&tag_of(&before, ask.identity))?
        {
            check_proof(&before, &known.state.id, &entry)?;
            return old(entry.code);
        }
        let (state, today) = (known.state, self.today);
        let entries = known.mirror.as_ref().map(Mirror::entries);
        drop(known);
        let (seal_id, key) = seals.ours(rows, state.epoch, category)?;
        let content = Content { identity: ask.identity, value: ask.value };
        let mut signs = code::length(entries.map_or_else(|| rows.last_entry(), Ok)?);
        loop {
            let code = match ask.form {
                CodeForm::Counted => code::counted(ask.word, rows.count_up(ask.word)?),
                CodeForm::Random => code::draw(ask.word, signs)?,
            };
            // Taken: rarer with every sign.
            signs = (signs + 1).min(code::length(u64::MAX));
            let free = self.change(|known| known.mirror.as_mut().map(|mirror| mirror.give(&code)));
            if free == Some(false) {
                continue;
            }
            let mut entry = Entry {
                id: 0,
                category: category.to_owned(),
                epoch: state.epoch,
                tag,
                code,
                day: today,
                seal: seal_id,
                sealed: Vec::new(),
                proof: [0; 16],
            };
            entry.sealed = content.seal(&key, &state.id, &entry)?;
            entry.proof = proof_of(&lookup, &state.id, &entry);
            if free == Some(true) {
                return Ok(Found { tag, code: entry.code.clone(), pending: Some(entry) });
            }
            if rows.add_entry(&entry)? {
                return old(entry.code);
            }
        }
    }
}

/// The code of a value.
struct Found {
    tag: Tag,
    code: String,
    /// Its entry, where that is new and not written yet.
    pending: Option<Entry>,
}

impl Known {
    /// The key that finds rows of a category in the present epoch.
    pub(crate) fn lookup(&mut self, category: &str) -> Option<Key> {
        if let Some(key) = self.lookups.get(category) {
            return Some(key.clone());
        }
        let key = self.keyring.epoch(self.state.epoch)?.lookup.key(category)?;
        self.lookups.insert(category.to_owned(), key.clone());
        Some(key)
    }
}

/// What is sealed in an entry.
pub(crate) struct Content<'a> {
    pub(crate) identity: &'a str,
    pub(crate) value: &'a str,
}

impl Content<'_> {
    /// Sealed for this row and no other.
    pub(crate) fn seal(&self, key: &Key, vault: &[u8; 16], entry: &Entry) -> Result<Vec<u8>> {
        let room = (self.identity.len() + self.value.len() + 16).next_multiple_of(BLOCK);
        let plain = Writer::with_room(room).text(self.identity).text(self.value).padded(BLOCK);
        with_belongings(vault, entry, |belongs| seal(key, belongs, &plain))
    }
}

/// Identity and value of an entry.
pub(crate) struct Opened {
    pub(crate) identity: Zeroizing<String>,
    pub(crate) value: Zeroizing<String>,
}

/// Nothing of them.
impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opened(..)")
    }
}

/// Opens an entry; nothing where the role has no hatch for its category.
pub(crate) fn open_entry(rows: &Database, seals: &mut Seals<'_>, vault: &[u8; 16], entry: &Entry) -> Result<Option<Opened>> {
    let Some(key) = seals.key(rows, entry.seal, entry.epoch, &entry.category)? else { return Ok(None) };
    let plain = with_belongings(vault, entry, |belongs| open(&key, belongs, &entry.sealed)).ok_or_else(|| tampered(entry))?;
    let mut reader = Reader(&plain);
    let read = (reader.text(), reader.text());
    let (Some(identity), Some(value)) = read else { return Err(tampered(entry)) };
    Ok(Some(Opened { identity: Zeroizing::new(identity.to_owned()), value: Zeroizing::new(value.to_owned()) }))
}

fn with_belongings<T>(vault: &[u8; 16], entry: &Entry, work: impl FnOnce(&[&[u8]]) -> T) -> T {
    let Entry { category, epoch, tag, code, day, seal, .. } = entry;
    let (epoch, day, seal) = (epoch.to_be_bytes(), day.to_be_bytes(), seal.to_be_bytes());
    work(&[b"entry", vault, category.as_bytes(), code.as_bytes(), &epoch, tag, &day, &seal])
}

/// What finds the row of an identity.
pub(crate) fn tag_of(lookup: &Key, identity: &str) -> Tag {
    cut(lookup.mac(&[b"tag", identity.as_bytes()]))
}

/// What shows that the row's tag and code belong together.
pub(crate) fn proof_of(lookup: &Key, vault: &[u8; 16], entry: &Entry) -> Tag {
    with_belongings(vault, entry, |belongs| cut(lookup.mac(belongs)))
}

/// Fails unless tag and code of the row belong together.
pub(crate) fn check_proof(lookup: &Key, vault: &[u8; 16], entry: &Entry) -> Result<()> {
    // An early end of the comparison tells whoever can time it no more than the row they wrote.
    if proof_of(lookup, vault, entry) == entry.proof { Ok(()) } else { Err(tampered(entry)) }
}

pub(crate) fn tampered(entry: &Entry) -> VaultError {
    VaultError::Tampered(format!("the entry of {}", entry.code))
}

fn cut(mac: [u8; 32]) -> Tag {
    let (tag, _) = mac.split_at(16);
    tag.try_into().unwrap_or_default()
}
