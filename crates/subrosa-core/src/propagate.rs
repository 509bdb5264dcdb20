//! Finds an accepted value again wherever else it stands in the document.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use crate::by_hash::ByHash;
use crate::confidence::Confidence;
use crate::dictionary::{self, WordClass, word_hash};
use crate::entity::Entity;
use crate::explanation::{Explanation, Step};
use crate::finding::Finding;
use crate::plain::Plain;
use crate::segment::Segment;
use crate::span::Span;
use crate::tagger::technical::is_technique;
use crate::token::{Gap, Kind};

/// Fewest letters and digits of a value that is looked for elsewhere.
const SHORTEST: usize = 4;
/// Fewest digits of a value that has no letters.
const SHORTEST_NUMBER: usize = 6;
/// Fewest letters of a surname or given name that is looked for alone.
const SHORTEST_NAME: usize = 3;
/// Most bytes between the brackets of an abbreviation, quotation marks included.
const LONGEST_ABBREVIATION: usize = 20;
/// Bytes by which a value is first told from others.
const BEGINNING: usize = 12;
/// Bytes from which on a value is long.
const LONG: usize = 64;
/// Most bytes of a value: a private key.
const LONGEST: usize = 4096;
/// Most long values that begin alike.
const MOST_ALIKE: usize = 16;
/// Only a finding this sure is looked for elsewhere.
const SURE: Confidence = Confidence::new(550);

/// Words with a capital and numbers of a document: the places where a value can begin. 16 bytes each, about 30 a kilobyte.
#[derive(Default)]
pub struct Mentions {
    places: Vec<Mention>,
}

struct Mention {
    hash: u64,
    start: u32,
    /// Twice the index of the segment, and one more where the word may have its capital from standing first in a sentence.
    segment_and_first: u32,
}

impl Mention {
    const fn segment(&self) -> usize {
        (self.segment_and_first >> 1) as usize
    }

    const fn is_first(&self) -> bool {
        self.segment_and_first & 1 == 1
    }
}

impl Mentions {
    /// Notes the tokens of a block that starts at byte `offset` of segment `segment`.
    pub fn note(&mut self, segment: usize, offset: usize, plain: &Plain<'_>) {
        let tokens = plain.tokens();
        for index in plain.notable().standing_out.iter().map(|index| *index as usize) {
            let token = &tokens[index];
            if matches!(token.kind, Kind::Punctuation(_)) {
                continue;
            }
            // Values are compared as they stand.
            let place = if plain.is_rewritten() { plain.place(token.span()) } else { token.span() };
            let hash = match token.kind {
                Kind::Word if !plain.is_rewritten() => token.hash,
                _ => word_hash(place.of(plain.source())),
            };
            let begins = index
                .checked_sub(1)
                .is_none_or(|before| matches!(tokens[before].kind, Kind::Punctuation(b'.' | b'!' | b'?' | b':' | b'"' | b'*')));
            self.places.push(Mention {
                hash,
                start: (offset + place.start) as u32,
                segment_and_first: (segment as u32) << 1 | u32::from(begins || token.gap >= Gap::Line),
            });
        }
    }
}

struct Value<'a> {
    text: Cow<'a, str>,
    entity: Entity,
    confidence: Confidence,
    recognizer: &'static str,
    pattern: &'static str,
    /// Also an everyday word, so that it counts only where a capital means something.
    everyday: bool,
}

/// The values to look for. A mention asks for the lengths of the values that begin as it does, then for the text of each
/// length, so that ten thousand telephone numbers with one area code cost no more than ten thousand others. Long values are
/// compared: lengths without end would cost each mention as much as the longest of them.
#[derive(Default)]
struct Values<'a> {
    /// Lengths of values of fewer than [`BEGINNING`] bytes, by their first word.
    short: ByHash<Vec<usize>>,
    /// Lengths of others of fewer than [`LONG`] bytes, by their first [`BEGINNING`].
    lengths: ByHash<Vec<usize>>,
    texts: ByHash<Value<'a>>,
    /// What [`Self::short`] and [`Self::lengths`] have.
    sieve: Sieve,
    /// By the hash of their first [`LONG`] bytes.
    long: ByHash<Vec<Value<'a>>>,
}

