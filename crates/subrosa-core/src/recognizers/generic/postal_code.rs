//! Postal codes of many countries: after a label (`CP: 28035`), with a country's letter (`D-10115 Berlin`), before a town.
//!
//! *Misses by design*: digits alone. Codes of the United States, the United Kingdom and Canada have recognizers of their own.
//! *Confuses with*: amounts before a town's name (`10000 Madrid`): a comma, a line start or the like has to go before.
//! *References*: Universal Postal Union, *Postal addressing systems*.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::{self, PlaceKind};
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::{Cue, Cues, Words};
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Postal codes.
pub static RECOGNIZER: PostalCode = PostalCode {
    info: Info {
        module: module_path!(),
        entity: Entity::new("POSTAL_CODE"),
        summary: "Postal code that a label, a country's letter or a town shows to be one.",
        context: &[],
        negative_context: &[],
        hits: &[
            "CP: ⟦28035⟧.",
            "C.P. ⟦20230⟧, Aguascalientes",
            "PLZ ⟦10115⟧",
            "⟦D-10115⟧ Berlin",
            "Rosario, ⟦28013⟧ Madrid",
            "código postal ⟦08005⟧",
            "Amsterdam\n⟦1017 GP⟧ Amsterdam",
            "Sintra, ⟦2710-405⟧ Lisboa",
            "Zip code: ⟦394 13⟧",
        ],
        misses: &[
            "28035",
            "in 2019 Madrid won",
            "the 10000 Madrid fans",
            "HTTP 40400 Error",
            "A-5000 Series",
            "cap 5 mg",
            "In 1996, 2004 Athens",
            "in 1872, 1874 United Kingdom",
            "323 Brucia, 1508 Kemi",
        ],
    },
};

static CUES: Cues = Cues::new(
    &[
        "código postal",
        "cod postal",
        "c postal",
        "postal code",
        "postcode",
        "post code",
        "plz",
        "postleitzahl",
        "code postal",
        "codice postale",
        "c p",
        "cep",
        "postnummer",
        "postnr",
        "código postal es",
    ],
    &["cp", "cap"],
);
/// What introduces the code of the United States, which [`super::zip_code`] finds, and is said of others.
static ZIP: Cues = Cues::new(&["zip code", "zip", "zipcode"], &[]);
/// Letters of countries before a hyphen.
static COUNTRIES: Words = Words::new(&[
    "e", "d", "f", "i", "a", "ch", "b", "l", "nl", "p", "dk", "se", "s", "n", "fin", "es", "de", "fr", "it", "pt", "at", "be",
]);

/// See [`RECOGNIZER`].
pub struct PostalCode {
    info: Info,
}

impl Recognizer for PostalCode {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Digits { min: 3, max: 8 }]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let (block, at) = (site.block, site.token);
        if block.token(at).is_none_or(|token| !token.is_digits() || token.len() > 7) {
            return;
        }
        let mut push = |first: usize, last: usize, base: u16, pattern: &'static str| {
            let (span, base) = (block.span(first, last), Confidence::new(base));
            proposals.push(Proposal { span, base, pattern, verdict: Verdict::Unknown });
        };
        if let Some(first) = country(block, at) {
            push(first, at, 620, "country-letter");
        } else if let Some(last) = form(block, at)
            && stands_alone(block, at, last)
        {
            let american = last == at && block.tokens[at].len() == 5;
            if CUES.of(block, at).is_some_and(Cue::holds) || !american && ZIP.of(block, at).is_some() {
                push(at, last, 700, "label");
            } else if after_country(block, at, last) {
                push(at, last, 560, "after-country");
            } else if starts_part(block, at)
                && let Some(base) = before_town(block, at, last)
            {
                push(at, last, base, "before-town");
            }
        }
    }
}

/// `D-10115` before a town: the token of the letter.
fn country(block: &Block<'_>, at: usize) -> Option<usize> {
    let first = at.checked_sub(2)?;
    let letters = &block.tokens[first];
    let joined = block.tokens[at].gap == Gap::None && block.tokens[at - 1].is_byte(b'-') && block.tokens[at - 1].gap == Gap::None;
    if !joined || !letters.shape.is_upper() || !COUNTRIES.has(letters) || letters.gap == Gap::None {
        return None;
    }
    let town = at + 1 + usize::from(block.token(at + 1).is_some_and(|stop| stop.is_byte(b'.') || stop.is_byte(b',')));
    let capital = block.token(town).is_some_and(|token| token.gap <= Gap::Blank && token.is_capitalised() && token.len() > 2);
    match block.tokens[at].len() {
        5 => capital,
        4 => capital && known_town(block, town).is_some(),
        _ => false,
    }
    .then_some(first)
}

/// The last token of what is made like a postal code: `28035` and the forms of [`joined`].
fn form(block: &Block<'_>, at: usize) -> Option<usize> {
    joined(block, at).or_else(|| (3..=7).contains(&block.tokens[at].len()).then_some(at))
}

