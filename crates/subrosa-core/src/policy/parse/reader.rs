//! Values of a policy file, each taken only as what it has to be, and objections with their place.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use super::{PolicyError, Result};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::operators::Value;

/// The text of a policy and the entities that there are.
pub(super) struct Reader<'a> {
    pub(super) source: &'a str,
    pub(super) known: &'a [&'a str],
}

impl Reader<'_> {
    pub(super) fn entity(&self, key: &Spanned<DeString<'_>>) -> Result<Entity> {
        let id = key.get_ref();
        let entity =
            Entity::parse(id).map_err(|error| self.at(key.span(), format!("`{}` is no entity: {error}", printable(id))))?;
        if !self.known.is_empty() && entity != Entity::DENIED_TERM && !self.known.contains(&entity.id()) {
            return Err(self.unknown(key, "entity", self.known));
        }
        Ok(entity)
    }

    pub(super) fn value(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<Value> {
        Ok(match value.get_ref() {
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Integer(_) => Value::Count(self.count(value, name)?),
            DeValue::String(text) => Value::Text(text.clone().into_owned()),
            other => return Err(self.at(value.span(), format!("`{name}` must not be of type {}", other.type_str()))),
        })
    }

    pub(super) fn table<'t>(&self, value: &'t Spanned<DeValue<'_>>, name: &str) -> Result<&'t DeTable<'t>> {
        value.get_ref().as_table().ok_or_else(|| self.at(value.span(), format!("`{name}` must be a table")))
    }

    pub(super) fn text(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<String> {
        value.get_ref().as_str().map(str::to_owned).ok_or_else(|| self.at(value.span(), format!("`{name}` must be a text")))
    }

    pub(super) fn count(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<u32> {
        let number = value.get_ref().as_integer().and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        number.ok_or_else(|| self.at(value.span(), format!("`{name}` must be a whole number, 0 or more")))
    }

    pub(super) fn confidence(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<Confidence> {
        let number: Option<f64> = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        number
            .filter(|number| (0.0..=1.0).contains(number))
            .map(Confidence::from_unit)
            .ok_or_else(|| self.at(value.span(), format!("`{name}` must be a number from 0 to 1")))
    }

    pub(super) fn unknown(&self, key: &Spanned<DeString<'_>>, what: &str, known: &[&str]) -> PolicyError {
        let name = key.get_ref();
        let mut message = format!("there is no {what} `{}`", printable(name));
        if let Some(near) = nearest(name, known) {
            let _ = write!(message, ", did you mean `{near}`?");
        }
        let _ = write!(message, " Known: {}", list(known));
        self.at(key.span(), message)
    }

    pub(super) fn at(&self, span: Range<usize>, message: impl Into<String>) -> PolicyError {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        PolicyError { line, column, message: message.into() }
    }

    pub(super) fn flag(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<bool> {
        let DeValue::Boolean(flag) = value.get_ref() else {
            return Err(self.at(value.span(), format!("`{name}` must be true or false")));
        };
        Ok(*flag)
    }

    pub(super) fn array<'t>(&self, value: &'t Spanned<DeValue<'_>>, name: &str) -> Result<&'t DeArray<'t>> {
        value.get_ref().as_array().ok_or_else(|| self.at(value.span(), format!("`{name}` must be a list")))
    }

    pub(super) fn texts(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<Vec<String>> {
        self.array(value, name)?.iter().map(|item| self.text(item, name)).collect()
    }

    /// One of the names that there are.
    pub(super) fn choice<T: Copy>(&self, value: &Spanned<DeValue<'_>>, name: &str, all: &[(&str, T)]) -> Result<T> {
        let text = self.text(value, name)?;
        all.iter().find(|(known, _)| *known == text).map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<_> = all.iter().map(|(name, _)| *name).collect();
            self.at(value.span(), format!("`{name}` must be one of {}", list(&names)))
        })
    }

    /// The fields of a table; `place` is its name, and only `keys` may be in it.
    pub(super) fn fields<'t>(
        &self,
        value: &'t Spanned<DeValue<'_>>,
        place: &str,
        keys: &[&str],
    ) -> Result<BTreeMap<&'t str, &'t Spanned<DeValue<'t>>>> {
        let mut fields = BTreeMap::new();
        for (key, value) in self.table(value, place)? {
            if !keys.contains(&key.get_ref().as_ref()) {
                return Err(self.unknown(key, &format!("field of `{place}`"), keys));
            }
            fields.insert(key.get_ref().as_ref(), value);
        }
        Ok(fields)
    }
}

pub(super) fn list(names: &[&str]) -> String {
    names.join(", ")
}

pub(in crate::policy) fn printable(name: &str) -> String {
    name.chars().take(64).map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect()
}

/// The known name that differs in at most two letters, if one does.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known.iter().map(|candidate| (distance(name, candidate), *candidate)).min()?;
    (near.0 <= 2 && near.0 < name.len()).then_some(near.1)
}

/// Levenshtein distance in characters, of at most the first 64.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().take(64).enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}