impl<'a> Values<'a> {
    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.long.is_empty()
    }

    /// Whether this text is looked for as the same, and as surely.
    fn has(&self, text: &str, finding: &Finding) -> bool {
        let known = self.texts.get(&caseless(text.as_bytes()));
        known.is_some_and(|known| known.text == text && known.entity == finding.entity && known.confidence >= finding.confidence)
    }

    /// Looks for `text`, which `keep` gives to keep.
    fn add(&mut self, text: &str, keep: impl FnOnce() -> Cow<'a, str>, pattern: &'static str, finding: &Finding) {
        // Told only of a value that is kept: most are found many times.
        let value = || Value {
            text: keep(),
            entity: finding.entity.clone(),
            confidence: finding.confidence,
            recognizer: finding.explanation.recognizer,
            pattern,
            everyday: is_everyday(text),
        };
        if let Some(beginning) = text.as_bytes().get(..LONG) {
            let others = self.long.entry(caseless(beginning)).or_default();
            let place = others.partition_point(|known| known.text.len() < text.len());
            match others.iter().position(|known| known.text.eq_ignore_ascii_case(text)) {
                Some(index) if others[index].confidence < finding.confidence => others[index] = value(),
                None if others.len() < MOST_ALIKE && text.len() <= LONGEST => others.insert(place, value()),
                _ => {}
            }
            return;
        }
        match self.texts.entry(caseless(text.as_bytes())) {
            Entry::Occupied(entry) if entry.get().confidence >= finding.confidence => return,
            Entry::Occupied(mut entry) => {
                entry.insert(value());
            }
            Entry::Vacant(entry) => {
                entry.insert(value());
            }
        }
        let lengths = if let Some(beginning) = text.as_bytes().first_chunk() {
            self.lengths.entry(alike(beginning)).or_default()
        } else {
            let first = text.split(|character: char| !character.is_alphanumeric()).next();
            let Some(first) = first.filter(|first| !first.is_empty()) else { return };
            self.short.entry(word_hash(first)).or_default()
        };
        if let Err(place) = lengths.binary_search(&text.len()) {
            lengths.insert(place, text.len());
        }
    }

    /// Tells what values begin with, so that nearly every mention is told off by a bit. To be called when all are there.
    fn finish(&mut self) {
        self.sieve = Sieve::of(self.short.keys().chain(self.lengths.keys()).copied());
    }

    /// Calls `each` with the values that begin at a mention, the shortest first.
    fn at<'s>(&'s self, text: &str, mention: &Mention, mut each: impl FnMut(&'s Value<'a>)) {
        let Some(rest) = text.as_bytes().get(mention.start as usize..) else { return };
        let mut offer = |value: &'s Value<'a>| {
            if !(value.everyday && mention.is_first()) && matches_at(text, mention.start as usize, &value.text) {
                each(value);
            }
        };
        let (mut hash, mut hashed) = (BASIS, 0);
        let likely = |hash: &u64| self.sieve.may_have(*hash);
        let beginning = rest.first_chunk().map(alike).filter(likely).and_then(|beginning| self.lengths.get(&beginning));
        let first = Some(mention.hash).filter(likely).and_then(|hash| self.short.get(&hash));
        for length in first.into_iter().chain(beginning).flatten() {
            let Some(further) = rest.get(hashed..*length) else { return };
            (hash, hashed) = (caseless_on(hash, further), *length);
            if let Some(value) = self.texts.get(&hash) {
                offer(value);
            }
        }
        if !self.long.is_empty()
            && let Some(beginning) = rest.get(..LONG)
        {
            self.long.get(&caseless(beginning)).into_iter().flatten().for_each(offer);
        }
    }
}

/// A bit for each of some hashes.
#[derive(Default)]
struct Sieve {
    /// A power of two of words, or none.
    bits: Vec<u64>,
}

impl Sieve {
    /// Lets one in sixteen others through, or fewer.
    fn of(hashes: impl Iterator<Item = u64> + Clone) -> Self {
        let words = (hashes.clone().count() / 4).next_power_of_two();
        let mut sieve = Self { bits: vec![0; words] };
        for hash in hashes {
            let (word, bit) = sieve.place(hash);
            sieve.bits[word] |= bit;
        }
        sieve
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & self.bits.len().wrapping_sub(1), 1 << (hash & 63))
    }
}

/// A hash of the first bytes of a text, the same for ASCII letters in either case, and for a few other signs.
fn alike(beginning: &[u8; BEGINNING]) -> u64 {
    let mut low = [0; 8];
    let mut high = [0; 8];
    low.copy_from_slice(&beginning[..8]);
    high.copy_from_slice(&beginning[BEGINNING - 8..]);
    let [low, high] = [low, high].map(|part| u64::from_le_bytes(part) | 0x2020_2020_2020_2020);
    let mixed = (low.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29) ^ high).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ mixed >> 32
}

