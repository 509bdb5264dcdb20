//! What tests of operators share: a key, a store, and a context to ask with.

use super::{Context, Operator, Outcome, Parameters, Value};
use crate::entity::Entity;
use crate::identity;
use crate::key::Key;
use crate::secrets::Secrets;
use crate::store::{Ask, CodeForm, Store, StoreError};

/// A key that everybody knows.
pub(crate) fn key() -> Key {
    Key::new(std::array::from_fn(|i| i as u8))
}

/// Gives every value the same code, and has no room for one value.
pub(crate) struct OneCode;

impl Store for OneCode {
    fn code(&self, ask: &Ask<'_>) -> Result<String, StoreError> {
        match ask.form {
            _ if ask.value == "unknown to the store" => Err(StoreError("the store is full".to_owned())),
            CodeForm::Random => Ok(format!("{}-7WWCK7SP25", ask.word)),
            CodeForm::Counted => Ok(format!("{}-1", ask.word)),
        }
    }
}

/// A context to ask with; what is empty follows from the rest.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) entity: &'a Entity,
    pub(crate) value: &'a str,
    pub(crate) identity: &'a str,
    pub(crate) person: Option<u32>,
    pub(crate) mailbox_of: Option<&'a str>,
    pub(crate) subject: &'a str,
    /// Without key and store.
    pub(crate) bare: bool,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        const PERSON: &Entity = &Entity::PERSON;
        Self { entity: PERSON, value: "Jane Doe", identity: "", person: None, mailbox_of: None, subject: "", bare: false }
    }
}

/// What becomes of the value.
#[track_caller]
pub(crate) fn asked(asked: &Asked<'_>, operator: &dyn Operator, set: &[(&'static str, Value)]) -> Outcome {
    let mut parameters = Parameters::defaults(operator);
    for (name, value) in set {
        let parameter =
            operator.parameters().iter().find(|parameter| parameter.name == *name).expect("a parameter of the operator");
        assert_eq!(parameter.kind.objection(value), None);
        parameters.set(parameter.name, value.clone());
    }
    let own = identity::of(asked.value);
    let key = key();
    let secrets =
        if asked.bare { Secrets::default() } else { Secrets { key: Some(&key), store: Some(&OneCode), subject: asked.subject } };
    operator.operate(&Context {
        entity: asked.entity,
        value: asked.value,
        person: asked.person,
        identity: if asked.identity.is_empty() { &own } else { asked.identity },
        word: asked.entity.id(),
        parameters: &parameters,
        mailbox_of: asked.mailbox_of,
        secrets: &secrets,
    })
}

/// The text that comes, or the value where it stays.
#[track_caller]
pub(crate) fn replaced(operator: &dyn Operator, entity: &Entity, value: &str, set: &[(&'static str, Value)]) -> String {
    match asked(&Asked { entity, value, ..Asked::default() }, operator, set) {
        Outcome::Keep => value.to_owned(),
        Outcome::Replace(text) => text,
        Outcome::Refuse(reason) => panic!("{reason}"),
    }
}
