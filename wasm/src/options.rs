//! What the caller asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use subrosa::{Engine, entities};
use subrosa_core::case::{CaseSheet, Date};
use subrosa_core::confidence::Confidence;
use subrosa_core::detector;
use subrosa_core::entity::Entity;
use subrosa_core::key::Key;
use subrosa_core::policy::{DEFAULT, OnUnread, Policy};

use crate::failure::Failure;

/// As in `types.ts`, the key as hexadecimal digits.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Options {
    policy: Option<PolicyOption>,
    parameters: BTreeMap<String, String>,
    entities: Vec<String>,
    allow: Vec<String>,
    threshold: Option<f64>,
    deny: Vec<String>,
    keep: Vec<String>,
    case_sheet: Option<String>,
    recipient: Option<String>,
    today: Option<String>,
    key: Option<String>,
    on_unread: Option<String>,
    near: Option<f64>,
    passwords: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PolicyOption {
    Preset(String),
    Own { toml: String },
}

impl Options {
    /// From JSON.
    ///
    /// # Errors
    /// [`Failure`] `options` with the field that nobody knows, or that is of another type.
    pub fn parse(json: &str) -> Result<Self, Failure> {
        let json = if json.is_empty() { "{}" } else { json };
        // What a parser says of a mistake can quote a value: a password, a term.
        serde_json::from_str(json).map_err(|error| {
            let what = error.to_string();
            let field = what.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
            Failure::options(field.map_or_else(
                || format!("the options are not as they should be, at column {}", error.column()),
                |field| format!("there is no option `{field}`"),
            ))
        })
    }

    /// The least confidence of near misses, if they are wanted.
    pub fn near(&self) -> Option<Confidence> {
        self.near.map(Confidence::from_unit)
    }

    /// The engine that is asked for.
    ///
    /// # Errors
    /// [`Failure`] `options`: no such policy or entity, no key where one is needed, a case sheet with a mistake.
    pub fn engine(&self) -> Result<Engine, Failure> {
        if let Some(near) = self.near {
            confidence("near", near)?;
        }
        let mut policy = self.policy()?;
        if let Some(threshold) = self.threshold {
            policy = policy.with_threshold(confidence("threshold", threshold)?);
        }
        if let Some(name) = &self.on_unread {
            let known = OnUnread::ALL.iter().find(|(known, _)| known == name);
            policy = policy.with_on_unread(known.ok_or_else(|| Failure::options("onUnread: fail, remove, blank or keep"))?.1);
        }
        let allow = entities("allow", &self.allow)?;
        let mut engine = Engine::new(policy, &self.detector(None)?);
        engine.parametrise(&self.parameters).map_err(|unfit| Failure::options(unfit.to_string()))?;
        if !allow.is_empty() {
            engine.policy = engine.policy.keeping(&allow);
        }
        if let Some(key) = &self.key {
            let key = Key::parse(&format!("subrosa-key-1:{key}"));
            engine.key = Some(key.map_err(|_| Failure::options("key: 32 bytes, not all of them zero"))?);
        }
        if let Some(recipient) = &self.recipient {
            let today =
                self.today.as_deref().and_then(Date::parse).ok_or_else(|| Failure::options("today: a day such as 2026-01-31"))?;
            engine.address(recipient, today).map_err(|unfit| Failure::options(unfit.to_string()))?;
        }
        engine.ready().map_err(|unfit| Failure::options(unfit.to_string()))?;
        engine.passwords.clone_from(&self.passwords);
        engine.records = true;
        Ok(engine)
    }

