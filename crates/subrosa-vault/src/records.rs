//! What was removed from an output, so that the very same output can be restored: sealed for each category by itself, found by
//! a keyed hash of the output's SHA-256.

use std::collections::BTreeMap;

use subrosa_core::entity::Entity;
use subrosa_core::key::Key;
use subrosa_core::restore::Removed;
use subrosa_core::span::Span;
use zeroize::{Zeroize as _, Zeroizing};

use crate::database::Database;
use crate::error::{Result, VaultError};
use crate::keyring::Epoch;
use crate::role::Ability;
use crate::rows::{OutputRow, RemovedRow, Tag};
use crate::seal::{open, seal};
use crate::seals::Seals;
use crate::vault::Vault;
use crate::wire::{Reader, Writer};

/// Lists are padded to a multiple of this.
const BLOCK: usize = 256;

/// What is known of an output, sealed with a key that every role has: its hash, for rotations, and what was removed how often, so
/// that a part that somebody takes away is missed.
pub(crate) struct Manifest {
    pub(crate) output: [u8; 32],
    pub(crate) counts: BTreeMap<String, u64>,
}

impl Vault {
    /// Keeps what was removed from an output. The disk has it for sure after [`flush`](Self::flush). What was kept for the same
    /// output before is forgotten.
    ///
    /// # Errors
    /// [`VaultError::NotAllowed`], [`VaultError::NoKey`] where the role may not write one of the categories; whatever the disk says.
    pub fn keep(&self, output_sha256: &[u8; 32], removed: &[Removed]) -> Result<()> {
        self.need(Ability::Write)?;
        let mut by_category: BTreeMap<&str, Vec<&Removed>> = BTreeMap::new();
        for removed in removed {
            by_category.entry(removed.entity.id()).or_default().push(removed);
        }
        let mut desk = self.desk();
        self.write(&mut desk, |rows, seals| {
            let (state, key) = {
                let known = self.known();
                let epoch = known.keyring.epoch(known.state.epoch);
                (known.state, epoch.map(|epoch| epoch.outputs.clone()).ok_or_else(|| self.not_allowed(Ability::Write))?)
            };
            for row in self.outputs_with(rows, output_sha256)? {
                rows.remove_output(row.id)?;
            }
            let counts = by_category.iter().map(|(category, list)| ((*category).to_owned(), list.len() as u64)).collect();
            let manifest = Manifest { output: *output_sha256, counts };
            let tag = output_tag(&key, output_sha256);
            let mut row = OutputRow { id: 0, tag, epoch: state.epoch, day: self.today, sealed: Vec::new() };
            row.sealed = manifest.seal(&key, &state.id, &row)?;
            row.id = rows.add_output(&row)?;
            for (category, list) in &by_category {
                let (seal_id, key) = seals.ours(rows, state.epoch, category)?;
                let mut part = RemovedRow {
                    id: 0,
                    output: row.id,
                    category: (*category).to_owned(),
                    epoch: state.epoch,
                    seal: seal_id,
                    sealed: Vec::new(),
                };
                part.sealed = seal_list(&key, &state.id, &row, &part, list.iter().copied())?;
                rows.add_removed(&part)?;
            }
            Ok(())
        })
    }

    /// The rows of an output: one, or none.
    pub(crate) fn outputs_with(&self, rows: &Database, output_sha256: &[u8; 32]) -> Result<Vec<OutputRow>> {
        let keys: Vec<Key> = self.known().keyring.epochs.iter().map(|epoch| epoch.outputs.clone()).collect();
        let mut found = Vec::new();
        for key in keys {
            found.extend(rows.output_by_tag(&output_tag(&key, output_sha256))?);
        }
        Ok(found)
    }

    /// What an output's row says.
    pub(crate) fn manifest(&self, row: &OutputRow) -> Result<Manifest> {
        let known = self.known();
        let key = known.keyring.epoch(row.epoch).map(|epoch| epoch.outputs.clone());
        key.and_then(|key| Manifest::open(&key, &known.state.id, row)).ok_or_else(tampered)
    }
}

impl Manifest {
    pub(crate) fn seal(&self, key: &Key, vault: &[u8; 16], row: &OutputRow) -> Result<Vec<u8>> {
        let writer = Writer::with_room(1024).bytes(&self.output).number(self.counts.len() as u64);
        let write = |writer: Writer, (category, count): (&String, &u64)| writer.text(category).number(*count);
        let plain = self.counts.iter().fold(writer, write).padded(BLOCK);
        with_output(vault, row, |belongs| seal(key, belongs, &plain))
    }

