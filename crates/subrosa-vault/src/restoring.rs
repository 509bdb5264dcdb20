//! Getting values back: for a reason, as far as the role's keys reach, and counted for the audit log.

use std::collections::BTreeMap;

use subrosa_core::entity::Entity;
use subrosa_core::restore::Removed;

use crate::code;
use crate::codes::open_entry;
use crate::error::{Result, VaultError};
use crate::records::{open_list, tampered};
use crate::role::Ability;
use crate::vault::Vault;

/// Values are given back through this, which knows why. End it with [`finish`](Self::finish), and log what that returns.
pub struct Restoring<'v> {
    vault: &'v Vault,
    event: RestoreEvent,
}

/// What the audit log is to say of a restoration: no values.
#[must_use = "a restoration has to be logged"]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreEvent {
    /// Who.
    pub role: String,
    /// Why.
    pub reason: String,
    /// How many values of each category were given back.
    pub restored: BTreeMap<String, u64>,
    /// How many were not, for want of keys.
    pub withheld: BTreeMap<String, u64>,
}

impl RestoreEvent {
    /// Whether a text can stand for why: 3 to 500 characters, none of them a control character.
    pub fn is_reason(text: &str) -> bool {
        (3..=500).contains(&text.chars().count()) && !text.contains(char::is_control)
    }
}

/// What a code stands for.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    /// This.
    Value {
        /// What the value is.
        entity: Entity,
        /// The value as it stood when it was first met.
        value: String,
    },
    /// A value of this category, which the role has no key for.
    Withheld(Entity),
    /// The vault has no such code.
    Unknown,
}

/// Not the value.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value { entity, .. } => write!(f, "Value({entity})"),
            Self::Withheld(entity) => write!(f, "Withheld({entity})"),
            Self::Unknown => f.write_str("Unknown"),
        }
    }
}

/// What was removed from an output, as far as the role may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// In the order of the output.
    pub removed: Vec<Removed>,
    /// How many more there are, by category.
    pub withheld: BTreeMap<String, u64>,
}

impl Vault {
    /// Begins to give values back, for a reason that will stand in the audit log.
    ///
    /// # Errors
    /// [`VaultError::NoReason`]; [`VaultError::NotAllowed`] for a role that may not restore.
    pub fn restoring(&self, reason: &str) -> Result<Restoring<'_>> {
        let reason = reason.trim();
        if !RestoreEvent::is_reason(reason) {
            return Err(VaultError::NoReason);
        }
        self.need(Ability::Restore)?;
        let event = RestoreEvent {
            role: self.role().to_owned(),
            reason: reason.to_owned(),
            restored: BTreeMap::new(),
            withheld: BTreeMap::new(),
        };
        Ok(Restoring { vault: self, event })
    }
}

impl Restoring<'_> {
    /// What a code stands for. The code may be written with brackets, in small letters, with O for 0; what is no code at all is
    /// [`Answer::Unknown`].
    ///
    /// # Errors
    /// [`VaultError::Tampered`]; whatever the disk says.
    pub fn value_of(&mut self, code: &str) -> Result<Answer> {
        let Some(code) = code::parse(code) else { return Ok(Answer::Unknown) };
        let vault = self.vault;
        let mut desk = vault.desk();
        let answer = vault.read(&mut desk, |rows, seals| {
            let Some(entry) = rows.entry_by_code(&code)? else { return Ok(Answer::Unknown) };
            let entity = Entity::parse(&entry.category).map_err(|_| crate::codes::tampered(&entry))?;
            Ok(match open_entry(rows, seals, &vault.id(), &entry)? {
                Some(opened) => Answer::Value { entity, value: opened.value.to_string() },
                None => Answer::Withheld(entity),
            })
        })?;
        match &answer {
            Answer::Value { entity, .. } => *self.event.restored.entry(entity.id().to_owned()).or_default() += 1,
            Answer::Withheld(entity) => *self.event.withheld.entry(entity.id().to_owned()).or_default() += 1,
            Answer::Unknown => {}
        }
        Ok(answer)
    }

    /// What was removed from the output with this SHA-256; nothing where the vault knows no such output.
    ///
    /// # Errors
    /// [`VaultError::Tampered`], also where part of the record is gone; whatever the disk says.
    pub fn removed(&mut self, output_sha256: &[u8; 32]) -> Result<Option<Record>> {
        let vault = self.vault;
        let mut desk = vault.desk();
        let record = vault.read(&mut desk, |rows, seals| {
            let Some(row) = vault.outputs_with(rows, output_sha256)?.pop() else { return Ok(None) };
            let manifest = vault.manifest(&row)?;
            let parts = rows.removed_of(row.id)?;
            if !parts.iter().map(|part| &part.category).eq(manifest.counts.keys()) {
                return Err(tampered());
            }
            let mut record = Record { removed: Vec::new(), withheld: BTreeMap::new() };
            for (part, count) in parts.iter().zip(manifest.counts.values()) {
                match open_list(rows, seals, &vault.id(), &row, part)? {
                    Some(list) if list.0.len() as u64 == *count => record.removed.extend(list.0.iter().cloned()),
                    Some(_) => return Err(tampered()),
                    None => drop(record.withheld.insert(part.category.clone(), *count)),
                }
            }
            record.removed.sort_by_key(|removed| (removed.segment, removed.span.start, removed.span.end));
            Ok(Some(record))
        })?;
        for removed in record.iter().flat_map(|record| &record.removed) {
            *self.event.restored.entry(removed.entity.id().to_owned()).or_default() += 1;
        }
        for (category, count) in record.iter().flat_map(|record| &record.withheld) {
            *self.event.withheld.entry(category.clone()).or_default() += count;
        }
        Ok(record)
    }

    /// Ends it, and says what the audit log has to be told.
    pub fn finish(self) -> RestoreEvent {
        self.event
    }
}
