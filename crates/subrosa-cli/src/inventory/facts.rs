//! What is known of the people of one file, before files are put together.

use std::collections::{BTreeMap, BTreeSet};

use subrosa_core::entity::Entity;

use super::columns::Quasi;
use super::tables::Anonymity;

/// How it is known whose a value is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The case sheet says so.
    CaseSheet,
    /// It stands in the person's record.
    Record,
    /// It is or holds the person's name.
    Name,
    /// It stands near the person's name: a guess.
    Near,
}

impl How {
    /// For reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::CaseSheet => "case-sheet",
            Self::Record => "record",
            Self::Name => "name",
            Self::Near => "near",
        }
    }
}

/// A value of a person.
pub struct Held {
    /// What it is.
    pub entity: Entity,
    /// What all writings of it share.
    pub identity: Box<str>,
    /// As it is written first; only where values are shown.
    pub shown: Option<Box<str>>,
    /// How often it stands in the file.
    pub mentions: u64,
    /// How it is known whose it is.
    pub how: How,
}

/// What one record, or the running text of one file, says of one person.
#[derive(Default)]
pub struct Part {
    /// The name as names are compared; empty for a record that names nobody.
    pub name: String,
    /// The longest name as written; only where values are shown.
    pub shown: Option<Box<str>>,
    /// Which of the case sheet's people it is.
    pub known: Option<usize>,
    /// What was found.
    pub held: Vec<Held>,
    /// Which fields that tell people apart together have a value.
    pub quasi: BTreeSet<Quasi>,
    /// The State of an address.
    pub state: Option<&'static str>,
}

impl Part {
    /// Adds a mention of a value.
    pub fn give(&mut self, entity: &Entity, identity: &str, written: Option<&str>, how: How) {
        if let Some(held) = self.held.iter_mut().find(|held| held.entity == *entity && *held.identity == *identity) {
            held.mentions += 1;
            held.how = held.how.min(how);
            // The longest writing of a name says most.
            if *entity == Entity::PERSON
                && let Some(written) = written
                && held.shown.as_ref().is_some_and(|shown| shown.len() < written.len())
            {
                held.shown = Some(written.into());
            }
            return;
        }
        self.held.push(Held {
            entity: entity.clone(),
            identity: identity.into(),
            shown: written.map(Into::into),
            mentions: 1,
            how,
        });
    }
}

/// Whether a name, as names are compared, has more than one word of more than one letter.
pub fn is_full(name: &str) -> bool {
    name.split(' ').filter(|word| word.chars().nth(1).is_some()).nth(1).is_some()
}

/// How many values of a kind, and how often they stand in the file.
#[derive(Clone, Default)]
pub struct Count {
    /// The distinct values.
    pub values: BTreeSet<Box<str>>,
    /// Findings.
    pub mentions: u64,
}

/// All of one file.
#[derive(Default)]
pub struct Facts {
    /// Its people, in the order of first mention.
    pub parts: Vec<Part>,
    /// What was found, by kind.
    pub counts: BTreeMap<Entity, Count>,
    /// Findings that belong to nobody in particular, by kind.
    pub unassigned: BTreeMap<Entity, u64>,
    /// Its tables.
    pub tables: Vec<Anonymity>,
}
