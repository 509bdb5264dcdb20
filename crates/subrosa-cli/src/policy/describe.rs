//! Rules in words.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use subrosa_core::entity::Entity;
use subrosa_core::operators::{Parameters, Value};
use subrosa_core::policy::groups::GROUPS;
use subrosa_core::policy::{Conditions, Policy, Rule, Treatment};

use crate::entities;

/// The rule in one line: the unconditional treatment first.
pub(super) fn rule(rule: &Rule) -> String {
    let mut text = treatment(&rule.treatment);
    if let Some(threshold) = rule.threshold {
        let _ = write!(text, " from confidence {threshold}");
    }
    for when in &rule.when {
        let _ = write!(text, "; when {}: {}", conditions(&when.conditions), treatment(&when.treatment));
    }
    text
}

/// The operator, with the parameters that are not at their defaults.
fn treatment(treatment: &Treatment) -> String {
    let defaults = Parameters::defaults(treatment.operator);
    let set = treatment.parameters.iter().filter(|(name, value)| {
        !treatment.references.contains_key(name) && !defaults.iter().any(|(other, default)| other == *name && default == *value)
    });
    let set = set.map(|(name, value)| match value {
        Value::Flag(flag) => format!("{name} {flag}"),
        Value::Count(count) => format!("{name} {count}"),
        Value::Text(text) => format!("{name} `{text}`"),
    });
    let given = treatment.references.iter().map(|(name, parameter)| format!("{name} as given for {parameter}"));
    let all: Vec<String> = set.chain(given).collect();
    if all.is_empty() { treatment.operator.id().to_owned() } else { format!("{} ({})", treatment.operator.id(), all.join(", ")) }
}

fn conditions(conditions: &Conditions) -> String {
    let mut all = Vec::new();
    all.extend(conditions.role.map(|role| format!("the person is a {}", role.name())));
    all.extend(conditions.minor.map(|minor| format!("the person is {}known to be a minor", if minor { "" } else { "not " })));
    all.extend(conditions.confidence_below.map(|limit| format!("the confidence is below {limit}")));
    all.extend(conditions.label.as_ref().map(|words| format!("a label says `{words}`")));
    all.extend(conditions.given.iter().map(|(name, value)| format!("{name} is {value}")));
    all.join(" and ")
}

/// What `say` says of each entity, where neighbours of a group of which the same is said share a line.
pub(super) fn by_group(policies: &[&Policy], say: impl Fn(&Entity) -> Option<String>) -> Vec<(String, String)> {
    let mut rest: BTreeSet<Entity> = entities::known().into_iter().map(Entity::new).collect();
    rest.extend(policies.iter().flat_map(|policy| policy.entities()).map(|(entity, _)| entity.clone()));
    let mut lines = Vec::new();
    for group in GROUPS {
        let mut said: Vec<(String, Vec<&str>)> = Vec::new();
        for id in group.entities {
            rest.remove(&Entity::new(id));
            let Some(text) = say(&Entity::new(id)) else { continue };
            match said.iter_mut().find(|(known, _)| *known == text) {
                Some((_, ids)) => ids.push(id),
                None => said.push((text, vec![id])),
            }
        }
        for (text, ids) in said {
            let whole = ids.len() == group.entities.len() && ids.len() > 1;
            lines.push((if whole { group.name.to_owned() } else { ids.join(", ") }, text));
        }
    }
    for entity in rest {
        if let Some(text) = say(&entity) {
            lines.push((entity.to_string(), text));
        }
    }
    lines
}
