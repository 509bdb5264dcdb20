//! `cipher-letter`: people become `[A]`, `[B]`, `[C]`, as courts call those whom they do not name.
//!
//! The letter follows the number of the person in the document: A is the first who is mentioned, Z the 26th, then AA, BB. It
//! is never made from the name. The brackets tell it from a word and from an initial, so that a second run leaves it alone.
//! What is no person is labelled. Whom only a second run finds gets a letter from A on, which then stands for two.
//!
//! *What is left*: which mentions are the same person, within one document.
//!
//! *The law*: the form of anonymity orders in England and Wales (CPR 39.2(4)) and of the references of the Court of Justice of
//! the European Union, which uses letters that are not the person's own.

use super::{Context, Leaves, Operator, Outcome, labelled};

/// Puts a letter in a person's place.
pub struct CipherLetter;

impl Operator for CipherLetter {
    fn id(&self) -> &'static str {
        "cipher-letter"
    }

    fn description(&self) -> &'static str {
        "Puts a letter by order of mention in a person's place, as courts do: [A], [B], [AA]. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Nothing
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        match context.person {
            Some(person) if person > 0 => Outcome::Replace(format!("[{}]", letters(person))),
            _ => labelled(context),
        }
    }
}

/// The number in letters: 1 is A, 26 is Z, 27 is AA, 28 is BB.
fn letters(number: u32) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        times @ 0..=2 => std::iter::repeat_n(letter, times as usize + 1).collect(),
        // Nobody reads a letter written four times.
        _ => format!("PERSON-{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::operate;

    #[test]
    fn counts_in_letters() {
        for (number, expected) in
            [(1, "[A]"), (2, "[B]"), (26, "[Z]"), (27, "[AA]"), (28, "[BB]"), (78, "[ZZZ]"), (79, "[PERSON-79]")]
        {
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
