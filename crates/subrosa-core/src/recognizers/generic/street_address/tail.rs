//! What follows a street: floor and door, postal code, town, state, country, also on further lines.

use crate::block::Block;
use crate::dictionary::{self, PlaceKind, WordClass};
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Shape, Token};

use super::super::location::US_STATES;

/// Most tokens after the street.
const LONGEST: usize = 32;

/// Words of floors and doors, mostly Spanish, that may stand without a number.
static DOORS: Words = Words::new(&[
    "izq",
    "izda",
    "izquierda",
    "dcha",
    "der",
    "derecha",
    "dch",
    "bajo",
    "bjo",
    "bis",
    "ático",
    "entlo",
    "entresuelo",
    "principal",
    "pral",
    "esc",
    "escalera",
    "portal",
    "piso",
    "puerta",
    "pta",
    "pl",
    "planta",
    "bloque",
    "blq",
    "local",
    "casa",
    "interior",
    "int",
    "esquina",
    "esq",
    "apto",
    "apt",
    "edificio",
    "stock",
    "etage",
    "og",
    "eg",
    "dg",
    "étage",
    "bât",
    "scala",
    "andar",
    "hs",
    "andén",
    "suite",
    "unit",
    "flat",
    "floor",
    "room",
    "of",
    "oficina",
]);
/// What follows an address and is no part of it.
static AFTER: Words = Words::new(&[
    "tel",
    "telf",
    "tlf",
    "tfno",
    "telefon",
    "teléfono",
    "téléphone",
    "telefono",
    "telefone",
    "telephone",
    "phone",
    "fax",
    "mobile",
    "móvil",
    "email",
    "e",
    "mail",
    "correo",
    "dr",
    "dra",
    "mr",
    "mrs",
    "ms",
    "nhc",
    "dni",
    "nif",
    "nass",
    "mrn",
    "dob",
    "zip",
    "the",
    "he",
    "she",
    "i",
    "we",
    "it",
    "they",
    "please",
    "thanks",
    "my",
    "your",
]);
/// Whether the word is that of a floor or door.
pub(super) fn is_door(token: &Token) -> bool {
    DOORS.has(token)
}

/// Letters before a postal code: `E-28006`, `CP 28006`.
static COUNTRY_CODES: Words = Words::new(&[
    "e", "d", "f", "i", "a", "ch", "b", "l", "nl", "p", "dk", "se", "s", "n", "fin", "cp", "es", "de", "fr", "it", "pt", "at",
    "be",
]);

/// The last token of the address whose street ends with `last`, and whether there was a state, postal code or known place.
pub(super) fn rest(block: &Block<'_>, last: usize) -> (usize, bool) {
    let (mut end, mut sure) = (last, false);
    let mut index = last + 1;
    let (mut words, mut after_code) = (0, false);
    while let Some(token) = block.token(index).filter(|_| index - last <= LONGEST) {
        if token.gap >= Gap::Paragraph && !is_country(block, index) || token.gap >= Gap::Line && begins_label(block, index) {
            break;
        }
        if let Some(stop) = door(block, index).filter(|_| !sure) {
            (end, index) = (stop, stop + 1);
            after_code = false;
        } else if let Some(stop) = postal_code(block, index) {
            (end, index, sure, after_code, words) = (stop, stop + 1, true, true, 0);
        } else if let Kind::Punctuation(b',' | b'#' | b'.' | b'-' | b'>' | b'(' | b')' | b';' | b'*') = token.kind {
            // The bracket of `(Madrid)` belongs to it.
            if token.is_byte(b')') && end + 1 == index && (last..index).any(|open| block.tokens[open].is_byte(b'(')) {
                end = index;
            }
            after_code = false;
            index += 1;
        } else if token.is_capitalised() && !AFTER.has(token) {
            if after_code && token.gap == Gap::Blank {
                end = town(block, index);
                (index, sure, after_code, words) = (end + 1, true, false, 0);
                continue;
            }
            let Some((stop, certain)) = place(block, index) else { break };
            after_code = false;
            if certain {
                (end, index, sure, words) = (stop, stop + 1, true, 0);
                continue;
            }
            // Unknown words belong only when something certain follows them.
            words += 1;
            if words > 3 || begins_label(block, index) {
                break;
            }
            index = stop + 1;
        } else {
            break;
        }
    }
    (end, sure)
}

