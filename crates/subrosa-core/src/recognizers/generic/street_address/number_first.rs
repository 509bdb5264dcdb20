//! House number first: `742 Evergreen Terrace`, `12B Old Mill Rd.`, `12 bis, rue de la Paix`.

use crate::block::Block;
use crate::dictionary::WordClass;
use crate::keyword::{Classes, classes};
use crate::recognizer::Proposal;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};

use super::tail::rest;
use super::{LONGEST_NAME, push};

/// `742 Evergreen Terrace`, `12B Old Mill Rd.`
pub(super) fn number_first(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let number = &block.tokens[at];
    let touches_before = number.gap == Gap::None
        && block.before(at).is_some_and(|before| matches!(before.kind, Kind::Punctuation(b'.' | b'/' | b'$' | b',')));
    if number.len() > 6 || touches_before {
        return;
    }
    if let Some(last) = street_before_unit(block, at) {
        push(block, at, rest(block, last).0, 750, "number-words-unit", proposals);
    }
    if let Some(last) = romance(block, at) {
        let (last, more) = rest(block, last);
        push(block, at, last, if more { 800 } else { 660 }, "number-and-rue", proposals);
    }
    if let Some(last) = street(block, at) {
        let known = !block.lexeme(last).class.ambiguous() || block.tokens[last].shape.is_upper();
        let (last, more) = rest(block, last);
        let base = if more {
            850
        } else if known {
            760
        } else {
            720
        };
        push(block, at, last, base, "number-and-street", proposals);
    }
}

/// After a street's name.
static DIRECTIONS: Words = Words::new(&[
    "north",
    "south",
    "east",
    "west",
    "n",
    "s",
    "e",
    "w",
    "ne",
    "nw",
    "se",
    "sw",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
]);

/// The street word of the name that starts after the number at `at`.
fn street(block: &Block<'_>, at: usize) -> Option<usize> {
    let mut index = at + 1;
    // `12-14`, `12 1/2`, `12 B`
    while block.token(index).is_some_and(|token| {
        token.gap <= Gap::Blank && (token.is_byte(b'-') || token.is_byte(b'/'))
            || token.gap <= Gap::Blank && token.kind == Kind::Number && block.tokens[index - 1].kind != Kind::Number
    }) {
        index += 1;
    }
    let first = index;
    let mut best = None;
    while index < first + LONGEST_NAME {
        let Some(token) = block.token(index) else { break };
        let is_word = token.kind == Kind::Word || token.kind == Kind::Number && token.len() <= 5;
        if token.is_byte(b'.') && token.gap == Gap::None && index > first
            || token.is_byte(b'\'')
            || token.is_byte(b'-') && token.gap == Gap::None
        {
            index += 1;
            continue;
        }
        if !is_word || token.gap > Gap::Blank {
            break;
        }
        let class = &block.lexeme(index);
        let connector = |word: &str| {
            matches!(
                word,
                "of" | "de"
                    | "del"
                    | "la"
                    | "le"
                    | "du"
                    | "des"
                    | "den"
                    | "der"
                    | "am"
                    | "an"
                    | "im"
                    | "van"
                    | "y"
                    | "da"
                    | "do"
                    | "ul"
            )
        };
        let genitive = block.str(index) == "s" && block.tokens[index - 1].is_byte(b'\'');
        if token.kind == Kind::Word && !token.is_capitalised() && !connector(block.str(index)) && !genitive
            || class.is(WordClass::Month)
        {
            break;
        }
        if index > first && class.is(WordClass::StreetType) {
            best = Some(index);
        }
        index += 1;
    }
    best.map(|street| {
        // `100 Queen Street West`
        let direction = block
            .token(street + 1)
            .is_some_and(|token| token.gap == Gap::Blank && token.is_capitalised() && DIRECTIONS.has(token));
        if direction {
            return street + 1;
        }
        street
            + usize::from(
                block
                    .token(street + 1)
                    .is_some_and(|token| token.is_byte(b'.') && token.gap == Gap::None && block.tokens[street].len() <= 4),
            )
    })
}

/// A number and a few words, whatever their language, right before a unit: `3037 Skolegade 73, Apt. 946`. The last token of the street.
fn street_before_unit(block: &Block<'_>, at: usize) -> Option<usize> {
    let mut capital = false;
    for index in at + 1..block.tokens.len().min(at + 9) {
        let token = &block.tokens[index];
        if token.gap >= Gap::Paragraph {
            return None;
        }
        if capital && is_unit(block, index) {
            let last = index - 1;
            return Some(if block.tokens[last].kind == Kind::Word || block.tokens[last].kind == Kind::Number {
                last
            } else {
                last.checked_sub(1)?
            });
        }
        if token.gap == Gap::Line && !token.is_byte(b'>') && !block.before(index).is_some_and(|before| before.is_byte(b'>')) {
            return None;
        }
        match token.kind {
            Kind::Word => capital |= token.is_capitalised(),
            Kind::Number if token.len() <= 5 => {}
            Kind::Punctuation(b'.' | b',' | b'-' | b'\'' | b'>') => {}
            Kind::Number | Kind::Punctuation(_) => return None,
        }
    }
    None
}

/// `Apt. 946`, `Suite 12`: a unit word and its number.
pub(super) fn is_unit(block: &Block<'_>, at: usize) -> bool {
    let word = block.tokens[at].is_capitalised() && block.lexeme(at).is(WordClass::UnitType);
    let number = at + 1 + usize::from(block.token(at + 1).is_some_and(|token| token.is_byte(b'.') || token.is_byte(b'#')));
    word && block.token(number).is_some_and(|token| token.kind == Kind::Number && token.gap <= Gap::Blank)
}

/// Between a house number and `rue`: `12 bis`, `12 ter`.
static AFTER_NUMBER: Words = Words::new(&["bis", "ter", "quater", "a", "b", "c"]);
/// Street words that follow a number in lower case.
static ROMANCE: Words = Words::new(&[
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "chemin",
    "place",
    "impasse",
    "quai",
    "allée",
    "route",
    "square",
    "faubourg",
    "passage",
    "calle",
    "via",
    "rua",
]);

/// `12 rue de la Paix`, `12 bis, avenue Foch`: the last token of the name.
pub(super) fn romance(block: &Block<'_>, at: usize) -> Option<usize> {
    let mut word = at + 1;
    word += usize::from(AFTER_NUMBER.at(block, word));
    word += usize::from(block.token(word).is_some_and(|token| token.is_byte(b',')));
    if !ROMANCE.at(block, word) || block.token(word)?.gap > Gap::Blank {
        return None;
    }
    word += usize::from(block.token(word + 1).is_some_and(|token| token.is_byte(b'.')));
    let (last, capitals) = super::name_first::name(block, word + 1)?;
    (capitals > 0 && classes(&block.tokens[last]) != Classes::MONTH).then_some(last)
}
