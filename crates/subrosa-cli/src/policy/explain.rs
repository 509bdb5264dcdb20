//! What a policy is for, what it does, and what it leaves to others.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use subrosa_core::entity::Entity;
use subrosa_core::policy::limits::Who;
use subrosa_core::policy::{Policy, describe};

use crate::entities;
use crate::terminal::visible;

/// The explanation of a policy, or of what it does with one entity.
///
/// # Errors
/// There is no such entity.
pub(super) fn explain(policy: &Policy, entity: Option<&str>) -> anyhow::Result<String> {
    Ok(match entity {
        Some(id) => of_entity(policy, &entities::parse(id)?),
        None => whole(policy),
    })
}

fn of_entity(policy: &Policy, entity: &Entity) -> String {
    let mut text = String::new();
    let rule = policy.rule(entity);
    let _ = writeln!(text, "{entity}: {}", entities::summaries().get(entity.id()).copied().unwrap_or_default());
    let _ = writeln!(text, "policy {}: {}", policy.name(), describe::rule(rule));
    let _ = writeln!(text, "from confidence {}", policy.threshold(entity));
    for operator in rule.treatments().map(|treatment| treatment.operator).collect::<Vec<_>>() {
        let line = format!("{}: {}\n", operator.id(), operator.description());
        if !text.contains(&line) {
            text += &line;
        }
    }
    let _ = writeln!(text, "{}", law_on(policy, entity).unwrap_or_else(|| "the policy names no law".to_owned()));
    text
}

/// What the law's list says of an entity.
fn law_on(policy: &Policy, entity: &Entity) -> Option<String> {
    let law = policy.law()?;
    let Some(list) = law.list else { return Some(format!("{}: without a list of kinds", law.basis)) };
    let given = BTreeMap::new();
    let limit = (list.most)(entity, &Who { role: None, may_be_minor: true, given: &given });
    Some(match limit {
        None => format!("{}: not listed", law.basis),
        Some(limit) if limit.forms.is_empty() => format!("{}: {}", law.basis, limit.clause),
        Some(limit) => format!("{}: {}; {} may stay", law.basis, limit.clause, limit.forms),
    })
}

fn whole(policy: &Policy) -> String {
    let mut text = format!("{}\n{}\n", visible(policy.name()), policy.description());
    if let Some(law) = policy.law() {
        let derives = if law.derives { "may" } else { "may not" };
        let _ = writeln!(text, "\nlaw: {}", law.basis);
        let _ = writeln!(text, "  codes {derives} be derived from values; parts of values: {}", law.partial.name());
    }
    if !policy.parameters().is_empty() {
        text.push_str("\nparameters:\n");
        for (name, declared) in policy.parameters() {
            let choices = if declared.choices.is_empty() { "VALUE".to_owned() } else { declared.choices.join("|") };
            let needed = match &declared.default {
                _ if declared.required => "required".to_owned(),
                Some(default) => format!("{default} where nothing is said"),
                None => "optional".to_owned(),
            };
            let _ = writeln!(text, "  --param {name}={choices}  ({needed})\n      {}", declared.description);
        }
    }
    let _ = writeln!(text, "\nfrom confidence {}; unread parts: {}", policy.base_threshold(), policy.on_unread().name());
    let list = policy.law().and_then(|law| law.list);
    for (entities, said) in describe::by_group(&[policy], |entity| {
        let given = BTreeMap::new();
        let limit = list.and_then(|list| (list.most)(entity, &Who { role: None, may_be_minor: true, given: &given }));
        let clause = limit.map(|limit| format!("  [{}]", limit.clause)).unwrap_or_default();
        Some(format!("{}{clause}", describe::rule(policy.rule(entity))))
    }) {
        let _ = writeln!(text, "  {entities}: {said}");
    }
    let _ = writeln!(text, "  everything else: {}", describe::rule(policy.default_rule()));
    if let Some(law) = policy.law() {
        for (head, lines) in [("the report says", &law.report), ("not decided", &law.undecided)] {
            if !lines.is_empty() {
                let _ = writeln!(text, "\n{head}:");
            }
            for line in lines {
                let _ = writeln!(text, "  - {line}");
            }
        }
        for notice in &law.notices {
            let given: Vec<String> = notice.given.iter().map(|(name, value)| format!("{name} is {value}")).collect();
            let _ = writeln!(text, "\nthe report says where {}:\n  - {}", given.join(" and "), notice.text);
        }
    }
    text
}
