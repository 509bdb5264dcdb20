//! `last-four`: the last four letters or digits stay, `***-**-1111`.
//!
//! The form that court rules ask for. Everything before the last four becomes `*`, the punctuation stays. A value of fewer than
//! eight letters and digits is labelled, for four would be more than half of it.
//!
//! *What is left*: part of the identifier, and its form.
//!
//! *The law*: Federal Rule of Civil Procedure 5.2(a)(1) and (4), Criminal Procedure 49.1(a), Bankruptcy Procedure 9037(a): a
//! filing "may include only" the last four digits of social security, taxpayer and financial account numbers. Safe Harbor
//! forbids it: part of an identifier is one.

use super::mask::covered;
use super::{Context, Leaves, Operator, Outcome, labelled};

/// Keeps the last four letters or digits.
pub struct LastFour;

impl Operator for LastFour {
    fn id(&self) -> &'static str {
        "last-four"
    }

    fn description(&self) -> &'static str {
        "Keeps the last four letters or digits, as courts ask: ***-**-1111. Labels what has fewer than eight."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Part
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let signs = context.value.chars().filter(|sign| sign.is_alphanumeric()).count();
        if signs < 8 {
            return labelled(context);
        }
        Outcome::Replace(covered(context.value, 0, 4, "*"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[test]
    fn keeps_four() {
        let made = |value: &str| replaced(&LastFour, &Entity::new("US_SSN"), value, &[]);
        assert_eq!(made("000-12-3456"), "***-**-3456");
        assert_eq!(made("DE89 3704 0044 0532 0130 00"), "**** **** **** **** **30 00");
        assert_eq!(made("123-4567"), "[US_SSN]");
        assert_eq!(made(""), "[US_SSN]");
    }
}
