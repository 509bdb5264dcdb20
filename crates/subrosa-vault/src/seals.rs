//! The keys that rows are sealed with: one for each process that writes and each category, agreed on with the category's public
//! key, so that a process can go on sealing without being able to open what others sealed.

use std::collections::HashMap;

use subrosa_core::key::Key;

use crate::database::Database;
use crate::error::{Result, VaultError};
use crate::hatch::{Hatch, agree};
use crate::rows::SealRow;
use crate::vault::Vault;

/// The keys that rows are sealed with.
pub(crate) struct Seals<'a> {
    vault: &'a Vault,
    seals: &'a mut HashMap<(u32, String), (i64, Key)>,
    opened: &'a mut HashMap<i64, Key>,
    /// What this transaction added.
    new: Vec<(u32, String)>,
}

impl<'a> Seals<'a> {
    /// Seals as remembered in these maps.
    pub(crate) fn new(
        vault: &'a Vault,
        seals: &'a mut HashMap<(u32, String), (i64, Key)>,
        opened: &'a mut HashMap<i64, Key>,
    ) -> Self {
        Self { vault, seals, opened, new: Vec::new() }
    }

    /// Remembers none any more.
    pub(crate) fn clear(&mut self) {
        self.seals.clear();
        self.opened.clear();
    }

    /// Forgets those that a transaction made and that were rolled back with it.
    pub(crate) fn forget_new(&mut self) {
        for place in self.new.drain(..) {
            self.seals.remove(&place);
        }
    }

    /// The seal that this process puts rows of a category under, made when there is none yet.
    pub(crate) fn ours(&mut self, rows: &Database, epoch: u32, category: &str) -> Result<(i64, Key)> {
        let place = (epoch, category.to_owned());
        if let Some((id, key)) = self.seals.get(&place) {
            return Ok((*id, key.clone()));
        }
        let known = self.vault.known();
        let slot = match known.keyring.epoch(epoch).and_then(|epoch| epoch.hatch.key(category)) {
            Some(secret) => Hatch::new(&secret).slot(),
            None => {
                let row = rows.category(epoch, category)?.ok_or_else(|| self.vault.no_key(category))?;
                self.vault.role.witness.check_category(&known.state.id, &row)?;
                row.slot
            }
        };
        let (half, key) = agree(&slot, &seal_purpose(&known.state.id, category, &epoch.to_be_bytes()))?;
        let id = rows.add_seal(&SealRow { epoch, category: category.to_owned(), half })?;
        self.seals.insert(place.clone(), (id, key.clone()));
        self.new.push(place);
        Ok((id, key))
    }

    /// The key of a seal of any process; nothing where the role has no hatch for the category.
    pub(crate) fn key(&mut self, rows: &Database, id: i64, epoch: u32, category: &str) -> Result<Option<Key>> {
        let known = self.vault.known();
        let Some(secret) = known.keyring.epoch(epoch).and_then(|epoch| epoch.hatch.key(category)) else { return Ok(None) };
        if let Some(key) = self.opened.get(&id) {
            return Ok(Some(key.clone()));
        }
        let tampered = || VaultError::Tampered(format!("a seal of {category}"));
        let row = rows.seal(id)?.ok_or_else(tampered)?;
        if row.epoch != epoch || row.category != category {
            return Err(tampered());
        }
        let purpose = seal_purpose(&known.state.id, category, &epoch.to_be_bytes()).map(<[u8]>::to_vec);
        let purpose: Vec<&[u8]> = purpose.iter().map(Vec::as_slice).collect();
        let key = Hatch::new(&secret).key(&row.half, &purpose).ok_or_else(tampered)?;
        self.opened.insert(id, key.clone());
        Ok(Some(key))
    }
}

fn seal_purpose<'a>(vault: &'a [u8; 16], category: &'a str, epoch: &'a [u8; 4]) -> [&'a [u8]; 4] {
    [b"seal", vault, category.as_bytes(), epoch]
}
