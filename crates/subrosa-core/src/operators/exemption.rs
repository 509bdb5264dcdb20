//! `exemption`: the legal ground for taking the value out, `[(b)(6)]`.
//!
//! *What is left*: nothing of the value.
//!
//! *The law*: the Freedom of Information Act asks that the exemption under which something is deleted be shown at the place of
//! the deletion (5 USC 552(b), last paragraph). The policy says the code; nothing here judges whether the exemption applies.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter};

/// Puts the code of an exemption in the value's place.
pub struct Exemption;

impl Operator for Exemption {
    fn id(&self) -> &'static str {
        "exemption"
    }

    fn description(&self) -> &'static str {
        "Puts the legal ground for the deletion in the value's place: [(b)(6)]."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[Parameter { name: "code", kind: Kind::Required { most: 48 }, description: "The exemption, as the law names it." }]
    }

    fn leaves(&self) -> Leaves {
        Leaves::Nothing
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        Outcome::Replace(format!("[{}]", context.parameters.text("code")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::Value;
    use crate::operators::testing::replaced;

    #[test]
    fn shows_the_code() {
        let set = [("code", Value::Text("(b)(7)(C)".into()))];
        assert_eq!(replaced(&Exemption, &Entity::PERSON, "Jane Doe", &set), "[(b)(7)(C)]");
    }
}
