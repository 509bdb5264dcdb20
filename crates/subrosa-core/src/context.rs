//! Words around a candidate that speak for or against it, and the label of its field.

use crate::block::{Block, Label};
use crate::dictionary::{stem_hash, stem_hash_of};
use crate::plain;
use crate::recognizer::Info;
use crate::token::{Gap, Kind};

/// How many tokens before a candidate are looked at.
const BEFORE: usize = 10;
/// How many tokens after it.
const AFTER: usize = 6;
/// Most tokens of a label before its colon.
const LABEL: usize = 7;

/// Marks a context phrase that counts in a label only: `:patient` in `Patient: …`, but not anywhere near.
pub const LABEL_ONLY: char = ':';

const IN_LABEL: &[PhraseKind] = &[PhraseKind::For, PhraseKind::LabelOnly];
const NEAR: &[PhraseKind] = &[PhraseKind::For];
const AGAINST: &[PhraseKind] = &[PhraseKind::Against];
const AGAINST_IN_LABEL: &[PhraseKind] = &[PhraseKind::Against, PhraseKind::AgainstInLabel];

/// The context phrases of a recognizer, hashed.
pub struct ContextWords {
    phrases: Vec<Phrase>,
}

struct Phrase {
    words: Vec<u64>,
    shown: &'static str,
    kind: PhraseKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PhraseKind {
    /// Speaks for it in a label or near.
    For,
    /// Speaks for it in a label only.
    LabelOnly,
    /// Speaks against it.
    Against,
    /// Speaks against it in a label only.
    AgainstInLabel,
}

/// What the surroundings of a candidate say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// A phrase of the recognizer that the field's label holds.
    pub label: Option<&'static str>,
    /// A phrase that stands near.
    pub near: Option<&'static str>,
    /// A phrase that speaks against it.
    pub against: Option<&'static str>,
}

impl ContextWords {
    /// The words of `info`.
    pub fn new(info: &Info) -> Self {
        let phrase = |kind, shown: &'static str| Phrase { words: hashes(shown), shown, kind };
        let mut phrases: Vec<_> = info
            .context
            .iter()
            .map(|shown| match shown.strip_prefix(LABEL_ONLY) {
                Some(shown) => phrase(PhraseKind::LabelOnly, shown),
                None => phrase(PhraseKind::For, shown),
            })
            .collect();
        phrases.extend(info.negative_context.iter().map(|shown| match shown.strip_prefix(LABEL_ONLY) {
            Some(shown) => phrase(PhraseKind::AgainstInLabel, shown),
            None => phrase(PhraseKind::Against, shown),
        }));
        // Long phrases first: `social security number` explains more than `number`.
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        Self { phrases }
    }

    /// What stands around the tokens `first..=last` of `block`.
    pub fn around(&self, block: &Block<'_>, first: usize, last: usize) -> Surroundings {
        let mut found = Surroundings::default();
        if self.phrases.is_empty() {
            return found;
        }
        for label in block.labels {
            self.look_in_label(&label.words, &mut found);
        }
        let mut window = [0_u64; BEFORE + AFTER + LABEL];
        if found.label.is_none()
            && let Some((start, end)) = line_label(block, first)
        {
            let words = gather(block, start, end, &mut window);
            self.look_in_label(&window[..words], &mut found);
        }
        let start = window_start(block, first);
        let words = gather(block, start, first, &mut window);
        found.near = self.find(&window[..words], NEAR);
        found.against = found.against.or_else(|| self.find(&window[..words], AGAINST));
        if found.near.is_none() || found.against.is_none() {
            let words = gather(block, last + 1, window_end(block, last), &mut window);
            found.near = found.near.or_else(|| self.find(&window[..words], NEAR));
            found.against = found.against.or_else(|| self.find(&window[..words], AGAINST));
        }
        found
    }

    /// A label that says something else (`file name`) says nothing for it (`name`).
    fn look_in_label(&self, words: &[u64], found: &mut Surroundings) {
        match self.find(words, AGAINST_IN_LABEL) {
            Some(against) => found.against = found.against.or(Some(against)),
            None => found.label = found.label.or_else(|| self.find(words, IN_LABEL)),
        }
    }

