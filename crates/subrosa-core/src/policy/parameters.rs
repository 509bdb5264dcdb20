//! What the user of a policy has to say before it can be kept to: a reference year, the number of an agreement.
//!
//! A policy declares its parameters; a rule uses one as `limit = "$oldest"`, or hangs on one with `given = { court =
//! "criminal" }`. The report prints what was given, so a parameter is no place for personal data.

use std::collections::BTreeMap;

use super::{Conditions, Policy, Rule, Treatment};
use crate::operators::{Kind, Value};

/// Most characters of a value.
const LONGEST: usize = 200;

/// A parameter as a policy declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// What it is for.
    pub description: String,
    /// Whether the policy does nothing without it.
    pub required: bool,
    /// What it is when nobody gives it.
    pub default: Option<String>,
    /// The values there are; any when empty.
    pub choices: Vec<String>,
}

impl Declared {
    /// What is wrong with a value, and what would be right; nothing when it is one of these.
    pub(super) fn objection(&self, value: &str) -> Option<String> {
        if !self.choices.is_empty() {
            let known = self.choices.iter().any(|choice| choice == value);
            return (!known).then(|| format!("must be one of {}", self.choices.join(", ")));
        }
        let wrong = value.trim().is_empty() || value.chars().count() > LONGEST || value.chars().any(char::is_control);
        wrong.then(|| format!("must be a text of 1 to {LONGEST} characters without control characters"))
    }
}

/// What is wrong with what was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ParameterError(String);

/// A value for an operator's parameter, from the text that stands for it on a command line.
pub(super) fn convert(kind: Kind, text: &str) -> Result<Value, String> {
    let value = match kind {
        Kind::Flag(_) => text.parse().map(Value::Flag).ok(),
        Kind::Count { .. } => text.parse().map(Value::Count).ok(),
        Kind::Text { .. } | Kind::Required { .. } | Kind::Choice { .. } => None,
    };
    let value = value.unwrap_or_else(|| Value::Text(text.to_owned()));
    match kind.objection(&value) {
        None => Ok(value),
        Some(objection) => Err(objection),
    }
}

impl Policy {
    /// The parameters that the policy declares, sorted by name.
    pub fn parameters(&self) -> &BTreeMap<String, Declared> {
        &self.parameters
    }

    /// What was given, with the defaults filled in, sorted by name.
    pub fn given(&self) -> &BTreeMap<String, String> {
        &self.given
    }

    /// The policy with its parameters settled.
    ///
    /// # Errors
    /// A value for a parameter that there is not, or of a wrong kind; no value for one that is required.
    pub fn with_parameters(mut self, given: &BTreeMap<String, String>) -> Result<Self, ParameterError> {
        let objection = |name: &str, what: String| Err(ParameterError(format!("parameter `{name}` {what}")));
        for (name, value) in given {
            match self.parameters.get(name) {
                None if self.parameters.is_empty() => {
                    return Err(ParameterError(format!("policy {} has no parameters", self.name)));
                }
                None => {
                    let known: Vec<&str> = self.parameters.keys().map(String::as_str).collect();
                    return Err(ParameterError(format!(
                        "policy {} has no parameter `{}`; it has {}",
                        self.name,
                        super::parse::printable(name),
                        known.join(", ")
                    )));
                }
                Some(declared) => {
                    if let Some(what) = declared.objection(value) {
                        return objection(name, what);
                    }
                }
            }
        }
        let mut settled = BTreeMap::new();
        for (name, declared) in &self.parameters {
            match given.get(name).or(declared.default.as_ref()) {
                Some(value) => drop(settled.insert(name.clone(), value.clone())),
                None if declared.required => {
                    let between = if declared.choices.iter().any(|choice| choice.contains(',')) { "; " } else { ", " };
                    let choices = if declared.choices.is_empty() {
                        String::new()
                    } else {
                        format!(" ({})", declared.choices.join(between))
                    };
                    let what = format!("has to be given{choices}: {}", declared.description);
                    return objection(name, what);
                }
                None => {}
            }
        }
        for rule in self.entities.values_mut().chain([&mut self.default]) {
            settle(rule, &settled).map_err(|(name, what)| ParameterError(format!("parameter `{name}` {what}")))?;
        }
        if let Some(law) = &mut self.law {
            law.settle(&settled);
        }
        self.given = settled;
        Ok(self)
    }
}

