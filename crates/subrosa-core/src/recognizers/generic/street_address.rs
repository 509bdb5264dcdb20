//! House number and street, with unit, town, state and postal code where they follow.
//!
//! *Misses by design*: streets without a number or a street word.
//! *Confuses with*: `5 Way Valve`; a unit word or town after it decides.
//! *References*: USPS Publication 28; street words, see `dictionaries/SOURCES.toml`.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::{self, PlaceKind, WordClass};
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

use super::location::US_STATES;

/// Street addresses.
pub static RECOGNIZER: StreetAddress = StreetAddress {
    info: Info {
        module: module_path!(),
        entity: Entity::STREET_ADDRESS,
        summary: "House number and street, with town and postal code where they follow.",
        context: &[
            "address",
            "lives at",
            "resides at",
            "residing at",
            ":street",
            ":home",
            ":mailing",
            ":domicilio",
            ":dirección",
            ":adresse",
            ":anschrift",
        ],
        negative_context: &[],
        hits: &[
            "lives at ⟦742 Evergreen Terrace, Springfield, IL 62701⟧ now",
            "⟦12B Old Mill Rd., Apt 4⟧",
            "⟦3 Tanner's Row⟧",
            "write to ⟦P.O. Box 1234, Boston, MA 02110⟧",
            "⟦Calle Mayor 12⟧, piso 3",
            "⟦Hauptstraße 5⟧",
            "Address: ⟦99 Wharf Lane\nLittleton⟧\n\nThanks",
        ],
        misses: &["On 24 December 1996 the Court decided.", "She walked 3 miles down the road.", "Take 2 Drive safely."],
    },
};

/// See [`RECOGNIZER`].
pub struct StreetAddress {
    info: Info,
}

/// Most words of a street's name before its street word.
const LONGEST_NAME: usize = 5;

impl Recognizer for StreetAddress {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Alphanumeric { min: 1, max: 6 }]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        let Some(token) = block.token(site.token) else { return };
        if token.kind == Kind::Number {
            number_first(block, site.token, proposals);
            number_last(block, site.token, proposals);
        }
    }
}

