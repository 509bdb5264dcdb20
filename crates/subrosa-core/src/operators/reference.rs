//! `reference`: a number of the reference list, `[REF-12]`, that the vault keeps.
//!
//! *What is left*: which mentions are the same, and the order in which values came up.
//!
//! *The law*: Federal Rule of Civil Procedure 5.2(g) and its likes let a redacted filing go with a reference list, filed under
//! seal, "that identifies each item of redacted information and specifies an appropriate identifier that uniquely corresponds
//! to each item listed". The list is the vault's; this operator only gives the numbers.

use super::{Context, Leaves, Operator, Outcome, code};
use crate::secrets::Needs;
use crate::store::CodeForm;

/// Puts the number of an entry in the reference list in the value's place.
pub struct Reference;

impl Operator for Reference {
    fn id(&self) -> &'static str {
        "reference"
    }

    fn description(&self) -> &'static str {
        "Puts a number of the vault's reference list in the value's place, for courts that take a list under seal: [REF-12]."
    }

    fn needs(&self) -> Needs {
        Needs::Store
    }

    fn leaves(&self) -> Leaves {
        Leaves::Code
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        code::ask(context, "REF", CodeForm::Counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[test]
    fn has_one_count_for_all_entities() {
        assert_eq!(replaced(&Reference, &Entity::new("US_SSN"), "000-00-0000", &[]), "[REF-1]");
    }
}
