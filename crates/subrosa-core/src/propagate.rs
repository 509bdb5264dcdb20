//! Finds an accepted value again wherever else it stands in the document.

use std::collections::HashMap;

use crate::confidence::Confidence;
use crate::dictionary::{self, WordClass, word_hash};
use crate::entity::Entity;
use crate::explanation::{Explanation, Step};
use crate::finding::Finding;
use crate::segment::Segment;
use crate::span::Span;
use crate::token::{Gap, Kind, Token};

/// Fewest letters and digits of a value that is looked for elsewhere.
const SHORTEST: usize = 4;
/// Fewest letters of a surname or given name that is looked for alone.
const SHORTEST_NAME: usize = 3;
/// Only a finding this sure is looked for elsewhere.
const SURE: Confidence = Confidence::new(550);

/// Words with a capital and numbers of a document: the places where a value can begin. 24 bytes each, about 30 a kilobyte.
#[derive(Default)]
pub struct Mentions {
    places: Vec<Mention>,
}

struct Mention {
    hash: u64,
    segment: u32,
    start: u32,
    /// The word may have its capital from standing first in a sentence.
    first: bool,
}

impl Mentions {
    /// Notes the tokens of a block that starts at byte `offset` of segment `segment`.
    pub fn note(&mut self, segment: usize, offset: usize, text: &str, tokens: &[Token]) {
        let mut first = true;
        for token in tokens {
            let begins =
                std::mem::replace(&mut first, matches!(token.kind, Kind::Punctuation(b'.' | b'!' | b'?' | b':' | b'"' | b'*')));
            let hash = match token.kind {
                Kind::Number => word_hash(token.span().of(text)),
                Kind::Word if token.is_capitalised() => token.hash,
                Kind::Word | Kind::Punctuation(_) => continue,
            };
            self.places.push(Mention {
                hash,
                segment: segment as u32,
                start: offset as u32 + token.start,
                first: begins || token.gap >= Gap::Line,
            });
        }
    }
}

struct Value<'a> {
    text: &'a str,
    entity: Entity,
    confidence: Confidence,
    recognizer: &'static str,
    pattern: &'static str,
    /// Also an everyday word, so that it counts only where a capital means something.
    everyday: bool,
}

/// Adds to `findings` every further place of the values found, in all segments. The findings need not be sorted or disjoint
/// before, and are not after.
///
/// A person's surname and given name are also looked for alone, unless they are common words. Dates, ages and other values
/// that identify nobody by themselves are not.
pub fn propagate(segments: &[Segment], mentions: &Mentions, findings: &mut [Vec<Finding>]) {
    let mut values: HashMap<u64, Vec<Value<'_>>> = HashMap::new();
    for (segment, found) in segments.iter().zip(findings.iter()) {
        for finding in found.iter().filter(|finding| finding.confidence >= SURE && is_distinctive(&finding.entity)) {
            let whole = finding.span.of(&segment.text);
            let mut add = |text, everyday, pattern| {
                add(
                    &mut values,
                    Value {
                        text,
                        entity: finding.entity.clone(),
                        confidence: finding.confidence,
                        recognizer: finding.explanation.recognizer,
                        pattern,
                        everyday,
                    },
                )
            };
            let letters = whole.chars().filter(|character| character.is_alphanumeric()).count();
            let acronym = letters + 1 == SHORTEST && whole.bytes().all(|byte| byte.is_ascii_uppercase());
            if letters >= SHORTEST || acronym {
                add(whole, is_everyday(whole), finding.explanation.pattern);
            }
            if finding.entity == Entity::PERSON {
                whole
                    .split(|character: char| {
                        !character.is_alphanumeric() && character != '\'' && character != '’' && character != '-'
                    })
                    .filter(|part| stands_for_a_person(part))
                    .for_each(|part| add(part, is_everyday(part), "part-of-name"));
            }
        }
    }
    if values.is_empty() {
        return;
    }
    for mention in &mentions.places {
        let Some(values) = values.get(&mention.hash) else { continue };
        let (segment, start) = (mention.segment as usize, mention.start as usize);
        let text = &segments[segment].text;
        for value in values {
            let end = start + value.text.len();
            if value.everyday && mention.first || !matches_at(text, start, value.text) {
                continue;
            }
            findings[segment].push(Finding {
                span: Span::new(start, end),
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

fn add<'a>(values: &mut HashMap<u64, Vec<Value<'a>>>, value: Value<'a>) {
    let first = value.text.split(|character: char| !character.is_alphanumeric()).find(|word| !word.is_empty());
    let Some(first) = first.filter(|first| value.text.starts_with(first)) else { return };
    let known = values.entry(word_hash(first)).or_default();
    match known.iter_mut().find(|known| known.text == value.text) {
        Some(known) if known.confidence >= value.confidence => {}
        Some(known) => *known = value,
        None => known.push(value),
    }
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

/// Whether the value of an entity identifies wherever it stands.
fn is_distinctive(entity: &Entity) -> bool {
    !matches!(
        entity.id(),
        "DATE_TIME" | "DATE_OF_BIRTH" | "AGE" | "ZIP_CODE" | "LOCATION" | "URL" | "HEALTH_CONDITION" | "MEDICATION"
    )
}

/// Whether part of a name may be looked for alone: long enough, capitalised, and no title.
fn stands_for_a_person(part: &str) -> bool {
    part.chars().count() >= SHORTEST_NAME
        && part.chars().next().is_some_and(char::is_uppercase)
        && !dictionary::classes()
            .get(word_hash(part))
            .is_some_and(|class| class.is(WordClass::Honorific) || class.is(WordClass::NameSuffix))
}

/// Whether a value of one word is also an everyday word.
fn is_everyday(value: &str) -> bool {
    let hash = word_hash(value);
    dictionary::names().get(hash).is_some_and(|name| name.common_word)
        || dictionary::common_words().get(hash).is_some_and(|word| word.mostly_lower_case)
}
