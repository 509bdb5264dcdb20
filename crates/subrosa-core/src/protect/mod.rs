//! Names of people that are not people: `Parkinson's disease`, `Foley catheter`, `Glasgow Coma Scale`, `LA enlargement`.
//!
//! Medicine names its diseases, signs, devices and scales after people and places. Recognizers of names ask here before they
//! propose. The answer is `true` only where the words around say so: a name in the genitive before `disease` may be the
//! patient's own (`Maria's disease`), so that form asks for a name that is known to stand for something. Taking a person for
//! a disease leaves a name in the text, which is worse than the opposite; in doubt the answer is `false`.
//!
//! *Not done*: places and drugs that are names where nothing around tells (`Florence was given`, `Paris was admitted`).
//! *References*: the names are in `dictionaries/hand/eponym.txt`; list and nouns are written by hand from common usage.

use crate::block::Block;
use crate::dictionary::{self, HealthKind, WordClass, phrase_hash, stem_hash};
use crate::health::Origin;
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};

mod words;

use words::{
    DETERMINERS, DEVICES, DISEASES, DISEASES_OR_PEOPLE, DOUBTFUL_THINGS, DRUGS, HANDLED, MEASURES, TAKING, THINGS, UNITS,
};

#[cfg(test)]
mod tests;

/// Whether the words `first..=last`, which could be a name, stand for a disease, device, scale, drug or part of the body.
///
/// Tokens are counted in the block. Costs a few table lookups, so ask after the cheap checks and before proposing.
pub fn is_protected(block: &Block<'_>, first: usize, last: usize) -> bool {
    if last < first || block.token(last).is_none() {
        return false;
    }
    in_health_term(block, first, last)
        || is_thing(block, first, last)
        || is_alone(block, first, last)
        || is_drug(block, first, last)
        || is_body_part(block, first, last)
}

/// Whether the words are inside of a listed or composed term, or one themselves.
fn in_health_term(block: &Block<'_>, first: usize, last: usize) -> bool {
    let terms = block.health_terms();
    terms.get(terms.partition_point(|term| term.last < first)).is_some_and(|term| {
        // The name alone, or its genitive: `Parkinson's`.
        let end = after_genitive(block, last).map_or(last, |next| next - 1);
        let whole = term.first == first && (term.last == last || term.last == end);
        // What is only formed like a term may be a surname, and an everyday word proves nothing.
        let sure = matches!(term.origin, Origin::Listed | Origin::Composed) && !term.ambiguous;
        term.first <= first && last <= term.last && sure && (!whole || !is_lone_name(block, first, last))
    })
}

/// A single word with a capital that a list has as a frequent name.
fn is_lone_name(block: &Block<'_>, first: usize, last: usize) -> bool {
    first == last
        && block.token(first).is_some_and(|token| {
            token.is_capitalised() && dictionary::names().get(token.hash).is_some_and(|name| name.given.max(name.surname) >= 2)
        })
}

/// `Foley catheter`, `Babinski's sign`, `Glasgow Coma Scale`; the noun may be the last of the words given, or follow them.
fn is_thing(block: &Block<'_>, first: usize, last: usize) -> bool {
    let noun_inside = last > first && (THINGS.at(block, last) || DOUBTFUL_THINGS.at(block, last));
    let mut name_end = if noun_inside { before_genitive(block, last - 1) } else { last };
    // `Glasgow Coma Scale`: all but the name are nouns.
    while noun_inside && name_end > first && (THINGS.at(block, name_end) || DOUBTFUL_THINGS.at(block, name_end)) {
        name_end -= 1;
    }
    if name_end < first {
        return false;
    }
    let genitive = after_genitive(block, name_end);
    let noun = if noun_inside { last } else { genitive.unwrap_or(name_end + 1) };
    let Some(token) = block.token(noun) else { return false };
    // A noun with a capital on the next line is a label of its own: `Foley`, a line end, `Test:`.
    let wrapped = token.gap == Gap::Line && !token.is_capitalised();
    if token.gap != Gap::Blank && !wrapped {
        return false;
    }
    let known = is_eponym(block, first, name_end);
    if THINGS.at(block, noun) {
        // Any surname, or several joined by hyphens, unless it may be the owner's.
        let any = || genitive.is_none() && !token.is_capitalised() && is_joined(block, first, name_end);
        return known || any() && !is_given_name(block, first);
    }
    if DOUBTFUL_THINGS.at(block, noun) {
        return known;
    }
    // An adjective between: `Babinski plantar reflex`, `Colles wrist fracture`.
    let lower = block.token(noun).is_some_and(|token| token.kind == Kind::Word && !token.is_capitalised());
    known && lower && THINGS.at(block, noun + 1) && block.token(noun + 1).is_some_and(|token| token.gap == Gap::Blank)
}

