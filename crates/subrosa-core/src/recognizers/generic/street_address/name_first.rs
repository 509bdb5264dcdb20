//! Street first: `Calle Mayor 12`, `C/ Sauceda nº 3`, `Avda. del Río s/n`, `Hauptstraße 5`, `Berliner Str. 12`.

use crate::block::Block;
use crate::keyword::{Classes, classes};
use crate::recognizer::Proposal;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind, Token};

use super::push;
use super::tail::{postal_code, rest};

/// Small words inside a street's name.
static CONNECTORS: Words = Words::new(&[
    "de", "del", "la", "las", "los", "el", "y", "i", "d", "l", "da", "do", "dos", "das", "des", "du", "di", "della", "delle",
    "dei", "degli", "dell", "der", "den", "dem", "van", "von", "le", "les", "et", "e", "na", "santa", "san",
]);
/// Street words after which a name in lower case is believed as well.
static SURE: Words = Words::new(&[
    "calle",
    "calla",
    "avda",
    "avenida",
    "avenido",
    "paseo",
    "carrer",
    "rúa",
    "glorieta",
    "ronda",
    "callejón",
    "travesía",
    "c",
    "avd",
    "ctra",
]);
/// Street words that also stand in lower case, before a capital.
static LOWER: Words = Words::new(&[
    "calle",
    "avenida",
    "paseo",
    "carrer",
    "rue",
    "avenue",
    "boulevard",
    "chemin",
    "rua",
    "ulica",
    "ul",
    "plaza",
    "viale",
    "piazza",
    "c",
    "ctra",
    "carretera",
    "quai",
]);
/// What may stand before a house number.
static NUMBER_WORDS: Words = Words::new(&["nº", "n", "no", "num", "núm", "número", "nr", "km", "nro"]);

/// Most tokens of a name.
const LONGEST: usize = 14;

/// An address whose street word stands at `at`.
pub(super) fn from_word(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let word = &block.tokens[at];
    let letter = word.len() == 1;
    let slash = block.token(at + 1).is_some_and(|next| next.gap == Gap::None && next.is_byte(b'/'));
    if letter != slash || !word.is_capitalised() && !LOWER.has(word) {
        return;
    }
    // `AV` in capitals is visual acuity and more, unless a full stop follows.
    if word.len() == 2 && word.shape.is_upper() && !block.token(at + 1).is_some_and(|next| next.is_byte(b'.')) {
        return;
    }
    let mut first = at + 1 + usize::from(slash);
    while first < at + 4
        && block
            .token(first)
            .is_some_and(|token| token.gap == Gap::None && matches!(token.kind, Kind::Punctuation(b'.' | b'/' | b',')))
    {
        first += 1;
    }
    if slash && block.token(first).is_some_and(|next| next.gap == Gap::None && next.len() == 1) {
        return; // `C/D`
    }
    let Some((name_end, capitals)) = name(block, first) else {
        numbered(block, at, first, proposals);
        return;
    };
    let sure = SURE.has(word) && (word.is_capitalised() || letter);
    if capitals == 0 && !sure {
        return;
    }
    if let Some(last) = house_number(block, name_end) {
        let (last, more) = rest(block, last);
        let base = if capitals == 0 && !more { 560 } else { 740 };
        push(block, at, last, base, "street-and-number", proposals);
    } else if capitals > 0 {
        // Without a number only before a postal code and a town.
        let mut next = name_end + 1;
        while next < name_end + 4
            && block.token(next).is_some_and(|token| matches!(token.kind, Kind::Punctuation(b'.' | b',' | b'-')))
        {
            next += 1;
        }
        if block.token(next).is_some_and(|token| token.gap <= Gap::Line) && postal_code(block, next).is_some() {
            push(block, at, rest(block, name_end).0, 680, "street-and-postal-code", proposals);
        }
    }
}

/// `Calle 78b No. 69-24`, `Carrera 7 # 71-21`: streets that have numbers for names.
fn numbered(block: &Block<'_>, at: usize, first: usize, proposals: &mut Vec<Proposal>) {
    if block.token(first).is_none_or(|token| token.kind != Kind::Number || token.len() > 4 || token.gap > Gap::Blank) {
        return;
    }
    let mut next = first + 1;
    let marked = block.token(next).is_some_and(|token| token.is_byte(b'#') || NUMBER_WORDS.has(token));
    next += usize::from(marked);
    next += usize::from(block.token(next).is_some_and(|token| {
        token.is_byte(b'.') || !token.shape.has(crate::token::Shape::DIGIT) && token.kind == Kind::Punctuation(0)
    }));
    if marked && let Some(last) = number(block, next) {
        push(block, at, rest(block, last).0, 720, "numbered-street", proposals);
    }
}

