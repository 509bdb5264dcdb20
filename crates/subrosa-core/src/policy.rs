//! What to do with a finding: a threshold and an operator for each entity.
//!
//! Policies are TOML; the file format is read by [`parse`](Policy::parse), which denies what it does not know. A policy
//! never looks at text: it maps an entity and a confidence to an operator. What a law asks for is described by the presets
//! in `policies/`, which say what they do and never that the result is compliant.

pub mod describe;
pub mod groups;
pub mod law;
pub mod limits;
pub mod parameters;
mod parse;
pub mod preset;
pub mod rule;
pub mod safe_harbor;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::operators::keep::Keep;
use crate::secrets::Secrets;
use law::Law;
use parameters::Declared;

pub use parse::PolicyError;
pub use preset::{DEFAULT, PRESETS, Preset};
pub use rule::{Circumstances, Conditions, Rule, Treatment, When};

/// What to do with findings.
#[derive(Clone)]
pub struct Policy {
    name: String,
    description: String,
    threshold: Confidence,
    on_unread: OnUnread,
    default: Rule,
    entities: BTreeMap<Entity, Rule>,
    law: Option<Law>,
    parameters: BTreeMap<String, Declared>,
    given: BTreeMap<String, String>,
}

/// What to do with a document that has parts nobody could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnUnread {
    /// The document is refused.
    Fail,
    /// The part is left out of the document: a member of an archive, an attachment, a page.
    Remove,
    /// What the part shows is painted over: a page without readable text becomes an empty page.
    Blank,
    /// The part stays as it is, and the report names it.
    Keep,
}

impl OnUnread {
    /// All, with the names that policies use.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("fail", Self::Fail), ("remove", Self::Remove), ("blank", Self::Blank), ("keep", Self::Keep)];

    /// The name that policies use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Remove => "remove",
            Self::Blank => "blank",
            Self::Keep => "keep",
        }
    }
}

impl Policy {
    /// Reads a policy file. `known` are the entities there are; every well-formed name is taken when it is empty.
    ///
    /// # Errors
    /// [`PolicyError`] with the line and column, and with the names that would have been right.
    pub fn parse(source: &str, known: &[&str]) -> Result<Self, PolicyError> {
        parse::parse(source, known, PRESETS, &[])
    }

    /// The preset of this name, or nothing.
    ///
    /// # Panics
    /// Never: a test parses every preset.
    pub fn preset(name: &str) -> Option<Self> {
        let preset = PRESETS.iter().find(|preset| preset.name == name)?;
        let parsed = parse::parse(preset.source, &[], PRESETS, &[preset.name]);
        Some(parsed.unwrap_or_else(|error| unreachable!("preset {name}: {error}")))
    }

    /// The policy's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it does, for people.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// What to do with documents that have unread parts.
    pub fn on_unread(&self) -> OnUnread {
        self.on_unread
    }

    /// The entities with a rule of their own, sorted.
    pub fn entities(&self) -> impl Iterator<Item = (&Entity, &Rule)> {
        self.entities.iter()
    }

    /// The rule of all other entities.
    pub fn default_rule(&self) -> &Rule {
        &self.default
    }

    /// The rule for an entity.
    pub fn rule(&self, entity: &Entity) -> &Rule {
        self.entities.get(entity).unwrap_or(&self.default)
    }

    /// What becomes of a finding under these circumstances.
    pub fn rule_for(&self, circumstances: &Circumstances<'_>) -> &Treatment {
        self.rule(circumstances.entity).treatment(circumstances)
    }

    /// The first treatment whose operator needs what is not there, with its entity; nothing stands for the default.
    pub fn lacking(&self, secrets: &Secrets<'_>) -> Option<(Option<&Entity>, &Treatment)> {
        let rules = self.entities.iter().map(|(entity, rule)| (Some(entity), rule)).chain([(None, &self.default)]);
        let mut treatments = rules.flat_map(|(entity, rule)| rule.treatments().map(move |treatment| (entity, treatment)));
        treatments.find(|(_, treatment)| !secrets.have(treatment.operator.needs()))
    }

    /// The least confidence acted on. Denied terms are always acted on.
    pub fn threshold(&self, entity: &Entity) -> Confidence {
        if *entity == Entity::DENIED_TERM {
            return Confidence::NONE;
        }
        self.rule(entity).threshold.unwrap_or(self.threshold)
    }

