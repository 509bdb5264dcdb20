//! `mask`: part of the value stays legible, the rest becomes one character.
//!
//! What stays is part of an identifier: Safe Harbor forbids it, court rules ask for it. A mask never shows more than half
//! of the letters and digits, so a short value is covered whole.

use super::{Context, Kind, Leaves, Operator, Outcome, Parameter};

/// Covers letters and digits, and keeps the punctuation that shows the shape.
pub struct Mask;

impl Operator for Mask {
    fn id(&self) -> &'static str {
        "mask"
    }

    fn description(&self) -> &'static str {
        "Covers the letters and digits of the value, leaving at most half of them and the punctuation: ****-1111."
    }

    fn parameters(&self) -> &'static [Parameter] {
        &[
            Parameter {
                name: "character",
                kind: Kind::Text { default: "*", least: 1, most: 1 },
                description: "What stands for a covered letter or digit.",
            },
            Parameter {
                name: "keep_first",
                kind: Kind::Count { default: 0, least: 0, most: 8 },
                description: "Letters and digits that stay at the start.",
            },
            Parameter {
                name: "keep_last",
                kind: Kind::Count { default: 0, least: 0, most: 8 },
                description: "Letters and digits that stay at the end.",
            },
        ]
    }

    fn leaves(&self) -> Leaves {
        Leaves::Part
    }

    fn operate(&self, context: &Context<'_>) -> Outcome {
        let first = context.parameters.count("keep_first") as usize;
        let last = context.parameters.count("keep_last") as usize;
        let cover = context.parameters.text("character");
        let signs = context.value.chars().filter(|sign| sign.is_alphanumeric()).count();
        let (first, last) = if 2 * (first + last) > signs { (0, 0) } else { (first, last) };
        Outcome::Replace(covered(context.value, first, last, cover))
    }
}

/// The value with all letters and digits covered but for the first and last ones.
pub(super) fn covered(value: &str, first: usize, last: usize, cover: &str) -> String {
    let signs = value.chars().filter(|sign| sign.is_alphanumeric()).count();
    let mut masked = String::with_capacity(value.len());
    let mut seen = 0;
    for sign in value.chars() {
        if !sign.is_alphanumeric() {
            masked.push(sign);
            continue;
        }
        if seen < first || seen >= signs.saturating_sub(last) {
            masked.push(sign);
        } else {
            masked.push_str(cover);
        }
        seen += 1;
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::operators::{Value, operate};

    #[track_caller]
    fn case(value: &str, first: u32, last: u32, expected: &str) {
        let set = [("keep_first", Value::Count(first)), ("keep_last", Value::Count(last))];
        assert_eq!(operate(&Mask, &Entity::new("CREDIT_CARD"), value, None, &set), Outcome::Replace(expected.to_owned()));
    }

    #[test]
    fn keeps_the_ends_and_the_shape() {
        case("4111 1111 1111 1111", 0, 4, "**** **** **** 1111");
        case("Ada Example", 1, 0, "A** *******");
        case("a.example@example.com", 1, 0, "a.*******@*******.***");
        case("0123456789", 2, 2, "01******89");
    }

    #[test]
    fn never_shows_more_than_half() {
        case("12345", 0, 4, "*****");
        case("12345678", 0, 4, "****5678");
        case("1234567", 2, 2, "*******");
        case("Ada", 1, 1, "***");
    }

    #[test]
    fn counts_characters_not_bytes() {
        case("Zoë Müller", 0, 2, "*** ****er");
        case("", 4, 4, "");
    }
}
