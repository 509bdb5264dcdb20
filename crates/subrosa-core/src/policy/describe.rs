//! Rules in words, for `subrosa policy` and for the page about the presets.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::groups::GROUPS;
use super::{Conditions, Policy, Rule, Treatment};
use crate::entity::Entity;
use crate::operators::{Parameters, Value};
use crate::registry;

/// The rule in one line: the unconditional treatment first.
pub fn rule(rule: &Rule) -> String {
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
    all.extend(conditions.role.map(|role| format!("the person's role is {}", role.name())));
    all.extend(conditions.minor.map(|minor| format!("the person is {}known to be a minor", if minor { "" } else { "not " })));
    all.extend(conditions.confidence_below.map(|limit| format!("the confidence is below {limit}")));
    all.extend(conditions.label.as_ref().map(|words| format!("a label says `{words}`")));
    all.extend(conditions.given.iter().map(|(name, value)| format!("{name} is {value}")));
    all.join(" and ")
}

/// What `say` says of each entity, where neighbours of a group of which the same is said share a line.
pub fn by_group(policies: &[&Policy], say: impl Fn(&Entity) -> Option<String>) -> Vec<(String, String)> {
    let known = registry::all().iter().map(|recognizer| recognizer.info().entity.clone());
    let mut rest: BTreeSet<Entity> = known.chain([Entity::DENIED_TERM]).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_in_words() {
        let policy = Policy::preset("court-filing").unwrap();
        let said = |id| rule(policy.rule(&Entity::new(id)));
        assert_eq!(said("PERSON"), "keep; when the person is known to be a minor: initials");
        assert_eq!(said("DATE_OF_BIRTH"), "year (age_limit 0)");
        assert_eq!(said("STREET_ADDRESS"), "keep; when court is criminal: city-state");
        let policy = Policy::preset("safe-harbor").unwrap();
        assert_eq!(rule(policy.rule(&Entity::DATE_TIME)), "year (reference_year as given for reference_year)");
    }

    #[test]
    fn neighbours_share_a_line_and_nobody_is_left_out() {
        let policy = Policy::preset("court-filing").unwrap();
        let lines = by_group(&[&policy], |entity| Some(rule(policy.rule(entity))));
        let line = |name: &str| lines.iter().filter(|(entities, _)| entities == name).count();
        assert_eq!([line("health"), line("ACCOUNT_NUMBER, IBAN_CODE"), line("SWIFT_BIC, US_BANK_ROUTING")], [1, 1, 1]);
        assert_eq!(line("DENIED_TERM"), 1);
    }
}
