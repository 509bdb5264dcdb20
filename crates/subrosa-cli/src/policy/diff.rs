//! In what two policies differ.

use std::fmt::Write as _;

use subrosa_core::policy::{Policy, describe};

/// Line by line what is otherwise; only what they do, not how they are called.
pub(super) fn diff(from: &Policy, to: &Policy) -> String {
    let mut text = String::new();
    let mut line = |what: &str, a: String, b: String| {
        if a != b {
            let _ = writeln!(text, "{what}: {a} -> {b}");
        }
    };
    let law = |policy: &Policy| policy.law().map_or_else(|| "none".to_owned(), |law| law.basis.clone());
    line("law", law(from), law(to));
    line("on_unread", from.on_unread().name().to_owned(), to.on_unread().name().to_owned());
    line("threshold", from.base_threshold().to_string(), to.base_threshold().to_string());
    let parameters = |policy: &Policy| {
        let names: Vec<&str> = policy.parameters().keys().map(String::as_str).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    line("parameters", parameters(from), parameters(to));
    line("default", describe::rule(from.default_rule()), describe::rule(to.default_rule()));
    let rules = describe::by_group(&[from, to], |entity| {
        let (a, b) = (describe::rule(from.rule(entity)), describe::rule(to.rule(entity)));
        (a != b).then(|| format!("{a} -> {b}"))
    });
    for (entities, change) in rules {
        let _ = writeln!(text, "{entities}: {change}");
    }
    if text.is_empty() { "no difference\n".to_owned() } else { text }
}
