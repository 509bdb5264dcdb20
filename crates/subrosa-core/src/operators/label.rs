//! `label`: the kind of the value in brackets, `[PHONE_NUMBER]`, and for people which one, `[PERSON-2]`.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter};

/// Puts the entity, or a text of the policy's, in the value's place.
pub struct Label;

impl Operator for Label {
    fn id(&self) -> &'static str {
        "label"
    }

    fn description(&self) -> &'static str {
        "Puts the kind of the value in its place: [PHONE_NUMBER], and for people [PERSON-1], [PERSON-2]."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "numbered",
                kind: Kind::Flag(true),
                description: "Whether the label of a person says which one of the document it is.",
            },
            Parameter {
                name: "text",
                kind: Kind::Text { default: "", least: 0, most: 64 },
                description: "The word in the brackets; the entity when empty.",
            },
        ]
    }

    fn leaves(&self) -> Leaves {
        Leaves::Nothing
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let word = match context.parameters.text("text") {
            "" => context.word,
            text => text,
        };
        let person = context.person.filter(|_| context.parameters.flag("numbered"));
        Outcome::Replace(bracketed(word, person))
    }
}

/// The word, and which person it stands for, in brackets.
pub(super) fn bracketed(word: &str, person: Option<u32>) -> String {
    match person {
        Some(person) => format!("[{word}-{person}]"),
        None => format!("[{word}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::{Value, operate};

    fn label(entity: &Entity, person: Option<u32>, set: &[(&'static str, Value)]) -> String {
        match operate(&Label, entity, "value", person, set) {
            Outcome::Replace(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn names_the_entity_and_the_person() {
        assert_eq!(label(&Entity::PHONE_NUMBER, None, &[]), "[PHONE_NUMBER]");
        assert_eq!(label(&Entity::PERSON, Some(3), &[]), "[PERSON-3]");
        assert_eq!(label(&Entity::PERSON, Some(3), &[("numbered", Value::Flag(false))]), "[PERSON]");
        assert_eq!(label(&Entity::PERSON, Some(3), &[("text", Value::Text("Name".into()))]), "[Name-3]");
    }
}
