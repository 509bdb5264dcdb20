//! Towns, regions, countries and other named places.
//!
//! *Misses by design*: towns in no list (under 12,000 inhabitants) unless a word such as `County` or `River` says so.
//! *Confuses with*: people and firms named after towns; the longer name wins.
//! *References*: GeoNames, Unicode CLDR; see `dictionaries/SOURCES.toml`.

use crate::block::Block;
use crate::confidence::Confidence;
use crate::dictionary::{self, PlaceInfo, PlaceKind, WordClass};
use crate::entity::Entity;
use crate::recognizer::{Info, Proposal, Recognizer, Site, Trigger};
use crate::recognizers::cue::Words;
use crate::token::{Gap, Kind};
use crate::verdict::Verdict;

/// Named places.
pub static RECOGNIZER: Location = Location {
    info: Info {
        module: module_path!(),
        entity: Entity::LOCATION,
        summary: "Town, region, country or other named place.",
        context: &[
            ":city",
            ":town",
            ":place",
            ":location",
            ":country",
            ":state",
            ":county",
            ":province",
            ":birthplace",
            ":place of birth",
            ":residence",
            ":ciudad",
            ":provincia",
            ":localidad",
            ":país",
            ":ville",
            ":pays",
            ":stadt",
            ":ort",
        ],
        negative_context: &[],
        hits: &[
            "She moved from ⟦Boston⟧ to ⟦Nairobi⟧ in spring.",
            "born in ⟦Sri Lanka⟧",
            "He lives near ⟦Cedar County⟧.",
            "Place of birth: ⟦Obervellach⟧",
        ],
        misses: &["A nice bath and some reading.", "The page was mobile."],
    },
};

/// Words that make a place of the name before them, with a capital: `Cedar County`, `Blue Lake`.
static HEADS_AFTER: Words = Words::new(&[
    "county",
    "river",
    "island",
    "islands",
    "mountain",
    "mountains",
    "valley",
    "park",
    "bay",
    "beach",
    "square",
    "bridge",
    "airport",
    "station",
    "district",
    "province",
    "region",
    "village",
    "township",
    "lake",
    "hills",
    "creek",
    "canyon",
    "falls",
    "forest",
    "desert",
    "peninsula",
    "coast",
    "harbor",
    "harbour",
    "heights",
    "springs",
    "palace",
    "castle",
    "cathedral",
    "parish",
    "borough",
    "oblast",
    "prefecture",
    "sea",
    "ocean",
    "gulf",
    "plaza",
]);
/// Words that make a place of the name after them: `Lake Placid`, `Mount Kenya`, and with `of`: `Republic of …`.
static HEADS_BEFORE: Words = Words::new(&[
    "lake", "mount", "mt", "fort", "port", "cape", "isle", "camp", "san", "santa", "saint", "st", "los", "las", "el",
]);
static HEADS_OF: Words = Words::new(&[
    "republic",
    "kingdom",
    "state",
    "city",
    "town",
    "county",
    "province",
    "district",
    "village",
    "commonwealth",
    "canton",
    "municipality",
    "gulf",
    "bay",
    "isle",
    "region",
]);
/// Words after which a place is likely.
static PREPOSITIONS: Words = Words::new(&[
    "in", "at", "from", "to", "near", "of", "via", "outside", "around", "toward", "towards", "across", "through", "visiting",
    "en", "de", "à", "nach", "aus", "bei",
]);

/// See [`RECOGNIZER`].
pub struct Location {
    info: Info,
}

impl Recognizer for Location {
    fn info(&self) -> &Info {
        &self.info
    }

    fn triggers(&self) -> &'static [Trigger] {
        &[Trigger::Block, Trigger::Label]
    }

    fn propose(&self, site: &Site<'_>, proposals: &mut Vec<Proposal>) {
        let block = site.block;
        if site.token > 0 || !block.labels.is_empty() {
            propose_labelled(block, site.token, proposals);
        }
        if site.token > 0 {
            return;
        }
        let mut at = 0;
        while at < block.tokens.len() {
            if block.tokens[at].is_capitalised() {
                at = propose_place(block, at, proposals).unwrap_or(at);
                propose_headed(block, at, proposals);
            }
            at += 1;
        }
    }
}

/// A place of the dictionary that starts at `at`: its last token.
fn propose_place(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) -> Option<usize> {
    let lexeme = &block.lexemes()[at];
    let first = lexeme.place?;
    let (last, place) = if first.prefix { longest(block, at)? } else { (at, first) };
    let kind = place.kind?;
    if kind == PlaceKind::Demonym || last == at && block.tokens[at].len() < 3 {
        return Some(last);
    }
    let mut base: i32 = match (kind, place.population) {
        (PlaceKind::Country, _) => 800,
        (PlaceKind::Region, _) => 720,
        (PlaceKind::Geographic, _) => 650,
        (PlaceKind::City, 3) => 740,
        (PlaceKind::City, 2) => 700,
        (PlaceKind::City, 1) => 620,
        (PlaceKind::City | PlaceKind::County | PlaceKind::Demonym, _) => 480,
    };
    let mut rule = "gazetteer";
    if place.ambiguous || last == at && lexeme.is_everyday() {
        base -= 380;
    }
    let name = lexeme.name;
    if last == at && name.given.max(name.surname) >= 2 && kind != PlaceKind::Country {
        base -= 130;
    }
    if follows_preposition(block, at) {
        base += 160;
        rule = "gazetteer-after-preposition";
    }
    if let Some(state) = state_after(block, last) {
        push(block, at, state, (base.max(400) + 300) as u16, "town-and-state", proposals);
    }
    if block.tokens[at].shape.is_upper() && block.tokens[at].len() <= 4 && last == at {
        base -= 350;
    }
    // Part of a longer run of capitals: perhaps a name of something else.
    let joined = |index: Option<usize>| {
        index.and_then(|index| block.token(index)).is_some_and(|token| token.is_capitalised() && token.gap <= Gap::Blank)
    };
    let next_touches = block.token(last + 1).is_some_and(|token| token.gap == Gap::Blank);
    if joined(Some(last + 1)) && next_touches || joined(at.checked_sub(1)) && block.tokens[at].gap == Gap::Blank {
        base -= 180;
    }
    push(block, at, last, base.clamp(0, 1000) as u16, rule, proposals);
    Some(last)
}

