//! `initials`: of a person's name the initials stay, `J.S.`
//!
//! In the order given name, family name, also where the text has `Smith, John`. Titles and what stands behind a name (`Jr.`,
//! `MD`) go; particles count as names, in capitals (`V.D.B.`), and a hyphenated name keeps its hyphen (`A.-M.`). A name that is
//! initials already stays. What is no person, or has no letter, is labelled.
//!
//! *What is left*: part of the name. *The law*: Federal Rule of Civil Procedure 5.2(a)(3) and its likes ask for the initials of
//! minors. Safe Harbor forbids them.

use super::{Context, Leaves, Operator, Outcome, labelled};
use crate::entity::Entity;
use crate::span::Span;
use crate::titles::{self, SUFFIXES};

/// Keeps the initials of a name.
pub struct Initials;

/// The most names that have an initial.
const MOST: usize = 8;

impl Operator for Initials {
    fn id(&self) -> &'static str {
        "initials"
    }

    fn description(&self) -> &'static str {
        "Keeps the initials of a person's name, J.S., without titles. Labels all else."
    }

    fn leaves(&self) -> Leaves {
        Leaves::Part
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let bare = titles::without(context.value, Span::new(0, context.value.len())).of(context.value);
        if *context.entity != Entity::PERSON {
            return labelled(context);
        }
        let ordered = match bare.split_once(',') {
            Some((family, given)) if words(given).next().is_some() => format!("{given} {family}"),
            _ => bare.to_owned(),
        };
        let names: Vec<&str> = words(&ordered).collect();
        if names.is_empty() || names.len() > MOST {
            return labelled(context);
        }
        // Titles tell more than initials do, so `Mr. J.S.` does not stay.
        if bare == context.value && names.iter().all(|name| name.chars().count() == 1) && !bare.contains(',') {
            return Outcome::Keep;
        }
        let initials: String = names.iter().map(|name| initial(name)).collect();
        Outcome::Replace(initials)
    }
}

/// The names of a person, without possessives and what stands behind a name.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|sign: char| sign.is_whitespace() || matches!(sign, '.' | ',' | ';' | '(' | ')' | '"' | '/'))
        .map(|word| word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word))
        .map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric()))
        .filter(|word| word.starts_with(char::is_alphabetic) && !SUFFIXES.contains(&word.to_lowercase().as_str()))
}

/// `John` is `J.`, `Ann-Marie` is `A.-M.`
fn initial(name: &str) -> String {
    let parts = name.split(['-', '\u{2010}']).filter_map(|part| part.chars().find(|sign| sign.is_alphabetic()));
    let letters: Vec<String> = parts.map(|letter| letter.to_uppercase().collect::<String>() + ".").collect();
    letters.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::testing::replaced;

    #[track_caller]
    fn case(value: &str, expected: &str) {
        assert_eq!(replaced(&Initials, &Entity::PERSON, value, &[]), expected);
    }

    #[test]
    fn names_become_initials() {
        case("John Smith", "J.S.");
        case("Dr. John A. Smith, MD", "J.A.S.");
        case("SMITH, JOHN", "J.S.");
        case("Ann-Marie O'Hara", "A.-M.O.");
        case("Ludwig van der Berg", "L.V.D.B.");
        case("Zo\u{eb} \u{c9}l\u{e9}onore's", "Z.\u{c9}.");
        case("Max Roe, Jr.", "M.R.");
        case("Jo", "J.");
        case("\u{738b}\u{5c0f}\u{660e}", "\u{738b}.");
    }

    #[test]
    fn initials_stay() {
        case("J.S.", "J.S.");
        case("J. S.", "J. S.");
        case("Mr. J.S.", "J.S.");
    }

    #[test]
    fn what_is_no_name_is_labelled() {
        case("Dr.", "[PERSON]");
        case("...", "[PERSON]");
        case("", "[PERSON]");
        case("a b c d e f g h i", "[PERSON]");
        assert_eq!(replaced(&Initials, &Entity::LOCATION, "Leeds", &[]), "[LOCATION]");
    }
}
