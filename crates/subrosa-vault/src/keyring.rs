//! The keys that a role holds, and how they come from one another.
//!
//! ```text
//! root of an epoch ─┬─ lookup ── a category's key: finds a row by its identity, proves that row and code belong together
//!                   ├─ hatch ─── a category's secret: opens its values; the public side of it lets values in
//!                   └─ outputs: finds and seals the list of what was removed from an output
//! ```
//!
//! A role has the part of this tree that it needs: who may write gets lookup keys, who may restore gets hatches, for all
//! categories or for some. Only administrators have the root. Each rotation starts an epoch with a new root.

use std::collections::BTreeMap;

use subrosa_core::key::Key;
use zeroize::Zeroizing;

use crate::role::{Abilities, Categories};
use crate::wire::{Reader, Writer};

/// A branch of the tree, as far as a role has it.
#[derive(Clone)]
pub(crate) enum Branch {
    None,
    All(Key),
    Some(BTreeMap<String, Key>),
}

impl Branch {
    /// The key of a category.
    pub(crate) fn key(&self, category: &str) -> Option<Key> {
        match self {
            Self::None => None,
            Self::All(key) => Some(key.derive(&format!("category {category}"))),
            Self::Some(keys) => keys.get(category).cloned(),
        }
    }

    fn cut(&self, categories: &Categories) -> Self {
        match categories {
            Categories::All => self.clone(),
            Categories::Some(names) => {
                Self::Some(names.iter().filter_map(|name| Some((name.clone(), self.key(name)?))).collect())
            }
        }
    }