    /// A phrase found in a run of word hashes.
    fn find(&self, words: &[u64], kinds: &[PhraseKind]) -> Option<&'static str> {
        self.phrases
            .iter()
            .filter(|phrase| kinds.contains(&phrase.kind) && phrase.words.len() <= words.len())
            .find(|phrase| words.windows(phrase.words.len()).any(|window| window == phrase.words))
            .map(|phrase| phrase.shown)
    }
}

/// The words of a label: `camelCase`, `snake_case` and punctuation parted, characters in their plain reading.
pub fn label(text: &str) -> Label {
    let text = plain::characters::plain(text);
    let mut parted = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for character in text.chars() {
        if before.is_lowercase() && character.is_uppercase() {
            parted.push(' ');
        }
        parted.push(character);
        before = character;
    }
    Label { words: hashes(&parted) }
}

/// Hashes of the words of `phrase`, plurals as singulars.
fn hashes(phrase: &str) -> Vec<u64> {
    phrase.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem_hash).collect()
}

/// Writes the hashes of the words in tokens `start..end` to `window`, at most as many as fit; how many there were.
fn gather(block: &Block<'_>, start: usize, end: usize, window: &mut [u64]) -> usize {
    let mut count = 0;
    for index in start..end.min(block.tokens.len()) {
        let token = &block.tokens[index];
        if matches!(token.kind, Kind::Word | Kind::Number) && count < window.len() {
            let word = token.span().of(block.text);
            window[count] = if token.kind == Kind::Word { stem_hash_of(word, token.hash) } else { stem_hash(word) };
            count += 1;
        }
    }
    count
}

/// First token of the context before `first`: within the paragraph, at most [`BEFORE`] tokens.
fn window_start(block: &Block<'_>, first: usize) -> usize {
    let mut at = first;
    while at > 0 && first - at < BEFORE && block.tokens[at].gap < Gap::Paragraph {
        at -= 1;
    }
    at
}

/// Past the last token of the context after `last`: on the same line, at most [`AFTER`] tokens.
fn window_end(block: &Block<'_>, last: usize) -> usize {
    let mut at = last + 1;
    while at < block.tokens.len() && at - last <= AFTER && block.tokens[at].gap < Gap::Line {
        at += 1;
    }
    at
}

/// The tokens of the label that `first` stands under: `MRN: ⟦…⟧`, `MRN # ⟦…⟧`, `MRN   ⟦…⟧`, or a line of its own above.
/// Nothing when there is none. At most three tokens may stand between the colon and the value.
pub fn line_label(block: &Block<'_>, first: usize) -> Option<(usize, usize)> {
    let mut at = first;
    for _ in 0..4 {
        let token = block.token(at)?;
        if at == 0 || token.gap >= Gap::Paragraph {
            return None;
        }
        if token.gap == Gap::Line {
            // The label may stand on the line above, alone, with or without a colon.
            let start = block.line_start(at - 1);
            let words = at - start;
            let colon = block.tokens[at - 1].is_byte(b':');
            let plain = block.tokens[start..at].iter().all(|token| token.kind == Kind::Word || colon && token.is_byte(b':'));
            return (words <= LABEL && (colon || plain && words <= 4) && at == first).then_some((start, at));
        }
        let before = &block.tokens[at - 1];
        if token.gap == Gap::Wide && !before.is_byte(b':') {
            // Another column: its words are the label, unless they are the value of a label of their own.
            let start = label_start(block, at);
            let own = start > 0 && block.tokens[start - 1].is_byte(b':') && block.tokens[start].gap < Gap::Line;
            return (at == first && before.kind == Kind::Word && !own).then_some((start, at));
        }
        if before.is_byte(b':') || before.is_byte(b'=') || before.is_byte(b'#') {
            return Some((label_start(block, at - 1), at - 1));
        }
        if before.kind == Kind::Number {
            return None;
        }
        at -= 1;
    }
    None
}

/// Goes back from a colon to where its label starts.
fn label_start(block: &Block<'_>, colon: usize) -> usize {
    let mut at = colon;
    while at > 0 && colon - at < LABEL && block.tokens[at].gap < Gap::Wide {
        let before = &block.tokens[at - 1];
        if matches!(before.kind, Kind::Punctuation(b',' | b';' | b'|' | b':' | b'.' | b'!' | b'?')) && at != colon {
            break;
        }
        at -= 1;
    }
    at
}