    /// The threshold of what has none of its own.
    pub fn base_threshold(&self) -> Confidence {
        self.threshold
    }

    /// The least of all thresholds: a detector need not look for anything below.
    pub fn lowest_threshold(&self) -> Confidence {
        let own = self.entities.values().chain([&self.default]).filter_map(|rule| rule.threshold);
        own.fold(self.threshold, Ord::min)
    }

    /// The same policy with one threshold for everything.
    #[must_use]
    pub fn with_threshold(mut self, threshold: Confidence) -> Self {
        self.threshold = threshold;
        for rule in self.entities.values_mut().chain([&mut self.default]) {
            rule.threshold = None;
        }
        self
    }

    /// The same policy with another answer to unread parts.
    #[must_use]
    pub fn with_on_unread(mut self, on_unread: OnUnread) -> Self {
        self.on_unread = on_unread;
        self
    }
}

impl Policy {
    /// A policy that lets these entities stay and treats everything else alike. It keeps to no law any more, and its name
    /// says what is kept.
    #[must_use]
    pub fn keeping(mut self, entities: &BTreeSet<Entity>) -> Self {
        let kept: Vec<&str> = entities.iter().map(Entity::id).collect();
        if !kept.is_empty() {
            self.name = format!("{}, {} kept", self.name, kept.join(" and "));
            self.law = None;
        }
        for entity in entities {
            let threshold = self.rule(entity).threshold;
            self.entities.insert(entity.clone(), Rule { threshold, ..Rule::always(Treatment::new(&Keep)) });
        }
        self
    }
}