/// Whether the word is a given name that many bear.
fn is_given_name(block: &Block<'_>, at: usize) -> bool {
    block.token(at).is_some_and(|token| dictionary::names().get(token.hash).is_some_and(|name| name.given >= 2))
}

/// `Crohn's` alone, `a Foley`, `negative Romberg`.
fn is_alone(block: &Block<'_>, first: usize, last: usize) -> bool {
    if let Some(next) = after_genitive(block, last) {
        let name = first == last;
        return name
            && (DISEASES.at(block, last) || DISEASES_OR_PEOPLE.at(block, last) && ends_phrase(block, next))
            && !after_title(block, first);
    }
    if first != last || !DEVICES.at(block, first) || after_title(block, first) {
        return false;
    }
    // `Foley removed.`: nobody removed anything.
    let handled = block.token(first + 1).is_some_and(|token| token.gap == Gap::Blank) && HANDLED.at(block, first + 1);
    let whole = block.token(first + 2).is_none_or(|token| token.gap >= Gap::Line || matches!(token.kind, Kind::Punctuation(_)));
    handled && whole
        || first > 0
        && block.token(first).is_some_and(|token| token.gap == Gap::Blank)
        && DETERMINERS.at(block, first - 1)
        // `by Foley` at the end of a sentence may be a person.
        && !block.str(first - 1).eq_ignore_ascii_case("by")
}

/// `Allegra 180 mg`, `taking Yasmin`.
fn is_drug(block: &Block<'_>, first: usize, last: usize) -> bool {
    if first != last {
        return false;
    }
    if DRUGS.at(block, first) {
        let before = first > 0 && TAKING.at(block, first - 1);
        return before || is_dose(block, first + 1);
    }
    // A dose alone does not follow a person; a lone number may be an age.
    is_dose(block, first + 1)
}

/// A number and a unit, in one token (`180mg`) or two, or a unit that needs no number (`tablets`).
fn is_dose(block: &Block<'_>, at: usize) -> bool {
    let Some(number) = block.token(at).filter(|token| token.kind == Kind::Number && token.gap == Gap::Blank) else {
        return false;
    };
    let text = block.str(at);
    if let Some(unit) = text.find(|character: char| character.is_ascii_alphabetic()) {
        return number.len() <= 8 && matches!(text.get(unit..), Some("mg" | "mcg" | "ml" | "mL" | "g" | "MG"));
    }
    let decimal = block.token(at + 1).is_some_and(|stop| stop.is_byte(b'.') && stop.gap == Gap::None)
        && block.token(at + 2).is_some_and(|next| next.is_digits() && next.gap == Gap::None);
    let unit = at + if decimal { 3 } else { 1 };
    block.token(unit).is_some_and(|token| token.gap <= Gap::Blank)
        && UNITS.at(block, unit)
        && matches!(block.str(unit).to_ascii_lowercase().as_str(), "mg" | "mcg" | "ug" | "ml" | "meq" | "units" | "iu" | "g")
}

