//! `cipher-letter`: people become A, B, C, as courts call those whom they do not name.
//!
//! The letter follows the number of the person in the document: A is the first who is mentioned, Z the 26th, then AA, AB. It
//! is never made from the name. What is no person is labelled.
//!
//! *What is left*: which mentions are the same person, within one document.
//!
//! *The law*: the form of anonymity orders in England and Wales (CPR 39.2(4)) and of the references of the Court of Justice of
//! the European Union, which uses letters that are not the person's own.
//!
//! *A second run*: a letter is no bracketed label, so where the words around it (`Patient: B`) make a name of it, it is
//! replaced by the letter of that person's number in the new text.

use super::{Context, Leaves, Operator, Outcome, labelled};

/// Puts a letter in a person's place.
pub struct CipherLetter;

impl Operator for CipherLetter {
    fn id(&self) -> &'static str {
        "cipher-letter"
    }

    fn description(&self) -> &'static str {
        "Puts a letter by order of mention in a person's place, as courts do: A, B, Z, AA. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Nothing
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        match context.person {
            Some(person) if person > 0 => Outcome::Replace(letters(person)),
            _ => labelled(context),
        }
    }
}

/// The number in letters: 1 is A, 26 is Z, 27 is AA.
fn letters(number: u32) -> String {
    let mut signs = Vec::new();
    let mut rest = number;
    while rest > 0 {
        rest -= 1;
        signs.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    signs.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::operate;

    #[test]
    fn counts_in_letters() {
        for (number, expected) in [(1, "A"), (2, "B"), (26, "Z"), (27, "AA"), (28, "AB"), (702, "ZZ"), (703, "AAA")] {
            assert_eq!(
                operate(&CipherLetter, &Entity::PERSON, "Jane Doe", Some(number), &[]),
                Outcome::Replace(expected.to_owned())
            );
        }
        assert!(!letters(u32::MAX).is_empty());
    }

    #[test]
    fn labels_what_is_no_person() {
        let outcome = operate(&CipherLetter, &Entity::LOCATION, "Leeds", None, &[]);
        assert_eq!(outcome, Outcome::Replace("[LOCATION]".to_owned()));
    }
}
