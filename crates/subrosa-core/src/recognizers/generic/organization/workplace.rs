//! Where somebody works: `works as a clerk at Q7 Group`, `employed by J2 Holdings Ltd`, `arbeitet als Fahrer bei Globex`.
//!
//! The words before say that a name follows, so it is taken as it is written: with digits, in capitals, up to its legal form. A
//! number or code between the name and the end of the sentence is part of it (`Studio 54`, `Depot DL-0146`), unless it is a year.

use crate::block::Block;
use crate::dictionary::WordClass;
use crate::keyword::{Classes, classes};
use crate::recognizers::cue::Words;
use crate::span::Span;
use crate::token::{Gap, Kind, Shape};

/// Verbs of work, of which an employer may be told.
static VERBS: Words = Words::new(&[
    "works",
    "worked",
    "work",
    "working",
    "employed",
    "trabaja",
    "trabajaba",
    "trabajó",
    "empleado",
    "empleada",
    "arbeitet",
    "arbeitete",
    "travaille",
    "travaillait",
    "lavora",
    "lavorava",
    "werkt",
    "werkte",
    "trabalha",
    "trabalhava",
]);
/// What stands before an employer's name.
static AT: Words =
    Words::new(&["at", "for", "by", "en", "para", "bei", "chez", "pour", "presso", "per", "bij", "voor", "na", "no"]);
static ARTICLES: Words = Words::new(&["the", "el", "la", "der", "dem", "le", "il", "lo", "de", "het", "o", "a"]);
/// Words with a capital that begin another sentence, or are people.
static OTHERS: Words = Words::new(&[
    "i",
    "he",
    "she",
    "they",
    "his",
    "her",
    "their",
    "home",
    "night",
    "nights",
    "christmas",
    "easter",
    "thanksgiving",
    "halloween",
    "navidad",
    "weihnachten",
    "noël",
    "natale",
    "kerst",
]);
static SAINTS: Words = Words::new(&["st", "ste", "saint", "san", "santa", "sankt", "são"]);
static FORMS: Words = Words::new(&["plc", "ltd", "inc", "llc", "gmbh", "oy", "ab", "bv", "spa", "sl", "sarl"]);
/// Most words between verb and employer.
const BETWEEN: usize = 12;
/// Most words, numbers and signs of a name.
const LONGEST: usize = 12;

/// Calls `found` with the name of each workplace.
pub(super) fn workplaces(block: &Block<'_>, mut found: impl FnMut(Span)) {
    for keyword in block.keywords(Classes::WORK) {
        if VERBS.at(block, keyword.token)
            && let Some((first, last)) = employer(block, keyword.token)
        {
            found(block.span(first, last));
        }
    }
}

fn employer(block: &Block<'_>, verb: usize) -> Option<(usize, usize)> {
    for index in verb + 1..=verb + BETWEEN {
        let token = block.token(index).filter(|token| token.gap <= Gap::Line)?;
        let goes_on = matches!(token.kind, Kind::Word | Kind::Number | Kind::Punctuation(b'-' | b'/' | b'(' | b')' | b'\''));
        if !goes_on {
            return None;
        }
        if AT.has(token) {
            let first = index + 1 + usize::from(ARTICLES.at(block, index + 1));
            if let Some(name) = name(block, first) {
                return Some(name);
            }
        }
    }
    None
}

