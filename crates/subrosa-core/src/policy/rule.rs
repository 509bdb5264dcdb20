//! What becomes of an entity: a treatment, and other treatments under conditions.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::confidence::Confidence;
use crate::entity::Entity;
use crate::operators::{Operator, Parameters, Value};
use crate::role::Role;

/// What to do with one entity.
#[derive(Clone)]
pub struct Rule {
    /// What becomes of the value unless a condition holds.
    pub treatment: Treatment,
    /// The least confidence that is acted on; the policy's when nothing.
    pub threshold: Option<Confidence>,
    /// What becomes of it otherwise: the first whose conditions hold.
    pub when: Vec<When>,
}

/// An operator and what it is told.
#[derive(Clone)]
pub struct Treatment {
    /// Rewrites the value.
    pub operator: &'static dyn Operator,
    /// What the operator is told, defaults filled in.
    pub parameters: Parameters,
    /// Parameters that the user of the policy gives, by the name that the policy has for them. Empty once they are given.
    pub references: BTreeMap<&'static str, String>,
}

/// Another treatment, and when.
#[derive(Clone)]
pub struct When {
    /// All of these have to hold.
    pub conditions: Conditions,
    /// What becomes of the value then.
    pub treatment: Treatment,
}

/// What has to hold; nothing asked holds always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// The person has this role.
    pub role: Option<Role>,
    /// The person is, or is not, known to be a minor.
    pub minor: Option<bool>,
    /// The finding is less sure than this.
    pub confidence_below: Option<Confidence>,
    /// A label of the segment holds these words next to each other, in small letters.
    pub label: Option<String>,
    /// Parameters of the policy that have been given these values.
    pub given: BTreeMap<String, String>,
}

/// What is known of a finding besides its text.
#[derive(Clone, Copy)]
pub struct Circumstances<'a> {
    /// What the value is.
    pub entity: &'a Entity,
    /// How sure the finding is.
    pub confidence: Confidence,
    /// What the person is in the case, where a case sheet says it.
    pub role: Option<Role>,
    /// Whether the person is known to be a minor.
    pub minor: bool,
    /// The labels of the segment.
    pub labels: &'a [Arc<str>],
}

impl<'a> Circumstances<'a> {
    /// A finding of which only its kind and confidence are known.
    pub fn plain(entity: &'a Entity, confidence: Confidence) -> Self {
        Self { entity, confidence, role: None, minor: false, labels: &[] }
    }
}

impl Rule {
    /// Always this treatment.
    pub fn always(treatment: Treatment) -> Self {
        Self { treatment, threshold: None, when: Vec::new() }
    }

    /// The treatment under these circumstances.
    pub fn treatment(&self, circumstances: &Circumstances<'_>) -> &Treatment {
        let first = self.when.iter().find(|when| when.conditions.hold(circumstances));
        first.map_or(&self.treatment, |when| &when.treatment)
    }

    /// Every treatment there may be, the unconditional one last.
    pub fn treatments(&self) -> impl Iterator<Item = &Treatment> {
        self.when.iter().map(|when| &when.treatment).chain([&self.treatment])
    }

    pub(super) fn treatments_mut(&mut self) -> impl Iterator<Item = &mut Treatment> {
        self.when.iter_mut().map(|when| &mut when.treatment).chain([&mut self.treatment])
    }
}

impl Treatment {
    /// An operator as it comes.
    pub fn new(operator: &'static dyn Operator) -> Self {
        Self { operator, parameters: Parameters::defaults(operator), references: BTreeMap::new() }
    }

    /// The parameters with the user's names in the place of what the user gives, sorted by name.
    pub(super) fn written(&self) -> BTreeMap<&'static str, Value> {
        let values = self.parameters.iter().map(|(name, value)| match value {
            // A text that begins with $ is written with two.
            Value::Text(text) if text.starts_with('$') => (name, Value::Text(format!("${text}"))),
            value => (name, value.clone()),
        });
        values.chain(self.references.iter().map(|(name, user)| (*name, Value::Text(format!("${user}"))))).collect()
    }
}

impl Conditions {
    /// Whether all of them hold. What depends on a parameter that nobody gave does not.
    pub fn hold(&self, circumstances: &Circumstances<'_>) -> bool {
        self.given.is_empty()
            && self.role.is_none_or(|role| circumstances.role == Some(role))
            && self.minor.is_none_or(|minor| circumstances.minor == minor)
            && self.confidence_below.is_none_or(|limit| circumstances.confidence < limit)
            && self.label.as_deref().is_none_or(|words| circumstances.labels.iter().any(|label| has_words(label, words)))
    }
}

/// Whether a label holds the words, whole and next to each other. A label's words are told by signs and by capitals inside
/// it: `employerName`, `EMPLOYER_NAME` and `Employer name` are the same.
fn has_words(label: &str, words: &str) -> bool {
    let label = self::words(label);
    let words = self::words(words);
    !words.is_empty() && label.windows(words.len()).any(|window| window == words)
}

pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for sign in text.chars() {
        let inside = sign.is_alphanumeric();
        if !inside || (small_before && sign.is_uppercase()) {
            words.push(String::new());
        }
        if inside && let Some(word) = words.last_mut() {
            word.extend(sign.to_lowercase());
        }
        small_before = sign.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_labels() {
        assert!(has_words("Name of employer", "employer"));
        assert!(has_words("EMPLOYER_NAME", "Employer Name"));
        assert!(has_words("employerName", "employer name"));
        assert!(!has_words("employerName", "name employer"));
        assert!(!has_words("unemployed", "employed"));
        assert!(!has_words("anything", "--"));
        assert!(!has_words("", "name"));
    }

    #[test]
    fn conditions_hold_together() {
        let entity = Entity::PERSON;
        let labels = [Arc::from("Employer")];
        let plain = Circumstances::plain(&entity, Confidence::new(500));
        let asked = Conditions { role: Some(Role::Client), minor: Some(true), ..Conditions::default() };
        assert!(!asked.hold(&plain));
        assert!(!asked.hold(&Circumstances { role: Some(Role::Client), ..plain }));
        assert!(asked.hold(&Circumstances { role: Some(Role::Client), minor: true, ..plain }));
        let below = Conditions { confidence_below: Some(Confidence::new(600)), ..Conditions::default() };
        assert!(below.hold(&plain));
        assert!(!below.hold(&Circumstances { confidence: Confidence::new(600), ..plain }));
        let label = Conditions { label: Some("employer".to_owned()), ..Conditions::default() };
        assert!(!label.hold(&plain));
        assert!(label.hold(&Circumstances { labels: &labels, ..plain }));
        let given = Conditions { given: BTreeMap::from([("a".to_owned(), "b".to_owned())]), ..Conditions::default() };
        assert!(!given.hold(&plain));
        assert!(Conditions::default().hold(&plain));
    }
}
