//! `review`: a person decides; until then a label.
//!
//! For what no program can judge: whether a number is unique, whether an official's name may stay. The value goes as under
//! [`label`](super::label), so that nothing leaks while nobody has looked; that a decision is open is the policy's to count.

use super::{Context, Leaves, Operator, Outcome, labelled};

/// The name that policies use.
pub const ID: &str = "review";

/// Labels the value until somebody decides.
pub struct Review;

impl Operator for Review {
    fn id(&self) -> &'static str {
        ID
    }

    fn description(&self) -> &'static str {
        "Leaves the decision to a person; until then the value is labelled, and the run does not count as clean."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Nothing
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        labelled(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[test]
    fn labels() {
        assert_eq!(replaced(&Review, &Entity::new("CASE_NUMBER"), "A-12", &[]), "[CASE_NUMBER]");
    }
}