fn longest(block: &Block<'_>, at: usize) -> Option<(usize, PlaceInfo)> {
    let mut indices = [at; 6];
    let mut count = 0;
    let mut index = at;
    while count < indices.len() {
        let Some(token) = block.token(index) else { break };
        match token.kind {
            Kind::Word if count == 0 || token.gap <= Gap::Blank => {
                indices[count] = index;
                count += 1;
            }
            Kind::Punctuation(b'-' | b'\'' | b'.') if token.gap == Gap::None => {}
            _ => break,
        }
        index += 1;
    }
    let (words, place) = dictionary::places().longest(indices[..count].iter().map(|index| block.tokens[*index].hash))?;
    let last = indices[words - 1];
    (block.tokens[last].is_capitalised()).then_some((last, place))
}

fn follows_preposition(block: &Block<'_>, at: usize) -> bool {
    let is_one = |index: usize| PREPOSITIONS.at(block, index);
    match at.checked_sub(1) {
        Some(before) if block.str(before).eq_ignore_ascii_case("the") => before > 0 && is_one(before - 1),
        Some(before) => is_one(before) && block.tokens[before].kind == Kind::Word,
        None => false,
    }
}

/// `, IL` or `, Illinois` after a town: the last token.
fn state_after(block: &Block<'_>, last: usize) -> Option<usize> {
    if !block.token(last + 1)?.is_byte(b',') {
        return None;
    }
    let state = block.token(last + 2)?;
    if !state.is_capitalised() || state.gap > Gap::Blank {
        return None;
    }
    let code = state.len() == 2 && US_STATES.contains(&block.str(last + 2));
    let place = longest(block, last + 2);
    match place {
        Some((end, place)) if matches!(place.kind, Some(PlaceKind::Country | PlaceKind::Region)) => Some(end),
        _ => code.then_some(last + 2),
    }
}

/// Postal codes of the states, districts and territories (USPS Publication 28, appendix B).
pub const US_STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD",
    "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD",
    "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "PR", "GU", "VI", "AS", "MP",
];

/// A name with a head word: `Cedar County`, `Lake Placid`, `Republic of Turkey`.
fn propose_headed(block: &Block<'_>, at: usize, proposals: &mut Vec<Proposal>) {
    let is_in = |list: &Words| list.at(block, at);
    let capital_at = |index: usize| {
        block.token(index).is_some_and(|token| token.is_capitalised() && token.gap <= Gap::Blank && token.gap != Gap::None)
    };
    if is_in(&HEADS_AFTER) && at > 0 && block.tokens[at].gap == Gap::Blank {
        let mut first = at;
        while first > 0 && at - first < 4 {
            let before = &block.tokens[first - 1];
            if !before.is_capitalised() || block.tokens[first].gap != Gap::Blank {
                break;
            }
            let lexeme = &block.lexemes()[first - 1];
            if lexeme.is_everyday() && (block.begins_sentence(first - 1) || lexeme.word.is_some_and(|word| word.frequency >= 7)) {
                break;
            }
            first -= 1;
        }
        if first < at && !(at - first == 1 && block.tokens[at].shape.is_upper()) {
            push(block, first, at, 640, "named-feature", proposals);
        }
    }
    if is_in(&HEADS_BEFORE) && !block.begins_sentence(at) {
        let next = at + 1 + usize::from(block.token(at + 1).is_some_and(|token| token.is_byte(b'.')));
        if capital_at(next) && !block.lexemes()[next].is_everyday() {
            push(block, at, next, 560, "named-feature", proposals);
        }
    }
    if is_in(&HEADS_OF) && block.str(at + 1) == "of" && capital_at(at + 2) && block.lexemes()[at + 2].place.is_some() {
        let last = longest(block, at + 2).map_or(at + 2, |(last, _)| last);
        push(block, at, last, 780, "state-of", proposals);
    }
}

/// A value under a label such as `City:`: a run of capitalised words.
fn propose_labelled(block: &Block<'_>, first: usize, proposals: &mut Vec<Proposal>) {
    let mut last = first;
    while last - first < 4
        && block.token(last).is_some_and(|token| token.is_capitalised() && (last == first || token.gap <= Gap::Blank))
    {
        last += 1;
    }
    if last > first && !block.lexemes()[first].is(WordClass::Honorific) {
        push(block, first, last - 1, 150, "labelled", proposals);
    }
}

fn push(block: &Block<'_>, first: usize, last: usize, base: u16, pattern: &'static str, proposals: &mut Vec<Proposal>) {
    let span = block.span(first, last);
    proposals.push(Proposal { span, base: Confidence::new(base), pattern, verdict: Verdict::Unknown });
}