/// The name and hash.
impl std::fmt::Debug for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Policy({} {})", self.name, self.hash())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_parse_and_are_called_what_their_file_is_called() {
        assert!(PRESETS.is_sorted_by(|a, b| a.name < b.name));
        for preset in PRESETS {
            let policy = Policy::parse(preset.source, &[]).unwrap_or_else(|error| panic!("{}: {error}", preset.name));
            assert_eq!(policy.name(), preset.name);
            for claim in ["anonymi", "complian"] {
                assert!(!preset.source.to_lowercase().contains(claim), "{} claims {claim}", preset.name);
            }
        }
        assert!(Policy::preset(DEFAULT).is_some());
        assert!(Policy::preset("nothing").is_none());
    }

    #[test]
    fn presets_name_only_entities_that_there_are() {
        let known: Vec<&str> = crate::registry::all().iter().map(|recognizer| recognizer.info().entity.id()).collect();
        for preset in PRESETS {
            Policy::parse(preset.source, &known).unwrap_or_else(|error| panic!("{}: {error}", preset.name));
        }
    }

    #[test]
    fn the_normalised_text_is_the_same_policy() {
        for preset in PRESETS {
            let policy = Policy::preset(preset.name).unwrap();
            let again = Policy::parse(&format!("name = \"again\"\n{}", policy.normalised()), &[]).unwrap();
            assert_eq!(again.hash(), policy.hash(), "{}", preset.name);
        }
    }

    #[test]
    fn the_hash_is_over_what_it_does() {
        let hash = |source: &str| Policy::parse(source, &[]).unwrap().hash();
        let plain = hash("version = 1\nname = 'a'\n[default]\noperator = 'label'\n");
        assert_eq!(
            plain,
            hash("# note\nname = 'b'\nversion = 1\nthreshold = 0.50\n[default]\nnumbered = true\noperator = 'label'")
        );
        assert_ne!(plain, hash("version = 1\nname = 'a'\n[default]\noperator = 'remove'\n"));
        assert_ne!(plain, hash("version = 1\nname = 'a'\nthreshold = 0.6\n[default]\noperator = 'label'\n"));
        // Reports of earlier versions hold this hash: it may change only together with the schema of policies.
        assert_eq!(plain, "c843bb08a10979efdd04dc02fed268b2f19fb43cfa690186289d15793700d20c");
    }

    #[test]
    fn what_is_kept_is_in_the_name() {
        let kept = BTreeSet::from([Entity::AGE, Entity::PERSON]);
        let policy = Policy::preset("safe-harbor").unwrap().keeping(&kept);
        assert_eq!(policy.name(), "safe-harbor, AGE and PERSON kept");
        assert!(policy.law().is_none());
        assert_eq!(policy.rule(&Entity::PERSON).treatment.operator.id(), "keep");
        assert_ne!(policy.rule(&Entity::STREET_ADDRESS).treatment.operator.id(), "keep");
        assert_eq!(Policy::preset("safe-harbor").unwrap().keeping(&BTreeSet::new()).name(), "safe-harbor");
    }

    #[test]
    fn thresholds() {
        let source = "version = 1\nname = 'a'\nthreshold = 0.7\n[default]\noperator = 'label'\n[entities.PERSON]\noperator = 'label'\nthreshold = 0.4";
        let policy = Policy::parse(source, &[]).unwrap();
        assert_eq!(policy.threshold(&Entity::PERSON), Confidence::new(400));
        assert_eq!(policy.threshold(&Entity::AGE), Confidence::new(700));
        assert_eq!(policy.threshold(&Entity::DENIED_TERM), Confidence::NONE);
        assert_eq!(policy.lowest_threshold(), Confidence::new(400));
        let flat = policy.with_threshold(Confidence::new(900));
        assert_eq!(flat.threshold(&Entity::PERSON), Confidence::new(900));
        assert_eq!(flat.lowest_threshold(), Confidence::new(900));
    }

    /// The committed schema has the operators, parameters, groups, limits and defaults that there are, no more and no fewer.
    #[test]
    fn the_schema_has_every_operator_and_parameter() {
        use crate::operators::{ALL, Kind, Value};
        use serde_json::json;

        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schemas/policy.v1.json");
        #[allow(clippy::disallowed_methods, reason = "a test reads the committed schema")]
        let committed: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let reference = json!({ "$ref": "#/$defs/reference" });
        let treatments: Vec<_> = ALL
            .iter()
            .map(|operator| {
                let mut required = vec!["operator"];
                let mut properties = json!({ "operator": { "const": operator.id() } });
                for parameter in operator.parameters() {
                    let kind = match parameter.kind {
                        Kind::Flag(_) => json!({ "type": "boolean" }),
                        Kind::Count { least, most, .. } => json!({ "type": "integer", "minimum": least, "maximum": most }),
                        Kind::Choice { words, .. } => json!({ "enum": words }),
                        Kind::Required { most } => {
                            required.push(parameter.name);
                            json!({ "type": "string", "minLength": 1, "maxLength": most })
                        }
                        Kind::Text { least, most, .. } => json!({ "type": "string", "minLength": least, "maxLength": most }),
                    };
                    properties[parameter.name] = json!({ "anyOf": [kind, reference] });
                    properties[parameter.name]["default"] = match parameter.kind.default() {
                        Some(Value::Flag(flag)) => json!(flag),
                        Some(Value::Count(count)) => json!(count),
                        Some(Value::Text(text)) => json!(text),
                        None => continue,
                    };
                }
                json!({ "required": required, "properties": properties })
            })
            .collect();
        let names = |all: &[&str]| json!(all);
        let mut schema = committed.clone();
        schema["$defs"]["treatment"]["oneOf"] = json!(treatments);
        let on_unread: Vec<_> = OnUnread::ALL.iter().map(|(name, _)| *name).collect();
        schema["properties"]["on_unread"]["enum"] = names(&on_unread);
        let presets: Vec<_> = PRESETS.iter().map(|preset| preset.name).collect();
        schema["properties"]["extends"]["enum"] = names(&presets);
        let groups: Vec<_> = groups::GROUPS.iter().map(|group| group.name).collect();
        schema["properties"]["groups"]["propertyNames"]["enum"] = names(&groups);
        let lists: Vec<_> = limits::LISTS.iter().map(|list| list.name).collect();
        schema["properties"]["law"]["properties"]["list"]["enum"] = names(&lists);
        let partial: Vec<_> = law::Partial::ALL.iter().map(|(name, _)| *name).collect();
        schema["properties"]["law"]["properties"]["partial"]["enum"] = names(&partial);
        let roles: Vec<_> = crate::role::Role::ALL.iter().map(|(name, _)| *name).collect();
        schema["$defs"]["when"]["properties"]["role"]["enum"] = names(&roles);
        #[allow(clippy::disallowed_methods, reason = "a test blesses the committed schema when it is asked to")]
        if std::env::var_os("SUBROSA_BLESS").is_some() {
            std::fs::write(path, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
            return;
        }
        assert_eq!(committed, schema, "run this test with SUBROSA_BLESS=1 and read the difference");
    }
}
