//! Taking things out for good: what is too old, and all that leads to one person.

use std::collections::BTreeSet;

use subrosa_core::entity::Entity;
use subrosa_core::identity;
use subrosa_core::restore::Removed;
use zeroize::Zeroizing;

use crate::authority::State;
use crate::code;
use crate::codes::open_entry;
use crate::database::Database;
use crate::desk::Desk;
use crate::error::{Result, VaultError};
use crate::records::{open_list, seal_list, tampered};
use crate::role::Ability;
use crate::rows::{Entry, OutputRow};
use crate::seals::Seals;
use crate::vault::Vault;

const STEP: u32 = 1000;

/// What was taken out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Codes that no longer stand for anything.
    pub codes: u64,
    /// Values in records of what was removed from outputs; for [`Vault::retain`] the outputs.
    pub records: u64,
}

impl Vault {
    /// Lets entries expire that are older than `days`, and from now on whenever this is called with nothing. The file holds
    /// nothing of them afterwards; backups do.
    ///
    /// # Errors
    /// [`VaultError::NotAllowed`] unless an administrator opened the vault; [`VaultError::Invalid`] for 0 days, and where no
    /// number of days was ever given; [`VaultError::Traces`]; whatever the disk says.
    pub fn retain(&self, days: Option<u32>) -> Result<Erased> {
        self.need(Ability::Administer)?;
        let mut desk = self.desk();
        let erased = self.write(&mut desk, |rows, _| {
            let state = self.known().state;
            let days = days.or((state.keep_days > 0).then_some(state.keep_days)).filter(|days| *days > 0);
            let days = days.ok_or_else(|| VaultError::Invalid("for how many days are entries to be kept?".to_owned()))?;
            let first = self.today.saturating_sub(days);
            let erased = Erased { codes: rows.remove_entries_before(first)?, records: rows.remove_outputs_before(first)? };
            rows.remove_idle_seals()?;
            self.set_state(rows, State { keep_days: days, changes: state.changes + 1, ..state })?;
            Ok(erased)
        })?;
        self.erased(&mut desk)?;
        Ok(erased)
    }

    /// Forgets one person, or one value, for good. `who` is a code, or a name as the vault has it, in any order and writing.
    /// Codes of it no longer lead to a value; records of outputs lose every value that has the code, is written like it, or in
    /// the same output has the same numbered label. The file holds nothing of it afterwards; backups do.
    ///
    /// # Errors
    /// [`VaultError::NotAllowed`] unless an administrator opened the vault; [`VaultError::UnknownPerson`]; [`VaultError::Traces`]; whatever the disk says.
    pub fn forget(&self, who: &str) -> Result<Erased> {
        self.need(Ability::Administer)?;
        let mut desk = self.desk();
        let erased = self.write(&mut desk, |rows, seals| {
            let person = self.find(rows, seals, who)?;
            let mut erased = Erased { codes: person.entries.len() as u64, records: 0 };
            for id in &person.entries {
                rows.remove_entry(*id)?;
            }
            let mut at = 0;
            loop {
                let outputs = rows.outputs_after(at, STEP)?;
                let Some(last) = outputs.last() else { break };
                at = last.id;
                for output in &outputs {
                    erased.records += self.forget_in(rows, seals, output, &person)?;
                }
            }
            if erased == Erased::default() {
                return Err(VaultError::UnknownPerson);
            }
            rows.remove_idle_seals()?;
            let state = self.known().state;
            self.set_state(rows, State { changes: state.changes + 1, ..state })?;
            Ok(erased)
        })?;
        self.erased(&mut desk)?;
        Ok(erased)
    }

    /// Makes sure that the bytes are gone, and that this process does not remember them either.
    fn erased(&self, desk: &mut Desk) -> Result<()> {
        self.reload(desk)?;
        desk.database.scrub()
    }