/// The name of a street from `first` on: its last token, and how many of its words have a capital.
pub(super) fn name(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    let (mut last, mut capitals, mut words) = (None, 0, 0);
    let mut index = first;
    while let Some(token) = block.token(index).filter(|token| index < first + LONGEST && token.gap <= Gap::Blank) {
        match token.kind {
            Kind::Word
                if words >= 7 || block.str(index).eq_ignore_ascii_case("s") && house_number(block, index - 1).is_some() =>
            {
                break;
            }
            Kind::Word if NUMBER_WORDS.has(token) && house_number(block, index - 1).is_some() => break,
            Kind::Word => {
                capitals += usize::from(token.is_capitalised() && token.len() > 1);
                words += 1;
                last = Some(index);
            }
            Kind::Punctuation(b'.') if block.tokens[index - 1].len() <= 4 && token.gap == Gap::None => {}
            Kind::Punctuation(b'\'') => {}
            Kind::Punctuation(b'-') if token.gap == Gap::None => {}
            // `Calle 12 de Octubre, 5`: a number inside the name.
            Kind::Number if block.str(index + 1) == "de" && block.token(index + 2).is_some_and(Token::is_capitalised) => {
                words += 1;
            }
            Kind::Number | Kind::Punctuation(_) => break,
        }
        // A word in lower case that is no connector ends the name, unless a number follows soon.
        if token.kind == Kind::Word && !token.is_capitalised() && !CONNECTORS.has(token) {
            let numbered = (index..index + 3).any(|near| house_number(block, near).is_some());
            if !numbered || capitals > 0 && house_number(block, index).is_none() {
                if capitals > 0 {
                    last = (first..index).rev().find(|word| block.tokens[*word].is_capitalised());
                } else {
                    return None;
                }
                break;
            }
        }
        index += 1;
    }
    // Not a connector at its end.
    let mut end = last?;
    while end > first
        && block.tokens[end].kind == Kind::Word
        && CONNECTORS.has(&block.tokens[end])
        && !block.tokens[end].is_capitalised()
    {
        end -= 1;
    }
    Some((end, capitals))
}

/// The house number after token `name`: `12`, `, nº 12`, `, s/n`, `km 9,100`. Its last token.
pub(super) fn house_number(block: &Block<'_>, name: usize) -> Option<usize> {
    let mut at = name + 1;
    for _ in 0..5 {
        let token = block.token(at)?;
        let after_comma = token.gap == Gap::Wide && block.tokens[at - 1].is_byte(b',');
        if token.gap > Gap::Blank && !after_comma {
            return None;
        }
        match token.kind {
            Kind::Punctuation(b',' | b'.' | b'#' | b'-' | 0)
                if at == name + 1 || token.gap == Gap::None || token.is_byte(b'#') =>
            {
                at += 1;
            }
            Kind::Word if NUMBER_WORDS.has(token) || block.str(at) == "º" => at += 1,
            Kind::Word if block.str(at).eq_ignore_ascii_case("sn") => return Some(at),
            Kind::Word if block.str(at).eq_ignore_ascii_case("s") => {
                let slash = block.token(at + 1).is_some_and(|slash| slash.is_byte(b'/'));
                return (slash && block.str(at + 2).eq_ignore_ascii_case("n")).then_some(at + 2);
            }
            Kind::Number => return number(block, at),
            Kind::Word | Kind::Punctuation(_) => return None,
        }
    }
    None
}

/// A house number that starts at `at`: `12`, `4B`, `340-350`, `9,100`.
fn number(block: &Block<'_>, at: usize) -> Option<usize> {
    let token = block.token(at)?;
    if token.kind != Kind::Number || token.len() > 5 {
        return None;
    }
    let further = block
        .token(at + 1)
        .is_some_and(|mark| mark.gap == Gap::None && matches!(mark.kind, Kind::Punctuation(b'-' | b'/' | b',' | b'.')))
        && block.token(at + 2).is_some_and(|next| next.gap == Gap::None && next.kind == Kind::Number && next.len() <= 5);
    let decimal = further
        && block.token(at).is_some_and(|token| token.len() == 1)
        && !block.str(at + 1).starts_with(['-', '/'])
        && block.tokens[at + 2].len() < 3
        && block.tokens[at + 2].is_digits();
    if block.token(at + 1).is_some_and(|next| next.is_byte(b'%')) || decimal && block.str(at) == "0" {
        return None;
    }
    Some(if further { at + 2 } else { at })
}

/// Endings of street names that take the number after them: German, Dutch, Nordic, Hungarian.
const ENDINGS: &[&str] = &[
    "straße",
    "strasse",
    "gasse",
    "platz",
    "allee",
    "chaussee",
    "promenade",
    "weg",
    "straat",
    "laan",
    "gracht",
    "plein",
    "kade",
    "singel",
    "dijk",
    "vägen",
    "gatan",
    "gränd",
    "veien",
    "vegen",
    "gata",
    "vej",
    "gade",
    "allé",
    "katu",
    "kuja",
    "antie",
    "untie",
    "utca",
    "stræti",
    "straeti",
    "braut",
    "vegur",
    "ulice",
];
/// The same as words of their own: `Berliner Str. 12`, `Erzsébet tér 19`.
static LAST_WORDS: Words = Words::new(&[
    "str", "straße", "strasse", "platz", "allee", "weg", "ring", "damm", "ufer", "utca", "u", "út", "tér", "útja", "gata",
    "gate", "vej", "allé", "laan", "plein", "tie", "katu",
]);