/// The last token of the town whose name starts at `first`, right after a postal code: `Santa Cruz de Tenerife`.
fn town(block: &Block<'_>, first: usize) -> usize {
    let mut last = first;
    for index in first + 1..first + 6 {
        let Some(token) = block.token(index).filter(|token| token.gap <= Gap::Blank) else { break };
        let connector = matches!(
            block.str(index),
            "de" | "del" | "la" | "las" | "los" | "el" | "do" | "da" | "am" | "an" | "der" | "sur" | "-" | "'" | "d" | "l" | "en"
        );
        if token.is_capitalised() && !AFTER.has(token) {
            last = index;
        } else if !connector {
            break;
        }
    }
    last
}

/// Whether a label begins at `index`: up to three words and a colon.
fn begins_label(block: &Block<'_>, index: usize) -> bool {
    for at in index..index + 5 {
        let Some(token) = block.token(at) else { return false };
        if token.is_byte(b':') {
            return at > index;
        }
        if at > index && token.gap >= Gap::Line || token.is_byte(b',') {
            return false;
        }
    }
    false
}

fn is_country(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_some_and(|token| token.gap == Gap::Paragraph && token.is_capitalised())
        && place_at(block, index).is_some_and(|(last, kind)| {
            kind == PlaceKind::Country && block.token(last + 1).is_none_or(|next| next.gap >= Gap::Line || next.is_digits())
        })
}

/// A floor, door or unit: `2º B`, `Apt. 5`, `piso 3`, `1A`. Its last token.
fn door(block: &Block<'_>, at: usize) -> Option<usize> {
    let token = block.token(at)?;
    if token.gap > Gap::Line {
        return None;
    }
    let is_unit_word = token.kind == Kind::Word
        && (DOORS.has(token) && (token.gap <= Gap::Blank || token.is_capitalised())
            || token.is_capitalised() && block.lexeme(at).is(WordClass::UnitType));
    if is_unit_word {
        let mut number = at + 1;
        while block
            .token(number)
            .is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'.' | b'#' | 0)) && token.gap <= Gap::Blank)
        {
            number += 1;
        }
        let numbered = block.token(number).is_some_and(|token| {
            token.gap <= Gap::Blank
                && (token.kind == Kind::Number && token.len() <= 5
                    || token.kind == Kind::Word && token.len() == 1 && token.is_capitalised())
        });
        let short = !matches!(block.str(at), "of" | "principal" | "casa" | "interior");
        let closed = closes(block, at + 1);
        return if numbered && postal_code(block, number).is_none() {
            Some(number)
        } else {
            (DOORS.has(token) && short && closed).then_some(at)
        };
    }
    if token.gap > Gap::Blank {
        return None;
    }
    match token.kind {
        Kind::Number if token.len() <= 5 && postal_code(block, at).is_none() => {
            let lettered = token.shape.has(Shape::LETTER);
            let digits = block.str(at).bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 3 || !lettered && token.len() > 2 || lettered && block.str(at).chars().count() - digits > 2
            {
                return None;
            }
            let sign = usize::from(
                block.token(at + 1).is_some_and(|sign| sign.gap == Gap::None && sign.is_byte(b'.'))
                    && matches!(block.str(at + 2), "º" | "ª" | "o" | "a"),
            ) * 2
                + usize::from(matches!(block.str(at + 1), "°" | "º" | "ª"));
            (closes(block, at + sign + 1)).then_some(at + sign)
        }
        Kind::Word if token.len() == 1 && token.is_capitalised() => closes(block, at + 1).then_some(at),
        _ => None,
    }
}

/// Whether a part of an address can end before token `index`: at the line's end, punctuation, another part.
fn closes(block: &Block<'_>, index: usize) -> bool {
    block.token(index).is_none_or(|next| match next.kind {
        _ if next.gap >= Gap::Wide => true,
        Kind::Punctuation(byte) => !matches!(byte, b'/' | b':' | b'%' | b'_' | b'@'),
        Kind::Number => true,
        Kind::Word => next.is_capitalised() || DOORS.has(next),
    })
}