/// Each byte, capitals as small letters.
static SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        small[byte] = (byte as u8).to_ascii_lowercase();
        byte += 1;
    }
    small
};

/// What [`caseless`] begins with.
const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

/// A hash of a text that is the same for its ASCII letters in either case.
fn caseless(text: &[u8]) -> u64 {
    caseless_on(BASIS, text)
}

/// The hash of a text whose beginning has the hash `hash`, when `further` follows.
fn caseless_on(hash: u64, further: &[u8]) -> u64 {
    further.iter().fold(hash, |hash, byte| (hash ^ u64::from(SMALL[usize::from(*byte)])).wrapping_mul(0x0100_0000_01b3))
}

/// Adds to `findings` every further place of the values found, in all segments. The findings need not be sorted or disjoint
/// before, and are not after.
///
/// A person's surname and given name are also looked for alone, unless they are common words. Dates, ages and other values
/// that identify nobody by themselves are not.
pub fn propagate(segments: &[Segment], mentions: &Mentions, findings: &mut [Vec<Finding>]) {
    let mut values = Values::default();
    for (segment, found) in segments.iter().zip(findings.iter()) {
        for finding in found.iter().filter(|finding| finding.confidence >= SURE && is_distinctive(&finding.entity)) {
            collect(&segment.text, finding, &mut values);
        }
    }
    if values.is_empty() {
        return;
    }
    values.finish();
    let mut here: Vec<&Value<'_>> = Vec::new();
    for mention in &mentions.places {
        let segment = mention.segment();
        values.at(&segments[segment].text, mention, |value| here.push(value));
        let mut surest = Confidence::NONE;
        for value in here.drain(..).rev() {
            // A shorter value that is no surer says nothing more; but one that holds a placeholder is dropped later on.
            if value.confidence <= surest {
                continue;
            }
            if !value.text.contains(['[', '*']) {
                surest = value.confidence;
            }
            let start = mention.start as usize;
            if value.entity == Entity::ORGANIZATION && in_identifier(&segments[segment].text, start, start + value.text.len()) {
                continue;
            }
            findings[segment].push(Finding {
                span: Span::new(start, start + value.text.len()),
                entity: value.entity.clone(),
                // One below the original, so that a place found in its own right keeps its own explanation.
                confidence: value.confidence.shifted(-1),
                explanation: Explanation {
                    recognizer: value.recognizer,
                    pattern: value.pattern,
                    base: value.confidence,
                    steps: vec![Step::Propagated],
                },
            });
        }
    }
}

/// The value of a finding and, of a person's name, its parts.
fn collect<'a>(text: &'a str, finding: &Finding, values: &mut Values<'a>) {
    let whole = finding.span.of(text);
    if values.has(whole, finding) {
        return;
    }
    let mut add = |text: &'a str, pattern| values.add(text, || Cow::Borrowed(text), pattern, finding);
    // `ARABIC LETTER`: a script, or a heading.
    let heading = finding.entity.id() == "NRP" && !whole.bytes().any(|byte| byte.is_ascii_lowercase());
    if is_long_enough(whole) && !heading && !is_technique(word_hash(whole)) {
        add(whole, finding.explanation.pattern);
    }
    if finding.entity == Entity::ORGANIZATION
        && let Some(short) = abbreviation_after(text, finding.span)
    {
        add(short, "abbreviation");
    }
    if finding.entity == Entity::PERSON {
        let parts = whole.split(|character: char| !character.is_alphanumeric() && !matches!(character, '\'' | '’' | '-'));
        parts.clone().filter(|part| stands_for_a_person(part)).for_each(|part| add(part, "part-of-name"));
        for initials in initials(parts) {
            values.add(&initials, || Cow::Owned(initials.clone()), "initials", finding);
        }
    }
}

/// The initials of a name of two or three words, as texts write them: `J.A.`, `J. A.`. Without full stops they are short for
/// anything, and some with full stops are, too.
fn initials<'a>(parts: impl Iterator<Item = &'a str> + Clone) -> impl Iterator<Item = String> {
    let words = parts.filter(|part| !part.is_empty() && !is_title(part));
    let letters = || words.clone().filter_map(|word| word.chars().next());
    let count = words.clone().count();
    let whole = (2..=3).contains(&count) && letters().all(char::is_uppercase);
    // Initials written out in the name are told by the name itself.
    let named = words.clone().filter(|word| word.chars().count() >= SHORTEST_NAME).count();
    let closed: String = letters().flat_map(|letter| [letter, '.']).collect();
    let spaced = letters().map(|letter| format!("{letter}.")).collect::<Vec<_>>().join(" ");
    let anybody = OTHERS_IN_CAPITALS.contains(&closed.as_str());
    (whole && named >= 2 && !anybody).then_some([closed, spaced]).into_iter().flatten()
}