/// The name that begins at a token: capitals, digits and what joins them.
fn name(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    let token = block.token(first).filter(|token| token.gap <= Gap::Line)?;
    let time = Classes::WEEKDAY.and(Classes::MONTH).and(Classes::NUMBER);
    let class = |index: usize, class: WordClass| block.lexeme(index).is(class);
    if !has_capital(block, first)
        || OTHERS.at(block, first)
        || (classes(token).any(time) && !has_capital(block, first + 1) || class(first, WordClass::Honorific))
            && !SAINTS.at(block, first)
        || class(first, WordClass::Relationship)
    {
        return None;
    }
    let mut last = first;
    for index in first + 1..first + LONGEST {
        let Some(token) = block.token(index).filter(|token| token.gap <= Gap::Blank) else { break };
        let touches = token.gap == Gap::None;
        let touched = block.token(index + 1).is_some_and(|next| next.gap == Gap::None);
        let part = has_capital(block, index) && !OTHERS.at(block, index)
            || token.kind == Kind::Number && (token.shape.has(Shape::LETTER) || touches)
            || class(index, WordClass::LegalForm)
            // Of words in small letters dictionaries are not asked.
            || FORMS.at(block, index);
        let joint = match token.kind {
            Kind::Punctuation(b'&' | b'+') => true,
            Kind::Punctuation(b'/' | b'-' | b'\'') => touches && touched,
            Kind::Punctuation(b'.') => touches && (touched || SAINTS.at(block, index - 1)),
            Kind::Punctuation(b',') => class(index + 1, WordClass::LegalForm),
            _ => matches!(block.str(index), "of" | "the" | "de" | "s"),
        };
        if part {
            last = index;
        } else if !joint {
            break;
        }
    }
    Some((first, code(block, last + 1).unwrap_or(last)))
}

/// Where the number or code ends that stands between a name and the end of its sentence.
fn code(block: &Block<'_>, first: usize) -> Option<usize> {
    let token = block.token(first).filter(|token| token.gap <= Gap::Wide)?;
    let before = block.token(first - 1)?;
    // Two blanks are a slip of the keyboard, more a column.
    if token.start - before.end > 2 || !(token.kind == Kind::Number || has_capital(block, first)) {
        return None;
    }
    let mut last = first;
    while last - first < LONGEST && block.token(last + 1).is_some_and(|next| next.gap == Gap::None) {
        last += 1;
    }
    let stop = matches!(block.token(last)?.kind, Kind::Punctuation(b'.' | b';'));
    let ends = block.token(last + 1).is_none_or(|next| next.gap >= Gap::Line || stop && block.begins_sentence(last + 1));
    last -= usize::from(stop && last > first);
    let text = block.span(first, last).of(block.text);
    let is_code = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-/.".contains(&byte));
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_year = text.len() == 4 && ["19", "20"].iter().any(|century| text.starts_with(century));
    (ends && is_code && has_digit && !is_year).then_some(last)
}

fn has_capital(block: &Block<'_>, index: usize) -> bool {
    block.str(index).chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marked;
    use crate::token::tokenise;

    #[test]
    fn workplaces_and_none() {
        let table = [
            "She works as a time clerk at ⟦Q7 Group⟧.",
            "He worked for 5 years as a nurse at ⟦St. Brigid Infirmary⟧ and then",
            "employed by ⟦J2 Holdings Limited⟧, a firm",
            "employed by ⟦ACME FOODS⟧ 5 years ago; worked at ⟦Globex⟧ 2019   and after",
            "is working at the ⟦Bank of Ruritania⟧ as",
            "works at ⟦ACME/GLOBEX HOLDING⟧   Ward B",
            "works as a clerk at ⟦Globex Co.Ltd⟧..",
            "works as a nurse at ⟦Globex Sciences plc⟧.",
            "works as a nurse at ⟦Studio 54⟧. She",
            "works at ⟦ACME HOLDING  DL-0146⟧.\n\nNext",
            "works at ⟦ACME HOLDING 0.5⟧.\n\nNext",
            "worked at ⟦Globex⟧ 2019. Now works at ⟦Globex⟧ 40 hours",
            "Sie arbeitet als Fahrerin bei ⟦Globex Widgets⟧ in Linz",
            "trabaja como enfermera en ⟦Clínica Ruritana⟧",
            "She works at home for Mr. Smith, nights for her mother",
            "works at night. The bank was closed",
            "has worked on Monday for Christmas at school",
            "works for Dr. Jones",
        ];
        for marked in table {
            let (text, expected) = marked::read(marked);
            let mut tokens = Vec::new();
            tokenise(&text, &mut tokens);
            let mut found = Vec::new();
            workplaces(&Block::new(&text, &tokens, &[]), |span| found.push(span.of(&text).to_owned()));
            assert_eq!(found, expected, "{text}");
        }
    }
}