/// The last token of the postal code that starts at `at`: `28006`, `E-28006`, `C.P. 28006`, `1017 GP`, `1100-048`, `SW1A 2AA`.
pub(in super::super) fn postal_code(block: &Block<'_>, at: usize) -> Option<usize> {
    let token = block.token(at)?;
    let mut number = at;
    if token.kind == Kind::Word {
        if !COUNTRY_CODES.has(token) || !token.shape.is_upper() {
            return None;
        }
        // `E-28006`, `C.P. 28006`, `CP: 28006`
        number += 1;
        while number < at + 5
            && block
                .token(number)
                .is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'-' | b'.' | b':')) || block.str(number) == "P")
        {
            number += 1;
        }
        if number == at + 1 && token.len() < 2 {
            return None;
        }
    }
    let code = block.token(number).filter(|code| code.kind == Kind::Number && (number > at || code.gap <= Gap::Line))?;
    if !code.is_digits() {
        return lettered(block, number);
    }
    let is_town = |index: usize| block.token(index).is_some_and(Token::is_capitalised);
    if let Some(last) = super::super::postal_code::joined(block, number) {
        // `12 34` and `1234 AB` are many things; a town has to follow.
        return (block.tokens[number + 1].gap == Gap::None || is_town(last + 1)).then_some(last);
    }
    let goes_on = block
        .token(number + 1)
        .is_some_and(|mark| mark.gap == Gap::None && matches!(mark.kind, Kind::Punctuation(b'.' | b',' | b'-')))
        && block.token(number + 2).is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Number);
    match code.len() {
        // Four digits need a town after them, or a line of their own; a year does not do.
        4 => {
            let year = matches!(block.str(number).get(..2), Some("19" | "20"));
            let town = is_town(number + 1) && block.tokens[number + 1].gap == Gap::Blank && block.tokens[number + 1].len() > 2;
            let alone =
                block.token(number + 1).is_none_or(|next| next.gap >= Gap::Line || next.is_byte(b'.') || next.is_byte(b','));
            (number > at || (town || alone) && !year).then_some(number)
        }
        5 | 6 => (!goes_on).then_some(number),
        _ => None,
    }
}

/// The two halves of a British or Canadian code.
fn lettered(block: &Block<'_>, first: usize) -> Option<usize> {
    let outward = &block.tokens[first];
    let inward = block.token(first + 1)?;
    let fits = outward.shape.is_upper()
        && inward.shape.is_upper()
        && inward.gap == Gap::Blank
        && inward.len() == 3
        && (2..=4).contains(&outward.len());
    (fits && inward.kind == Kind::Number && inward.span().of(block.text).as_bytes().first().is_some_and(u8::is_ascii_digit))
        .then_some(first + 1)
}

/// A state code, a known place, or one more word: the last token, and whether it is certain.
fn place(block: &Block<'_>, at: usize) -> Option<(usize, bool)> {
    if block.tokens[at].len() == 2 && US_STATES.contains(&block.str(at)) {
        return Some((at, true));
    }
    if let Some((last, kind)) = place_at(block, at)
        && kind != PlaceKind::Demonym
    {
        return Some((last, true));
    }
    let lexeme = &block.lexeme(at);
    let before = block.before(at);
    (!lexeme.is_everyday()
        || block.tokens[at].gap >= Gap::Line
        || before.is_some_and(|before| matches!(before.kind, Kind::Punctuation(b',' | b'(' | b'>'))))
    .then_some((at, false))
}

/// The known place that starts at `at`: its last token and what it is.
fn place_at(block: &Block<'_>, at: usize) -> Option<(usize, PlaceKind)> {
    let hashes = (at..block.tokens.len().min(at + 5))
        .take_while(|index| *index == at || block.tokens[*index].gap <= Gap::Blank && block.tokens[*index].kind == Kind::Word)
        .map(|index| block.tokens[index].hash);
    let (words, place) = dictionary::places().longest(hashes)?;
    Some((at + words - 1, place.kind?))
}