    fn find(&self, rows: &Database, seals: &mut Seals<'_>, who: &str) -> Result<Person> {
        let mut person = Person::default();
        if let Some(code) = code::parse(who)
            && let Some(entry) = rows.entry_by_code(&code)?
        {
            // A row that was tampered with can be forgotten by its code; its value is not known then.
            match open_entry(rows, seals, &self.id(), &entry) {
                Ok(Some(opened)) => person.names.extend([Name::of(&opened.identity), Name::of(&opened.value)]),
                Ok(None) | Err(VaultError::Tampered(_)) => {}
                Err(error) => return Err(error),
            }
            person.add(&entry);
            return Ok(person);
        }
        person.names.push(Name::of(who));
        let mut at = 0;
        loop {
            let entries = rows.entries_after(at, STEP)?;
            let Some(last) = entries.last() else { break };
            at = last.id;
            for entry in &entries {
                match open_entry(rows, seals, &self.id(), entry) {
                    Ok(Some(opened)) if [&opened.identity, &opened.value].iter().any(|text| person.is(text)) => {
                        person.add(entry);
                    }
                    Ok(_) | Err(VaultError::Tampered(_)) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(person)
    }

    fn forget_in(&self, rows: &Database, seals: &mut Seals<'_>, output: &OutputRow, person: &Person) -> Result<u64> {
        let vault = self.id();
        let mut manifest = self.manifest(output)?;
        let mut gone = 0;
        for mut part in rows.removed_of(output.id)? {
            let list = open_list(rows, seals, &vault, output, &part)?.ok_or_else(tampered)?;
            let theirs = person.labels(&list.0);
            let kept: Vec<&Removed> = list.0.iter().filter(|removed| !person.owns(removed, &theirs)).collect();
            if kept.len() == list.0.len() {
                continue;
            }
            gone += (list.0.len() - kept.len()) as u64;
            if kept.is_empty() {
                manifest.counts.remove(&part.category);
                rows.remove_removed(part.id)?;
                continue;
            }
            manifest.counts.insert(part.category.clone(), kept.len() as u64);
            let (seal, key) = seals.ours(rows, part.epoch, &part.category)?;
            part.seal = seal;
            part.sealed = seal_list(&key, &vault, output, &part, kept.into_iter())?;
            rows.set_removed(&part)?;
        }
        if gone > 0 {
            let key = self.known().keyring.epoch(output.epoch).map(|epoch| epoch.outputs.clone()).ok_or_else(tampered)?;
            let mut row = output.clone();
            row.sealed = manifest.seal(&key, &vault, &row)?;
            rows.set_output(&row)?;
        }
        Ok(gone)
    }
}

/// Whom to forget.
#[derive(Default)]
struct Person {
    entries: Vec<i64>,
    codes: BTreeSet<String>,
    names: Vec<Name>,
}

/// A name however it is written: what the words are, in no order.
#[derive(PartialEq, Eq)]
struct Name(Zeroizing<String>);

impl Name {
    fn of(text: &str) -> Self {
        let mut words: Vec<Zeroizing<String>> = text
            .split(|sign: char| sign.is_whitespace() || sign == ',')
            .map(|word| Zeroizing::new(identity::of(word)))
            .filter(|word| word.contains(char::is_alphanumeric))
            .collect();
        // The order makes a number another number, and a name the same name.
        if !text.contains(|sign: char| sign.is_ascii_digit()) {
            words.sort_by(|one, other| one.as_str().cmp(other.as_str()));
        }
        let mut name = Zeroizing::new(String::with_capacity(text.len() + 8));
        words.iter().for_each(|word| name.push_str(word));
        Self(name)
    }
}

impl Person {
    fn add(&mut self, entry: &Entry) {
        self.entries.push(entry.id);
        self.codes.insert(entry.code.clone());
    }

    fn is(&self, text: &str) -> bool {
        self.names.contains(&Name::of(text))
    }

    fn has_code(&self, replacement: &str) -> bool {
        self.codes.contains(replacement.trim_start_matches('[').trim_end_matches(']'))
    }

    /// The numbered labels that stand for the person in one output: `[PERSON-2]`.
    fn labels(&self, list: &[Removed]) -> BTreeSet<String> {
        let numbered = |text: &str| text.contains(|sign: char| sign.is_ascii_digit());
        let theirs =
            |removed: &&Removed| removed.entity == Entity::PERSON && numbered(&removed.replacement) && self.is(&removed.value);
        list.iter().filter(theirs).map(|removed| removed.replacement.clone()).collect()
    }

    fn owns(&self, removed: &Removed, labels: &BTreeSet<String>) -> bool {
        self.has_code(&removed.replacement) || self.is(&removed.value) || labels.contains(&removed.replacement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_in_any_order_and_numbers_are_not() {
        assert!(Name::of("Doe, Jane") == Name::of("JANE DOE"));
        assert!(Name::of("Jane Doe") != Name::of("Jane Roe"));
        assert!(Name::of("(555) 010-0199") == Name::of("555 0100199"));
        assert!(Name::of("555 0199 010") != Name::of("010 555 0199"));
    }
}