/// `742 Evergreen Terrace`, `12B Old Mill Rd.`
fn number_first(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let number = &block.tokens[at];
    let touches_before = number.gap == Gap::None
        && block.before(at).is_some_and(|before| matches!(before.kind, Kind::Punctuation(b'.' | b'/' | b'$' | b',')));
    if number.len() > 6 || touches_before {
        return;
    }
    if let Some(last) = street_before_unit(block, at) {
        push(block, at, rest(block, last).0, 750, "number-words-unit", proposals);
    }
    if let Some(last) = street(block, at) {
        let known = !block.lexemes()[last].class.ambiguous() || block.tokens[last].shape.is_upper();
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
        let class = &block.lexemes()[index];
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
fn is_unit(block: &Block<'_>, at: usize) -> bool {
    let word = block.tokens[at].is_capitalised() && block.lexemes()[at].is(WordClass::UnitType);
    let number = at + 1 + usize::from(block.token(at + 1).is_some_and(|token| token.is_byte(b'.') || token.is_byte(b'#')));
    word && block.token(number).is_some_and(|token| token.kind == Kind::Number && token.gap <= Gap::Blank)
}

/// `Calle Mayor 12`, `Hauptstraße 5`, `P.O. Box 1234`.
fn number_last(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let number = &block.tokens[at];
    if number.gap > Gap::Blank || number.len() > 6 || at == 0 {
        return;
    }
    let mut before = at - 1;
    if block.tokens[before].is_byte(b',') && before > 0 {
        before -= 1;
    }
    if block.str(before).eq_ignore_ascii_case("box") {
        let first = po_box(block, before);
        if let Some(first) = first {
            push(block, first, rest(block, at).0, 800, "post-office-box", proposals);
        }
        return;
    }
    let word = block.str(before);
    let lower = word.to_lowercase();
    let german = block.tokens[before].is_capitalised()
        && lower.len() > 7
        && ["straße", "strasse", "gasse", "platz", "allee", "straat", "laan", "vägen", "gatan"]
            .iter()
            .any(|ending| lower.ends_with(ending));
    if german {
        push(block, before, rest(block, at).0, 720, "street-and-number", proposals);
        return;
    }
    let mut first = before;
    for _ in 0..LONGEST_NAME {
        let token = &block.tokens[first];
        if token.kind != Kind::Word || token.len() > 3 && !token.is_capitalised() {
            return;
        }
        if token.is_capitalised()
            && first < before + 1
            && block.lexemes()[first].is(WordClass::StreetTypeBefore)
            && first < before
        {
            push(block, first, rest(block, at).0, 720, "street-and-number", proposals);
            return;
        }
        if first == 0 || token.gap > Gap::Blank {
            return;
        }
        first -= 1;
    }
}

/// The first token of `P.O. Box`, `PO Box`, `Post Office Box` that ends at `at`.
fn po_box(block: &Block<'_>, at: usize) -> Option<usize> {
    let mut first = at;
    let mut letters = String::new();
    while first > 0 && at - first < 4 && block.tokens[first].gap <= Gap::Blank {
        first -= 1;
        if block.tokens[first].kind == Kind::Word {
            letters.insert_str(0, &block.str(first).to_ascii_lowercase());
        }
        if matches!(letters.as_str(), "po" | "postoffice") {
            return Some(first);
        }
    }
    None
}

/// What follows a street: unit, town, state, postal code, country, also on the next lines. The last token, and whether there
/// was a state, postal code or known place.
fn rest(block: &Block<'_>, last: usize) -> (usize, bool) {
    let mut end = last;
    let mut sure = false;
    let mut index = last + 1;
    let mut words = 0;
    while let Some(token) = block.token(index) {
        if token.gap >= Gap::Paragraph || index - last > 24 {
            break;
        }
        match token.kind {
            Kind::Punctuation(b',' | b'#' | b'.' | b'-' | b'>') => index += 1,
            Kind::Word if token.is_capitalised() => {
                let Some((stop, certain)) = piece(block, index) else { break };
                if stop == index && !certain {
                    words += 1;
                    // An unknown capitalised word belongs only when something certain follows it.
                    if words > 3 {
                        break;
                    }
                    index += 1;
                    continue;
                }
                sure |= certain;
                end = stop;
                index = stop + 1;
                words = 0;
            }
            Kind::Number if is_postal_code(block, index) => {
                sure = true;
                end = index;
                index += 1;
                if block.token(index).is_some_and(|dash| dash.is_byte(b'-') && dash.gap == Gap::None)
                    && block.token(index + 1).is_some_and(|four| four.gap == Gap::None && four.is_digits())
                {
                    end = index + 1;
                    index += 2;
                }
            }
            Kind::Number | Kind::Word | Kind::Punctuation(_) => break,
        }
    }
    (end, sure)
}

/// A unit with its number, a state code, a known place, or one more word: the last token, and whether it is certain.
fn piece(block: &Block<'_>, at: usize) -> Option<(usize, bool)> {
    let lexeme = &block.lexemes()[at];
    if lexeme.is(WordClass::UnitType) || matches!(block.str(at), "Apt" | "Suite" | "Unit" | "Floor" | "Room") {
        let mut number = at + 1;
        while block.token(number).is_some_and(|token| token.is_byte(b'.') || token.is_byte(b'#')) {
            number += 1;
        }
        let token = block.token(number)?;
        return (token.gap <= Gap::Blank && (token.kind == Kind::Number || token.len() == 1))
            .then_some((number, false))
            .filter(|(number, _)| *number > at);
    }
    if block.tokens[at].len() == 2 && US_STATES.contains(&block.str(at)) {
        return Some((at, true));
    }
    let hashes = (at..block.tokens.len().min(at + 5))
        .take_while(|index| *index == at || block.tokens[*index].gap <= Gap::Blank && block.tokens[*index].kind == Kind::Word)
        .map(|index| block.tokens[index].hash);
    if let Some((words, place)) = dictionary::places().longest(hashes)
        && place.kind.is_some_and(|kind| kind != PlaceKind::Demonym)
    {
        return Some((at + words - 1, true));
    }
    (!lexeme.is_everyday() || block.tokens[at].gap >= Gap::Line || block.before(at).is_some_and(|before| before.is_byte(b',')))
        .then_some((at, false))
}

fn is_postal_code(block: &Block<'_>, at: usize) -> bool {
    let token = &block.tokens[at];
    token.is_digits() && matches!(token.len(), 4 | 5) || !token.is_digits() && token.shape.is_upper() && token.len() <= 4
}

fn push(block: &Block<'_>, first: usize, last: usize, base: u16, pattern: &'static str, proposals: &mut Vec<Proposal>) {
    let span = block.span(first, last);
    proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
}
