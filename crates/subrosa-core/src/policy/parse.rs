//! Reads policy files.
//!
//! The tree is walked by hand rather than through `serde`, because a rule holds the parameters of its operator beside its own
//! keys, and because every objection is to name its line and the names that would have been right.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{OnUnread, Policy, Rule};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::operators::{self, Parameters, Value};

/// The version of the policy file format.
const VERSION: u32 = 1;
/// The threshold of a policy that names none.
const THRESHOLD: Confidence = Confidence::new(500);

/// What is wrong with a policy file, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct PolicyError {
    /// Line in the file, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub message: String,
}

type Result<T> = std::result::Result<T, PolicyError>;

pub(super) fn parse(source: &str, known: &[&str]) -> Result<Policy> {
    let reader = Reader { source, known };
    let root = DeTable::parse(source).map_err(|error| reader.at(error.span().unwrap_or_default(), error.message()))?;
    reader.policy(root.get_ref())
}

struct Reader<'a> {
    source: &'a str,
    known: &'a [&'a str],
}

impl Reader<'_> {
    fn policy(&self, root: &DeTable<'_>) -> Result<Policy> {
        const KEYS: &[&str] = &["version", "name", "description", "threshold", "on_unread", "default", "entities"];
        let mut fields = BTreeMap::new();
        for (key, value) in root {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                return Err(self.unknown(key, "field", KEYS));
            }
            fields.insert(key.get_ref().as_ref(), value);
        }
        let needed = |name: &str| fields.get(name).copied().ok_or_else(|| self.at(0..0, format!("`{name}` is missing")));

        let version = needed("version")?;
        if self.count(version, "version")? != VERSION {
            return Err(self.at(version.span(), format!("this program reads policies of version {VERSION}")));
        }
        let name = self.text(needed("name")?, "name")?;
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(self.at(needed("name")?.span(), "`name` must be a text without control characters"));
        }
        let description = fields.get("description").map(|value| self.text(value, "description")).transpose()?;
        let threshold = fields.get("threshold").map(|value| self.confidence(value)).transpose()?;
        let on_unread = fields.get("on_unread").map(|value| self.on_unread(value)).transpose()?;
        let default = self.rule(needed("default")?, "default")?;
        let mut entities = BTreeMap::new();
        if let Some(value) = fields.get("entities") {
            for (key, value) in self.table(value, "entities")? {
                let entity = self.entity(key)?;
                let rule = self.rule(value, &format!("entities.{entity}"))?;
                if entity == Entity::DENIED_TERM && rule.operator.id() == "keep" {
                    return Err(self.at(value.span(), "a denied term cannot be kept: leave it off the deny list instead"));
                }
                entities.insert(entity, rule);
            }
        }
        if default.operator.id() == "keep" {
            // What a user denies goes even under a policy that keeps all it does not name.
            let operator: &'static dyn operators::Operator = &operators::label::Label;
            let label = || Rule { operator, parameters: Parameters::defaults(operator), threshold: None };
            entities.entry(Entity::DENIED_TERM).or_insert_with(label);
        }
        Ok(Policy {
            name,
            description: description.unwrap_or_default().trim().to_owned(),
            threshold: threshold.unwrap_or(THRESHOLD),
            on_unread: on_unread.unwrap_or(OnUnread::Fail),
            default,
            entities,
        })
    }

    fn rule(&self, value: &Spanned<DeValue<'_>>, place: &str) -> Result<Rule> {
        let table = self.table(value, place)?;
        let (_, named) = table
            .iter()
            .find(|(key, _)| key.get_ref() == "operator")
            .ok_or_else(|| self.at(value.span(), format!("`{place}` has no `operator`")))?;
        let id = self.text(named, "operator")?;
        let operator = operators::find(&id).ok_or_else(|| {
            let ids: Vec<_> = operators::ALL.iter().map(|operator| operator.id()).collect();
            self.at(named.span(), format!("there is no operator `{id}`; there are {}", list(&ids)))
        })?;
        let mut rule = Rule { operator, parameters: Parameters::defaults(operator), threshold: None };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "operator" => {}
                "threshold" => rule.threshold = Some(self.confidence(value)?),
                name => {
                    let Some(parameter) = operator.parameters().iter().find(|parameter| parameter.name == name) else {
                        let mut known = vec!["operator", "threshold"];
                        known.extend(operator.parameters().iter().map(|parameter| parameter.name));
                        return Err(self.unknown(key, &format!("parameter of `{id}`"), &known));
                    };
                    let set = self.value(value, name)?;
                    if let Some(objection) = parameter.kind.objection(&set) {
                        return Err(self.at(value.span(), format!("`{name}` {objection}")));
                    }
                    rule.parameters.set(parameter.name, set);
                }
            }
        }
        let said = |name: &str| table.iter().any(|(key, _)| key.get_ref() == name);
        match operator.parameters().iter().find(|parameter| parameter.kind.is_required() && !said(parameter.name)) {
            Some(missing) => {
                let message = format!("operator `{id}` needs `{}`: {}", missing.name, missing.description);
                Err(self.at(named.span(), message))
            }
            None => Ok(rule),
        }
    }

    fn entity(&self, key: &Spanned<DeString<'_>>) -> Result<Entity> {
        let id = key.get_ref();
        let entity =
            Entity::parse(id).map_err(|error| self.at(key.span(), format!("`{}` is no entity: {error}", printable(id))))?;
        if !self.known.is_empty() && entity != Entity::DENIED_TERM && !self.known.contains(&entity.id()) {
            return Err(self.unknown(key, "entity", self.known));
        }
        Ok(entity)
    }

    fn value(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<Value> {
        Ok(match value.get_ref() {
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Integer(_) => Value::Count(self.count(value, name)?),
            DeValue::String(text) => Value::Text(text.clone().into_owned()),
            other => return Err(self.at(value.span(), format!("`{name}` must not be of type {}", other.type_str()))),
        })
    }

    fn table<'t>(&self, value: &'t Spanned<DeValue<'_>>, name: &str) -> Result<&'t DeTable<'t>> {
        value.get_ref().as_table().ok_or_else(|| self.at(value.span(), format!("`{name}` must be a table")))
    }

    fn text(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<String> {
        value.get_ref().as_str().map(str::to_owned).ok_or_else(|| self.at(value.span(), format!("`{name}` must be a text")))
    }

    fn count(&self, value: &Spanned<DeValue<'_>>, name: &str) -> Result<u32> {
        let number = value.get_ref().as_integer().and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok());
        number.ok_or_else(|| self.at(value.span(), format!("`{name}` must be a whole number, 0 or more")))
    }

    fn confidence(&self, value: &Spanned<DeValue<'_>>) -> Result<Confidence> {
        let number: Option<f64> = match value.get_ref() {
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(number) => number.as_str().parse().ok(),
            _ => None,
        };
        number
            .filter(|number| (0.0..=1.0).contains(number))
            .map(Confidence::from_unit)
            .ok_or_else(|| self.at(value.span(), "`threshold` must be a number from 0 to 1"))
    }

    fn on_unread(&self, value: &Spanned<DeValue<'_>>) -> Result<OnUnread> {
        let name = self.text(value, "on_unread")?;
        OnUnread::ALL.iter().find(|(known, _)| *known == name).map(|(_, choice)| *choice).ok_or_else(|| {
            let names: Vec<_> = OnUnread::ALL.iter().map(|(name, _)| *name).collect();
            self.at(value.span(), format!("`on_unread` must be one of {}", list(&names)))
        })
    }

    fn unknown(&self, key: &Spanned<DeString<'_>>, what: &str, known: &[&str]) -> PolicyError {
        let name = key.get_ref();
        let mut message = format!("there is no {what} `{}`", printable(name));
        if let Some(near) = nearest(name, known) {
            let _ = write!(message, ", did you mean `{near}`?");
        }
        let _ = write!(message, " Known: {}", list(known));
        self.at(key.span(), message)
    }

    fn at(&self, span: Range<usize>, message: impl Into<String>) -> PolicyError {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        PolicyError { line, column, message: message.into() }
    }
}

