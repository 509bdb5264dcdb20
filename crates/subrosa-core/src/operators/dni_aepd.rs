//! `dni-aepd`: four digits of a Spanish identity number stay, `***4567**`, always the same ones.
//!
//! Which four is not left to whoever publishes: if everybody hides others, the whole number can be put together. Of seven or
//! more digits the fourth to the seventh stay, of fewer the last four; each other letter or digit becomes `*`, and punctuation
//! goes. A DNI 12345678X becomes `***4567**`, an NIE X1234567X `****4567*`, a passport ABC123456 `*****3456`.
//!
//! *What is left*: part of the number. Published with the full name it tells whom is meant, as the law intends.
//!
//! *The law*: Spain, Ley Orgánica 3/2018, disposición adicional séptima: publication of administrative acts with four random
//! digits of the identity document; which digits, from the guidance of the Agencia Española de Protección de Datos for applying
//! it. What is no NIF, NIE or Spanish passport is labelled.

use super::{Context, Leaves, Operator, Outcome, labelled};

/// Keeps the four digits of a Spanish identity number that may be published.
pub struct DniAepd;

impl Operator for DniAepd {
    fn id(&self) -> &'static str {
        "dni-aepd"
    }

    fn description(&self) -> &'static str {
        "Keeps the four digits of a Spanish DNI, NIE or passport that the AEPD has published: ***4567**. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Part
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let signs: Vec<char> = context.value.chars().filter(|sign| sign.is_alphanumeric()).collect();
        let digits: Vec<usize> = (0..signs.len()).filter(|at| signs.get(*at).is_some_and(char::is_ascii_digit)).collect();
        let known = matches!(context.entity.id(), "ES_NIF" | "ES_NIE" | "ES_PASSPORT");
        // With fewer than eight letters and digits, four would be more than half.
        if !known || signs.len() < 8 || digits.len() < 6 {
            return labelled(context);
        }
        let first = if digits.len() >= 7 { 3 } else { digits.len() - 4 };
        let kept = digits.get(first..first + 4).unwrap_or_default();
        let covered = signs.iter().enumerate().map(|(at, sign)| if kept.contains(&at) { *sign } else { '*' });
        Outcome::Replace(covered.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[test]
    fn the_published_digits() {
        let made = |entity: &'static str, value: &str| replaced(&DniAepd, &Entity::new(entity), value, &[]);
        assert_eq!(made("ES_NIF", "12345678X"), "***4567**");
        assert_eq!(made("ES_NIF", "12.345.678-X"), "***4567**");
        assert_eq!(made("ES_NIE", "X1234567X"), "****4567*");
        assert_eq!(made("ES_PASSPORT", "ABC123456"), "*****3456");
        assert_eq!(made("ES_NIF", "1234567"), "[ES_NIF]");
        assert_eq!(made("UK_NHS", "9990000018"), "[UK_NHS]");
    }
}