    /// What a detector is to look for, down to `minimum`, or to what the policy acts on.
    ///
    /// # Errors
    /// As [`engine`](Self::engine).
    pub fn detector(&self, minimum: Option<Confidence>) -> Result<detector::Options, Failure> {
        let case = self.case_sheet.as_deref().map(CaseSheet::parse).transpose();
        let case = case.map_err(|error| Failure::options(format!("caseSheet: {error}")))?.map(Arc::new);
        let minimum = match (minimum, self.threshold) {
            (Some(minimum), _) => minimum,
            (None, Some(threshold)) => confidence("threshold", threshold)?,
            (None, None) => self.policy()?.lowest_threshold(),
        };
        Ok(detector::Options {
            entities: entities("entities", &self.entities)?,
            minimum,
            deny: terms(&self.deny),
            allow: terms(&self.keep),
            case,
        })
    }

    fn policy(&self) -> Result<Policy, Failure> {
        match &self.policy {
            None => Self::preset(DEFAULT),
            Some(PolicyOption::Preset(name)) => Self::preset(name),
            Some(PolicyOption::Own { toml }) => {
                Policy::parse(toml, &entities::known()).map_err(|error| Failure::options(format!("policy: {error}")))
            }
        }
    }

    fn preset(name: &str) -> Result<Policy, Failure> {
        Policy::preset(name).ok_or_else(|| Failure::options(format!("there is no policy `{name}`")))
    }
}

fn confidence(what: &str, number: f64) -> Result<Confidence, Failure> {
    if (0.0..=1.0).contains(&number) {
        Ok(Confidence::from_unit(number))
    } else {
        Err(Failure::options(format!("{what}: a number from 0 to 1")))
    }
}

fn entities(what: &str, ids: &[String]) -> Result<BTreeSet<Entity>, Failure> {
    let known = entities::known();
    let entity = |id: &String| match Entity::parse(id) {
        Ok(entity) if known.contains(&entity.id()) => Ok(entity),
        _ => Err(Failure::options(format!("{what}: there is no entity `{id}`"))),
    };
    ids.iter().map(entity).collect()
}

fn terms(terms: &[String]) -> Vec<String> {
    terms.iter().map(|term| term.trim().to_owned()).filter(|term| !term.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn wrong(json: &str, message: &str) {
        let failure = Options::parse(json).and_then(|options| options.engine()).err().expect("a failure");
        assert_eq!((failure.code, failure.message.as_str()), ("options", message));
    }

    #[test]
    fn mistakes_are_named_and_no_value_is_told() {
        wrong(r#"{"polcy":"redact"}"#, "there is no option `polcy`");
        wrong(r#"{"policy":"redcat"}"#, "there is no policy `redcat`");
        wrong(r#"{"entities":["PERSN"]}"#, "entities: there is no entity `PERSN`");
        wrong(r#"{"allow":["PHONE"]}"#, "allow: there is no entity `PHONE`");
        wrong(r#"{"threshold":1.5}"#, "threshold: a number from 0 to 1");
        wrong(r#"{"near":-1}"#, "near: a number from 0 to 1");
        wrong(r#"{"deny":"Jane Roe"}"#, "the options are not as they should be, at column 18");
        wrong(r#"{"key":"00"}"#, "key: 32 bytes, not all of them zero");
        wrong(r#"{"recipient":"Court"}"#, "today: a day such as 2026-01-31");
        wrong(
            r#"{"policy":"safe-harbor","entities":["PERSON"]}"#,
            "policy safe-harbor: looking for some entities only would let others stay that 45 CFR 164.514(b)(2) and (c) lists",
        );
        wrong(r#"{"onUnread":"ignore"}"#, "onUnread: fail, remove, blank or keep");
    }

    #[test]
    fn nothing_asked_is_the_default_policy() {
        assert_eq!(Options::parse("").unwrap().engine().ok().unwrap().policy.name(), DEFAULT);
    }

    #[test]
    fn what_is_allowed_stays_and_the_policy_no_longer_has_its_name() {
        let engine = Options::parse(r#"{"policy":"safe-harbor","allow":["PHONE_NUMBER"]}"#).unwrap().engine().ok().unwrap();
        assert_eq!(engine.policy.name(), "safe-harbor, PHONE_NUMBER kept");
        assert!(engine.policy.law().is_none());
    }
}
