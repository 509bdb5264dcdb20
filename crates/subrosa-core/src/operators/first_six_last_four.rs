//! `first-six-last-four`: of a card number the issuer and the last four digits stay, `411111******1111`.
//!
//! Numbers of 14 to 19 digits, so that at least four digits go; shorter ones, and what is no card number, are labelled.
//!
//! *What is left*: part of the number.
//!
//! *The law*: the most that PCI DSS 4.0.1 lets be stored as a truncated number (requirement 3.5.1; display, 3.4.1). Two forms of
//! truncation of the same number, or truncation and a hash, must not be kept beside each other: use one operator for cards.

use super::mask::covered;
use super::{Context, Leaves, Operator, Outcome, labelled};

/// Keeps the first six and the last four digits of a card number.
pub struct FirstSixLastFour;

impl Operator for FirstSixLastFour {
    fn id(&self) -> &'static str {
        "first-six-last-four"
    }

    fn description(&self) -> &'static str {
        "Keeps the first six and last four digits of a card number: 411111******1111. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Part
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let digits = context.value.chars().filter(char::is_ascii_digit).count();
        let others = context.value.chars().filter(|sign| sign.is_alphanumeric()).count() - digits;
        if context.entity.id() != "CREDIT_CARD" || others > 0 || !(14..=19).contains(&digits) {
            return labelled(context);
        }
        Outcome::Replace(covered(context.value, 6, 4, "*"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[test]
    fn keeps_issuer_and_last_four_of_cards() {
        let card = |value: &str| replaced(&FirstSixLastFour, &Entity::new("CREDIT_CARD"), value, &[]);
        assert_eq!(card("4111 1111 1111 1111"), "4111 11** **** 1111");
        assert_eq!(card("378282246310005"), "378282*****0005");
        assert_eq!(card("4222222222222"), "[CREDIT_CARD]");
        assert_eq!(card("4111111111111111x"), "[CREDIT_CARD]");
        assert_eq!(replaced(&FirstSixLastFour, &Entity::new("IBAN_CODE"), "12345678901234", &[]), "[IBAN_CODE]");
    }
}