fn list(names: &[&str]) -> String {
    names.join(", ")
}

fn printable(name: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "version = 1\nname = 'a'\n";

    #[track_caller]
    fn refused(source: &str, expected: &str) {
        let error = parse(source, &["PERSON", "UK_NHS"]).expect_err("the policy is wrong");
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn every_objection_names_its_place_and_what_is_known() {
        let rest = "[default]\noperator = 'label'\n";
        refused("version = 2\nname = 'a'", "line 1, column 11: this program reads policies of version 1");
        refused("name = 'a'", "line 1, column 1: `version` is missing");
        refused(HEAD, "line 1, column 1: `default` is missing");
        refused(
            &format!("{HEAD}treshold = 1\n{rest}"),
            "line 3, column 1: there is no field `treshold`, did you mean `threshold`? Known: version, name, description, threshold, on_unread, default, entities",
        );
        refused(&format!("{HEAD}threshold = 1.5\n{rest}"), "line 3, column 13: `threshold` must be a number from 0 to 1");
        refused(&format!("{HEAD}threshold = nan\n{rest}"), "line 3, column 13: `threshold` must be a number from 0 to 1");
        refused(
            &format!("{HEAD}on_unread = 'ignore'\n{rest}"),
            "line 3, column 13: `on_unread` must be one of fail, remove, blank, keep",
        );
        refused(
            &format!("{HEAD}[default]\noperator = 'lable'\n"),
            &format!(
                "line 4, column 12: there is no operator `lable`; there are {}",
                list(&operators::ALL.iter().map(|operator| operator.id()).collect::<Vec<_>>())
            ),
        );
        refused(
            &format!("{HEAD}[default]\noperator = 'exemption'\n"),
            "line 4, column 12: operator `exemption` needs `code`: The exemption, as the law names it.",
        );
        refused(
            &format!("{HEAD}{rest}[entities.PERSON]\noperator = 'mask'\nkeep_lats = 4\n"),
            "line 7, column 1: there is no parameter of `mask` `keep_lats`, did you mean `keep_last`? Known: operator, threshold, character, keep_first, keep_last",
        );
        refused(
            &format!("{HEAD}{rest}[entities.PERSON]\noperator = 'mask'\nkeep_last = 40\n"),
            "line 7, column 13: `keep_last` must be a whole number from 0 to 8",
        );
        refused(
            &format!("{HEAD}{rest}[entities.PERSO]\noperator = 'mask'\n"),
            "line 5, column 11: there is no entity `PERSO`, did you mean `PERSON`? Known: PERSON, UK_NHS",
        );
        refused(
            &format!("{HEAD}{rest}[entities.person]\noperator = 'mask'\n"),
            "line 5, column 11: `person` is no entity: an entity identifier has only A-Z, 0-9 and _, and starts with a letter",
        );
        refused(&format!("{HEAD}{rest}[entities.PERSON]\n"), "line 5, column 1: `entities.PERSON` has no `operator`");
        refused("version = 1\nname = ", "line 2, column 8: string values must be quoted, expected literal string");
    }

    #[test]
    fn denied_terms_always_go() {
        refused(
            &format!("{HEAD}[default]\noperator = 'label'\n[entities.DENIED_TERM]\noperator = 'keep'\n"),
            "line 5, column 1: a denied term cannot be kept: leave it off the deny list instead",
        );
        let policy = parse(&format!("{HEAD}[default]\noperator = 'keep'\n"), &[]).unwrap();
        assert_eq!(policy.rule(&Entity::DENIED_TERM).operator.id(), "label");
        assert_eq!(policy.rule(&Entity::PERSON).operator.id(), "keep");
    }

    #[test]
    fn hostile_files_are_refused_in_words() {
        for source in [
            "[[[[",
            "version = 99999999999999999999",
            "version = -1",
            "entities = 3",
            "default = []",
            "\u{0}",
            "= 1",
            "a.b.c = 1",
        ] {
            assert!(parse(source, &[]).is_err(), "{source:?}");
        }
        assert!(parse(&"[a".repeat(10_000), &[]).is_err());
        assert!(parse(&format!("a = {}", "[".repeat(100_000)), &[]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn never_panics(source in "[a-z\\[\\]=.'\" \n0-9]{0,80}") {
            let _ = parse(&source, &[]);
        }
    }
}
