//! `template`: a text of the policy's, with the entity, the word and the number of the person put in.
//!
//! `{entity}` stands for the kind of the value, `{word}` for that or what the case sheet calls the person, `{person}` for the
//! number of the person in the document, empty for everything else. Other braces are left as they are. There is nothing that
//! stands for the value.
//!
//! *What is left*: nothing of the value but which mentions are the same person.
//!
//! *A second run* leaves alone what it can tell from text: words in brackets and capitals, `[{word}-{person}]`. What looks like
//! text may be found and replaced again.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter};

/// Puts a text of the policy's in the value's place.
pub struct Template;

impl Operator for Template {
    fn id(&self) -> &'static str {
        "template"
    }

    fn description(&self) -> &'static str {
        "Puts a text of the policy's in the value's place, in which {entity}, {word} and {person} are filled in."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter { name: "text", kind: Kind::Required { most: 128 }, description: "The text." }]
    }

    fn leaves(&self) -> Leaves {
        Leaves::Nothing
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let person = context.person.map(|person| person.to_string()).unwrap_or_default();
        let fields = [("{entity}", context.entity.id()), ("{word}", context.word), ("{person}", &person)];
        let mut rest = context.parameters.text("text");
        let mut text = String::new();
        while let Some(at) = rest.find('{') {
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some((field, filled)) = fields.iter().find(|(field, _)| rest.starts_with(field)) {
                text.push_str(filled);
                rest = &rest[field.len()..];
            } else {
                text.push('{');
                rest = &rest[1..];
            }
        }
        Outcome::Replace(text + rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::Value;
    use crate::operators::testing::{Asked, asked};

    #[test]
    fn fills_in_what_it_knows() {
        let made = |text: &str| {
            let set = [("text", Value::Text(text.into()))];
            asked(&Asked { person: Some(2), ..Asked::default() }, &Template, &set)
        };
        assert_eq!(made("<{entity} {person}>"), Outcome::Replace("<PERSON 2>".into()));
        assert_eq!(made("{value} { {word"), Outcome::Replace("{value} { {word".into()));
        assert_eq!(made("{word}{word}"), Outcome::Replace("PERSONPERSON".into()));
    }
}
