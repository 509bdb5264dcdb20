//! `keep`: the value stays.

use super::{Context, Leaves, Operator, Outcome};

/// The name that policies use.
pub(crate) const ID: &str = "keep";

/// Leaves the value; the report still counts it.
pub struct Keep;

impl Operator for Keep {
    fn id(&self) -> &'static str {
        ID
    }

    fn description(&self) -> &'static str {
        "Leaves the value as it is; the report counts it."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Value
    }

    fn operate(&self, _: &Context<'_>) -> Outcome {
        Outcome::Keep
    }
}
