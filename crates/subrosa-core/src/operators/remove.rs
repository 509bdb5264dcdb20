//! `remove`: nothing stays in the value's place.

use super::{Context, Leaves, Operator, Outcome};

/// Leaves nothing.
pub struct Remove;

impl Operator for Remove {
    fn id(&self) -> &'static str {
        "remove"
    }

    fn description(&self) -> &'static str {
        "Removes the value and puts nothing in its place."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Nothing
    }

    fn operate(&self, _: &Context<'_>) -> Outcome {
        Outcome::Replace(String::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::operate;

    #[test]
    fn leaves_nothing() {
        assert_eq!(operate(&Remove, &Entity::PERSON, "Ada Example", Some(1), &[]), Outcome::Replace(String::new()));
    }
}
