//! The values that edits remove.

use std::collections::{BTreeMap, BTreeSet};

use subrosa_core::edit::Edit;
use subrosa_core::entity::Entity;
use subrosa_core::fold;
use subrosa_core::operators;

use super::slice;
use crate::document::Document;
use crate::refusal::Refusal;

/// The distinct values that edits remove, folded. Never printed: it holds the very text that has to go.
#[derive(Clone, Default)]
pub struct Removed {
    /// Each folded value, and whether the deny list brought it.
    values: BTreeMap<String, Value>,
    tally: BTreeMap<Entity, Tally>,
}

/// What is known of a removed value.
#[derive(Clone, Default)]
pub(super) struct Value {
    /// It must be nowhere, also inside longer words.
    pub(super) denied: bool,
    /// It is a value by itself, not only a word of a name.
    pub(super) whole: bool,
    /// It has no letter: the writings of it, with their separators.
    pub(super) writings: BTreeSet<String>,
}

/// How much of one entity was removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Edits made.
    pub edits: usize,
    /// Different values among them, by folded text.
    pub values: usize,
}

/// Least letters in a word of a name that is looked for by itself.
const NAME_WORD: usize = 4;

impl Removed {
    /// The values under `edits`. An edit whose replacement is the value itself removes nothing and is left out.
    ///
    /// # Errors
    /// [`Refusal::Residue`] when a replacement still holds the value it stands for, [`Refusal::Internal`] when an edit does
    /// not lie in its segment.
    pub fn collect(document: &Document, edits: &[Vec<Edit>]) -> Result<Self, Refusal> {
        let mut removed = Self::default();
        let mut seen: BTreeSet<(Entity, String)> = BTreeSet::new();
        if edits.len() > document.segments.len() {
            return Err(Refusal::Internal("edits for a segment that is not there".to_owned()));
        }
        for (index, (segment, edits)) in document.segments.iter().zip(edits).enumerate() {
            for edit in edits {
                let text = slice(&segment.text, edit.span)?;
                if edit.replacement == text {
                    continue;
                }
                let folded = fold::fold(text);
                // A label may: `term` in `[DENIED_TERM-1]` is no value but the name of the entity.
                if !fold::fold(edit.entity.id()).contains(&folded)
                    && fold::stands_in(&folded, &edit.replacement)
                    && !operators::may_hold(edit.operator, text, &edit.replacement)
                {
                    return Err(Refusal::Residue { part: document.body.place(index, edit.span) });
                }
                let tally = removed.tally.entry(edit.entity.clone()).or_default();
                tally.edits += 1;
                if seen.insert((edit.entity.clone(), folded.clone())) {
                    tally.values += 1;
                    removed.add(text, folded, &edit.entity);
                }
            }
        }
        Ok(removed)
    }

    fn add(&mut self, text: &str, folded: String, entity: &Entity) {
        if *entity == Entity::PERSON {
            let words = text.split(|char: char| !char.is_alphanumeric() && char != '\'');
            for word in words.filter(|word| word.chars().filter(|char| char.is_alphabetic()).count() >= NAME_WORD) {
                self.values.entry(fold::fold(word)).or_default();
            }
        }
        if folded.is_empty() {
            return;
        }
        let value = self.values.entry(folded).or_default();
        value.whole = true;
        value.denied |= *entity == Entity::DENIED_TERM;
        if !text.chars().any(char::is_alphabetic) {
            value.writings.insert(text.trim().to_owned());
        }
    }

    /// Has a value looked for that no edit removes.
    pub(super) fn expect(&mut self, text: &str) {
        let folded = fold::fold(text);
        if !folded.is_empty() {
            self.values.entry(folded).or_default().whole = true;
        }
    }

    /// Distinct values looked for, the words of names included.
    pub fn values(&self) -> usize {
        self.values.len()
    }

    /// How much was removed of each entity.
    pub fn tally(&self) -> &BTreeMap<Entity, Tally> {
        &self.tally
    }

    /// Takes the values of `other` in as well. Values that both have count for each, as their documents may be apart.
    pub fn merge(&mut self, other: Self) {
        for (folded, value) in other.values {
            let own = self.values.entry(folded).or_default();
            own.denied |= value.denied;
            own.whole |= value.whole;
            own.writings.extend(value.writings);
        }
        for (entity, tally) in other.tally {
            let own = self.tally.entry(entity).or_default();
            own.edits += tally.edits;
            own.values += tally.values;
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(folded, value)| (folded.as_str(), value))
    }
}

/// Without the values.
impl std::fmt::Debug for Removed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Removed({} values)", self.values.len())
    }
}
