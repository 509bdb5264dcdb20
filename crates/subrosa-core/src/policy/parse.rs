//! Reads policy files.
//!
//! The tree is walked by hand rather than through `serde`, because a rule holds the parameters of its operator beside its own
//! keys, and because every objection is to name its line and the names that would have been right.

mod extending;
mod lawful;
mod reader;
mod rules;

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parameters::Declared;
use super::{OnUnread, Policy, Preset, Rule, Treatment, groups};
use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::operators::{self, Leaves};
use reader::Reader;

pub(super) use reader::printable;

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
type Node<'t> = Spanned<DeValue<'t>>;
type Parameters = BTreeMap<String, Declared>;

/// Reads a policy that may extend one of `presets`; `chain` are the names of those that are being read.
pub(super) fn parse(source: &str, known: &[&str], presets: &[Preset], chain: &[&str]) -> Result<Policy> {
    let reader = Reader { source, known };
    let root = DeTable::parse(source).map_err(|error| reader.at(error.span().unwrap_or_default(), error.message()))?;
    reader.policy(root.get_ref(), presets, chain)
}

/// Where rules stand in the file, for what can only be said once all are read.
#[derive(Default)]
struct Places {
    entities: BTreeMap<Entity, Range<usize>>,
    default: Option<Range<usize>>,
    threshold: Option<Range<usize>>,
    law: Option<Range<usize>>,
}

impl Reader<'_> {
    fn policy(&self, root: &DeTable<'_>, presets: &[Preset], chain: &[&str]) -> Result<Policy> {
        #[rustfmt::skip] // in the order in which people write them
        const KEYS: &[&str] = &[
            "version", "name", "description", "extends", "threshold", "on_unread", "law", "parameters", "default", "groups",
            "entities",
        ];
        let mut fields: BTreeMap<&str, &Node<'_>> = BTreeMap::new();
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
        let name = self.line(needed("name")?, "name")?;
        if name.is_empty() {
            return Err(self.at(needed("name")?.span(), "`name` must not be empty"));
        }
        let mut places = Places::default();
        let description = fields.get("description").map(|value| self.text(value, "description")).transpose()?;
        let odd = |sign: char| sign.is_control() && sign != '\n';
        if let (Some(true), Some(value)) = (description.as_ref().map(|text| text.contains(odd)), fields.get("description")) {
            return Err(self.at(value.span(), "`description` must be a text without control characters other than line ends"));
        }
        let base = fields.get("extends").map(|value| self.extended(value, presets, chain)).transpose()?;
        let threshold = fields.get("threshold").map(|value| self.confidence(value, "threshold")).transpose()?;
        places.threshold = fields.get("threshold").map(|value| value.span());
        let on_unread = fields.get("on_unread").map(|value| self.choice(value, "on_unread", OnUnread::ALL)).transpose()?;
        let parameters = self.declared(fields.get("parameters").copied(), base.as_ref())?;
        let law = self.law_of(fields.get("law").copied(), base.as_ref(), &parameters, &mut places)?;

        let default = match (fields.get("default"), &base) {
            (Some(value), base) => {
                places.default = Some(value.span());
                self.rule(value, "default", base.as_ref().map(|base| &base.default), &parameters)?
            }
            (None, Some(base)) => base.default.clone(),
            (None, None) => return Err(self.at(0..0, "`default` is missing")),
        };
        let mut policy = Policy {
            name,
            description: description.unwrap_or_default().trim().to_owned(),
            threshold: threshold.or(base.as_ref().map(|base| base.threshold)).unwrap_or(THRESHOLD),
            on_unread: on_unread.or(base.as_ref().map(|base| base.on_unread)).unwrap_or(OnUnread::Fail),
            default,
            entities: base.as_ref().map(|base| base.entities.clone()).unwrap_or_default(),
            law,
            parameters,
            given: BTreeMap::new(),
        };
        if let Some(value) = fields.get("groups") {
            self.group_rules(value, &mut policy, base.is_some(), &mut places)?;
        }
        if let Some(value) = fields.get("entities") {
            self.entity_rules(value, &mut policy, base.is_some(), &mut places)?;
        }
        if policy.default.treatments().any(leaves_all) {
            // What a user denies goes even under a policy that keeps all it does not name.
            let label = || Rule::always(Treatment::new(&operators::label::Label));
            policy.entities.entry(Entity::DENIED_TERM).or_insert_with(label);
        }
        policy.lint().map_err(|breach| {
            let by_default = !policy.entities.contains_key(&breach.entity);
            let place = places.entities.get(&breach.entity).or(places.default.as_ref().filter(|_| by_default));
            let place = place.or(places.threshold.as_ref()).or(places.default.as_ref()).or(places.law.as_ref());
            self.at(place.cloned().unwrap_or_default(), breach.reason)
        })?;
        Ok(policy)
    }

    fn group_rules(&self, value: &Node<'_>, policy: &mut Policy, extends: bool, places: &mut Places) -> Result<()> {
        for (key, value) in self.table(value, "groups")? {
            let Some(group) = groups::find(key.get_ref()) else {
                let names: Vec<_> = groups::GROUPS.iter().map(|group| group.name).collect();
                return Err(self.unknown(key, "group", &names));
            };
            for id in group.entities {
                let entity = Entity::new(id);
                let inherited = extends.then(|| policy.rule(&entity).clone());
                let rule = self.rule(value, &format!("groups.{}", group.name), inherited.as_ref(), &policy.parameters)?;
                places.entities.insert(entity.clone(), key.span());
                policy.entities.insert(entity, rule);
            }
        }
        Ok(())
    }

    fn entity_rules(&self, value: &Node<'_>, policy: &mut Policy, extends: bool, places: &mut Places) -> Result<()> {
        for (key, value) in self.table(value, "entities")? {
            let entity = self.entity(key)?;
            // A rule for its group, in this file, may also be refined.
            let inherited = (extends || places.entities.contains_key(&entity)).then(|| policy.rule(&entity).clone());
            let rule = self.rule(value, &format!("entities.{entity}"), inherited.as_ref(), &policy.parameters)?;
            if entity == Entity::DENIED_TERM && rule.treatments().any(leaves_all) {
                return Err(self.at(value.span(), "a denied term cannot be kept: leave it off the deny list instead"));
            }
            places.entities.insert(entity.clone(), key.span());
            policy.entities.insert(entity, rule);
        }
        Ok(())
    }
}

