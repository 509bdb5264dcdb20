//! Policies as text: in one canonical form, and the hash over it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Conditions, Policy, Rule, Treatment};
use crate::confidence::Confidence;
use crate::operators::Value;

impl Policy {
    /// SHA-256, as lower-case hex, over what the policy does: name, description, comments, law, order and parameters left at
    /// their defaults make no difference. Two policies of one hash treat every document alike.
    pub fn hash(&self) -> String {
        let mut hex = String::with_capacity(64);
        for byte in Sha256::digest(self.normalised()) {
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }

    /// What the policy does, in one canonical text.
    pub fn normalised(&self) -> String {
        let mut text = String::from("version = 1\n");
        self.write_head(&mut text);
        if self.is_open() {
            self.write_parameters(&mut text);
        }
        self.write_rules(&mut text, true);
        text
    }

    /// The whole policy with nothing left to look up elsewhere: what it extends, its groups, what was given.
    pub fn resolved(&self) -> String {
        let mut text = format!("version = 1\nname = {}\n", quoted(&self.name));
        if !self.description.is_empty() {
            let _ = writeln!(text, "description = {}", quoted(&self.description));
        }
        self.write_head(&mut text);
        self.write_law(&mut text);
        if self.given.is_empty() {
            self.write_parameters(&mut text);
        }
        self.write_rules(&mut text, false);
        text
    }

    fn write_head(&self, text: &mut String) {
        let _ = writeln!(text, "threshold = {}", decimal(self.threshold));
        let _ = writeln!(text, "on_unread = \"{}\"", self.on_unread.name());
    }

    fn write_law(&self, text: &mut String) {
        let Some(law) = &self.law else { return };
        let _ = writeln!(text, "\n[law]\nbasis = {}\nderives = {}", quoted(&law.basis), law.derives);
        let _ = writeln!(text, "partial = \"{}\"", law.partial.name());
        if let Some(list) = law.list {
            let _ = writeln!(text, "list = \"{}\"", list.name);
        }
        for (name, lines) in [("report", &law.report), ("undecided", &law.undecided)] {
            write_list(text, name, lines);
        }
        for notice in &law.notices {
            let (given, said) = (pairs(&notice.given), quoted(&notice.text));
            let _ = writeln!(text, "\n[[law.notice]]\ngiven = {{ {given} }}\ntext = {said}");
        }
    }

    fn write_parameters(&self, text: &mut String) {
        for (name, declared) in &self.parameters {
            let _ = writeln!(text, "\n[parameters.{name}]\ndescription = {}", quoted(&declared.description));
            let _ = writeln!(text, "required = {}", declared.required);
            if let Some(default) = &declared.default {
                let _ = writeln!(text, "default = {}", quoted(default));
            }
            write_list(text, "choices", &declared.choices);
        }
    }

    /// The rules; parameters at their defaults only with `all`.
    fn write_rules(&self, text: &mut String, all: bool) {
        text.push_str("\n[default]\n");
        self.default.write("default", text, all);
        for (entity, rule) in &self.entities {
            let _ = writeln!(text, "\n[entities.{entity}]");
            rule.write(&format!("entities.{entity}"), text, all);
        }
    }

    /// Whether a rule waits for a parameter.
    fn is_open(&self) -> bool {
        let mut rules = self.entities.values().chain([&self.default]);
        rules.any(|rule| {
            rule.treatments().any(|treatment| !treatment.references.is_empty())
                || rule.when.iter().any(|when| !when.conditions.given.is_empty())
        })
    }
}

impl Rule {
    fn write(&self, place: &str, text: &mut String, all: bool) {
        let operator = &self.treatment.operator;
        let _ = writeln!(text, "operator = \"{}\"", operator.id());
        if let Some(threshold) = self.threshold {
            let _ = writeln!(text, "threshold = {}", decimal(threshold));
        }
        self.treatment.write_parameters(text, all);
        for when in &self.when {
            let _ = writeln!(text, "\n[[{place}.when]]");
            when.conditions.write(text);
            let _ = writeln!(text, "operator = \"{}\"", when.treatment.operator.id());
            when.treatment.write_parameters(text, all);
        }
    }
}

impl Treatment {
    /// The parameters as a policy has them, one a line.
    fn write_parameters(&self, text: &mut String, all: bool) {
        let defaults = Self::new(self.operator).written();
        for (name, value) in self.written() {
            if !all && defaults.get(name) == Some(&value) {
                continue;
            }
            let _ = match value {
                Value::Flag(flag) => writeln!(text, "{name} = {flag}"),
                Value::Count(count) => writeln!(text, "{name} = {count}"),
                Value::Text(value) => writeln!(text, "{name} = {}", quoted(&value)),
            };
        }
    }
}

impl Conditions {
    fn write(&self, text: &mut String) {
        if let Some(role) = self.role {
            let _ = writeln!(text, "role = \"{}\"", role.name());
        }
        if let Some(minor) = self.minor {
            let _ = writeln!(text, "minor = {minor}");
        }
        if let Some(confidence) = self.confidence_below {
            let _ = writeln!(text, "confidence_below = {}", decimal(confidence));
        }
        if let Some(label) = &self.label {
            let _ = writeln!(text, "label = {}", quoted(label));
        }
        if !self.given.is_empty() {
            let _ = writeln!(text, "given = {{ {} }}", pairs(&self.given));
        }
    }
}

fn pairs(given: &BTreeMap<String, String>) -> String {
    let pairs: Vec<String> = given.iter().map(|(name, value)| format!("{name} = {}", quoted(value))).collect();
    pairs.join(", ")
}

fn write_list(text: &mut String, name: &str, lines: &[String]) {
    if !lines.is_empty() {
        let lines: Vec<_> = lines.iter().map(|line| quoted(line)).collect();
        let _ = writeln!(text, "{name} = [{}]", lines.join(", "));
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn decimal(confidence: Confidence) -> String {
    format!("{}.{:03}", confidence.thousandths() / 1000, confidence.thousandths() % 1000)
}

#[cfg(test)]
mod tests {
    use crate::policy::{PRESETS, Policy};

    #[test]
    fn the_resolved_text_is_the_same_policy() {
        for preset in PRESETS {
            let policy = Policy::preset(preset.name).unwrap();
            let resolved = policy.resolved();
            let again = Policy::parse(&resolved, &[]).unwrap_or_else(|error| panic!("{}: {error}", preset.name));
            assert_eq!((again.hash(), again.resolved()), (policy.hash(), resolved), "{}", preset.name);
            assert_eq!(again.parameters(), policy.parameters(), "{}", preset.name);
        }
    }
}