/// `Hauptstraße 5`, `Berliner Str. 12`: the street that ends before the number at `at`.
pub(super) fn before_number(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let number = &block.tokens[at];
    if number.gap > Gap::Blank || number.gap == Gap::None || number.len() > 5 || at == 0 {
        return;
    }
    let mut before = at - 1;
    if (block.tokens[before].is_byte(b',') || block.tokens[before].is_byte(b'.')) && before > 0 {
        before -= 1;
    }
    let word = &block.tokens[before];
    if word.kind != Kind::Word {
        return;
    }
    let mut first = before;
    let alone = LAST_WORDS.has(word)
        && before > 0
        && block.tokens[before].gap == Gap::Blank
        && (block.tokens[before - 1].is_capitalised() || block.tokens[before - 1].is_byte(b'.'));
    if alone {
        first -= 1;
        if word.is_capitalised() || word.len() > 1 {
            while first > 0
                && block.tokens[first].gap == Gap::Blank
                && block.tokens[first - 1].is_capitalised()
                && before - first < 3
            {
                first -= 1;
            }
        }
        if !block.tokens[first].is_capitalised() {
            return;
        }
    } else {
        let name = block.str(before);
        let fits = word.is_capitalised() && name.len() >= 7 && {
            let lower = name.to_lowercase();
            ENDINGS.iter().any(|ending| lower.len() > ending.len() + 2 && lower.ends_with(ending))
        };
        if !fits {
            return;
        }
        // `Brucker Bundesstraße`, `Große Elbstraße`
        let adjective =
            first.checked_sub(1).filter(|index| block.tokens[first].gap == Gap::Blank && block.tokens[*index].is_capitalised());
        if let Some(adjective) = adjective.filter(
            |index| matches!(block.str(*index), word if word.ends_with("er") || word.ends_with("ße") || word.ends_with("te")),
        ) {
            first = adjective;
        }
    }
    // A date or a clock time is no house number: `Marktplatz 12.30`, `Allee 5. Mai`.
    let dated = block.token(at + 1).is_some_and(|stop| stop.is_byte(b'.'))
        && block.token(at + 2).is_some_and(|month| classes(month).any(Classes::MONTH));
    if dated {
        return;
    }
    // A postal code may stand before the street.
    if first > 0
        && block.tokens[first].gap == Gap::Blank
        && block.tokens[first - 1].is_digits()
        && block.tokens[first - 1].len() <= 5
    {
        first -= 1;
    }
    push(block, first, rest(block, at).0, 720, "street-and-number", proposals);
}

/// Words of buildings' names that end where a street's name begins.
static BUILDINGS: Words = Words::new(&[
    "hospital",
    "universidad",
    "universitario",
    "centro",
    "clínica",
    "instituto",
    "facultad",
    "complejo",
    "general",
    "salud",
    "universitari",
]);

/// `Los Alisos, 10. 13002 Ciudad Real`: a name without a street word, its number, and at `code` the postal code before a town.
pub(super) fn before_code(block: &Block<'_>, code: usize, proposals: &mut Vec<Proposal>) {
    let token = &block.tokens[code];
    let town = block.token(code + 1).is_some_and(|town| town.gap == Gap::Blank && town.is_capitalised() && town.len() > 2);
    if token.len() != 5 || !token.is_digits() || !town || token.gap > Gap::Line {
        return;
    }
    // Back over punctuation, floor and door to the name.
    let (mut at, mut numbered) = (code, false);
    let name = loop {
        let Some(before) = at.checked_sub(1).filter(|before| code - before < 10 && block.tokens[at].gap <= Gap::Blank) else {
            return;
        };
        let word = &block.tokens[before];
        match word.kind {
            Kind::Number if word.len() <= 5 => numbered |= word.len() <= 4,
            Kind::Punctuation(b'.' | b',' | b'-' | b'/' | 0) => {}
            Kind::Word if word.len() <= 2 => numbered |= block.str(before).eq_ignore_ascii_case("n"),
            Kind::Word if word.is_capitalised() => break before,
            Kind::Word if super::tail::is_door(word) => {}
            _ => return,
        }
        at = before;
    };
    if !numbered {
        return;
    }
    let mut first = name;
    while first > 0 && name - first < 4 && block.tokens[first].gap == Gap::Blank {
        let before = &block.tokens[first - 1];
        if before.kind != Kind::Word || !(before.is_capitalised() || CONNECTORS.has(before)) || BUILDINGS.has(before) {
            break;
        }
        first -= 1;
    }
    while first < name && !block.tokens[first].is_capitalised() {
        first += 1;
    }
    push(block, first, rest(block, code).0, 680, "name-number-code", proposals);
}
