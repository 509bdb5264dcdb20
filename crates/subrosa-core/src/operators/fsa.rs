//! `fsa`: of a Canadian postal code the first three signs stay, `K1A 0B1` becomes `K1A`.
//!
//! The forward sortation area is a district of a city or, with a 0 as its second sign, a region of the country. Everything that
//! is no Canadian postal code is labelled.
//!
//! *What is left*: an area in which mostly some thousand households live; some have few. *The use*: the form in which Canadian
//! statistics are published. No law names it: under PIPEDA it is a coarser value, and whether somebody can be told by it, with
//! what else is left, stays undecided.
//!
//! *A second run* leaves the area alone.

use super::{Context, Leaves, Operator, Outcome, labelled};

/// Keeps the first three signs of a Canadian postal code.
pub struct Fsa;

impl Operator for Fsa {
    fn id(&self) -> &'static str {
        "fsa"
    }

    fn description(&self) -> &'static str {
        "Keeps the first three signs of a Canadian postal code, the forward sortation area. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::General
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let signs: String = context.value.chars().filter(|sign| sign.is_ascii_alphanumeric()).collect();
        let form = |sign: (usize, u8)| {
            let (at, byte) = sign;
            if at % 2 == 0 { byte.is_ascii_alphabetic() } else { byte.is_ascii_digit() }
        };
        let fits = matches!(signs.len(), 3 | 6) && signs.bytes().enumerate().all(form);
        match signs.get(..3).filter(|_| fits) {
            Some(area) if area == context.value => Outcome::Keep,
            Some(area) => Outcome::Replace(area.to_owned()),
            None => labelled(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::testing::replaced;

    #[test]
    fn the_area_stays() {
        let made = |value: &str| replaced(&Fsa, &Entity::new("CA_POSTAL_CODE"), value, &[]);
        assert_eq!(made("K1A 0B1"), "K1A");
        assert_eq!(made("k1a-0b1"), "k1a");
        assert_eq!(made("K1A0B1"), "K1A");
        assert_eq!(made("K1A"), "K1A");
        assert_eq!(made("90210"), "[CA_POSTAL_CODE]");
        assert_eq!(made("K1A 0B"), "[CA_POSTAL_CODE]");
    }
}