    fn write(&self, writer: Writer) -> Writer {
        match self {
            Self::None => writer.number(0),
            Self::All(key) => writer.number(1).bytes(key.bytes()),
            Self::Some(keys) => {
                let writer = writer.number(2).number(keys.len() as u64);
                keys.iter().fold(writer, |writer, (name, key)| writer.text(name).bytes(key.bytes()))
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.number()? {
            0 => Some(Self::None),
            1 => reader.key().map(Self::All),
            2 => {
                let count = reader.number()?;
                let keys: Option<_> = (0..count).map(|_| Some((reader.text()?.to_owned(), reader.key()?))).collect();
                keys.map(Self::Some)
            }
            _ => None,
        }
    }
}

/// The keys of one epoch.
#[derive(Clone)]
pub(crate) struct Epoch {
    pub(crate) number: u32,
    pub(crate) root: Option<Key>,
    pub(crate) lookup: Branch,
    pub(crate) hatch: Branch,
    pub(crate) outputs: Key,
}

impl Epoch {
    /// All keys of an epoch.
    pub(crate) fn of_root(number: u32, root: Key) -> Self {
        Self {
            number,
            lookup: Branch::All(root.derive("subrosa vault 1 lookup")),
            hatch: Branch::All(root.derive("subrosa vault 1 hatch")),
            outputs: root.derive("subrosa vault 1 outputs"),
            root: Some(root),
        }
    }

    /// What a role gets of it.
    pub(crate) fn cut(&self, abilities: Abilities, categories: &Categories) -> Self {
        let part = |branch: &Branch, has: bool| if has { branch.cut(categories) } else { Branch::None };
        Self {
            number: self.number,
            root: self.root.clone().filter(|_| abilities.administer),
            lookup: part(&self.lookup, abilities.write),
            hatch: part(&self.hatch, abilities.restore),
            outputs: self.outputs.clone(),
        }
    }
}

/// Everything a role holds.
#[derive(Clone)]
pub(crate) struct Keyring {
    /// The present epoch, and while a rotation is under way the one before.
    pub(crate) epochs: Vec<Epoch>,
    /// For keyed operators. Never rotated, for what was made with it is in documents.
    pub(crate) purposes: Option<Key>,
    /// Signs roles and the state of the vault.
    pub(crate) authority: Option<Key>,
}

impl Keyring {
    /// The keys of an epoch.
    pub(crate) fn epoch(&self, number: u32) -> Option<&Epoch> {
        self.epochs.iter().find(|epoch| epoch.number == number)
    }

    /// What a role gets of it.
    pub(crate) fn cut(&self, abilities: Abilities, categories: &Categories) -> Self {
        Self {
            epochs: self.epochs.iter().map(|epoch| epoch.cut(abilities, categories)).collect(),
            purposes: self.purposes.clone().filter(|_| abilities.write),
            authority: self.authority.clone().filter(|_| abilities.administer),
        }
    }

    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let room = |branch: &Branch| match branch {
            Branch::Some(keys) => keys.keys().map(|name| name.len() + 48).sum::<usize>() + 16,
            _ => 48,
        };
        let room: usize = self.epochs.iter().map(|epoch| room(&epoch.lookup) + room(&epoch.hatch) + 128).sum();
        let optional = |writer: Writer, key: Option<&Key>| writer.bytes(key.map_or(&[], |key| key.bytes().as_slice()));
        let mut writer = Writer::with_room(room + 256).number(1);
        writer = optional(writer, self.purposes.as_ref());
        writer = optional(writer, self.authority.as_ref());
        writer = writer.number(self.epochs.len() as u64);
        for epoch in &self.epochs {
            writer = optional(writer.number(epoch.number.into()), epoch.root.as_ref());
            writer = epoch.hatch.write(epoch.lookup.write(writer)).bytes(epoch.outputs.bytes());
        }
        writer.done()
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        fn optional(reader: &mut Reader<'_>) -> Option<Option<Key>> {
            match reader.bytes()? {
                [] => Some(None),
                key => Some(Some(Key::new(key.try_into().ok()?))),
            }
        }
        let mut reader = Reader(bytes);
        if reader.number()? != 1 {
            return None;
        }
        let (purposes, authority) = (optional(&mut reader)?, optional(&mut reader)?);
        let count = reader.number()?;
        let epochs: Option<Vec<Epoch>> = (0..count)
            .map(|_| {
                Some(Epoch {
                    number: reader.small()?,
                    root: optional(&mut reader)?,
                    lookup: Branch::read(&mut reader)?,
                    hatch: Branch::read(&mut reader)?,
                    outputs: reader.key()?,
                })
            })
            .collect();
        Some(Self { epochs: epochs?, purposes, authority })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::role::Ability;

    fn keyring() -> Keyring {
        let epochs = vec![Epoch::of_root(1, Key::new([1; 32])), Epoch::of_root(2, Key::new([2; 32]))];
        Keyring { epochs, purposes: Some(Key::new([3; 32])), authority: Some(Key::new([4; 32])) }
    }

    #[test]
    fn a_role_gets_its_branches_only() {
        let clerk = Categories::of(["ACCOUNT_NUMBER", "IBAN_CODE"]).unwrap();
        let cut = keyring().cut(Abilities::of(&[Ability::Restore]), &clerk);
        let cut = Keyring::from_bytes(&cut.to_bytes()).unwrap();
        let (all, epoch) = (keyring(), cut.epoch(2).unwrap());
        let whole = all.epoch(2).unwrap();
        assert_eq!(epoch.hatch.key("IBAN_CODE").unwrap().bytes(), whole.hatch.key("IBAN_CODE").unwrap().bytes());
        assert!(epoch.hatch.key("PERSON").is_none());
        assert!(epoch.lookup.key("IBAN_CODE").is_none(), "it may not write");
        assert!(epoch.root.is_none() && cut.purposes.is_none() && cut.authority.is_none());
    }

    #[test]
    fn keys_of_branches_categories_and_epochs_differ() {
        let all = keyring();
        let mut seen = std::collections::BTreeSet::new();
        for epoch in &all.epochs {
            for category in ["PERSON", "AGE"] {
                assert!(seen.insert(*epoch.lookup.key(category).unwrap().bytes()));
                assert!(seen.insert(*epoch.hatch.key(category).unwrap().bytes()));
            }
            assert!(seen.insert(*epoch.outputs.bytes()));
        }
    }

    #[test]
    fn cut_bytes_are_refused() {
        let bytes = keyring().to_bytes();
        assert!(Keyring::from_bytes(&bytes).is_some());
        for end in 0..bytes.len() {
            assert!(Keyring::from_bytes(&bytes[..end]).is_none(), "{end}");
        }
    }
}