/// Puts what was given in its places. Conditions on parameters are decided here, once for all documents.
fn settle(rule: &mut Rule, given: &BTreeMap<String, String>) -> Result<(), (String, String)> {
    rule.when.retain_mut(|when| {
        let holds = when.conditions.given.iter().all(|(name, value)| given.get(name) == Some(value));
        when.conditions.given.clear();
        holds
    });
    // What always holds is the rule; what comes after is never reached.
    if let Some(always) = rule.when.iter().position(|when| when.conditions == Conditions::default()) {
        let rest = rule.when.split_off(always);
        rule.treatment = rest.into_iter().next().map_or_else(|| rule.treatment.clone(), |when| when.treatment);
    }
    for treatment in rule.treatments_mut() {
        for (parameter, name) in std::mem::take(&mut treatment.references) {
            if let Some(text) = given.get(&name) {
                set(treatment, parameter, text).map_err(|what| (name, what))?;
            }
        }
    }
    Ok(())
}

fn set(treatment: &mut Treatment, name: &'static str, text: &str) -> Result<(), String> {
    let parameters = treatment.operator.parameters();
    if let Some(parameter) = parameters.iter().find(|parameter| parameter.name == name) {
        treatment.parameters.set(parameter.name, convert(parameter.kind, text)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;

    const SOURCE: &str = "version = 1\nname = 'a'\n[default]\noperator = 'label'\n\
        [parameters.oldest]\ndescription = 'The oldest age that stays.'\nrequired = true\n\
        [parameters.court]\ndescription = 'The kind of court.'\nchoices = ['civil', 'criminal']\ndefault = 'civil'\n\
        [entities.AGE]\noperator = 'age-cap'\nlimit = '$oldest'\n\
        [[entities.AGE.when]]\ngiven = { court = 'criminal' }\noperator = 'remove'\n";

    fn given(pairs: &[(&str, &str)]) -> Result<Policy, String> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Policy::parse(SOURCE, &[]).unwrap().with_parameters(&pairs).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_given_is_used() {
        let policy = given(&[("oldest", "64")]).unwrap();
        let rule = policy.rule(&Entity::AGE);
        assert_eq!(rule.treatment.parameters.count("limit"), 64);
        assert!(rule.when.is_empty());
        assert_eq!(policy.given()["court"], "civil");
        let policy = given(&[("oldest", "64"), ("court", "criminal")]).unwrap();
        let entity = Entity::AGE;
        let circumstances = super::super::Circumstances::plain(&entity, crate::confidence::Confidence::FULL);
        assert_eq!(policy.rule_for(&circumstances).operator.id(), "remove");
        assert_ne!(policy.hash(), given(&[("oldest", "64")]).unwrap().hash());
    }

    #[test]
    fn what_is_wrong_is_said() {
        let refused = |pairs: &[(&str, &str)], expected: &str| assert_eq!(given(pairs).unwrap_err(), expected);
        refused(&[], "parameter `oldest` has to be given: The oldest age that stays.");
        refused(&[("old", "1")], "policy a has no parameter `old`; it has court, oldest");
        refused(&[("oldest", "ten")], "parameter `oldest` must be a whole number from 0 to 150");
        refused(&[("oldest", " ")], "parameter `oldest` must be a text of 1 to 200 characters without control characters");
        refused(&[("oldest", "1"), ("court", "high")], "parameter `court` must be one of civil, criminal");
        let plain = Policy::preset("redact").unwrap();
        let error = plain.with_parameters(&BTreeMap::from([("a".to_owned(), "b".to_owned())])).unwrap_err();
        assert_eq!(error.to_string(), "policy redact has no parameters");
    }
}