/// The last token of a code of two groups: `394 13`, `1017 GP`, `2710-405`, `53-320`, `01001-000`, `27601-1234`.
pub(super) fn joined(block: &Block<'_>, at: usize) -> Option<usize> {
    let first = block.token(at).filter(|token| token.is_digits())?;
    let next = block.token(at + 1)?;
    if next.gap == Gap::Blank {
        let swedish = first.len() == 3 && next.is_digits() && next.len() == 2;
        let dutch = first.len() == 4 && next.kind == Kind::Word && next.len() == 2 && next.shape.is_upper();
        return (swedish || dutch).then_some(at + 1);
    }
    let second = block.token(at + 2).filter(|token| token.gap == Gap::None && token.is_digits())?;
    let hyphen = next.gap == Gap::None && next.is_byte(b'-');
    let lengths = matches!((first.len(), second.len()), (4 | 5 | 2, 3) | (5, 4));
    (hyphen && lengths).then_some(at + 2)
}

fn stands_alone(block: &Block<'_>, at: usize, last: usize) -> bool {
    let before = block.tokens[at].gap == Gap::None
        && block
            .before(at)
            .is_some_and(|before| !matches!(before.kind, Kind::Punctuation(b':' | b'(' | b'.' | b'"' | b'>' | b'#')));
    let decimal = block.tokens[at].gap == Gap::None
        && block.before(at).is_some_and(|before| before.is_byte(b'.'))
        && at > 1
        && block.tokens[at - 2].kind == Kind::Number;
    let after = block.token(last + 1).is_some_and(|next| {
        next.gap == Gap::None
            && match next.kind {
                Kind::Punctuation(b'.' | b',' | b':' | b'-') => {
                    block.token(last + 2).is_some_and(|then| then.gap == Gap::None && then.kind == Kind::Number)
                }
                Kind::Punctuation(byte) => matches!(byte, b'/' | b'%' | b'_' | b'@'),
                Kind::Word | Kind::Number => true,
            }
    });
    !before && !decimal && !after
}

/// Whether a part of an address may start at `at`: a line, or after a comma, full stop or hyphen with a blank.
fn starts_part(block: &Block<'_>, at: usize) -> bool {
    let gap = block.tokens[at].gap;
    gap >= Gap::Line
        || gap >= Gap::Blank
            && block
                .before(at)
                .is_some_and(|before| matches!(before.kind, Kind::Punctuation(b',' | b'.' | b'-' | b';' | b'>' | b')')))
}

/// The confidence of a code before a known town.
fn before_town(block: &Block<'_>, at: usize, last: usize) -> Option<u16> {
    let mut town = last + 1;
    town += usize::from(block.token(town).is_some_and(|token| token.is_byte(b',') || token.is_byte(b'-') || token.is_byte(b'.')));
    let sure = known_town(block, town)?;
    let text = block.span(at, last).of(block.text);
    match text.len() {
        5 if last == at => Some(if sure { 600 } else { 400 }),
        4 if last == at => (sure && follows_house_number(block, at)).then_some(540),
        6 => Some(if last > at { 560 } else { 400 }),
        7..=9 => Some(600),
        _ => None,
    }
}

/// Whether a street's number goes before: `, 12. 5500 Mendoza`.
fn follows_house_number(block: &Block<'_>, at: usize) -> bool {
    at >= 2
        && block.tokens[at - 1].gap == Gap::None
        && (block.tokens[at - 2].kind == Kind::Number && block.tokens[at - 2].len() <= 3 || block.str(at - 2) == "n")
}

/// `New Zealand 1010` on a line of its own: whether a country stands before the code and nothing else on the line.
fn after_country(block: &Block<'_>, at: usize, last: usize) -> bool {
    if block.tokens[at].gap != Gap::Blank || block.token(last + 1).is_some_and(|next| next.gap < Gap::Line) {
        return false;
    }
    let mut first = block.line_start(at);
    first += usize::from(block.tokens[first].is_byte(b'>'));
    if first >= at || at - first > 4 {
        return false;
    }
    let hashes = (first..at).map(|index| block.tokens[index].hash);
    dictionary::places()
        .longest(hashes)
        .is_some_and(|(words, place)| words == at - first && place.kind == Some(PlaceKind::Country))
}

/// Whether a town or region known by that name stands at `at`, and is nothing else.
fn known_town(block: &Block<'_>, at: usize) -> Option<bool> {
    let token = block.token(at).filter(|token| token.gap <= Gap::Blank && token.is_capitalised())?;
    let hashes = (at..block.tokens.len().min(at + 4))
        .take_while(|index| *index == at || block.tokens[*index].gap <= Gap::Blank && block.tokens[*index].kind == Kind::Word)
        .map(|index| block.tokens[index].hash);
    let (_, place) = dictionary::places().longest(hashes)?;
    let kind = place.kind?;
    (kind != PlaceKind::Demonym && token.len() > 2).then_some(!place.ambiguous)
}