    fn open(key: &Key, vault: &[u8; 16], row: &OutputRow) -> Option<Self> {
        let plain = with_output(vault, row, |belongs| open(key, belongs, &row.sealed))?;
        let mut reader = Reader(&plain);
        let output = reader.array()?;
        let count = reader.number()?;
        let counts: Option<_> = (0..count).map(|_| Some((reader.text()?.to_owned(), reader.number()?))).collect();
        Some(Self { output, counts: counts? })
    }
}

/// What finds the row of an output.
pub(crate) fn output_tag(outputs: &Key, output: &[u8; 32]) -> Tag {
    let mac = outputs.mac(&[b"output", output]);
    mac.first_chunk().copied().unwrap_or_default()
}

/// The new row of an output in another epoch.
pub(crate) fn move_output(epoch: &Epoch, vault: &[u8; 16], row: &OutputRow, manifest: &Manifest) -> Result<OutputRow> {
    let tag = output_tag(&epoch.outputs, &manifest.output);
    let mut moved = OutputRow { tag, epoch: epoch.number, sealed: Vec::new(), ..*row };
    moved.sealed = manifest.seal(&epoch.outputs, vault, &moved)?;
    Ok(moved)
}

fn with_output<T>(vault: &[u8; 16], row: &OutputRow, work: impl FnOnce(&[&[u8]]) -> T) -> T {
    work(&[b"output", vault, &row.tag, &row.epoch.to_be_bytes(), &row.day.to_be_bytes()])
}

fn with_part<T>(vault: &[u8; 16], row: &OutputRow, part: &RemovedRow, work: impl FnOnce(&[&[u8]]) -> T) -> T {
    let (day, epoch, seal) = (row.day.to_be_bytes(), part.epoch.to_be_bytes(), part.seal.to_be_bytes());
    work(&[b"removed", vault, &row.tag, &day, part.category.as_bytes(), &epoch, &seal])
}

/// Seals a list of what was removed, for this row and no other.
pub(crate) fn seal_list<'a>(
    key: &Key,
    vault: &[u8; 16],
    row: &OutputRow,
    part: &RemovedRow,
    list: impl ExactSizeIterator<Item = &'a Removed> + Clone,
) -> Result<Vec<u8>> {
    let room: usize = list.clone().map(|removed| removed.value.len() + removed.replacement.len() + 140).sum();
    let writer = Writer::with_room((room + 8).next_multiple_of(BLOCK)).number(list.len() as u64);
    let write = |writer: Writer, removed: &Removed| {
        let places = [removed.segment, removed.span.start, removed.span.end];
        let writer = places.iter().fold(writer, |writer, place| writer.number(*place as u64));
        writer.text(&removed.value).text(&removed.replacement).text(&removed.before).text(&removed.after)
    };
    let plain = list.fold(writer, write).padded(BLOCK);
    with_part(vault, row, part, |belongs| seal(key, belongs, &plain))
}

/// What was removed, overwritten when dropped.
pub(crate) struct List(pub(crate) Vec<Removed>);

impl Drop for List {
    fn drop(&mut self) {
        for removed in &mut self.0 {
            removed.value.zeroize();
        }
    }
}

/// Opens the list of a category; nothing where the role has no hatch for it.
pub(crate) fn open_list(
    rows: &Database,
    seals: &mut Seals<'_>,
    vault: &[u8; 16],
    row: &OutputRow,
    part: &RemovedRow,
) -> Result<Option<List>> {
    let Some(key) = seals.key(rows, part.seal, part.epoch, &part.category)? else { return Ok(None) };
    let plain = with_part(vault, row, part, |belongs| open(&key, belongs, &part.sealed)).ok_or_else(tampered)?;
    read_list(&plain, &part.category).map(Some).ok_or_else(tampered)
}

fn read_list(plain: &Zeroizing<Vec<u8>>, category: &str) -> Option<List> {
    let entity = Entity::parse(category).ok()?;
    let mut reader = Reader(plain);
    let count = reader.number()?;
    let mut list = List(Vec::new());
    for _ in 0..count {
        let (segment, start, end) = (reader.small()?, reader.small()?, reader.small()?);
        let (value, replacement) = (reader.text()?.to_owned(), reader.text()?.to_owned());
        let (before, after) = (reader.text()?.to_owned(), reader.text()?.to_owned());
        let span = (start <= end).then(|| Span::new(start as usize, end as usize))?;
        list.0.push(Removed { segment: segment as usize, span, entity: entity.clone(), value, replacement, before, after });
    }
    Some(list)
}

pub(crate) fn tampered() -> VaultError {
    VaultError::Tampered("what was removed from an output".to_owned())
}