/// `LA enlargement`, `PA view`, `MS exacerbation`: two or three capitals before a clinical word.
fn is_body_part(block: &Block<'_>, first: usize, last: usize) -> bool {
    let Some(token) =
        block.token(first).filter(|token| first == last && (2..=3).contains(&token.len()) && token.shape.is_upper())
    else {
        return false;
    };
    let Some(next) = block.token(last + 1).filter(|next| next.gap == Gap::Blank && next.kind == Kind::Word) else { return false };
    let clinical = || {
        let kind =
            dictionary::health().get(stem_hash(block.str(last + 1))).filter(|info| !info.ambiguous).and_then(|info| info.kind);
        matches!(kind, Some(HealthKind::Site | HealthKind::Head | HealthKind::Condition | HealthKind::Procedure))
    };
    token.kind == Kind::Word && !next.shape.is_upper() && (MEASURES.at(block, last + 1) || clinical())
}

/// Whether the words are a name that is known to stand for something, all of it: `Foley`, `Braxton Hicks`, `Guillain-Barré`.
fn is_eponym(block: &Block<'_>, first: usize, last: usize) -> bool {
    let mut phrase = None;
    for token in block.tokens.iter().take(last + 1).skip(first).filter(|token| token.kind == Kind::Word) {
        phrase = Some(phrase.map_or(token.hash, |phrase| phrase_hash(phrase, token.hash)));
    }
    let eponym = |hash| dictionary::classes().get(hash).is_some_and(|class| class.is(WordClass::Eponym));
    // A genitive without an apostrophe: `Downs syndrome`, `Bells palsy`.
    let plain = || first == last && block.str(first).strip_suffix('s').is_some_and(|name| eponym(dictionary::word_hash(name)));
    phrase.is_some_and(eponym) || plain()
}

/// Whether all words are joined by hyphens: one word is.
fn is_joined(block: &Block<'_>, first: usize, last: usize) -> bool {
    block.tokens.iter().take(last + 1).skip(first + 1).all(|token| token.gap == Gap::None)
}

/// The token after `'s` or a lone apostrophe behind token `at`.
fn after_genitive(block: &Block<'_>, at: usize) -> Option<usize> {
    let mark = block.token(at + 1).filter(|mark| mark.is_byte(b'\'') && mark.gap == Gap::None)?;
    let s = block.token(at + 2).is_some_and(|s| s.gap == Gap::None && block.str(at + 2).eq_ignore_ascii_case("s"));
    let plural = block.str(at).ends_with(['s', 'S', 'z', 'x']);
    (s || plural && !mark.is_empty()).then_some(at + 2 + usize::from(s))
}

/// The last token of a name that ends at `at`, its `'s` left out.
fn before_genitive(block: &Block<'_>, at: usize) -> usize {
    (0..=2).filter_map(|back| at.checked_sub(back)).find(|name| after_genitive(block, *name) == Some(at + 1)).unwrap_or(at)
}

/// Whether no word that could be owned follows: `has Parkinson's.`, `Parkinson's and dementia`.
fn ends_phrase(block: &Block<'_>, next: usize) -> bool {
    static AFTER: Words =
        Words::new(&["and", "or", "is", "was", "with", "in", "but", "for", "since", "at", "on", "when", "as", "which", "who"]);
    block.token(next).is_none_or(|token| token.gap >= Gap::Paragraph || token.kind != Kind::Word || AFTER.has(token))
}

/// `Dr Foley`, `Mrs. Graves`.
fn after_title(block: &Block<'_>, first: usize) -> bool {
    let stop = first > 0 && block.token(first - 1).is_some_and(|token| token.is_byte(b'.'));
    let Some(title) = first.checked_sub(1 + usize::from(stop)).and_then(|at| block.token(at)) else { return false };
    title.is_capitalised() && dictionary::classes().get(title.hash).is_some_and(|class| class.is(WordClass::Honorific))
}