/// What capitals with full stops are short for when they are nobody's initials.
#[rustfmt::skip]
const OTHERS_IN_CAPITALS: &[&str] = &[
    "A.D.", "A.M.", "B.A.", "B.C.", "B.V.", "C.V.", "D.C.", "D.O.", "E.D.", "E.R.", "E.U.", "G.P.", "H.P.", "H.S.", "I.D.", "I.E.",
    "I.M.", "I.V.", "J.D.", "J.P.", "K.C.", "L.A.", "L.P.", "M.A.", "M.D.", "M.P.", "N.A.", "N.B.", "N.P.", "N.V.", "N.Y.", "O.T.",
    "P.C.", "P.M.", "P.O.", "P.S.", "P.T.", "Q.C.", "R.N.", "S.A.", "S.L.", "S.R.", "T.V.", "U.K.", "U.N.", "U.S.", "V.A.", "V.P.",
    "B.I.D.", "N.P.O.", "P.R.N.", "Q.I.D.", "R.S.V.", "T.I.D.", "U.S.A.", "U.S.C.",
];

/// The short form that a text gives a name in brackets right behind it: `Harbour Trust of Example (HTE)`, `… (“the HTE”)`.
fn abbreviation_after(text: &str, name: Span) -> Option<&str> {
    let rest = text.get(name.end..)?.strip_prefix(" (")?;
    let inner = rest.get(..rest.find(')').filter(|end| *end < LONGEST_ABBREVIATION)?)?;
    let short = inner.trim_matches(['"', '“', '”', '\'', '‘', '’']);
    let short = short.strip_prefix("the ").unwrap_or(short);
    let initial = name.of(text).chars().next()?;
    let fits = (2..=8).contains(&short.len()) && short.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    (fits && short.starts_with(initial)).then_some(short)
}

/// Whether a value is long enough to mean the same wherever it stands: short numbers count many things.
fn is_long_enough(value: &str) -> bool {
    let letters = value.chars().filter(|character| character.is_alphabetic()).count();
    let digits = value.chars().filter(|character| character.is_numeric()).count();
    let acronym = letters + 1 == SHORTEST && value.bytes().all(|byte| byte.is_ascii_uppercase());
    if letters == 0 { digits >= SHORTEST_NUMBER } else { letters + digits >= SHORTEST || acronym }
}

/// Whether `value` stands at `start` as a whole: as written, or in capitals.
fn matches_at(text: &str, start: usize, value: &str) -> bool {
    let end = start + value.len();
    let Some(there) = text.get(start..end) else { return false };
    let same = there == value
        || there.eq_ignore_ascii_case(value) && !there.bytes().any(|byte| byte.is_ascii_lowercase())
        || value.len() > 8 && there.eq_ignore_ascii_case(value);
    same && !text[end..].chars().next().is_some_and(char::is_alphanumeric)
}

/// `KEY_ACME_SIZE`: an acronym that is part of something else.
fn in_identifier(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with('_') || text[end..].starts_with('_')
}

/// Whether the value of an entity identifies wherever it stands.
fn is_distinctive(entity: &Entity) -> bool {
    !matches!(
        entity.id(),
        "DATE_TIME"
            | "DURATION"
            | "QUANTITY"
            | "OCCUPATION"
            | "DATE_OF_BIRTH"
            | "AGE"
            | "ZIP_CODE"
            | "LOCATION"
            | "URL"
            | "HEALTH_CONDITION"
            | "SYMPTOM"
            | "MEDICATION"
            | "MEDICAL_PROCEDURE"
            | "LAB_TEST"
    )
}

/// Whether part of a name may be looked for alone: long enough, capitalised, and no title.
fn stands_for_a_person(part: &str) -> bool {
    part.chars().count() >= SHORTEST_NAME && part.chars().next().is_some_and(char::is_uppercase) && !is_title(part)
}

fn is_title(part: &str) -> bool {
    let class = dictionary::classes().get(word_hash(part));
    class.is_some_and(|class| class.is(WordClass::Honorific) || class.is(WordClass::NameSuffix))
}

/// Whether a value of one word is also an everyday word.
fn is_everyday(value: &str) -> bool {
    let hash = word_hash(value);
    dictionary::names().get(hash).is_some_and(|name| name.common_word)
        || dictionary::common_words().get(hash).is_some_and(|word| word.mostly_lower_case)
}
