//! Rules of a policy file: an operator with its parameters, and others under conditions.

use super::reader::{Reader, list};
use super::{Node, Parameters, Result};
use crate::operators::{self, Value};
use crate::policy::parameters::convert;
use crate::policy::rule::words;
use crate::policy::{Conditions, Rule, Treatment, When};
use crate::role::Role;

/// What a rule may hold besides its operator and the operator's parameters.
const OF_RULES: &[&str] = &["operator", "threshold", "when"];
/// The same of a condition.
const OF_CONDITIONS: &[&str] = &["role", "minor", "confidence_below", "label", "given", "operator"];

impl Reader<'_> {
    /// A rule. Without an operator it changes the threshold or the conditions of the one it takes over.
    pub(super) fn rule(&self, value: &Node<'_>, place: &str, inherited: Option<&Rule>, declared: &Parameters) -> Result<Rule> {
        let table = self.table(value, place)?;
        let named = table.iter().any(|(key, _)| key.get_ref() == "operator");
        let mut rule = match inherited {
            Some(inherited) if !named => {
                if let Some((key, _)) = table.iter().find(|(key, _)| !OF_RULES.contains(&key.get_ref().as_ref())) {
                    let message = format!("`{place}` has no `operator`, so it may hold only threshold, when");
                    return Err(self.at(key.span(), message));
                }
                inherited.clone()
            }
            _ => Rule {
                threshold: inherited.and_then(|inherited| inherited.threshold),
                ..Rule::always(self.treatment(value, place, OF_RULES, declared)?)
            },
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "threshold" => rule.threshold = Some(self.confidence(value, "threshold")?),
                "when" => {
                    let cases = self.array(value, "when")?;
                    rule.when = cases.iter().map(|case| self.when(case, place, declared)).collect::<Result<_>>()?;
                }
                _ => {}
            }
        }
        Ok(rule)
    }

    fn when(&self, value: &Node<'_>, place: &str, declared: &Parameters) -> Result<When> {
        let place = format!("{place}.when");
        let treatment = self.treatment(value, &place, OF_CONDITIONS, declared)?;
        let mut conditions = Conditions::default();
        for (key, value) in self.table(value, &place)? {
            match key.get_ref().as_ref() {
                "role" => conditions.role = Some(self.choice(value, "role", Role::ALL)?),
                "minor" => conditions.minor = Some(self.flag(value, "minor")?),
                "confidence_below" => conditions.confidence_below = Some(self.confidence(value, "confidence_below")?),
                "label" => conditions.label = Some(self.words(value)?),
                "given" => conditions.given = self.given(value, declared)?,
                _ => {}
            }
        }
        if conditions == Conditions::default() {
            let asked: Vec<_> = OF_CONDITIONS.iter().copied().filter(|key| *key != "operator").collect();
            return Err(self.at(value.span(), format!("`{place}` has no condition; there are {}", list(&asked))));
        }
        Ok(When { conditions, treatment })
    }

    fn words(&self, value: &Node<'_>) -> Result<String> {
        let text = self.text(value, "label")?;
        if words(&text).is_empty() {
            return Err(self.at(value.span(), "`label` must be one or more words that a label holds"));
        }
        Ok(text)
    }

    /// An operator and its parameters; keys in `besides` are somebody else's.
    fn treatment(&self, value: &Node<'_>, place: &str, besides: &[&str], declared: &Parameters) -> Result<Treatment> {
        let table = self.table(value, place)?;
        let (_, named) = table
            .iter()
            .find(|(key, _)| key.get_ref() == "operator")
            .ok_or_else(|| self.at(value.span(), format!("`{place}` has no `operator`")))?;
        let id = self.text(named, "operator")?;
        let operator = operators::find(&id).ok_or_else(|| {
            let ids: Vec<_> = operators::ALL.iter().map(|operator| operator.id()).collect();
            self.at(named.span(), format!("there is no operator `{}`; there are {}", super::printable(&id), list(&ids)))
        })?;
        let mut treatment = Treatment::new(operator);
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if besides.contains(&name) {
                continue;
            }
            let Some(parameter) = operator.parameters().iter().find(|parameter| parameter.name == name) else {
                let of_operator = operator.parameters().iter().map(|parameter| parameter.name);
                let known: Vec<_> = besides.iter().copied().chain(of_operator).collect();
                return Err(self.unknown(key, &format!("parameter of `{id}`"), &known));
            };
            match self.value(value, name)? {
                Value::Text(text) if text.starts_with('$') && !text.starts_with("$$") => {
                    let reference = &text[1..];
                    self.reference(value, reference, parameter, declared)?;
                    treatment.references.insert(parameter.name, reference.to_owned());
                }
                set => {
                    let set = match set {
                        Value::Text(text) => Value::Text(text.strip_prefix('$').map(str::to_owned).unwrap_or(text)),
                        set => set,
                    };
                    if let Some(objection) = parameter.kind.objection(&set) {
                        return Err(self.at(value.span(), format!("`{name}` {objection}")));
                    }
                    treatment.parameters.set(parameter.name, set);
                }
            }
        }
        let said = |name: &str| table.iter().any(|(key, _)| key.get_ref() == name);
        match operator.parameters().iter().find(|parameter| parameter.kind.is_required() && !said(parameter.name)) {
            Some(missing) => {
                let message = format!("operator `{id}` needs `{}`: {}", missing.name, missing.description);
                Err(self.at(named.span(), message))
            }
            None => Ok(treatment),
        }
    }

    /// The policy must declare what a rule refers to, and what it may be must be right for the operator.
    fn reference(&self, value: &Node<'_>, name: &str, of: &operators::Parameter, declared: &Parameters) -> Result<()> {
        let Some(parameter) = declared.get(name) else {
            let known: Vec<&str> = declared.keys().map(String::as_str).collect();
            let known = if known.is_empty() { "none".to_owned() } else { list(&known) };
            let message = format!("the policy declares no parameter `{}`; it declares {known}", super::printable(name));
            return Err(self.at(value.span(), message));
        };
        if of.kind.is_required() && !parameter.required && parameter.default.is_none() {
            let message = format!("`{}` has to be said, and `{name}` is neither required nor has it a default", of.name);
            return Err(self.at(value.span(), message));
        }
        for text in parameter.choices.iter().chain(&parameter.default) {
            if let Err(objection) = convert(of.kind, text) {
                return Err(self.at(value.span(), format!("`{}` {objection}, and `{name}` may be `{text}`", of.name)));
            }
        }
        Ok(())
    }
}