fn leaves_all(treatment: &Treatment) -> bool {
    treatment.operator.leaves() == Leaves::Value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(source: &str, known: &[&str]) -> Result<Policy> {
        super::parse(source, known, &[], &[])
    }

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
            "line 3, column 1: there is no field `treshold`, did you mean `threshold`? Known: version, name, description, extends, threshold, on_unread, law, parameters, default, groups, entities",
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
                operators::ALL.iter().map(|operator| operator.id()).collect::<Vec<_>>().join(", ")
            ),
        );
        refused(
            &format!("{HEAD}[default]\noperator = 'exemption'\n"),
            "line 4, column 12: operator `exemption` needs `code`: The exemption, as the law names it.",
        );
        refused(
            &format!("{HEAD}{rest}[entities.PERSON]\noperator = 'mask'\nkeep_lats = 4\n"),
            "line 7, column 1: there is no parameter of `mask` `keep_lats`, did you mean `keep_last`? Known: operator, threshold, when, character, keep_first, keep_last",
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
    fn objections_to_conditions() {
        let rule = format!("{HEAD}[default]\noperator = 'label'\n[entities.PERSON]\noperator = 'label'\n");
        let when = |case: &str, expected: &str| refused(&format!("{rule}[[entities.PERSON.when]]\n{case}"), expected);
        when(
            "operator = 'keep'",
            "line 7, column 1: `entities.PERSON.when` has no condition; there are role, minor, confidence_below, label, given",
        );
        when("role = 'client'", "line 7, column 1: `entities.PERSON.when` has no `operator`");
        when(
            "role = 'doctor'\noperator = 'keep'",
            "line 8, column 8: `role` must be one of client, relative, clinician, official, employer, third-party",
        );
        when("minor = 'yes'\noperator = 'keep'", "line 8, column 9: `minor` must be true or false");
        when("confidence_below = 2\noperator = 'keep'", "line 8, column 20: `confidence_below` must be a number from 0 to 1");
        when("label = '--'\noperator = 'keep'", "line 8, column 9: `label` must be one or more words that a label holds");
        when("given = { a = 'b' }\noperator = 'keep'", "line 8, column 11: there is no parameter of the policy `a` Known: ");
        when(
            "rolle = 'client'\noperator = 'keep'",
            "line 8, column 1: there is no parameter of `keep` `rolle`, did you mean `role`? Known: role, minor, confidence_below, label, given, operator",
        );
        refused(&format!("{rule}when = 3"), "line 7, column 8: `when` must be a list");
    }

    #[test]
    fn objections_to_groups_laws_and_parameters() {
        let rest = "[default]\noperator = 'label'\n";
        let near = parse(&format!("{HEAD}{rest}[groups.phone]\noperator = 'label'"), &[]).unwrap_err().to_string();
        assert!(
            near.starts_with("line 5, column 9: there is no group `phone`, did you mean `phones`? Known: accounts, "),
            "{near}"
        );
        refused(&format!("{HEAD}{rest}[law]\nbasis = 'x'\nderives = true"), "line 5, column 1: `law` has no `partial`");
        refused(
            &format!("{HEAD}{rest}[law]\nbasis = 'x'\nderives = true\npartial = 'some'"),
            "line 8, column 11: `partial` must be one of forbidden, allowed, required-form",
        );
        refused(
            &format!("{HEAD}{rest}[law]\nbasis = 'x'\nderives = true\npartial = 'allowed'\nlist = 'hipaa'"),
            "line 9, column 8: `list` must be one of card-display, federal-courts, limited-data-set, safe-harbor",
        );
        refused(&format!("{HEAD}{rest}[parameters.a]\nrequired = true"), "line 5, column 1: `parameters.a` has no `description`");
        refused(
            &format!("{HEAD}{rest}[parameters.a]\ndescription = 'x'\nchoices = ['b']\ndefault = 'c'"),
            "line 8, column 11: `default` must be one of b",
        );
        refused(
            &format!("{HEAD}{rest}[parameters.a]\ndescription = 'x'\nrequired = true\ndefault = 'c'"),
            "line 8, column 11: a parameter that is required has no `default`; leave out one of the two",
        );
        refused(
            &format!("{HEAD}{rest}[parameters.A]\ndescription = 'x'"),
            "line 5, column 13: a parameter's name has only a-z, 0-9 and _, and starts with a letter",
        );
        refused(
            &format!("{HEAD}{rest}[entities.PERSON]\noperator = 'label'\ntext = '$word'"),
            "line 7, column 8: the policy declares no parameter `word`; it declares none",
        );
        refused(
            &format!(
                "{HEAD}{rest}[parameters.n]\ndescription = 'x'\nchoices = ['40']\n[entities.PERSON]\noperator = 'mask'\nkeep_last = '$n'"
            ),
            "line 10, column 13: `keep_last` must be a whole number from 0 to 8, and `n` may be `40`",
        );
        let literal = parse(&format!("{HEAD}{rest}[entities.PERSON]\noperator = 'label'\ntext = '$$word'"), &[]).unwrap();
        assert_eq!(literal.rule(&Entity::PERSON).treatment.parameters.text("text"), "$word");
    }

    #[test]
    fn what_is_printed_has_no_control_characters() {
        let rest = "[default]\noperator = 'label'\n";
        let text = "a text without control characters";
        refused("version = 1\nname = \"\\u001b[2J\"", &format!("line 2, column 8: `name` must be {text}"));
        refused(
            &format!("{HEAD}description = \"\\u001b[2J\"\n{rest}"),
            &format!("line 3, column 15: `description` must be {text} other than line ends"),
        );
        refused(
            &format!("{HEAD}{rest}[law]\nbasis = \"\\u001b\"\nderives = true\npartial = 'allowed'"),
            &format!("line 6, column 9: `basis` must be {text}"),
        );
    }

    #[test]
    fn a_law_is_not_left_behind_by_extending() {
        let own =
            "version = 1\nname = 'own'\nextends = 'safe-harbor'\n[law]\nbasis = 'mine'\nderives = true\npartial = 'allowed'";
        let error = Policy::parse(own, &[]).unwrap_err().to_string();
        assert_eq!(
            error,
            "line 4, column 1: `safe-harbor` has a law of its own, which a policy that extends it keeps; leave `law` out"
        );
    }

    #[test]
    fn denied_terms_always_go() {
        refused(
            &format!("{HEAD}[default]\noperator = 'label'\n[entities.DENIED_TERM]\noperator = 'keep'\n"),
            "line 5, column 1: a denied term cannot be kept: leave it off the deny list instead",
        );
        let policy = parse(&format!("{HEAD}[default]\noperator = 'keep'\n"), &[]).unwrap();
        assert_eq!(policy.rule(&Entity::DENIED_TERM).treatment.operator.id(), "label");
        assert_eq!(policy.rule(&Entity::PERSON).treatment.operator.id(), "keep");
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
