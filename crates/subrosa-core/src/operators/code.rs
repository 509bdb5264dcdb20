//! `code`: a code from the vault, `[CLIENT-7F3K9]` by chance or `[CLIENT-12]` counted, that is not made from the value.
//!
//! The vault keeps which code stands for which value. Who has not the vault cannot tell, whatever keys they have: the code says
//! nothing of the value.
//!
//! *What is left*: which mentions are the same, over all documents of the vault; of a counted code also the order in which
//! values came up.
//!
//! *The law*: the re-identification code that HIPAA's Safe Harbor lets stay, as it "is not derived from or related to
//! information about the individual" (45 CFR 164.514(c)), and the record code of FERPA (34 CFR 99.31(b)(2)). Both ask that the
//! vault stay behind.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter};
use crate::secrets::Needs;
use crate::store::{Ask, CodeForm};

/// Puts a code from the store in the value's place.
pub struct Code;

impl Operator for Code {
    fn id(&self) -> &'static str {
        "code"
    }

    fn description(&self) -> &'static str {
        "Puts a code from the vault in the value's place, by chance and not made from it: [PERSON-7F3K9]."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter {
            name: "counted",
            kind: Kind::Flag(false),
            description: "Whether codes are 1, 2, 3 in the order of asking instead of signs by chance.",
        }]
    }

    fn needs(&self) -> Needs {
        Needs::Store
    }

    fn leaves(&self) -> Leaves {
        Leaves::Code
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let form = if context.parameters.flag("counted") { CodeForm::Counted } else { CodeForm::Random };
        ask(context, context.word, form)
    }
}

/// The code of the value in brackets.
pub(super) fn ask(context: &Context<'_>, word: &str, form: CodeForm) -> Outcome {
    let Some(store) = context.secrets.store else { return Outcome::Refuse("there is no vault".to_owned()) };
    let Context { entity, identity, value, .. } = *context;
    match store.code(&Ask { entity, identity, value, word, form }) {
        Ok(code) => Outcome::Replace(format!("[{code}]")),
        Err(error) => Outcome::Refuse(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::Value;
    use crate::operators::testing::{Asked, asked, replaced};

    #[test]
    fn asks_the_store() {
        assert_eq!(replaced(&Code, &Entity::PERSON, "Jane Doe", &[]), "[PERSON-7WWCK7SP25]");
        assert_eq!(replaced(&Code, &Entity::PERSON, "Jane Doe", &[("counted", Value::Flag(true))]), "[PERSON-1]");
    }

    #[test]
    fn a_store_that_fails_refuses_the_document() {
        let asking = Asked { value: "unknown to the store", ..Asked::default() };
        assert_eq!(asked(&asking, &Code, &[]), Outcome::Refuse("the store is full".to_owned()));
        assert!(matches!(asked(&Asked { bare: true, ..asking }, &Code, &[]), Outcome::Refuse(_)));
    }
}
